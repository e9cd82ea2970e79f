import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult
from stdnum import exceptions as stdnum_exceptions
from stdnum import get_cc_module
from stdnum.eu import vat as eu_vat
from stdnum.fr import siren, siret

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..const import FRENCH_VAT_COUNTRIES, SIRENE_COUNTRIES
from ..territories import VAT_STATES

EORI = re.compile(r"[A-Z]{2}[A-Z0-9]{1,15}")

# Northern Ireland has EORI numbers of its own, but is no country of ISO 3166.
EORI_EXTRA_COUNTRIES = ("XI",)

# Greek VAT numbers do not begin with the code of the country.
EU_VAT_PREFIXES = {state.upper() for state in eu_vat.MEMBER_STATES} | {"EL"}


# The number of an association in the French register RNA: its department, which has a
# letter in Corsica and overseas, and seven digits.
RNA = re.compile(r"W[0-9][0-9A-Z][0-9]{7}")


class ProformaContactCheck(models.AbstractModel):
    """Judges what identifies a contact, and writes it the way it is kept."""

    _name = "proforma.contact.check"
    _description = "Pro Forma Contact Check"

    # === BUSINESS METHODS === #

    @api.model
    def _get_normalizers(self):
        """Return the checks by the name of the field. Extension point.

        A check takes what was typed and the country it belongs to (may be empty),
        returns the text to keep, and raises a `ValidationError` that says what is wrong
        and how to mend it. What it cannot judge it returns as it is.

        :rtype: dict[str, callable]
        """
        return {
            "phone": self._normalize_phone,
            "vat": self._normalize_vat,
            "company_registry": self._normalize_company_registry,
            "proforma_eori": self._normalize_eori,
        }

    # === BUSINESS METHODS - PHONE === #

    @api.model
    def _normalize_phone(self, number, country):
        """Return the phone number in international form."""
        if not country and number.startswith("00"):
            number = number.replace("00", "+", 1)
        if not country and not number.startswith("+"):
            return number
        try:
            return self._phone_format(
                number=number,
                country=country or self._get_example_country(country),
                force_format="INTERNATIONAL",
                raise_exception=True,
            )
        except UserError as error:
            raise ValidationError(self._get_phone_problem(number, country)) from error

    @api.model
    def _get_phone_problem(self, number, country):
        """Return what is wrong with a phone number, and how to mend it."""
        reason = self._get_phone_reason(number, country)
        code = self._get_example_country(country).code
        example = phonenumbers.example_number(code) or phonenumbers.example_number("FR")
        example = phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL)
        if number.startswith(("+", "00")):
            mend = self.env._(
                "Correct it: country code and number, as in %(example)s.",
                example=example,
            )
        else:
            mend = self.env._(
                "It was read as a number of %(country)s. Correct it, or write it with"
                " its country code, as in %(example)s.",
                country=country.name,
                example=example,
            )
        return f"{reason} {mend}"

    @api.model
    def _get_phone_reason(self, number, country):
        """Return what is wrong with a phone number."""
        try:
            parsed = phonenumbers.parse(number, country.code or None)
        except NumberParseException as error:
            if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
                return self.env._(
                    "The country code of the phone number “%(number)s” does not exist.",
                    number=number,
                )
            return self.env._("“%(number)s” is not a phone number.", number=number)
        result = phonenumbers.is_possible_number_with_reason(parsed)
        if result == ValidationResult.TOO_SHORT:
            return self.env._(
                "The phone number “%(number)s” has too few digits.", number=number
            )
        if result == ValidationResult.TOO_LONG:
            return self.env._(
                "The phone number “%(number)s” has too many digits.", number=number
            )
        return self.env._(
            "No phone number begins and is as long as “%(number)s”.", number=number
        )

    @api.model
    def _get_example_country(self, country):
        """Return the country whose phone numbers are shown as an example."""
        return country or self.env.company.country_id or self.env.ref("base.fr")

    # === BUSINESS METHODS - VAT === #

    @api.model
    def _is_vat_checked_by_core(self):
        """Return whether core refuses wrong VAT numbers itself, on every path."""
        return "vies_valid" in self.env["res.partner"]._fields

    @api.model
    def _normalize_vat(self, number, country):
        """Return the VAT number without blanks; only those of the European Union are
        judged. A single character says that there is none, as in core.

        Elsewhere a number may begin like one of the Union by chance, as a Mexican one
        that takes its letters from the name of the company.
        """
        if self._is_vat_checked_by_core() or len(number) == 1:
            return number
        compact = re.sub(r"[\s.\-]", "", number).upper()
        code = "FR" if country.code in FRENCH_VAT_COUNTRIES else country.code or ""
        if compact[:2] in EU_VAT_PREFIXES and self._is_vat_prefix_country(country):
            checker = eu_vat
        elif code in EU_VAT_PREFIXES:
            checker = get_cc_module(code, "vat")
        else:
            return number
        try:
            checker.validate(compact)
        except stdnum_exceptions.ValidationError as error:
            raise ValidationError(self._get_vat_problem(number, error)) from error
        return compact

    @api.model
    def _is_vat_prefix_country(self, country):
        """Return whether VAT numbers begin with the code of a member state there.

        So they do in the Union, its territories included, and if no country is known.
        """
        state = VAT_STATES.get(country.code, country.code)
        return not country or state in EU_VAT_PREFIXES

    @api.model
    def _get_vat_problem(self, number, error):
        """Return what is wrong with a VAT number, and how to mend it."""
        if isinstance(error, stdnum_exceptions.InvalidLength):
            reason = self.env._(
                "The VAT number “%(number)s” has too few or too many characters.",
                number=number,
            )
        elif isinstance(error, stdnum_exceptions.InvalidChecksum):
            reason = self.env._(
                "A character of the VAT number “%(number)s” is wrong: its check digits"
                " do not match.",
                number=number,
            )
        else:
            reason = self.env._(
                "“%(number)s” is not written like a VAT number.", number=number
            )
        mend = self.env._(
            "Compare it with an invoice of the company: it is the two letters of the"
            " country and the number, as in %(example)s.",
            example="FR23334175221",
        )
        return f"{reason} {mend}"

    # === BUSINESS METHODS - REGISTERS === #

    @api.model
    def _normalize_company_registry(self, number, country):
        """Return a SIREN, SIRET or RNA without blanks; other countries' as typed."""
        if country.code not in SIRENE_COUNTRIES:
            return number
        digits = re.sub(r"[\s.\-]", "", number).upper()
        if RNA.fullmatch(digits):
            return digits  # An association that employs nobody has no SIREN.
        checker = {9: siren, 14: siret}.get(len(digits))
        if not checker or not digits.isdecimal():
            raise ValidationError(
                self.env._(
                    "“%(number)s” is neither a SIREN (9 digits) nor a SIRET (14"
                    " digits). Enter the digits only; the register and its place have a"
                    " field of their own.",
                    number=number,
                )
            )
        if not checker.is_valid(digits):
            raise ValidationError(
                self.env._(
                    "A digit of the number “%(number)s” is wrong: its check digit does"
                    " not match. Compare it with the company's papers or with"
                    " annuaire-entreprises.data.gouv.fr.",
                    number=number,
                )
            )
        return digits

    @api.model
    def _normalize_eori(self, number, country):
        """Return the EORI number in capitals, without blanks."""
        compact = re.sub(r"[\s.\-]", "", number).upper()
        if not EORI.fullmatch(compact) or not self._is_eori_country(compact[:2]):
            raise ValidationError(
                self.env._(
                    "“%(number)s” is not an EORI number. It is the two letters of the"
                    " country and up to 15 letters or digits, as in %(example)s.",
                    number=number,
                    example="FR12345678200010",
                )
            )
        bare = compact[2:]
        if compact.startswith("FR") and bare.isdecimal() and not siret.is_valid(bare):
            raise ValidationError(
                self.env._(
                    "“%(number)s” is not a French EORI number: FR and the 14 digits of"
                    " a SIRET. Compare it with the SIRET of the head office.",
                    number=number,
                )
            )
        return compact

    @api.model
    def _is_eori_country(self, code):
        """Return whether the first two letters of an EORI number are a country."""
        return code in EORI_EXTRA_COUNTRIES or bool(
            self.env["res.country"].sudo().search_count([("code", "=", code)], limit=1)
        )
