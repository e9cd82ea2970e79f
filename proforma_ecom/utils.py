"""Pure functions: no database, no environment."""

import hashlib
import json
from datetime import datetime, time, timedelta

import pytz


def today_in(tz_name, now):
    """Return the calendar day of an instant in a time zone.

    :param str tz_name: Name of the time zone (IANA).
    :param datetime now: The instant, in UTC, naive.
    :rtype: date
    """
    return pytz.utc.localize(now).astimezone(pytz.timezone(tz_name)).date()


def deadline_of(validity_date, tz_name, grace_hours=0):
    """Return the instant when acceptance stops.

    :param date validity_date: The last day of validity, inclusive.
    :param str tz_name: Time zone in which that day ends (IANA).
    :param float grace_hours: Hours granted after the end of the day.
    :return: The instant in UTC, naive; exclusive.
    :rtype: datetime
    """
    tz = pytz.timezone(tz_name)
    end = tz.localize(datetime.combine(validity_date + timedelta(days=1), time.min))
    utc_end = end.astimezone(pytz.utc).replace(tzinfo=None)
    return utc_end + timedelta(hours=grace_hours)


def decimal_text(value, digits):
    """Return a number as plain text that does not depend on a language.

    :param float value: The number.
    :param int digits: Decimals to keep; "-0.00" is written "0.00".
    :rtype: str
    """
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if not float(text) else text


def canonical_json(data):
    """Return the one JSON text of the data: sorted keys, no spaces, UTF-8.

    :param data: Only dict, list, str, int, bool and None, so that the text does not
        depend on how a float is printed.
    :rtype: str
    """
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def sha256_hex(*parts):
    """Return the hexadecimal SHA-256 over text parts, each on its own line.

    :param parts: Texts (or bytes, for a single file).
    :rtype: str
    """
    digest = hashlib.sha256()
    for index, part in enumerate(parts):
        if index:
            digest.update(b"\n")
        digest.update(part if isinstance(part, bytes) else part.encode())
    return digest.hexdigest()


def split_total(total, shares, round_amount):
    """Split an amount by percentages; the last share takes the remainder.

    :param float total: The amount to split.
    :param list shares: Percentages (0-100), summing up to 100.
    :param callable round_amount: Rounds to the currency.
    :return: One amount a share; their sum is the total.
    :rtype: list[float]
    """
    amounts = [round_amount(total * share / 100) for share in shares[:-1]]
    return [*amounts, round_amount(total - sum(amounts))] if shares else []
