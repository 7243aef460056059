from odoo import fields, models
from odoo.tools import SQL


class VipTransfer(models.Model):
    """What goes with the members: open activities, follower marks, later work."""

    _inherit = "vip.transfer"

    def _move_members(self):
        result = super()._move_members()
        if self.kind == "leaving":
            self._release_former_members()
            self.from_employee_id._vip_hand_over_work(self._successors())
            self._move_activities()
            self._pass_on_decisions()
        return result

    def _successors(self):
        """Return {member's id: her new owner's id} of what has been moved."""
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, new_owner_id FROM vip_transfer_line"
                " WHERE transfer_id = %s AND outcome = 'moved'",
                self.id,
            )
        )
        return dict(rows)

    def _release_former_members(self):
        """Who is no member any more needs no owner; her history says until when."""
        self.env.cr.execute(self._query_release_former())
        self._forget_owners()

    def _query_release_former(self):
        """Return the statement; the ORM refuses to clear an owner, rightly."""
        return SQL(
            """
            WITH released AS (
                UPDATE res_partner
                   SET vip_owner_id = NULL, vip_owner_user_id = NULL,
                       vip_owner_store_id = NULL, vip_owner_since = NULL
                 WHERE vip_owner_id = %(leaver)s AND is_vip_member IS NOT TRUE
             RETURNING id
            )
            INSERT INTO vip_ownership_change (
                   partner_id, date, old_owner_id, reason, user_id, transfer_id)
            SELECT id, %(now)s, %(leaver)s, 'leaving', %(user)s,
                   %(transfer)s
              FROM released
            """,
            now=fields.Datetime.now(),
            leaver=self.from_employee_id.id,
            user=self.approved_by_id.id or self.env.uid,
            transfer=self.id,
        )

    def _move_activities(self):
        """Give her open activities on members to whoever owns the member now.

        Odoo deletes what is left to a user when her login is archived. Authors of
        notes and messages stay who they were; she only no longer follows the members.
        """
        leaver = self.from_employee_id.sudo().user_id
        activities = self.from_employee_id._vip_member_activities()
        self.activity_moved_ids = activities
        self.env.flush_all()
        if activities:
            self.env.cr.execute(self._query_move_activities(activities))
        if leaver:
            self.env.cr.execute(self._query_unfollow(leaver))
            self.env["mail.followers"].invalidate_model()
        self.env["mail.activity"].invalidate_model(["user_id"])

    def _query_move_activities(self, activities):
        """Return the statement; the ORM would notify and subscribe one by one."""
        return SQL(
            """
            UPDATE mail_activity activity
               SET user_id = COALESCE(login.id, %(manager)s)
              FROM res_partner partner
              LEFT JOIN res_users login
                ON login.id = partner.vip_owner_user_id AND login.active
               AND login.id <> ALL(%(leaver)s)
             WHERE activity.id = ANY(%(activities)s) AND partner.id = activity.res_id
            """,
            activities=activities.ids,
            manager=self.approved_by_id.id or self.env.uid,
            leaver=self.from_employee_id.sudo().user_id.ids,
        )

    def _query_unfollow(self, leaver):
        return SQL(
            """
            DELETE FROM mail_followers follower
             USING vip_transfer_line line
             WHERE follower.res_model = 'res.partner'
               AND follower.res_id = line.partner_id
               AND follower.partner_id = %(follower)s
               AND line.transfer_id = %(transfer)s AND line.outcome = 'moved'
            """,
            follower=leaver.partner_id.id,
            transfer=self.id,
        )

    def _pass_on_decisions(self):
        """What waits for the leaver alone goes up; what would give her members ends."""
        employee = self.from_employee_id
        for transfer in employee._vip_transfers_waiting():
            transfer._wait_at(transfer.state, "head_office")
        lines = employee._vip_lines_to_her()
        for transfer in lines.transfer_id:
            if transfer.kind in ("leaving", "store_move"):
                transfer._propose_successors()
                continue
            given = lines.filtered(lambda line, t=transfer: line.transfer_id == t)
            given.write(
                {
                    "outcome": "skipped",
                    "is_open": False,
                    "skip_reason": "successor_left",
                }
            )
            if not transfer.line_ids.filtered(lambda line: line.outcome == "pending"):
                transfer._reject(
                    self.env._("%(employee)s is leaving.", employee=employee.name)
                )

    def _undo(self):
        result = super()._undo()
        if self.kind == "leaving":
            returned = self.line_ids.filtered(lambda line: line.outcome == "returned")
            self.from_employee_id._vip_take_back_work(returned.partner_id.ids)
            self._return_activities()
        return result

    def _return_activities(self):
        """Give back the activities that are still with whom they went to."""
        users = self.line_ids.new_owner_id.user_id | self.approved_by_id
        login = self.from_employee_id.sudo().user_id
        activities = self.activity_moved_ids.filtered(
            lambda activity: activity.active and activity.user_id in users
        )
        if login and activities:
            activities.with_context(mail_activity_quick_update=True).user_id = login
