"""Trusted domains: the sites that the widget may run on."""

from alembic import op

from server.migrations.columns import key, moment, text

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "trusted_domains",
        text("domain"),
        text("author_id"),
        moment("created_at"),
        key("trusted_domains", "domain"),
    )
