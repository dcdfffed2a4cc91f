"""The agent console: where agents read and answer, in Python in the browser like the widget.

Every module but ``browser`` and ``main`` imports on CPython too. ``inbox`` holds what is so, ``session`` keeps it in
step with the platform, ``views`` draw it, ``app`` carries what the agent does from the page to the session.
"""
