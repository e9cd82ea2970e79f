from odoo import models


class ResPartnerCategory(models.Model):
    _inherit = "res.partner.category"

    # === CRUD METHODS === #

    def unlink(self):
        """Override of `base`: a rule of a website may name it."""
        res = super().unlink()
        self.env.registry.clear_cache()
        return res
