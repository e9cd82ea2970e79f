import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.proforma_ecom.typed import typed_text

from ..const import (
    FILE_TYPES,
    MAX_FILE_NAME_LENGTH,
    MAX_FILE_SIZE,
    MAX_FILES,
    MAX_REFERENCE_LENGTH,
)

# Tells them from the documents that are attached to the order, too.
FILE_MARK = "proforma_shop_file"


class SaleOrder(models.Model):
    """What a visitor says with his request (his own reference, a message), and files
    that he adds to it, such as his purchase order.

    The files are private: only who may see the order in the back office sees them.
    """

    _inherit = "sale.order"

    # === BUSINESS METHODS - WORDS === #

    @api.model
    def _prepare_proforma_words(self, reference=None, message=None):
        """Return the words as they are kept, without what no text holds.

        :param reference: Anything that a browser may send.
        :param message: Anything that a browser may send.
        :return: `reference` and `message`.
        :rtype: dict[str, str]
        :raise UserError: If one of them is too long.
        """
        words = {
            "reference": " ".join(typed_text(reference).split()),
            "message": typed_text(message),
        }
        if len(words["reference"]) > MAX_REFERENCE_LENGTH:
            raise UserError(
                self.env._(
                    "Your order number has %(length)s characters; there is room for"
                    " %(longest)s. Shorten it.",
                    length=len(words["reference"]),
                    longest=MAX_REFERENCE_LENGTH,
                )
            )
        if message := self._proforma_words_error_message(words["message"]):
            raise UserError(message)
        return words

    # === BUSINESS METHODS - FILES === #

    def _proforma_attach_files(self, files):
        """Keep the files of a visitor with his cart. One that is there is not added.

        Note: `self.ensure_one()`, in sudo mode.

        :param list files: Name as the browser said it, content in bytes.
        :raise UserError: If one of them is too large, of another type, or there are
            too many. None is kept then.
        """
        self.ensure_one()
        attachments = self.env["ir.attachment"]
        known = self._get_proforma_files()
        values = [self._prepare_proforma_file_vals(*file) for file in files]
        if len(known) + len(values) > MAX_FILES:
            raise UserError(
                self.env._(
                    "Add %(count)s files at most. Send us more of them by e-mail.",
                    count=MAX_FILES,
                )
            )
        checksums = set(known.mapped("checksum"))
        for vals in values:
            checksum = attachments._compute_checksum(vals["raw"])
            if checksum not in checksums:
                attachments.create(vals)
            checksums.add(checksum)

    def _get_proforma_files(self):
        """Return the files that the visitor added to his cart.

        :rtype: ir.attachment
        """
        self.ensure_one()
        domain = [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("description", "=", FILE_MARK),
        ]
        return self.env["ir.attachment"].sudo().search(domain, order="id")

    # === HELPERS === #

    def _prepare_proforma_file_vals(self, name, content):
        """Return the values of the attachment of a file.

        :param str name: As the browser said it; anything.
        :param bytes content: It alone decides what the file is.
        :rtype: dict
        :raise UserError: If it is too large or of another type.
        """
        mimetype = guess_mimetype(content)
        clean = self._get_proforma_file_name(name)
        if len(content) > MAX_FILE_SIZE:
            raise UserError(
                self.env._(
                    "%(name)s is larger than %(size)s MB. Make it smaller, or send it"
                    " by e-mail.",
                    name=clean,
                    size=MAX_FILE_SIZE // 1024**2,
                )
            )
        if mimetype not in FILE_TYPES:
            raise UserError(
                self.env._(
                    "%(name)s is neither a PDF nor a PNG or JPEG picture. Save it as a"
                    " PDF.",
                    name=clean,
                )
            )
        return {
            "name": f"{clean}{FILE_TYPES[mimetype]}",
            "raw": content,
            "mimetype": mimetype,
            "description": FILE_MARK,
            "res_model": self._name,
            "res_id": self.id,
            "public": False,
        }

    def _get_proforma_file_name(self, name):
        """Return the name of a file without folders, odd characters and its end.

        :rtype: str
        """
        last = re.split(r"[/\\]", name or "")[-1].rpartition(".")
        stem = last[0] or last[2]
        clean = " ".join(re.sub(r"[^\w\s()+-]", " ", stem).split())
        return clean[:MAX_FILE_NAME_LENGTH].strip() or self.env._("File")
