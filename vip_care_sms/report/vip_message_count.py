from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.vip_care.models.vip_care_words import PURPOSES, TRIGGERS

from ..models.vip_message import OUT, STATES


class VipMessageCount(models.Model):
    """Numbers and cost of what was sent: of stores, not of members.

    One row per message that was handed over. It names nobody and holds no words, so a
    store's numbers are whole for its manager, also where a member has moved since.
    """

    _name = "vip.message.count"
    _description = "Numbers and cost of text messages"
    _auto = False
    _order = "sent_on desc, id desc"
    _rec_name = "sent_on"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    store_id = fields.Many2one("vip.store", readonly=True)
    gateway_id = fields.Many2one("vip.sms.gateway", readonly=True)
    rule_id = fields.Many2one("vip.care.rule", readonly=True)
    trigger = fields.Selection(TRIGGERS, "Occasion", readonly=True)
    purpose = fields.Selection(PURPOSES, readonly=True)
    state = fields.Selection(STATES, readonly=True)
    sent_on = fields.Date("Day", readonly=True)
    sent = fields.Integer(readonly=True)
    delivered = fields.Integer(readonly=True)
    undelivered = fields.Integer("Not delivered", readonly=True)
    unknown = fields.Integer("Outcome unknown", readonly=True)
    share = fields.Float(
        "Delivered (%)", readonly=True, aggregator="avg", digits=(5, 1)
    )
    parts = fields.Integer(readonly=True)
    cost = fields.Monetary(readonly=True, aggregator="sum")

    @property
    def _table_query(self):
        """Return the view; the ORM has no share of a state."""
        return SQL(
            """
            SELECT m.id, m.company_id, m.store_id, m.gateway_id, t.rule_id, t.trigger,
                   m.purpose, m.state, m.sent_on, 1 AS sent,
                   (m.state = 'delivered')::int AS delivered,
                   (m.state IN ('undelivered', 'rejected'))::int AS undelivered,
                   (m.state = 'unknown')::int AS unknown,
                   CASE WHEN m.state = 'delivered' THEN 100.0 ELSE 0.0 END AS share,
                   m.parts, m.cost
              FROM vip_message m
              LEFT JOIN vip_care_task t ON t.id = m.task_id
             WHERE m.state IN %(out)s AND m.sent_on IS NOT NULL
            """,
            out=OUT,
        )
