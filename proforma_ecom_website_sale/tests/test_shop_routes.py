import json

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.proforma_ecom.tests.common import SIGNATURE
from odoo.addons.proforma_ecom.tests.common_routes import (
    STRANGERS as PORTAL_STRANGERS,
)
from odoo.addons.website_sale.tests.common import MockRequest

from .common_purchase import PurchaseCommon

# The routes of the shop, and which order of the customer each is asked about: his
# `cart`, his `proforma`, or what he has `requested`.
FORMS = {
    "/shop/proforma": "cart",
    "/shop/proforma/again/%s": "proforma",
    "/shop/proforma/buy/%s": "proforma",
    "/shop/proforma/put_back": "proforma",
}
PAGES = {
    "/shop/proforma/continue": "cart",
    "/shop/proforma/requested/%s": "requested",
}
SCRIPTS = {"/shop/proforma/cart": "cart"}

# Who comes, and with which token. None of them may see or do anything.
STRANGERS = {**PORTAL_STRANGERS, "a very long token": (None, "x" * 5000)}

# Of the company of the customer, or with his link.
KNOWN = {
    "who has the link": (None, "own"),
    "the customer": ("marie", None),
    "a colleague of his": ("colleague", None),
    "a stranger with the link": ("stranger", "own"),
}


@tagged("post_install", "-at_install")
class TestShopRoutes(PurchaseCommon):
    """Each route of the shop, whoever comes and however."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_visitors()
        cls.orders = {
            "cart": cls._create_cart(cls.customer),
            "proforma": cls._create_cart(cls.customer),
            "requested": cls._create_cart(cls.customer),
            "other": cls._create_cart(cls.stranger),
        }
        for name in ("proforma", "other"):
            order = cls.orders[name]
            with MockRequest(cls.env, website=cls.website, sale_order_id=order.id):
                order.sudo()._proforma_take_cart()
        cls.orders["requested"].sudo()._proforma_hand_in()
        cls.tokens = {
            name: order._portal_ensure_token() for name, order in cls.orders.items()
        }

    @classmethod
    def _create_visitors(cls):
        cls.customer = cls.buyer.partner_id
        company = cls.env["res.partner"].create(
            {**cls.address, "name": "Boulangerie Martin", "is_company": True}
        )
        cls.customer.parent_id = company
        cls.customer.write(cls.address)
        colleague = cls._create_new_portal_user(login="colleague", password="colleague")
        colleague.partner_id.write({**cls.address, "name": "Paul"})
        colleague.partner_id.parent_id = company
        stranger = cls._create_new_portal_user(login="stranger", password="stranger")
        cls.stranger = stranger.partner_id
        cls.stranger.write({**cls.address, "name": "Eve", "email": "eve@example.com"})
        seller = cls.env["res.company"].create({"name": "Another Seller"})
        new_test_user(
            cls.env,
            "elsewhere",
            "sales_team.group_sale_salesman_all_leads",
            company_id=seller.id,
            company_ids=seller.ids,
        )
        new_test_user(cls.env, "employee", "base.group_user")

    # === HELPERS === #

    def _fill_in(self, route, name):
        return route % self.orders[name].id if "%s" in route else route

    def _prepare_form(self, name, token):
        """Return what the form of a route sends."""
        order = self.orders[name]
        form = {
            "order_id": order.id,
            "version_id": order.proforma_version_id.id or 0,
            "reference": "BC-118",
            "message": "Hello",
        }
        own = self.tokens[name] if token == "own" else self.tokens.get(token, token)
        return form if own is None else {**form, "access_token": own}

    def _send(self, route, name, login=None, token=None, **fields):
        self._open_session(login)
        form = {**self._prepare_form(name, token), **fields}
        if "%s" in route:
            form.pop("order_id")
        return self._post(self._fill_in(route, name), **form)

    def _look(self, route, name, login=None, token=None):
        self._open_session(login)
        form = self._prepare_form(name, token)
        query = {key: form[key] for key in ("access_token",) if key in form}
        return self.url_open(self._fill_in(route, name), params=query, method="GET")

    def _get_digest(self):
        """Return all that a visitor could have changed or made."""
        self.env.invalidate_all()
        carts = self.env["sale.order"].search([("partner_id", "=", self.customer.id)])
        return [
            (
                order.id,
                order.state,
                order.proforma_state,
                order.client_order_ref,
                order.amount_total,
                order.proforma_event_ids.ids,
                order.message_ids.ids,
                order.transaction_ids.ids,
                order.proforma_version_ids.ids,
                order.proforma_request_ids.mapped("state"),
            )
            for order in carts.sudo().sorted("id")
        ]

    def assertNothing(self, response, before):
        """Assert that nothing happened, and nothing of the customer is said."""
        self.assertLess(response.status_code, 500)
        secrets = (
            self.orders["proforma"].proforma_number,
            self.orders["requested"].name,
            self.customer.email,
            "Boulangerie Martin",
        )
        for secret in secrets:
            self.assertNotIn(secret, response.text)
        self.assertEqual(self._get_digest(), before)

    # === TABLE === #

    def test_every_route_is_in_the_table(self):
        ours = {
            rule.rule.replace("<int(max=2147483647):order_id>", "%s")
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if rule.endpoint.__module__.startswith(
                "odoo.addons.proforma_ecom_website_sale."
            )
            and rule.rule.startswith("/shop/proforma")
        }

        self.assertEqual(ours, {*FORMS, *PAGES, *SCRIPTS})

    def test_no_stranger_does_anything(self):
        before = self._get_digest()
        for who, (login, token) in STRANGERS.items():
            for route, name in FORMS.items():
                with self.subTest(who, route=route):
                    response = self._send(route, name, login, token)
                    if response.status_code in (302, 303):
                        response = self.url_open(response.headers["Location"])

                    self.assertNothing(response, before)

    def test_no_stranger_is_led_to_what_a_cart_has_become(self):
        before = self._get_digest()
        for who, (login, token) in STRANGERS.items():
            for name in ("proforma", "requested"):
                with self.subTest(who, name=name):
                    response = self._send("/shop/proforma", name, login, token)

                    location = response.headers["Location"]
                    self.assertRegex(location, "/shop(/cart)?$")
                    self.assertEqual(self._get_digest(), before)

    def test_no_stranger_sees_anything(self):
        before = self._get_digest()
        for who, (login, token) in STRANGERS.items():
            for route, name in PAGES.items():
                with self.subTest(who, route=route):
                    response = self._look(route, name, login, token)

                    self.assertNothing(response, before)

    def test_no_stranger_gets_the_cart_of_another(self):
        for who, (login, _token) in STRANGERS.items():
            for route in SCRIPTS:
                with self.subTest(who, route=route):
                    self._open_session(login)

                    answer = self.make_jsonrpc_request(route, {})

                    self.assertNotEqual(answer.get("order_id"), self.orders["cart"].id)

    def test_who_may_sees_what_he_has_asked_for(self):
        for who, (login, token) in KNOWN.items():
            with self.subTest(who):
                response = self._look(
                    "/shop/proforma/requested/%s", "requested", login, token
                )

                self.assertEqual(response.status_code, 200)
                self.assertIn("o_proforma_answer_by", response.text)

    def test_who_may_buys_the_proforma(self):
        for who, (login, token) in KNOWN.items():
            with self.subTest(who):
                response = self._send("/shop/proforma/buy/%s", "proforma", login, token)

                self.assertTrue(response.headers["Location"].endswith("/shop/payment"))

    def test_cart_of_another_session_becomes_no_proforma(self):
        """Not even with its token: a cart is its visitor's."""
        before = self._get_digest()
        for login in (None, "colleague", "stranger"):
            with self.subTest(login):
                self._send("/shop/proforma", "cart", login, "own")

                self.assertEqual(self._get_digest(), before)

    # === HOW === #

    @mute_logger("odoo.http")
    def test_forms_of_other_sites_are_refused(self):
        before = self._get_digest()
        for who, (login, token) in KNOWN.items():
            for route, name in FORMS.items():
                for csrf_token in ("", "made up"):
                    with self.subTest(who, route=route, csrf_token=csrf_token):
                        response = self._send(
                            route, name, login, token, csrf_token=csrf_token
                        )

                        self.assertEqual(response.status_code, 400)
                        self.assertNothing(response, before)

    @mute_logger("odoo.http")
    def test_forms_are_not_opened_as_pages(self):
        before = self._get_digest()
        for route, name in (FORMS | SCRIPTS).items():
            with self.subTest(route):
                response = self._look(route, name, "marie", "own")

                self.assertIn(response.status_code, (404, 405))
                self.assertNothing(response, before)

    @mute_logger("odoo.http")
    def test_pages_are_not_posted_to(self):
        before = self._get_digest()
        for route, name in PAGES.items():
            with self.subTest(route):
                response = self._send(route, name, "marie", "own")

                self.assertIn(response.status_code, (404, 405))
                self.assertNothing(response, before)

    @mute_logger("odoo.http")
    def test_scripts_are_no_forms_and_forms_no_scripts(self):
        before = self._get_digest()
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": {}})
        for route, name in (FORMS | SCRIPTS).items():
            with self.subTest(route):
                self._open_session("marie")
                if route in SCRIPTS:
                    response = self._send(route, name, "marie", "own")
                else:
                    response = self.url_open(
                        self._fill_in(route, name),
                        data=body,
                        headers={"Content-Type": "application/json"},
                    )

                self.assertLess(response.status_code, 500)
                self.assertEqual(self._get_digest(), before)

    # === WHEN === #

    def _supersede(self):
        order = self.orders["proforma"]
        order.action_proforma_revise()
        order.order_line[0].product_uom_qty = 6
        order.action_proforma_issue()

    def test_closed_proforma_is_not_bought(self):
        order = self.orders["proforma"].sudo()
        for state in ("expired", "declined", "revising", "accepted", "cancelled"):
            order.proforma_state = state
            before = self._get_digest()
            with self.subTest(state):
                response = self._send("/shop/proforma/buy/%s", "proforma", "marie")

                self.assertIn("/my/proformas/", response.headers["Location"])
                self.assertEqual(self._get_digest(), before)

    def test_signed_proforma_is_not_bought(self):
        order = self.orders["proforma"].sudo()
        order.proforma_deposit_plan_id = self.env.ref(
            "proforma_ecom.deposit_plan_30_70"
        )
        order.action_proforma_revise()
        order.action_proforma_issue()
        order._proforma_sign("Marie Martin", SIGNATURE, partner=self.customer)
        self.assertEqual(order.proforma_state, "issued")
        before = self._get_digest()

        response = self._send("/shop/proforma/buy/%s", "proforma", "marie")

        self.assertIn("/my/proformas/", response.headers["Location"])
        self.assertEqual(self._get_digest(), before)

    def test_superseded_version_is_not_bought(self):
        seen = self.orders["proforma"].proforma_version_id
        self._supersede()
        before = self._get_digest()
        for version_id in (seen.id, "", "NaN", -1, 0, "9" * 30):
            with self.subTest(version_id=version_id):
                self._send(
                    "/shop/proforma/buy/%s",
                    "proforma",
                    "marie",
                    version_id=version_id,
                )

                self.assertEqual(self._get_digest(), before)

    def test_cart_that_is_a_proforma_already_stays_one(self):
        """The form of a page that was left open leads to it, whatever its state."""
        order = self.orders["proforma"].sudo()
        for state in ("issued", "expired", "declined", "accepted", "cancelled"):
            order.proforma_state = state
            before = self._get_digest()
            with self.subTest(state):
                response = self._send("/shop/proforma", "proforma", "marie", "own")

                self.assertRegex(response.headers["Location"], f"/my/.*/{order.id}[?]")
                self.assertEqual(self._get_digest(), before)

    def test_again_of_a_closed_proforma_leaves_it_as_it_is(self):
        order = self.orders["proforma"].sudo()
        for state in ("expired", "declined", "accepted", "cancelled"):
            order.proforma_state = state
            with self.subTest(state):
                response = self._send("/shop/proforma/again/%s", "proforma", "marie")

                self.assertLess(response.status_code, 500)
                self.assertEqual(order.proforma_state, state)

    def test_putting_back_nothing_changes_nothing(self):
        before = self._get_digest()
        for login in (None, "marie", "colleague", "stranger"):
            with self.subTest(login):
                response = self._send("/shop/proforma/put_back", "proforma", login)

                self.assertTrue(response.headers["Location"].endswith("/shop/cart"))
                self.assertEqual(self._get_digest(), before)

    def test_shop_without_proformas_has_none_of_the_routes_to_one(self):
        self.website.proforma_enabled = False
        before = self._get_digest()
        for route in ("/shop/proforma", "/shop/proforma/again/%s"):
            with self.subTest(route), mute_logger("odoo.http"):
                response = self._send(route, FORMS[route], "marie", "own")

                self.assertEqual(response.status_code, 404)
                self.assertEqual(self._get_digest(), before)
