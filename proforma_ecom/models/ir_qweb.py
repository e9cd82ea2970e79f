from lxml import etree

from odoo import models

# Key of the context: whoever sets it, to a dict, renders one template for many records.
COMPILED = "proforma_compiled"


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _generate_code_uncached(self, template):
        """Override of `base`: the e-mails of a batch have one template, which is
        compiled once and not for each of them.
        """
        compiled = self.env.context.get(COMPILED)
        if compiled is None or not isinstance(template, etree._Element):
            return super()._generate_code_uncached(template)
        keys = self._get_template_cache_keys()
        key = (etree.tostring(template), *map(self.env.context.get, keys))
        if key not in compiled:
            compiled[key] = super()._generate_code_uncached(template)
        return compiled[key]
