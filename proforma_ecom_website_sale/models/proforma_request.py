from odoo import fields, models


class ProformaRequest(models.Model):
    _inherit = "proforma.request"

    carrier_id = fields.Many2one(
        "delivery.carrier",
        string="Asked Delivery",
        readonly=True,
        ondelete="set null",
        help="The delivery method that the customer chose instead of the present one.",
    )

    def _get_about(self):
        """Override of `proforma_ecom` to name the delivery method that was chosen."""
        return "; ".join(filter(None, (super()._get_about(), self.carrier_id.name)))

    def _get_choices(self):
        """Override of `proforma_ecom` to deliver by the method that was chosen."""
        choices = super()._get_choices()
        if self.carrier_id:
            choices["choose_carrier"] = self.carrier_id
        return choices

    def _apply_and_issue(self):
        """Override of `proforma_ecom`: what was handed in is valid from now on."""
        if self.kind == "first":
            self.order_id._proforma_restart_validity()
        return super()._apply_and_issue()

    def _close_with_version(self, state, answer=False, user=None):
        """Override of `proforma_ecom`: the e-mail of a first version says the words of
        the answer; where the shop wrote its own, they are said beside it.
        """
        res = super()._close_with_version(state, answer=answer, user=user)
        for request in self.filtered(lambda r: r.kind == "first" and r.answer):
            company = request.company_id
            template = company._get_proforma_notice("issued")._get_template()
            if "proforma_words" not in (template.body_html or ""):
                request._say_answer()
        return res

    def _say_answer(self):
        """Post the answer in the discussion, for the customer."""
        self.ensure_one()
        order = self.order_id
        order.message_post(
            body=order._get_proforma_words_markup(self.answer),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
