from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestProformaVersionMail(ProformaCommon):
    def _create_waiting_proforma(self):
        order = self._create_proforma_without_pdf()
        self._send_mail_without_pdf(order)
        return order

    def _count_sent(self, order):
        return order.proforma_event_ids.mapped("kind").count("sent")

    def _refuse_mail_of(self, bad):
        orders = self.env.registry["sale.order"]
        send = orders._proforma_send_mail
        refusal = UserError("The address is refused.")

        def send_or_refuse(self, kind=None):
            if self == bad:
                raise refusal
            return send(self, kind)

        return patch.object(orders, "_proforma_send_mail", send_or_refuse)

    def test_mail_waits_for_the_pdf(self):
        order = self._create_proforma_without_pdf()
        self.assertFalse(self._send_mail_without_pdf(order))
        count = len(order.message_ids)

        self._run_cron("ir_cron_render_pdf")

        self.assertEqual(len(order.message_ids), count + 1)
        self.assertFalse(order.proforma_version_id.is_mail_waiting)

    def test_waiting_mail_is_sent_once(self):
        order = self._create_waiting_proforma()
        self._run_cron("ir_cron_render_pdf")
        count = len(order.message_ids)

        self._run_cron("ir_cron_render_pdf")

        self.assertEqual(len(order.message_ids), count)

    def test_waiting_mail_of_a_cancelled_proforma_is_not_sent(self):
        order = self._create_waiting_proforma()
        order.action_cancel()
        count = len(order.message_ids)

        self._run_cron("ir_cron_render_pdf")

        self.assertEqual(len(order.message_ids), count)
        self.assertFalse(order.proforma_version_id.is_mail_waiting)

    def test_waiting_mail_of_a_superseded_version_is_not_sent(self):
        order = self._create_waiting_proforma()
        order.action_proforma_revise()
        order.action_proforma_issue()
        order._proforma_send_mail()

        self._run_cron("ir_cron_render_pdf")

        self.assertEqual(self._count_sent(order), 1)
        self.assertNotIn(True, order.proforma_version_ids.mapped("is_mail_waiting"))

    def test_mail_still_waits_when_the_composer_rendered_the_pdf(self):
        order = self._create_waiting_proforma()
        order.action_proforma_send()
        self.assertEqual(self._count_sent(order), 0)

        self._run_cron("ir_cron_render_pdf")

        self.assertEqual(self._count_sent(order), 1)

    def test_mail_sent_by_hand_waits_no_more(self):
        order = self._create_waiting_proforma()
        order._proforma_send_mail()

        self._run_cron("ir_cron_render_pdf")

        self.assertEqual(self._count_sent(order), 1)

    def test_one_bad_mail_does_not_stop_the_batch(self):
        bad, good = self._create_waiting_proforma(), self._create_waiting_proforma()

        with self._refuse_mail_of(bad):
            self._run_cron("ir_cron_render_pdf")

        self.assertEqual((self._count_sent(bad), self._count_sent(good)), (0, 1))

    def test_bad_mail_keeps_its_pdf_and_is_told_once(self):
        bad = self._create_waiting_proforma()

        with self._refuse_mail_of(bad):
            self._run_cron("ir_cron_render_pdf")
            self._run_cron("ir_cron_render_pdf")

        self.assertEqual(bad.proforma_version_id.pdf_state, "done")
        self.assertEqual(len(bad.activity_ids), 1)
        self.assertIn("The address is refused.", bad.activity_ids.note)
