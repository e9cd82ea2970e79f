from odoo.fields import Command

from .common import ProformaPaymentCommon


class ProformaInstalmentCommon(ProformaPaymentCommon):
    """Pro formas of 1,200.00 in three instalments: 360.00, 480.00 and 360.00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan_30_40_30 = cls.env["proforma.deposit.plan"].create(
            {
                "name": "In three",
                "line_ids": [Command.create(line) for line in cls._get_plan_lines()],
            }
        )

    @classmethod
    def _get_plan_lines(cls):
        return [
            {
                "name": "With the order",
                "percent": 30,
                "trigger": "acceptance",
                "nature": "acompte",
            },
            {
                "name": "Ten days later",
                "percent": 40,
                "trigger": "after_acceptance",
                "days": 10,
                "nature": "acompte",
            },
            {
                "name": "Balance",
                "amount_type": "balance",
                "trigger": "final_invoice",
                "nature": "balance",
            },
        ]

    @classmethod
    def _create_instalment_proforma(cls, **values):
        """Return an issued order that is paid in three instalments."""
        return cls._create_proforma(
            proforma_deposit_plan_id=cls.plan_30_40_30.id, **values
        )

    def _create_accepted(self, **values):
        """Return an accepted order whose first instalment is paid."""
        order = self._create_instalment_proforma(**values)
        self._sign(order)
        self._pay(self._create_deposit_tx(order))
        return order

    def _create_instalment_tx(self, deposit, **values):
        """Return a payment of any deposit, as the portal would create it."""
        return self._create_deposit_tx(
            deposit.order_id,
            **{
                "amount": deposit.amount,
                "proforma_deposit_id": deposit.id,
                "reference": f"tx-{deposit.id}-{len(deposit.sudo().transaction_ids)}",
                **values,
            },
        )
