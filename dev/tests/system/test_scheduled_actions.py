"""Scheduled actions on two servers at once, and on one that is killed."""

import os
import re
import unittest

from dev import databases, odoo, paths
from dev.testing import templates

SCRIPT = "from dev.tests.system import scheduled; scheduled.run(env)"


class TestScheduledActions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        setup = odoo.ensure(programs=False)
        cls.database = f"{databases.TESTS}{os.getpid()}_scheduled"
        databases.create(cls.database, templates.ensure_all(setup))
        cls.addClassCleanup(databases.drop, cls.database)
        output = odoo.run_script(
            setup, cls.database, SCRIPT, python_path=[paths.CHECKOUT]
        )
        cls.output = output
        cls.results = dict(re.findall(r"RESULT (\w+ \w+): (.*)", output))

    def check(self, name):
        self.assertEqual(self.results.get(name), "ok", self.output[-3000:])

    def test_two_processes_expire_each_order_once(self):
        self.check("Expiry together")

    def test_what_is_killed_while_expiring_is_done_once_by_the_next_run(self):
        self.check("Expiry killed")

    def test_two_processes_plan_each_reminder_once(self):
        self.check("Planning together")

    def test_what_is_killed_while_planning_is_done_once_by_the_next_run(self):
        self.check("Planning killed")

    def test_two_processes_send_each_customer_one_reminder(self):
        self.check("Sending together")

    def test_what_is_killed_while_sending_is_done_once_by_the_next_run(self):
        self.check("Sending killed")

    def test_mail_server_gets_each_reminder_once(self):
        self.check("Sending delivered")

    def test_two_processes_tell_of_each_expiry_once(self):
        self.check("ExpiryNotices together")

    def test_what_is_killed_while_telling_is_done_once_by_the_next_run(self):
        self.check("ExpiryNotices killed")

    def test_two_processes_propose_each_price_once(self):
        self.check("PriceProposals together")

    def test_what_is_killed_while_checking_prices_is_done_once_by_the_next_run(self):
        self.check("PriceProposals killed")

    def test_two_processes_issue_each_version_once(self):
        self.check("PriceIssues together")

    def test_what_is_killed_while_issuing_is_done_once_by_the_next_run(self):
        self.check("PriceIssues killed")
