import base64
import json
import logging

from psycopg2 import OperationalError
from psycopg2.errors import ReadOnlySqlTransaction

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ..const import PDF_STATES
from ..utils import canonical_json, sha256_hex
from .proforma_signature_mixin import WRITTEN_ONCE_FIELDS

_logger = logging.getLogger(__name__)

# The PDF is added once, later than the rest if it could not be rendered at once; the
# signature and its copy, when the customer signs.
WRITABLE_FIELDS = {
    *WRITTEN_ONCE_FIELDS,
    "is_certificate_waiting",
    "attachment_id",
    "pdf_sha256",
    "pdf_state",
    "pdf_attempts",
    "is_mail_waiting",
}


class ProformaVersion(models.Model):
    _name = "proforma.version"
    _inherit = [
        "proforma.renewal.version.mixin",
        "proforma.difference.mixin",
        "proforma.enclosure.mixin",
        "proforma.picture.mixin",
        "proforma.proof.mixin",
        "proforma.sending.mixin",
        "proforma.signature.mixin",
        "proforma.version.mail.mixin",
    ]
    _description = "Pro Forma Version"
    _order = "order_id, version desc"

    # === FIELDS === #

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True
    )
    name = fields.Char(string="Reference", required=True, readonly=True)
    number = fields.Char(required=True, readonly=True)
    version = fields.Integer(required=True, readonly=True, aggregator=False)
    issued_on = fields.Datetime(required=True, readonly=True)
    valid_until = fields.Date(
        required=True, readonly=True, help="The last day of validity, inclusive."
    )
    lang = fields.Char(string="Language", required=True, readonly=True)

    # Amounts
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    currency_rate = fields.Float(
        digits=0,
        readonly=True,
        help="Units of the document's currency for one of the company's.",
    )
    amount_untaxed = fields.Monetary(readonly=True)
    amount_tax = fields.Monetary(string="Taxes", readonly=True)
    amount_total = fields.Monetary(string="Total", readonly=True)

    # What happened to it
    event_ids = fields.One2many("proforma.event", "version_id", readonly=True)

    # Content and proof
    snapshot = fields.Text(
        required=True,
        readonly=True,
        help="Canonical JSON of everything printed, without personal data.",
    )
    snapshot_personal = fields.Text(
        readonly=True,
        help="JSON of the customer's data. It may be blanked: the snapshot holds its"
        " hash only.",
    )
    snapshot_sha256 = fields.Char(string="Fingerprint", required=True, readonly=True)
    previous_sha256 = fields.Char(string="Previous Fingerprint", readonly=True)
    logo = fields.Binary(attachment=True, readonly=True)
    token = fields.Char(required=True, readonly=True)

    # PDF
    attachment_id = fields.Many2one("ir.attachment", string="PDF", readonly=True)
    pdf_sha256 = fields.Char(string="PDF Fingerprint", readonly=True)
    pdf_state = fields.Selection(
        PDF_STATES, required=True, default="pending", readonly=True
    )
    pdf_attempts = fields.Integer(default=0, readonly=True)
    is_mail_waiting = fields.Boolean(
        readonly=True, help="The e-mail to the customer leaves when the PDF is there."
    )

    _version_uniq = models.UniqueIndex(
        "(order_id, version)", "An order has each version once."
    )
    _token_uniq = models.UniqueIndex("(token)", "A verification token is used once.")
    # Written as the ORM asks for it, or PostgreSQL would not use it.
    _pdf_missing_idx = models.Index(
        "(pdf_attempts, id) WHERE pdf_state != 'done' OR is_mail_waiting IS TRUE"
        " OR is_certificate_waiting IS TRUE"
    )

    # === CRUD METHODS === #

    def write(self, vals):
        """Override of the ORM to keep what was sent as it was sent."""
        if not WRITABLE_FIELDS.issuperset(vals) or not self.env.su:
            raise UserError(self.env._("A version of a pro forma cannot be changed."))
        if vals.get("attachment_id") and self.attachment_id:
            raise UserError(self.env._("The PDF of a version is stored only once."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A version of a pro forma cannot be deleted."))

    # === ACTION METHODS === #

    def action_download_pdf(self):
        """Return the action that downloads the stored PDF."""
        self.ensure_one()
        self._check_pdf()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "download",
        }

    # === BUSINESS METHODS - FREEZE === #

    @api.model
    def _create_for_order(self, order, number, today):
        """Freeze the order as its next version.

        :param sale.order order: The order, in sudo mode and the document's language.
        :param str number: The number of the pro forma.
        :param date today: The company's day, printed as the date of issue.
        :rtype: proforma.version
        """
        previous = order.proforma_version_ids.sorted("version")[-1:]
        position = previous.version + 1
        reference = number if position == 1 else f"{number}-{position}"
        document = self.env["proforma.snapshot"]._prepare_document(
            order,
            {
                "number": number,
                "version": position,
                "reference": reference,
                "issued_on": today.isoformat(),
            },
        )
        proof = self._prepare_verification_vals()
        document["verification"] = self._prepare_verification(order, proof)
        enclosures, lost = self._split_enclosures(order._prepare_proforma_enclosures())
        document["enclosures"] = self._describe_enclosures(enclosures)
        version = self.sudo().create(
            {
                **self._prepare_version_vals(order, previous, document),
                **self._prepare_enclosure_vals(order, enclosures),
                **self._prepare_picture_vals(order),
                **order.env["proforma.version"]._prepare_reason_vals(),
                **proof,
            }
        )
        version.picture_ids.res_id = version.id
        order._note_proforma_lost_enclosures(version, lost)
        return version

    @api.model
    def _prepare_version_vals(self, order, previous, document):
        """Return the values of a new version.

        :param sale.order order: The order.
        :param proforma.version previous: The version before, may be empty.
        :param dict document: See `proforma.snapshot`.
        :rtype: dict
        """
        header = document["document"]
        snapshot, personal = self.env["proforma.snapshot"]._split_personal(document)
        text = canonical_json(snapshot)
        return {
            "order_id": order.id,
            "name": header["reference"],
            "number": header["number"],
            "version": header["version"],
            "issued_on": fields.Datetime.now(),
            "valid_until": order.validity_date,
            "lang": header["lang"],
            "currency_id": order.currency_id.id,
            "currency_rate": order.currency_rate,
            "amount_untaxed": order.amount_untaxed,
            "amount_tax": order.amount_tax,
            "amount_total": order.amount_total,
            "snapshot": text,
            "snapshot_personal": personal,
            "snapshot_sha256": sha256_hex(previous.snapshot_sha256 or "", text),
            "previous_sha256": previous.snapshot_sha256,
            "logo": self._get_printed_logo(order),
        }

    @api.model
    def _get_printed_logo(self, order):
        """Return the logo in base64 that the document of an order shows, or False."""
        snapshot = self.env["proforma.snapshot"]
        layout = snapshot._get_layout(order)
        return snapshot._prepare_branding(layout, order.company_id)[1]

    def _get_usable_lang(self):
        """Return the language of the version, or another one if it is not active now.

        :rtype: str
        """
        self.ensure_one()
        languages = self.env["res.lang"]
        codes = (self.lang, self.env.lang, self.env.user.lang)
        active = (languages._get_code(code) for code in codes if code)
        return next(filter(None, active), "en_US")

    def _get_document(self):
        """Return the frozen document, see `proforma.snapshot` for its shape.

        :rtype: dict
        """
        self.ensure_one()
        return self.env["proforma.snapshot"]._merge_personal(
            json.loads(self.snapshot), self.snapshot_personal
        )

    # === BUSINESS METHODS - PDF === #

    def _render_pdf(self):
        """Render the PDF from the frozen content alone; nothing is stored.

        :rtype: bytes
        :raise UserError: If it cannot be rendered.
        """
        return self._render_enclosed_pdf()[0]

    def _render_enclosed_pdf(self):
        """Render the PDF with its enclosures; see `_render_pdf`, `_enclose`.

        :return: The file, and the names of the enclosures that it lacks.
        :rtype: tuple[bytes, list[str]]
        """
        self.ensure_one()
        logo = base64.b64decode(self.logo) if self.logo else None
        renderer = self.env["proforma.renderer"]
        return self._enclose(
            renderer._render_pdf(self._get_document(), logo, self._get_pictures())
        )

    def _ensure_pdf(self):
        """Render and store the PDFs that are missing; a failure is noted, not raised.

        :return: Whether every PDF is there.
        :rtype: bool
        """
        # Whatever others left to write fails here, not as a fault of the PDF.
        self.env.flush_all()
        missing = self.sudo().filtered(lambda v: v.pdf_state != "done")
        if missing and self.env.cr.readonly:
            # The server runs the request again, and lets it write.
            raise ReadOnlySqlTransaction("A missing PDF is stored")
        for version in missing:
            try:
                with self.env.cr.savepoint():
                    content, lost = version._render_enclosed_pdf()
                    version._store_pdf(content)
                    version.order_id._note_proforma_lost_enclosures(version, lost)
            except OperationalError:
                raise  # Two at the same time: the server runs the request again.
            # A fault of a template, a font or the renderer must not take the pro
            # forma with it: it is issued all the same and rendered later.
            except Exception as error:  # noqa: BLE001
                _logger.warning(
                    "PDF of version %s not rendered.", version.id, exc_info=True
                )
                version._note_pdf_failure(error)
        return all(version.pdf_state == "done" for version in self)

    def _check_pdf(self):
        """Refuse to hand out versions whose PDF is missing.

        :raise UserError: Naming the first of them.
        """
        if missing := self.filtered(lambda version: not version.attachment_id)[:1]:
            raise UserError(
                self.env._(
                    "The PDF of %(version)s is not there yet. It will be rendered by a"
                    " scheduled action; try again in a few minutes.",
                    version=missing.name,
                )
            )

    def _store_pdf(self, content):
        """Store the PDF with its fingerprint.

        :param bytes content: The file.
        """
        self.ensure_one()
        self.attachment_id = self.env["ir.attachment"].create(
            {
                "name": f"{self.name.replace('/', '-')}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.write({"pdf_sha256": sha256_hex(content), "pdf_state": "done"})

    def _note_pdf_failure(self, error):
        """Say on the order that the PDF is missing, once, and ask for another try.

        :param Exception error: What went wrong.
        """
        self.ensure_one()
        is_first = not self.pdf_attempts
        self.write({"pdf_state": "failed", "pdf_attempts": self.pdf_attempts + 1})
        if is_first:
            self.order_id._proforma_log_event("pdf_failed")
            # The visitor of the shop has no name and no language in the back office.
            order = self.order_id.with_user(SUPERUSER_ID)
            order = order.with_context(lang=order._get_proforma_responsible_user().lang)
            order.message_post(
                body=order.env._(
                    "The PDF of %(version)s could not be rendered: %(error)s"
                    " It will be tried again by a scheduled action; the e-mail to the"
                    " customer waits for it.",
                    version=self.name,
                    error=error,
                )
            )
            self.env.ref("proforma_ecom.ir_cron_render_pdf").sudo()._trigger()
