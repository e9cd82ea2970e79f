from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Give the companies that are there the shipped plan, and their open orders with
    them. Pro formas issued before get only what is still to come; nobody gets a mail
    for a day that had passed.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["res.company"].search([])._set_default_proforma_reminder_plan()
