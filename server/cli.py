"""The command ``livechat-widget``: serve, add an agent, configure a widget, build what a static host serves.

What goes wrong for reasons outside the program is told in a sentence, with what to do, and exit code 1.
"""

import argparse
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from server.organization import WIDGET_ID
from server.settings import Settings, SettingsError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["main"]


class Failure(Exception):
    """It cannot be done; the message is for people."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns its exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        chosen.run(chosen)
    except (Failure, SettingsError) as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="livechat-widget", description="A live-chat widget and its server.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve_command = commands.add_parser("serve", help="serve; PORT, HOST, DATA and WIDGET_ORIGIN say where and what")
    serve_command.add_argument("--reload", action="store_true", help="start again when a Python file changes")
    serve_command.set_defaults(run=serve)
    add_command = commands.add_parser("add-agent", help="add somebody who answers, and print the access token")
    add_command.add_argument("name")
    add_command.add_argument("email")
    add_command.set_defaults(run=add_agent)
    key_command = commands.add_parser("add-key", help="make a key that a site signs its visitors' tokens with")
    key_command.add_argument("--widget", default=WIDGET_ID, metavar="ID", help="whose key it is")
    key_command.set_defaults(run=add_key)
    theme_command = commands.add_parser("set-theme", help="configure a theme; its colours are checked for contrast")
    theme_command.add_argument("name")
    theme_command.add_argument("--accent", required=True, metavar="#RRGGBB", help="launcher, header, own messages")
    theme_command.add_argument("--background", metavar="#RRGGBB")
    theme_command.add_argument("--text", metavar="#RRGGBB")
    theme_command.add_argument("--base", choices=["light", "dark"], default="light")
    theme_command.add_argument("--widget", default=WIDGET_ID, metavar="ID", help="whose theme it is")
    theme_command.set_defaults(run=set_theme)
    build_command = commands.add_parser("build", help="write the widget into a folder that any static host can serve")
    build_command.add_argument("--out", type=Path, required=True, metavar="DIR")
    build_command.add_argument(
        "--platform", metavar="URL", help="where the platform is, if not on the folder's own origin"
    )
    build_command.add_argument("--accounts", metavar="URL", help="where its accounts are, if elsewhere")
    build_command.add_argument("--organization-id", metavar="ID", help="whose visitors the widget's are")
    build_command.add_argument("--client-id", metavar="ID", help="what the platform knows the widget by")
    build_command.add_argument("--language", metavar="TAG", help="what it speaks, if not each visitor's own language")
    build_command.set_defaults(run=build)
    return parser


# serve


def serve(chosen: argparse.Namespace) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)  # uvicorn sends itself the signal again after it has stopped.
    settings = Settings.from_environment()
    needed = settings.runtime / "pyodide.mjs" if chosen.reload else settings.release / "widget" / "index.html"
    if not needed.is_file():
        raise Failure(f"{needed} is not there yet. Run `make build` first.")
    from server.seed import FIRST_AGENT
    from server.serving import Server, configuration, reload_options

    with _listening(settings) as sockets, _data(settings):
        token = _prepare(settings)
        if token is not None:
            print(f"Agents sign in as {FIRST_AGENT} with the token {token} (kept in {settings.agent_token}).")
        ready = partial(_say_ready, settings, sockets[0].getsockname()[1])
        if chosen.reload:
            from uvicorn.supervisors import ChangeReload

            os.environ["AS_WRITTEN"] = "1"  # for the process that serves, which is started anew
            config = configuration("server.app:from_environment", **reload_options())
            ChangeReload(config, target=Server(config, ready).run, sockets=sockets).run()
        else:
            from server.app import create_app

            Server(configuration(create_app(settings)), ready).run(sockets)


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _say_ready(settings: Settings, port: int) -> None:
    host = "127.0.0.1" if settings.host in (None, "0.0.0.0", "::") else settings.host
    print(f"Ready: http://{f'[{host}]' if ':' in (host or '') else host}:{port}/", flush=True)


@contextmanager
def _listening(settings: Settings) -> Iterator[list[socket.socket]]:
    from server.serving import PortTaken, listen

    try:
        sockets = listen(settings)
    except PortTaken:
        raise Failure(
            f"Port {settings.port} is taken by another program. Choose another one: PORT={settings.port + 1} make run"
        ) from None
    except OSError as error:
        where = f"{settings.host or '127.0.0.1'}:{settings.port}"
        raise Failure(f"Cannot listen on {where} ({error}). Set HOST or PORT.") from None
    try:
        yield sockets
    finally:
        for listener in sockets:
            listener.close()


@contextmanager
def _data(settings: Settings) -> Iterator[None]:
    """Keep the data folder to ourselves: two servers would not know of each other's connections."""
    with _sentences(settings):
        settings.data.mkdir(parents=True, exist_ok=True)
        lock = (settings.data / "lock").open("w")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(
                f"Another server uses {settings.data}. Choose another folder: DATA=./other make run"
            ) from None
        yield


@contextmanager
def _sentences(settings: Settings) -> Iterator[None]:
    """Say in a sentence why the data folder cannot be used."""
    from sqlalchemy.exc import DatabaseError

    try:
        yield
    except OSError as error:
        raise Failure(
            f"Cannot write to {settings.data}: {error.strerror}. Set DATA to a folder that can be written."
        ) from None
    except DatabaseError as error:
        raise Failure(
            f"Cannot use {settings.database}: {error.orig}. Make room, or set DATA to another folder."
        ) from None


def _prepare(settings: Settings) -> str | None:
    from server.app import prepare

    with _sentences(settings):
        return prepare(settings)


# add-agent


def add_agent(chosen: argparse.Namespace) -> None:
    """Add an agent and print the access token; it is shown this once."""
    from server import seed, tables

    if "@" not in chosen.email:
        raise Failure(f"{chosen.email!r} is not an e-mail address. Usage: livechat-widget add-agent NAME EMAIL")
    with _session() as session:
        if session.get(tables.Agent, chosen.email) is not None:
            raise Failure(f"There is an agent {chosen.email} already.")
        token = seed.add_agent(session, chosen.email, chosen.name)
    print(f"{chosen.name} signs in as {chosen.email} with the token {token}")


# add-key, set-theme


def add_key(chosen: argparse.Namespace) -> None:
    """Make a key of a widget and print it as JSON; the site's server signs with it (docs/live-chat.md)."""
    from server.assertions import new_key

    with _session() as session:
        key_id, secret = new_key(session, chosen.widget)
    print(json.dumps({"id": key_id, "key": secret}))


def set_theme(chosen: argparse.Namespace) -> None:
    """Configure a theme of a widget."""
    from pydantic import ValidationError

    from server.themes import Theme
    from server.widgets import put_theme
    from widget.wire.errors import Refused

    try:
        given = {name: getattr(chosen, name) for name in ("base", "accent", "background", "text")}
        theme = Theme.model_validate(given)
        with _session() as session:
            put_theme(session, chosen.widget, chosen.name, theme)
    except ValidationError as error:
        first = error.errors()[0]
        raise Failure(f"--{first['loc'][0]} {first['input']}: a colour looks like #14594a.") from None
    except Refused as refused:
        raise Failure(f"{refused.message}.") from None
    print(f"liveChat('set_theme', '{chosen.name}') has these colours now.")


@contextmanager
def _session() -> Iterator["Session"]:
    """A transaction on the data folder, whether a server uses it or not."""
    from sqlalchemy.orm import Session

    from server.database import open_engine

    settings = Settings.from_environment()
    _prepare(settings)
    engine = open_engine(settings.database)
    try:
        with _sentences(settings), Session(engine) as session, session.begin():
            yield session
    finally:
        engine.dispose()


# build


def build(chosen: argparse.Namespace) -> None:
    """Write a release into a folder."""
    from tools.release import write_release
    from tools.release_parts import collect
    from tools.setup import alone, set_up

    platform = {
        "api": _origin(chosen.platform),
        "accounts": _origin(chosen.accounts or chosen.platform),
        "organization_id": chosen.organization_id,
        "client_id": chosen.client_id,
        "language": _language(chosen.language),
    }
    with alone():
        failed = set_up("parts")
    if failed is not None:
        raise Failure(failed)
    try:
        write_release(collect(), chosen.out, {name: value for name, value in platform.items() if value})
    except subprocess.CalledProcessError:
        raise Failure("A script cannot be shortened; what is wrong with it stands above.") from None
    except OSError as error:
        raise Failure(f"Cannot write to {chosen.out}: {error.strerror}.") from None
    print(f"Written to {chosen.out}: docs/hosting.md says how to serve it.")


def _language(tag: str | None) -> str:
    """The tag of one of the widget's languages; "" for none. Raises Failure for what is none of them."""
    from widget.ui.languages import LANGUAGES, found

    language = found(tag or "")
    if tag and language is None:
        raise Failure(f"{tag} is none of the widget's languages: {', '.join(LANGUAGES)}.")
    return language.tag if language else ""


def _origin(url: str | None) -> str:
    """The origin that an address names; "" for none. Raises Failure when it has a path, or is no address."""
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/") or parts.query:
        raise Failure(f"{url!r} is not an origin. Give it like https://chat.example")
    return f"{parts.scheme}://{parts.netloc}"
