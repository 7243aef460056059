import ast

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger

from .vip_care_planner import NEVER_HELD_OUT

# A message is for the day or before it, and a warning for before the end: never late.
NEVER_LATE = ("birthday", "special_day", "family_birthday", "festival")
LAPSES = ("points_lapse", "tier_lapse", "card_lapse")
MOST = 1_000_000_000
# What the threshold of a trigger may be; of all others it means nothing.
THRESHOLDS = {
    "data_check": (1, 100),
    "points_reminder": (1, MOST),
    "points_lapse": (0, MOST),
    "purchase": (0, MOST),
    "top_spender": (1, 1000),
}


class VipCareRule(models.Model):
    """What a rule must hold to, and how its further conditions are read."""

    _inherit = "vip.care.rule"

    @api.constrains("channel", "text_kind", "trigger")
    def _check_words(self):
        for rule in self:
            if rule.channel == "message" and not rule.text_kind:
                raise ValidationError(
                    self.env._(
                        "Say of which kind the words of “%(rule)s” are: the message"
                        " guard reads them by it.",
                        rule=rule.name,
                    )
                )
            if rule.trigger == "arrivals" and rule.channel == "message":
                raise ValidationError(
                    self.env._(
                        "New arrivals are shown on a visit or told in a call, never in"
                        " a message. Choose another channel for “%(rule)s”.",
                        rule=rule.name,
                    )
                )

    @api.constrains("holdout_percent", "purpose", "text_kind", "channel")
    def _check_holdout(self):
        for rule in self:
            if rule.holdout_percent and (
                "service" in (rule.purpose, rule.channel)
                or rule.text_kind in NEVER_HELD_OUT
            ):
                raise ValidationError(
                    self.env._(
                        "Service is owed to everybody: nobody can be held out of"
                        " “%(rule)s”. Set the share to 0.",
                        rule=rule.name,
                    )
                )

    @api.constrains("trigger", "channel", "offset_days", "window_days")
    def _check_never_late(self):
        for rule in self:
            dated = rule.trigger in NEVER_LATE and rule.channel == "message"
            latest = rule.offset_days + rule.window_days - 1
            if latest > 0 and (dated or rule.trigger in LAPSES):
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” could come %(days)s days late. Begin earlier or"
                        " give fewer days: it must be done on the day at the latest.",
                        rule=rule.name,
                        days=latest,
                    )
                )

    @api.constrains("trigger", "threshold")
    def _check_threshold(self):
        for rule in self.filtered(lambda rule: rule.trigger in THRESHOLDS):
            lowest, highest = THRESHOLDS[rule.trigger]
            if not lowest <= rule.threshold <= highest:
                raise ValidationError(
                    self.env._(
                        "The threshold of “%(rule)s” is a number from %(lowest)s to"
                        " %(highest)s.",
                        rule=rule.name,
                        lowest=lowest,
                        highest=highest,
                    )
                )

    @api.constrains("domain")
    def _check_domain(self):
        for rule in self:
            try:
                rule._test_conditions()
            except (
                *(ValueError, TypeError, SyntaxError, KeyError, RecursionError),
                *(AttributeError, UserError, psycopg2.Error),
            ) as error:
                raise ValidationError(
                    self.env._(
                        "The further conditions of “%(rule)s” cannot be used:"
                        " %(conditions)s. Choose them in the editor; days may be"
                        " written as “today -3m”.",
                        rule=rule.name,
                        conditions=rule.domain,
                    )
                ) from error

    def _test_conditions(self):
        """Raise unless the database can answer the further conditions."""
        self.ensure_one()
        members = self.env["res.partner"].sudo()  # planning reads every member too
        with self.env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
            members.search(self._conditions(), limit=1)

    def _conditions(self):
        """Return the further conditions as a domain on members."""
        self.ensure_one()
        conditions = ast.literal_eval((self.domain or "[]").strip())
        if not isinstance(conditions, list):
            raise ValueError(self.domain)
        return fields.Domain(conditions)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = (
            self.filtered("code")
            or self.env["vip.care.task"]
            .sudo()
            .search([("rule_id", "in", self.ids)], limit=1)
            .rule_id
        )  # whether anybody was ever cared for by it
        if used:
            raise UserError(
                self.env._(
                    "“%(rule)s” came with VIP Care or has tasks already. Archive it"
                    " instead: it makes no more tasks then.",
                    rule=used[0].name,
                )
            )
