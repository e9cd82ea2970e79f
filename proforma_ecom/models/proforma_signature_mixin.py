import json
import logging
import secrets
from datetime import datetime

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError

from ..reports.drawing import drawing_uri
from ..utils import canonical_json, sha256_hex, today_in

_logger = logging.getLogger(__name__)

# Each is written once: when the customer signs, or when the signed copy is made.
WRITTEN_ONCE_FIELDS = (
    "signature_snapshot",
    "signature_personal",
    "signature_sha256",
    "signed_attachment_id",
    "signed_pdf_sha256",
)


class ProformaSignatureMixin(models.AbstractModel):
    """The signature that was given on a version, sealed with what was signed."""

    _name = "proforma.signature.mixin"
    _description = "Pro Forma Signature"

    # === FIELDS === #

    signature_snapshot = fields.Text(
        readonly=True,
        prefetch=False,
        help="Canonical JSON of what was signed and when, without personal data.",
    )
    signature_personal = fields.Text(
        readonly=True,
        prefetch=False,
        help="JSON of who signed, from which network address, and the drawing. It may"
        " be blanked: the signature holds its hash only.",
    )
    signature_sha256 = fields.Char(string="Signature Fingerprint", readonly=True)
    signed_attachment_id = fields.Many2one(
        "ir.attachment", string="Signed Copy", readonly=True
    )
    signed_pdf_sha256 = fields.Char(string="Signed Copy Fingerprint", readonly=True)
    is_certificate_waiting = fields.Boolean(
        readonly=True, help="The version is signed, its signed copy is still to make."
    )

    # === CRUD METHODS === #

    def write(self, vals):
        """Override of the ORM to keep a signature as it was given."""
        again = set(WRITTEN_ONCE_FIELDS).intersection(vals)
        if any(version[fname] for version in self for fname in again):
            raise UserError(self.env._("A version is signed only once."))
        return super().write(vals)

    # === ACTION METHODS === #

    def action_download_signed_pdf(self):
        """Return the action that downloads the signed copy."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.signed_attachment_id.id}?download=true",
            "target": "download",
        }

    # === BUSINESS METHODS - SEAL === #

    def _seal_signature(self, name, signed_on, drawing, address=""):
        """Freeze the signature together with what was signed; ask for the signed copy.

        Note: `self.ensure_one()`, in sudo mode.

        :param str name: Who signed.
        :param datetime signed_on: When: UTC, naive.
        :param str drawing: The picture of the signature, in base64.
        :param str address: The network address, as far as it may be kept.
        :raise UserError: If the drawing is no picture, or the version is signed.
        """
        self.ensure_one()
        if not drawing_uri(drawing):
            raise UserError(
                self.env._("The signature could not be read. Draw it again.")
            )
        personal = canonical_json(
            {
                "salt": secrets.token_hex(16),
                "name": name,
                "address": address or "",
                "drawing": drawing,
            }
        )
        text = canonical_json(self._prepare_signature(signed_on, personal))
        self.write(
            {
                "signature_snapshot": text,
                "signature_personal": personal,
                "signature_sha256": sha256_hex(self.snapshot_sha256, text),
                "is_certificate_waiting": True,
            }
        )

    def _prepare_signature(self, signed_on, personal):
        """Return what is sealed, without personal data.

        :param datetime signed_on: UTC, naive.
        :param str personal: The personal part.
        :rtype: dict
        """
        return {
            "format": 1,
            "reference": self.name,
            "number": self.number,
            "version": self.version,
            "snapshot_sha256": self.snapshot_sha256,
            "pdf_sha256": self.pdf_sha256 or "",
            "signed_on": f"{signed_on.isoformat(timespec='seconds')}Z",
            "time_zone": self.company_id._get_proforma_tz(),
            "personal_sha256": sha256_hex(personal),
        }

    def _get_signature(self):
        """Return the sealed signature; a blanked personal part stays empty.

        :rtype: dict
        """
        self.ensure_one()
        personal = json.loads(self.signature_personal or "{}")
        return {
            **json.loads(self.signature_snapshot),
            **{key: personal.get(key, "") for key in ("name", "address", "drawing")},
        }

    def _get_signed_day(self):
        """Return the company's day on which the version was signed: ISO text or "".

        :rtype: str
        """
        self.ensure_one()
        if not self.signature_snapshot:
            return ""
        signature = json.loads(self.signature_snapshot)
        instant = datetime.fromisoformat(signature["signed_on"].removesuffix("Z"))
        return today_in(signature["time_zone"], instant).isoformat()

    def _is_signature_intact(self):
        """Return whether signature and signed copy still match their hashes."""
        self.ensure_one()
        text, file = self.signature_snapshot, self.sudo().signed_attachment_id.raw
        if not text:
            return not (self.signature_sha256 or file)
        return (
            sha256_hex(self.snapshot_sha256, text) == self.signature_sha256
            and self._is_personal_intact(text, self.signature_personal)
            and (not file or sha256_hex(file) == self.signed_pdf_sha256)
        )

    # === BUSINESS METHODS - SIGNED COPY === #

    def _ensure_signed_copy(self):
        """Make and store the signed copies that are missing; a failure is only noted.

        The signature is given, whatever becomes of its certificate.
        """
        self.env.flush_all()
        for version in self.sudo().filtered("is_certificate_waiting"):
            if not version.attachment_id:
                continue  # It is appended to the PDF, once there is one.
            try:
                with self.env.cr.savepoint():
                    version._store_signed_copy(version._render_signed_copy())
            except OperationalError:
                raise  # Two at the same time: the server runs the request again.
            except Exception as error:  # noqa: BLE001
                _logger.warning(
                    "Signed copy of version %s not made.", version.id, exc_info=True
                )
                version._note_certificate_failure(error)

    def _render_signed_copy(self):
        """Return the stored PDF with the certificate behind it; nothing is stored.

        :rtype: bytes
        :raise UserError: If it cannot be rendered.
        """
        self.ensure_one()
        return self.env["proforma.certificate"]._render_signed_copy(self)

    def _store_signed_copy(self, content):
        """Store the signed copy with its fingerprint; the original stays as it is.

        :param bytes content: The file.
        """
        self.ensure_one()
        attachment = self.env["ir.attachment"].create(
            {
                "name": self._get_signed_copy_name(),
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.write(
            {
                "signed_attachment_id": attachment.id,
                "signed_pdf_sha256": sha256_hex(content),
                "is_certificate_waiting": False,
            }
        )

    def _get_signed_copy_name(self):
        """Return the name of the file, in the language of the document."""
        env = self.with_context(lang=self._get_usable_lang()).env
        return env._("%(name)s signed.pdf", name=self.name.replace("/", "-"))

    def _note_certificate_failure(self, error):
        """Say on the order that the signed copy is missing, once; ask for another try.

        :param Exception error: What went wrong.
        """
        self.ensure_one()
        self.pdf_attempts += 1
        if "certificate_failed" in self.order_id.proforma_event_ids.filtered(
            lambda event: event.version_id == self
        ).mapped("kind"):
            return
        self.order_id._proforma_log_event("certificate_failed")
        order = self.order_id.with_user(SUPERUSER_ID)
        order = order.with_context(lang=order._get_proforma_responsible_user().lang)
        order.message_post(
            body=order.env._(
                "%(version)s is signed; its signed copy could not be made: %(error)s"
                " It will be tried again by a scheduled action.",
                version=self.name,
                error=error,
            )
        )
        self.env.ref("proforma_ecom.ir_cron_render_pdf").sudo()._trigger()
