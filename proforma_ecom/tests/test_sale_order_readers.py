from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ProformaCommon

ACTIONS = (
    "action_proforma_issue",
    "action_proforma_revise",
    "action_draft",
    "action_proforma_send",
)


@tagged("post_install", "-at_install")
class TestSaleOrderReaders(ProformaCommon):
    """Users who may read an order and nothing more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_proforma(proforma_deposit_plan_id=cls.plan_30_70.id)
        cls.auditor = new_test_user(
            cls.env, "auditor", "account.group_account_readonly"
        )
        cls.portal_user = new_test_user(
            cls.env, "marie", "base.group_portal", partner_id=cls.customer.id
        )
        cls.form = cls.env.ref("sale.view_order_form")

    def _create_employee(self):
        """Return a user who reads orders for a reason that is none of ours."""
        group = self.env["res.groups"].create({"name": "Carriers"})
        self.env["ir.model.access"].create(
            {
                "name": "Orders of carriers",
                "model_id": self.env["ir.model"]._get_id("sale.order"),
                "group_id": group.id,
                "perm_read": True,
            }
        )
        user = new_test_user(self.env, "carrier", "base.group_user")
        user.group_ids = [Command.link(group.id)]
        return user

    def _get_form(self, user):
        orders = self.env["sale.order"].with_user(user)
        return etree.fromstring(orders.get_view(self.form.id, "form")["arch"])

    def _get_fnames(self, node):
        """Return the fields that the browser reads for a view, without sub-views."""
        depth = f"count(ancestor::field) = {len(node.xpath('ancestor-or-self::field'))}"
        return sorted(set(node.xpath(f".//field[{depth}]/@name")))

    def test_reader_can_change_nothing(self):
        for user in (self.portal_user, self.auditor):
            for action in ACTIONS:
                with (
                    self.subTest(user=user.login, action=action),
                    self.assertRaises(AccessError),
                ):
                    getattr(self.order.with_user(user), action)()

        self.assertRecordValues(
            self.order,
            [
                {
                    "state": "sent",
                    "proforma_state": "issued",
                    "proforma_version_count": 1,
                }
            ],
        )

    def test_reader_cannot_issue_a_quotation(self):
        order = self._create_order()
        for user in (self.portal_user, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                order.with_user(user).action_proforma_issue()

        self.assertEqual(order.proforma_state, "none")

    def test_auditor_finds_the_page(self):
        [page] = self._get_form(self.auditor).xpath("//page[@name='proforma']")

        self.assertIn("proforma_deposit_ids", self._get_fnames(page))

    def test_auditor_reads_all_that_the_form_shows(self):
        form = self._get_form(self.auditor)
        nodes = {"sale.order": (form, self.order)}
        for fname in ("proforma_deposit_ids", "proforma_event_ids"):
            [node] = form.xpath(f"//field[@name='{fname}']")
            nodes[fname] = (node, self.order[fname])
        for name, (node, records) in nodes.items():
            with self.subTest(name):
                self.env.invalidate_all()

                rows = records.with_user(self.auditor).read(self._get_fnames(node))

                self.assertTrue(rows)

    def test_auditor_reads_all_that_the_form_of_a_version_shows(self):
        version = self.order.proforma_version_id.with_user(self.auditor)
        form = etree.fromstring(version.get_view(view_type="form")["arch"])
        self.env.invalidate_all()

        [row] = version.read(self._get_fnames(form))

        self.assertEqual(row["name"], self.order.proforma_number)

    def test_employee_without_our_groups_does_not_find_the_page(self):
        form = self._get_form(self._create_employee())

        self.assertFalse(form.xpath("//page[@name='proforma']"))
        self.assertFalse(
            {"proforma_deposit_ids", "proforma_event_ids"} & set(self._get_fnames(form))
        )

    def test_employee_without_our_groups_still_opens_the_form(self):
        user = self._create_employee()
        form = self._get_form(user)
        fnames = [f for f in self._get_fnames(form) if f.startswith("proforma_")]
        self.env.invalidate_all()

        [row] = self.order.with_user(user).read(fnames)

        self.assertEqual(row["proforma_state"], "issued")
