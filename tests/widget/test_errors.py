"""Errors tell people what went wrong."""

import subprocess
import sys


def test_errors_say_what_went_wrong_also_where_python_has_dropped_its_docstrings() -> None:
    """The frozen Python of the browser runs without them."""
    program = "from widget.wire.errors import NotConnected; print(NotConnected().message)"

    told = subprocess.run([sys.executable, "-OO", "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout == "No connection.\n"
