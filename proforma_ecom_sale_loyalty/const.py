"""Names of the rewards of pro formas."""

# States of a pro forma that uses no code: others may have it.
RELEASING_STATES = ("declined", "expired")

# Types of programs whose cards are known to the customer by their code. That of a gift
# card is money, those of wallets and loyalty cards nobody types.
CODE_PROGRAM_TYPES = ("coupons", "next_order_coupons")
