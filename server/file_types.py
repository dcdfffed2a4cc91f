"""What a file is: by its bytes where that matters, by its name otherwise, and never by what its sender says."""

import mimetypes
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from PIL import Image, UnidentifiedImageError

from widget.wire.file_limits import PROGRAMS

__all__ = ["SHOWN", "Picture", "content_type", "is_executable", "picture", "small_copy"]

SHOWN: Final = {"image/png", "image/jpeg", "image/gif", "image/webp"}
"""What browsers may show in place: pictures that hold no script."""

_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")

_EXECUTABLE_STARTS: Final = (
    b"MZ",  # Windows
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",  # macOS, in both orders and widths
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # macOS for several processors, and Java
    b"#!",
)

MOST_PIXELS: Final = 40_000_000
"""A picture of more is not unpacked: a small file can hold a huge one."""

Image.MAX_IMAGE_PIXELS = None  # Pillow need not look too: only headers are read before MOST_PIXELS is checked.


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and its size in pixels."""

    content_type: str
    width: int
    height: int

    @property
    def can_be_scaled(self) -> bool:
        """Whether it is safe to unpack."""
        return self.width * self.height <= MOST_PIXELS


def is_executable(name: str, content: bytes) -> bool:
    """Whether a file looks like a program, by its name or its first bytes."""
    return PurePosixPath(name.lower()).suffix in PROGRAMS or content.startswith(_EXECUTABLE_STARTS)


def content_type(name: str) -> str:
    """The type that a name stands for."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def picture(content: bytes) -> Picture | None:
    """The picture in a file's bytes, if that is what they are; only its header is read."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            return Picture(Image.MIME[image.format or ""], *image.size)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None


def small_copy(content: bytes, side: int) -> bytes | None:
    """The picture, not longer than ``side`` pixels, as WebP; None for one that cannot be unpacked."""
    made = BytesIO()
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            image.thumbnail((side, side))
            image.convert("RGBA" if image.has_transparency_data else "RGB").save(made, "WEBP")
    except (OSError, ValueError, SyntaxError):
        return None
    return made.getvalue()
