import re

from odoo import api, models
from odoo.exceptions import ValidationError

from ..const import PROFORMA_SEQUENCE_CODE

# The year of the number: of the range, or of the day of issue.
YEAR_TOKEN = re.compile(r"%\((range_)?(year|y)\)s")


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    # === CONSTRAINT METHODS === #

    @api.constrains("prefix", "suffix", "use_date_range", "code")
    def _check_proforma_year(self):
        """Check that numbers that start anew each year name the year.

        :raise ValidationError: If last year's numbers would come again.
        """
        for sequence in self.filtered(lambda s: s.code == PROFORMA_SEQUENCE_CODE):
            text = f"{sequence.prefix or ''}{sequence.suffix or ''}"
            if sequence.use_date_range and not YEAR_TOKEN.search(text):
                raise ValidationError(
                    self.env._(
                        "The numbers of pro formas start anew each year: their prefix"
                        " must contain the year, written %(token)s.",
                        token="%(range_year)s",
                    )
                )
