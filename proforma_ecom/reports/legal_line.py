"""The legal line at the foot of a document."""

import re

from .formatter import DocumentFormatter

# A letter, in any alphabet.
LETTER = r"[^\W\d_]"

# French code of activity: "28.93Z". Source: INSEE, nomenclature d'activités.
NAF = re.compile(r"(\d{2})\.?(\d{2}[A-Z])")


class LegalLine:
    """Says what the issuer is in law, without what he says of himself already.

    Documents that were frozen before a key existed are read as if it were empty.

    :param odoo.api.Environment env: An environment with the document's language.
    :param dict issuer: See `proforma.snapshot`.
    """

    def __init__(self, env, issuer):
        self.env = env
        self.issuer = issuer
        self.footer = " · ".join(
            filter(None, map(str.strip, issuer["footer"].splitlines()))
        )
        self.own_words = f"{self.footer}\n{issuer['details']}"

    def text(self):
        """Return the line, its pieces parted by points.

        :rtype: str
        """
        labelled = {
            "registry": self._registry(),
            "registration": self._value("registration"),
            "activity_code": self._activity(),
            "vat": self._vat(),
            "eori": f"EORI {self._value('eori')}",
        }
        unsaid = self._unsaid()
        pieces = (self.footer, self._company(), *map(labelled.get, unsaid))
        return " · ".join(filter(None, pieces))

    # === WHAT THE COMPANY IS === #

    def _company(self):
        """Return name, legal form and capital, as far as they are not said."""
        name, form = self.issuer["name"], self._value("legal_form")
        capital = self._capital()
        if not self.footer:
            company = f"{name} {form}" if form and not _says(name, form) else name
            return self._with_capital(company, capital) if capital else company
        if capital:
            return self._with_capital(form, capital)
        return "" if _says(f"{name}\n{self.own_words}", form) else form

    def _with_capital(self, company, capital):
        if not company:
            return self.env._("Share capital %(capital)s", capital=capital)
        return self.env._(
            "%(company)s with a share capital of %(capital)s",
            company=company,
            capital=capital,
        )

    def _capital(self):
        """Return the formatted capital, or "" if there is none or it is said."""
        integer, _point, fraction = self._value("capital").partition(".")
        if not integer or _says_amount(self.own_words, integer):
            return ""
        currency = self.issuer["capital_currency"]
        if not fraction.strip("0"):
            currency, fraction = {**currency, "decimals": 0}, ""
        formatter = DocumentFormatter(self.env, self.env.context["lang"], currency)
        return formatter.money(f"{integer}.{fraction or 0}")

    # === ITS NUMBERS === #

    def _unsaid(self):
        """Return the keys of the numbers that are not said, in the order of printing.

        A SIREN is part of the VAT number, a SIRET of the EORI number: these are looked
        for first, and taken out of what is searched for the others.

        :rtype: list[str]
        """
        words, unsaid = self.own_words, []
        for key in ("eori", "vat", "registry", "registration", "activity_code"):
            value = self._value(key)
            if key == "registration":
                words += f"\n{self._value('registry')}"
            if not value:
                continue
            pattern = _loose(_register_number(value) if key == "registry" else value)
            if not pattern.search(words):
                unsaid.append(key)
            words = pattern.sub(" ", words)
        order = ("registry", "registration", "activity_code", "vat", "eori")
        return sorted(unsaid, key=order.index)

    def _registry(self):
        number, label = self._value("registry"), self._value("registry_label")
        if label in ("SIREN", "SIRET"):
            digits = re.sub(r"\D", "", number)
            groups = (digits[:3], digits[3:6], digits[6:9], digits[9:])
            number = " ".join(filter(None, groups))
        return f"{label} {number}".strip()

    def _activity(self):
        code = self._value("activity_code")
        if french := NAF.fullmatch(code):
            return f"NAF {french[1]}.{french[2]}"
        return self.env._("Activity %(code)s", code=code)

    def _vat(self):
        return self.env._("VAT %(number)s", number=self._value("vat"))

    def _value(self, key):
        return self.issuer.get(key) or ""


def _register_number(value):
    """Return the number in "RCS Lyon 123 456 782", which others write behind it."""
    digits = re.sub(r"\D", "", value)
    return digits if len(digits) >= 9 else value


def _loose(value):
    """Return a pattern that finds a value however it is spaced and punctuated."""
    characters = re.sub(r"[\W_]", "", value)
    body = r"[\W_]{0,2}".join(map(re.escape, characters))
    before, after = map(_same_kind, (characters[:1], characters[-1:]))
    return re.compile(f"(?<!{before}){body}(?!{after})", re.IGNORECASE)


def _same_kind(character):
    """Return the pattern of what would make a longer word or number of it."""
    return r"\d" if character.isdigit() else LETTER


def _says(text, value):
    """Return whether the text holds the value as a word."""
    return bool(_loose(value).search(text))


def _says_amount(text, digits):
    """Return whether the text holds the amount, however its digits are grouped."""
    body = r"[\s.,'’]?".join(digits)
    return bool(re.search(rf"(?<!\d){body}(?!\d)", text))
