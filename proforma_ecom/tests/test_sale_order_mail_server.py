from odoo.tests import freeze_time, tagged

from .common_price import CHECKED_ON, ProformaPriceCommon
from .common_smtp import SmtpCase
from .common_status import ProformaStatusCommon

ADDRESSES = ["a@example.com", "b@example.com", "c@example.com"]
TOLD_ON = "2026-11-12 08:00:00"


@tagged("post_install", "-at_install")
class TestSaleOrderMailServer(SmtpCase, ProformaStatusCommon):
    """Status e-mails while the mail server is down, or refuses an address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company._get_proforma_notice("expired").active_since = "2026-11-01"
        contacts = [cls._create_customer(email, email=email) for email in ADDRESSES]
        cls.orders = cls.env["sale.order"].union(
            *(cls._create_expired(partner_id=contact.id) for contact in contacts)
        )

    @property
    def mailings(self):
        return self._get_mailings(self.orders, "expired").sorted("id")

    def _tell(self):
        with freeze_time(TOLD_ON):
            self._run_cron("ir_cron_send_expiry_notices")
            self._work_off_queue()

    def _send_again(self):
        with freeze_time(TOLD_ON):
            for mailing in self.mailings:
                mailing.action_send_again()
            self._work_off_queue()

    def test_mails_say_that_the_server_was_down(self):
        with self._server_down():
            self._tell()

        self.assertEqual(self.mailings.mapped("state"), ["failed"] * 3)
        self.assertIn("Connection failed", self.mailings[0].failure_reason)

    def test_what_they_tell_of_happens_all_the_same(self):
        order = self._create_proforma()

        with self._server_down():
            order._proforma_decline(partner=self.customer)

        self.assertEqual(order.proforma_state, "declined")
        self.assertEqual(self._get_mailings(order, "declined").state, "failed")

    def test_next_run_tells_nothing_a_second_time(self):
        with self._server_down():
            self._tell()

        with self._server_up() as server:
            self._tell()

        self.assertFalse(server.addresses)

    def test_send_again_sends_each_once_when_the_server_is_back(self):
        with self._server_down():
            self._tell()

        with self._server_up() as server:
            self._send_again()
            self._tell()

        self.assertEqual(server.addresses, ADDRESSES)
        self.assertEqual(self.mailings.mapped("state"), ["sent"] * 3)

    def test_queue_that_is_worked_off_again_sends_no_second_one(self):
        with self._server_down():
            self._tell()
        messages = self.mailings.mail_message_id
        mails = self.env["mail.mail"].search([("mail_message_id", "in", messages.ids)])

        with self._server_up() as server:
            self._send_again()
            mails.action_retry()
            self._work_off_queue()

        self.assertEqual(server.addresses, ADDRESSES)

    def test_refused_address_does_not_stop_the_others(self):
        with self._server_up(refused=ADDRESSES[1:2]) as server:
            self._tell()

        customers = [to for to in server.addresses if to in ADDRESSES]
        self.assertEqual(customers, [ADDRESSES[0], ADDRESSES[2]])
        self.assertEqual(self.mailings.mapped("state"), ["sent", "failed", "sent"])
        self.assertIn("No such user here", self.mailings[1].failure_reason)


@tagged("post_install", "-at_install")
class TestSaleOrderPriceMailServer(SmtpCase, ProformaPriceCommon):
    def test_new_prices_are_issued_while_the_server_is_down(self):
        self.plan.action = "issue"
        orders = self._issue_metal() + self._issue_metal()
        self.metal.list_price = 105.0

        with self._server_down():
            self._check_prices()
            self._work_off_queue()
        mailings = orders.proforma_version_id.mailing_ids
        states = mailings.mapped("state")
        with self._server_up() as server, freeze_time(CHECKED_ON):
            for mailing in mailings:
                mailing.action_send_again()
            self._work_off_queue()

        self.assertEqual(orders.proforma_version_id.mapped("version"), [2, 2])
        self.assertEqual(states, ["failed", "failed"])
        self.assertEqual(server.addresses.count("customer@example.com"), 2)
