"""Make the asset bundles that pages ask for; run in Odoo's shell."""

env = globals()["env"]  # given by the shell
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
