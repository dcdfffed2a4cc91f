"""A visitor in WebKitGTK, the engine of Safari as Linux has it. Playwright cannot drive it; WebDriver can.

The words are those of `tests.browser.people.Visitor`. It has no mode without a screen, so it gets one that nobody sees.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import ActionChains, Keys, WebKitGTK, WebKitGTKOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.people import STARTED

__all__ = ["WebKitVisitor", "screen", "started"]

T = TypeVar("T")

ROLES = {"button": "button", "textbox": "input, textarea", "log": "[role=log]"}
"""Which elements have a role; the name is the engine's to tell."""


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody sees; its name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with open(reading, encoding="ascii") as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def started(program: Path, display: str) -> Iterator[WebKitGTK]:
    """The browser, with no memory of earlier ones."""
    options = WebKitGTKOptions()
    options.set_capability("browserName", "MiniBrowser")
    service = Service(str(program), env={**os.environ, "DISPLAY": display})
    driver = WebKitGTK(options=options, service=service)
    try:
        driver.set_window_size(1280, 860)
        yield driver
    finally:
        driver.quit()


class WebKitVisitor:
    """Somebody on the shop."""

    def __init__(self, driver: WebKitGTK, address: str) -> None:
        self._driver = driver
        driver.get(address)

    def open(self) -> WebKitVisitor:
        """Open the chat by its launcher."""
        self._driver.switch_to.default_content()
        launcher = self._until(lambda: self._shadow(By.CSS_SELECTOR, "button"))
        assert launcher.accessible_name.startswith("Open chat")
        launcher.click()
        return self

    def wait_for_python(self) -> WebKitVisitor:
        """Until Python has taken over the frame."""
        self._until(lambda: self._frame().find_element(By.CSS_SELECTOR, "html[data-live-chat=ready]"))
        return self

    def say(self, text: str) -> WebKitVisitor:
        """Write something and send it."""
        composer = self._until(lambda: self._named("textbox", "Message"))
        composer.click()
        composer.send_keys(text)
        self._named("button", "Send").click()
        return self

    def type(self, text: str) -> WebKitVisitor:
        """Type something and press Enter, wherever the focus is."""
        self._frame()
        ActionChains(self._driver).send_keys(text, Keys.ENTER).perform()
        return self

    def sees(self, text: str) -> None:
        """Wait until this stands in the log, once."""
        self._until(lambda: len(self._said(text)) == 1)

    def sent(self, text: str) -> None:
        """Wait until the server has this."""
        self._until(lambda: [said for said in self._said(text) if "Sent" in said or "Seen" in said])

    def reload(self) -> None:
        """Load the page again."""
        self._driver.switch_to.default_content()
        self._driver.refresh()

    def warned(self) -> list[str]:
        """What the frame has warned of in its console, where the page notes it (`tests.browser.between`)."""
        self._frame()
        warned: list[str] = self._driver.execute_script("return warned")
        return warned

    # Private

    def _until(self, look: Callable[[], T]) -> T:
        wait = WebDriverWait(
            self._driver, STARTED / 1000, 0.1, [NoSuchElementException, StaleElementReferenceException]
        )
        return wait.until(lambda _: look())

    def _shadow(self, by: str, value: str) -> WebElement:
        return self._driver.find_element(By.CSS_SELECTOR, "live-chat").shadow_root.find_element(by, value)

    def _frame(self) -> WebKitGTK:
        self._driver.switch_to.default_content()
        self._driver.switch_to.frame(self._shadow(By.CSS_SELECTOR, "iframe[title=Chat]"))
        return self._driver

    def _named(self, role: str, name: str) -> WebElement:
        for element in self._frame().find_elements(By.CSS_SELECTOR, ROLES[role]):
            if element.aria_role == role and element.accessible_name == name:
                return element
        raise NoSuchElementException(f"There is no {role} {name!r}.")

    def _said(self, text: str) -> list[str]:
        items = self._named("log", "Conversation").find_elements(By.CSS_SELECTOR, "li, [role=listitem]")
        return [item.text for item in items if text in item.text]
