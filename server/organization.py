"""The one organization that this server serves. Its ids are in widgets that were pasted already."""

from typing import Final

ORGANIZATION_ID: Final = "00000000-0000-4000-8000-0000000000aa"
LICENSE_ID: Final = 1000001
WIDGET_ID: Final = "00000000-0000-4000-8000-000000000001"
CLIENT_ID: Final = "demo"
GROUP_ID: Final = 0
"""The group that visitors come to unless they ask for another."""

REGION: Final = "dal"
"""Access tokens carry it before a colon; the platform's SDKs pick a datacentre by it."""
