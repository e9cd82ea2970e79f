from odoo import api, fields, models

# State -> its color in Odoo's palette, as near as can be to that of its badge. The
# palette is in web/static/src/scss/secondary_variables.scss, from 0.
STATE_COLORS = {
    "none": 0,
    "issued": 7,  # Teal.
    "revising": 5,  # Purple.
    "accepted": 10,  # Green.
    "declined": 1,  # Red.
    "expired": 0,  # Grey.
    "cancelled": 6,  # Pale red.
}


class SaleOrder(models.Model):
    """How a pro forma looks in the calendar of the last days."""

    _inherit = "sale.order"

    # === FIELDS === #

    proforma_calendar_title = fields.Char(
        string="Title in the Calendar", compute="_compute_proforma_calendar_title"
    )
    proforma_state_color = fields.Integer(
        string="Color of the State", compute="_compute_proforma_state_color"
    )

    # === COMPUTE METHODS === #

    @api.depends("proforma_number", "partner_id", "amount_total", "currency_id")
    @api.depends_context("lang")
    def _compute_proforma_calendar_title(self):
        for order in self:
            customer = order.partner_id.commercial_partner_id
            amount = order._format_proforma_amount(order.amount_total)
            order.proforma_calendar_title = " · ".join(
                filter(None, (order.proforma_number, customer.name, amount))
            )

    @api.depends("proforma_state")
    def _compute_proforma_state_color(self):
        for order in self:
            order.proforma_state_color = STATE_COLORS[order.proforma_state]
