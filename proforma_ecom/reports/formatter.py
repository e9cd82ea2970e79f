"""Writes the plain values of a document the way its language does."""

import re
from decimal import Decimal

from odoo.tools.misc import babel_locale_parse, format_date, get_lang

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


class DocumentFormatter:
    """Formats decimal and date texts; an empty text stays empty.

    :param odoo.api.Environment env: Any environment.
    :param str lang_code: An active language.
    :param dict currency: `code`, `symbol`, `position` and `decimals`.
    """

    def __init__(self, env, lang_code, currency):
        self.env = env
        self.lang = env["res.lang"].browse(get_lang(env, lang_code).id)
        self.currency = currency
        locale = babel_locale_parse(self.lang.code)
        self.percent_pattern = locale.percent_formats[None].pattern.split(";")[0]

    def amount(self, text):
        """Return an amount of the document's currency, without its symbol."""
        return self._number(text, self.currency["decimals"])

    def price(self, text):
        """Return a unit price: the currency's decimals, and more if there are more."""
        return self._number(
            text, max(self.currency["decimals"], self._significant_decimals(text))
        )

    def money(self, text):
        """Return an amount with the symbol of the document's currency."""
        return self._with_symbol(self.amount(text))

    def price_money(self, text):
        """Return a unit price with the symbol, where no head of a column says it."""
        return self._with_symbol(self.price(text))

    def _with_symbol(self, number):
        symbol = self.currency["symbol"] or self.currency["code"]
        if not number:
            return ""
        if self.currency["position"] == "after":
            return f"{number}{NBSP}{symbol}"
        sign = MINUS if number.startswith(MINUS) else ""
        # "€1,443.60", but "CHF 1,443.60".
        space = NBSP if symbol[-1:].isalpha() else ""
        return f"{sign}{symbol}{space}{number.removeprefix(MINUS)}"

    def extra(self, text):
        """Return what a choice adds to a price, with its sign."""
        money = self.money(text)
        return money if money.startswith(MINUS) else f"+{money}"

    def quantity(self, text):
        """Return a quantity without trailing zeros."""
        return self._number(text, self._significant_decimals(text))

    def percent(self, text):
        """Return a percentage (0-100) with the sign where the language has it."""
        number = self.quantity(text)
        if not number:
            return ""
        pattern = re.sub(r"[#0,.]+", number, self.percent_pattern, count=1)
        return re.sub(r"\s", NBSP, pattern)

    def date(self, text):
        """Return an ISO date in the short form of the language."""
        return format_date(self.env, text, lang_code=self.lang.code)

    def account(self, text):
        """Return an account number; an IBAN in groups of four (ISO 13616)."""
        bare = re.sub(r"\s", "", text)
        if not IBAN.fullmatch(bare):
            return text
        return " ".join(bare[start : start + 4] for start in range(0, len(bare), 4))

    def _number(self, text, decimals):
        if not text:
            return ""
        number = self.lang.format(f"%.{decimals}f", Decimal(text), grouping=True)
        return re.sub(r"\s", NBSP, number).replace("-", MINUS)

    def _significant_decimals(self, text):
        return len((text or "").partition(".")[2].rstrip("0"))
