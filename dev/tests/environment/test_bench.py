from types import SimpleNamespace

from dev.bench import runner
from dev.tests.environment.common import DevCase


class TestResult(DevCase):
    def result(self, pairs, **values):
        values = {"NAME": "a row", "TARGET": 0.5, **values}
        return runner._result(SimpleNamespace(**values), pairs)

    def test_ratio_is_judged_where_there_is_a_peer(self):
        pairs = [(1.0, 4.0), (2.0, 4.0), (3.0, 4.0)]

        found = self.result(pairs, PEER_DATABASE="all")

        self.assertEqual((found["ours"], found["peer"], found["ratio"]), (2, 4, 0.5))
        self.assertTrue(found["ok"])

    def test_own_seconds_are_judged_where_there_is_none(self):
        pairs = [(0.4, None), (0.6, None), (0.8, None)]

        found = self.result(pairs)

        self.assertEqual((found["ours"], found["ratio"]), (0.6, None))
        self.assertFalse(found["ok"])
        self.assertTrue(self.result(pairs, TARGET=0.7)["ok"])

    def test_row_that_broke_down_is_missed(self):
        self.assertFalse(self.result([], PEER_DATABASE="all")["ok"])

    def test_seconds_are_printed_with_their_unit_and_the_note_below(self):
        found = {**self.result([(0.4, None)] * 3), "note": "1 MB"}

        runner._print([found])

        text = self.printed.getvalue()
        self.assertRegex(text, r"0\.400 s +- +- +0\.000 s +0\.500 s +ok\n")
        self.assertIn("a row: 1 MB", text)
