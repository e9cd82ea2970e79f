import base64

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ..notices import MAIL_LAYOUT


class SaleOrder(models.Model):
    """What is written to whom about a pro forma."""

    _inherit = "sale.order"

    # === ACTION METHODS === #

    def action_proforma_send(self):
        """Open Odoo's composer with our template, the PDF attached.

        :rtype: dict
        :raise UserError: If an order is not issued or its PDF is missing.
        """
        self.ensure_one()
        self.check_access("write")
        version = self.proforma_version_id
        if not version:
            raise UserError(self.env._("Issue the pro forma before you send it."))
        version._ensure_pdf()
        version.action_download_pdf()
        kind = self._get_proforma_issue_kind()
        template = self.company_id._get_proforma_notice(kind)._get_template()
        return {
            "name": self.env._("Send the Pro Forma"),
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": "sale.order",
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_template_id": template.id,
                "default_email_layout_xmlid": MAIL_LAYOUT,
                "email_notification_allow_footer": True,
                "hide_mail_template_management_options": True,
                "force_email": True,
                "proforma_mark_sent": True,
            },
        }

    # === BUSINESS METHODS === #

    def _proforma_send_mail(self, kind=None):
        """Send the pro forma to the customer, once a version; without its PDF the mail
        waits.

        :param str kind: A key of `NOTICES` that comes with the PDF; by default that of
            a first or of a later version.
        :return: Whether the mail is on its way.
        :rtype: bool
        """
        self.ensure_one()
        kind = kind or self._get_proforma_issue_kind()
        if not self.company_id._get_proforma_notice(kind).is_active:
            return False
        version = self.proforma_version_id.sudo()
        if not version._ensure_pdf():
            version.is_mail_waiting = True
            return False
        return bool(self._proforma_send_notice(kind))

    def _proforma_send_accepted_mails(self):
        """Tell the customer and the seller that the pro forma is accepted."""
        self._proforma_send_notice("accepted")
        self._proforma_send_notice("accepted_seller")

    @api.model
    def _get_proforma_mail_template(self, template_xmlid):
        """Return a template of ours; users may delete it like any other.

        :param str template_xmlid: External id of a `mail.template`.
        :return: In sudo mode.
        :rtype: mail.template
        :raise UserError: If it was deleted.
        """
        template = self.env.ref(template_xmlid, raise_if_not_found=False)
        if not template:
            raise UserError(
                self.env._(
                    "The e-mail template %(template)s was deleted. Update the"
                    " application to get it back.",
                    template=template_xmlid,
                )
            )
        return template.sudo()

    def _proforma_post_template(
        self, template, subtype_xmlid="mail.mt_comment", **kwargs
    ):
        """Post a template on the order, which sends it to the customer.

        It is sent after the transaction, by core's own queue.

        :param template: A `mail.template`, or the external id of one.
        :param str subtype_xmlid: Decides which followers get it besides.
        :param kwargs: Further values of `mail.compose.message`.
        :raise UserError: If it was deleted.
        """
        self.ensure_one()
        if isinstance(template, str):
            template = self._get_proforma_mail_template(template)
        # In the superuser's name: the public user of the shop has no right to write.
        order = self.with_user(SUPERUSER_ID) if self.env.su else self
        order.message_post_with_source(
            template.sudo(),
            email_layout_xmlid=MAIL_LAYOUT,
            subtype_xmlid=subtype_xmlid,
            **kwargs,
        )

    def _get_proforma_invoiced_deposit(self):
        """Return how much of what confirms the order has an invoice, or gets it by the
        payment that is being processed; earnest money has none.

        :return: In the order's currency.
        :rtype: float
        """
        self.ensure_one()
        deposits = self.sudo().proforma_deposit_ids.filtered(
            lambda d: (
                d.needed_to_confirm
                and not d._is_receipt_only()
                and d._is_payment_secured()
            )
        )
        return self.currency_id.round(sum(deposits.mapped("amount")))

    # === OVERRIDES === #

    def _process_attachments_for_template_post(self, mail_template):
        """Override of `mail` to attach the stored PDF to our templates.

        A copy: what a user deletes in the discussion must not touch the version.
        """
        res = super()._process_attachments_for_template_post(mail_template)
        for order in self.filtered("proforma_version_id"):
            if file := order._get_proforma_mailed_file(mail_template):
                values = res.setdefault(order.id, {})
                values.setdefault("attachments", []).append(
                    (file.name, base64.b64encode(file.raw))
                )
        return res

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """Override of `mail`: the button of the e-mail opens the pro forma."""
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        if len(self) == 1 and self.proforma_state not in ("none", "accepted"):
            is_expired = self.proforma_state == "expired"
            for name, _filter, options in groups:
                if name == "portal_customer":
                    access = options.setdefault("button_access", {})
                    access["title"] = (
                        self.env._("Ask for a renewal")
                        if is_expired
                        else self.env._("Open the pro forma")
                    )
        return groups

    def _notify_by_email_prepare_rendering_context(self, message, **kwargs):
        """Override of `mail`: name the pro forma, not the quotation behind it."""
        context = super()._notify_by_email_prepare_rendering_context(message, **kwargs)
        if self.proforma_state not in ("none", "accepted") and context.get("subtitles"):
            _order_and_customer, *others = context["subtitles"]
            context["subtitles"] = [self.sudo().proforma_version_id.name, *others]
        return context

    def _message_post_after_hook(self, message, msg_vals):
        """Override of `mail`: words of the customer are a question to answer."""
        res = super()._message_post_after_hook(message, msg_vals)
        # Set by our own composer action and mails only, and never stored.
        if self.env.context.get("proforma_mark_sent"):
            self.filtered("proforma_number")._proforma_note_sent()
        # Set where he answers a question of ours, and never stored.
        is_answer = self.env.context.get("proforma_is_answer")
        # A vacation notice asks nothing.
        is_auto = self.env.context.get("proforma_is_auto")
        is_words = not is_answer and not is_auto
        if is_words and self._is_proforma_customer_message(message):
            self.filtered(
                lambda order: order.proforma_state not in ("none", "declined")
            )._proforma_note_question(message)
        return res

    def _is_proforma_customer_message(self, message):
        """Return whether a message holds words of the customer.

        :param mail.message message: A message in the discussion of an order.
        """
        author = message.author_id
        # An e-mail from an address that nobody knows comes from the customer's side.
        is_from_customer = (
            author.partner_share if author else message.message_type == "email"
        )
        return (
            is_from_customer
            and message.message_type in ("comment", "email")
            and not message.subtype_id.internal
        )

    def _proforma_note_sent(self):
        """Log that the pro formas were sent; what waited to be sent waits no more."""
        self._proforma_log_event("sent")
        self.sudo().proforma_version_id.filtered("is_mail_waiting").write(
            {"is_mail_waiting": False}
        )

    def _proforma_note_question(self, message):
        """Log the question and plan an answer.

        :param mail.message message: The customer's words; it may have no author whom we
            know.
        """
        author = message.author_id
        for order in self:
            if not order.sudo()._proforma_flood_error_message():
                order._proforma_create_request(
                    "question",
                    partner_id=author.id or order.partner_id.id,
                    asked_by=author.name or message.email_from,
                    message=html2plaintext(message.body or "").strip(),
                    message_id=message.id,
                )
            order._proforma_log_event("asked", partner=author)
