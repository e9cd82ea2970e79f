import base64
import json

from odoo.tests import HttpCase, tagged

from .common import ProformaCommon

# Drops a file on the page, waits for the answer and says it on the console.
SCRIPT = """
(async () => {
    const content = Uint8Array.from(atob(%(content)s), (c) => c.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], "file.pdf", {type: "application/pdf"}));
    const requests = performance.getEntriesByType("resource").length;
    if (%(is_dropped)s) {
        const zone = document.querySelector(".o_proforma_drop");
        zone.dispatchEvent(
            new DragEvent("drop", {
                dataTransfer: transfer, bubbles: true, cancelable: true,
            })
        );
    } else {
        const input = document.querySelector(".o_proforma_file input[type=file]");
        input.files = transfer.files;
        input.dispatchEvent(new Event("change", {bubbles: true}));
    }
    const shown = "[data-result]:not(.d-none):not([data-result=computing])";
    for (let turn = 0; turn < 100 && !document.querySelector(shown); turn++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const results = [...document.querySelectorAll(shown)].map((p) => p.dataset.result);
    if (results.join() !== %(expected)s) {
        throw new Error(`The page says: ${results.join() || "nothing"}`);
    }
    const own = document.querySelector(".o_proforma_own .o_proforma_fingerprint");
    if (own.textContent.replaceAll(" ", "") !== %(fingerprint)s) {
        throw new Error(`The page computed ${own.textContent}`);
    }
    if (performance.getEntriesByType("resource").length !== requests) {
        throw new Error("Something was sent or loaded.");
    }
    console.log("test successful");
})();
"""


@tagged("post_install", "-at_install")
class TestProformaVerificationFile(HttpCase, ProformaCommon):
    """A file that is compared in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        order = cls._create_proforma()
        cls._sign(cls, order)
        cls.version = order.proforma_version_id.sudo()

    def _compare(self, content, expected, fingerprint, is_dropped=True):
        values = {
            "content": base64.b64encode(content).decode(),
            "expected": expected,
            "fingerprint": fingerprint,
            "is_dropped": is_dropped,
        }
        self.browser_js(
            f"/proforma/verify/{self.version.token}",
            SCRIPT % {key: json.dumps(value) for key, value in values.items()},
            ready="Boolean(document.querySelector('.o_proforma_drop:not(.d-none)'))",
        )

    def test_original_is_recognised(self):
        version = self.version

        self._compare(version.attachment_id.raw, "original", version.pdf_sha256)

    def test_signed_copy_is_recognised(self):
        version = self.version

        self._compare(
            version.signed_attachment_id.raw, "signed", version.signed_pdf_sha256
        )

    def test_changed_file_that_was_chosen_is_another_one(self):
        # SHA-256 of "abc", FIPS 180-2, appendix B.1.
        fingerprint = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

        self._compare(b"abc", "other", fingerprint, is_dropped=False)
