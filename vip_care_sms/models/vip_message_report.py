from odoo import fields, models

LOG = {"readonly": True, "copy": False}


class VipMessageReport(models.Model):
    """What a gateway told of a message, as it came; kept whether it counted or not."""

    _name = "vip.message.report"
    _description = "Report of a text message"
    _order = "id desc"
    _log_access = False

    gateway_id = fields.Many2one(
        "vip.sms.gateway", required=True, ondelete="restrict", **LOG
    )
    message_id = fields.Many2one("vip.message", ondelete="cascade", index=True, **LOG)
    status = fields.Char(required=True, **LOG)
    code = fields.Char(**LOG)
    reported_at = fields.Datetime("Said to be of", **LOG)
    received_at = fields.Datetime(required=True, default=fields.Datetime.now, **LOG)
    counted = fields.Boolean(help="Whether it moved the message on.", **LOG)
