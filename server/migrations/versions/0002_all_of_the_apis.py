"""Files, tags, properties, bans, greetings, forms, webhooks, bots: what the rest of the APIs keep."""

import sqlalchemy as sa
from alembic import op

from server.migrations.columns import json, key, moment, number, refers, text, yes_or_no

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

LATER: dict[str, list[sa.Column[object]]] = {
    "agents": [
        sa.Column("suspended", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("awaiting_approval", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("deleted", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("is_bot", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("owner_client_id", sa.String(), nullable=True),
        sa.Column("last_logout", sa.BigInteger(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
    ],
    "connections": [sa.Column("monitoring", sa.String(), nullable=True)],
    "customers": [
        sa.Column("greetings_shown_count", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("greetings_accepted_count", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("details", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
    ],
    "events": [sa.Column("deleted", sa.Boolean(), nullable=False, server_default=sa.text("0"))],
    "group_agents": [sa.Column("priority", sa.String(), nullable=False, server_default="normal")],
    "groups": [
        sa.Column("language_code", sa.String(), nullable=False, server_default="en"),
        sa.Column("properties", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
    ],
}
"""Columns of tables that were there before."""


def upgrade() -> None:
    for table, columns in LATER.items():
        for column in columns:
            op.add_column(table, column)
    # Somebody must be allowed to configure: whoever was here first.
    op.execute("UPDATE agents SET permission = 'owner' WHERE created_at = (SELECT min(created_at) FROM agents)")
    chats()
    customers()
    configuration()


def chats() -> None:
    op.create_table(
        "files",
        text("id"),
        text("owner_id"),
        text("name"),
        text("content_type"),
        number("size"),
        number("width", nullable=True),
        number("height", nullable=True),
        yes_or_no("used"),
        moment("created_at"),
        key("files", "id"),
    )
    op.create_index("ix_files_created_at", "files", ["created_at"])
    op.create_table(
        "tags", text("name"), json("group_ids"), text("author_id"), moment("created_at"), key("tags", "name")
    )
    op.create_table(
        "thread_tags",
        text("thread_id"),
        text("tag"),
        moment("tagged_at"),
        refers("thread_tags", "thread_id", "threads.id"),
        key("thread_tags", "thread_id", "tag"),
    )
    op.create_index("ix_thread_tags_tag", "thread_tags", ["tag"])


def customers() -> None:
    op.create_table(
        "bans",
        number("id"),
        text("customer_id"),
        text("ip", nullable=True),
        text("agent_id"),
        text("thread_id", nullable=True),
        moment("created_at"),
        moment("expires_at"),
        refers("bans", "customer_id", "customers.id"),
        key("bans", "id"),
    )
    op.create_index("ix_bans_customer_id", "bans", ["customer_id"])
    op.create_table(
        "customer_followers",
        text("customer_id"),
        text("agent_id"),
        refers("customer_followers", "customer_id", "customers.id"),
        refers("customer_followers", "agent_id", "agents.id"),
        key("customer_followers", "customer_id", "agent_id"),
    )
    op.create_table(
        "subscriptions",
        text("id"),
        text("connection_id"),
        text("agent_id"),
        json("group_ids"),
        key("subscriptions", "id"),
    )
    op.create_index("ix_subscriptions_connection_id", "subscriptions", ["connection_id"])
    op.create_table(
        "shown_greetings",
        text("unique_id"),
        number("greeting_id"),
        text("customer_id"),
        number("visit_id"),
        text("agent_id"),
        json("content"),
        moment("shown_at"),
        yes_or_no("accepted"),
        yes_or_no("over"),
        refers("shown_greetings", "customer_id", "customers.id"),
        key("shown_greetings", "unique_id"),
    )
    op.create_index("ix_shown_greetings_customer_id", "shown_greetings", ["customer_id"])


def configuration() -> None:
    op.create_table(
        "licenses",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        json("properties"),
        json("company"),
        yes_or_no("webhooks_enabled"),
        key("licenses", "id"),
    )
    op.create_table(
        "properties", text("namespace"), text("name"), json("definition"), key("properties", "namespace", "name")
    )
    op.create_table(
        "greetings",
        number("id"),
        number("group_id"),
        text("type"),
        text("name"),
        yes_or_no("active"),
        moment("active_from", nullable=True),
        moment("active_until", nullable=True),
        json("rules"),
        json("properties"),
        json("rich_message", nullable=True),
        refers("greetings", "group_id", "groups.id"),
        key("greetings", "id"),
    )
    op.create_table(
        "forms",
        number("group_id"),
        text("type"),
        text("id"),
        yes_or_no("enabled"),
        json("fields"),
        refers("forms", "group_id", "groups.id"),
        key("forms", "group_id", "type"),
    )
    op.create_table(
        "webhooks",
        text("id"),
        text("action"),
        text("url"),
        text("secret_key"),
        text("owner_client_id"),
        text("type"),
        text("description", nullable=True),
        json("additional_data"),
        json("filters"),
        key("webhooks", "id"),
    )
    op.create_index("ix_webhooks_action", "webhooks", ["action"])
    op.create_table(
        "auto_accesses",
        text("id"),
        number("place"),
        text("description", nullable=True),
        json("group_ids"),
        json("conditions"),
        key("auto_accesses", "id"),
    )
    op.create_table(
        "bot_templates",
        text("id"),
        text("owner_client_id"),
        text("secret_hash"),
        json("details"),
        key("bot_templates", "id"),
    )


def downgrade() -> None:
    raise NotImplementedError("What was said with them would be lost.")
