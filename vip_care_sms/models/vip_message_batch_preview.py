from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date

SAMPLES = 3


class VipMessageBatch(models.Model):
    """What head office looks at before it lets a batch go."""

    _inherit = "vip.message.batch"

    sample_ids = fields.Many2many(
        "vip.message",
        string="Samples",
        compute="_compute_sample_ids",
        help="The longest first. Of members you may see.",
    )
    left_out = fields.Html("Who is left out", compute="_compute_left_out")

    @api.depends("rule_id", "day")
    def _compute_display_name(self):
        for batch in self:
            rule = batch.rule_id.sudo().name  # a rule's name is no secret
            batch.display_name = f"{rule or ''} {format_date(self.env, batch.day)}"

    def action_preview(self):
        """Show everybody the rule means on the day, who is left out, and why.

        Also those who wait for a better day and have no row of their own yet.
        """
        self.ensure_one()
        self.check_access("read")
        return self.rule_id.with_company(self.company_id).action_preview(self.day)

    def _compute_sample_ids(self):
        for batch in self:
            batch.sample_ids = self.env["vip.message"].search(
                [("batch_id", "in", batch.ids)], order="parts desc, id", limit=SAMPLES
            )

    def _compute_left_out(self):
        for batch in self:
            rows = batch._exclusions() if batch.ids else []
            batch.left_out = rows and batch._as_table(rows)

    def _as_table(self, rows):
        """Return reasons and counts as a table; what a reason says is escaped."""
        row = Markup("<tr><td>%s</td><td class='text-end'>%s</td></tr>")
        lines = Markup("").join(row % (reason, f"{count:,}") for reason, count in rows)
        return Markup("<table class='table table-sm mb-0'>%s</table>") % lines
