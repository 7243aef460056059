from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# At most so many moves of one member in so many days, unless head office decides.
CAP_MOVES = 2
CAP_DAYS = 90


class VipTransfer(models.Model):
    """What must hold before a transfer is submitted, decided and applied."""

    _inherit = "vip.transfer"

    def _check_lines(self):
        """Raise UserError unless this can be submitted: the first problem and whose."""
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why the members should change hands."))
        if self.member_wish and not (self.member_wish_note or "").strip():
            raise UserError(self.env._("Say who heard the member's wish, and when."))
        if not self.line_ids:
            raise UserError(
                self.env._("%(transfer)s has no members.", transfer=self.name)
            )
        self.env.flush_all()
        problems = {}
        for problem, partner_id in self.env.execute_query(self._query_problems()):
            problems.setdefault(problem, []).append(partner_id)
        for problem, partner_ids in problems.items():
            raise UserError(self._problem_text(problem, partner_ids))

    def _query_problems(self):
        """Return a query of (problem, member) for the lines that cannot move."""
        return SQL(
            """
            SELECT problem, partner_id FROM (
                SELECT l.partner_id, CASE
                       WHEN p.is_vip_member IS NOT TRUE THEN 'no_member'
                       WHEN p.vip_owner_id IS DISTINCT FROM l.old_owner_id
                       THEN 'owner_changed'
                       WHEN l.new_owner_id = l.old_owner_id THEN 'same_owner'
                       WHEN l.new_owner_id IS NOT NULL AND e.active IS NOT TRUE
                       THEN 'successor_left'
                       WHEN e.company_id <> %(company)s THEN 'other_company'
                       WHEN count(*) OVER (PARTITION BY l.partner_id) > 1
                       THEN 'twice'
                       WHEN other.id IS NOT NULL THEN 'open' END AS problem
                  FROM vip_transfer_line l
                  JOIN res_partner p ON p.id = l.partner_id
                  LEFT JOIN hr_employee e ON e.id = l.new_owner_id
                  LEFT JOIN LATERAL (
                       SELECT o.id FROM vip_transfer_line o
                        WHERE o.partner_id = l.partner_id AND o.is_open
                          AND o.transfer_id <> l.transfer_id
                          AND (o.is_wish OR NOT %(wish)s) LIMIT 1) other ON TRUE
                 WHERE l.transfer_id = %(transfer)s AND l.outcome = 'pending'
            ) checked WHERE problem IS NOT NULL ORDER BY problem, partner_id
            """,
            company=self.company_id.id,
            wish=bool(self.member_wish),
            transfer=self.id,
        )

    def _problem_text(self, problem, partner_ids):
        """Return the sentence for one problem, with the first members it concerns."""
        some = self.env["res.partner"].browse(partner_ids[:5])
        members = ", ".join(some.sudo().mapped("display_name"))  # masked by itself
        if len(partner_ids) > 5:
            members = self.env._(
                "%(members)s and %(count)s more",
                members=members,
                count=len(partner_ids) - 5,
            )
        texts = {
            "no_member": self.env._("No members any more: %(members)s."),
            "owner_changed": self.env._(
                "Somebody else looks after these members by now: %(members)s. Take"
                " them out, or ask anew."
            ),
            "same_owner": self.env._(
                "These members would stay with the same owner: %(members)s."
            ),
            "successor_left": self.env._(
                "The new owner of these members is archived: %(members)s. Choose"
                " somebody else."
            ),
            "other_company": self.env._(
                "The new owner of these members works for another company: %(members)s."
            ),
            "twice": self.env._("These members are named twice: %(members)s."),
            "open": self.env._(
                "These members are already in another open transfer: %(members)s. Wait"
                " until it is decided."
            ),
        }
        return texts[problem] % {"members": members}

    def _check_successors(self):
        """Raise UserError unless every line says who gains the member."""
        missing = self.line_ids.search_count(
            [
                ("transfer_id", "=", self.id),
                ("outcome", "=", "pending"),
                ("new_owner_id", "=", False),
            ]
        )
        if missing:
            raise UserError(
                self.env._(
                    "%(count)s members have no new owner yet: choose one in each line.",
                    count=missing,
                )
            )

    def _capped_members(self):
        """Return the members whom only head office may move again so soon."""
        self.ensure_one()
        partners = self.env["res.partner"].sudo()  # only counted and named, masked
        if self.kind == "leaving" or self.member_wish:
            return partners
        self.env.flush_all()
        rows = self.env.execute_query(self._query_capped())
        return partners.browse(partner_id for [partner_id] in rows)

    def _query_capped(self):
        """Return a query of this transfer's members who moved often of late.

        Handovers of leavers, members' own wishes and what was undone do not count.
        """
        since = fields.Datetime.subtract(fields.Datetime.now(), days=CAP_DAYS)
        return SQL(
            """
            SELECT l.partner_id
              FROM vip_transfer_line l
              JOIN vip_ownership_change c ON c.partner_id = l.partner_id
              LEFT JOIN vip_transfer t ON t.id = c.transfer_id
             WHERE l.transfer_id = %(transfer)s AND l.outcome = 'pending'
               AND c.date > %(since)s
               AND c.old_owner_id IS NOT NULL AND c.new_owner_id IS NOT NULL
               AND c.reason IN ('manual', 'request', 'rebalance', 'store_move')
               AND t.member_wish IS NOT TRUE
               AND (t.id IS NULL OR NOT EXISTS (
                   SELECT FROM vip_transfer_line r
                    WHERE r.transfer_id = t.id AND r.partner_id = l.partner_id
                      AND r.outcome = 'returned'))
             GROUP BY l.partner_id HAVING count(*) >= %(moves)s
             ORDER BY l.partner_id
            """,
            transfer=self.id,
            since=since,
            moves=CAP_MOVES,
        )

    def _check_cap(self):
        capped = self._capped_members()
        if capped:
            raise UserError(
                self.env._(
                    "Moved %(moves)s times in %(days)s days already: %(members)s. Only"
                    " head office may move them again so soon.",
                    moves=CAP_MOVES,
                    days=CAP_DAYS,
                    members=", ".join(capped[:5].mapped("display_name")),
                )
            )
