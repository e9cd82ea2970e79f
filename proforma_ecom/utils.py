"""Pure functions: no database, no environment."""

import hashlib
import json
import re
import secrets
from datetime import datetime, time, timedelta
from ipaddress import ip_address, ip_network

import pytz

from .const import CODE_ALPHABET, CODE_LENGTH, CODE_MISREADINGS
from .territories import EU_FOR_GOODS, TERRITORIES_BY_ZIP, VAT_AREAS, VAT_STATES


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


def keep_known_keys(value, known):
    """Return a value whose dicts have no other keys than those of a second value.

    :param value: See `canonical_json`.
    :param known: A value of the same shape.
    """
    if isinstance(value, dict) and isinstance(known, dict):
        return {
            key: keep_known_keys(item, known[key])
            for key, item in value.items()
            if key in known
        }
    if isinstance(value, list) and isinstance(known, list):
        kept = [keep_known_keys(*pair) for pair in zip(value, known, strict=False)]
        return [*kept, *value[len(kept) :]]
    return value


def texts_in(value):
    """Return all texts in nested data, in one.

    :param value: See `canonical_json`; may be None.
    :rtype: str
    """
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return " ".join(filter(None, map(texts_in, value)))
    return value if isinstance(value, str) else ""


def add_amounts(amounts):
    """Return the sum of dicts of amounts; what one of them lacks counts as zero.

    :param amounts: Iterable of dicts.
    :rtype: dict
    """
    total = {}
    for each in amounts:
        for key, amount in each.items():
            total[key] = total.get(key, 0.0) + amount
    return total


def scale_amounts(amounts, factor, round_amount):
    """Return a share of the amounts of a line.

    What a tax is computed on stays what the line amounts to, if it was.

    :param dict amounts: See `_get_proforma_amounts` of `account.tax`.
    :param float factor: 1 for everything.
    :param callable round_amount: Rounds to the currency.
    :rtype: dict
    """
    base = amounts.get(("base",), 0.0)
    scaled = round_amount(base * factor)
    return {
        key: round_amount(scaled + (amount - base) * factor)
        if key[0] == "tax_base"
        else round_amount(amount * factor)
        for key, amount in amounts.items()
    }


def without_rows(text, rows):
    """Return a text without some of its rows; space around a colon does not count.

    :param str text: Rows that are separated by line breaks.
    :param rows: The rows to leave out.
    :rtype: str
    """
    unwanted = {_bare_row(row) for row in rows} - {""}
    kept = [row for row in text.split("\n") if _bare_row(row) not in unwanted]
    return "\n".join(kept).strip()


def option_rows(options):
    """Return the rows with which Odoo describes the options of a product in a text.

    :param list options: Dicts with the `name` of an attribute and the chosen `value`.
    :rtype: list[str]
    """
    values = {}
    for option in options:
        values.setdefault(option["name"], []).append(option["value"])
    return [
        *(f"{option['name']}: {option['value']}" for option in options),
        *(f"{name}: {', '.join(chosen)}" for name, chosen in values.items()),
    ]


def _bare_row(row):
    return re.sub(r"\s*:\s*", ":", row.strip())


def territory_of(country_code, zip_code):
    """Return the code of the territory that an address lies in.

    :param str country_code: ISO code of the country, or nothing.
    :param str zip_code: The postcode, or nothing.
    :return: The country's code, or that of its part that has taxes of its own: "RE"
        for a French address in 97400. Empty without a country.
    :rtype: str
    """
    code, digits = (country_code or "").upper(), (zip_code or "").replace(" ", "")
    parts = TERRITORIES_BY_ZIP.get(code, {})
    return next(
        (part for start, part in parts.items() if digits.startswith(start)), code
    )


def destination_of(origin, target, supply, eu_codes):
    """Return how far a supply goes, as far as VAT is concerned.

    For goods, an overseas territory is outside of the VAT area of its state. Services
    between both need an accountant: they count as domestic, so that no rule on exports
    speaks for them.

    :param str origin: Territory of the issuer, see `territory_of`.
    :param str target: Territory of the customer.
    :param str supply: "goods" or "services".
    :param set eu_codes: Codes of the countries of the European Union.
    :return: "domestic", "eu", "export"; empty if a territory is unknown.
    :rtype: str
    """
    if not origin or not target:
        return ""
    areas = [VAT_AREAS.get(code, code) for code in (origin, target)]
    if supply == "services" and len({VAT_STATES.get(a, a) for a in areas}) == 1:
        return "domestic"
    if areas[0] == areas[1]:
        return "domestic"
    union = eu_codes | EU_FOR_GOODS if supply == "goods" else eu_codes
    return "eu" if union.issuperset(areas) else "export"


def new_code():
    """Return a random code that is read from paper and typed.

    :rtype: str
    """
    return "".join(secrets.choice(CODE_ALPHABET) for _index in range(CODE_LENGTH))


def normalize_code(text):
    """Return a code as it is stored, however it was typed, or "" if it is none.

    :param str text: Upper or lower case, with blanks, dashes or misread letters.
    :rtype: str
    """
    code = re.sub(r"[\W_]", "", text or "").upper().translate(CODE_MISREADINGS)
    is_code = len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET)
    return code if is_code else ""


def group_text(text, size, separator=" "):
    """Return a text in groups, for reading it out or comparing it.

    :param str text: A code, a fingerprint; may be empty.
    :param int size: Characters of a group.
    :rtype: str
    """
    text = text or ""
    groups = (text[start : start + size] for start in range(0, len(text), size))
    return separator.join(groups)


def network_of(address, bits):
    """Return the network of an address, e.g. "192.0.2.0/24"; "" if it is none.

    :param str address: IPv4 or IPv6, as the server got it; may be anything.
    :param tuple bits: Leading bits that are kept: (of IPv4, of IPv6). With all of them
        the address itself is returned.
    :rtype: str
    """
    try:
        ip = ip_address((address or "").strip().partition("%")[0])
    except ValueError:
        return ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    network = ip_network((ip, bits[ip.version == 6]), strict=False)
    is_complete = network.prefixlen == network.max_prefixlen
    return str(network.network_address if is_complete else network)
