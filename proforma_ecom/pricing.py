"""Pure functions of moving prices: how far a document moved, what follows from it."""

from dataclasses import dataclass, field

# What becomes of a document when the market moves its prices.
PRICE_ACTIONS = [
    ("keep", "Guarantee the prices until the deadline"),
    ("propose", "Propose new prices to the salesperson"),
    ("issue", "Issue and send a new version"),
]

# What a check of the prices came to. That nothing moved is no row: the order keeps the
# day of its last check.
PRICE_OUTCOMES = [
    ("below", "Below the Threshold"),
    ("kept_back", "Kept Back"),
    ("proposed", "Proposed"),
    ("waiting", "Proposed Before"),
    ("issued", "New Version"),
    ("taken", "Taken by a User"),
    ("kept", "Kept by a User"),
    ("failed", "Failed"),
]

# Why a plan did less than it might have.
PRICE_REASONS = [
    ("min_days", "The current version is too recent"),
    ("floor", "The margin would be below the floor"),
    ("no_price", "No price of the document follows"),
    ("refused", "The new version was refused"),
    ("error", "The prices could not be computed"),
]

# Binary fractions: 3 % of something may come out as 3.0000000001.
EPSILON = 1e-6


def margin_of(revenue, cost):
    """Return the margin in percent (0-100) of the revenue; 0 without a revenue."""
    return (revenue - cost) / revenue * 100 if revenue else 0.0


def is_below_floor(revenue, cost, floor):
    """Return whether a margin is below the floor; what costs something and brings
    nothing is below any floor.

    :param float floor: Percent (0-100) of the revenue.
    """
    if revenue <= 0 < cost:
        return True
    return margin_of(revenue, cost) < floor


@dataclass(frozen=True)
class PriceTerms:
    """What the price plans of a document say together."""

    threshold: float  # Percent of the total, or points of margin.
    floor: float  # Percent of the revenue.
    min_days: int
    is_issued: bool  # A new version is made without asking; else it is proposed.


@dataclass
class PriceFigures:
    """A document as it was issued, and as it would be today.

    Totals with taxes, in the currency of the document; margins in percent (0-100) of
    the revenue; rates in units of that currency for one of the company's.
    """

    old_total: float
    new_total: float
    old_margin: float
    new_margin: float
    old_rate: float = 1.0
    new_rate: float = 1.0
    prices: dict = field(default_factory=dict)  # Line -> new price, where it moved.
    costs: dict = field(default_factory=dict)  # Line -> cost then, now; where it moved.
    is_below_floor: bool = False
    terms: PriceTerms | None = None

    @property
    def total_change(self):
        """How far the total moved, in percent of what it was."""
        return self._percent_of_total(self.new_total - self.old_total)

    @property
    def margin_change(self):
        """How far the margin moved, in points."""
        return self.new_margin - self.old_margin

    def has_moved(self):
        """Return whether anything is different, be it less than a cent in the end."""
        return bool(self.prices or self.costs) or abs(self.margin_change) > EPSILON

    def is_beyond(self, threshold, since=None):
        """Return whether the document moved by more than a threshold.

        :param float threshold: Percent of the total, or points of margin.
        :param tuple since: Total and margin to measure from; by default those of the
            issue.
        """
        total, margin = since or (self.old_total, self.old_margin)
        changes = (
            self._percent_of_total(self.new_total - total),
            self.new_margin - margin,
        )
        return any(abs(change) > threshold + EPSILON for change in changes)

    def _percent_of_total(self, amount):
        return amount / self.old_total * 100 if self.old_total else 0.0


def decide(figures, days, proposal=None):
    """Return what follows from the figures of a document.

    :param PriceFigures figures: With the terms of its plans.
    :param int days: Age of the current version.
    :param tuple proposal: Total and margin of the last proposal for this version,
        answered or not, if there is one.
    :return: A key of `PRICE_OUTCOMES`, or False if nothing moved; a key of
        `PRICE_REASONS`, or False.
    :rtype: tuple
    """
    terms = figures.terms
    if not figures.has_moved():
        return False, False
    if not figures.is_beyond(terms.threshold):
        return "below", False
    if days < terms.min_days:
        return "kept_back", "min_days"
    reason = False
    if not figures.prices:
        reason = "no_price"
    elif figures.is_below_floor and terms.is_issued:
        reason = "floor"
    if terms.is_issued and not reason:
        return "issued", False
    if proposal and not figures.is_beyond(terms.threshold, since=proposal):
        return "waiting", reason
    return "proposed", reason
