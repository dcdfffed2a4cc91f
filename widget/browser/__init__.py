"""The ports over a real browser. The only room that imports ``js`` and ``pyodide``; nobody but ``main`` imports it."""
