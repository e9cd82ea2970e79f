from odoo import fields, models
from odoo.fields import Command

from ..utils import sha256_hex


class ProformaPictureMixin(models.AbstractModel):
    """The pictures of the products as they were when the version was frozen."""

    _name = "proforma.picture.mixin"
    _description = "Pro Forma Version Pictures"

    picture_ids = fields.Many2many(
        "ir.attachment",
        "proforma_version_picture_rel",
        "version_id",
        "attachment_id",
        string="Pictures",
        readonly=True,
    )

    # === BUSINESS METHODS === #

    def _prepare_picture_vals(self, order):
        """Return what a new version keeps of the pictures that it shows.

        :param sale.order order: The order.
        :rtype: dict
        """
        pictures = self.env["proforma.snapshot"]._get_pictures(order).values()
        files = {sha256_hex(picture): picture for picture in pictures}
        return {
            "picture_ids": [
                Command.create({"name": name, "raw": content, "res_model": self._name})
                for name, content in files.items()
            ]
        }

    def _get_pictures(self):
        """Return the pictures of the document.

        :return: SHA-256 -> image file.
        :rtype: dict[str, bytes]
        """
        self.ensure_one()
        return {picture.name: picture.raw for picture in self.sudo().picture_ids}
