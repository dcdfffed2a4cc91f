"""The browser's Python has what the widget needs, and nothing else."""

import importlib.metadata
import json

from tests.conftest import Pyodide
from tools.setup import BUILD


def test_a_model_is_validated_as_on_the_server(pyodide: Pyodide) -> None:
    version, greeting = pyodide("""
        import pydantic

        class Greeting(pydantic.BaseModel):
            text: str
            times: int

        [pydantic.VERSION, Greeting.model_validate_json('{"text": "hello", "times": "3"}').model_dump()]
    """)

    assert version == importlib.metadata.version("pydantic")
    assert greeting == {"text": "hello", "times": 3}


def test_markup_is_escaped_without_a_compiled_module(pyodide: Pyodide) -> None:
    markup = pyodide("""
        import htpy
        str(htpy.p(".text")["<b> & 'c'"])
    """)

    assert markup == '<p class="text">&lt;b&gt; &amp; &#39;c&#39;</p>'


def test_every_package_of_the_runtime_imports(pyodide: Pyodide) -> None:
    lock = json.loads((BUILD / "runtime" / "pyodide-lock.json").read_text())
    modules = [module for package in lock["packages"].values() for module in package["imports"]]

    assert (
        pyodide(f"""
        import importlib
        [importlib.import_module(name).__name__ for name in {modules}]
    """)
        == modules
    )


def test_the_wire_format_imports(pyodide: Pyodide) -> None:
    assert pyodide("import widget.wire; widget.wire.__name__") == "widget.wire"
