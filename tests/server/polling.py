"""A client of API 3.0 that polls."""

import json
from secrets import token_hex
from typing import Any

from tests.server.platform import RunningServer

SJS = "/v3.0/customer/rtm/sjs"


class Poller:
    """A client of API 3.0 that polls."""

    def __init__(self, server: RunningServer) -> None:
        self._http, self._path = server.http, f"{SJS}/123/{token_hex(4)}"
        self.frames: list[dict[str, Any]] = []
        assert self.poll() == "o\n"

    def poll(self) -> str:
        return self._http.post(f"{self._path}/xhr?license_id=1000001").text

    def send(self, *messages: object) -> int:
        return self._http.post(f"{self._path}/xhr_send", content=json.dumps(messages)).status_code

    def ask(self, action: str, payload: Any = None) -> dict[str, Any]:
        """Ask, and return the answer's payload."""
        frame = {"request_id": action, "action": action, **({} if payload is None else {"payload": payload})}
        assert self.send(json.dumps(frame)) == 204
        return dict(self.until(lambda each: each["type"] == "response" and each["action"] == action)["payload"])

    def told(self, action: str) -> dict[str, Any]:
        """The first push of this name."""
        return dict(self.until(lambda each: each["type"] == "push" and each["action"] == action)["payload"])

    def until(self, wanted: Any) -> dict[str, Any]:
        while True:
            for frame in self.frames:
                if wanted(frame):
                    self.frames.remove(frame)
                    return frame
            came = self.poll()
            assert came.startswith("a"), came
            self.frames += [json.loads(each) for each in json.loads(came[1:])]
