"""Names of the currencies that a merchant of Europe or of a French-speaking country
meets, and of their sub-units, in French and in English.

Each currency: how many sub-units make one unit, then by language the singular and the
plural of the unit, and those of the sub-unit. 1 means that no sub-unit is in use.
Names carry the country where the bare word ("dollar", "dinar") would be ambiguous.
Source of the sub-units: ISO 4217.
"""

CENTIME = ("centime", "centimes")
CENT = ("cent", "cents")
PIASTRE = ("piastre", "piastres")
ORE = ("øre", "øre")
FILS = ("fils", "fils")

# Code -> (sub-units in a unit, French unit, French sub-unit, English unit, sub-unit).
CURRENCY_NAMES = {
    "AED": (
        *(100, ("dirham émirati", "dirhams émiratis"), FILS),
        *(("UAE dirham", "UAE dirhams"), FILS),
    ),
    "AUD": (
        *(100, ("dollar australien", "dollars australiens"), CENT),
        *(("Australian dollar", "Australian dollars"), CENT),
    ),
    "BHD": (
        *(1000, ("dinar bahreïni", "dinars bahreïnis"), FILS),
        *(("Bahraini dinar", "Bahraini dinars"), FILS),
    ),
    "BIF": (
        *(1, ("franc burundais", "francs burundais"), None),
        *(("Burundian franc", "Burundian francs"), None),
    ),
    "CAD": (
        *(100, ("dollar canadien", "dollars canadiens"), CENT),
        *(("Canadian dollar", "Canadian dollars"), CENT),
    ),
    "CDF": (
        *(100, ("franc congolais", "francs congolais"), CENTIME),
        *(("Congolese franc", "Congolese francs"), CENTIME),
    ),
    "CHF": (
        *(100, ("franc suisse", "francs suisses"), CENTIME),
        *(("Swiss franc", "Swiss francs"), CENTIME),
    ),
    "CNY": (
        *(100, ("yuan", "yuans"), ("fen", "fen")),
        *(("yuan", "yuan"), ("fen", "fen")),
    ),
    "DJF": (
        *(1, ("franc de Djibouti", "francs de Djibouti"), None),
        *(("Djiboutian franc", "Djiboutian francs"), None),
    ),
    "DKK": (
        *(100, ("couronne danoise", "couronnes danoises"), ORE),
        *(("Danish krone", "Danish kroner"), ORE),
    ),
    "DZD": (
        *(100, ("dinar algérien", "dinars algériens"), CENTIME),
        *(("Algerian dinar", "Algerian dinars"), CENTIME),
    ),
    "EGP": (
        *(100, ("livre égyptienne", "livres égyptiennes"), PIASTRE),
        *(("Egyptian pound", "Egyptian pounds"), PIASTRE),
    ),
    "EUR": (
        *(100, ("euro", "euros"), CENTIME),
        *(("euro", "euros"), CENT),
    ),
    "GBP": (
        *(100, ("livre sterling", "livres sterling"), ("penny", "pence")),
        *(("pound sterling", "pounds sterling"), ("penny", "pence")),
    ),
    "GNF": (
        *(1, ("franc guinéen", "francs guinéens"), None),
        *(("Guinean franc", "Guinean francs"), None),
    ),
    "HTG": (
        *(100, ("gourde", "gourdes"), CENTIME),
        *(("gourde", "gourdes"), CENTIME),
    ),
    "INR": (
        *(100, ("roupie indienne", "roupies indiennes"), ("paisa", "paisas")),
        *(("Indian rupee", "Indian rupees"), ("paisa", "paise")),
    ),
    "JPY": (
        *(1, ("yen", "yens"), None),
        *(("yen", "yen"), None),
    ),
    "KMF": (
        *(1, ("franc comorien", "francs comoriens"), None),
        *(("Comorian franc", "Comorian francs"), None),
    ),
    "KWD": (
        *(1000, ("dinar koweïtien", "dinars koweïtiens"), FILS),
        *(("Kuwaiti dinar", "Kuwaiti dinars"), FILS),
    ),
    "LBP": (
        *(100, ("livre libanaise", "livres libanaises"), PIASTRE),
        *(("Lebanese pound", "Lebanese pounds"), PIASTRE),
    ),
    "MAD": (
        *(100, ("dirham marocain", "dirhams marocains"), CENTIME),
        *(("Moroccan dirham", "Moroccan dirhams"), CENTIME),
    ),
    "MUR": (
        *(100, ("roupie mauricienne", "roupies mauriciennes"), CENT),
        *(("Mauritian rupee", "Mauritian rupees"), CENT),
    ),
    "NOK": (
        *(100, ("couronne norvégienne", "couronnes norvégiennes"), ORE),
        *(("Norwegian krone", "Norwegian kroner"), ORE),
    ),
    "PLN": (
        *(100, ("zloty", "zlotys"), ("grosz", "groszy")),
        *(("zloty", "zlotys"), ("grosz", "groszy")),
    ),
    "RON": (
        *(100, ("leu roumain", "lei roumains"), ("ban", "bani")),
        *(("Romanian leu", "Romanian lei"), ("ban", "bani")),
    ),
    "RWF": (
        *(1, ("franc rwandais", "francs rwandais"), None),
        *(("Rwandan franc", "Rwandan francs"), None),
    ),
    "SEK": (
        *(100, ("couronne suédoise", "couronnes suédoises"), ("öre", "öre")),
        *(("Swedish krona", "Swedish kronor"), ("öre", "öre")),
    ),
    "TND": (
        *(1000, ("dinar tunisien", "dinars tunisiens"), ("millime", "millimes")),
        *(("Tunisian dinar", "Tunisian dinars"), ("millime", "millimes")),
    ),
    "TRY": (
        *(100, ("livre turque", "livres turques"), ("kuruş", "kuruş")),
        *(("Turkish lira", "Turkish liras"), ("kuruş", "kuruş")),
    ),
    "USD": (
        *(100, ("dollar américain", "dollars américains"), CENT),
        *(("US dollar", "US dollars"), CENT),
    ),
    "XAF": (
        *(1, ("franc CFA", "francs CFA"), None),
        *(("CFA franc", "CFA francs"), None),
    ),
    "XOF": (
        *(1, ("franc CFA", "francs CFA"), None),
        *(("CFA franc", "CFA francs"), None),
    ),
    "XPF": (
        *(1, ("franc CFP", "francs CFP"), None),
        *(("CFP franc", "CFP francs"), None),
    ),
}

# First words of French names of currencies and sub-units that are feminine.
FRENCH_FEMININE = frozenset(
    {"couronne", "devise", "drachme", "gourde", "hryvnia", "kuna", "lire", "livre"}
    | {"once", "pataca", "peseta", "piastre", "roupie", "unité"}
)

# Languages besides French and English -> (name in num2words, currencies it says right).
# num2words inherits English words for many other pairs, says "riyal" for any currency
# in Arabic, and knows Czech as "cz".
OTHER_LANGUAGES = {
    "cs": ("cz", {"CZK", "EUR"}),
    "de": ("de", {"EUR", "GBP", "USD"}),
    "es": ("es", {"EUR", "PEN", "USD"}),
    "fi": ("fi", {"CHF", "DKK", "EUR", "GBP", "NOK", "SEK", "USD"}),
    "lt": ("lt", {"EUR", "USD"}),
    "lv": ("lv", {"EUR", "USD"}),
    "nl": ("nl", {"EUR", "GBP", "USD"}),
    "pl": ("pl", {"EUR", "PLN"}),
    "pt": ("pt", {"EUR", "USD"}),
    "ru": ("ru", {"EUR", "RUB", "USD"}),
    "sr": ("sr", {"EUR", "RSD"}),
    "uk": ("uk", {"UAH"}),
}

# Language codes whose words differ from those of their language: num2words' Portuguese
# is that of Portugal, its Serbian is written in Latin letters.
OTHER_LANGUAGES_LEFT_OUT = frozenset({"pt_BR", "sr_RS", "sr@Cyrl"})
