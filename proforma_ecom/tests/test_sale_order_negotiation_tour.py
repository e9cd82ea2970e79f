from odoo.fields import Datetime
from odoo.tests import HttpCase, freeze_time, tagged

from .common_negotiation import ProformaNegotiationPortalCommon


@tagged("post_install", "-at_install")
class TestSaleOrderNegotiationTour(ProformaNegotiationPortalCommon, HttpCase):
    """The customer's ways through the pages in a browser, on a desk."""

    def _start(self, tour, order=None, **kwargs):
        order = order or self.order
        url = f"/my/proformas/{order.id}?access_token={order._portal_ensure_token()}"
        self.start_tour(url, tour, **kwargs)
        order.invalidate_recordset()

    def test_customer_changes_offers_asks_and_refuses(self):
        self.env.company.proforma_offer_rule = "automatic"

        self._start("proforma_negotiation")

        self.assertEqual(self.order.proforma_state, "declined")
        self.assertEqual(self.order.proforma_version_id.version, 3)
        self.assertEqual(self.order.amount_total, 1400.0)
        kinds = self.order.proforma_request_ids.mapped("kind")
        self.assertIn("question", kinds)

    def test_customer_takes_a_change_back(self):
        self.env.company.proforma_change_rule = "never"
        self._change({f"qty_{self.tray_line.id}": "4"})

        self._start("proforma_withdrawal")

        self.assertEqual(self.order.proforma_state, "issued")
        self.assertEqual(self.order.proforma_request_ids.state, "withdrawn")

    def test_customer_renews_what_has_expired(self):
        with freeze_time(Datetime.subtract(Datetime.now(), days=90)):
            order = self._create_two_lines()
            order.action_proforma_issue()
        order._set_proforma_expired()

        self._start("proforma_renewal", order)

        self.assertEqual(order.proforma_version_id.version, 2)


@tagged("post_install", "-at_install")
class TestSaleOrderNegotiationTourPhone(TestSaleOrderNegotiationTour):
    """The same on a small phone."""

    allow_inherited_tests_method = True
    browser_size = "360x740"
    touch_enabled = True


@tagged("post_install", "-at_install")
class TestProformaRequestTour(ProformaNegotiationPortalCommon, HttpCase):
    """The salesperson's inbox in a browser."""

    def test_salesperson_answers_in_the_inbox(self):
        self.env.company.proforma_change_rule = "never"
        changed = self._create_two_lines()
        changed.action_proforma_issue()
        self._change({f"qty_{changed.order_line[1].id}": "4"}, changed)
        self._offer("1000")

        with self.mock_mail_gateway():
            self.start_tour(
                "/odoo/action-proforma_ecom.action_proforma_requests",
                "proforma_inbox",
                login="admin",
            )

        self.env.invalidate_all()
        self.assertEqual(changed.proforma_version_id.version, 2)
        self.assertEqual(self.order.proforma_request_ids.state, "refused")
