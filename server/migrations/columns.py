"""The columns and constraints that steps make tables of, named as ``server.tables`` names them."""

import sqlalchemy as sa

__all__ = ["json", "key", "moment", "number", "refers", "text", "unique", "yes_or_no"]


def text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """Text."""
    return sa.Column(name, sa.String(), nullable=nullable)


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """A moment, in microseconds."""
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def yes_or_no(name: str) -> sa.Column[bool]:
    """True or false."""
    return sa.Column(name, sa.Boolean(), nullable=False)


def json(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """JSON."""
    return sa.Column(name, sa.JSON(), nullable=nullable)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """The columns that tell a row from others."""
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """A column that names a row of another table."""
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}")


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    """Columns that no two rows have in common."""
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")
