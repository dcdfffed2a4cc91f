"""SockJS: over a WebSocket, and by polling."""

import json

from tests.server.platform import RunningServer
from tests.server.polling import SJS, Poller


def test_what_sockjs_clients_ask_first(server: RunningServer) -> None:
    answer = server.http.get(f"{SJS}/info", headers={"Origin": "https://shop.example"})

    assert answer.json()["websocket"] is True
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"
    assert server.http.get(SJS).text == "Welcome to SockJS!\n"


def test_sockjs_over_a_websocket(server: RunningServer) -> None:
    person = server.socket(f"{SJS}/123/abcdefgh/websocket?license_id=1000001")
    ping = json.dumps({"action": "ping"})

    assert person.text() == "o"
    person.send(json.dumps([ping]))
    assert json.loads(json.loads(person.text()[1:])[0])["action"] == "ping"
    person.send("[broken")
    assert person.text() == 'c[1002, "Broken framing"]'


def test_polling_has_rules(server: RunningServer, old: Poller) -> None:
    assert server.http.post(f"{SJS}/123/unknown/xhr_send", content="[]").status_code == 404
    assert old.send(1) == 500
    preflight = server.http.options(f"{SJS}/123/abcdefgh/xhr", headers={"Origin": "https://shop.example"})
    assert preflight.headers["access-control-allow-credentials"] == "true"


def test_a_licence_that_is_not_served(server: RunningServer) -> None:
    server.http.post(f"{SJS}/123/other/xhr?license_id=7")
    told = server.http.post(f"{SJS}/123/other/xhr").text

    assert json.loads(json.loads(told[1:])[0])["payload"] == {"reason": "license_not_found"}
    assert server.http.post(f"{SJS}/123/other/xhr").text.startswith("c[1000")
