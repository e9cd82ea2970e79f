from odoo.fields import Command
from odoo.tests import freeze_time

from .common import ProformaCommon

ISSUED_ON = "2026-11-02 10:00:00"
CHECKED_ON = "2026-11-20 10:00:00"


class ProformaPriceCommon(ProformaCommon):
    """A product at 100.00 that costs 70.00, and plans that let its price move."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls._create_price_plan()
        cls.category = cls.env["product.category"].create({"name": "Metals"})
        cls.metal = cls._create_metal("Copper", categ_id=cls.category.id)

    @classmethod
    def _create_price_plan(cls, **values):
        return cls.env["proforma.price.plan"].create(
            {"name": "Metals", "threshold": 2.0, "min_days": 0, **values}
        )

    @classmethod
    def _create_metal(cls, name, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "list_price": 100.0,
                "standard_price": 70.0,
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def _create_metal_line(cls, **values):
        return Command.create(
            {"product_id": cls.metal.id, "product_uom_qty": 10.0, **values}
        )

    def _issue_metal(self, lines=None, instant=ISSUED_ON, **values):
        """Return a pro forma of 10 × 100.00 with a plan, issued on November 2nd."""
        with freeze_time(instant):
            order = self._create_order(
                order_line=lines or [self._create_metal_line()],
                validity_date="2026-12-31",
                date_order=instant,
                **{"proforma_price_plan_id": self.plan.id, **values},
            )
            order.action_proforma_issue()
        return order

    def _check_prices(self, instant=CHECKED_ON):
        with freeze_time(instant):
            self._run_cron("ir_cron_check_prices")

    def _get_checks(self, order):
        return order.proforma_price_check_ids.sorted("id")

    def _set_rate(self, currency, day, rate, company=None):
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "name": day,
                "rate": rate,
                "company_id": (company or self.env.company).id,
            }
        )
