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
