"""What a new server begins with: one group, and one agent who can sign in."""

import os
from contextlib import suppress
from datetime import UTC, datetime
from secrets import token_hex
from uuid import uuid4

from sqlalchemy.orm import Session

from server import tables
from server.organization import GROUP_ID, LICENSE_ID, WIDGET_ID
from server.settings import Settings
from server.themes import Theme
from server.tokens import hashed, matches, new_secret

__all__ = ["FIRST_AGENT", "add_agent", "seed"]

FIRST_AGENT = "agent@example.com"

CLAY = Theme(base="light", accent="#984a27", background="#fffdf9", text="#25241f")
"""A theme in the colours of the demo shop."""


def add_agent(
    session: Session, agent_id: str, name: str, job_title: str | None = None, permission: str = "normal"
) -> str:
    """A new agent in the first group. Returns the personal access token, of which only the hash is kept."""
    token = new_secret()
    session.add(
        tables.Agent(
            id=agent_id,
            account_id=str(uuid4()),
            opaque_id=token_hex(16),
            name=name,
            job_title=job_title,
            permission=permission,
            token_hash=hashed(token),
            created_at=datetime.now(UTC),
        )
    )
    session.flush()
    session.add(tables.GroupAgent(group_id=GROUP_ID, agent_id=agent_id))
    return token


def seed(session: Session, settings: Settings) -> str | None:
    """Make sure that the first group and agent are there, and that the agent's token is in its file.

    Returns the token if it is new. One whose file was lost is replaced: there is no other way back in.
    """
    if session.get(tables.Group, GROUP_ID) is None:
        session.add(tables.Group(id=GROUP_ID, name="General"))
        session.flush()
    if session.get(tables.License, LICENSE_ID) is None:
        session.add(tables.License(id=LICENSE_ID, properties={}, company={}))
    if session.get(tables.Widget, WIDGET_ID) is None:
        session.add(tables.Widget(id=WIDGET_ID, themes={"clay": CLAY.model_dump(exclude_none=True)}))
    agent = session.get(tables.Agent, FIRST_AGENT)
    if agent is None:
        token = add_agent(session, FIRST_AGENT, "Sam Rivera", "Support", "owner")
    elif _token_is_kept(settings, agent):
        return None
    else:
        token = new_secret()
        agent.token_hash = hashed(token)
    _keep(settings, token)
    return token


def _token_is_kept(settings: Settings, agent: tables.Agent) -> bool:
    with suppress(FileNotFoundError):
        return matches(settings.agent_token.read_text().strip(), agent.token_hash)
    return False


def _keep(settings: Settings, token: str) -> None:
    """Write the token to its file, which nobody else may read."""
    settings.agent_token.unlink(missing_ok=True)
    descriptor = os.open(settings.agent_token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w") as file:
        file.write(token + "\n")
