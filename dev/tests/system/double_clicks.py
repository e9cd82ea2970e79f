"""The same form of a pro forma's page, sent several times at the same instant."""

CLICKS, CLICK_ROUNDS = 4, 3
# What the tests below take.
CLICKED_PAPERS = 6 * CLICK_ROUNDS


class DoubleClicks:
    """Tests for a :class:`people.NegotiationCase`: they share its server."""

    def click(self, send):
        """Let Anna send a form several times at once; yield the pro forma of each round
        and the one answer that all clicks got.

        :param send: given a pro forma
        """
        for _round in range(CLICK_ROUNDS):
            paper = self.take()
            answers = self.at_once(lambda _n, p=paper: send(p), range(CLICKS))
            self.assertEqual(len(set(answers)), 1, answers)
            yield paper, answers[0]

    def test_change_within_the_limit_gives_one_new_version(self):
        for paper, answer in self.click(lambda paper: self.anna.change(paper, 11)):
            self.assertEqual(answer, "change_accepted")
            self.assertEqual(self.facts(paper), ("sent", "issued", 0, 11, 2))
            self.assertEqual([n for n, *_rest in self.versions(paper)], [1, 2])
            asked = [f"change|accepted|{self.anna.name}"]
            self.assertEqual(self.requests(paper), asked)

    def test_change_beyond_the_limit_waits_once(self):
        for paper, answer in self.click(lambda paper: self.anna.change(paper, 90)):
            self.assertEqual(answer, "change_asked")
            self.assertEqual(self.facts(paper), ("sent", "revising", 0, 10, 1))
            asked = [f"change|waiting|{self.anna.name}"]
            self.assertEqual(self.requests(paper), asked)

    def test_offer_waits_once(self):
        for paper, answer in self.click(lambda paper: self.anna.offer(paper, 900)):
            self.assertEqual(answer, "offer_asked")
            asked = [f"offer|waiting|{self.anna.name}"]
            self.assertEqual(self.requests(paper), asked)

    def assert_asked_once(self, paper, answer):
        self.assertEqual(answer, "asked")
        self.assertEqual(self.requests(paper), [f"question|waiting|{self.anna.name}"])
        self.assertEqual(self.kinds(paper.order)["asked"], 1)
        messages = self.ask(
            "SELECT id FROM mail_message WHERE model = 'sale.order' AND body LIKE"
            f" '%How heavy%' AND message_type = 'comment' AND res_id = {paper.order}"
        )
        self.assertEqual(len(messages), 1)

    def test_question_on_the_whole_is_asked_once(self):
        question = {"question": "How heavy is it?"}
        for paper, answer in self.click(
            lambda paper: self.anna.post(paper, "/question", **question)
        ):
            self.assert_asked_once(paper, answer)

    def test_question_on_a_line_is_asked_once(self):
        for paper, answer in self.click(
            lambda paper: self.anna.ask_about_line(paper, "How heavy is it?")
        ):
            self.assert_asked_once(paper, answer)

    def test_feedback_is_given_once(self):
        def rate(paper):
            return self.anna.post(paper, "/feedback", rate=4, remark="Quick")

        for paper in self.papers[-CLICK_ROUNDS:]:
            self.assertEqual(self.anna.decline(paper), "declined")
        for paper, answer in self.click(rate):
            self.assertEqual(answer, "rated")
            self.assertEqual(self.kinds(paper.order)["rated"], 1)
            ratings = self.ask(
                "SELECT rating FROM rating_rating WHERE consumed AND"
                f" res_model = 'sale.order' AND res_id = {paper.order}"
            )
            self.assertEqual(ratings, ["4"])
