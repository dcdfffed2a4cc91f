"""A live-chat widget in Python: what runs in the visitor's browser, and the SDKs beneath it.

Every room but ``widget.browser`` imports on CPython too.
"""
