from odoo import fields, models


class VipMessageSettle(models.TransientModel):
    """Somebody found out what became of a message whose outcome was unknown."""

    _name = "vip.message.settle"
    _description = "Settle a message"

    message_id = fields.Many2one("vip.message", required=True, readonly=True)
    number_masked = fields.Char(related="message_id.number_masked", related_sudo=False)
    words = fields.Text(related="message_id.words", related_sudo=False)
    has_arrived = fields.Selection(
        [("yes", "Yes, it arrived"), ("no", "No, it did not")],
        "Did it arrive?",
        required=True,
    )
    note = fields.Char("How you know", required=True)

    def action_settle(self):
        self.ensure_one()
        self.message_id.action_settle(self.has_arrived == "yes", self.note)
        return {"type": "ir.actions.act_window_close"}
