import json
import os
from pathlib import Path

from .common import ShopProformaCommon

# The checker axe-core, which the development environment brings along.
AXE = os.environ.get("PROFORMA_AXE")

# Widths of a phone and of a desk.
WIDTHS = (360, 1280)

# Opens each page in a frame of each width, waits until it is drawn and calls `look`
# with the page, its address and width, and a function that notes what is wrong.
VISIT = """
const wait = (delay) => new Promise((resolve) => setTimeout(resolve, delay));
const isDrawn = async (page) => {
    for (let tries = 0; tries < 50; tries++) {
        await wait(200);
        const widget = page.querySelector("owl-component");
        const discussion = page.querySelector(".o_portal_chatter");
        const shadow = discussion?.querySelector("#chatterRoot")?.shadowRoot;
        const isSigned = !widget || widget.querySelector("canvas");
        if (isSigned && (!discussion || shadow?.querySelector(".o-mail-Message"))) {
            return;
        }
    }
    console.error(`${page.URL}: a part of the page was not drawn`);
};
const open = async (url, width) => {
    const frame = document.createElement("iframe");
    frame.style.cssText = `width: ${width}px; height: 900px; border: 0`;
    frame.src = url;
    document.body.replaceChildren(frame);
    await new Promise((resolve) => (frame.onload = resolve));
    await isDrawn(frame.contentDocument);
    return frame.contentDocument;
};
(async () => {
    const found = [];
    %(look)s
    for (const [name, url, expected] of %(pages)s) {
        for (const width of %(widths)s) {
            const page = await open(url, width);
            const note = (text) => found.push(`${name} at ${width} px: ${text}`);
            if (page.documentElement.scrollWidth > width) {
                note("scrolls sideways");
            }
            if (expected && !page.querySelector(expected)) {
                note(`is not the page that has ${expected}, but ${page.URL}`);
            } else {
                await look(page, {url, width, note});
            }
        }
    }
    if (found.length) {
        console.error(found.join("\\n"));
    } else {
        console.log("test successful");
    }
})();
"""

# Lets the checker look at our part of the page: header and footer are the theme's.
CHECK = """
const axe = %(axe)s;
const look = async (page, {note}) => {
    const script = page.createElement("script");
    script.textContent = axe;
    page.head.append(script);
    const part = page.querySelector("#wrap") || page.querySelector("main");
    const found = await page.defaultView.axe.run(
        {include: [part], exclude: %(excluded)s},
        {preload: false} // It would load our styles again.
    );
    for (const rule of found.violations) {
        if (["serious", "critical"].includes(rule.impact)) {
            const nodes = rule.nodes.map((node) => node.html.slice(0, 200));
            note(`${rule.id}: ${nodes.join(" | ")}`);
        }
    }
};
"""


class BrowserCommon(ShopProformaCommon):
    """Pages as a browser shows them, on a phone and at a desk."""

    def _visit(self, pages, look, login="marie"):
        """Open each page in each width; none may scroll sideways.

        :param list[tuple[str, ...]] pages: Name, address and what has to be there, a
            selector; without it, any page will do.
        :param str look: JavaScript that defines the function `look`.
        """
        code = VISIT % {
            "look": look,
            "pages": json.dumps(pages),
            "widths": json.dumps(WIDTHS),
        }
        self.browser_js("/robots.txt", code, login=login, timeout=240)

    def _check(self, pages, excluded=(), login="marie"):
        """Let the checker look at each page, see `_visit`.

        :param excluded: Selectors of core's own elements that are not for everybody.
        """
        look = CHECK % {
            "axe": json.dumps(Path(AXE).read_text(encoding="utf-8")),
            "excluded": json.dumps([[selector] for selector in excluded]),
        }
        self._visit(pages, look, login)
