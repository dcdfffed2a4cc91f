"""The tables in the code and those that the steps make are the same."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select
from sqlalchemy.orm import Session

from server import tables
from server.database import open_engine
from server.migrations import migrate


def test_the_steps_lead_to_the_tables(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "db.sqlite3")
    migrate(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, tables.Table.metadata)
    engine.dispose()

    assert differences == []


def test_a_file_that_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "db.sqlite3")
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO groups (id, name, status) VALUES (7, 'Sales', 'offline')")

    migrate(engine)

    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM groups").scalars().all() == ["Sales"]
    engine.dispose()


def test_what_was_there_before_the_other_apis_stays(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "db.sqlite3")
    migrate(engine, "0001")
    with engine.begin() as connection:
        for name, made in (("sam", 1), ("kim", 2)):
            row = f"('{name}', '{name}', '{name}', '{name}', 'normal', '{name}', {made}, 1, 6)"
            columns = "id, account_id, opaque_id, name, permission, token_hash, created_at, accepting, max_chats"
            connection.exec_driver_sql(f"INSERT INTO agents ({columns}) VALUES {row}")
    migrate(engine)

    with Session(engine) as session:
        agents = {agent.id: agent for agent in session.scalars(select(tables.Agent))}
    engine.dispose()

    assert (agents["sam"].permission, agents["kim"].permission) == ("owner", "normal")
    assert (agents["kim"].suspended, agents["kim"].details) == (False, {})
