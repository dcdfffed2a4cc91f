"""The page is told of what is different, and of nothing else."""

from markupsafe import Markup

from widget.ui.log import DrawnRow
from widget.ui.painting import Painted


def drawn(*texts: str) -> list[DrawnRow]:
    return [DrawnRow(f"message-{text[0]}", Markup(f"<li>{text}</li>")) for text in texts]


def test_a_message_more_costs_one_row_however_many_there_are() -> None:
    painted = Painted()
    painted.change("around", drawn(*"abcdefgh"), above=None, to_end=True)

    change = painted.change(None, drawn(*"abcdefghi"), above=None, to_end=True)

    assert list(change.fresh) == ["message-i"]
    assert change.order is not None
    assert change.order[-2:] == ("message-h", "message-i")


def test_a_row_that_is_drawn_otherwise_is_sent_again() -> None:
    painted = Painted()
    painted.change(None, drawn("a", "b"), above=None, to_end=True)

    change = painted.change(None, drawn("a", "b, seen"), above=None, to_end=True)

    assert change.fresh == {"message-b": "<li>b, seen</li>"}


def test_where_nothing_has_changed_there_is_nothing_to_do() -> None:
    painted = Painted()
    painted.change("around", drawn("a", "b"), above=None, to_end=False)

    assert painted.change(None, drawn("a", "b"), above=None, to_end=False).empty


def test_rows_that_go_are_left_out_of_the_order() -> None:
    painted = Painted()
    painted.change(None, drawn("a", "b"), above=None, to_end=False)

    change = painted.change(None, drawn("b"), above=1, to_end=False)

    assert (change.order, change.fresh) == (("message-b",), {})


def test_the_last_row_can_go_too() -> None:
    painted = Painted()
    painted.change(None, drawn("a"), above=None, to_end=False)

    change = painted.change(None, [], above=None, to_end=False)

    assert change.order == ()
    assert not change.empty
