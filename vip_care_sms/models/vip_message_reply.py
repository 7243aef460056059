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
    message_id = fields.Many2one("vip.message", "Answers", ondelete="set null", **LOG)
    task_id = fields.Many2one("vip.care.task", "Contact", ondelete="set null", **LOG)
    replied_at = fields.Datetime("Written", **LOG)
    received_at = fields.Datetime(required=True, default=fields.Datetime.now, **LOG)
    digest = fields.Char(required=True, help="The same reply told twice is one.", **LOG)

    _digest_uniq = models.UniqueIndex("(gateway_id, digest)")
