import json
import re
import secrets

from odoo import api, fields, models

from ..const import CODE_LENGTH
from ..utils import group_text, new_code, normalize_code, sha256_hex

VERIFICATION_PATH = "/proforma/verify"

# What `secrets.token_urlsafe(16)` makes.
TOKEN = re.compile("[A-Za-z0-9_-]{22}")

# Its hyphens do not break.
EXAMPLE_CODE = "7K3M\N{NON-BREAKING HYPHEN}Q2ZD\N{NON-BREAKING HYPHEN}0XV9"

# Colour of Bootstrap and icon of what the verification page answers.
ANSWER_LOOKS = {
    "current": ("success", "fa-check-circle"),
    "replaced": ("warning", "fa-files-o"),
    "revising": ("warning", "fa-refresh"),
    "expired": ("warning", "fa-clock-o"),
    "accepted": ("success", "fa-handshake-o"),
    "void": ("warning", "fa-ban"),
    "unknown": ("danger", "fa-question-circle"),
    "incomplete": ("danger", "fa-exclamation-circle"),
    "limited": ("danger", "fa-hourglass-half"),
    "unsure": ("danger", "fa-exclamation-triangle"),
}


class ProformaProofMixin(models.AbstractModel):
    """How whoever holds the paper learns whether it is genuine and current."""

    _name = "proforma.proof.mixin"
    _description = "Pro Forma Proof"

    # === FIELDS === #

    verification_code = fields.Char(
        readonly=True,
        help="What is typed on the verification page by who cannot read the QR code."
        " Versions that were issued before there was such a page have none.",
    )

    _verification_code_uniq = models.UniqueIndex(
        "(verification_code) WHERE verification_code IS NOT NULL",
        "A verification code is used once.",
    )

    # === BUSINESS METHODS - SECRETS === #

    @api.model
    def _prepare_verification_vals(self):
        """Return what leads to the verification page of a new version.

        :return: `token`, for the QR code, and `verification_code`, for the keyboard.
        :rtype: dict
        """
        return {
            "token": secrets.token_urlsafe(16),
            "verification_code": new_code(),
        }

    @api.model
    def _prepare_verification(self, order, vals):
        """Return the part of the document that leads to the verification page.

        :param sale.order order: The order.
        :param dict vals: See `_prepare_verification_vals`.
        :return: `url` and `code`, as they are printed.
        :rtype: dict
        """
        return {
            "url": f"{order.get_base_url()}{VERIFICATION_PATH}/{vals['token']}",
            "code": group_text(vals["verification_code"], CODE_LENGTH // 3, "-"),
        }

    # === BUSINESS METHODS - VERIFICATION === #

    @api.model
    def _find_by_reference(self, reference):
        """Return the version of a token or of a code, however the code is written.

        One query, whether there is such a version or not.

        :param str reference: The end of the address of the page.
        :return: One version in sudo mode, or none.
        :rtype: proforma.version
        """
        token = reference if TOKEN.fullmatch(reference) else "-"
        code = normalize_code(reference) or "-"
        return self.sudo().search(
            ["|", ("token", "=", token), ("verification_code", "=", code)], limit=1
        )

    def _get_verification_state(self):
        """Return how the version stands, for who is no party to it.

        :return: `unsure` (what is stored does not match its fingerprints), `replaced`,
            `current`, `revising`, `expired`, `accepted` or `void`. Whether the customer
            declined or the seller cancelled is nobody else's business.
        :rtype: str
        """
        self.ensure_one()
        order = self.order_id
        if not self._is_intact():
            return "unsure"
        if order.proforma_version_id != self:
            return "replaced"
        if order.proforma_state == "issued":
            return "expired" if order._is_proforma_past_deadline() else "current"
        named = ("revising", "expired", "accepted")
        return order.proforma_state if order.proforma_state in named else "void"

    def _prepare_public_facts(self):
        """Return all that the verification page tells: nothing about the customer.

        :rtype: dict
        """
        self.ensure_one()
        document = json.loads(self.snapshot)
        header = document["document"]
        return {
            **{key: header[key] for key in ("number", "version", "currency")},
            **{key: header[key] for key in ("issued_on", "valid_until")},
            "issuer": document["issuer"]["name"],
            "total": document["totals"]["total"],
            "current_version": self.order_id.proforma_version_id.version,
            "pdf_sha256": self.pdf_sha256 or "",
            "signed_pdf_sha256": self.signed_pdf_sha256 or "",
            "signed_on": self._get_signed_day(),
        }

    @api.model
    def _get_verification_answers(self, facts=None):
        """Return what the page answers in each state, in the visitor's language.

        :param dict facts: See `_prepare_public_facts`, if there is a version.
        :return: State -> `tone` (a Bootstrap colour), `icon`, `headline`, `sentence`.
        :rtype: dict[str, dict]
        """
        facts = facts or {"issuer": "", "current_version": 0}
        texts = {
            **self._get_genuine_texts(facts["issuer"], facts["current_version"]),
            **self._get_doubtful_texts(),
        }
        keys = ("tone", "icon", "headline", "sentence")
        return {
            state: dict(zip(keys, (*look, *texts[state]), strict=True))
            for state, look in ANSWER_LOOKS.items()
        }

    @api.model
    def _get_genuine_texts(self, issuer, current_version):
        """Return headline and sentence of the states of a version."""
        return {
            "current": (
                self.env._("Genuine and current"),
                self.env._(
                    "This document was issued by %(issuer)s, and no other version took"
                    " its place.",
                    issuer=issuer,
                ),
            ),
            "replaced": (
                self.env._(
                    "Genuine, but replaced by version %(version)s",
                    version=current_version,
                ),
                self.env._(
                    "This document was issued by %(issuer)s. Ask for the newer"
                    " version.",
                    issuer=issuer,
                ),
            ),
            "revising": (
                self.env._("Genuine, but being revised"),
                self.env._(
                    "This document was issued by %(issuer)s. A new version is being"
                    " prepared.",
                    issuer=issuer,
                ),
            ),
            "expired": (
                self.env._("Genuine, but expired"),
                self.env._(
                    "This document was issued by %(issuer)s. Its validity has ended;"
                    " the prices have to be confirmed again.",
                    issuer=issuer,
                ),
            ),
            "accepted": (
                self.env._("Genuine and accepted"),
                self.env._(
                    "This document was issued by %(issuer)s and was accepted.",
                    issuer=issuer,
                ),
            ),
            "void": (
                self.env._("Genuine, but no longer valid"),
                self.env._(
                    "This document was issued by %(issuer)s. It is no longer an offer.",
                    issuer=issuer,
                ),
            ),
        }

    @api.model
    def _get_doubtful_texts(self):
        """Return headline and sentence where nothing is vouched for."""
        return {
            "unknown": (
                self.env._("Unknown document"),
                self.env._(
                    "There is no document with this code. Check for a typing error. If"
                    " the code is printed like this, ask the issuer before you rely on"
                    " the document."
                ),
            ),
            "incomplete": (
                self.env._("This is no complete code"),
                self.env._(
                    "A code has twelve letters and digits, for example %(example)s.",
                    example=EXAMPLE_CODE,
                ),
            ),
            "limited": (
                self.env._("Too many unknown codes"),
                self.env._(
                    "Too many codes that do not exist were entered from your network."
                    " Try again in an hour, or scan the QR code of the document."
                ),
            ),
            "unsure": (
                self.env._("Not certain"),
                self.env._(
                    "The record of this document does not match its fingerprint. Ask"
                    " the issuer before you rely on the document."
                ),
            ),
        }

    # === BUSINESS METHODS - INTEGRITY === #

    def _is_intact(self):
        """Return whether snapshot, PDF and signature still match their hashes."""
        self.ensure_one()
        pdf = self.sudo().attachment_id.raw
        return (
            sha256_hex(self.previous_sha256 or "", self.snapshot)
            == self.snapshot_sha256
            and self._is_personal_intact(self.snapshot, self.snapshot_personal)
            and (not pdf or sha256_hex(pdf) == self.pdf_sha256)
            and self._is_signature_intact()
        )

    @api.model
    def _is_personal_intact(self, text, personal):
        """Return whether a personal part matches its hash; a blanked one does.

        :param str text: JSON that holds `personal_sha256`; its own hash was checked.
        :param str personal: The personal part, may be empty.
        """
        return not personal or sha256_hex(personal) == json.loads(text).get(
            "personal_sha256"
        )
