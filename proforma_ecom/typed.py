"""Reads what customers type into the fields of a page. Pure functions."""

import re
from decimal import Decimal

# What people put between the groups of digits: spaces of all kinds, apostrophes.
GROUPING = re.compile(r"(?<=\d)[\s'\u2019](?=\d{3})")

# Digits of ASCII, one decimal mark; no sign, no exponent.
NUMBER = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,6}))?")

# "1,443" is one thousand to some and one to others.
UNCLEAR = re.compile(r"[0-9]{1,3},[0-9]{3}")


def typed_number(value):
    """Return a number that was typed, 0 or more.

    :param value: Anything that a browser may send.
    :return: None if it is no plain number, or nobody can tell which.
    :rtype: Decimal|None
    """
    text = GROUPING.sub("", str(value)[:64].strip())
    match = NUMBER.fullmatch(text)
    if not match or UNCLEAR.fullmatch(text):
        return None
    return Decimal(f"{match[1]}.{match[2] or 0}")


def typed_text(value):
    """Return words that were typed, without what a database cannot keep.

    :param value: Anything that a browser may send.
    :rtype: str
    """
    return value.replace("\0", "").strip() if isinstance(value, str) else ""


def typed_id(value):
    """Return an id that was sent, 0 if it is none.

    :param value: Anything that a browser may send.
    :rtype: int
    """
    text = str(value).strip() if isinstance(value, (str, int)) else ""
    is_id = text.isascii() and text.isdigit() and len(text) <= 9
    return int(text) if is_id else 0


def plain(number):
    """Return a number as a field of a page holds it: no exponent, no needless zeros.

    :rtype: str
    """
    text = f"{Decimal(str(number)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
