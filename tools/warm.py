"""Runs in the Python whose memory becomes the image (``tools/freeze.mjs``): imports the widget and builds its models.

After the thaw there are no files to import from. So whatever is imported on first use has to be imported here.
"""

import gc
import random
import traceback  # noqa: F401 (the interpreter takes it when it reports an error)

import widget.main  # noqa: F401

random.seed(0)  # the same image from the same files; static/thaw.js seeds it anew
gc.collect()
