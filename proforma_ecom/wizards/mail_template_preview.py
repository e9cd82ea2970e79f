from odoo import api, fields, models

from ..notices import MAIL_LAYOUT, NOTICE_FILES, PREVIEW_DOMAINS

# How the salesperson's own e-mail is framed, which core sends without a recipient.
SELLER_LAYOUT = "mail.mail_notification_light"


class MailTemplatePreview(models.TransientModel):
    _inherit = "mail.template.preview"

    # === FIELDS === #

    proforma_kind = fields.Char(
        help="Of which e-mail about pro formas this is the preview."
    )
    proforma_hint = fields.Char(compute="_compute_proforma_hint")

    # === COMPUTE METHODS === #

    @api.depends("resource_ref", "proforma_kind")
    @api.depends_context("lang")
    def _compute_proforma_hint(self):
        states = dict(
            self.env["sale.order"]
            ._fields["proforma_state"]
            ._description_selection(self.env)
        )
        for preview in self:
            order = preview._get_proforma()
            preview.proforma_hint = (
                preview._get_proforma_hint(order, states[order.proforma_state])
                if order
                else False
            )

    @api.depends("proforma_kind")
    def _compute_mail_template_fields(self):
        """Override of `mail` to show what is really sent: what the e-mail tells of, in
        its frame, with its button and its file.
        """
        for preview in self:
            order = preview._get_proforma()
            context = preview._get_proforma_context(order) if order else {}
            preview = preview.with_context(**context)
            super(MailTemplatePreview, preview)._compute_mail_template_fields()
            if order and preview.body_html and not preview.error_msg:
                preview.body_html = preview._get_framed_body(order)
                fname = NOTICE_FILES.get(preview.proforma_kind)
                if fname and order.proforma_version_id[fname]:
                    preview.attachment_ids |= order.proforma_version_id[fname]

    # === BUSINESS METHODS === #

    def _get_proforma(self):
        """Return the pro forma that is shown, empty in previews of other e-mails.

        :rtype: sale.order
        """
        self.ensure_one()
        orders = self.env["sale.order"]
        record = self.resource_ref
        if not self.proforma_kind or not record or record._name != orders._name:
            return orders
        return record

    def _get_proforma_hint(self, order, state):
        """Return which pro forma is shown, and whether the e-mail would tell of it.

        :param str state: The state of the pro forma in words.
        :rtype: str
        """
        values = {
            "number": order.proforma_version_id.name or order.name,
            "customer": order._get_proforma_buyer_name(),
            "state": state,
        }
        if order.filtered_domain(PREVIEW_DOMAINS[self.proforma_kind]):
            return self.env._("%(number)s of %(customer)s: %(state)s", **values)
        return self.env._(
            "%(number)s of %(customer)s: %(state)s. This e-mail is sent in another"
            " case; here you see only what it looks like.",
            **values,
        )

    def _get_proforma_context(self, order):
        """Return what the sender of the e-mail would put into the context.

        :param sale.order order: What the preview shows.
        :rtype: dict
        """
        order = order.sudo()
        paid = order.proforma_deposit_ids.filtered(lambda d: d.state == "paid")
        closed = order.proforma_request_ids.filtered(lambda r: r.state != "waiting")
        context = {"proforma_notice_kind": self.proforma_kind}
        if self.proforma_kind == "deposit_received":
            context["proforma_deposit_id"] = paid.sorted("paid_on")[-1:].id
        elif self.proforma_kind == "request_answered":
            context["proforma_request_id"] = closed.sorted("answered_on")[-1:].id
        return context

    def _get_framed_body(self, order):
        """Return the e-mail as its recipient sees it, rendered as core does when it
        sends it.

        :param sale.order order: What the e-mail is about.
        :rtype: Markup
        """
        if self.proforma_kind == "accepted_seller":
            return self._get_seller_body(order)
        vals = self._prepare_preview_message_vals(order)
        message = self.env["mail.message"].sudo().new(vals)
        recipients = order._notify_get_classified_recipients_iterator(
            message, self._get_preview_recipients(order, vals["subtype_id"]), vals
        )
        for _lang, render_values, group in recipients:
            return order._notify_by_email_render_layout(
                message, group, msg_vals=vals, render_values=render_values
            )
        return self.body_html

    def _get_seller_body(self, order):
        """Return the e-mail to the salesperson, see `_get_framed_body`."""
        template = self.mail_template_id
        lang = self.lang or template._render_lang(order.ids)[order.id]
        order = order.with_context(lang=lang)
        model = order.env["ir.model"]._get(order._name).sudo()
        return template.with_context(lang=lang)._render_encapsulate(
            SELLER_LAYOUT,
            self.body_html,
            add_context={
                "company": order.company_id,
                "model_description": model.display_name,
            },
            context_record=order,
        )

    def _prepare_preview_message_vals(self, order):
        """Return the values of the message that the e-mail would be.

        :rtype: dict
        """
        is_internal = self.proforma_kind == "expired_seller"
        subtype = self.env.ref("mail.mt_note" if is_internal else "mail.mt_comment")
        return {
            "model": order._name,
            "res_id": order.id,
            "record_name": order.display_name,
            "subject": self.subject,
            "body": self.body_html,
            "author_id": (order.user_id or self.env.user).partner_id.id,
            "subtype_id": subtype.id,
            "message_type": "notification",
            "email_layout_xmlid": MAIL_LAYOUT,
            "email_add_signature": True,
            "tracking_value_ids": [],
        }

    def _get_preview_recipients(self, order, subtype_id):
        """Return core's data of the first recipient, in the language of the preview.

        :rtype: list[dict]
        """
        partner = self.partner_ids[:1]._origin or order.partner_id
        found = self.env["mail.followers"]._get_recipient_data(
            order, "notification", subtype_id, partner.ids
        )
        data = found[order.id].get(partner.id)
        if not data:
            return []
        return [{**data, "lang": self.lang or data["lang"]}]
