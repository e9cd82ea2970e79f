"""Pure functions of the schedule: amounts, days and references of instalments."""

import re
import unicodedata
from datetime import timedelta

from stdnum import iso11649
from stdnum.iso7064 import mod_97_10


def split_total(total, weights, round_amount):
    """Split an amount in proportion; the last part takes the remainder.

    No part is negative: where rounding up has used up the total, the rest is zero.

    :param float total: The amount to split, not negative.
    :param list weights: Numbers that are not negative, percentages for instance.
    :param callable round_amount: Rounds to the currency.
    :return: One amount a weight; their sum is the total.
    :rtype: list[float]
    """
    whole = sum(weights) or 1
    return instalment_amounts(
        total,
        0.0,
        [*(("fixed", total * w / whole) for w in weights[:-1]), ("balance", 0.0)],
        round_amount,
    )[: len(weights)]


def instalment_amounts(total, untaxed, instalments, round_amount):
    """Return the amounts of the instalments of a schedule.

    Where they make up the total (see `is_whole`), each takes what it asks for as far as
    something is left, and the last one all that is left. Else each is what it says.

    :param float total: With taxes.
    :param float untaxed: Without taxes.
    :param list instalments: Pairs of a type (see `DEPOSIT_AMOUNT_TYPES`) and a value:
        percent (0-100) or an amount.
    :param callable round_amount: Rounds to the currency.
    :return: One amount an instalment, none negative.
    :rtype: list[float]
    """
    left = max(round_amount(total), 0.0)
    is_complete, amounts = is_whole(instalments), []
    for kind, value in instalments:
        wanted = {
            "percent": total * value / 100,
            "percent_untaxed": untaxed * value / 100,
            "fixed": value,
            "balance": left,
        }[kind]
        amount = max(round_amount(wanted), 0.0)
        amounts.append(min(amount, left) if is_complete else amount)
        left = round_amount(left - amounts[-1])
    if is_complete:
        amounts[-1] = round_amount(amounts[-1] + left)
    return amounts


def is_whole(instalments):
    """Return whether instalments make up a total, whatever it is: they are shares of
    it that add up to 100 %, or the last one and no other is "the rest".

    :param list instalments: See `instalment_amounts`.
    """
    kinds = [kind for kind, _value in instalments]
    if "balance" in kinds:
        return kinds.index("balance") == len(kinds) - 1
    shares = sum(value for _kind, value in instalments)
    return set(kinds) == {"percent"} and abs(shares - 100) < 0.0001


def due_date_of(trigger, accepted_on, days=0, fixed_on=None, delivery_on=None):
    """Return the day on which an instalment is due, or None while nobody knows it.

    No day is before the acceptance.

    :param str trigger: See `DEPOSIT_TRIGGERS`.
    :param date accepted_on: The company's day of the acceptance.
    :param int days: Calendar days after the acceptance or before the delivery.
    :param date fixed_on: The day of a fixed date.
    :param date delivery_on: The company's day of the promised delivery, if any.
    :rtype: date|None
    """
    day = {
        "acceptance": accepted_on,
        "after_acceptance": accepted_on + timedelta(days=days),
        "before_delivery": delivery_on and delivery_on - timedelta(days=days),
        "fixed_date": fixed_on,
        "delivery": delivery_on,
    }.get(trigger)
    return max(day, accepted_on) if day else None


def creditor_reference(number, position):
    """Return the reference of an instalment for a bank transfer, without spaces.

    Source: ISO 11649, Structured creditor reference to remittance information: "RF",
    two check digits, up to 21 letters and digits.

    :param str number: Number of the pro forma; of a long one the end is taken.
    :param int position: Of the instalment, from 1; two digits, so that no number and
        position look like others.
    :rtype: str
    """
    letters = unicodedata.normalize("NFKD", number or "")
    bare = re.sub(r"[^A-Z0-9]", "", letters.upper())[-18:]
    body = f"{bare}{position:02d}"
    return f"RF{mod_97_10.calc_check_digits(f'{body}RF')}{body}"


def creditor_references_in(text):
    """Return the valid references of ISO 11649 that a text holds, however spaced.

    The end of a reference cannot be told from letters that follow it without a space:
    by chance, a part of one or more than one may be valid too.

    :param str text: What a bank says of a transfer; may be empty.
    :return: Without spaces, in capitals, each once.
    :rtype: list[str]
    """
    bare = re.sub(r"[^A-Z0-9]", "", (text or "").upper())
    starts = (match.start() for match in re.finditer(r"RF\d\d", bare))
    found = []
    for start in starts:
        for length in range(min(25, len(bare) - start), 6, -1):
            if iso11649.is_valid(bare[start : start + length]):
                found.append(bare[start : start + length])
    return list(dict.fromkeys(found))


def sequence_pattern(text):
    """Return what the prefix or suffix of a sequence looks like in a reference.

    :param str text: As in `ir.sequence`, with placeholders such as `%(year)s`; may be
        empty.
    :return: A regular expression of capital letters and digits.
    :rtype: str
    """
    parts = re.split(r"(%\(\w+\)s)", (text or ""))
    return "".join(
        r"\d+" if part.startswith("%(") else re.sub(r"[^A-Z0-9]", "", part.upper())
        for part in parts
    )
