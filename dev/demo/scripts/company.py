# Runs in an Odoo shell on the empty demo database, before accounting is installed.
env["res.lang"]._activate_lang("fr_FR")
env["res.lang"]._activate_lang("en_US")
env["ir.module.module"].search([("state", "=", "installed")])._update_translations(
    ["fr_FR"]
)
euro = env.ref("base.EUR")
euro.active = True
env.company.write({"country_id": env.ref("base.fr").id, "currency_id": euro.id})
env.cr.commit()
print("DONE")
