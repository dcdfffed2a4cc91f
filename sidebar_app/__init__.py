"""An app for the sidebar of an Agent App: who the customer is, what was said before, and replies at hand.

Also the example to begin an app of one's own with: ``docs/sidebar-apps.md``.
"""
