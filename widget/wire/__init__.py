"""The wire format of the Chat APIs: frames, events, users, chats, requests, pushes and errors.

Shared by the widget, the console and the embedded server, so the three cannot disagree. It holds shapes only:
nothing here sends, stores or waits.
"""
