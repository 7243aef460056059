from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL


class VipTransfer(models.Model):
    """Who takes whom over: proposed for all members at once."""

    _inherit = "vip.transfer"

    def _propose_successors(self):
        """Give each member a line, and each line without successor one and the reason.

        Whoever served a member most in the last 12 months takes her, as long as there
        is room; the others are dealt out, the best buyers first, to whoever has fewest
        members: colleagues long in the chain up to the limit, then new ones, then
        everybody evenly. Successors chosen before stay, if they still can take members.
        """
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(self._query_obsolete_lines())
        self.env.cr.execute(self._query_missing_lines())
        self.env.cr.execute(self._query_impossible_successors())
        homes = self._homes_to_propose()
        candidates = [
            (home.id or 0, number, kind, place, employee.id)
            for number, ((kind, employees), stores) in enumerate(
                self._successor_pools(homes).items()
            )
            for home in stores
            for place, employee in enumerate(employees)
        ]
        if candidates:
            self.env.cr.execute(self._query_proposal(candidates))
        self.env["vip.transfer.line"].invalidate_model()
        self.invalidate_recordset()

    def _homes_to_propose(self):
        """Return the home stores of members without a successor, maybe an empty one."""
        lines = self.env["vip.transfer.line"].sudo()  # all of the transfer's
        groups = lines._read_group(
            [
                ("transfer_id", "=", self.id),
                ("outcome", "=", "pending"),
                ("new_owner_id", "=", False),
            ],
            ["home_store_id"],
        )
        return [store for (store,) in groups]

    def _query_members(self):
        """Return the query of the members this transfer is about: id, owner, store."""
        return SQL(
            "SELECT id, vip_owner_id, vip_store_id FROM res_partner"
            " WHERE vip_owner_id = %s AND is_vip_member",
            self.from_employee_id.id,
        )

    def _query_missing_lines(self):
        """Return the statement that adds the lines of all members at once."""
        return SQL(
            """
            INSERT INTO vip_transfer_line (
                   transfer_id, partner_id, old_owner_id, home_store_id, outcome,
                   is_wish, is_open, create_uid, create_date, write_uid, write_date)
            SELECT %(transfer)s, member.id, member.vip_owner_id, member.vip_store_id,
                   'pending', FALSE, FALSE, %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s,
                   now() AT TIME ZONE 'UTC'
              FROM (%(members)s) member
             WHERE NOT EXISTS (
                   SELECT 1 FROM vip_transfer_line line
                    WHERE line.transfer_id = %(transfer)s
                      AND line.partner_id = member.id AND line.outcome = 'pending')
             ORDER BY member.id
            """,
            transfer=self.id,
            uid=self.env.uid,
            members=self._query_members(),
        )

    def _query_obsolete_lines(self):
        """Return the statement that closes lines of members who went elsewhere since.

        A draft loses them; once submitted they stay and say why.
        """
        gone = SQL(
            """
            line.transfer_id = %(transfer)s AND line.outcome = 'pending'
            AND NOT EXISTS (
                SELECT 1 FROM (%(members)s) member WHERE member.id = line.partner_id
                   AND member.vip_owner_id IS NOT DISTINCT FROM line.old_owner_id)
            """,
            transfer=self.id,
            members=self._query_members(),
        )
        if self.state == "draft":
            return SQL("DELETE FROM vip_transfer_line line WHERE %s", gone)
        return SQL(
            "UPDATE vip_transfer_line line SET outcome = 'skipped', is_open = FALSE,"
            " skip_reason = 'owner_changed' WHERE %s",
            gone,
        )

    def _query_impossible_successors(self):
        """Return the statement that takes out successors who have left since."""
        return SQL(
            """
            UPDATE vip_transfer_line line SET new_owner_id = NULL, why = NULL
              FROM hr_employee employee
             WHERE line.transfer_id = %(transfer)s AND line.outcome = 'pending'
               AND employee.id = line.new_owner_id
               AND (NOT employee.active OR employee.id = ANY(%(leaving)s))
            """,
            transfer=self.id,
            leaving=self._leaving_employees().ids,
        )

    def _query_proposal(self, candidates):
        """Return the statement that fills in successors.

        One statement whatever the number of members; the ORM would need a loop.
        `candidates`: (home store or 0, pool, kind, place by seniority, employee).
        """
        since = fields.Date.context_today(self) - relativedelta(months=12)
        return SQL(
            """
            WITH %(tables)s
            UPDATE vip_transfer_line line
               SET new_owner_id = choice.employee_id, why = choice.why,
                   times_served = choice.times
              FROM (%(choices)s) choice
             WHERE line.id = choice.line_id
            """,
            tables=SQL(", ").join(
                [
                    self._query_proposal_members(candidates),
                    self._query_proposal_loads(),
                    self._query_proposal_served(since),
                    self._query_proposal_slots(),
                ]
            ),
            choices=self._query_proposal_choices(),
        )

    def _query_proposal_members(self, candidates):
        rows = SQL(", ").join(SQL("%s", candidate) for candidate in candidates)
        return SQL(
            """
            candidate_home (home, pool, kind, seniority, employee_id) AS (
                VALUES %(rows)s),
            candidate AS (
                SELECT DISTINCT pool, kind, seniority, employee_id,
                       employee_id = ANY(%(newcomers)s) AS is_new
                  FROM candidate_home),
            member AS (
                SELECT line.id AS line_id, line.partner_id, home.pool,
                       partner.vip_amount_12m AS amount
                  FROM vip_transfer_line line
                  JOIN res_partner partner ON partner.id = line.partner_id
                  JOIN (SELECT DISTINCT home, pool FROM candidate_home) home
                    ON home.home = COALESCE(line.home_store_id, 0)
                 WHERE line.transfer_id = %(transfer)s AND line.outcome = 'pending'
                   AND line.new_owner_id IS NULL)
            """,
            rows=rows,
            newcomers=self._newcomers(candidates),
            transfer=self.id,
        )

    def _newcomers(self, candidates):
        """Return the ids of those who came to the chain only lately.

        Where everybody is new, in a store just opened, nobody is.
        """
        pools = defaultdict(set)
        for _home, pool, _kind, _place, employee_id in candidates:
            pools[pool].add(employee_id)
        # sudo: whoever prepares a handover does not read employees' records
        employees = self.env["hr.employee"].sudo().browse(set().union(*pools.values()))
        joined = self._joined_dates(employees)
        settled = self._settled_before()
        new = {employee.id for employee in employees if joined[employee] > settled}
        return [id_ for pool in pools.values() if pool - new for id_ in pool & new]
