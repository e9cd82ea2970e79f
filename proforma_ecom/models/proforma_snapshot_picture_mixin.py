import base64

from odoo import api, models

from ..utils import sha256_hex


class ProformaSnapshotPictureMixin(models.AbstractModel):
    """The pictures of the products, where the layout shows them."""

    _name = "proforma.snapshot.picture.mixin"
    _description = "Pro Forma Snapshot Pictures"

    # === BUSINESS METHODS === #

    @api.model
    def _get_pictures(self, order):
        """Return the pictures that the document of an order shows.

        :return: Id of the order line -> image file.
        :rtype: dict[int, bytes]
        """
        if not self._get_layout(order).show_picture:
            return {}
        pictures = {}
        for lines in self._split_by_section(order):
            products = lines.product_id.with_context(bin_size=False)
            things = products.filtered(lambda product: product.type != "service")
            # Some pictures among lines without any look like a mistake; nobody expects
            # one of a service.
            if all((things or products).mapped("image_256")):
                for line in lines:
                    product = line.product_id.with_context(bin_size=False)
                    if image := product.image_256:
                        pictures[line.id] = base64.b64decode(image)
        return pictures

    @api.model
    def _add_pictures(self, order, lines):
        """Return printed lines with the SHA-256 of their picture, where they show one.

        :param list lines: See `_prepare_lines`.
        :rtype: list[dict]
        """
        pictures = self._get_pictures(order)
        return [
            (
                {**line, "picture": sha256_hex(pictures[line["key"]])}
                if line["key"] in pictures
                else line
            )
            for line in lines
        ]

    @api.model
    def _split_by_section(self, order):
        """Return the printed products, one recordset a section."""
        sections = [order.order_line.browse()]
        for line in self._get_printed_lines(order):
            if line.display_type in ("line_section", "line_subsection"):
                sections.append(order.order_line.browse())
            elif self._can_have_picture(line):
                sections[-1] |= line
        return sections

    @api.model
    def _can_have_picture(self, line):
        """Return whether a line is about a thing that can be shown: no text, no
        delivery and no discount.
        """
        return not (
            line.display_type or line._is_delivery() or line._is_proforma_deduction()
        )
