"""Whatever a visitor sends to our routes: no error of the server, no harm."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ProformaCommon
from .common_fuzz import FuzzCommon
from .common_random import RANDOM, random_cases

REQUESTS = 1000


@tagged("post_install", "-at_install", "-standard", RANDOM)
class TestPortalFuzz(FuzzCommon, HttpCase, ProformaCommon):
    """A customer with a link to his pro forma who tries everything, and a stranger's
    pro forma that nothing may happen to.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_proforma()
        cls.foreign = cls._create_proforma(
            partner_id=cls._create_customer("A Stranger").id
        )

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.routes = self._get_routes()
        self.facts = self._get_facts()

    def test_all_routes_are_tried(self):
        paths = {path for path, _kind, _methods, _names in self.routes}

        self.assertGreater(len(paths), 20)
        self.assertIn("/my/proformas/<int:order_id>/change", paths)

    def test_forms_with_any_fields_are_sent_with_theirs(self):
        names = {path: names for path, _kind, _methods, names in self.routes}
        line = self.order.order_line

        change = names["/my/proformas/<int:order_id>/change"]

        self.assertLess({f"qty_{line.id}", "action", "message"}, set(change))

    # Odoo warns of each refusal, and here of what it will not do in later versions.
    @mute_logger("odoo.http", "py.warnings")
    @random_cases(REQUESTS)
    @given(st.data())
    def test_nothing_that_is_sent_breaks_the_server(self, data):
        self._check_request(data.draw, self.routes, self.facts)
