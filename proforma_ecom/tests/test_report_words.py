from odoo.tests import BaseCase, tagged

from ..reports.words import amount_in_words

# Amount, currency, language, expected words, what the row guards.
AMOUNTS = [
    # French: agreement of "vingt" and "cent".
    ("80.00", "EUR", "fr_FR", "quatre-vingts euros", "vingt agrees at the end"),
    ("81.00", "EUR", "fr_FR", "quatre-vingt-un euros", "vingt followed: no s, no et"),
    ("71.00", "EUR", "fr_FR", "soixante et onze euros", "et before onze"),
    ("91.00", "EUR", "fr_FR", "quatre-vingt-onze euros", "no et in the nineties"),
    ("21.00", "EUR", "fr_FR", "vingt et un euros", "et before un"),
    ("100.00", "EUR", "fr_FR", "cent euros", "never un cent"),
    ("200.00", "EUR", "fr_FR", "deux cents euros", "cent agrees at the end"),
    ("203.00", "EUR", "fr_FR", "deux cent trois euros", "cent followed: no s"),
    ("280.00", "EUR", "fr_FR", "deux cent quatre-vingts euros", "both at once"),
    ("1000.00", "EUR", "fr_FR", "mille euros", "never un mille"),
    ("1100.00", "EUR", "fr_FR", "mille cent euros", "neither un mille nor un cent"),
    ("2000.00", "EUR", "fr_FR", "deux mille euros", "mille never agrees"),
    ("4812.00", "EUR", "fr_FR", "quatre mille huit cent douze euros", "a whole number"),
    ("80000.00", "EUR", "fr_FR", "quatre-vingt mille euros", "no s before mille"),
    ("200000.00", "EUR", "fr_FR", "deux cent mille euros", "no s before mille"),
    ("200000000.00", "EUR", "fr_FR", "deux cents millions d’euros", "s before a noun"),
    (
        "80000000.00",
        "EUR",
        "fr_FR",
        "quatre-vingts millions d’euros",
        "s before a noun",
    ),
    ("21000.00", "EUR", "fr_FR", "vingt et un mille euros", "un before mille"),
    # French: number, elision, zero, fractions.
    ("1.01", "EUR", "fr_FR", "un euro et un centime", "two singulars"),
    ("2.02", "EUR", "fr_FR", "deux euros et deux centimes", "two plurals"),
    ("1.50", "EUR", "fr_FR", "un euro et cinquante centimes", "singular below 2"),
    ("1.5", "EUR", "fr_FR", "un euro et cinquante centimes", "one decimal is tenths"),
    ("0.50", "EUR", "fr_FR", "cinquante centimes", "no zero euro before cents"),
    ("0.07", "EUR", "fr_FR", "sept centimes", "not seventy"),
    ("0.70", "EUR", "fr_FR", "soixante-dix centimes", "not seven"),
    ("0.00", "EUR", "fr_FR", "zéro euro", "zero is singular"),
    ("1000000.00", "EUR", "fr_FR", "un million d’euros", "elision"),
    ("1000000.50", "EUR", "fr_FR", "un million d’euros et cinquante centimes", "both"),
    ("1000001.00", "EUR", "fr_FR", "un million un euros", "no de after a unit"),
    ("2000000.00", "USD", "fr_FR", "deux millions de dollars américains", "no elision"),
    ("3000000000.00", "EUR", "fr_FR", "trois milliards d’euros", "long scale"),
    ("-80.00", "EUR", "fr_FR", "moins quatre-vingts euros", "negative"),
    ("-0.00", "EUR", "fr_FR", "zéro euro", "no negative zero"),
    (
        *("1443.60", "EUR", "fr_FR"),
        "mille quatre cent quarante-trois euros et soixante centimes",
        "1443.6 as a float has no exact cents",
    ),
    (
        *("9007199254740993.00", "EUR", "fr_FR"),
        "",
        "larger than any amount: nothing rather than a doubt",
    ),
    (
        *("900719925474099.31", "EUR", "fr_FR"),
        "neuf cents billions sept cent dix-neuf milliards neuf cent vingt-cinq millions"
        " quatre cent soixante-quatorze mille quatre-vingt-dix-neuf euros et trente et"
        " un centimes",
        "more digits than a float holds",
    ),
    # French of Belgium and Switzerland.
    ("80.00", "EUR", "fr_BE", "quatre-vingts euros", "Belgium: vingt agrees"),
    ("81.00", "EUR", "fr_BE", "quatre-vingt-un euros", "Belgium: no et"),
    ("80000.00", "EUR", "fr_BE", "quatre-vingt mille euros", "Belgium: before mille"),
    ("203.00", "EUR", "fr_BE", "deux cent trois euros", "Belgium: cent followed"),
    (
        "71.91",
        "EUR",
        "fr_BE",
        "septante et un euros et nonante et un centimes",
        "70, 90",
    ),
    ("1000000.00", "EUR", "fr_BE", "un million d’euros", "Belgium: one million"),
    (
        "75.95",
        "CHF",
        "fr_CH",
        "septante-cinq francs suisses et nonante-cinq centimes",
        "70, 90",
    ),
    (
        "280.00",
        "CHF",
        "fr_CH",
        "deux cent huitante francs suisses",
        "Vaud says huitante",
    ),
    ("75.00", "CAD", "fr_CA", "soixante-quinze dollars canadiens", "Canada as France"),
    # French: other currencies.
    ("21.01", "GBP", "fr_FR", "vingt et une livres sterling et un penny", "feminine"),
    ("1.00", "GBP", "fr_FR", "une livre sterling", "feminine singular"),
    ("11.00", "GBP", "fr_FR", "onze livres sterling", "onze has no feminine"),
    ("21000.00", "GBP", "fr_FR", "vingt et un mille livres sterling", "mille does not"),
    ("0.43", "USD", "fr_FR", "quarante-trois cents", "sub-unit by itself"),
    (
        "350.20",
        "MAD",
        "fr_FR",
        "trois cent cinquante dirhams marocains et vingt centimes",
        "country said",
    ),
    (
        "99.00",
        "DZD",
        "fr_FR",
        "quatre-vingt-dix-neuf dinars algériens",
        "no sub-unit due",
    ),
    ("250000", "XOF", "fr_FR", "deux cent cinquante mille francs CFA", "no sub-unit"),
    ("1", "XAF", "fr_FR", "un franc CFA", "no sub-unit, singular"),
    ("2000000", "XAF", "fr_FR", "deux millions de francs CFA", "no elision"),
    ("80", "XPF", "fr_FR", "quatre-vingts francs CFP", "no sub-unit"),
    ("1200", "JPY", "fr_FR", "mille deux cents yens", "no sub-unit"),
    ("1200.00", "JPY", "fr_FR", "mille deux cents yens", "useless decimals"),
    (
        "1200.50",
        "XOF",
        "fr_FR",
        "mille deux cents francs CFA et 50/100",
        "no name for it",
    ),
    (
        "1.234",
        "TND",
        "fr_FR",
        "un dinar tunisien et deux cent trente-quatre millimes",
        "1000ths",
    ),
    ("0.001", "TND", "fr_FR", "un millime", "three decimals"),
    ("2.50", "TND", "fr_FR", "deux dinars tunisiens et cinq cents millimes", "scaled"),
    ("5.080", "KWD", "fr_FR", "cinq dinars koweïtiens et quatre-vingts fils", "fils"),
    ("1.05", "LBP", "fr_FR", "une livre libanaise et cinq piastres", "feminine"),
    ("21.00", "CZK", "fr_FR", "vingt et une couronnes tchèques", "name of the CLDR"),
    ("12.43", "BRL", "fr_FR", "douze réals brésiliens et 43/100", "sub-unit unknown"),
    ("1000000", "MGA", "fr_FR", "un million d’ariarys malgaches", "elision, CLDR"),
    ("0.125", "EUR", "fr_FR", "zéro euro et 125/1000", "finer than a cent"),
    # English.
    (
        *("1443.60", "EUR", "en_US"),
        "one thousand four hundred and forty-three euros and sixty cents",
        "no comma, and before the tens",
    ),
    ("0.01", "EUR", "en_GB", "one cent", "singular sub-unit"),
    ("1.00", "EUR", "en_GB", "one euro", "singular"),
    ("0.00", "EUR", "en_GB", "zero euros", "zero is plural"),
    ("0.07", "EUR", "en_US", "seven cents", "not seventy"),
    ("1.50", "USD", "en_US", "one US dollar and fifty cents", "only 1 is singular"),
    (
        "101.00",
        "USD",
        "en_US",
        "one hundred and one US dollars",
        "and before the units",
    ),
    ("2000001.00", "EUR", "en_US", "two million and one euros", "million never agrees"),
    ("1.01", "GBP", "en_GB", "one pound sterling and one penny", "singulars"),
    ("20.20", "GBP", "en_GB", "twenty pounds sterling and twenty pence", "plurals"),
    ("500", "JPY", "en_US", "five hundred yen", "no sub-unit, no plural"),
    (
        "1.500",
        "BHD",
        "en_US",
        "one Bahraini dinar and five hundred fils",
        "three decimals",
    ),
    ("30.50", "CHF", "en_GB", "thirty Swiss francs and fifty centimes", "country said"),
    ("-15.00", "CAD", "en_CA", "minus fifteen Canadian dollars", "negative"),
    ("9.30", "ILS", "en_US", "nine Israeli new shekels and 30/100", "sub-unit unknown"),
    ("1.00", "BRL", "en_US", "one Brazilian real", "name of the CLDR, singular"),
    (
        "250000.00",
        "INR",
        "en_IN",
        "two lakh fifty thousand Indian rupees",
        "India counts",
    ),
    # Other languages, as num2words has them, mended where it is wrong.
    (
        *("1443.60", "EUR", "de_DE"),
        "eintausendvierhundertdreiundvierzig Euro und sechzig Cent",
        "German",
    ),
    ("-80.00", "EUR", "de_DE", "minus achtzig Euro und null Cent", "one blank"),
    ("21.07", "EUR", "es_ES", "veintiún euros con siete céntimos", "accent"),
    ("1000000.00", "EUR", "es_MX", "un millón de euros con cero céntimos", "de"),
    ("12.50", "EUR", "nl_NL", "twaalf euro, vijftig cent", "Dutch"),
    ("90.00", "PLN", "pl_PL", "dziewięćdziesiąt złotych, zero groszy", "spelling"),
    ("2.50", "EUR", "pt_PT", "dois euros e cinquenta cêntimos", "Portuguese"),
    ("5.00", "CZK", "cs_CZ", "pět korun, nula haléřů", "num2words calls it cz"),
    ("5.00", "UAH", "uk_UA", "п'ять гривень, нуль копійок", "no Latin letter"),
    # Nothing rather than English or a wrong currency.
    ("5.00", "EUR", "sv_SE", "", "language that num2words lacks"),
    ("5.00", "EUR", "zh_CN", "", "language that num2words lacks"),
    ("5.00", "EUR", "it_IT", "", "num2words has no Italian currencies"),
    ("5.00", "EUR", "fil_PH", "", "num2words would take Filipino for Finnish"),
    ("5.00", "EUR", "ar_001", "", "num2words would say riyals"),
    ("5.00", "AUD", "de_DE", "", "num2words would mix in English"),
    ("5.00", "EUR", "pt_BR", "", "Brazil says it otherwise than Portugal"),
    ("5.125", "EUR", "de_DE", "", "num2words would round"),
    ("5.00", "EUR", "", "", "no language"),
    # Nothing for what is no amount.
    ("", "EUR", "fr_FR", "", "empty"),
    ("12,50", "EUR", "fr_FR", "", "not decimal text"),
    ("NaN", "EUR", "fr_FR", "", "not a number"),
    ("Infinity", "EUR", "en_US", "", "not finite"),
    ("5.00", "XXX", "en_US", "", "no currency"),
    ("5.00", "ZZZ", "fr_FR", "", "unknown currency"),
]


@tagged("post_install", "-at_install")
class TestReportWords(BaseCase):
    def test_amounts_are_said_properly(self):
        for text, currency, lang, expected, reason in AMOUNTS:
            with self.subTest(text, currency=currency, lang=lang, reason=reason):
                self.assertEqual(amount_in_words(text, currency, lang), expected)

    def test_french_never_has_an_s_before_another_number(self):
        for number in range(1000, 1000000, 137):
            words = amount_in_words(str(number), "EUR", "fr_FR")
            with self.subTest(number):
                self.assertNotRegex(words, "(vingts|cents) (?!euros)")
