from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SIGNATURE
from .common_routes import STRANGERS, ProformaRoutesCommon

CORE_PAGE = "/my/orders/<int:order_id>"

# How core's script asks for another quantity of an optional line.
QUANTITIES = (
    *({"input_quantity": quantity} for quantity in (0, 3, -1, 0.1, 10**9, 1e308)),
    *({"remove": True}, {"remove": False}, {"input_quantity": False}),
)


@tagged("post_install", "-at_install")
class TestPortalRoutesCore(ProformaRoutesCommon):
    """Core's routes of an order, when the order is a pro forma."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order_with_option()
        cls.order.action_proforma_issue()
        cls.tokens["own"] = cls.order._portal_ensure_token()

    @classmethod
    def _create_order_with_option(cls):
        order = cls._create_order(
            proforma_deposit_plan_id=cls.plan_30_70.id, require_signature=True
        )
        order.order_line = [
            Command.create(vals)
            for vals in (
                {"display_type": "line_section", "name": "Opt", "is_optional": True},
                {"product_id": cls.product.id, "product_uom_qty": 1.0},
            )
        ]
        return order

    def _get_option(self, order=None):
        return (order or self.order).order_line[-1]

    def _update(self, params, order=None, token="own", **kwargs):
        order = order or self.order
        params = {"line_id": self._get_option(order).id, **params}
        return self._call(
            f"/my/orders/{order.id}/update_line_dict", token=token, **params, **kwargs
        )

    def _set_states(self):
        """Yield each state of a pro forma, and let it be in that state."""
        for state in ("issued", "revising", "declined", "expired", "accepted"):
            order = self.order.sudo().with_context(tracking_disable=True)
            order.proforma_state = state
            yield state

    # === OPTIONAL LINES === #

    def test_option_of_a_quotation_may_be_chosen(self):
        quotation = self._create_order_with_option()
        token = quotation._portal_ensure_token()

        self._update({"input_quantity": 3}, quotation, token)

        self.assertEqual(self._get_option(quotation).product_uom_qty, 3.0)

    @mute_logger("odoo.http")
    def test_option_of_a_proforma_is_not_changed_by_the_script_of_core(self):
        for state in self._set_states():
            before = self._get_digest()
            for params in QUANTITIES:
                with self.subTest(state, params=params):
                    self._update(params)

                    self.assertEqual(self._get_digest(), before)

    @mute_logger("odoo.http")
    def test_line_of_another_order_is_not_changed(self):
        quotation = self._create_order_with_option()
        before = self._get_digest()

        self._update(
            {"line_id": self._get_option().id, "input_quantity": 3},
            quotation,
            quotation._portal_ensure_token(),
        )

        self.assertEqual(self._get_digest(), before)

    # === STRANGERS === #

    def _get_core_routes(self, method, token):
        """Return the addresses of core's pages; its documents cannot be asked for
        without a token, core fails then for any order.
        """
        for address in self._get_routes("http", method, page=CORE_PAGE):
            if token is not None or "/document/" not in address:
                yield address

    @mute_logger("odoo.http")
    def test_no_stranger_does_anything_by_a_script(self):
        before = self._get_digest()
        line_id = self._get_option().id
        for who, (login, token) in STRANGERS.items():
            for address in self._get_routes("jsonrpc", "POST", page=CORE_PAGE):
                with self.subTest(who, address=address):
                    response = self._call(
                        address, login, token, line_id=line_id, input_quantity=3
                    )

                    self.assertRefused(response, before)

    @mute_logger("odoo.http")
    def test_no_stranger_does_anything_by_a_form(self):
        before = self._get_digest()
        for who, (login, token) in STRANGERS.items():
            for address in self._get_core_routes("POST", token):
                with self.subTest(who, address=address):
                    response = self._post(address, login, token)

                    self.assertRefused(response, before)

    @mute_logger("odoo.http")
    def test_no_stranger_sees_anything(self):
        before = self._get_digest()
        for who, (login, token) in STRANGERS.items():
            for address in self._get_core_routes("GET", token):
                with self.subTest(who, address=address):
                    response = self._visit(address, login, token)

                    self.assertRefused(response, before)

    @mute_logger("odoo.http")
    def test_form_of_another_site_does_not_decline(self):
        before = self._get_digest()

        response = self._visit(
            f"/my/orders/{self.order.id}/decline",
            token="own",
            data={"csrf_token": "made up"},
        )

        self.assertEqual(response.status_code, 400)
        self.assertEqual(self._get_digest(), before)

    # === THE CUSTOMER === #

    @mute_logger("odoo.http")
    def test_script_of_core_neither_accepts_nor_pays_what_is_closed(self):
        for state in self._set_states():
            if state == "issued":
                continue
            before = self._get_digest()
            for suffix in ("/accept", "/transaction"):
                with self.subTest(state, suffix=suffix):
                    self._call(f"/my/orders/{self.order.id}{suffix}", token="own")

                    self.assertEqual(self._get_digest(), before)

    @mute_logger("odoo.http")
    def test_script_of_core_does_not_accept_a_superseded_version(self):
        seen = self.order.proforma_version_id
        self.order.action_proforma_revise()
        self.order.action_proforma_issue()
        before = self._get_digest()
        for suffix in ("/accept", "/transaction"):
            with self.subTest(suffix):
                address = f"/my/orders/{self.order.id}{suffix}"
                self._call(address, token="own", version=seen, signature=SIGNATURE)

                self.assertEqual(self._get_digest(), before)

    def test_form_of_core_declines_in_the_name_of_the_colleague(self):
        paul = self.env["res.users"].search([("login", "=", "paul")]).partner_id

        self._post(f"/my/orders/{self.order.id}/decline", "paul")

        event = self.order.proforma_event_ids.filtered(lambda e: e.kind == "declined")
        self.assertEqual(event.partner_id, paul)
