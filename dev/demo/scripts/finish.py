# Runs in an Odoo shell on the demo database: all that is slow, before the first click.
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
print("DONE")
