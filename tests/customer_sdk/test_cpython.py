"""What is there only on CPython: files of this machine, and a world that need not be given."""

from pathlib import Path

from widget.customer_sdk.cpython import Memory, world
from widget.customer_sdk.files import ChatFile


async def test_a_file_can_be_read_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("hi")

    assert ChatFile.read(path, "text/plain") == ChatFile("a.txt", b"hi", "text/plain")


async def test_a_storage_of_ones_own_is_taken() -> None:
    storage = Memory()

    assert world(storage).storage is storage


def test_memory_forgets_what_it_is_told_to() -> None:
    memory = Memory()

    memory.set("a", "1")
    assert memory.get("a") == "1"

    memory.remove("a")
    assert memory.get("a") is None
