"""Load our add-ons' demo files as Odoo does on installing; run in Odoo's shell."""

from odoo.modules.loading import load_data
from odoo.modules.module_graph import ModuleGraph

ADDONS = ("vip_care", "vip_care_sms")

env = globals()["env"]  # given by the shell
modules = env["ir.module.module"].search(
    [("name", "in", ADDONS), ("state", "=", "installed")]
)
graph = ModuleGraph(env.cr, mode="load")
graph.extend(["base", *modules.mapped("name")])
for package in graph:
    if package.name in ADDONS:
        # Not load_demo: it only logs a file that fails.
        load_data(env(su=True), {}, "init", kind="demo", package=package)
env.flush_all()
env.cr.execute("UPDATE ir_module_module SET demo = true WHERE name IN %s", [ADDONS])
modules.invalidate_recordset(["demo"])
modules._update_translations()
env.cr.commit()
