from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    proforma_deposit_id = fields.Many2one(
        "proforma.deposit",
        string="Pro Forma Deposit",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
    )
