"""Keys of the context."""

# Whoever sets it compares the order with its version himself, once everything is
# written.
CHECK_LATER = "proforma_check_later"
