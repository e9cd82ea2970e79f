"""The scheduled actions that are run at the same time and killed: what each needs, and
how it is judged.
"""

from dev.bench import copies
from dev.bench.rows.expiry import set_back
from dev.bench.rows.plan_reminders import open_only

# Records, and how many of them are handled in one transaction: a tenth of a batch of a
# shop, so that there are many points to be killed at.
EXPIRING, EXPIRY_BATCH_SIZE = 600, 40
PLANNED, PLAN_BATCH_SIZE = 600, 40
REMINDED, SEND_BATCH_SIZE = 120, 10
CHECKED, CHECK_BATCH_SIZE = 200, 20
TOLD = 24
REPRICED = 10
NOW = "now() AT TIME ZONE 'UTC'"


class Action:
    """What is to be known of a scheduled action to judge it.

    ``done`` is a query: what happened to a record since the last time that all was set
    back, ``%(table)s`` being the last row of a table then; its last column counts the
    records. ``expected`` is its result, by what happened.
    """

    model = method = done = None
    expected = {}
    batch_sizes = {}  # Module of a model -> its constant and the value here.

    def __init__(self):
        self.last = {}

    def prepare(self, env):
        """Create the records."""

    def set_back(self, env):
        """Let all of them be to do."""

    def deliver(self, env):
        """Send what waits in the queue; return what is wrong, or None if nothing is to
        be sent.
        """

    def mark(self, env):
        """Remember what is there already."""
        for table in ("proforma_version", "mail_message", "mail_mail"):
            env.cr.execute(f"SELECT COALESCE(max(id), 0) FROM {table}")
            self.last[table] = env.cr.fetchone()[0]


class Expiry(Action):
    """An event, of all of them."""

    model, method = "sale.order", "_cron_expire_proformas"
    batch_sizes = {"sale_order_expiry": ("EXPIRY_BATCH_SIZE", EXPIRY_BATCH_SIZE)}
    done = """
        SELECT (SELECT count(*) FROM proforma_event e
                WHERE e.order_id = o.id AND e.kind = 'expired'),
               count(*)
        FROM sale_order o
        WHERE o.proforma_number IS NOT NULL AND o.proforma_state = 'expired'
        GROUP BY 1
    """
    expected = {(1,): EXPIRING}

    def prepare(self, env):
        copies.create_proformas(env, EXPIRING)

    def set_back(self, env):
        set_back(env, EXPIRING)


class Planning(Action):
    """Each step once a version; nothing is due yet."""

    model, method = "proforma.reminder", "_cron_send_reminders"
    batch_sizes = {
        "proforma_reminder_missing_mixin": ("PLAN_BATCH_SIZE", PLAN_BATCH_SIZE)
    }
    done = """
        SELECT state, steps, count(*) FROM (
            SELECT order_id, min(state) AS state, count(*) AS steps
            FROM proforma_reminder GROUP BY order_id
        ) planned GROUP BY 1, 2
    """

    def prepare(self, env):
        copies.ensure_proformas(env, PLANNED)
        steps = env.company.proforma_reminder_plan_id.step_ids.filtered(
            lambda step: step.active and step.base in ("issued", "deadline")
        )
        self.expected = {("planned", len(steps)): PLANNED}

    def set_back(self, env):
        open_only(env, PLANNED)
        env.cr.execute(f"UPDATE proforma_version SET issued_on = {NOW}")


class Sending(Action):
    """One of the two documents of each customer: a message, an e-mail, an event and a
    proof; the other one comes too soon.
    """

    model, method = "proforma.reminder", "_cron_send_reminders"
    batch_sizes = {
        "proforma_reminder_sending_mixin": ("SEND_BATCH_SIZE", SEND_BATCH_SIZE)
    }
    done = """
        SELECT r.state, COALESCE(r.reason, ''),
               (SELECT count(*) FROM mail_message m
                WHERE m.model = 'sale.order' AND m.res_id = r.order_id
                AND m.id > %(mail_message)s),
               (SELECT count(*) FROM mail_mail l
                JOIN mail_message m ON m.id = l.mail_message_id
                WHERE m.model = 'sale.order' AND m.res_id = r.order_id
                AND l.id > %(mail_mail)s),
               (SELECT count(*) FROM proforma_mailing p
                WHERE p.order_id = r.order_id
                AND p.mail_message_id > %(mail_message)s),
               (SELECT count(*) FROM proforma_event e
                WHERE e.order_id = r.order_id AND e.kind = 'reminded'),
               count(*)
        FROM proforma_reminder r WHERE r.state != 'planned'
        GROUP BY 1, 2, 3, 4, 5, 6
    """
    expected = {
        ("sent", "", 1, 1, 1, 1): REMINDED // 2,
        ("skipped", "too_soon", 0, 0, 0, 0): REMINDED // 2,
    }

    def prepare(self, env):
        """One reminder an order; two batches that are sent at the same time are of the
        same customers.
        """
        copies.ensure_proformas(env, REMINDED)
        open_only(env, REMINDED)
        self._work_always(env)
        steps = env.company.proforma_reminder_plan_id.step_ids
        only = steps.filtered(lambda s: (s.base, s.channel) == ("issued", "mail"))[0]
        (steps - only).active = False
        env["proforma.reminder"]._cron_plan_missing()
        self.addresses = [f"customer{n}@example.com" for n in range(REMINDED // 2)]
        customers = env["res.partner"].create(
            [{"name": address, "email": address} for address in self.addresses]
        )
        env.cr.execute("SELECT order_id FROM proforma_reminder ORDER BY order_id")
        for number, (order_id,) in enumerate(env.cr.fetchall()):
            pair, place = divmod(number, 2 * SEND_BATCH_SIZE)
            index = pair * SEND_BATCH_SIZE + place % SEND_BATCH_SIZE
            customer_id = customers[index].id
            for update in (
                "UPDATE sale_order SET partner_id = %s WHERE id = %s",
                "UPDATE proforma_reminder SET partner_id = %s WHERE order_id = %s",
            ):
                env.cr.execute(update, [customer_id, order_id])

    def _work_always(self, env):
        """Let the company work at the hour of the test, whenever that is."""
        calendar = env["resource.calendar"].create({"name": "Always", "tz": "UTC"})
        calendar.attendance_ids = [(5, 0, 0)] + [
            (0, 0, {"name": day, "dayofweek": day, "hour_from": 0, "hour_to": 24})
            for day in "0123456"
        ]
        env.company.resource_calendar_id = calendar

    def set_back(self, env):
        env.cr.execute("DELETE FROM proforma_event WHERE kind = 'reminded'")
        env.cr.execute(
            "UPDATE proforma_reminder SET state = 'planned', done_on = NULL,"
            " reason = NULL, error = NULL, mail_message_id = NULL,"
            f" planned_on = {NOW} - interval '5 minutes'"
        )

    def deliver(self, env):
        from odoo.addons.proforma_ecom.tests.smtp_sink import running_sink

        env["mail.mail"].search([("id", "<=", self.last["mail_mail"])]).cancel()
        with running_sink() as sink:
            env["ir.mail_server"].create(
                {"name": "Sink", "smtp_host": "127.0.0.1", "smtp_port": sink.port}
            )
            for _run in range(2):
                env["mail.mail"].process_email_queue()
        sent = [address for address in sink.addresses if address in self.addresses]
        return [] if sent == sorted(self.addresses) else [f"delivered to {sent}"]


class ExpiryNotices(Action):
    """A status e-mail and its proof, for all customers."""

    model, method = "sale.order", "_cron_send_expiry_notices"
    batch_sizes = {"sale_order_notice": ("CRON_BATCH_SIZE", TOLD // 4)}
    done = """
        SELECT p.state,
               (SELECT count(*) FROM proforma_mailing p
                WHERE p.order_id = o.id AND p.kind = 'expired'),
               (SELECT count(*) FROM mail_mail l
                JOIN mail_message m ON m.id = l.mail_message_id
                WHERE m.model = 'sale.order' AND m.res_id = o.id
                AND l.id > %(mail_mail)s),
               count(*)
        FROM sale_order o JOIN proforma_mailing p ON p.order_id = o.id
        GROUP BY 1, 2, 3
    """
    expected = {("queued", 1, 1): TOLD}

    def prepare(self, env):
        env.company._get_proforma_notice("expired").active_since = "2020-01-01"
        open_only(env, 0)
        self.orders = copies.create_proformas(env, TOLD)
        self.orders._set_proforma_expired()

    def set_back(self, env):
        env.cr.execute("DELETE FROM proforma_mailing")


class PriceProposals(Action):
    """A row of the history and a to-do, of all of them."""

    model, method = "sale.order", "_cron_check_proforma_prices"
    batch_sizes = {"sale_order_price_check": ("CRON_BATCH_SIZE", CHECK_BATCH_SIZE)}
    done = """
        SELECT c.outcome,
               (SELECT count(*) FROM proforma_price_check p WHERE p.order_id = o.id),
               (SELECT count(*) FROM mail_activity a
                WHERE a.res_model = 'sale.order' AND a.res_id = o.id),
               count(*)
        FROM sale_order o JOIN proforma_price_check c ON c.order_id = o.id
        GROUP BY 1, 2, 3
    """
    expected = {("proposed", 1, 1): CHECKED}
    count, action = CHECKED, "propose"

    def prepare(self, env):
        plan = env["proforma.price.plan"].create(
            {"name": self.action, "action": self.action, "threshold": 1, "min_days": 0}
        )
        self.orders = copies.create_proformas(
            env, self.count, lines=1, proforma_price_plan_id=plan.id
        )
        self.orders.order_line.product_id.list_price *= 1.1

    def set_back(self, env):
        ids = tuple(self.orders.ids)
        env.cr.execute(
            "UPDATE sale_order SET proforma_price_proposal_id = NULL,"
            " proforma_prices_checked_on ="
            " CASE WHEN id IN %s THEN CURRENT_DATE - 2 END,"
            " proforma_deadline = '2100-01-01'"
            " WHERE proforma_prices_checked_on IS NOT NULL",
            [ids],
        )
        env.cr.execute("DELETE FROM proforma_price_check")
        env.cr.execute("DELETE FROM mail_activity WHERE res_model = 'sale.order'")


class PriceIssues(PriceProposals):
    """A new version and its e-mail to the customer, of all of them; the PDF is no real
    one.
    """

    done = """
        SELECT (SELECT count(*) FROM proforma_version v
                WHERE v.order_id = o.id AND v.id > %(proforma_version)s),
               (SELECT count(*) FROM proforma_price_check p
                WHERE p.order_id = o.id AND p.outcome = 'issued'),
               (SELECT count(*) FROM mail_mail l
                JOIN mail_message m ON m.id = l.mail_message_id
                WHERE m.model = 'sale.order' AND m.res_id = o.id
                AND l.id > %(mail_mail)s
                AND EXISTS (SELECT 1 FROM mail_mail_res_partner_rel t
                            WHERE t.mail_mail_id = l.id
                            AND t.res_partner_id = o.partner_id)),
               count(*)
        FROM sale_order o WHERE o.proforma_prices_checked_on > CURRENT_DATE - 2
        GROUP BY 1, 2, 3
    """
    expected = {(1, 1, 1): REPRICED}
    count, action = REPRICED, "issue"

    def prepare(self, env):
        super().prepare(env)
        renderer = type(env["proforma.renderer"])
        renderer._render_pdf = lambda *args, **kwargs: b"%PDF-1.4"

    def set_back(self, env):
        """The prices move once more."""
        super().set_back(env)
        self.orders.order_line.product_id.list_price *= 1.1


ACTIONS = [
    Expiry,
    Planning,
    Sending,
    ExpiryNotices,
    PriceProposals,
    PriceIssues,
]
