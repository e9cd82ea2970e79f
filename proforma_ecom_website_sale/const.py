"""Names and tables of what a shop allows. A rule stands here once."""

# Who may ask for a pro forma. A business is a company, or whoever has a VAT number.
AUDIENCES = [
    ("everyone", "Everyone"),
    ("signed_in", "Customers who are signed in"),
    ("business", "Business customers"),
]

# Whether a salesperson looks at a cart before it becomes a pro forma.
REVIEWS = [
    ("never", "Never: it is issued at once"),
    ("always", "Always"),
    ("above", "Above an amount"),
]

# What products and e-commerce categories say of pro formas, the strongest first: of a
# product in several categories that say different things, the first of these holds.
PRODUCT_POLICIES = [
    ("only", "Only by pro forma"),
    ("never", "No pro forma"),
    ("allowed", "Allowed"),
]

# Characters of a customer's own reference, such as a purchase order number.
MAX_REFERENCE_LENGTH = 60

# Minutes in which the same cart of the same customer is the same request.
DUPLICATE_MINUTES = 10

# How many pro formas guests may ask for in one hour: one network address (an IPv6
# connection has a /64), one network, one e-mail address.
GUEST_LIMITS = {"address_key": 10, "network_key": 30, "email_key": 5}

# Leading bits of an IPv4 and of an IPv6 address that make up an address, a network.
ADDRESS_BITS = (32, 64)
NETWORK_BITS = (24, 48)

# Content of a file that a visitor may add -> how its name ends. Nothing that a browser
# or an office program would run.
FILE_TYPES = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
}

# Files on one cart, and bytes of one of them.
MAX_FILES = 3
MAX_FILE_SIZE = 5 * 1024 * 1024

# Characters of the name of a file, without its end.
MAX_FILE_NAME_LENGTH = 60

# Key of the context: the id of a cart that asks whether its pro forma may be sold.
OWN_CART = "proforma_own_cart_id"
