from odoo import api, fields, models

SYSTEM = "base.group_system"


class VipSmsGateway(models.Model):
    """What its form tells of a gateway's health, and whose it is."""

    _inherit = "vip.sms.gateway"

    is_chosen = fields.Boolean(
        compute="_compute_is_chosen", help="Its company sends by it."
    )
    queued_count = fields.Integer("Queued", compute="_compute_counts")
    unknown_count = fields.Integer("Outcome unknown", compute="_compute_counts")
    today_count = fields.Integer("Handed over in 24 hours", compute="_compute_counts")
    report_url = fields.Char(
        "Address for reports", compute="_compute_urls", groups=SYSTEM
    )
    reply_url = fields.Char(
        "Address for replies", compute="_compute_urls", groups=SYSTEM
    )

    @api.depends("company_id.vip_sms_gateway_id")
    def _compute_is_chosen(self):
        for gateway in self:
            company = gateway.company_id.sudo()  # which one it chose is no secret
            chosen = company.vip_sms_gateway_id
            gateway.is_chosen = bool(chosen) and chosen == gateway._origin

    def _compute_counts(self):
        since = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        queued = self._count([("state", "=", "ready")])
        unknown = self._count([("state", "=", "unknown")])
        lately = self._count([("reserved_at", ">", since)])
        for gateway in self:
            own = gateway._origin
            gateway.queued_count = queued.get(own, 0)
            gateway.unknown_count = unknown.get(own, 0)
            gateway.today_count = lately.get(own, 0)

    def _count(self, domain):
        """Return {gateway: messages}; one state at a time has an index of its own."""
        messages = self.env["vip.message"].sudo()  # numbers only
        domain = [("gateway_id", "in", self.ids), *domain]
        return dict(messages._read_group(domain, ["gateway_id"], ["__count"]))

    def _compute_urls(self):
        for gateway in self:
            is_called = gateway.id and gateway.kind != "odoo"
            gateway.report_url = is_called and gateway._report_url()
            gateway.reply_url = is_called and gateway._report_url("reply")

    def action_choose(self):
        """Let the company send by this gateway."""
        self.ensure_one()
        self.check_access("write")
        self.company_id.vip_sms_gateway_id = self
        return True
