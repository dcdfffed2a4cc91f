"""The first tables."""

import sqlalchemy as sa
from alembic import op

from server.migrations.columns import json, key, moment, number, refers, text, unique, yes_or_no

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    people()
    chats()


def people() -> None:
    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        text("name"),
        text("status"),
        key("groups", "id"),
    )
    op.create_table(
        "agents",
        text("id"),
        text("account_id"),
        text("opaque_id"),
        text("name"),
        text("job_title", nullable=True),
        text("avatar", nullable=True),
        text("permission"),
        text("token_hash"),
        moment("created_at"),
        yes_or_no("accepting"),
        number("max_chats"),
        moment("assigned_at", nullable=True),
        key("agents", "id"),
        unique("agents", "account_id"),
        unique("agents", "opaque_id"),
        unique("agents", "token_hash"),
    )
    op.create_table(
        "group_agents",
        number("group_id"),
        text("agent_id"),
        refers("group_agents", "group_id", "groups.id"),
        refers("group_agents", "agent_id", "agents.id"),
        key("group_agents", "group_id", "agent_id"),
    )
    op.create_table(
        "customers",
        text("id"),
        text("secret_hash"),
        number("group_id"),
        text("name", nullable=True),
        text("email", nullable=True),
        text("avatar", nullable=True),
        json("session_fields"),
        number("visits_count"),
        number("page_views_count"),
        moment("created_at"),
        refers("customers", "group_id", "groups.id"),
        key("customers", "id"),
    )
    op.create_table(
        "visits",
        number("id"),
        text("customer_id"),
        moment("started_at"),
        moment("ended_at", nullable=True),
        text("referrer", nullable=True),
        text("ip", nullable=True),
        text("user_agent", nullable=True),
        refers("visits", "customer_id", "customers.id"),
        key("visits", "id"),
    )
    op.create_index("ix_visits_customer_id", "visits", ["customer_id"])
    op.create_table(
        "page_views",
        number("id"),
        number("visit_id"),
        moment("opened_at"),
        text("url"),
        text("title", nullable=True),
        refers("page_views", "visit_id", "visits.id"),
        key("page_views", "id"),
    )
    op.create_index("ix_page_views_visit_id", "page_views", ["visit_id"])
    op.create_table("revoked_tokens", text("id"), moment("expires_at"), key("revoked_tokens", "id"))
    op.create_table("connections", text("id"), text("user_id"), text("kind"), key("connections", "id"))
    op.create_index("ix_connections_user_id", "connections", ["user_id"])


def chats() -> None:
    op.create_table(
        "chats",
        text("id"),
        text("customer_id"),
        moment("created_at"),
        moment("latest"),
        json("properties"),
        refers("chats", "customer_id", "customers.id"),
        key("chats", "id"),
        unique("chats", "customer_id"),
    )
    op.create_table(
        "chat_groups",
        text("chat_id"),
        number("group_id"),
        refers("chat_groups", "chat_id", "chats.id"),
        refers("chat_groups", "group_id", "groups.id"),
        key("chat_groups", "chat_id", "group_id"),
    )
    op.create_table(
        "threads",
        text("id"),
        text("chat_id"),
        number("number"),
        yes_or_no("active"),
        moment("created_at"),
        moment("ended_at", nullable=True),
        moment("queued_at", nullable=True),
        json("user_ids"),
        json("properties"),
        number("events_count"),
        refers("threads", "chat_id", "chats.id"),
        key("threads", "id"),
        unique("threads", "chat_id", "number"),
    )
    op.create_index("ix_threads_created_at", "threads", ["created_at"])
    op.create_index("ix_threads_queued_at", "threads", ["queued_at"], sqlite_where=sa.text("queued_at IS NOT NULL"))
    op.create_index("uq_threads_active", "threads", ["chat_id"], unique=True, sqlite_where=sa.text("active"))
    op.create_table(
        "events",
        text("id"),
        text("chat_id"),
        text("thread_id"),
        moment("created_at"),
        text("type"),
        text("author_id", nullable=True),
        text("custom_id", nullable=True),
        text("visibility"),
        json("content"),
        json("properties"),
        refers("events", "chat_id", "chats.id"),
        refers("events", "thread_id", "threads.id"),
        key("events", "id"),
        unique("events", "chat_id", "author_id", "custom_id"),
    )
    op.create_index("ix_events_thread_id_created_at", "events", ["thread_id", "created_at"])
    op.create_index("ix_events_chat_id_type_created_at", "events", ["chat_id", "type", "created_at"])
    op.create_table(
        "members",
        text("chat_id"),
        text("user_id"),
        text("kind"),
        yes_or_no("takes_part"),
        text("visibility"),
        moment("joined_at"),
        moment("seen_up_to", nullable=True),
        refers("members", "chat_id", "chats.id"),
        key("members", "chat_id", "user_id"),
    )
    op.create_index("ix_members_user_id", "members", ["user_id"])
    op.create_table(
        "followers",
        text("chat_id"),
        text("agent_id"),
        refers("followers", "chat_id", "chats.id"),
        refers("followers", "agent_id", "agents.id"),
        key("followers", "chat_id", "agent_id"),
    )


def downgrade() -> None:
    raise NotImplementedError("There is nothing before the first tables.")
