"""The sans-I/O core of a real-time connection: what to send, what it means, when to try again.

Nothing in this room opens a socket or sleeps, but ``client``, which does so only through ``ports``; ``clock`` is the
one port that is the same everywhere.
"""
