"""LiveChat's SDKs speak TLS only: a door that unpacks it before a server.

The server's own TLS will not do for its tests: ``websockets``' blocking client, which the people of
``tests/server/platform.py`` use, reads and writes one TLS connection in two threads, and Python's is not made for that
before 3.13: one connection in a few hundred waits for ever.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from starlette.types import ASGIApp, Receive, Scope, Send

from server.settings import Settings
from tests.server.platform import RunningServer

__all__ = ["TlsDoor", "TlsServer", "make_certificate"]

PATIENCE = 10.0


def make_certificate(folder: Path) -> Path:
    """A file with a key and a certificate for it, which nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file


class TlsServer(RunningServer):
    """A running server with a door before it: packages come through the door, the test's own people do not."""

    def __init__(self, settings: Settings, certificate: Path) -> None:
        super().__init__(settings)
        self._door = TlsDoor(self.port, certificate)
        self.tls_port = self._door.__enter__().port

    def _made(self, settings: Settings) -> ASGIApp:
        """The application for the door's clients, who know it by https: addresses that it makes begin so."""
        app = super()._made(settings)

        async def named(scope: Scope, receive: Receive, send: Send) -> None:
            host = dict(scope.get("headers", [])).get(b"host", b"").decode()
            if scope["type"] == "http" and host != f"127.0.0.1:{self.port}":
                scope = {**scope, "scheme": "https"}
            await app(scope, receive, send)

        return named

    def stop(self) -> None:
        """Close the door, and end the server."""
        self._door.__exit__()
        super().stop()


class TlsDoor:
    """Listens with TLS on a free ``port``, and passes all of it on to one without."""

    def __init__(self, port: int, certificate: Path) -> None:
        self._port = port
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._done = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._passing: set[asyncio.Task[None]] = set()
        self.port: int = 0

    def __enter__(self) -> TlsDoor:
        self._thread.start()
        assert self._ready.wait(PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join(PATIENCE)

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        door = await asyncio.start_server(self._come_in, "127.0.0.1", 0, ssl=self._context, ssl_shutdown_timeout=1)
        self.port = door.sockets[0].getsockname()[1]
        self._ready.set()
        await self._done.wait()
        door.close()
        for task in self._passing:
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    def _come_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._pass_on(reader, writer))
        self._passing.add(task)
        task.add_done_callback(self._passing.discard)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            await asyncio.gather(_copy(reader, inner_writer), _copy(inner_reader, writer))
        except OSError:
            return  # one side went without a goodbye, and so does the other
        finally:
            inner_writer.transport.abort()
            writer.transport.abort()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
    writer.close()
