# Runs in an Odoo shell on the demo database: everything slow, once, and not at the first click.
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
print("DONE")
