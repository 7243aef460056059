from odoo import fields, models
from odoo.fields import NO_ACCESS

SYSTEM = "base.group_system"


class VipSmsGateway(models.Model):
    """A way to send text messages, chosen per company; its secrets are the system's.

    What it does is in `gateways/`; this record is its settings, limits and health.
    """

    _name = "vip.sms.gateway"
    _description = "SMS gateway"
    _inherit = ["mail.thread"]
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("http", "HTTP"),
            ("kannel", "Kannel"),
            ("odoo", "Odoo's own (IAP or Twilio)"),
            ("aliyun", "Alibaba Cloud (mainland)"),
        ],
        required=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [("running", "Running"), ("paused", "Paused")],
        required=True,
        default="paused",
        readonly=True,
        copy=False,
    )
    pause_reason = fields.Char(readonly=True, copy=False)
    paused_at = fields.Datetime(readonly=True, copy=False)

    url = fields.Char("Address", groups=SYSTEM)
    user = fields.Char("User name or key", groups=SYSTEM, copy=False)
    # Nobody reads it back, the administrator neither: she writes a new one.
    secret = fields.Char(groups=NO_ACCESS, copy=False)
    password = fields.Char(
        "Password or secret",
        compute="_compute_password",
        inverse="_inverse_password",
        groups=SYSTEM,
        copy=False,
        help="It is never shown again. Leave the dots to keep it.",
    )
    callback_secret = fields.Char(groups=SYSTEM, readonly=True, copy=False)
    sender = fields.Char(groups=SYSTEM, help="Number or name it sends from.")
    signature = fields.Char(help="As filed with the provider, without brackets.")
    region = fields.Char(groups=SYSTEM)
    timeout = fields.Integer("Seconds to answer", default=20, aggregator=None)
    options = fields.Json(
        "Options as kept", groups=SYSTEM, help="Of this kind of gateway only."
    )
    options_text = fields.Text(
        "Options",
        compute="_compute_options_text",
        inverse="_inverse_options_text",
        groups=SYSTEM,
    )

    batch_size = fields.Integer(
        "Messages at a time", default=100, aggregator=None, help="Reserved together."
    )
    number_day_limit = fields.Integer(
        "Per number and 24 hours", default=2, aggregator=None
    )
    minute_limit = fields.Integer("Per minute", aggregator=None, help="0: no limit.")
    hour_limit = fields.Integer("Per hour", aggregator=None, help="0: no limit.")
    day_limit = fields.Integer("Per 24 hours", aggregator=None, help="0: no limit.")
    counting = fields.Selection(
        [("gsm", "GSM-7 and Unicode"), ("mainland", "Mainland: 70 and 67")],
        "Parts are counted",
        required=True,
        default="gsm",
    )
    price = fields.Float("Price per part", digits=(16, 4), aggregator=None)
    currency_id = fields.Many2one(related="company_id.currency_id")

    # Written by every reservation: whoever reserved from an older view starts again.
    reserved_at = fields.Datetime("Last reserved", readonly=True, copy=False)
    accepted_at = fields.Datetime("Last accepted", readonly=True, copy=False)
    error_at = fields.Datetime("Last error", readonly=True, copy=False)
    error_text = fields.Char("What went wrong", readonly=True, copy=False)
    unknown_in_a_row = fields.Integer(
        "Unknown in a row",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Messages since the last clear answer of which nobody knows whether "
        "they left.",
    )
