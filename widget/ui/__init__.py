"""What the visitor sees: pure functions from state to htpy elements, and the words in them."""
