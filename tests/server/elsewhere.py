"""Another server: its pages are linked to, and webhooks are sent to it."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from typing import Any


class Elsewhere(ThreadingHTTPServer):
    """Another server: it gives a page, and keeps what is posted to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.posted: SimpleQueue[dict[str, Any]] = SimpleQueue()


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = b'<title>Cups</title><meta property="og:image" content="https://a.example/cup.png">'
        self.send_response(302 if self.path == "/moved" else 200)
        self.send_header("Location", "/page")
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page)

    def do_POST(self) -> None:
        assert isinstance(self.server, Elsewhere)
        self.server.posted.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""
