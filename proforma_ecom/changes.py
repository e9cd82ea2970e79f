"""What a customer asks to be otherwise on a pro forma."""

from typing import NamedTuple


class ProformaChange(NamedTuple):
    """What a customer wants otherwise."""

    quantities: dict  # Line -> quantity, where it is another one.
    additions: dict  # Product -> quantity.
    choices: dict  # Name of a field -> record, see `_get_proforma_choices`.
    errors: dict  # Name of a field -> what is wrong with what was typed there.

    @classmethod
    def make(cls, quantities=(), additions=(), choices=()):
        """Return a change without errors."""
        return cls(dict(quantities), dict(additions), dict(choices), {})

    def is_empty(self):
        """Return whether nothing would be otherwise."""
        return not (self.quantities or self.additions or self.choices)
