"""Tables of the customer's pages."""

# Filter of the list -> states of what it shows. What is past its deadline counts as
# expired, though nobody has moved it yet.
LIST_FILTER_STATES = {
    "open": ("issued", "revising"),
    "accepted": ("accepted",),
    "expired": ("expired",),
    "closed": ("declined", "cancelled"),
}

# Order of the list -> how the database sorts it. The states are sorted afterwards.
LIST_ORDERS = {
    "newest": "proforma_issued_on desc, id desc",
    "deadline": "proforma_deadline, id desc",
    "amount": "amount_total desc, id desc",
    "number": "proforma_number desc, id desc",
    "state": "proforma_issued_on desc, id desc",
}

# States in the order in which they ask something of the customer.
LIST_STATES = (
    "issued",
    "revising",
    "accepted",
    "expired",
    "declined",
    "cancelled",
)

# Characters of the name of who signs.
MAX_NAME_LENGTH = 150

# Characters of what is searched for.
MAX_SEARCH_LENGTH = 100

# Payments that the provider has, or whose money it has.
PAID_STATES = ("pending", "authorized", "done")

# First characters that let a spreadsheet take a text for a formula.
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

# Kinds of events that the customer is told of, himself or his colleagues.
TIMELINE_KINDS = (
    "issued",
    "viewed",
    "asked",
    "requested",
    "request_answered",
    "request_withdrawn",
    "revising",
    "terms_agreed",
    "signed",
    "deposit_paid",
    "deposit_refunded",
    "accepted",
    "declined",
    "expired",
    "extended",
    "renewal_asked",
    "renewed",
    "answered",
    "rated",
    "cancelled",
)

# So many of the latest events are shown at once.
TIMELINE_LENGTH = 6

# Whose pro formas somebody sees who is signed in, beside those of his company itself.
PORTAL_VISIBILITIES = [
    ("company", "Everybody sees those of the whole company"),
    ("own", "Everybody sees his own"),
]

# States after which the customer is asked how it was.
FEEDBACK_STATES = ("accepted", "declined", "expired")

# Answers of the customer, and up to which one somebody should call him.
RATES = range(1, 6)
LOW_RATE = 2
