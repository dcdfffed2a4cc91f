"""Widgets with their themes and keys; people whom a site vouches for, and the browsers that know them again."""

from alembic import op

from server.migrations.columns import json, key, moment, refers, text

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table("widgets", text("id"), json("themes"), key("widgets", "id"))
    op.create_table(
        "widget_keys",
        text("id"),
        text("widget_id"),
        text("secret"),
        moment("created_at"),
        refers("widget_keys", "widget_id", "widgets.id"),
        key("widget_keys", "id"),
    )
    op.create_table(
        "identities",
        text("subject_type"),
        text("subject"),
        text("customer_id"),
        moment("since"),
        refers("identities", "customer_id", "customers.id"),
        key("identities", "subject_type", "subject"),
    )
    op.create_index("ix_identities_customer_id", "identities", ["customer_id"])
    op.create_table(
        "used_assertions",
        text("widget_id"),
        text("id"),
        moment("expires_at"),
        key("used_assertions", "widget_id", "id"),
    )
    op.create_table(
        "browsers",
        text("secret_hash"),
        text("customer_id"),
        moment("since"),
        refers("browsers", "customer_id", "customers.id"),
        key("browsers", "secret_hash"),
    )
    op.create_index("ix_browsers_customer_id", "browsers", ["customer_id"])


def downgrade() -> None:
    raise NotImplementedError("Nobody who signed in would be known any more.")
