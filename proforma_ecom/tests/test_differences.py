import random
from copy import deepcopy

from odoo.tests import BaseCase, tagged

from ..reports.differences import compare, pair_lines
from ..reports.sample_document import (
    ENGLISH,
    sample_document,
    sample_line,
    sample_text_line,
)


def _identify(line):
    return line and (line["kind"], line["name"], line["quantity"])


@tagged("post_install", "-at_install")
class TestDifferences(BaseCase):
    """What changed between two documents, without a database."""

    def setUp(self):
        super().setUp()
        self.old = sample_document(lines=4)
        for key, line in enumerate(self.old["lines"], 1):
            line["key"] = key
        self.new = deepcopy(self.old)

    def _compare_lines(self):
        changes = compare(self.old, self.new)
        self.assertFalse(
            [part for part in changes if changes[part] and part != "lines"]
        )
        return changes["lines"]

    def test_same_document_has_no_differences(self):
        self.assertFalse(any(compare(self.old, self.new).values()))

    def test_each_field_of_a_line_is_told(self):
        for name, value in (
            ("name", "Another oven"),
            ("description", "Another delivery"),
            ("quantity", "2.00"),
            ("uom", "Dozens"),
            ("price_unit", "3300.00"),
            ("discount", ""),
            ("taxes", ["5.5%"]),
            ("subtotal", "1.00"),
            ("total", "1.00"),
        ):
            with self.subTest(name):
                self.setUp()
                line = self.new["lines"][0]
                before, line[name] = line[name], value

                [change] = self._compare_lines()

                self.assertEqual(change["change"], "changed")
                self.assertEqual(
                    change["fields"], [{"name": name, "old": before, "new": value}]
                )

    def test_line_that_moved_has_not_changed(self):
        lines = self.new["lines"]
        lines.append(lines.pop(0))
        for position, line in enumerate(lines, 1):
            line["position"] = position

        self.assertEqual(self._compare_lines(), [])

    def test_line_that_was_entered_again_has_not_changed(self):
        self.new["lines"][2]["key"] = 99

        self.assertEqual(self._compare_lines(), [])

    def test_key_tells_a_line_whose_product_was_replaced(self):
        line = self.new["lines"][1]
        line.update(name="Mixer 80 l", reference="SM-80")

        [change] = self._compare_lines()

        self.assertEqual((change["change"], change["new"]), ("changed", line))

    def test_added_and_removed_lines_stand_where_they_are_or_were(self):
        added = {**sample_line(8, ENGLISH), "key": 50}
        removed = [self.new["lines"].pop(1), self.new["lines"].pop(1)]
        self.new["lines"].append(added)

        changes = self._compare_lines()

        self.assertEqual(
            [(change["change"], change["old"] or change["new"]) for change in changes],
            [("removed", removed[0]), ("removed", removed[1]), ("added", added)],
        )

    def test_first_line_that_was_removed_stands_first(self):
        removed = self.new["lines"].pop(0)
        self.new["lines"][0]["quantity"] = "7.00"

        changes = self._compare_lines()

        self.assertEqual(changes[0]["old"], removed)
        self.assertEqual(changes[1]["change"], "changed")

    def test_amount_of_a_section_follows_from_its_lines(self):
        section = sample_text_line("section", "Kitchen", subtotal="10.00")
        self.old["lines"].insert(0, {**section, "key": 20})
        self.new["lines"].insert(0, {**section, "key": 20, "subtotal": "12.00"})

        self.assertEqual(self._compare_lines(), [])

    def test_documents_without_keys_pair_equal_lines_first(self):
        for document in (self.old, self.new):
            document["lines"] = [
                sample_line(1, ENGLISH, quantity=f"{quantity}.00")
                for quantity in (1, 2, 3)
            ]
        self.new["lines"].pop(0)

        [change] = self._compare_lines()

        self.assertEqual(change["change"], "removed")
        self.assertEqual(change["old"]["quantity"], "1.00")

    def test_documents_without_keys_pair_the_same_product_in_order(self):
        for document in (self.old, self.new):
            document["lines"] = [
                sample_line(1, ENGLISH, quantity=f"{quantity}.00")
                for quantity in (1, 2)
            ]
        for line, quantity in zip(self.new["lines"], ("5.00", "6.00"), strict=True):
            line["quantity"] = quantity

        self.assertEqual(
            [change["fields"][0]["old"] for change in self._compare_lines()],
            ["1.00", "2.00"],
        )

    def test_options_that_an_old_document_describes_have_not_changed(self):
        self.old["lines"][0]["description"] = "Three decks\nColour : Graphite"
        self.new["lines"][0].update(
            description="Three decks",
            options=[{"name": "Colour", "value": "Graphite", "extra": "40.00"}],
        )

        self.assertEqual(self._compare_lines(), [])

    def test_option_that_changed_is_told(self):
        for document, value in ((self.old, "White"), (self.new, "Graphite")):
            document["lines"][0]["options"] = [
                {"name": "Colour", "value": value, "extra": ""}
            ]

        [change] = self._compare_lines()

        self.assertEqual(change["fields"][0]["name"], "options")

    def test_facts_are_told(self):
        for name, value in (
            ("valid_until", "2030-01-31"),
            ("customer_reference", ""),
            ("payment_term", "60 days"),
            ("tax_included_display", True),
        ):
            with self.subTest(name):
                self.setUp()
                before = self.old["document"][name]
                self.new["document"][name] = value

                self.assertEqual(
                    compare(self.old, self.new)["facts"],
                    [{"name": name, "old": before, "new": value}],
                )

    def test_other_currency_changes_all_totals(self):
        self.new["document"]["currency"]["code"] = "CHF"

        changes = compare(self.old, self.new)

        self.assertEqual(
            changes["facts"], [{"name": "currency", "old": "EUR", "new": "CHF"}]
        )
        self.assertEqual(
            {change["name"] for change in changes["totals"]},
            {"untaxed", "taxes", "tax", "total"},
        )

    def test_taxes_are_compared_by_their_label(self):
        tax = self.new["totals"]["taxes"][0]
        before, tax["label"] = tax["label"], "VAT 10%"

        self.assertEqual(
            compare(self.old, self.new)["totals"],
            [
                {"name": "taxes", "label": before, "old": tax["amount"], "new": ""},
                {"name": "taxes", "label": "VAT 10%", "old": "", "new": tax["amount"]},
            ],
        )

    def test_two_taxes_of_the_same_label_are_two(self):
        for document, amount in ((self.old, "1.00"), (self.new, "2.00")):
            document["totals"]["taxes"] = [
                {"label": "VAT", "base": "50.00", "amount": "10.00"},
                {"label": "VAT", "base": "5.00", "amount": amount},
            ]

        [change] = compare(self.old, self.new)["totals"]

        self.assertEqual((change["old"], change["new"]), ("1.00", "2.00"))

    def test_address_is_told_as_rows(self):
        self.new["customer"]["address"][0] = "7 rue Neuve"

        [party] = compare(self.old, self.new)["parties"]

        self.assertEqual(party["name"], "customer")
        self.assertIn("3 place du Marché", party["old"])
        self.assertIn("7 rue Neuve", party["new"])

    def test_delivery_address_that_is_new_is_told(self):
        self.old["delivery"] = None

        [party] = compare(self.old, self.new)["parties"]

        self.assertEqual(party["old"], [])
        self.assertIn("Boutique Bellecour", party["new"])

    def test_what_an_old_document_does_not_know_has_not_changed(self):
        self.new["customer"].update(eori="FR123", legal_form="SARL", registry="RCS")
        self.new["document"]["incoterm"] = "EXW"
        self.new["terms"]["warranty"] = "Two years"
        mentions = [{"code": "x", "kind": "y", "text": t} for t in self.old["mentions"]]
        self.new["mentions"] = mentions

        self.assertFalse(any(compare(self.old, self.new).values()))

    def test_deposits_are_compared_by_their_place(self):
        first, second = self.new["deposits"]
        first["amount"] = "1.00"
        self.new["deposits"].append({**second, "position": 3})

        changes = compare(self.old, self.new)["deposits"]

        self.assertEqual(
            [(change["number"], change["old"] is None) for change in changes],
            [(1, False), (3, True)],
        )

    def test_texts_are_told_by_name(self):
        self.new["terms"]["note"] = "<p>Other terms</p>"
        self.new["mentions"] = ["Another sentence."]

        self.assertEqual(compare(self.old, self.new)["texts"], ["note", "mentions"])

    def _get_random_lines(self, rng, has_keys):
        keys = rng.sample(range(1, 9), rng.randint(0, 6))
        return [
            {
                **sample_line(rng.randint(1, 4), ENGLISH),
                "quantity": f"{rng.randint(1, 2)}.00",
                **({"key": key} if has_keys else {}),
            }
            for key in keys
        ]

    def test_any_two_documents_differ_by_what_was_added_and_removed(self):
        rng = random.Random(20261124)
        for _round in range(500):
            has_keys = rng.random() < 0.5
            old = self._get_random_lines(rng, has_keys)
            new = self._get_random_lines(rng, has_keys)

            pairs = pair_lines(old, new)

            self.assertEqual([a for _b, a in pairs if a is not None], new)
            self.assertCountEqual([b for b, _a in pairs if b is not None], old)
            removed = [b for b, a in pairs if a is None]
            added = [a for b, a in pairs if b is None]
            kept = [(b, a) for b, a in pairs if a is not None and b is not None]
            self.assertEqual(len(old) - len(removed) + len(added), len(new))
            for before, after in kept:
                self.assertTrue(
                    (has_keys and before["key"] == after["key"])
                    or before["name"] == after["name"]
                )
            # Nothing is called removed that stands in the other document.
            self.assertFalse(
                {_identify(line) for line in removed}
                & {_identify(line) for line in added}
            )
