"""A browser in the hands of a test: Debian's Chromium by Playwright, with axe for accessibility, and an ear for whatever goes wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright

_LISTEN = "document.addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
_AXE = "axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations))"


def chromium() -> str:
    """Where Chromium is, empty where it is not."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


@contextmanager
def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Without a sandbox of its own: it starts as root in containers too, and sees nothing but our pages.
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A reader at a browser. `wrong` is what the browser complained of since it was last looked at."""

    page: Page
    url: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def open(self, path: str) -> Page:
        """The page at a path, in the one window that there is: another window costs more than what it shows."""
        self.page.goto(self.url + path)
        return self.page


@contextmanager
def visiting(browser: Browser, url: str, *, width: int = 1280, lang: str = "ja", scripts: bool = True) -> Iterator[Visitor]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale=lang, java_script_enabled=scripts, reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    if scripts:
        context.add_init_script(_LISTEN)
    yield Visitor(context.new_page(), url)
    context.close()


def violations(page: Page, axe: str) -> list[str]:
    """What axe finds wrong with a page, a line each.

    It comes by the protocol of the developer tools: the policy of the page would keep out what the page itself runs.
    """
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": axe})
    told = session.send("Runtime.evaluate", {"expression": _AXE, "awaitPromise": True, "returnByValue": True})
    session.detach()
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in json.loads(told["result"]["value"])
        for node in one["nodes"]
    ]
