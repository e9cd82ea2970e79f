"""Tables of the tax territories of Europe."""

# Parts of a country with a tax territory of their own, by the start of the postcode.
# Directive 2006/112/EC art. 6, CGI art. 294: no VAT area of the Union begins there.
TERRITORIES_BY_ZIP = {
    "FR": {
        "971": "GP",
        "972": "MQ",
        "973": "GF",
        "974": "RE",
        "975": "PM",
        "976": "YT",
        "977": "BL",
        "978": "MF",
        "986": "WF",
        "987": "PF",
        "988": "NC",
    },
    "ES": {"35": "IC", "38": "IC", "51": "XC", "52": "XL"},
}

# Territories that are one tax area with another: directive art. 7, CGI art. 294, 2.
VAT_AREAS = {"MC": "FR", "MQ": "GP"}

# The member state that a territory outside of its VAT area belongs to.
VAT_STATES = {
    **dict.fromkeys(("GP", "MQ", "GF", "RE", "YT", "MF", "MC"), "FR"),
    **dict.fromkeys(("IC", "XC", "XL"), "ES"),
}

# Inside the Union for goods alone: the Windsor Framework.
EU_FOR_GOODS = frozenset({"XI"})
