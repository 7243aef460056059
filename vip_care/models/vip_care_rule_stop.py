from odoo import models
from odoo.fields import Domain

# What a planned contact has of its rule for good: another one is another contact.
FITTING = ("trigger", "channel", "purpose", "text_kind")


class VipCareRule(models.Model):
    """A rule switched off, or made another one, ends what it has planned.

    Switched on again, the planner plans anew what is still to come.
    """

    _inherit = "vip.care.rule"

    def write(self, vals):
        result = super().write(vals)
        if not {"active", *FITTING}.isdisjoint(vals):
            self._end_unfitting()
        return result

    def _end_unfitting(self):
        """Cancel what is planned by rules that are off or plan otherwise now."""
        rules = self.filtered(
            lambda rule: rule.trigger not in self.env["vip.care.guard"]._answers()
        )
        off = rules.filtered(lambda rule: not rule.active)
        unfitting = [Domain("rule_id", "in", off.ids)] + [
            Domain("rule_id", "=", rule.id)
            & Domain.OR(Domain(name, "!=", rule[name]) for name in FITTING)
            for rule in rules - off
        ]
        # sudo: contacts of all owners, by who may change the rule
        tasks = self.env["vip.care.task"].sudo()
        planned = Domain("state", "=", "planned") & Domain.OR(unfitting)
        tasks.search(planned).write({"state": "cancelled", "guard": "rule"})
