from odoo import models

from ..gateways.odoo_sms import reference


class VipMessage(models.Model):
    """Messages by Odoo's own providers can be found by Odoo's webhooks."""

    _inherit = "vip.message"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "reserved":
            self.sudo()._make_trackers()  # trackers are the system's
        return result

    def _make_trackers(self):
        ours = self.filtered(lambda message: message.gateway_id.kind == "odoo")
        if not ours:
            return
        trackers = self.env["sms.tracker"]
        wanted = {reference(message.uuid) for message in ours}
        known = trackers.search([("sms_uuid", "in", list(wanted))])
        missing = wanted - set(known.mapped("sms_uuid"))
        trackers.create([{"sms_uuid": uuid} for uuid in sorted(missing)])
