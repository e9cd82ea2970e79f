from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    proforma_deposit_plan_id = fields.Many2one(
        "proforma.deposit.plan",
        string="Deposit Plan",
        company_dependent=True,
        help="The deposits that pro formas for this customer ask for.",
    )

    def _commercial_fields(self):
        """Override of `base`: the deposit plan is agreed with the whole company."""
        return [*super()._commercial_fields(), "proforma_deposit_plan_id"]
