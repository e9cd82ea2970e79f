from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Command


class ProformaContactCheckMixin(models.AbstractModel):
    """Refuses wrong numbers of a contact where somebody types them.

    Only forms are checked. What an import, a connector or another program writes is
    kept as it is: a wrong phone number is no reason to lose a customer.
    """

    _name = "proforma.contact.check.mixin"
    _description = "Pro Forma Contact Check Mixin"

    # === CRUD METHODS === #

    def web_save(self, vals, specification, next_id=None):
        """Override of `web`: the numbers typed in a form are checked and completed."""
        return super().web_save(
            self._prepare_typed_vals(vals), specification, next_id=next_id
        )

    def web_save_multi(self, vals_list, specification):
        """Override of `web`: the numbers typed in a list are checked and completed."""
        if len(self) == len(vals_list):
            vals_list = [
                record._prepare_typed_vals(vals)
                for record, vals in zip(self, vals_list, strict=True)
            ]
        return super().web_save_multi(vals_list, specification)

    # === BUSINESS METHODS === #

    def _prepare_typed_vals(self, vals):
        """Return the values of a form with its numbers as they are kept.

        :raise ValidationError: Naming every number that cannot be right.
        """
        typed, problems = self._normalize_typed_vals(vals)
        if problems:
            raise ValidationError("\n\n".join(problems.values()))
        return typed

    def _normalize_typed_vals(self, vals, country=None):
        """Return values with their numbers as they are kept, and what is wrong.

        :param dict vals: What a form would write on all the records, or create.
        :param res.country country: That of the form around this one, if any.
        :return: A copy of the values, and a problem by the name of the field.
        :rtype: tuple[dict, dict]
        """
        typed, problems = dict(vals), {}
        for fname, normalize in self._get_typed_normalizers(vals).items():
            countries = {
                record._get_typed_country(fname, vals, country)
                for record in self or [self]
            }
            try:
                texts = {normalize(vals[fname].strip(), c) for c in countries}
            except ValidationError as error:
                problems[fname] = str(error)
            else:
                typed[fname] = texts.pop() if len(texts) == 1 else vals[fname]
        if "child_ids" in vals:
            typed["child_ids"] = self._normalize_typed_children(vals, problems)
        return typed, problems

    def _normalize_typed_children(self, vals, problems):
        """Return the commands of the children, their numbers as they are kept.

        :param dict problems: Takes what is wrong with them.
        """
        country = self[:1]._get_typed_country("child_ids", vals, None)
        commands = []
        for command in vals["child_ids"]:
            operation, record_id, *content = command
            if operation in (Command.CREATE, Command.UPDATE):
                is_new = operation == Command.CREATE
                child = self.browse() if is_new else self.browse(record_id)
                child_vals, wrong = child._normalize_typed_vals(content[0], country)
                problems.update(
                    {
                        f"child_ids.{record_id}.{key}": text
                        for key, text in wrong.items()
                    }
                )
                command = (operation, record_id, child_vals)
            commands.append(command)
        return commands

    # === HELPERS === #

    def _get_typed_normalizers(self, vals):
        """Return the checks of those fields whose text was changed, see
        `proforma.contact.check`. An old wrong number does not stop other changes.
        """
        if not self._is_typed_checked():
            return {}
        return {
            fname: normalize
            for fname, normalize in self.env["proforma.contact.check"]
            ._get_normalizers()
            .items()
            if (text := (vals.get(fname) or "").strip())
            and (not self or any((record[fname] or "") != text for record in self))
        }

    def _is_typed_checked(self):
        """Return whether the company wants the numbers of its contacts checked."""
        return all(
            record._get_typed_company().sudo().proforma_check_contacts
            for record in self or [self]
        )

    def _get_typed_company(self):
        """Return the company whose contact this is. To be overridden.

        :rtype: res.company
        """
        return self.env.company

    def _get_typed_country(self, fname, vals, around):
        """Return the country that a number belongs to.

        :param str fname: The field of the number.
        :param dict vals: What the form would write.
        :param res.country around: That of the form around this one, or None.
        :return: May be empty.
        :rtype: res.country
        """
        if "country_id" in vals:
            own = self.env["res.country"].browse(vals["country_id"] or ())
        else:
            own = self.country_id
        return own or around or own
