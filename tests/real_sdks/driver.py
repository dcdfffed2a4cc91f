"""A program that runs one of LiveChat's SDKs: asked and answered by lines of JSON."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from threading import Timer
from typing import Any

__all__ = ["Driver"]

PATIENCE = 30.0
"""Seconds after which a program that does not answer is ended; it is started anew for the next question."""


class Driver:
    """The program, from its first question to ``close``."""

    def __init__(self, *command: str | Path, **environment: str) -> None:
        self._command = command
        self._environment = {**os.environ, **environment}
        self._program: subprocess.Popen[str] | None = None

    def __call__(self, question: dict[str, Any]) -> Any:
        """Its answer to a question."""
        program = self._running()
        assert program.stdin
        assert program.stdout
        limit = Timer(PATIENCE, program.kill)
        limit.start()
        program.stdin.write(json.dumps(question) + "\n")
        program.stdin.flush()
        line = program.stdout.readline()
        limit.cancel()
        if not line:
            self.close()
        assert line, f"the SDK ended, or took more than {PATIENCE} s"
        return json.loads(line)

    def _running(self) -> subprocess.Popen[str]:
        if self._program is None:
            self._program = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=self._environment,
            )
        return self._program

    def close(self) -> None:
        """End it."""
        program, self._program = self._program, None
        if program is not None:
            program.communicate()
