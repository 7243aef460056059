import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, RedirectWarning, UserError
from odoo.tools import SQL


class HrEmployee(models.Model):
    """Nobody leaves while members or work depend on her.

    Held for superuser code too: only a handover clears the way. What must pass to
    others is what `_vip_open_work` says; other modules add to it.
    """

    _inherit = "hr.employee"

    # Members refer to it, so that the database itself keeps their owners in service.
    _vip_active_uniq = models.UniqueIndex("(active, id)")

    vip_owned_count = fields.Integer(
        "Her members",
        compute="_compute_vip_owned_count",
        groups="hr.group_hr_user,base.group_system,vip_care.group_store_manager",
    )

    def _compute_vip_owned_count(self):
        # sudo: how many they are is no secret of those who may archive her
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        counts = dict(
            partners._read_group(
                [("vip_owner_id", "in", self.ids)], ["vip_owner_id"], ["__count"]
            )
        )
        for employee in self:
            employee.vip_owned_count = counts.get(employee._origin.sudo(), 0)

    def write(self, vals):
        self._vip_check_leaving_vals(vals)
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            self._vip_flush_leaving()
        return result

    def _vip_flush_leaving(self):
        """Archive in the database, now that it can be said who is in the way."""
        try:
            self.flush_recordset(["active"])
        except psycopg2.errors.ForeignKeyViolation as error:
            # Somebody gave her a member a moment ago: with the next transaction
            # `_vip_check_may_leave` sees it.
            raise ConcurrencyError(str(error)) from error

    @api.ondelete(at_uninstall=False)
    def _unlink_except_needed(self):
        self._vip_check_may_leave()

    def _vip_open_work(self):
        """Return what needs a successor before she leaves: [(label, count, model)].

        Override to add what else may not be left behind, and
        `_vip_hand_over_work` to pass it on.
        """
        self.ensure_one()
        counts = [
            (self.env._("members"), self.vip_owned_count, "res.partner"),
            (
                self.env._("open activities on members"),
                len(self._vip_member_activities()),
                "mail.activity",
            ),
        ]
        return [work for work in counts if work[1]]

    def _vip_member_activities(self):
        """Return the open activities on members that are assigned to her."""
        # sudo: whoever asks may not read them. Odoo deletes them with her login.
        activities = self.env["mail.activity"].sudo()
        users = self.sudo().user_id
        if not users:
            return activities
        activities.flush_model(["user_id", "res_model", "res_id", "active"])
        self.env["res.partner"].flush_model(["is_vip_member"])
        rows = self.env.execute_query(self._query_member_activities(users))
        return activities.browse(row[0] for row in rows)

    def _query_member_activities(self, users):
        """Return the query; an activity's document is no relation of the ORM."""
        return SQL(
            """
            SELECT activity.id
              FROM mail_activity activity
              JOIN res_partner partner
                ON partner.id = activity.res_id AND partner.is_vip_member
             WHERE activity.res_model = 'res.partner'
               AND activity.active AND activity.user_id IN %s
             ORDER BY activity.id
            """,
            tuple(users.ids),
        )

    def _vip_check_leaving_vals(self, vals):
        """Hold what would part her from her members; `vals` are about to be written."""
        employees = self.sudo()  # whoever changes her may not read her or her members
        if "active" in vals and not vals["active"] or "resource_id" in vals:
            employees._vip_check_may_leave()
        if "company_id" in vals:
            moved = employees.filtered(lambda e: e.company_id.id != vals["company_id"])
            moved.filtered("vip_owned_count")._vip_check_may_leave()
        if "user_id" in vals and not self._vip_may_change_logins():
            login = vals["user_id"] or False
            employees.filtered(
                lambda e: e.user_id.id != login
            )._vip_check_may_change_login()

    def _vip_may_change_logins(self):
        return self.env.su or self.env.user.has_group("vip_care.group_head_office")

    def _vip_check_may_leave(self):
        """Raise, with the way to the handover, while anything depends on them."""
        held = self.browse()
        texts = []
        for employee in self.sudo():  # as in `_vip_check_leaving_vals`
            work = employee._vip_open_work()
            if work:
                held += employee
                texts.append(employee._vip_open_work_text(work))
        if not held:
            return
        raise RedirectWarning(
            self.env._(
                "%(work)s\n\nFirst give this to colleagues with “Hand over members…”."
                " Nothing was changed.",
                work="\n".join(texts),
            ),
            self.env.ref("vip_care.hr_employee_action_hand_over").id,
            self.env._("Hand over members…"),
            {
                "active_model": "hr.employee",
                "active_id": held[0].id,
                "active_ids": held[0].ids,
            },
        )

    def _vip_open_work_text(self, work):
        return self.env._(
            "%(employee)s still has: %(work)s.",
            employee=self.name,
            work=", ".join(f"{count} {label}" for label, count, _model in work),
        )

    def _vip_check_may_change_login(self):
        """Whoever has an employee's login sees her members: only head office decides.

        An HR officer, who may set logins, cannot give herself somebody's members.
        """
        for employee in self:
            count = employee.vip_owned_count
            if count:
                raise UserError(
                    self.env._(
                        "%(employee)s owns %(count)s members, and whoever has her login"
                        " sees them. Ask head office to change the login, or hand over"
                        " her members first.",
                        employee=employee.name,
                        count=count,
                    )
                )
