"""The list of chats: who waits in which place, what nobody has, what is supervised."""

from tests.agent_console.platform_fake import ANN, AT, agent, chat
from tests.agent_console.stage import Stage


def queue(position: int) -> dict[str, object]:
    return {"position": position, "wait_time": 60, "queued_at": AT % 2}


async def with_others() -> Stage:
    """Signed in, with two that wait, one that nobody has, and one of Ann's."""
    stage = Stage()
    stage.desk.platform.add(
        chat("Q", queue=queue(1)), chat("R", queue=queue(2)), chat("U"), chat("O", agent(ANN), events=[])
    )
    await stage.start()
    await stage.go_on()
    return stage


def part(stage: Stage, title: str) -> str:
    """The part of the list under a title."""
    listed = stage.page.areas["chats"].partition(f">{title}<")[2]
    return listed.partition('class="part"')[0]


async def test_each_chat_that_waits_stands_at_its_place() -> None:
    stage = await with_others()

    waiting = part(stage, "Queue")
    assert waiting.index("No. 1") < waiting.index("No. 2")
    assert "open-U" in part(stage, "Unassigned")


async def test_places_move_up_when_somebody_was_served() -> None:
    stage = await with_others()
    news = {"chat_id": "R", "thread_id": "T1-R", "queue": {"position": 1, "wait_time": 60}}
    push = {"type": "push", "action": "queue_positions_updated", "payload": [news]}
    stage.desk.platform.socket.receive(push)
    stage.paint()

    assert "No. 2" not in part(stage, "Queue")


async def test_a_chat_is_taken_from_the_list() -> None:
    stage = await with_others()
    stage.console.act("take", "R")
    await stage.go_on()

    request = stage.asked("add_user_to_chat")
    assert (request["chat_id"], request["visibility"]) == ("R", "all")
    assert stage.page.address == "R"


async def test_a_supervised_chat_is_followed_until_further_notice_and_not_joined() -> None:
    stage = await with_others()
    stage.console.act("open", "O")
    await stage.go_on()
    stage.console.act("supervise", "O")
    await stage.go_on()
    assert "open-O" in part(stage, "Supervised")

    stage.console.act("open", "U")
    await stage.go_on()
    actions = stage.desk.platform.socket.actions()
    assert "unfollow_chat" not in actions
    assert "add_user_to_chat" not in actions

    stage.console.act("open", "O")
    stage.console.act("stop-supervising", "O")
    await stage.go_on()
    assert "unfollow_chat" in stage.desk.platform.socket.actions()
    assert "open-O" in part(stage, "Other agents")


async def test_what_was_only_looked_at_is_not_supervised_after_a_reload() -> None:
    stage = await with_others()
    stage.console.act("open", "O")
    await stage.go_on()

    # The platform remembers that the page which is gone has followed it.
    platform = stage.desk.platform
    platform.followed = {"O"}
    reloaded = Stage(desk=stage.desk)
    await reloaded.start()
    await reloaded.go_on()

    assert "unfollow_chat" in platform.socket.actions()
    assert "open-O" in part(reloaded, "Other agents")


async def test_what_another_tab_has_left_is_still_followed_where_it_is_in_front() -> None:
    stage = await with_others()
    stage.console.act("open", "O")
    await stage.go_on()
    stage.desk.platform.push("chat_unfollowed", chat_id="O")
    await stage.go_on()

    assert stage.desk.platform.socket.actions().count("follow_chat") == 2


async def another_tab(stage: Stage) -> Stage:
    """The same agent's console in another tab of the same browser."""
    other = Stage(desk=stage.desk, tab=stage.tab)
    await other.start()
    await other.go_on()
    return other


async def look_in_passing(stage: Stage) -> None:
    """Ann's chat comes to the front, and goes again."""
    for chat_id in "OU":
        stage.console.act("open", chat_id)
        await stage.go_on()


async def test_what_one_tab_supervises_the_other_shows_and_does_not_end_by_looking_at_it() -> None:
    stage = await with_others()
    other = await another_tab(stage)
    stage.console.act("supervise", "O")
    await stage.go_on()
    assert "open-O" in part(other, "Supervised")

    await look_in_passing(other)
    assert all("unfollow_chat" not in socket.actions() for socket in stage.desk.platform.network.sockets)


async def test_what_one_tab_supervises_no_longer_the_other_does_not_show_as_supervised() -> None:
    stage = await with_others()
    other = await another_tab(stage)
    stage.console.act("supervise", "O")
    await stage.go_on()
    other.console.act("open", "O")
    await other.go_on()
    assert "open-O" in part(other, "Supervised")

    stage.console.act("stop-supervising", "O")
    for socket in stage.desk.platform.network.sockets:
        socket.receive({"type": "push", "action": "chat_unfollowed", "payload": {"chat_id": "O"}})
    for tab in (stage, other):
        await tab.go_on()
        assert "open-O" in part(tab, "Other agents")


async def test_a_tab_that_is_loaded_anew_ends_what_was_looked_at_in_all_of_them() -> None:
    stage = await with_others()
    stage.desk.platform.add(chat("P", agent(ANN)))
    other = await another_tab(stage)
    stage.console.act("open", "O")
    other.console.act("open", "P")
    await stage.go_on()
    await other.go_on()

    stage.desk.platform.followed = {"O", "P"}
    anew = await another_tab(stage)
    left = [frame["payload"]["id"] for frame in stage.desk.platform.socket.sent if frame["action"] == "unfollow_chat"]
    assert sorted(left) == ["O", "P"]
    assert "Supervised" not in anew.page.areas["chats"]


async def test_what_the_platform_says_is_followed_is_supervised() -> None:
    stage = Stage()
    stage.desk.platform.add(chat("O", agent(ANN)))
    stage.desk.platform.followed = {"O"}
    await stage.start()
    await stage.go_on()

    assert "open-O" in part(stage, "Supervised")


async def test_a_chat_that_gets_no_agent_any_more_is_news_once(stage: Stage) -> None:
    stage.page.visible = False
    push = stage.desk.platform.push
    push("incoming_chat", chat=chat("N", queue=queue(2)))
    push("chat_transferred", chat_id="N", reason="unassigned", transferred_to={"group_ids": [0]})

    assert len(stage.page.chimes) == 1
