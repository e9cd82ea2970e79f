from odoo import fields, models


class AccountFiscalPosition(models.Model):
    _inherit = "account.fiscal.position"

    proforma_mention_ids = fields.Many2many(
        "proforma.mention",
        "proforma_mention_fiscal_position_rel",
        "position_id",
        "mention_id",
        string="Pro Forma Mentions",
        help="Why no tax is charged: these mentions are printed with this position, and"
        " with no position of this company that they do not belong to.",
    )
