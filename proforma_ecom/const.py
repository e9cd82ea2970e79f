"""Names and tables of the pro forma's life. A rule stands here once."""

# Values of `sale.order.proforma_state`, in the order of the life of a pro forma.
PROFORMA_STATES = [
    ("none", "Quotation"),
    ("issued", "Issued"),
    ("revising", "In Revision"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("expired", "Expired"),
    ("cancelled", "Cancelled"),
]

# Target state -> states it may be reached from. Any other move is refused.
PROFORMA_TRANSITIONS = {
    "issued": ("none", "revising", "expired", "declined"),
    "revising": ("issued", "expired", "declined"),
    "accepted": ("issued",),
    "declined": ("issued", "revising"),
    "expired": ("issued", "revising"),
    "cancelled": ("issued", "revising", "accepted", "declined", "expired"),
}

# States whose printed content still follows the order: a change means a revision.
PROFORMA_REVISABLE_STATES = PROFORMA_TRANSITIONS["revising"]

# Fields that only the pro forma's own methods may write, with what a new order has.
PROFORMA_INITIAL_VALUES = {
    "proforma_number": False,
    "proforma_state": "none",
    "proforma_version_id": False,
    "proforma_issued_on": False,
    "proforma_deadline": False,
    "proforma_accepted_by_hand": False,
    "proforma_decline_reason_id": False,
    "proforma_overpayment": 0.0,
    "proforma_rating": 0,
}

# Fields of the order that nobody writes once it is a pro forma.
PROFORMA_FROZEN_ORDER_FIELDS = frozenset(
    {"signature", "signed_by", "signed_on", "company_id"}
)

# Fields of the order whose change may change what is printed. Whether it really does
# is decided by comparing with the current version.
PROFORMA_PRINTED_ORDER_FIELDS = frozenset(
    {
        "partner_id",
        "partner_invoice_id",
        "partner_shipping_id",
        "client_order_ref",
        "validity_date",
        "pricelist_id",
        "currency_id",
        "fiscal_position_id",
        "payment_term_id",
        "note",
        "order_line",
        "commitment_date",
        "proforma_deposit_plan_id",
        "proforma_deposit_ids",
        "proforma_layout_id",
        "proforma_delivery_cost",
        "proforma_delivery_time",
        "sale_order_template_id",
    }
)

PROFORMA_PRINTED_LINE_FIELDS = frozenset(
    {
        "name",
        "sequence",
        "display_type",
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "product_no_variant_attribute_value_ids",
        "product_custom_attribute_value_ids",
        "is_optional",
        "collapse_prices",
        "collapse_composition",
    }
)

# Who changes a pro forma so soon after the customer signed it has not seen that.
JUST_ACCEPTED_SECONDS = 30

EVENT_KINDS = [
    ("issued", "Issued"),
    ("sent", "Sent"),
    ("viewed", "Viewed"),
    ("email_confirmed", "E-mail Address Confirmed"),
    ("downloaded", "Downloaded"),
    ("asked", "Question Asked"),
    ("revising", "Revision Started"),
    ("signed", "Signed"),
    ("payment_started", "Payment Started"),
    ("deposit_due", "Deposit Due"),
    ("deposit_paid", "Deposit Paid"),
    ("deposit_refunded", "Deposit Refunded"),
    ("deposit_forfeited", "Earnest Money Kept"),
    ("payment_refused", "Payment Not Used"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("expired", "Expired"),
    ("cancelled", "Cancelled"),
    ("price_checked", "Prices Moved"),
    ("pdf_failed", "PDF Not Rendered"),
    ("certificate_failed", "Signed Copy Not Made"),
    ("reminded", "Reminded"),
    ("opted_out", "No More Reminders Wanted"),
    ("opted_in", "Reminders Wanted Again"),
    ("answered", "Said Why Not"),
    ("extended", "Extended"),
    ("renewal_asked", "Renewal Requested"),
    ("renewed", "Renewed"),
    ("mail_failed", "E-mail Failed"),
    ("rated", "Feedback Given"),
    ("terms_agreed", "Terms Accepted"),
    ("requested", "Request Received"),
    ("request_answered", "Request Answered"),
    ("request_withdrawn", "Request Withdrawn"),
    ("answer_late", "Answer Late"),
]

PDF_STATES = [("pending", "To Render"), ("done", "Rendered"), ("failed", "Failed")]

# Crockford's base 32, https://www.crockford.com/base32.html: no look-alikes, no words.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

# What a hasty reader takes for one of them.
CODE_MISREADINGS = str.maketrans({"O": "0", "I": "1", "L": "1"})

# 60 bits: with the limit below nobody meets a code by guessing.
CODE_LENGTH = 12

# Look-ups of codes that do not exist, for one network address in one hour.
VERIFICATION_LIMIT = 20

# How much of the network address of who signs is kept. The shortened one is that of a
# network of 256 or more connections, no longer that of a person.
SIGNATURE_ADDRESSES = [
    ("none", "None"),
    ("truncated", "Shortened"),
    ("full", "Complete"),
]

# Kind -> leading bits that are kept of an IPv4 and of an IPv6 address.
SIGNATURE_ADDRESS_BITS = {"truncated": (24, 48), "full": (32, 128)}

DEPOSIT_STATES = [
    ("planned", "Planned"),
    ("due", "Due"),
    ("paid", "Paid"),
    ("refunded", "Refunded"),
    ("forfeited", "Kept"),
    ("cancelled", "Void"),
]

# Target state -> states it may be reached from. A paid deposit is due again when its
# invoice is cancelled; a due one is planned again when its day moves; a refunded one is
# paid again when its credit note is taken back.
DEPOSIT_TRANSITIONS = {
    "planned": ("due",),
    "due": ("planned", "paid"),
    "paid": ("planned", "due", "refunded"),
    "refunded": ("paid",),
    "forfeited": ("paid",),
    "cancelled": ("planned", "due"),
}

# Deposits that may still be paid; those that count towards the total of the order.
DEPOSIT_OPEN_STATES = ("planned", "due")
DEPOSIT_COUNTED_STATES = (*DEPOSIT_OPEN_STATES, "paid")

DEPOSIT_AMOUNT_TYPES = [
    ("percent", "% of the total"),
    ("percent_untaxed", "% of the total without taxes"),
    ("fixed", "Amount"),
    ("balance", "The rest"),
]

DEPOSIT_TRIGGERS = [
    ("acceptance", "At acceptance"),
    ("after_acceptance", "Days after acceptance"),
    ("before_delivery", "Days before delivery"),
    ("fixed_date", "On a date"),
    ("delivery", "At delivery"),
    ("final_invoice", "With the final invoice"),
]

# Code civil art. 1590 and Code de la consommation art. L214-1: an "acompte" binds both
# sides, "arrhes" may be forfeited; a balance is neither, it is the rest of the price.
DEPOSIT_NATURES = [
    ("acompte", "Deposit (binding)"),
    ("arrhes", "Earnest money (forfeitable)"),
    ("balance", "Balance"),
]

# What may become of a paid deposit. Only earnest money is kept or paid back double.
DEPOSIT_SETTLEMENTS = [
    ("refund", "Give it back"),
    ("keep", "Keep it: the customer withdrew"),
    ("double", "Give it back double: we withdrew"),
]

# What a plan may say besides. Code de la consommation art. L214-1: what a consumer pays
# in advance is earnest money unless the contract says otherwise.
PLAN_NATURES = [
    ("customer", "By customer: binding for a business, forfeitable for a consumer"),
    *DEPOSIT_NATURES,
]

# When the invoice of a deposit is made.
DEPOSIT_INVOICE_TIMES = [
    ("paid", "When it is paid"),
    ("due", "When it is due: the customer pays on invoice"),
]

# What an instalment is made of, in a plan as on an order; who plans by hand writes
# nothing else.
INSTALMENT_FIELDS = (
    "name",
    "sequence",
    "amount_type",
    "percent",
    "fixed_amount",
    "trigger",
    "days",
    "fixed_date",
    "nature",
    "needed_to_confirm",
    "before_delivery",
    "invoice_on",
)

# A payment that was begun this many minutes ago may be under way at the provider.
PAYMENT_START_MINUTES = 2

# When the invoices of an order deduct the deposits that were invoiced before.
DEPOSIT_DEDUCTIONS = [
    ("first", "As early as possible"),
    ("proportional", "In proportion to what is invoiced"),
    ("last", "With the last invoice"),
]

# Countries whose companies are in the French register SIRENE: a SIREN of 9 digits for
# the company, a SIRET of 14 for each of its places. New Caledonia, French Polynesia and
# Wallis and Futuna keep registers of their own. Source: Code de commerce, R123-220.
SIRENE_COUNTRIES = ("FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF")

# Countries and territories whose VAT numbers are French. Source: CGI, article 294, and
# the tax convention with Monaco.
FRENCH_VAT_COUNTRIES = ("FR", "GP", "MQ", "RE", "MC")

# Country -> name of the company's number, where core has none.
REGISTRY_LABELS = {"NC": "RIDET", "PF": "TAHITI"}

PROFORMA_SEQUENCE_CODE = "proforma_ecom.proforma"

# Model -> field that says for how many days a pro forma is valid, where core has one.
VALIDITY_FIELDS = {
    "sale.order.template": "number_of_days",
    "res.company": "quotation_validity_days",
}

# Days of validity where no place says how many.
DEFAULT_VALIDITY_DAYS = 30

# States of whose pro formas the customer may say why he does not accept them, and
# those that the seller may extend.
PROFORMA_ANSWER_STATES = ("issued", "expired", "declined")
PROFORMA_EXTENSION_STATES = ("issued", "expired")

# Characters of what the customer adds to his answer.
MAX_REMARK_LENGTH = 2000

# The order counts as "expiring" this many days before its deadline.
EXPIRING_DAYS = 3

# A later expiration date is a slip of the keyboard.
MAX_VALIDITY_YEARS = 10

CRON_BATCH_SIZE = 200

# === The printed document === #

# Parts of a document that may be blanked without breaking the proof of the rest.
PERSONAL_PARTS = ("customer", "delivery")

PROFORMA_DESIGNS = [
    ("classic", "Classic"),
    ("modern", "Modern"),
    ("compact", "Compact"),
    ("letterhead", "Letterhead Paper"),
]

# Design -> size of its type in points; the others are set in 9.
DESIGN_TYPE_SIZES = {"compact": 8}

PROFORMA_TITLES = [
    ("proforma", "Pro forma invoice"),
    ("quotation", "Quotation"),
    ("own", "Own words"),
]

# Values of `sale.order.proforma_delivery_cost`.
DELIVERY_COSTS = [
    ("line", "On a line, or nothing to deliver"),
    ("free", "Free"),
    ("included", "Included in the prices"),
    ("agreed", "To be agreed"),
]

# Sizes that wkhtmltopdf knows by these names.
PAPER_SIZES = [("A4", "A4"), ("Letter", "Letter (US)")]

# Block or column -> whether it is printed when no layout says otherwise.
DEFAULT_BLOCKS = {
    "position": True,
    "reference": True,
    "description": True,
    "picture": False,
    "discount": True,
    "tax": True,
    "salesperson": True,
    "words": False,
    "bank": True,
    "payment_qr": True,
    "methods": True,
    "returns": True,
}

# What a document without a layout looks like.
DEFAULT_LAYOUT = {
    "design": "classic",
    "paper": "A4",
    "margin_top": 45,
    "margin_bottom": 25,
    "show": DEFAULT_BLOCKS,
}
# Who sees what only the back office may see of a pro forma.
PROFORMA_READERS = (
    "sales_team.group_sale_salesman,account.group_account_invoice,"
    "account.group_account_readonly"
)

# What a mention is about. Of each kind but "other" the first that holds is printed.
MENTION_KINDS = [
    ("accounting", "No accounting value"),
    ("validity", "Validity"),
    ("title", "Retention of title"),
    ("deposit", "Deposit"),
    ("withdrawal", "Right of withdrawal"),
    ("tax", "Reason for zero tax"),
    ("other", "Other"),
]

# Where an issuer is established, as far as taxes are concerned.
ISSUER_AREAS = [
    ("any", "Anywhere"),
    ("eu", "European Union"),
    ("outside", "Outside the European Union"),
]

CUSTOMER_KINDS = [
    ("any", "Any customer"),
    ("business", "Business"),
    ("consumer", "Consumer"),
]

DESTINATIONS = [
    ("any", "Anywhere"),
    ("domestic", "Same country"),
    ("eu", "Another country of the European Union"),
    ("export", "Export"),
]

SUPPLIES = [
    ("any", "Goods or services"),
    ("goods", "Goods"),
    ("services", "Services"),
]

TAX_CASES = [
    ("any", "With or without taxes"),
    ("untaxed", "A priced line bears no tax"),
]

MENTION_NATURES = [
    ("any", "With or without a deposit"),
    ("acompte", "Deposit (binding)"),
    ("arrhes", "Earnest money (forfeitable)"),
]
