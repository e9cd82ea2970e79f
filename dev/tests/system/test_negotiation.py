"""Two people at one pro forma at the same instant, against a real server."""

from dev.tests.system.double_clicks import CLICKED_PAPERS, DoubleClicks
from dev.tests.system.people import ROUNDS, NegotiationCase

NEW_PRICE = 150


class TestNegotiation(DoubleClicks, NegotiationCase):
    papers_needed = 8 * ROUNDS + CLICKED_PAPERS

    # === SALESPERSON AND CUSTOMER === #

    def edit_and_issue(self, paper):
        """Raise the price and issue it anew; "refused" if it was too late."""
        lines = [[1, paper.line, {"price_unit": NEW_PRICE}]]
        self.seller.do(
            "sale.order", "web_save", [paper.order], {"order_line": lines}, {}
        )
        answer = self.seller.do("sale.order", "action_proforma_issue", [paper.order])
        return "issued" if answer is True else "refused"

    def total(self, paper):
        [total] = self.ask(
            f"SELECT amount_total FROM sale_order WHERE id = {paper.order}"
        )
        return float(total)

    def test_customer_never_accepts_a_price_that_he_has_not_seen(self):
        for paper, accepted, _issued in self.race(
            self.anna.accept, self.edit_and_issue
        ):
            first, *later = self.versions(paper)
            self.assertEqual(first, (1, accepted == "accepted", paper.total))
            if accepted == "accepted":
                self.assertEqual((later, self.total(paper)), ([], paper.total))
                self.assertEqual(self.facts(paper)[:3], ("sale", "accepted", 1))
                self.assert_told(paper, ("signed", self.anna.name))
                continue
            self.assertEqual(self.facts(paper)[:3], ("sent", "issued", 0))
            self.assertEqual([(n, signed) for n, signed, _t in later], [(2, False)])
            self.assertGreater(later[0][2], paper.total)
            story, _paul = self.assert_told(paper, ("issued", self.seller.name))
            self.assertEqual(story.version, self.name_of(paper, 2))

    def test_text_that_is_changed_during_the_issue_is_not_accepted_unseen(self):
        text = "Deck Oven, second hand"

        def edit(paper):
            self.seller.do("sale.order.line", "write", [paper.line], {"name": text})
            return "done"

        for paper, *_answers in self.race_in_revision(edit):
            [printed] = self.ask(
                f"SELECT v.snapshot LIKE '%{text}%' FROM proforma_version v JOIN"
                " sale_order o ON o.proforma_version_id = v.id"
                f" WHERE o.id = {paper.order}"
            )
            state = "issued" if printed == "t" else "revising"
            self.assertEqual(self.facts(paper)[1], state)

    def race_in_revision(self, edit):
        """Let one of us edit what another one issues."""

        def issue(paper):
            self.admin.do("sale.order", "action_proforma_issue", [paper.order])
            return "refused"

        for paper in self.papers[-ROUNDS:]:
            self.seller.do("sale.order", "action_proforma_revise", [paper.order])
            self.seller.do(
                "sale.order.line", "write", [paper.line], {"name": "Deck Oven, new"}
            )
        return self.race(edit, issue, is_contest=False)

    def test_request_is_withdrawn_or_accepted_never_both(self):
        wizards = {}
        for paper in self.papers[-ROUNDS:]:
            self.assertEqual(self.anna.change(paper, 90), "change_asked")
            [request] = self.ask(
                f"SELECT id FROM proforma_request WHERE order_id = {paper.order}"
            )
            values = {"request_id": int(request), "state": "accepted"}
            wizard = self.seller.do("proforma.request.answer", "create", values)
            wizards[paper] = int(request), wizard

        def withdraw(paper):
            return self.anna.post(paper, f"/requests/{wizards[paper][0]}/withdraw")

        def accept(paper):
            wizard = [wizards[paper][1]]
            return self.seller.do("proforma.request.answer", "action_send", wizard)

        for paper, withdrawn, answer in self.race(withdraw, accept):
            if withdrawn == "withdrawn":
                self.assertEqual(answer, "This request is answered already.")
                facts, state = ("sent", "issued", 0, 10, 1), "withdrawn"
                happened = ("request_withdrawn", self.anna.name)
            else:
                facts, state = ("sent", "issued", 0, 90, 2), "accepted"
                happened = ("request_answered", self.seller.name)
            self.assertEqual(self.facts(paper), facts)
            asked = [f"change|{state}|{self.anna.name}"]
            self.assertEqual(self.requests(paper), asked)
            self.assert_told(paper, ("requested", self.anna.name), happened)

    # === TWO TABS, TWO COLLEAGUES === #

    def test_change_in_one_tab_and_acceptance_in_the_other(self):
        for paper, accepted, changed in self.race(
            self.anna.accept, lambda paper: self.paul.change(paper, 11)
        ):
            first, *later = self.versions(paper)
            self.assertEqual(first, (1, accepted == "accepted", paper.total))
            if accepted == "accepted":
                self.assertEqual((changed, later), ("refused", []))
                self.assertEqual(self.facts(paper), ("sale", "accepted", 1, 10, 1))
                _anna, story = self.assert_told(paper, ("signed", self.anna.name))
                self.assertIn("is accepted already", story.alerts)
                continue
            self.assertEqual(changed, "change_accepted")
            self.assertEqual(self.facts(paper), ("sent", "issued", 0, 11, 2))
            story, _paul = self.assert_told(paper, ("requested", self.paul.name))
            self.assertIn("There is a new version", story.alerts)
            self.assertEqual(story.version, self.name_of(paper, 2))

    def test_of_two_changes_one_is_done_and_the_other_one_is_told(self):
        for paper, one, other in self.race(
            lambda paper: self.anna.change(paper, 11),
            lambda paper: self.paul.change(paper, 12),
        ):
            self.assertCountEqual((one, other), ("change_accepted", "refused"))
            first = one == "change_accepted"
            winner, quantity = (self.anna, 11) if first else (self.paul, 12)
            self.assertEqual(self.facts(paper), ("sent", "issued", 0, quantity, 2))
            self.assertEqual([n for n, *_rest in self.versions(paper)], [1, 2])
            asked = [f"change|accepted|{winner.name}"]
            self.assertEqual(self.requests(paper), asked)
            stories = self.assert_told(paper, ("requested", winner.name))
            self.assertIn("has changed meanwhile", stories[first].alerts)
            self.assertIn(self.name_of(paper, 2), stories[first].alerts)

    def test_pro_forma_is_accepted_or_declined_never_both(self):
        for paper, accepted, declined in self.race(self.anna.accept, self.paul.decline):
            self.assertCountEqual(
                (accepted == "refused", declined == "refused"), (True, False)
            )
            kinds = self.kinds(paper.order)
            self.assertEqual(kinds["accepted"] + kinds["declined"], 1)
            if accepted == "accepted":
                self.assertEqual(self.facts(paper)[:3], ("sale", "accepted", 1))
                _anna, story = self.assert_told(paper, ("signed", self.anna.name))
                self.assertIn("is accepted already", story.alerts)
            else:
                self.assertEqual(self.facts(paper)[:3], ("sent", "declined", 0))
                self.assert_told(paper, ("declined", self.paul.name))

    def test_of_two_offers_one_waits_and_the_other_one_is_told(self):
        for paper, one, other in self.race(
            lambda paper: self.anna.offer(paper, 900),
            lambda paper: self.paul.offer(paper, 800),
        ):
            self.assertCountEqual((one, other), ("offer_asked", "refused"))
            winner = self.anna if one == "offer_asked" else self.paul
            self.assertEqual(self.requests(paper), [f"offer|waiting|{winner.name}"])
            self.assertEqual(self.facts(paper), ("sent", "issued", 0, 10, 1))
            self.assert_told(paper, ("requested", winner.name))

    def test_questions_of_both_about_one_line_are_kept(self):
        for paper, *answers in self.race(
            lambda paper: self.anna.ask_about_line(paper, "How heavy?"),
            lambda paper: self.paul.ask_about_line(paper, "Which colour?"),
            is_contest=False,
        ):
            self.assertEqual(answers, ["asked", "asked"])
            names = (self.anna.name, self.paul.name)
            self.assertCountEqual(
                self.requests(paper), [f"question|waiting|{name}" for name in names]
            )
            self.assertEqual(self.kinds(paper.order)["asked"], 2)
            self.assert_told(paper, *(("asked", name) for name in names))
