from odoo import models


class SaleOrder(models.Model):
    """What a pro forma takes over from its template, its customer or its company."""

    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _proforma_take_setting(self, fname):
        """Write a setting of these orders; many of one customer look for it once.

        :param str fname: See `_get_proforma_setting`.
        """
        groups = self.grouped(lambda order: order._get_proforma_setting_key())
        for orders in groups.values():
            orders[fname] = orders[0]._get_proforma_setting(fname)

    def _get_proforma_setting_key(self):
        """Return what the places of the settings depend on. Extension point.

        :rtype: tuple[recordset]
        """
        self.ensure_one()
        return self.company_id, self.partner_id, self.sale_order_template_id

    def _get_proforma_setting(self, fname):
        """Return a setting from the most specific place that has it.

        A setting that is archived or of another company is passed over, like one that
        is not there.

        :param str fname: Name of the many2one field, the same on every place.
        :return: The value, empty if no place has one.
        """
        self.ensure_one()
        for source in self._get_proforma_setting_sources():
            value = source[fname]
            if value.active and value.company_id <= self.company_id:
                return value
        return self.env["sale.order"]._fields[fname].convert_to_record(None, self)

    def _get_proforma_setting_sources(self):
        """Return where settings come from, most specific first. Extension point.

        :rtype: list[recordset]
        """
        self.ensure_one()
        order = self.with_company(self.company_id).sudo()
        return [
            order.sale_order_template_id,
            order.partner_id.commercial_partner_id,
            order.company_id,
        ]
