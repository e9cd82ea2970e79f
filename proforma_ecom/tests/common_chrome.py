import contextlib
import json
import time
from urllib.parse import urljoin

from odoo.tests import HttpCase
from odoo.tests.common import ChromeBrowser, ChromeBrowserException

# Key -> its code, and the character that it types.
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}

# Seconds until what a step waits for has to be there.
PATIENCE = 30

MIDDLE = """(() => {
    const element = document.querySelector(%s);
    element.scrollIntoView({block: "center", behavior: "instant"});
    const box = element.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
})()"""

LOADED = "[location.href, performance.getEntriesByType('resource').length].join()"


class Page:
    """A page in a browser, which is told what a person would do: real events of mouse
    and keyboard, no calls of the page's own scripts.
    """

    def __init__(self, browser):
        self._browser = browser

    def evaluate(self, expression):
        """Return the value of a JavaScript expression, also where no page's may run.

        :raise AssertionError: If it fails.
        """
        answer = self._request(
            "Runtime.evaluate", expression=expression, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def _peek(self, expression):
        """Return the value of an expression, None while a page takes the place of
        another.
        """
        try:
            return self.evaluate(expression)
        except ChromeBrowserException:
            return None

    def wait_for(self, selector, text=""):
        """Wait for an element, and its text if one is given.

        :raise AssertionError: If it does not come.
        """
        content = f"document.querySelector({json.dumps(selector)})?.textContent ?? null"
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self._peek(content)
            if found is not None and text in found:
                return
            time.sleep(0.1)
        self._browser.take_screenshot()
        where = self.evaluate("location.pathname")
        raise AssertionError(f"There is no {selector} with {text!r} on {where}")

    def settle(self):
        """Wait until the page has loaded what it wants: what is cut off is an error in
        the log.
        """
        loaded, same = None, 0
        end = time.monotonic() + PATIENCE
        while same < 5 and time.monotonic() < end:
            time.sleep(0.2)
            last, loaded = loaded, self._peek(LOADED)
            same = same + 1 if loaded == last else 0

    def check(self):
        """Check that no script broke on the way.

        :raise ChromeBrowserException: With what it said.
        """
        if self._browser._result.done():
            self._browser._result.result()

    def click(self, selector):
        """Click into the middle of an element, whatever is there."""
        self.wait_for(selector)
        x, y = self.evaluate(MIDDLE % json.dumps(selector))
        for kind in ("mousePressed", "mouseReleased"):
            self._request(
                "Input.dispatchMouseEvent",
                type=kind, x=x, y=y, button="left", clickCount=1,
            )  # fmt: skip

    def drag(self, selector, *ways):
        """Draw lines from the middle of an element.

        :param tuple[int, int] ways: Where to, in pixels from the middle.
        """
        self.wait_for(selector)
        x, y = self.evaluate(MIDDLE % json.dumps(selector))
        ends = [(x + across, y + down) for across, down in ways]
        kinds = ["mousePressed", *["mouseMoved"] * len(ends), "mouseReleased"]
        for kind, (left, top) in zip(kinds, [(x, y), *ends, ends[-1]], strict=True):
            self._request(
                "Input.dispatchMouseEvent",
                type=kind, x=left, y=top, button="left", buttons=1, clickCount=1,
            )  # fmt: skip

    def type(self, text):
        """Type into the field that has the focus, in the place of what it holds."""
        self.evaluate("document.activeElement.select()")
        self._request("Input.insertText", text=text)

    def fill(self, selector, text):
        """Click into a field and type."""
        self.click(selector)
        self.type(text)

    def press(self, key):
        code, character = KEYS[key]
        values = {"key": key, "code": key.strip() or "Space"}
        for kind in ("keyDown", "keyUp"):
            self._request(
                "Input.dispatchKeyEvent",
                type=kind, text=character, windowsVirtualKeyCode=code, **values,
            )  # fmt: skip

    def tab_to(self, selector, most=120):
        """Press the tabulator until an element has the focus, and shows it.

        :raise AssertionError: If it never gets there.
        """
        self.wait_for(selector)
        focus = f"document.activeElement?.matches({json.dumps(selector)})"
        for _press in range(most):
            self.press("Tab")
            if self._peek(focus):
                assert self.evaluate("document.activeElement.matches(':focus-visible')")
                return
        raise AssertionError(f"The keyboard does not get to {selector}")

    def choose_file(self, selector, path):
        """Choose a file for a field of the page."""
        self.wait_for(selector)
        root = self._request("DOM.getDocument")["root"]["nodeId"]
        found = self._request("DOM.querySelector", nodeId=root, selector=selector)
        self._request(
            "DOM.setFileInputFiles", nodeId=found["nodeId"], files=[str(path)]
        )

    def switch_scripts_off(self):
        """Let no script of a page run from now on."""
        self._request("Emulation.setScriptExecutionDisabled", value=True)

    def _request(self, method, **params):
        return self._browser._websocket_request(method, params=params)


class ChromeCommon(HttpCase):
    """Pages in a browser, on a desk unless a class says otherwise."""

    @contextlib.contextmanager
    def _open(self, path, login=None, with_scripts=True):
        """Open a page as who visits it does.

        :param str path: Its address on this server.
        :param str login: Who is signed in, nobody by default.
        :param bool with_scripts: Whether its scripts run.
        :rtype: Page
        """
        browser = ChromeBrowser(self)
        with self.allow_requests(browser=browser), contextlib.ExitStack() as stack:
            stack.callback(self._wait_remaining_requests)
            stack.callback(browser.stop)
            self.authenticate(login, login, browser=browser)
            self.cr.flush()
            self.cr.clear()
            page = Page(browser)
            if not with_scripts:
                page.switch_scripts_off()
            browser.navigate_to(urljoin(self.base_url(), path), wait_stop=True)
            yield page
            page.settle()
            page.check()
        self.env.invalidate_all()
