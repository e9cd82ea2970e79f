"""Amounts in words: pure functions over num2words.

num2words says the numbers; agreement, names of currencies and sub-units are ours, as
its own are wrong in places ("deux cents trois" in Belgium, 0.07 as seventy). Only
decimal arithmetic is used.
"""

import re
from decimal import Decimal, InvalidOperation

from babel.numbers import get_currency_name
from num2words import num2words

from .currency_names import (
    CURRENCY_NAMES,
    FRENCH_FEMININE,
    OTHER_LANGUAGES,
    OTHER_LANGUAGES_LEFT_OUT,
)

# Names of the large numbers are certain below, and no amount reaches it.
LIMIT = 10**15

# Long scale, as in all French-speaking countries.
FRENCH_SCALES = ((10**12, "billion"), (10**9, "milliard"), (10**6, "million"))

# What num2words writes wrong, by language: accents and "de" after a round million in
# Spanish, a misspelt ninety in Polish, a Latin letter in Ukrainian.
MENDED = {
    "es": (
        (re.compile(r"\bveintiun\b"), "veintiún"),
        (re.compile(r"\bun dolar\b"), "un dólar"),
        (re.compile(r"(mill(?:ón|ones)) (?=euros|dólares|soles)"), r"\1 de "),
    ),
    "pl": ((re.compile("dziewięćdzisiąt"), "dziewięćdziesiąt"),),
    "uk": ((re.compile("i"), "і"),),
}


def amount_in_words(text, currency_code, lang_code):
    """Return an amount in words.

    :param str text: The amount as decimal text, rounded to the currency ("1443.60").
    :param str currency_code: ISO 4217 code.
    :param str lang_code: Code of a language of Odoo ("fr_FR", "sr@latin").
    :return: "" if it cannot be said properly in this language.
    :rtype: str
    """
    try:
        amount = Decimal(text)
    except (InvalidOperation, TypeError, ValueError):
        return ""
    if not amount.is_finite() or abs(amount) >= LIMIT:
        return ""
    language = re.split(r"[_@-]", lang_code or "")[0]
    if language == "fr":
        words = _say(abs(amount), currency_code, lang_code, _French)
        minus = "moins "
    elif language == "en":
        words = _say(abs(amount), currency_code, lang_code, _English)
        minus = "minus "
    else:
        return _say_as_num2words(amount, currency_code, language, lang_code)
    return f"{minus}{words}" if words and amount < 0 else words


class _English:
    """How English says counted things."""

    joint = "and"
    locale = "en"
    names = slice(3, 5)

    @staticmethod
    def count(number, names, lang_code):
        # Lakhs and crores are what a reader in India expects.
        is_indian = lang_code == "en_IN" and number < 10**9
        words = num2words(number, lang="en_IN" if is_indian else "en")
        return f"{words.replace(',', '')} {names[number != 1]}"


class _French:
    """How French says counted things; a number below 2 is singular."""

    joint = "et"
    locale = "fr"
    names = slice(1, 3)

    @staticmethod
    def count(number, names, lang_code):
        name = names[number >= 2]
        words = _french_cardinal(number, lang_code)
        if words.endswith("un") and names[0].split()[0] in FRENCH_FEMININE:
            words += "e"
        if number and not number % 10**6:
            # "un million d’euros": million is a noun, unlike mille.
            return f"{words} d’{name}" if name[0] in "aeiouéè" else f"{words} de {name}"
        return f"{words} {name}"


def _say(amount, currency_code, lang_code, grammar):
    """Return a positive amount in French or English."""
    integer = int(amount)
    fraction = amount - integer
    factor, names, minor_names = _get_names(currency_code, integer, grammar)
    if not names:
        return ""
    units = grammar.count(integer, names, lang_code)
    if not fraction:
        return units
    minor = fraction * factor
    if not minor_names or minor != int(minor):
        digits = format(fraction, "f").partition(".")[2]
        return f"{units} {grammar.joint} {digits}/1{'0' * len(digits)}"
    minor_units = grammar.count(int(minor), minor_names, lang_code)
    return f"{units} {grammar.joint} {minor_units}" if integer else minor_units


def _get_names(currency_code, number, grammar):
    """Return how many sub-units a unit has, the unit's names and the sub-unit's.

    Currencies that we do not know by name take the one of the CLDR, whose sub-unit is
    not known: two equal names, in the number asked for.
    """
    if known := CURRENCY_NAMES.get(currency_code):
        return known[0], *known[grammar.names]
    singular, name = (
        get_currency_name(currency_code, count=count, locale=grammar.locale)
        for count in (1, number)
    )
    if name == currency_code or currency_code == "XXX":
        return 1, None, None
    return 1, (singular, name), None


def _french_cardinal(number, lang_code):
    """Return a number below `LIMIT` in French words."""
    if not number:
        return "zéro"
    words = []
    for scale, name in FRENCH_SCALES:
        count, number = divmod(number, scale)
        if count:
            plural = "s" if count > 1 else ""
            words += [_french_hundreds(count, lang_code), f"{name}{plural}"]
    thousands, units = divmod(number, 1000)
    if thousands > 1:
        # Before "mille", an adjective, "cent" and "vingt" do not agree.
        words.append(_french_hundreds(thousands, lang_code, is_last=False))
    if thousands:
        words.append("mille")
    if units:
        words.append(_french_hundreds(units, lang_code))
    return " ".join(words)


def _french_hundreds(number, lang_code, is_last=True):
    """Return a number from 1 to 999.

    :param bool is_last: Whether "cent" and "vingt" take an "s" at the end.
    """
    hundreds, rest = divmod(number, 100)
    words = [num2words(hundreds, lang="fr")] if hundreds > 1 else []
    if hundreds:
        agrees = hundreds > 1 and not rest and is_last
        words.append("cents" if agrees else "cent")
    if rest:
        words.append(_french_tens(rest, lang_code, is_last))
    return " ".join(words)


def _french_tens(number, lang_code, is_last):
    """Return a number from 1 to 99, as the country says it."""
    is_eighty = 80 <= number <= 89
    variant = "fr"
    if lang_code == "fr_CH" or (lang_code == "fr_BE" and not is_eighty):
        variant = lang_code
    words = num2words(number, lang=variant)
    return words if is_last else re.sub("vingts$", "vingt", words)


def _say_as_num2words(amount, currency_code, language, lang_code):
    """Return the words of num2words, if it knows this currency in this language."""
    name, currencies = OTHER_LANGUAGES.get(language, ("", ()))
    if (
        currency_code not in currencies
        or lang_code in OTHER_LANGUAGES_LEFT_OUT
        or amount != amount.quantize(Decimal("0.01"))
    ):
        return ""
    try:
        words = num2words(amount, lang=name, to="currency", currency=currency_code)
    except (NotImplementedError, OverflowError):
        return ""
    words = " ".join(words.split())
    for pattern, mended in MENDED.get(language, ()):
        words = pattern.sub(mended, words)
    return words
