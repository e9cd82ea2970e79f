from odoo import api, fields, models
from odoo.exceptions import UserError


class ProformaExtension(models.TransientModel):
    _name = "proforma.extension"
    _description = "Extend a Pro Forma"

    # === FIELDS === #

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    # What the salesperson saw when he opened the form.
    version_id = fields.Many2one("proforma.version", required=True, readonly=True)
    valid_until = fields.Date(related="version_id.valid_until")
    day = fields.Date(
        string="New Last Day",
        compute="_compute_day",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Inclusive: the customer may accept until its end.",
    )
    is_signed = fields.Boolean(compute="_compute_is_signed")
    is_sent = fields.Boolean(
        string="Send It to the Customer",
        default=lambda self: self._default_is_sent(),
    )
    message = fields.Text(
        string="Your Words", help="Stands in the e-mail; leave it empty to add nothing."
    )

    @api.model
    def _default_is_sent(self):
        order = self.env["sale.order"].browse(self.env.context.get("default_order_id"))
        return self._is_mail_active(order)

    # === COMPUTE METHODS === #

    @api.depends("order_id")
    def _compute_day(self):
        for wizard in self:
            order = wizard.order_id
            wizard.day = order and order._get_proforma_extension_day(
                order.company_id._get_proforma_today()
            )

    @api.depends("order_id")
    def _compute_is_signed(self):
        for wizard in self:
            wizard.is_signed = bool(wizard.order_id.signature)

    # === ACTION METHODS === #

    def action_extend(self):
        """Issue the new version, and send it if wanted; a second click has no effect.

        :raise UserError: If it cannot be extended, or not until this day.
        """
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        order._proforma_lock()
        current = order.proforma_version_id
        if current == self.version_id:
            if self.is_sent and not self._is_mail_active(order):
                raise UserError(
                    self.env._(
                        "The e-mail “Extended” is switched off in the settings. Extend"
                        " it without sending, then send it by hand."
                    )
                )
            order._proforma_extend(self.day)
            if self.is_sent:
                order._proforma_send_extension(self.message)
        elif current.valid_until != self.day:
            raise UserError(
                self.env._(
                    "There is a newer version, %(name)s, by now. Look at it before you"
                    " extend it.",
                    name=current.name,
                )
            )
        return {"type": "ir.actions.act_window_close"}

    # === HELPERS === #

    @api.model
    def _is_mail_active(self, order):
        """Return whether the company of the order writes to who gets an extension.

        :param sale.order order: May be empty: that of the user's company.
        """
        company = order.company_id or self.env.company
        return company._get_proforma_notice("extended").is_active
