from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

# A list is to be read; the counts tell of everybody.
SHOWN = 500


class VipCarePreview(models.TransientModel):
    """Whom a care rule would choose on a day, whom not, and why: nothing is planned."""

    _name = "vip.care.preview"
    _description = "Preview of a care rule"
    _rec_name = "rule_id"

    rule_id = fields.Many2one(
        "vip.care.rule", required=True, readonly=True, ondelete="cascade"
    )
    on_date = fields.Date("On the day", required=True)
    chosen_count = fields.Integer("Members chosen", readonly=True)
    held_count = fields.Integer("Members not chosen", readonly=True)
    line_ids = fields.One2many("vip.care.preview.line", "preview_id", readonly=True)
    chosen_ids = fields.One2many(
        "vip.care.preview.line",
        "preview_id",
        domain=[("guard", "=", False), ("partner_id", "!=", False)],
        readonly=True,
    )
    held_ids = fields.One2many(
        "vip.care.preview.line",
        "preview_id",
        domain=[("guard", "!=", False), ("partner_id", "!=", False)],
        readonly=True,
    )
    reason_ids = fields.One2many(
        "vip.care.preview.line",
        "preview_id",
        domain=[("partner_id", "=", False)],
        readonly=True,
    )

    def action_show(self):
        """Look at the day chosen on the form."""
        self.ensure_one()
        self._fill()
        return self._action_open()

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Whom it would choose"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _fill(self):
        """Plan the day as the planner would, take it back and keep what it said."""
        if not self.env.user.has_group("vip_care.group_head_office"):
            raise AccessError(self.env._("Only head office previews care rules."))
        today = self.env["vip.store"]._vip_today()
        if not self.on_date or abs(self.on_date - today).days > 366:
            raise UserError(self.env._("Choose a day within a year from today."))
        self.env.flush_all()
        rows, counts = [], {}
        with self.env.cr.savepoint(flush=False) as trial:
            for scope in self._scopes():
                self._try_scope(scope)
                for guard, members in self.env.execute_query(self._query_counts()):
                    counts[guard] = counts.get(guard, 0) + members
                rows += self.env.execute_query(self._query_rows())
            trial.rollback()
        self.env.invalidate_all(flush=False)
        self.line_ids.unlink()
        self.write(self._prepare_lines(rows, counts))
        self.invalidate_recordset()  # the lists are parts of the lines just written

    def _scopes(self):
        # sudo: of all stores, as the planner does
        rules = self.env["vip.care.rule"].sudo()
        company = self.rule_id.company_id or self.env.company
        return rules._scopes(company, self.on_date)

    def _try_scope(self, scope):
        """Leave the rule's candidates, and what is theirs already, in the table."""
        rules = self.env["vip.care.rule"].sudo()
        planner = self.env["vip.care.planner"].sudo()
        rule = self.rule_id.sudo()  # as above
        others = rules._rules_of(scope.company) - rule
        if planner._collect(self, scope, rule, others):
            planner._settle(scope)
        self.env.cr.execute(self._query_add_tasks(scope))

    @api.private
    def _add_error(self, text):
        """Say what the planner would report of a rule that fails."""
        raise UserError(text)

    def _query_add_tasks(self, scope):
        """Return SQL that adds what the rule has planned for the day already."""
        return SQL(
            """
            INSERT INTO vip_care_candidate (rule_id, partner_id, due_date, until, guard)
            SELECT t.rule_id, t.partner_id, t.due_date, t.until,
                   CASE WHEN t.state NOT IN ('planned', 'done')
                        THEN COALESCE(t.guard, 'late') END
              FROM vip_care_task t
             WHERE t.rule_id = %(rule)s AND %(day)s BETWEEN t.due_date AND t.until
               AND COALESCE(t.store_id, 0) = ANY(%(stores)s)
               AND t.company_id = %(company)s
            """,
            rule=self.rule_id.id,
            day=self.on_date,
            stores=scope.store_ids,
            company=scope.company.id,
        )

    def _query_mine(self):
        """Return SQL for what the rule wants on the day."""
        return SQL(
            """SELECT partner_id, guard, due_date, until FROM vip_care_candidate
                WHERE rule_id = %s AND task_id IS NULL AND due_date <= %s""",
            self.rule_id.id,
            self.on_date,
        )

    def _query_counts(self):
        return SQL(
            "SELECT guard, count(*) FROM (%s) c GROUP BY guard", self._query_mine()
        )

    def _query_rows(self):
        """Return SQL for so many of the chosen and of the others as are shown."""
        return SQL(
            """
            SELECT partner_id, guard, due_date, until
              FROM (SELECT *, row_number() OVER (
                           PARTITION BY guard IS NULL ORDER BY partner_id) AS place
                      FROM (%s) mine) c
             WHERE place <= %s
            """,
            self._query_mine(),
            SHOWN,
        )

    def _prepare_lines(self, rows, counts):
        kept = {True: 0, False: 0}
        lines = []
        for partner_id, guard, due_date, until in rows:
            kept[bool(guard)] += 1
            if kept[bool(guard)] <= SHOWN:
                days = {"due_date": due_date, "until": until}
                lines.append({"partner_id": partner_id, "guard": guard} | days)
        reasons = sorted(((n, g) for g, n in counts.items() if g), reverse=True)
        lines += [{"guard": guard, "members": number} for number, guard in reasons]
        chosen = counts.get(None, 0)
        return {
            "chosen_count": chosen,
            "held_count": sum(counts.values()) - chosen,
            "line_ids": [fields.Command.create(line) for line in lines],
        }


class VipCarePreviewLine(models.TransientModel):
    """A member the rule would choose or not; or how many a guard holds back."""

    _name = "vip.care.preview.line"
    _description = "Line of a preview"
    _order = "members desc, id"

    preview_id = fields.Many2one("vip.care.preview", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Member", ondelete="cascade")
    store_id = fields.Many2one(related="partner_id.vip_store_id")
    owner_id = fields.Many2one(related="partner_id.vip_owner_id")
    guard = fields.Char()
    reason = fields.Char("Why she is not chosen", compute="_compute_reason")
    members = fields.Integer()
    due_date = fields.Date("Due")
    until = fields.Date("At the latest")

    @api.depends("guard")
    def _compute_reason(self):
        guards = self.env["vip.care.guard"]
        for line in self:
            line.reason = line.guard and guards._sentence(line.guard)
