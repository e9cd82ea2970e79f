from odoo import models


class ResCountry(models.Model):
    _inherit = "res.country"

    # === CRUD METHODS === #

    def unlink(self):
        """Override of `base`: a rule of a website may name it."""
        res = super().unlink()
        self.env.registry.clear_cache()
        return res
