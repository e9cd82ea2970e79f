from odoo import http
from odoo.fields import Command
from odoo.tests import new_test_user

from .common_status import ProformaStatusCommon


class ProformaNegotiationCommon(ProformaStatusCommon):
    """A pro forma of two products at the prices of the price list, with 20 % of tax:
    10 × 100.00 and 2 × 50.00 make 1,320.00.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax_20 = cls.env["account.tax"].create(
            {"name": "20%", "amount": 20.0, "type_tax_use": "sale"}
        )
        cls.product.taxes_id = cls.tax_20
        cls.product.standard_price = 60.0
        cls.tray = cls._create_product(
            name="Tray", list_price=50.0, standard_price=20.0, taxes_id=cls.tax_20.ids
        )
        cls.cover = cls._create_product(
            name="Cover", list_price=30.0, standard_price=10.0, taxes_id=cls.tax_20.ids
        )
        cls.product.product_tmpl_id.optional_product_ids = cls.cover.product_tmpl_id
        cls.env.company.write(
            {"proforma_change_rule": "automatic", "proforma_change_limit": 50.0}
        )
        cls.order = cls._create_two_lines()
        cls.order.action_proforma_issue()
        cls.oven_line, cls.tray_line = cls.order.order_line

    @classmethod
    def _create_two_lines(cls, **values):
        lines = [(cls.product, 10.0), (cls.tray, 2.0)]
        return cls._create_listed_order(
            order_line=[
                Command.create({"product_id": product.id, "product_uom_qty": quantity})
                for product, quantity in lines
            ],
            **values,
        )

    def _change(self, typed, order=None, **kwargs):
        """Ask for a change as the customer would on the portal."""
        order = order or self.order
        with self.mock_mail_gateway():
            return order.sudo()._proforma_request_change(
                typed, **{"version": order.proforma_version_id, **kwargs}
            )

    def _offer(self, amount, order=None, **kwargs):
        """Offer a price as the customer would on the portal."""
        order = order or self.order
        with self.mock_mail_gateway():
            return order.sudo()._proforma_make_offer(
                amount, **{"version": order.proforma_version_id, **kwargs}
            )

    def _answer(self, request, state, message=None, user=None):
        with self.mock_mail_gateway():
            return request.with_user(user or self.sale_user)._answer(state, message)

    def assertUntouched(self, order=None):
        """Assert that what was sent may still be accepted, and nothing waits."""
        order = order or self.order
        order.invalidate_recordset()
        self.assertEqual(
            (order.proforma_state, order.proforma_version_id.version),
            ("issued", 1),
        )
        self.assertFalse(order._is_proforma_text_changed())
        self.assertFalse(order.proforma_request_ids)


class ProformaNegotiationPortalCommon(ProformaNegotiationCommon):
    """Posts the forms of the pages; to be mixed with a class that opens them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = f"/my/proformas/{cls.order.id}"
        cls.token = cls.order._portal_ensure_token()

    def _sign_in_colleague(self):
        """Visit the pages as somebody else of the customer's company."""
        contact = self._create_customer(
            "Paul", parent_id=self.customer.id, is_company=False
        )
        new_test_user(
            self.env, "paul", "base.group_portal", partner_id=contact.id, name="Paul"
        )
        self.authenticate("paul", "paul")
        return contact

    def _get(self, suffix="", token=None):
        return self.url_open(f"{self.url}{suffix}?access_token={token or self.token}")

    def _post(self, suffix, token=None, **fields):
        """Send a form as the page of this session would."""
        return self.url_open(
            f"{self.url}{suffix}",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "access_token": self.token if token is None else token,
                "version_id": str(self.order.proforma_version_id.id),
                **fields,
            },
        )

    def _post_change(self, action="send", **fields):
        quantity = {f"qty_{self.tray_line.id}": "4"}
        return self._post("/change", action=action, **(quantity | fields))

    def _preview(self, typed, token=None, **params):
        """Ask for the figures of a change as the script of the page does."""
        return self.make_jsonrpc_request(
            f"{self.url}/change/preview?access_token={token or self.token}",
            {
                "version_id": self.order.proforma_version_id.id,
                "typed": typed,
                **params,
            },
        )
