from odoo.tests import TransactionCase, tagged

from ..reports.colors import INK, MIN_CONTRAST, contrast, readable
from ..reports.formatter import MINUS, NBSP, DocumentFormatter
from ..reports.logo import logo_uri

EURO = {"code": "EUR", "symbol": "€", "position": "after", "decimals": 2}
DOLLAR = {"code": "USD", "symbol": "$", "position": "before", "decimals": 2}
FRANC = {"code": "CHF", "symbol": "CHF", "position": "before", "decimals": 2}
YEN = {"code": "JPY", "symbol": "¥", "position": "before", "decimals": 0}
DINAR = {"code": "TND", "symbol": "DT", "position": "after", "decimals": 3}


@tagged("post_install", "-at_install")
class TestReportTools(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")

    def _get_formatter(self, lang="en_US", currency=EURO):
        return DocumentFormatter(self.env, lang, currency)

    def test_money_is_written_as_language_and_currency_want_it(self):
        for lang, currency, text, expected in (
            ("en_US", DOLLAR, "1443.60", "$1,443.60"),
            ("en_US", EURO, "1443.60", f"1,443.60{NBSP}€"),
            ("fr_FR", EURO, "1443.60", f"1{NBSP}443,60{NBSP}€"),
            ("en_US", FRANC, "1443.60", f"CHF{NBSP}1,443.60"),
            ("en_US", YEN, "150000", "¥150,000"),
            ("fr_FR", DINAR, "1234.567", f"1{NBSP}234,567{NBSP}DT"),
            ("en_US", DOLLAR, "-12.00", f"{MINUS}$12.00"),
            ("en_US", EURO, "", ""),
        ):
            with self.subTest(lang=lang, currency=currency["code"], text=text):
                self.assertEqual(
                    self._get_formatter(lang, currency).money(text), expected
                )

    def test_unit_price_with_a_symbol_keeps_its_further_decimals(self):
        formatter = self._get_formatter()

        self.assertEqual(formatter.price_money("0.1234"), f"0.1234{NBSP}€")
        self.assertEqual(formatter.price_money("514.80"), f"514.80{NBSP}€")
        self.assertEqual(formatter.price_money(""), "")

    def test_unit_price_keeps_its_further_decimals(self):
        formatter = self._get_formatter()

        self.assertEqual(formatter.price("0.0125"), "0.0125")
        self.assertEqual(formatter.price("3.5000"), "3.50")

    def test_quantity_has_no_trailing_zeros(self):
        formatter = self._get_formatter("fr_FR")

        self.assertEqual(formatter.quantity("6.50"), "6,5")
        self.assertEqual(formatter.quantity("48.00"), "48")

    def test_percentage_has_its_sign_where_the_language_has_it(self):
        self.assertEqual(self._get_formatter("en_US").percent("30.00"), "30%")
        self.assertEqual(self._get_formatter("fr_FR").percent("5.50"), f"5,5{NBSP}%")

    def test_iban_is_in_groups_of_four(self):
        formatter = self._get_formatter()

        self.assertEqual(
            formatter.account("FR7699999012340001234567841"),
            "FR76 9999 9012 3400 0123 4567 841",
        )
        self.assertEqual(formatter.account("12-345 678"), "12-345 678")

    def test_pale_colour_of_a_company_is_darkened_until_it_can_be_read(self):
        for color in ("#ffff00", "#fafafa", "#7ad", "#1f5f5b"):
            with self.subTest(color):
                found = contrast(readable(color), "#ffffff")

                self.assertGreaterEqual(found, MIN_CONTRAST)

    def test_what_is_no_colour_gives_the_colour_of_the_text(self):
        for text in ("", None, "red; background: url(x)", "#12"):
            with self.subTest(text):
                self.assertEqual(readable(text), INK)

    def test_logo_that_is_no_picture_is_left_out(self):
        self.assertEqual(logo_uri(b"no picture at all"), "")
