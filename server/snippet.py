"""What a site owner pastes. The README publishes the same text; the demo shop's pages carry it filled in."""

from html import escape

from server.organization import WIDGET_ID

__all__ = ["SNIPPET", "snippet"]

SNIPPET = """\
<script>
  window.liveChat ??= function () { (liveChat.q ??= []).push(arguments) }
  liveChat.t = Date.now()
  liveChat('init', '{widget_id}')
</script>
<script async src="{origin}/widget.js"></script>"""
"""Calls made before the script has loaded wait in ``liveChat.q``, in their order (spec: widget-js-api, B1)."""


def snippet(origin: str, widget_id: str = WIDGET_ID) -> str:
    """The snippet for a widget of the platform at an origin."""
    return SNIPPET.replace("{origin}", escape(origin)).replace("{widget_id}", escape(widget_id))
