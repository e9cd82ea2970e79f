from odoo import models


class ProformaReminderPortalMixin(models.AbstractModel):
    """The pages that a reminder links to."""

    _name = "proforma.reminder.portal.mixin"
    _description = "Pages of Reminders"

    # === HELPERS === #

    def _get_proforma_opt_out_url(self):
        """Return the address where the customer asks for no more reminders.

        :rtype: str
        """
        self.ensure_one()
        return self.get_base_url() + self.get_portal_url()

    def _get_proforma_answer_url(self, reason=None):
        """Return the address where the customer says why not.

        :param proforma.decline.reason reason: The answer that he clicked on, if any.
        :rtype: str
        """
        self.ensure_one()
        return self.get_base_url() + self.get_portal_url()
