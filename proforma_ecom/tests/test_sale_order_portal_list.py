import csv
import io

from freezegun import freeze_time

from odoo.tests import HttpCase, new_test_user, tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalList(ProformaPaymentCommon, HttpCase):
    """How the customer finds his pro formas again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls._create_customer(
            "Marie Martin", parent_id=cls.customer.id, is_company=False
        )
        cls.marie = new_test_user(
            cls.env,
            "marie",
            "base.group_portal",
            partner_id=cls.buyer.id,
            name="Marie Martin",
        )
        cls.issued = cls._create_proforma(client_order_ref="BC-118")
        cls.declined = cls._create_proforma(partner_id=cls.buyer.id)
        cls.declined._proforma_decline()
        cls.strange = cls._create_proforma(
            partner_id=cls._create_customer("Stranger").id
        )

    def _find(self, domain, sortby="newest", **kwargs):
        orders = self.env["sale.order"].with_user(self.marie)
        return orders._find_proforma_list(
            domain & orders._get_proforma_portal_domain(self.buyer), sortby, **kwargs
        )

    def _filter(self, key):
        orders = self.env["sale.order"].with_user(self.marie)
        return self._find(orders._get_proforma_filter_domain(key))

    def _open(self, query="", path="/my/proformas"):
        self.authenticate("marie", "marie")
        return self.url_open(f"{path}?{query}")

    def _read_csv(self, query="", delimiter=","):
        content = self._open(query, "/my/proformas/csv").content
        text = content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))

    def test_arrows_lead_to_pages_of_pro_formas_whatever_their_state(self):
        accepted = self._create_proforma()
        self._sign(accepted)
        self._open()
        page = self.url_open(f"/my/proformas/{self.declined.id}").text

        for order in (accepted, self.issued):
            with self.subTest(order.proforma_state):
                self.assertIn(f'href="/my/proformas/{order.id}?access_token=', page)

    def test_filters_tell_open_from_closed(self):
        self.assertEqual(self._filter("all"), self.issued | self.declined)
        self.assertEqual(self._filter("open"), self.issued)
        self.assertEqual(self._filter("closed"), self.declined)

    def test_late_proforma_counts_as_expired_before_the_cron_ran(self):
        late = self.issued.proforma_deadline

        with freeze_time(late):
            self.assertEqual(self._filter("expired"), self.issued)
            self.assertFalse(self._filter("open"))

    def test_order_with_a_due_deposit_is_to_pay(self):
        order = self._create_deposit_proforma()
        self._sign(order)
        self._pay(self._create_deposit_tx(order))
        self.assertFalse(self._filter("to_pay"))

        order.proforma_deposit_ids.filtered(
            lambda deposit: deposit.state == "planned"
        )._set_due(self.env.company._get_proforma_today())

        self.assertEqual(self._filter("to_pay"), order)

    def test_states_come_in_the_order_of_their_urgency(self):
        newer = self._create_proforma()

        found = self._find(self._domain_of_all(), by_state=True)

        self.assertEqual(found.ids, [newer.id, self.issued.id, self.declined.id])

    def _domain_of_all(self):
        return self.env["sale.order"]._get_proforma_filter_domain("all")

    def test_page_of_a_list_by_state_is_cut_after_the_sorting(self):
        found = self._find(self._domain_of_all(), by_state=True, limit=1, offset=1)

        self.assertEqual(found, self.declined)

    def test_groups_are_titled_by_their_states(self):
        page = self._open("groupby=state").text

        self.assertIn("o_proforma_group", page)
        self.assertLess(
            page.index(self.issued.proforma_number),
            page.index(self.declined.proforma_number),
        )

    def test_reference_of_the_customer_is_found(self):
        page = self._open("search=bc-118&search_in=reference").text

        self.assertIn(self.issued.proforma_number, page)
        self.assertNotIn(self.declined.proforma_number, page)

    def test_search_that_finds_nothing_leads_back(self):
        page = self._open("search=nothing-is-called-that").text

        self.assertIn("Show them all", page)

    def test_made_up_choices_are_the_usual_list(self):
        query = "sortby=id);drop&filterby=%00&groupby=x&search_in=y&page=-1"

        response = self._open(query)

        self.assertEqual(response.status_code, 200)
        self.assertIn(self.issued.proforma_number, response.text)

    def test_page_far_behind_the_last_is_the_last(self):
        response = self._open(path="/my/proformas/page/999")

        self.assertIn(self.issued.proforma_number, response.text)

    def test_file_holds_ones_own_and_no_others(self):
        numbers = [row[0] for row in self._read_csv()]

        self.assertIn(self.issued.proforma_version_id.name, numbers)
        self.assertNotIn(self.strange.proforma_version_id.name, numbers)

    def test_file_follows_the_filter(self):
        rows = self._read_csv("filterby=closed")

        self.assertEqual(
            [row[0] for row in rows[1:]], [self.declined.proforma_version_id.name]
        )

    def test_file_says_of_which_day_of_the_company_it_is(self):
        with freeze_time("2026-03-01 23:30:00"):
            order = self._create_proforma()

        row = order.sudo()._prepare_proforma_csv_row()

        self.assertEqual(str(row[3]), "2026-03-02")

    def test_file_of_a_french_reader_is_cut_by_semicolons(self):
        self._speak_french()
        self.marie.lang = "fr_FR"
        self.authenticate("marie", "marie")

        rows = self._read_csv(delimiter=";")

        self.assertIn("1200,00", rows[1])

    def test_formula_of_a_customer_stays_a_text(self):
        self.issued.client_order_ref = "=HYPERLINK(1)"

        rows = self._read_csv("filterby=open")

        self.assertEqual(rows[1][1], "'=HYPERLINK(1)")

    def test_visitor_is_led_to_the_login(self):
        self.authenticate(None, None)

        self.assertIn("/web/login", self.url_open("/my/proformas/csv").url)

    def test_home_counts_what_is_open(self):
        self.authenticate("marie", "marie")

        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["proforma_open_count", "proforma_count"]}
        )

        self.assertEqual(
            (counters["proforma_open_count"], counters["proforma_count"]), (1, 2)
        )
