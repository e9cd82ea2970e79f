import base64

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..reports.pdf_merge import MAX_SIZE, find_fault


class ProformaTermsMixin(models.AbstractModel):
    """A place that may hold the terms of sale, as a file behind the document."""

    _name = "proforma.terms.mixin"
    _description = "Pro Forma Terms of Sale"

    # === FIELDS === #

    proforma_terms_pdf = fields.Binary(
        string="Terms of Sale (PDF)",
        attachment=True,
        help="A PDF whose pages are put behind those of the pro forma.",
    )
    proforma_terms_pdf_name = fields.Char(
        string="File Name of the Terms of Sale",
        prefetch="proforma",
    )

    # === CONSTRAINT METHODS === #

    @api.constrains("proforma_terms_pdf")
    def _check_proforma_terms_pdf(self):
        for record in self.with_context(bin_size=False):
            if record.proforma_terms_pdf:
                content = base64.b64decode(record.proforma_terms_pdf)
                if message := record._proforma_terms_error_message(content):
                    raise ValidationError(message)

    def _proforma_terms_error_message(self, content):
        """Return what is wrong with a file of terms and how to mend it.

        :param bytes content: The file.
        :return: A translated text, or False.
        """
        self.ensure_one()
        if len(content) > MAX_SIZE:
            return self.env._(
                "The terms of sale (%(file)s) have %(size)s MB; %(limit)s MB is the"
                " limit. Save the PDF in a smaller size and upload it again.",
                file=self.proforma_terms_pdf_name or "PDF",
                size=f"{len(content) / 1024**2:.1f}",
                limit=MAX_SIZE // 1024**2,
            )
        fault = find_fault(content)
        return bool(fault) and self._get_proforma_terms_faults()[fault]

    def _get_proforma_terms_faults(self):
        """Return the sentence for each fault of `find_fault`.

        :rtype: dict[str, str]
        """
        self.ensure_one()
        name = self.proforma_terms_pdf_name or "PDF"
        return {
            "not_pdf": self.env._(
                "The terms of sale (%(file)s) are not a PDF. Save them as a PDF and"
                " upload that file.",
                file=name,
            ),
            "encrypted": self.env._(
                "The terms of sale (%(file)s) are protected by a password or against"
                " changes. Save the PDF without protection and upload it again.",
                file=name,
            ),
            "broken": self.env._(
                "The terms of sale (%(file)s) are damaged and cannot be read. Save"
                " them as a PDF once more and upload that file.",
                file=name,
            ),
            "empty": self.env._(
                "The terms of sale (%(file)s) have no page. Upload another PDF.",
                file=name,
            ),
        }
