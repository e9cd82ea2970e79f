from odoo.addons.portal.controllers.portal import CustomerPortal


class ProformaAddress(CustomerPortal):
    def _validate_address_values(self, address_values, partner_sudo, *args, **kwargs):
        """Override of `portal` to refuse wrong numbers, here and in the shop."""
        invalid_fields, missing_fields, error_messages = (
            super()._validate_address_values(
                address_values, partner_sudo, *args, **kwargs
            )
        )
        typed, problems = partner_sudo._normalize_typed_vals(address_values)
        for fname, problem in problems.items():
            if fname not in invalid_fields:
                invalid_fields.add(fname)
                error_messages.append(problem)
        if not problems:
            address_values.update(typed)
        return invalid_fields, missing_fields, error_messages
