from datetime import date, datetime

from odoo.tests import BaseCase, tagged
from odoo.tools import float_round

from ..schedule import (
    creditor_reference,
    creditor_references_in,
    sequence_pattern,
    split_total,
)
from ..utils import (
    canonical_json,
    deadline_of,
    decimal_text,
    destination_of,
    group_text,
    keep_known_keys,
    network_of,
    new_code,
    normalize_code,
    option_rows,
    sha256_hex,
    territory_of,
    texts_in,
    today_in,
    without_rows,
)


@tagged("post_install", "-at_install")
class TestUtils(BaseCase):
    def test_deadline_is_the_end_of_the_day_in_the_zone(self):
        paris, auckland, santiago = (
            (zone, 0)
            for zone in ("Europe/Paris", "Pacific/Auckland", "America/Santiago")
        )
        for day, zone, grace, expected, reason in [
            (date(2026, 1, 15), "UTC", 0, datetime(2026, 1, 16), "plain"),
            (date(2026, 1, 15), "Europe/Paris", 0, datetime(2026, 1, 15, 23), "winter"),
            (date(2026, 7, 15), "Europe/Paris", 0, datetime(2026, 7, 15, 22), "summer"),
            (
                date(2026, 3, 28),
                "Europe/Paris",
                0,
                datetime(2026, 3, 28, 23),
                "eve of DST",
            ),
            (
                date(2026, 3, 29),
                "Europe/Paris",
                0,
                datetime(2026, 3, 29, 22),
                "23 h day",
            ),
            (
                date(2026, 10, 25),
                "Europe/Paris",
                0,
                datetime(2026, 10, 25, 23),
                "25 h day",
            ),
            (
                date(2026, 12, 31),
                "Pacific/Kiritimati",
                0,
                datetime(2026, 12, 31, 10),
                "+14",
            ),
            (
                date(2026, 2, 28),
                "America/New_York",
                0,
                datetime(2026, 3, 1, 5),
                "month end",
            ),
            (date(2028, 2, 29), "UTC", 0, datetime(2028, 3, 1), "leap day"),
            # 23 hours from the end of the 27th to that of the 28th, then 25.
            (date(2027, 3, 27), *paris, datetime(2027, 3, 27, 23), "eve of summer"),
            (date(2027, 3, 28), *paris, datetime(2027, 3, 28, 22), "summer begins"),
            (date(2027, 10, 30), *paris, datetime(2027, 10, 30, 22), "eve of winter"),
            (date(2027, 10, 31), *paris, datetime(2027, 10, 31, 23), "winter begins"),
            # The grace is hours that pass, not hands of a clock.
            (date(2027, 3, 27), paris[0], 3, datetime(2027, 3, 28, 2), "23 h, grace"),
            (
                date(2027, 10, 30),
                paris[0],
                3,
                datetime(2027, 10, 31, 1),
                "25 h, grace",
            ),
            (date(2027, 4, 3), *auckland, datetime(2027, 4, 3, 11), "last of +13"),
            (date(2027, 4, 4), *auckland, datetime(2027, 4, 4, 12), "first of +12"),
            (date(2027, 9, 25), *auckland, datetime(2027, 9, 25, 12), "last of +12"),
            (date(2027, 9, 26), *auckland, datetime(2027, 9, 26, 11), "first of +13"),
            # Santiago changes at midnight: this day has 23:00 to 24:00 twice, that
            # one begins at 01:00.
            (date(2027, 4, 3), *santiago, datetime(2027, 4, 4, 4), "midnight twice"),
            (date(2027, 9, 4), *santiago, datetime(2027, 9, 5, 4), "no midnight"),
            (date(2027, 9, 5), *santiago, datetime(2027, 9, 6, 3), "a day without 0 h"),
            (date(2026, 1, 15), "UTC", 6.5, datetime(2026, 1, 16, 6, 30), "grace"),
        ]:
            with self.subTest(reason):
                self.assertEqual(deadline_of(day, zone, grace), expected)

    def test_today_is_the_day_of_the_zone(self):
        now = datetime(2026, 12, 31, 23, 30)

        self.assertEqual(today_in("UTC", now), date(2026, 12, 31))
        self.assertEqual(today_in("Europe/Paris", now), date(2027, 1, 1))
        self.assertEqual(today_in("America/New_York", now), date(2026, 12, 31))

    def test_decimal_text_has_no_negative_zero(self):
        self.assertEqual(decimal_text(-0.001, 2), "0.00")

    def test_decimal_text_keeps_the_sign_of_an_amount(self):
        self.assertEqual(decimal_text(-12.5, 2), "-12.50")

    def test_canonical_json_does_not_depend_on_the_order_of_keys(self):
        self.assertEqual(
            canonical_json({"b": "é", "a": [1]}), canonical_json({"a": [1], "b": "é"})
        )

    def test_sha256_separates_its_parts(self):
        self.assertNotEqual(sha256_hex("ab", "c"), sha256_hex("a", "bc"))

    def test_territory_is_found_by_country_and_postcode(self):
        for country, zip_code, expected, reason in [
            ("FR", "69003", "FR", "mainland"),
            ("FR", "97 400", "RE", "overseas department, with a space"),
            ("FR", "98000", "FR", "Monaco's postcode, one area with France"),
            ("FR", "98800", "NC", "overseas country"),
            ("ES", "35001", "IC", "Canary Islands"),
            ("DE", "97400", "DE", "the same postcode elsewhere"),
            ("re", None, "RE", "a country of its own in the list"),
            (False, "97400", "", "no country"),
        ]:
            with self.subTest(reason):
                self.assertEqual(territory_of(country, zip_code), expected)

    def test_destination_is_a_matter_of_vat_areas(self):
        union = {"FR", "DE", "ES"}
        for origin, target, supply, expected, reason in [
            ("FR", "FR", "goods", "domestic", "at home"),
            ("FR", "MC", "goods", "domestic", "Monaco is one area with France"),
            ("FR", "DE", "goods", "eu", "another member state"),
            ("FR", "RE", "goods", "export", "overseas is outside of the area"),
            ("FR", "RE", "services", "domestic", "the state is the same"),
            ("GP", "MQ", "goods", "domestic", "both are one area"),
            ("RE", "GP", "goods", "export", "these are not"),
            ("RE", "DE", "goods", "export", "overseas is outside both ways"),
            ("DE", "IC", "services", "export", "outside of the area for a foreigner"),
            ("FR", "XI", "goods", "eu", "Windsor Framework"),
            ("FR", "XI", "services", "export", "which is about goods"),
            ("CH", "DE", "goods", "export", "the issuer is outside"),
            ("", "FR", "goods", "", "unknown issuer"),
            ("FR", "", "goods", "", "unknown customer"),
        ]:
            with self.subTest(reason):
                found = destination_of(origin, target, supply, union)

                self.assertEqual(found, expected)

    def test_split_adds_up_to_the_total(self):
        for total, shares, digits, expected, reason in [
            (100.0, [30, 70], 2, [30.0, 70.0], "even"),
            (0.05, [30, 70], 2, [0.02, 0.03], "cents"),
            (100.01, [33.33, 33.33, 33.34], 2, [33.33, 33.33, 33.35], "thirds"),
            (1001.0, [50, 50], 0, [501.0, 500.0], "currency without cents"),
            (10.001, [30, 70], 3, [3.0, 7.001], "three decimals"),
            (100.0, [], 2, [], "no instalment"),
        ]:
            with self.subTest(reason):
                amounts = split_total(
                    total, shares, lambda a, d=digits: float_round(a, d)
                )

                self.assertEqual(amounts, expected)

    def test_only_known_keys_are_kept(self):
        for value, known, kept, reason in (
            ({"a": 1, "b": 2}, {"a": 0}, {"a": 1}, "a later key"),
            ({"a": 1}, {"a": 0, "b": 0}, {"a": 1}, "a lost key is not made up"),
            ([{"a": 1, "b": 2}], [{"a": 0}], [{"a": 1}], "in lists"),
            ([{"a": 1}, 2], [{"a": 0}], [{"a": 1}, 2], "nothing of a longer list"),
            ([], [1], [], "nor of a shorter one"),
            ({"a": {"b": 1}}, {"a": None}, {"a": {"b": 1}}, "another kind"),
        ):
            with self.subTest(reason):
                self.assertEqual(keep_known_keys(value, known), kept)

    def test_rows_are_left_out_whatever_the_space_around_a_colon(self):
        text = "Three decks\nCouleur\u00a0: Gris, Noir\n\nGravure: Autre: Chez: nous"
        rows = option_rows(
            [
                {"name": "Couleur", "value": "Gris"},
                {"name": "Couleur", "value": "Noir"},
                {"name": "Gravure", "value": "Autre: Chez: nous"},
            ]
        )

        self.assertEqual(without_rows(text, rows), "Three decks")

    def test_text_without_unwanted_rows_stays(self):
        self.assertEqual(without_rows("One\n\nTwo", ["", "Three"]), "One\n\nTwo")

    def test_network_address_is_shortened(self):
        for address, bits, expected, reason in [
            ("192.0.2.77", (24, 48), "192.0.2.0/24", "IPv4"),
            ("2001:db8:1:2:3::4", (24, 48), "2001:db8:1::/48", "IPv6"),
            ("::ffff:192.0.2.77", (24, 48), "192.0.2.0/24", "IPv4 in IPv6"),
            ("fe80::1%eth0", (24, 48), "fe80::/48", "with its interface"),
            ("192.0.2.77", (32, 128), "192.0.2.77", "complete IPv4"),
            ("2001:DB8::4", (32, 128), "2001:db8::4", "complete IPv6"),
            (" 192.0.2.77 ", (24, 48), "192.0.2.0/24", "blanks"),
            ("", (24, 48), "", "empty"),
            (None, (24, 48), "", "unknown"),
            ("192.0.2.777", (24, 48), "", "no byte"),
            ("unix:/run/odoo.sock", (24, 48), "", "socket"),
            ("192.0.2.77, 198.51.100.1", (24, 48), "", "two"),
        ]:
            with self.subTest(reason):
                self.assertEqual(network_of(address, bits), expected)

    def test_code_is_read_however_it_is_typed(self):
        for text, expected, reason in [
            ("7K3MQ2ZD0XV9", "7K3MQ2ZD0XV9", "as stored"),
            ("7k3m-q2zd-0xv9", "7K3MQ2ZD0XV9", "lower case with dashes"),
            (" 7K3M Q2ZD\t0XV9\n", "7K3MQ2ZD0XV9", "blanks"),
            ("7K3M–Q2ZD—0XV9", "7K3MQ2ZD0XV9", "other dashes"),
            ("oOiI-lL00-1111", "001111001111", "misread letters"),
            ("7K3M-Q2ZD-0XV", "", "too short"),
            ("7K3M-Q2ZD-0XV99", "", "too long"),
            ("7K3M-Q2ZD-0XVU", "", "no letter of a code"),
            ("7K3M-Q2ZD-0XV٩", "", "digit of another script"),
            ("", "", "empty"),
            (None, "", "nothing"),
        ]:
            with self.subTest(reason):
                self.assertEqual(normalize_code(text), expected)

    def test_new_code_is_one(self):
        code = new_code()

        self.assertEqual(normalize_code(code), code)

    def test_text_is_grouped(self):
        for text, size, expected, reason in [
            ("abcdef", 3, "abc-def", "even"),
            ("abcdefg", 3, "abc-def-g", "rest"),
            ("", 3, "", "empty"),
            (False, 3, "", "nothing"),
        ]:
            with self.subTest(reason):
                self.assertEqual(group_text(text, size, "-"), expected)

    def test_reference_is_found_in_what_a_bank_says(self):
        reference = creditor_reference("PF/2026/00042", 1)
        other = creditor_reference("PF/2026/00042", 2)
        wrong = f"RF{(int(reference[2:4]) + 1) % 97:02d}{reference[4:]}"
        printed = group_text(reference, 4)
        for text, expected, reason in [
            (reference, [reference], "as it is"),
            (printed, [reference], "groups of four"),
            (printed.lower(), [reference], "lower case"),
            (f" {group_text(reference, 1)} ", [reference], "a space everywhere"),
            (group_text(reference, 4, "-"), [reference], "dashes"),
            (group_text(reference, 9, "\n"), [reference], "wrapped"),
            (f"Order of May, {printed}.", [reference], "text around"),
            (f"SVWZ+{reference}", [reference], "a mark of the bank before it"),
            (f"RF {printed}", [reference], "the letters twice"),
            (f"{printed} {printed}", [reference], "the same one twice"),
            (f"{printed} + {other}", [reference, other], "two references"),
            (f"{reference}{other}", [reference, other], "two without a space"),
            (wrong, [], "wrong check digits"),
            (reference[:-1], [], "too short"),
            (reference.replace("RF", "FR"), [], "other letters"),
            ("RF", [], "nothing but the letters"),
            ("RF00", [], "no body"),
            ("", [], "empty"),
            (None, [], "nothing"),
        ]:
            with self.subTest(reason):
                self.assertEqual(creditor_references_in(text), expected)

    def test_every_reference_is_found_again(self):
        for number in ("PF/2026/00001", "1", "A-é-7", "LONG/PREFIX/2026/0000123456"):
            for position in (1, 9, 10, 99):
                reference = creditor_reference(number, position)
                text = f"Payment {group_text(reference.lower(), 4)}, thanks"
                with self.subTest(reference):
                    self.assertIn(reference, creditor_references_in(text))

    def test_wrong_digit_is_no_reference_of_the_same_deposit(self):
        reference = creditor_reference("PF/2026/00042", 1)
        for place, letter in enumerate(reference[2:], start=2):
            if letter.isdigit():
                digit = str((int(letter) + 1) % 10)
                typed = reference[:place] + digit + reference[place + 1 :]
                with self.subTest(typed):
                    self.assertNotIn(typed, creditor_references_in(typed))

    def test_reference_holds_what_the_sequence_looks_like(self):
        for text, expected in [
            ("PF/%(range_year)s/", r"PF\d+"),
            ("pro-forma %(y)s.%(month)s.", r"PROFORMA\d+\d+"),
            ("(é+*)", ""),
            (False, ""),
        ]:
            with self.subTest(text):
                self.assertEqual(sequence_pattern(text), expected)

    def test_texts_in_nested_data(self):
        for value, expected in [
            (None, ""),
            (12, ""),
            ("a", "a"),
            ({"x": ["a", {"y": "b", "z": None}], "n": 1}, "a b"),
        ]:
            with self.subTest(value):
                self.assertEqual(texts_in(value), expected)
