"""The embedded platform: LiveChat's Customer Chat and Agent Chat APIs on SQLite, in one process.

From outside to inside: ``app`` puts the parts together; ``pages``, ``accounts``, ``web`` and ``rtm`` are what the
network sees; ``customer_chat`` and ``agent_chat`` name the actions of the two APIs; ``chats``, ``routing``,
``membership``, ``events``, ``people`` and ``history`` are what both share; ``tables`` is what is kept. One action is
one transaction, all of them run one after the other on one thread (``database``), and what others are told goes out
once it is on disk (``bus``).
"""
