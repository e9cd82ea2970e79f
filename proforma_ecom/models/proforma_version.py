import base64
import json
import logging
import secrets

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ..const import CRON_BATCH_SIZE, PDF_STATES
from ..utils import canonical_json, sha256_hex

_logger = logging.getLogger(__name__)

# The PDF is added once, later than the rest if it could not be rendered at once.
WRITABLE_FIELDS = {
    "attachment_id",
    "pdf_sha256",
    "pdf_state",
    "pdf_attempts",
    "is_mail_waiting",
}


class ProformaVersion(models.Model):
    _name = "proforma.version"
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
    token = fields.Char(
        required=True, readonly=True, default=lambda self: secrets.token_urlsafe(16)
    )

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
    _pdf_missing_idx = models.Index(
        "(pdf_attempts, id) WHERE pdf_state != 'done' OR is_mail_waiting"
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
        if not self.attachment_id:
            raise UserError(
                self.env._(
                    "The PDF of %(version)s is not there yet. It will be rendered by a"
                    " scheduled action; try again in a few minutes.",
                    version=self.name,
                )
            )
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
        return self.sudo().create(self._prepare_version_vals(order, previous, document))

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
            "logo": order.company_id.logo,
        }

    def _get_document(self):
        """Return the frozen document, see `proforma.snapshot` for its shape.

        :rtype: dict
        """
        self.ensure_one()
        return self.env["proforma.snapshot"]._merge_personal(
            json.loads(self.snapshot), self.snapshot_personal
        )

    def _is_intact(self):
        """Return whether snapshot, personal part and PDF still match their hashes."""
        self.ensure_one()
        snapshot_hash = sha256_hex(self.previous_sha256 or "", self.snapshot)
        personal_hash = json.loads(self.snapshot)["personal_sha256"]
        pdf = self.sudo().attachment_id.raw
        return (
            snapshot_hash == self.snapshot_sha256
            and (
                not self.snapshot_personal
                or sha256_hex(self.snapshot_personal) == personal_hash
            )
            and (not pdf or sha256_hex(pdf) == self.pdf_sha256)
        )

    # === BUSINESS METHODS - PDF === #

    def _render_pdf(self):
        """Render the PDF from the frozen content alone; nothing is stored.

        :rtype: bytes
        :raise UserError: If it cannot be rendered.
        """
        self.ensure_one()
        logo = base64.b64decode(self.logo) if self.logo else None
        return self.env["proforma.renderer"]._render_pdf(self._get_document(), logo)

    def _ensure_pdf(self):
        """Render and store the PDFs that are missing; a failure is noted, not raised.

        :return: Whether every PDF is there.
        :rtype: bool
        """
        # Whatever others left to write fails here, not as a fault of the PDF.
        self.env.flush_all()
        for version in self.sudo().filtered(lambda v: v.pdf_state != "done"):
            try:
                with self.env.cr.savepoint():
                    version._store_pdf(version._render_pdf())
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

    # === BUSINESS METHODS - MAIL === #

    def _send_waiting_mail(self):
        """Send the e-mail that waited for the PDF, unless it has become pointless.

        :raise UserError: If it cannot be sent.
        """
        self.ensure_one()
        if not self.is_mail_waiting or self.pdf_state != "done":
            return
        self.is_mail_waiting = False
        order = self.order_id
        if order.proforma_version_id == self and order.proforma_state == "issued":
            order.with_company(order.company_id)._proforma_send_mail()

    def _note_mail_failure(self, error):
        """Give up the e-mail and ask the salesperson to send it.

        :param str error: What went wrong.
        """
        self.ensure_one()
        self.is_mail_waiting = False
        self.order_id._proforma_schedule_activity(
            lambda order: (
                order.env._("Send the pro forma %(name)s", name=self.name),
                order.env._("Its e-mail could not be sent: %(error)s", error=error),
            )
        )

    # === CRON METHODS === #

    @api.model
    def _cron_render_pdf(self):
        """Render the PDFs that are missing and send the e-mails that wait for them."""
        cron = self.env["ir.cron"]
        versions = self.search(
            ["|", ("pdf_state", "!=", "done"), ("is_mail_waiting", "=", True)],
            order="pdf_attempts, id",
            limit=CRON_BATCH_SIZE,
        )
        cron._commit_progress(remaining=len(versions))
        for version_id in versions.ids:
            if version := self.browse(version_id).try_lock_for_update():
                version._ensure_pdf()
                cron._commit_progress()  # The PDF is kept whatever becomes of the mail.
                version._try_waiting_mail()
            if not cron._commit_progress(1):
                break

    def _try_waiting_mail(self):
        """Send the e-mail that waits; a refusal is noted on the order, not raised."""
        self.ensure_one()
        try:
            self._send_waiting_mail()
        except UserError as error:
            self.env.cr.rollback()
            self._note_mail_failure(str(error))
