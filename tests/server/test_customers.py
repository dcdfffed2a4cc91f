"""What agents learn of a customer, and what customers say of themselves."""

from typing import Any

from tests.server.platform import Person, RunningServer

PAGE = {"url": "https://shop.example/jugs", "title": "Jugs"}


def seen_by(agent: Person, visitor: Person) -> dict[str, Any]:
    return dict(agent.ask("get_customer", {"id": visitor.id}))


def test_agents_see_where_a_visitor_is_and_comes_from(server: RunningServer) -> None:
    agent = server.agent()
    visitor = server.visitor(customer_page=PAGE, referrer="https://search.example/")

    visit = seen_by(agent, visitor)["visit"]

    assert [page["url"] for page in visit["last_pages"]] == [PAGE["url"]]
    assert (visit["referrer"], visit["ip"]) == ("https://search.example/", "127.0.0.1")
    assert visit["user_agent"].startswith("Python")


def test_agents_of_his_chat_follow_him_through_the_site(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor(customer_page=PAGE)
    visitor.start_chat()

    visitor.ask("update_customer_page", {"url": "https://shop.example/mugs", "title": "Mugs"})
    visitor.ask("update_customer_page", {"url": "https://shop.example/mugs", "title": "Mugs"})

    news = agent.told("customer_page_updated")
    assert (news["customer_id"], news["title"]) == (visitor.id, "Mugs")
    assert "customer_page_updated" not in agent.heard()
    assert [page["title"] for page in seen_by(agent, visitor)["visit"]["last_pages"]] == ["Jugs", "Mugs"]


def test_a_reload_is_no_new_visit(server: RunningServer) -> None:
    token = server.token()
    first = server.visitor(token, customer_page=PAGE)
    agent = server.agent()
    first.start_chat()
    first.leave()
    agent.push("customer_left")

    again = server.visitor(token, customer_page={"url": "https://shop.example/mugs"})

    customer = seen_by(agent, again)
    assert customer["statistics"]["visits_count"] == 1
    assert customer["statistics"]["page_views_count"] == 2
    assert customer["online"]
    assert "ended_at" not in customer["visit"]


def test_agents_learn_that_their_visitor_has_gone_and_is_back(server: RunningServer) -> None:
    token = server.token()
    agent, visitor = server.agent(), server.visitor(token)
    visitor.start_chat()

    visitor.leave()
    assert agent.told("customer_left")["id"] == visitor.id
    server.visitor(token)
    assert agent.told("incoming_customer")["online"]


def test_agents_learn_what_changed_of_a_customer(server: RunningServer) -> None:
    token = server.token()
    agent, phone, laptop = server.agent(), server.visitor(token), server.visitor(token)
    phone.start_chat()

    phone.ask("update_customer", {"name": "Ada", "email": "ada@example.com"})

    for person in (agent, phone, laptop):
        assert person.told("customer_updated") == {
            "id": phone.id,
            "type": "customer",
            "name": "Ada",
            "email": "ada@example.com",
        }


def test_saying_the_same_again_is_no_news(server: RunningServer) -> None:
    token = server.token()
    phone, laptop = server.visitor(token), server.visitor(token)
    phone.ask("update_customer", {"name": "Ada"})
    laptop.forget()

    phone.ask("update_customer", {"name": "Ada"})

    assert laptop.hears_nothing()


def test_a_client_may_say_who_its_customer_is_when_it_signs_in(server: RunningServer) -> None:
    visitor = server.visitor(customer={"name": "Ada", "session_fields": [{"plan": "gold"}]})

    customer = visitor.ask("get_customer")

    assert (customer["name"], customer["session_fields"]) == ("Ada", [{"plan": "gold"}])
    assert customer["statistics"]["chats_count"] == 0


def test_session_fields_are_replaced_in_their_order(server: RunningServer) -> None:
    visitor = server.visitor()
    visitor.ask("set_customer_session_fields", {"session_fields": [{"a": "1"}]})

    visitor.ask("set_customer_session_fields", {"session_fields": [{"z": "1"}, {"b": "2"}]})

    assert visitor.ask("get_customer")["session_fields"] == [{"z": "1"}, {"b": "2"}]


def test_a_hundred_session_fields_are_enough(server: RunningServer) -> None:
    fields = [{str(number): "x"} for number in range(101)]

    assert server.visitor().refused("set_customer_session_fields", {"session_fields": fields}) == "validation"


def test_something_must_change(server: RunningServer) -> None:
    assert server.visitor().refused("update_customer", {}) == "validation"
