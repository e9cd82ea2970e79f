from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Give every company its status e-mails; what happened before is not told."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    companies = env["res.company"].with_context(active_test=False).search([])
    companies._create_proforma_notices()
