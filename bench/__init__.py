"""How fast it is, each figure beside one of something else in the same run: ``python -m bench``."""
