from odoo import api, fields, models
from odoo.tools.misc import hmac

from ..const import VERIFICATION_LIMIT
from ..utils import network_of

# Who has an IPv6 address has all of its network, usually a /64.
NETWORK_BITS = (32, 64)


class ProformaVerificationAttempt(models.TransientModel):
    """One look-up of a code that does not exist, counted to stop who guesses.

    The network address is not kept, only its keyed hash, which is another one in each
    hour. The rows go with those of all transient models.
    """

    _name = "proforma.verification.attempt"
    _description = "Pro Forma Verification Attempt"

    network_key = fields.Char(required=True, readonly=True, index=True)

    # === BUSINESS METHODS === #

    @api.model
    def _is_limited(self, address):
        """Return whether too many look-ups from an address failed in this hour.

        :param str address: As the server got it, may be empty.
        :rtype: bool
        """
        domain = [("network_key", "=", self._get_network_key(address))]
        return self.sudo().search_count(domain, limit=VERIFICATION_LIMIT) >= (
            VERIFICATION_LIMIT
        )

    @api.model
    def _note_failure(self, address):
        """Count a look-up that failed.

        :param str address: As the server got it, may be empty.
        """
        self.sudo().create({"network_key": self._get_network_key(address)})

    # === HELPERS === #

    @api.model
    def _get_network_key(self, address):
        """Return what stands for an address in this hour and leads back to none."""
        hour = fields.Datetime.now().strftime("%Y-%m-%d %H")
        network = network_of(address, NETWORK_BITS)
        return hmac(self.env(su=True), "proforma-verification", (hour, network))
