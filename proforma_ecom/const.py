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
        "proforma_deposit_plan_id",
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
        "is_optional",
        "collapse_prices",
        "collapse_composition",
    }
)

EVENT_KINDS = [
    ("issued", "Issued"),
    ("sent", "Sent"),
    ("viewed", "Viewed"),
    ("downloaded", "Downloaded"),
    ("asked", "Question Asked"),
    ("revising", "Revision Started"),
    ("signed", "Signed"),
    ("payment_started", "Payment Started"),
    ("deposit_paid", "Deposit Paid"),
    ("payment_refused", "Payment Not Used"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("expired", "Expired"),
    ("cancelled", "Cancelled"),
    ("pdf_failed", "PDF Not Rendered"),
]

PDF_STATES = [
    ("pending", "To Render"),
    ("done", "Rendered"),
    ("failed", "Failed"),
]

DEPOSIT_STATES = [
    ("planned", "Planned"),
    ("due", "Due"),
    ("paid", "Paid"),
    ("cancelled", "Void"),
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

PROFORMA_SEQUENCE_CODE = "proforma_ecom.proforma"

# The order counts as "expiring" this many days before its deadline.
EXPIRING_DAYS = 3

# A later expiration date is a slip of the keyboard.
MAX_VALIDITY_YEARS = 10

CRON_BATCH_SIZE = 200
