from odoo.fields import Command

from .common import ProformaRefundCommon


class ProformaScheduleChangeCommon(ProformaRefundCommon):
    """Accepted orders of 1,200.00 that change: 360, 480 and 360 are to be paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env["proforma.deposit.plan"].create(
            {
                "name": "Three",
                "line_ids": [
                    Command.create(
                        {
                            "sequence": position,
                            "name": f"Instalment {position}",
                            "percent": percent,
                            "trigger": trigger,
                            "days": 30,
                            "nature": "acompte",
                        }
                    )
                    for position, percent, trigger in (
                        (1, 30.0, "acceptance"),
                        (2, 40.0, "after_acceptance"),
                        (3, 30.0, "after_acceptance"),
                    )
                ],
            }
        )

    def _create_three(self, **values):
        order = self._create_proforma(proforma_deposit_plan_id=self.plan.id, **values)
        self._sign(order)
        return order

    def _pay_next(self, order):
        """Pay the first deposit that is open, online."""
        deposit = order.sudo().proforma_deposit_ids._get_open()[:1]
        tx = self._create_deposit_tx(
            order, proforma_deposit_id=deposit.id, amount=deposit.amount
        )
        self._pay(tx)

    def _do(self, order, step):
        """Do a step, for instance `pay`, `refund 1`, `quantity 12` or `add 100`."""
        verb, *values = step.split()
        line = order.order_line.filtered("product_id")[:1]
        if verb == "pay":
            self._pay_next(order)
        elif verb == "refund":
            self._refund(order.proforma_deposit_ids[int(values[0]) - 1])
        elif verb == "quantity":
            # Core would take the price of the catalog for another quantity.
            line.write({"product_uom_qty": float(values[0]), "price_unit": 100.0})
        elif verb == "add":
            order.order_line = [
                Command.create(
                    {"product_id": self.product.id, "price_unit": float(values[0])}
                )
            ]
        elif verb == "remove":
            order.order_line.filtered("product_id")[-1:].product_uom_qty = 0
        elif verb == "cancel":
            order.action_cancel()
        elif verb == "uninvoice":
            invoice = order.proforma_deposit_ids[int(values[0]) - 1].invoice_id
            invoice.button_draft()
            invoice.button_cancel()
        elif verb == "unrefund":
            credits = order.proforma_deposit_ids.invoice_id.reversal_move_ids
            credits.filtered(lambda move: move.state == "posted")[:1].button_draft()

    def _get_rows(self, order):
        return [
            f"{deposit.state} {deposit.amount:g}"
            for deposit in order.proforma_deposit_ids
            if deposit.state != "cancelled"
        ]
