"""A page in headless Chromium: opened at a size, operated with mouse and keys, printed, and examined with axe-core.

Chromium and its driver are Debian's packages chromium and chromium-driver; ``AXE_PATH`` names the file axe.min.js of the npm package
axe-core. Tests skip where they are missing; ``.ci/run`` installs them.
"""

import base64
import json
import os
from collections import Counter
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import which
from typing import Any
from unicodedata import normalize

import pytest
from pypdfium2 import PdfDocument
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

LAPTOP, PHONE = (1366, 768), (390, 844)
A4, A4_WIDE = (680, 993), (1009, 665)
"""Sizes in pixels; of A4 what the margins leave, upright and lying."""
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

needs_chromium = pytest.mark.skipif(
    not (which("chromium") and which("chromedriver")), reason="Debian's packages chromium and chromium-driver are not installed"
)
needs_axe = pytest.mark.skipif(
    "AXE_PATH" not in os.environ, reason="AXE_PATH does not name the file axe.min.js of the npm package axe-core"
)


class Browser:
    """Headless Chromium; one for all the tests of a module, since it takes a second to start."""

    def __init__(self) -> None:
        options = webdriver.ChromeOptions()
        for flag in _FLAGS:
            options.add_argument(flag)
        options.binary_location = which("chromium") or ""
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(which("chromedriver") or ""))

    def open(self, page: Path, size: tuple[int, int] = LAPTOP) -> None:
        """Open a page anew; what earlier pages logged and preferred is forgotten, and nothing moves by itself."""
        self.resize(size)
        self.prefer(reduced_motion="reduce")
        self.driver.get("about:blank")
        self.errors()
        self.requests()
        self.driver.get(page.as_uri())

    def resize(self, size: tuple[int, int]) -> None:
        width, height = size
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        )

    def prefer(self, **features: str) -> None:
        """What the reader prefers, such as ``color_scheme="dark"``, or ``media="print"`` for paper."""
        media = features.pop("media", "")
        named = [{"name": f"prefers-{name.replace('_', '-')}", "value": value} for name, value in features.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": named})

    @contextmanager
    def without_script(self) -> Generator[None]:
        """No page that is opened meanwhile runs a script; tests can still ask."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            yield
        finally:
            self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def drawn(self, id: str) -> WebElement:
        """The node or link of the diagram with this id."""
        return self.find(f"#diagram [data-id={json.dumps(id)}]")

    def run(self, script: str, *values: object) -> Any:
        return self.driver.execute_script(script, *values)

    @property
    def focused(self) -> WebElement:
        return self.driver.switch_to.active_element

    def errors(self) -> list[str]:
        """What the console complained of since the page was opened, such as what the content policy refused."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses that were asked for since the page was opened."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"]

    def sheets(self) -> list[str]:
        """The text of each sheet of the page printed to PDF, blanks and line ends taken out, for lines break anywhere."""
        answer = self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
        with closing(PdfDocument(base64.b64decode(answer["data"]))) as document:
            return [squeezed(page.get_textpage().get_text_bounded()) for page in document]

    def roles(self) -> Counter[str]:
        """How many elements of each role those find who hear the page."""
        tree = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})
        return Counter(node["role"]["value"] for node in tree["nodes"] if not node["ignored"])

    def violations(self) -> list[str]:
        """What axe-core finds wrong with the page as it stands, all its rules, with the elements."""
        self.run(Path(os.environ["AXE_PATH"]).read_text(encoding="utf-8"))
        found = self.driver.execute_async_script("axe.run(document, {resultTypes: ['violations']}).then(arguments[0])")
        return [f"{each['id']}: {each['help']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


def squeezed(text: str) -> str:
    """A text without blanks and line ends, and without ligatures."""
    return "".join(normalize("NFKC", text).split())
