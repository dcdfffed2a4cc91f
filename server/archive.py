"""The widget's code as the browser fetches it: one zip, made in memory from the files as they are now."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

__all__ = ["Archive"]

_TIME = (1980, 1, 1, 0, 0, 0)
"""The same in every archive, so that equal files make equal archives."""


class Archive:
    """The Python files of some packages; made again when a file has changed."""

    def __init__(self, project: Path, packages: Sequence[str]) -> None:
        self._project = project
        self._packages = packages
        self._made: tuple[str, bytes] = ("", b"")

    def current(self) -> tuple[str, bytes]:
        """A tag that changes with the files, and the archive."""
        tag = self._tag()
        if tag != self._made[0]:
            self._made = (tag, self._make())
        return self._made

    def _files(self) -> Iterator[Path]:
        for package in self._packages:
            yield from sorted((self._project / package).rglob("*.py"))

    def _tag(self) -> str:
        digest = sha256()
        for file in self._files():
            state = file.stat()
            digest.update(f"{file} {state.st_mtime_ns} {state.st_size}\n".encode())
        return digest.hexdigest()[:32]

    def _make(self) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in self._files():
                entry = zipfile.ZipInfo(file.relative_to(self._project).as_posix(), _TIME)
                archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
        return made.getvalue()
