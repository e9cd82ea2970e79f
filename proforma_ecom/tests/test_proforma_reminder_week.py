from collections import Counter
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from odoo.addons.mail.tests.common import MailCase

from ..utils import today_in
from .common import SIGNATURE
from .common_random import RANDOM
from .common_reminder import ReminderCommon

# 10:00 in Paris on three days before the week, and on its Monday.
TUESDAY_20, THURSDAY_29, FRIDAY_30, MONDAY_2 = (
    "2026-10-20 08:00:00",
    "2026-10-29 09:00:00",
    "2026-10-30 09:00:00",
    "2026-11-02 09:00:00",
)
LATER = "2026-11-30"

# The scheduled actions run four times a day, in UTC: at 8:30, 9:05, 15:05 and 18:30 in
# Paris. On Wednesday they are down.
RUNS = ("07:30:00", "08:05:00", "14:05:00", "17:30:00")
OUTAGE = "2026-11-04"

# What happens to one row at once, at an instant in UTC.
HAPPENS = [
    ("2026-11-02 07:00:00", "early"),
    ("2026-11-03 11:00:00", "tuesday"),
    ("2026-11-04 11:00:00", "wednesday"),
]

# name, number, issued, valid until, what happens, mails as (weekday, step).
WEEK = [
    # Day 2 is Sunday, so Monday. Day 7 is Friday, four days later.
    ("friday", 60, FRIDAY_30, LATER, None, [(0, "received"), (4, "questions")]),
    # Day 2 is Saturday, so Monday. Day 7 is Thursday, only three days later.
    ("thursday", 60, THURSDAY_29, LATER, None, [(0, "received")]),
    # Day 2 is Wednesday, made up for on Thursday.
    ("monday", 60, MONDAY_2, LATER, None, [(3, "received")]),
    # Three days before has passed at the issue; the last day is one with day 2.
    ("short", 20, MONDAY_2, "2026-11-05", None, [(3, "received")]),
    # Day 7 was in October: too late. Three days before is Tuesday; Friday is too soon.
    ("ends_friday", 30, TUESDAY_20, "2026-11-06", None, [(1, "expiring")]),
    # Three days before is Wednesday, made up for on Thursday. The last day is Saturday,
    # so Friday: too soon.
    ("ends_saturday", 20, TUESDAY_20, "2026-11-07", None, [(3, "expiring")]),
    # Three days before is Friday.
    ("ends_monday", 20, TUESDAY_20, "2026-11-09", None, [(4, "expiring")]),
    # Three days before was Saturday, so Friday: three days ago, too late.
    ("ends_tuesday", 20, TUESDAY_20, "2026-11-03", None, [(1, "last_day")]),
    # The last day is that of the outage; on Thursday it has expired.
    ("ends_in_outage", 20, TUESDAY_20, "2026-11-04", None, []),
    # Five days after is Monday.
    ("expired", 30, TUESDAY_20, "2026-10-28", None, [(0, "why_not")]),
    # Five days after is Wednesday, made up for on Thursday.
    ("expired_later", 20, TUESDAY_20, "2026-10-30", None, [(3, "why_not")]),
    # Each sign of life before anything is due.
    ("accepted", 10, FRIDAY_30, LATER, ("early", "accept"), []),
    ("declined", 10, FRIDAY_30, LATER, ("early", "decline"), []),
    ("unwanted", 10, FRIDAY_30, LATER, ("early", "opt_out"), []),
    ("refuser", 10, FRIDAY_30, LATER, ("early", "opt_out_all"), []),
    ("no_address", 10, FRIDAY_30, LATER, ("early", "lose_address"), []),
    # The pause ends on Wednesday: day 7 is sent.
    ("paused", 10, FRIDAY_30, LATER, ("early", "pause"), [(4, "questions")]),
    # Each sign of life between both.
    ("asked", 15, FRIDAY_30, LATER, ("tuesday", "ask"), [(0, "received")]),
    ("replied", 10, FRIDAY_30, LATER, ("tuesday", "reply"), [(0, "received")]),
    ("revised", 10, FRIDAY_30, LATER, ("tuesday", "revise"), [(0, "received")]),
    # The new version has a day 2 of its own: Friday, four days after the first mail.
    (
        *("changed", 15, FRIDAY_30, LATER, ("wednesday", "change")),
        [(0, "received"), (4, "received")],
    ),
    # In their own plans, and with the contacts of the first row.
    ("held_out", 10, FRIDAY_30, LATER, None, []),
    ("shadow", 10, FRIDAY_30, LATER, None, []),
    ("second_document", 10, FRIDAY_30, LATER, None, []),
]


@tagged("post_install", "-at_install", "-standard", RANDOM)
class TestProformaReminderWeek(MailCase, ReminderCommon):
    """A week of 500 pro formas with the standard plan, against a table."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard = cls.env.ref("proforma_ecom.reminder_plan_standard")
        cls.env.company.proforma_reminder_plan_id = cls.standard
        cls.plans = {
            "held_out": cls.standard.copy({"holdout_percent": 100.0}),
            "shadow": cls.standard.copy({"is_shadow": True}),
        }

    def _create_rows(self):
        """Return the orders of each row of the table, issued on its day."""
        orders = {}
        for name, number, issued, valid_until, _happens, _mails in WEEK:
            contacts = self.env["res.partner"].create(
                [
                    {
                        "name": f"{name} {index}",
                        "email": f"{name}.{index}@example.com",
                        "phone": "+33 1 99 00 12 34",
                        "street": "3 place du Marché",
                        "zip": "69002",
                        "city": "Lyon",
                        "country_id": self.env.ref("base.fr").id,
                    }
                    for index in range(number)
                ]
            )
            if name == "second_document":
                contacts = orders["friday"].partner_id[:number]
            with freeze_time(issued):
                orders[name] = self.env["sale.order"].create(
                    [
                        self._prepare_order(contact, valid_until, name)
                        for contact in contacts
                    ]
                )
                orders[name].action_proforma_issue()
        return orders

    def _prepare_order(self, contact, valid_until, name):
        line = {"product_id": self.product.id, "price_unit": 100.0}
        plan = self.plans.get(name, self.standard)
        return {
            "partner_id": contact.id,
            "validity_date": valid_until,
            "order_line": [(0, 0, line)],
            "proforma_reminder_plan_id": plan.id,
        }

    def _happen(self, when, orders):
        """Let happen what the table says of one instant."""
        for name, _number, _issued, _valid_until, happens, _mails in WEEK:
            if happens and happens[0] == when:
                for order in orders[name].sudo():
                    getattr(self, f"_happen_{happens[1]}")(order)

    def _happen_accept(self, order):
        order._proforma_sign("Marie", SIGNATURE, partner=order.partner_id)

    def _happen_decline(self, order):
        order._set_proforma_declined(self.env["proforma.decline.reason"])

    def _happen_opt_out(self, order):
        order._proforma_opt_out()

    def _happen_opt_out_all(self, order):
        order._proforma_opt_out(all_documents=True)

    def _happen_lose_address(self, order):
        order.partner_id.email = False

    def _happen_pause(self, order):
        order.proforma_reminders_paused_until = "2026-11-04"

    def _happen_ask(self, order):
        order._proforma_ask("How heavy is it?", order.partner_id)

    def _happen_reply(self, order):
        order.message_post(
            body="We are thinking",
            author_id=order.partner_id.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )

    def _happen_revise(self, order):
        order.action_proforma_revise()

    def _happen_change(self, order):
        order.action_proforma_revise()
        order.order_line.price_unit = 90.0
        order.action_proforma_issue()

    def _live_through_the_week(self, orders):
        instants = dict(HAPPENS)
        first = datetime(2026, 11, 2)
        for day in range(7):
            date = (first + timedelta(days=day)).date().isoformat()
            for time in RUNS if date != OUTAGE else ():
                instants[f"{date} {time}"] = None
        for instant, when in sorted(instants.items()):
            with freeze_time(instant):
                if when:
                    self._happen(when, orders)
                else:
                    self._run_cron("ir_cron_expire")
                    self._run_cron("ir_cron_send_reminders")

    def _get_sent(self, orders):
        """Return how many mails went to the customers, as (weekday, step)."""
        steps = {
            self.env.ref(f"proforma_ecom.reminder_step_{name}"): name
            for name in ("received", "questions", "expiring", "last_day", "why_not")
        }
        sent = Counter()
        for reminder in orders.proforma_reminder_ids.sudo():
            if mail := reminder.mail_message_id.mail_ids:
                self.assertEqual(mail.recipient_ids, reminder.order_id.partner_id)
                day = today_in("Europe/Paris", reminder.done_on)
                sent[day.weekday(), steps[reminder.step_id]] += 1
        return sent

    def test_week_sends_exactly_the_mails_of_the_table(self):
        self.assertEqual(sum(row[1] for row in WEEK), 500)
        version = self.env.registry["proforma.version"]
        with (
            patch.object(version, "_ensure_pdf", lambda self: True),
            self.mock_mail_gateway(),
        ):
            orders = self._create_rows()
            self._live_through_the_week(orders)

        for name, number, *_clock, mails in WEEK:
            with self.subTest(name):
                expected = Counter(dict.fromkeys(mails, number))

                self.assertEqual(self._get_sent(orders[name]), expected)
