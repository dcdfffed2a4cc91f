"""Runs in the Python whose memory becomes the image (``tools/freeze.mjs``): imports the widget and builds its models.

After the thaw there are no files to import from. So whatever is imported on first use has to be imported here.
"""

import gc
import importlib
import pkgutil
import traceback  # noqa: F401 (the interpreter takes it when it reports an error)

import widget

for module in pkgutil.walk_packages(widget.__path__, "widget."):
    importlib.import_module(module.name)

gc.collect()
