from odoo import fields, models
from odoo.tools import SQL

# What a member buys so soon after the contact, or after the day it was held out.
EFFECT_DAYS = 30


class VipCareEffect(models.Model):
    """What a rule brings: members it reached for, against those held out at random.

    One row per member chosen by a rule that holds out a share, once 30 days have
    passed. Whoever was chosen counts, also where nobody made the contact: leaving them
    out would compare willing members with all others. Members a guard stopped were
    chosen by neither.
    """

    _name = "vip.care.effect"
    _description = "Effect of care rules"
    _auto = False
    _order = "due_date desc, id desc"
    _rec_name = "rule_id"

    rule_id = fields.Many2one("vip.care.rule", readonly=True)
    trigger = fields.Selection(related="rule_id.trigger")
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    store_id = fields.Many2one("vip.store", readonly=True)
    due_date = fields.Date("Due", readonly=True)
    group = fields.Selection(
        [("chosen", "Cared for"), ("held_out", "Held out")], "Share", readonly=True
    )
    bought = fields.Float(
        "Bought within 30 days (%)", readonly=True, aggregator="avg", digits=(5, 1)
    )
    amount = fields.Monetary(
        "Net amount within 30 days", readonly=True, aggregator="avg"
    )

    @property
    def _table_query(self):
        """Return the view; the ORM cannot sum what was bought in each row's own days.

        Only rules that hold somebody out are read, by the tasks' unique index.
        """
        return SQL(
            """
            SELECT t.id, t.rule_id, t.company_id, t.store_id, t.due_date,
                   CASE WHEN t.is_holdout THEN 'held_out' ELSE 'chosen' END AS "group",
                   CASE WHEN p.tickets > 0 THEN 100.0 ELSE 0.0 END AS bought,
                   COALESCE(p.amount, 0) AS amount
              FROM vip_care_task t
              JOIN vip_care_rule r ON r.id = t.rule_id
              LEFT JOIN LATERAL (
                   SELECT count(*) FILTER (WHERE NOT x.is_refund) AS tickets,
                          sum(x.amount) AS amount
                     FROM vip_purchase x
                    WHERE x.partner_id = t.partner_id
                      AND x.local_date BETWEEN t.due_date AND t.due_date + %(days)s
                   ) p ON TRUE
             WHERE t.due_date + %(days)s < %(today)s
               AND (t.is_holdout OR t.state IN ('done', 'expired')
                    OR (t.state = 'skipped' AND t.reason IS NOT NULL))
               AND EXISTS (
                   SELECT FROM vip_care_task h
                    WHERE h.rule_id = t.rule_id AND h.is_holdout)
            """,
            days=EFFECT_DAYS,
            today=fields.Date.context_today(self),
        )
