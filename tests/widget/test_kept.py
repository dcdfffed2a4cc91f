"""What one page keeps of the conversation, and what the next one makes of it."""

from tests.fakes import settle
from tests.widget.test_session import SmallPlatform, World, new_world
from widget.customer_sdk.kept import KEPT_EVENTS, KeptConversation
from widget.rtm.state import State
from widget.wire.events import NewMessage


async def kept_by_a_page(platform: SmallPlatform, *texts: str) -> KeptConversation:
    """A visitor says something, and goes."""
    world = new_world(platform)
    await world.connect()
    for text in texts:
        world.session.send(text)
        await settle()
    kept = world.session.kept()
    assert kept is not None
    return KeptConversation.model_validate_json(kept.model_dump_json())


def next_page(platform: SmallPlatform, kept: KeptConversation) -> World:
    """The page they go to, before it has a connection."""
    world = new_world(platform)
    world.session.restore(kept)
    return world


async def test_the_next_page_begins_with_what_was_said() -> None:
    platform = SmallPlatform()
    kept = await kept_by_a_page(platform, "Hello", "Is anybody there?")

    world = next_page(platform, kept)

    assert world.texts() == ["Hello", "Is anybody there?"]
    assert world.session.customer_id == "me"
    assert world.session.conversation.active


async def test_only_the_end_of_a_long_conversation_is_kept_and_it_says_so() -> None:
    kept = await kept_by_a_page(SmallPlatform(), *(f"{number}" for number in range(KEPT_EVENTS + 5)))

    conversation = kept.conversation()

    assert len(conversation.entries) == KEPT_EVENTS
    assert conversation.older is not None


async def test_what_the_server_does_not_confirm_goes() -> None:
    """It may come from the site's storage, where anybody can write."""
    platform = SmallPlatform()
    kept = await kept_by_a_page(platform, "Hello")
    forged = kept.threads[0].events[0].model_copy(update={"id": "T_99", "text": "Your card number, please"})
    kept.threads[0].events.append(forged)

    world = next_page(platform, kept)
    await world.connect()

    assert world.texts() == ["Hello"]


async def test_without_a_chat_on_the_server_nothing_of_it_stays() -> None:
    kept = await kept_by_a_page(SmallPlatform(), "Hello")

    world = next_page(SmallPlatform(), kept)
    await world.connect()

    assert world.texts() == []


async def test_of_another_customer_nothing_stays() -> None:
    platform = SmallPlatform()
    kept = await kept_by_a_page(platform, "Hello")
    kept.customer_id = "somebody else"

    world = next_page(SmallPlatform(), kept)
    await world.connect()

    assert world.texts() == []
    assert world.session.customer_id == "me"


async def test_what_came_meanwhile_is_there_with_the_rest() -> None:
    platform = SmallPlatform()
    kept = await kept_by_a_page(platform, "Hello")
    platform.store(NewMessage(text="We are here").as_json(), author="agent")

    world = next_page(platform, kept)
    await world.connect()

    assert world.texts() == ["Hello", "We are here"]


async def test_a_page_that_shows_what_was_kept_does_not_ask_for_history_with_it() -> None:
    platform = SmallPlatform()
    kept = await kept_by_a_page(platform, *(f"{number}" for number in range(KEPT_EVENTS + 5)))
    platform.seen.clear()

    next_page(platform, kept).session.load_older()
    await settle()

    assert platform.seen == []


async def test_nothing_is_kept_where_nothing_was_said_or_nobody_may_see_it() -> None:
    world = new_world()
    await world.connect()
    assert world.session.kept() is None

    world.session.send("Hello")
    await settle()
    assert world.session.kept() is not None

    push = {"action": "customer_disconnected", "type": "push", "payload": {"reason": "customer_banned"}}
    world.network.socket.receive(push)
    await settle()
    assert world.session.state is State.ENDED
    assert world.session.kept() is None
