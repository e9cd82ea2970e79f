from odoo.fields import Command
from odoo.tests import freeze_time

from odoo.addons.mail.tests.common import MailCase

from .common import ProformaCommon


class ProformaStatusCommon(MailCase, ProformaCommon):
    """Pro formas with prices from the price list, ways to send and to expire them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.list_price = 100.0
        cls.product.taxes_id = False

    @classmethod
    def default_env_context(cls):
        return {}

    @classmethod
    def _create_listed_order(cls, **values):
        """Return an order of 10 pieces, at the price of the price list."""
        line = {"product_id": cls.product.id, "product_uom_qty": 10.0}
        return cls._create_order(
            **{"order_line": [Command.create(line)], "user_id": cls.sale_user.id}
            | values
        )

    @classmethod
    def _create_expired(cls, **values):
        """Return a pro forma that was issued on 1 November and expired on the 11th."""
        with freeze_time("2026-11-01 10:00:00"):
            order = cls._create_listed_order(validity_date="2026-11-11", **values)
            order.action_proforma_issue()
        with freeze_time("2026-11-11 23:30:00"):
            order._set_proforma_expired()
        return order

    def _get_notice(self, kind, company=None):
        return (company or self.env.company)._get_proforma_notice(kind)

    def _switch(self, kind, is_active, company=None):
        self._get_notice(kind, company).is_active = is_active

    def _get_mailings(self, order, kind):
        return order.proforma_version_id.all_mailing_ids.filtered(
            lambda mailing: mailing.kind == kind
        )

    def _count_events(self, order, kind):
        return order.proforma_event_ids.mapped("kind").count(kind)
