from odoo import models

LANGUAGES = {"zh_CN": "zh_CN", "zh_TW": "zh_TW", "zh_HK": "zh_TW"}


class VipImport(models.Model):
    """Where the buttons of the form lead."""

    _inherit = "vip.import"

    def action_refresh(self):
        """Show how far it is: the web client reads the form anew."""
        return True

    def action_member_template(self):
        return self._template_action("members")

    def action_purchase_template(self):
        return self._template_action("purchases")

    def _template_action(self, name):
        language = LANGUAGES.get(self.env.lang, "en")
        return {
            "type": "ir.actions.act_url",
            "url": f"/vip_care/static/import/{name}_{language}.csv",
            "target": "download",
        }

    def action_view_members(self):
        """Show the members this import made."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported members"),
            "res_model": "res.partner",
            "view_mode": "list,form",
            "domain": [
                ("is_vip_member", "=", True),
                ("id", ">", self.first_partner_id),
                ("id", "<=", self.last_partner_id),
                ("create_uid", "=", self.env.ref("base.user_root").id),
            ],
        }

    def action_view_purchases(self):
        """Show the purchases this import made."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported purchases"),
            "res_model": "vip.purchase",
            "view_mode": "list,pivot,graph",
            "domain": [
                ("order_id", "=", False),
                ("id", ">", self.first_purchase_id),
                ("id", "<=", self.last_purchase_id),
            ],
        }
