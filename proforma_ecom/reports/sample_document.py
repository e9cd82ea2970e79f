"""A complete document for previews, tests and pictures."""

from copy import deepcopy

from .words import amount_in_words

SAMPLE_LINES = [
    ("Deck oven, 3 decks", "FS-3", "1.00", "3200.00", "5.00", "3040.00"),
    ("Spiral mixer 60 l", "SM-60", "1.00", "1850.00", "0.00", "1850.00"),
    ("Proofing cabinet, 2 doors", "PC-2", "2.00", "640.50", "0.00", "1281.00"),
    ("Stainless work table 200 × 70 cm", "WT-200", "3.00", "289.90", "10.00", "782.73"),
    ("Bread pan, non-stick", "BP-12", "48.00", "6.25", "0.00", "300.00"),
    ("Installation and start-up", "INST", "6.50", "68.00", "0.00", "442.00"),
    ("Baking stone, cordierite", "BS-40", "6.00", "34.20", "0.00", "205.20"),
    ("Staff training, half a day", "TR-05", "1.00", "320.00", "0.00", "320.00"),
]

ENGLISH = {
    "title": "Pro forma invoice",
    "payment_term": "30 days",
    "uom": "Units",
    "tax": "20%",
    "tax_label": "VAT 20%",
    "section": "Equipment",
    "description": "Delivery to the ground floor, unpacking and removal of packaging",
    "delivery": "Delivery by lorry with tail lift",
    "note": "Colour of the doors: graphite, to be confirmed with the order.",
    "words": "Total of this pro forma invoice in words: %s.",
    "methods": ["Bank transfer", "Card"],
    "delivery_time": "3 weeks",
    "returns": "<p>Unused goods in their packaging may be sent back within 14 days."
    "</p>",
    "message": "<p>Thank you for your interest. Here is what we agreed on.</p>",
    "deposits": [("On order", "On acceptance"), ("Before delivery", "7 days before")],
    "terms": "<p>Goods remain our property until paid in full. Returns within 14 days, "
    "in their packaging. Two years of warranty on parts and labour.</p>",
    "mentions": [
        "This document is not an invoice and has no accounting value.",
        "Late payment: interest at three times the legal rate and €40 of costs.",
    ],
}

FRENCH = {
    "title": "Facture pro forma",
    "payment_term": "30 jours",
    "uom": "Unités",
    "tax": "20 %",
    "tax_label": "TVA 20 %",
    "section": "Équipement",
    "description": "Livraison au rez-de-chaussée, déballage et reprise des emballages",
    "delivery": "Livraison par camion avec hayon",
    "note": "Couleur des portes : graphite, à confirmer à la commande.",
    "words": "Arrêtée la présente facture pro forma à la somme de %s.",
    "methods": ["Virement bancaire", "Carte bancaire"],
    "delivery_time": "3 semaines",
    "returns": "<p>Le matériel neuf, dans son emballage, peut être retourné sous 14"
    " jours.</p>",
    "message": "<p>Merci de votre intérêt. Voici ce dont nous sommes convenus.</p>",
    "deposits": [
        ("À la commande", "À l'acceptation"),
        ("Avant livraison", "7 jours avant"),
    ],
    "terms": "<p>Les marchandises restent notre propriété jusqu'au paiement complet. "
    "Retours sous 14 jours, dans leur emballage. Garantie de deux ans, pièces et "
    "main-d'œuvre.</p>",
    "mentions": [
        "Document sans valeur comptable : il ne constitue pas une facture.",
        "Retard de paiement : pénalités au triple du taux légal et 40 € de frais.",
    ],
}


def sample_line(position, texts, **values):
    """Return one product line, numbered, taken in turn from the sample products."""
    product = SAMPLE_LINES[(position - 1) % len(SAMPLE_LINES)]
    name, reference, quantity, price, discount, subtotal = product
    return {
        "kind": "product",
        "position": position,
        "name": name,
        "description": texts["description"] if position % 3 == 1 else "",
        "reference": reference,
        "quantity": quantity,
        "uom": texts["uom"],
        "price_unit": price,
        "discount": discount,
        "taxes": [texts["tax"]],
        "subtotal": subtotal,
        "total": f"{float(subtotal) * 1.2:.2f}",
        **values,
    }


def sample_text_line(kind, name, **values):
    """Return a line that is no product: a section, a subsection or a note."""
    line = dict.fromkeys(
        ("description", "reference", "quantity", "uom", "price_unit", "discount"), ""
    )
    return {
        **line,
        "kind": kind,
        "position": None,
        "name": name,
        "taxes": [],
        "subtotal": "",
        "total": "",
        **values,
    }


def sample_document(lang="en_US", lines=3, **overrides):
    """Return a complete document of the format that templates read.

    :param str lang: "fr_FR" for French texts, any other language for English ones.
    :param int lines: How many product lines it has.
    :param overrides: Values put over those of the top-level keys; a dict is merged.
    :rtype: dict
    """
    texts = FRENCH if lang == "fr_FR" else ENGLISH
    products = [sample_line(number + 1, texts) for number in range(lines)]
    untaxed = sum(float(line["subtotal"]) for line in products)
    total = untaxed * 1.2
    document = {
        "format": 2,
        "document": _sample_heading(texts, lang),
        "issuer": _sample_issuer(),
        **_sample_parties(),
        "lines": products,
        "totals": _sample_totals(texts, lang, untaxed),
        "deposits": _sample_deposits(texts, total),
        "to_pay": {"amount": f"{total * 0.3:.2f}", "percent": "30.00"},
        "terms": {
            "message_before": texts["message"],
            "returns": texts["returns"],
            "note": texts["terms"],
            "fiscal_note": "",
            "payment_note": "",
        },
        "mentions": list(texts["mentions"]),
        "layout": {"design": "classic", "show": {"words": True}},
        "payment": _sample_payment(texts, total),
        "delivery_cost": "",
        "verification": {
            "url": "https://atelier-durand.example/proforma/verify/4pX2mQ9sVfL0aT7cWd3bRg",
            "code": "7K3M-Q9XT-2B8V",
        },
    }
    for key, value in deepcopy(overrides).items():
        if isinstance(value, dict) and isinstance(document[key], dict):
            document[key].update(value)
        else:
            document[key] = value
    return document


def _sample_totals(texts, lang, untaxed):
    total = untaxed * 1.2
    words_lang = "fr_FR" if lang == "fr_FR" else "en_US"
    amounts = {"base": f"{untaxed:.2f}", "amount": f"{total - untaxed:.2f}"}
    return {
        "words": texts["words"] % amount_in_words(f"{total:.2f}", "EUR", words_lang),
        "untaxed": f"{untaxed:.2f}",
        "tax": f"{total - untaxed:.2f}",
        "total": f"{total:.2f}",
        "taxes": [{"label": texts["tax_label"], **amounts}],
    }


def _sample_heading(texts, lang):
    return {
        "title": texts["title"],
        "number": "PF/2026/00042",
        "version": 2,
        "reference": "PF/2026/00042-2",
        "order": "S00042",
        "issued_on": "2026-11-23",
        "valid_until": "2026-12-23",
        "lang": lang,
        "direction": "ltr",
        "currency": {"code": "EUR", "symbol": "€", "position": "after", "decimals": 2},
        "customer_reference": "BC-118",
        "salesperson": "Camille Durand",
        "payment_term": texts["payment_term"],
        "delivery_time": texts["delivery_time"],
        "tax_included_display": False,
    }


def _sample_issuer():
    return {
        "name": "Atelier Durand SAS",
        "tagline": "Fours et matériel de boulangerie",
        "address": ["12 rue de la Charité", "69002 Lyon", "France"],
        "vat": "FR11 123 456 782",
        "registry": "RCS Lyon 123 456 782",
        "phone": "+33 4 65 71 00 10",
        "email": "contact@atelier-durand.example",
        "website": "atelier-durand.example",
        "details": "",
        "footer": "Atelier Durand SAS au capital de 50 000 €",
        "accounts": [
            {
                "number": "FR7699999012340001234567841",
                "bank": "Banque du Rhône",
                "bic": "BQRHFRPPXXX",
            }
        ],
        "font": "Lato",
        "primary_color": "#714B67",
        "secondary_color": "#8595A2",
        "has_logo": False,
        "logo_sha256": "",
    }


def _sample_parties():
    return {
        "customer": {
            "name": "Boulangerie Martin SARL",
            "contact": "Lucie Martin",
            "address": ["3 place du Marché", "69100 Villeurbanne", "France"],
            "vat": "FR78 123 987 653",
            "phone": "",
            "email": "lucie@boulangerie-martin.example",
        },
        "delivery": {
            "name": "Boutique Bellecour",
            "address": ["5 rue Victor Hugo", "69002 Lyon", "France"],
            "phone": "+33 4 65 71 20 31",
        },
    }


def _sample_deposits(texts, total):
    return [
        {
            "position": 1,
            "label": texts["deposits"][0][0],
            "percent": "30.00",
            "amount": f"{total * 0.3:.2f}",
            "when": texts["deposits"][0][1],
            "nature": "acompte",
            "needed_to_confirm": True,
        },
        {
            "position": 2,
            "label": texts["deposits"][1][0],
            "percent": "70.00",
            "amount": f"{total - round(total * 0.3, 2):.2f}",
            "when": texts["deposits"][1][1],
            "nature": "balance",
            "needed_to_confirm": False,
        },
    ]


def _sample_payment(texts, total):
    return {
        "methods": list(texts["methods"]),
        "reference": "PF/2026/00042",
        "qr": "BCD\n002\n1\nSCT\nBQRHFRPPXXX\nAtelier Durand SAS"
        f"\nFR7699999012340001234567841\nEUR{total * 0.3:.2f}\n\n\nPF/2026/00042\n",
    }
