"""Canned responses: what agents keep ready to be sent."""

from alembic import op

from server.migrations.columns import json, key, moment, number, refers, text, yes_or_no

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "canned_responses",
        number("id"),
        number("group_id"),
        text("text"),
        json("tags"),
        yes_or_no("is_private"),
        text("author_id"),
        moment("created_at"),
        text("modified_by"),
        moment("modified_at"),
        key("canned_responses", "id"),
        refers("canned_responses", "group_id", "groups.id"),
    )
