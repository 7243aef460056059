from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class VipTransfer(models.Model):
    """Moving the members of a decided transfer, and giving them back.

    Set-based SQL: a leaver's thousands of members move in one statement, together
    with their history, and only those who are still with the owner the decision was
    about.
    """

    _inherit = "vip.transfer"

    def _apply(self):
        """Move the members, in a locked transfer; override to move more with them."""
        self.ensure_one()
        self._prepare_apply()
        self._move_members()
        self._enter(
            "applied",
            applied_at=fields.Datetime.now(),
            undo_until=self._undo_deadline(),
        )
        self._notify_successors()
        self._tell_requester(self.env._("Your request was approved."))

    def _prepare_apply(self):
        """Raise unless the transfer can be applied now; override to check more."""
        self.ensure_one()
        if self.state != "approved":
            raise UserError(
                self.env._("%(transfer)s is not approved.", transfer=self.name)
            )
        self._check_successors()
        if self.member_wish:
            self._skip_open_lines(self.line_ids.partner_id.ids, "wish")

    def _move_members(self):
        """Give the members of the pending lines to their successors, with history.

        A member who has another owner by now, is no member any more or whose
        successor left is skipped, and the line says why.
        """
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(self._query_move())
        self.env.cr.execute(self._query_skip_rest())
        self._follow_owners()
        self._forget_owners()

    def _follow_owners(self):
        """Take along what hangs on the members: their contacts, and who is told.

        Contacts under a member are seen by her owner; whoever does not look after her
        any more gets no messages about her.
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner c
                   SET vip_owner_user_id = p.vip_owner_user_id,
                       vip_owner_store_id = p.vip_owner_store_id
                  FROM vip_transfer_line l JOIN res_partner p ON p.id = l.partner_id
                 WHERE l.transfer_id = %s AND c.parent_id = p.id
                   AND c.vip_owner_id IS NULL
                """,
                self.id,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM mail_followers f
                 USING vip_transfer_line l, res_partner p, hr_employee e, res_users u
                 WHERE l.transfer_id = %s AND p.id = l.partner_id
                   AND e.id IN (l.old_owner_id, l.new_owner_id) AND u.id = e.user_id
                   AND u.id IS DISTINCT FROM p.vip_owner_user_id
                   AND f.res_model = 'res.partner' AND f.res_id = p.id
                   AND f.partner_id = u.partner_id
                """,
                self.id,
            )
        )

    def _forget_owners(self):
        self.env["res.partner"].invalidate_model(
            [
                "vip_owner_id",
                "vip_owner_user_id",
                "vip_owner_store_id",
                "vip_owner_since",
                "vip_ownership_change_ids",
                "message_follower_ids",
                "message_partner_ids",
            ]
        )
        self.line_ids.invalidate_recordset()
        self.env["vip.ownership.change"].invalidate_model()

    def _query_move(self):
        """Return the statement that moves members, logs it and marks their lines.

        The ORM would load and log each member by herself.
        """
        return SQL(
            """
            WITH moved AS (
                UPDATE res_partner p
                   SET vip_owner_id = e.id, vip_owner_user_id = e.user_id,
                       vip_owner_store_id = e.vip_store_id,
                       vip_owner_since = %(today)s
                  FROM vip_transfer_line l
                  JOIN hr_employee e ON e.id = l.new_owner_id AND e.active
                 WHERE l.transfer_id = %(transfer)s AND l.outcome = 'pending'
                   AND p.id = l.partner_id AND p.is_vip_member
                   AND p.vip_owner_id IS NOT DISTINCT FROM l.old_owner_id
                   AND e.id IS DISTINCT FROM l.old_owner_id
             RETURNING p.id, l.id AS line_id, l.old_owner_id, l.new_owner_id
            ), history AS (
                INSERT INTO vip_ownership_change
                       (partner_id, date, old_owner_id, new_owner_id, reason,
                        user_id, transfer_id)
                SELECT id, %(now)s, old_owner_id, new_owner_id, %(kind)s, %(decider)s,
                       %(transfer)s
                  FROM moved
            )
            UPDATE vip_transfer_line l SET outcome = 'moved', is_open = FALSE
              FROM moved WHERE l.id = moved.line_id
            """,
            today=self._query_today(),
            now=fields.Datetime.now(),
            transfer=self.id,
            kind=self.kind,
            decider=self.approved_by_id.id or self.env.uid,
        )

    def _query_today(self):
        """Return SQL for the day it is in the home store of a member `p`."""
        return SQL(
            """(%s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(
                   (SELECT store.tz FROM vip_store store
                     WHERE store.id = p.vip_store_id), %s))::date""",
            fields.Datetime.now(),
            self.env["vip.store"]._default_tz(),
        )

    def _query_skip_rest(self):
        """Return the statement that says of the lines left pending why."""
        return SQL(
            """
            UPDATE vip_transfer_line l
               SET outcome = 'skipped', is_open = FALSE, skip_reason = CASE
                   WHEN p.is_vip_member IS NOT TRUE THEN 'no_member'
                   WHEN p.vip_owner_id IS DISTINCT FROM l.old_owner_id
                   THEN 'owner_changed'
                   ELSE 'successor_left' END
              FROM res_partner p
             WHERE l.transfer_id = %s AND l.outcome = 'pending'
               AND p.id = l.partner_id
            """,
            self.id,
        )

    def _skip_open_lines(self, partner_ids, skip_reason):
        """Take members out of all other open transfers, which then say why.

        A transfer that has nobody left is rejected.
        """
        lines = self.env["vip.transfer.line"].sudo()  # of whomever they are
        lines = lines.search(
            [
                ("partner_id", "in", partner_ids),
                ("is_open", "=", True),
                ("transfer_id", "not in", self.ids),
            ]
        )
        lines.write(
            {"outcome": "skipped", "is_open": False, "skip_reason": skip_reason}
        )
        label = dict(lines._fields["skip_reason"]._description_selection(self.env))
        for transfer in lines.transfer_id:
            if not transfer.line_ids.filtered("is_open"):
                transfer._reject(label[skip_reason])

    def _undo(self):
        """Give back who is still with the successor given here."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(self._query_return())
        self.env.cr.execute(self._query_keep_rest())
        self._follow_owners()
        self._forget_owners()
        self._enter(
            "undone", undone_by_id=self.env.uid, undone_at=fields.Datetime.now()
        )
        self._tell_requester(self.env._("Your request was undone."))

    def _query_return(self):
        """Return the statement that undoes the moves nobody has built upon."""
        return SQL(
            """
            WITH returned AS (
                UPDATE res_partner p
                   SET vip_owner_id = e.id, vip_owner_user_id = e.user_id,
                       vip_owner_store_id = e.vip_store_id,
                       vip_owner_since = %(today)s
                  FROM vip_transfer_line l
                  JOIN hr_employee e ON e.id = l.old_owner_id AND e.active
                 WHERE l.transfer_id = %(transfer)s AND l.outcome = 'moved'
                   AND p.id = l.partner_id AND p.is_vip_member
                   AND p.vip_owner_id = l.new_owner_id
                   AND %(transfer)s = (
                       SELECT c.transfer_id FROM vip_ownership_change c
                        WHERE c.partner_id = p.id
                        ORDER BY c.date DESC, c.id DESC LIMIT 1)
             RETURNING p.id, l.id AS line_id, l.old_owner_id, l.new_owner_id
            ), history AS (
                INSERT INTO vip_ownership_change
                       (partner_id, date, old_owner_id, new_owner_id, reason,
                        user_id, transfer_id)
                SELECT id, %(now)s, new_owner_id, old_owner_id, 'undo', %(user)s,
                       %(transfer)s
                  FROM returned
            )
            UPDATE vip_transfer_line l SET outcome = 'returned'
              FROM returned WHERE l.id = returned.line_id
            """,
            today=self._query_today(),
            now=fields.Datetime.now(),
            transfer=self.id,
            user=self.env.uid,
        )

    def _query_keep_rest(self):
        """Return the statement that says why members stay with their successors."""
        return SQL(
            """
            UPDATE vip_transfer_line l SET skip_reason = CASE
                   WHEN l.old_owner_id IS NULL THEN 'no_old_owner'
                   WHEN p.is_vip_member IS NOT TRUE THEN 'no_member'
                   WHEN NOT e.active THEN 'old_owner_left'
                   ELSE 'owner_changed' END
              FROM res_partner p, vip_transfer_line own
              LEFT JOIN hr_employee e ON e.id = own.old_owner_id
             WHERE l.transfer_id = %s AND l.outcome = 'moved'
               AND own.id = l.id AND p.id = l.partner_id
            """,
            self.id,
        )
