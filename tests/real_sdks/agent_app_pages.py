"""Pages with LiveChat's own packages for apps in them, bundled, and a server for them that speaks TLS."""

from __future__ import annotations

import ssl
import subprocess
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from tools.setup import ROOT

__all__ = ["Pages", "bundle"]

PAGE = '<!doctype html><html lang="en"><title>App</title><body><h1>App</h1><script src="/%s.js"></script></body></html>'


def bundle(entry: str, folder: Path, name: str) -> str:
    """A script as one file, with the packages that were installed in a folder."""
    source, out = folder / f"{name}.entry.js", folder / f"{name}.bundle.js"
    source.write_text(entry, encoding="utf-8")
    options = ["--bundle", "--format=iife", "--log-level=error", '--define:process.env.NODE_ENV="production"']
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    # By name: a path with = in it would mean something else.
    subprocess.run([esbuild, source.name, *options, f"--outfile={out.name}"], check=True, cwd=folder)
    return out.read_text(encoding="utf-8")


class Quiet(ThreadingHTTPServer):
    """A server that says nothing of browsers that hang up: they do, on a certificate that nobody has signed."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


class Pages:
    """Serves each script at ``/NAME.js``, and a page with it at ``/NAME``."""

    def __init__(self, scripts: Mapping[str, str], certificate: Path) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path.lstrip("/")
                script = scripts.get(path.removesuffix(".js"))
                if script is None:
                    self.send_error(404)
                elif path.endswith(".js"):
                    self._send("text/javascript", script)
                else:
                    self._send("text/html", PAGE % path)

            def _send(self, kind: str, text: str) -> None:
                body = text.encode()
                self.send_response(200)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = Quiet(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
