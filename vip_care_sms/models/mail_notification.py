from odoo import fields, models


class MailNotification(models.Model):
    """Says on the message why it did not go: Odoo knows this of mass mailings only."""

    _inherit = "mail.notification"

    failure_type = fields.Selection(
        selection_add=[("sms_blacklist", "Refuses text messages, or did not agree")],
        ondelete={"sms_blacklist": "set null"},
    )
