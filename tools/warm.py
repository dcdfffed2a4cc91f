"""Runs in the Python whose memory becomes an image (``tools/freeze.mjs``): imports a program and builds its models.

After the thaw there are no files to import from, and nothing that could build. So whatever is imported or built on
first use has to be so here: a program that builds says how by ``prepare``.
"""

import gc
import importlib
import random
import traceback  # noqa: F401 (the interpreter takes it when it reports an error)

program = importlib.import_module(globals()["PROGRAM"])
if hasattr(program, "prepare"):
    program.prepare()

random.seed(0)  # the same image from the same files; static/thaw.js seeds it anew
gc.collect()
