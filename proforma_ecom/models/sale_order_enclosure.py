import base64

from odoo import SUPERUSER_ID, models

from ..utils import canonical_json, sha256_hex


class SaleOrder(models.Model):
    """What is put before and behind the pages of the pro forma."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - ENCLOSURES === #

    def _prepare_proforma_enclosures(self):
        """Return the files whose pages a version gets, in their order.

        Note: `self.ensure_one()`; in sudo mode and the document's language. Extension
        point, together with `_get_proforma_enclosure_choice`. A file that cannot be
        read is passed on as it is (or empty): it is left out, and the order says so.

        :return: One dict a file: `place` ("front" or "back"), `name` (for the
            customer), `content` (bytes, a PDF).
        :rtype: list[dict]
        """
        self.ensure_one()
        source = self._get_proforma_terms_source()
        if source is None:
            return []
        content = source.with_context(bin_size=False).proforma_terms_pdf
        return [
            {
                "place": "back",
                "name": self.env._("Terms of sale"),
                "content": base64.b64decode(content),
            }
        ]

    def _get_proforma_enclosure_choice(self):
        """Return what decides on the order which files are enclosed.

        Not their content: a file that is replaced in the settings is for the next
        version, it does not call back the ones that were sent.

        :return: Entries that `canonical_json` can write, in any order.
        :rtype: list[list]
        """
        self.ensure_one()
        source = self._get_proforma_terms_source()
        # The company's own are a setting: whoever uploads them calls nothing back.
        if source is None or source == self.company_id:
            return []
        return [[source._name, source.id]]

    def _get_proforma_enclosure_choice_sha256(self):
        """Return a fingerprint of the choice; it may hold what a person typed.

        :rtype: str
        """
        choice = self._get_proforma_enclosure_choice()
        return sha256_hex(*sorted(canonical_json(entry) for entry in choice))

    def _is_proforma_enclosure_changed(self):
        """Return whether the order chooses other files than those of its version.

        A version of the time before there were enclosures has nothing to compare with.
        """
        self.ensure_one()
        order = self.sudo()
        chosen = order.proforma_version_id.enclosure_choice_sha256
        return bool(chosen) and chosen != order._get_proforma_enclosure_choice_sha256()

    def _note_proforma_lost_enclosures(self, version, names):
        """Say on the order which files its version had to be made without.

        :param proforma.version version: The version.
        :param list[str] names: What the files are called; nothing is said of none.
        """
        self.ensure_one()
        if not names:
            return
        # The visitor of the shop has no name and no language in the back office.
        order = self.with_user(SUPERUSER_ID)
        order = order.with_context(lang=order._get_proforma_responsible_user().lang)
        order.message_post(
            body=order.env._(
                "%(version)s was made without a part that cannot be read: %(files)s."
                " Upload the file again and issue a new version if the customer needs"
                " it.",
                version=version.name,
                files=", ".join(names),
            )
        )

    # === HELPERS === #

    def _get_proforma_terms_source(self):
        """Return the most specific record that has terms of sale, or None.

        :return: A record of a model with `proforma.terms.mixin`.
        """
        self.ensure_one()
        for source in self._get_proforma_setting_sources():
            if "proforma_terms_pdf" not in source._fields:
                continue
            # The size tells enough, the file may be large.
            if self._is_proforma_source_usable(source) and (
                source.with_context(bin_size=True).proforma_terms_pdf
            ):
                return source
        return None

    def _is_proforma_source_usable(self, source):
        """Return whether a source of settings is none of another company's."""
        self.ensure_one()
        usable = source._check_company_domain(self.company_id)
        return "company_id" not in source._fields or bool(
            source.filtered_domain(usable)
        )
