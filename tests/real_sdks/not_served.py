"""The methods of LiveChat's SDKs whose actions the embedded server does not have.

They are called all the same, and must fail: a test of one that works tells to strike it out here.
"""

__all__ = ["LC_SDK_JS", "LC_SDK_PYTHON"]

LC_SDK_JS: dict[str, set[str]] = {}

LC_SDK_PYTHON: dict[str, set[str]] = {
    "AgentRTM": {"list_customers", "change_push_notifications"},
    "AgentWeb": {"list_customers"},
    "ConfigurationApi": {
        "create_canned_response",
        "delete_canned_response",
        "list_canned_responses",
        "update_canned_response",
    },
}
