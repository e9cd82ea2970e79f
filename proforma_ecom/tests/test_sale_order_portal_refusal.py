from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.payment.tests.http_common import PaymentHttpCommon

from .common import SIGNATURE, ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalRefusal(ProformaPaymentCommon, PaymentHttpCommon):
    """What the customer's browser is answered when nothing can be done."""

    def _call(self, order, route, **params):
        """Return the answer as text, whether it is a result or an error."""
        params["access_token"] = order._portal_ensure_token()
        return self.url_open(route, json={"params": params}).text

    def _call_accept(self, order, page="proformas"):
        return self._call(
            order,
            f"/my/{page}/{order.id}/accept",
            name="Marie",
            signature=SIGNATURE,
        )

    def _call_transaction(self, order, page="proformas"):
        return self._call(
            order,
            f"/my/{page}/{order.id}/transaction",
            provider_id=self.provider.id,
            payment_method_id=self.payment_method_id,
            token_id=None,
            amount=360.0,
            flow="direct",
            tokenization_requested=False,
            landing_route="/my",
        )

    def test_acceptance_that_fails_halfway_keeps_nothing(self):
        order = self._create_proforma()
        self.authenticate(None, None)

        with patch.object(
            self.env.registry["sale.order"],
            "_action_confirm",
            side_effect=UserError("The warehouse is closed."),
        ):
            answer = self._call_accept(order)

        self.assertIn("The warehouse is closed.", answer)
        self.assertNotIn("signed", order.proforma_event_ids.mapped("kind"))
        self.assertRecordValues(
            order,
            [
                {
                    "signature": False,
                    "signed_by": False,
                    "state": "sent",
                    "proforma_state": "issued",
                }
            ],
        )

    def test_expired_proforma_is_accepted_on_no_path(self):
        order = self._create_deposit_proforma()
        order.sudo().proforma_deadline = "2026-01-01"
        self.authenticate(None, None)
        for page in ("proformas", "orders"):
            with self.subTest(page):
                self.assertIn("has expired", self._call_accept(order, page))

        self.assertFalse(order.signature)

    @mute_logger("odoo.http")
    def test_expired_proforma_is_paid_on_no_path(self):
        order = self._create_deposit_proforma()
        self._sign(order)
        order.sudo().proforma_deadline = "2026-01-01"
        self.authenticate(None, None)
        for page in ("proformas", "orders"):
            with self.subTest(page):
                self.assertIn("has expired", self._call_transaction(order, page))

        self.assertFalse(order.sudo().transaction_ids)
