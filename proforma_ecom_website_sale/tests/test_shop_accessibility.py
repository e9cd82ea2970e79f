from unittest import skipUnless

from odoo.tests import tagged

from odoo.addons.proforma_ecom.tests.common import SIGNATURE

from .common_browser import AXE, BrowserCommon


@tagged("post_install", "-at_install")
@skipUnless(AXE, "PROFORMA_AXE names no checker; make test brings one along.")
class TestShopAccessibility(BrowserCommon):
    """Pages are for everybody: keyboard, screen reader, small screens, weak eyes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.buyer.partner_id
        cls.plan = cls.env.ref("proforma_ecom.deposit_plan_30_70")

    def _create_proforma(self, **values):
        order = self._create_cart(
            self.partner,
            website_id=False,
            proforma_deposit_plan_id=self.plan.id,
            client_order_ref="BC-118",
            **values,
        )
        order.action_proforma_issue()
        return order

    def _get_url(self, order, suffix="", query=""):
        token = order._portal_ensure_token()
        return f"/my/proformas/{order.id}{suffix}?access_token={token}{query}"

    def _sign(self, order):
        order.sudo()._proforma_sign("Marie Martin", SIGNATURE, partner=self.partner)

    def test_pages_of_an_open_proforma_are_for_everybody(self):
        order = self._create_proforma()
        order.action_proforma_revise()
        order.action_proforma_issue()
        order.sudo()._proforma_ask("Is it in stock?", self.partner)
        signed = self._create_proforma()
        self._sign(signed)
        stranger = self.partner.copy({"name": "Stranger", "parent_id": False})
        strange = self._create_proforma(partner_id=stranger.id)

        self._check(
            [
                ("page", self._get_url(order)),
                ("differences", self._get_url(order, "/differences")),
                ("signature", self._get_url(order, "/sign")),
                ("payment", self._get_url(signed, "/pay")),
                ("reminders", self._get_url(order, "/reminders")),
                ("why not", self._get_url(order, "/answer")),
                ("wrong link", f"/my/proformas/{strange.id}?access_token=wrong"),
            ]
        )

    def test_pages_of_a_proforma_at_its_end_are_for_everybody(self):
        self.env.company.proforma_require_terms = True
        waiting = self._create_proforma()
        self.plan = self.plan.browse()
        declined, expired = self._create_proforma(), self._create_proforma()
        declined._proforma_decline()
        expired._set_proforma_expired()
        accepted = self._create_proforma()
        accepted.sudo()._proforma_agree_to_terms(True, partner=self.partner)
        self._sign(accepted)

        self._check(
            [
                ("terms", self._get_url(waiting, "/sign")),
                ("declined", self._get_url(declined, query="&message=declined")),
                ("expired", self._get_url(expired)),
                ("accepted", self._get_url(accepted, query="&message=accepted")),
                ("list", "/my/proformas"),
                ("list by state", "/my/proformas?groupby=state"),
                ("empty list", "/my/proformas?search=nothing"),
                ("verification", "/proforma/verify"),
            ]
        )
