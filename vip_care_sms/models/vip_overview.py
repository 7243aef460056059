from odoo import api, models


class VipOverview(models.AbstractModel):
    """What of the messages head office has to decide, on its first page."""

    _inherit = "vip.overview"

    @api.model
    @api.readonly
    def get_data(self, filters=None):
        data = super().get_data(filters)
        if self.env.user.has_group("vip_care.group_head_office"):
            data["messages"] = self._get_messages()
        return data

    @api.model
    def _get_messages(self):
        company = self.env.company
        own = ("company_id", "=", company.id)
        gateway = company.vip_sms_gateway_id
        batches = self.env["vip.message.batch"]
        messages = self.env["vip.message"]
        replies = self.env["vip.message.reply"]
        return {
            "batches": batches.search_count([own, ("state", "=", "waiting")]),
            "unknown": messages.search_count([own, ("state", "=", "unknown")]),
            "replies": replies.search_count([own, ("is_failed", "=", True)]),
            "gateway": gateway.state == "paused"
            and {
                "id": gateway.id,
                "name": gateway.name,
                "reason": gateway.pause_reason or "",
                "queued": messages.search_count(
                    [("gateway_id", "=", gateway.id), ("state", "=", "ready")]
                ),
            },
        }
