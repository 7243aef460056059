from odoo import fields, models

LOG = {"readonly": True, "copy": False}


class VipMessageReply(models.Model):
    """What somebody wrote back, kept as it came; a refusal counts at once."""

    _name = "vip.message.reply"
    _description = "Reply to a text message"
    _order = "id desc"

    gateway_id = fields.Many2one(
        "vip.sms.gateway", required=True, ondelete="restrict", **LOG
    )
    company_id = fields.Many2one(
        related="gateway_id.company_id", store=True, index=True
    )
    number = fields.Char("Whole number", groups="vip_care.group_head_office", **LOG)
    number_masked = fields.Char("Number", **LOG)
    text = fields.Text("What she wrote", **LOG)
    meaning = fields.Selection(
        [
            ("refusal", "Refusal"),
            ("return", "Wants messages again"),
            ("other", "Other"),
        ],
        required=True,
        **LOG,
    )
    partner_id = fields.Many2one(
        "res.partner", "Member", ondelete="set null", index="btree_not_null", **LOG
    )
    message_id = fields.Many2one("vip.message", "Reply to", ondelete="set null", **LOG)
    task_id = fields.Many2one(
        "vip.care.task", "Care contact", ondelete="set null", **LOG
    )
    replied_at = fields.Datetime("Written at", **LOG)
    received_at = fields.Datetime(required=True, default=fields.Datetime.now, **LOG)
    is_blocking = fields.Boolean(help="By it the number got blocked.", **LOG)
    is_failed = fields.Boolean(
        "Something failed", help="It was kept, but not all it asks for was done.", **LOG
    )
    digest = fields.Char(required=True, help="The same reply told twice is one.", **LOG)

    _digest_uniq = models.UniqueIndex("(gateway_id, digest)")
    # What a number said before.
    _number_idx = models.Index("(number, id)")
    _task_idx = models.Index("(task_id) WHERE task_id IS NOT NULL")

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load)
        # Her own words: whoever reads them has read her.
        if "text" in fnames:
            self.env["vip.access.view"]._count(self.partner_id)
        return result
