from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestProformaEvent(ProformaCommon):
    def test_event_cannot_be_changed(self):
        event = self._create_proforma().proforma_event_ids

        with self.assertRaises(UserError):
            event.sudo().note = "Another story"

    def test_event_cannot_be_deleted(self):
        event = self._create_proforma().proforma_event_ids

        with self.assertRaises(UserError):
            event.sudo().unlink()
