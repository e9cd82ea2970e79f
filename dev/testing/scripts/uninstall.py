# Runs in an Odoo shell: uninstall the addon that ADDON names.
import os

module = env["ir.module.module"].search([("name", "=", os.environ["ADDON"])])
orders = env["sale.order"].search_count([])
module.button_immediate_uninstall()
env = env(context={})
env.invalidate_all()
assert env["sale.order"].search_count([]) == orders, "orders were lost"
print("DONE")
