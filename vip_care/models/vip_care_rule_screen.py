from odoo import api, fields, models


class VipCareRule(models.Model):
    """What the screen of a rule says besides its fields."""

    _inherit = "vip.care.rule"

    sentence_when = fields.Char(compute="_compute_sentence_when")
    sentence_threshold = fields.Char(compute="_compute_sentence_threshold")

    @api.depends("offset_days", "window_days")
    @api.depends_context("lang")
    def _compute_sentence_when(self):
        for rule in self:
            first = rule.offset_days
            last = first + rule.window_days - 1
            if first == last == 0:
                text = self.env._("On the day itself, neither before nor after.")
            elif first == last < 0:
                text = self.env._("On one day, %(days)s before.", days=-first)
            elif first == last:
                text = self.env._("On one day, %(days)s after.", days=first)
            elif last < 0:
                text = self.env._(
                    "Between %(first)s and %(last)s days before.",
                    first=-first,
                    last=-last,
                )
            elif first < 0:
                text = self.env._(
                    "From %(first)s days before until %(last)s days after.",
                    first=-first,
                    last=last,
                )
            else:
                text = self.env._(
                    "Between %(first)s and %(last)s days after.", first=first, last=last
                )
            rule.sentence_when = text

    @api.depends("trigger")
    @api.depends_context("lang")
    def _compute_sentence_threshold(self):
        texts = self._threshold_sentences()
        for rule in self:
            rule.sentence_threshold = texts.get(rule.trigger)

    def _threshold_sentences(self):
        """Return {trigger: what its threshold means}, for those that have one."""
        return {
            "data_check": self.env._("Profiles less complete than so many percent."),
            "points_reminder": self.env._("From so many points on."),
            "points_lapse": self.env._("From so many lapsing points on."),
            "purchase": self.env._("Tickets from this amount on; 0 for any."),
            "top_spender": self.env._("So many members of each region."),
        }
