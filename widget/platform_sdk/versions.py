"""The versions of the APIs. LiveChat's own SDK for JavaScript has one major version for each:

=============  =====
lc-sdk-js      API
=============  =====
3.x            3.3
4.x            3.4
5.x            3.5
6.x            3.6
=============  =====

3.7 is the platform's preview of what comes next.
"""

from typing import Literal, get_args

from widget.wire.errors import WrongArgument

__all__ = ["STABLE", "VERSIONS", "Version", "checked_version"]

Version = Literal["3.3", "3.4", "3.5", "3.6", "3.7"]

VERSIONS: tuple[Version, ...] = get_args(Version)

STABLE: Version = "3.6"
"""The version that clients speak unless they are told another."""


def checked_version(version: str) -> Version:
    """A version that is one of them. Raises WrongArgument."""
    for known in VERSIONS:
        if version == known:
            return known
    raise WrongArgument(f"version: {version!r} is none of {', '.join(VERSIONS)}.")
