from odoo import models
from odoo.tools import SQL


class VipTransfer(models.Model):
    """The parts of the statement that proposes successors."""

    _inherit = "vip.transfer"

    def _query_proposal_loads(self):
        """Return the table of how many members each candidate has or is about to get.

        Members of this very handover do not count; those that other open handovers
        bring her do.
        """
        return SQL(
            """
            load AS (
                SELECT employee_id, sum(members) AS members
                  FROM (SELECT vip_owner_id AS employee_id, count(*) AS members
                          FROM res_partner
                         WHERE vip_owner_id IN (SELECT employee_id FROM candidate)
                           AND id NOT IN (SELECT partner_id FROM member)
                         GROUP BY vip_owner_id
                         UNION ALL
                        SELECT line.new_owner_id, count(*)
                          FROM vip_transfer_line line
                          JOIN vip_transfer transfer ON transfer.id = line.transfer_id
                         WHERE line.new_owner_id IN (SELECT employee_id FROM candidate)
                           AND line.outcome = 'pending'
                           AND transfer.state NOT IN ('rejected', 'undone', 'applied')
                         GROUP BY line.new_owner_id) source
                 GROUP BY employee_id)
            """
        )

    def _query_proposal_served(self, since):
        """Return the tables of who goes to a colleague who knows her.

        First whoever the member herself asked for, then whoever served her most, the
        last to do so on a tie, while that colleague has room.
        """
        return SQL(
            """
            wish AS (
                SELECT DISTINCT ON (member.line_id)
                       member.line_id, member.pool, line.new_owner_id AS employee_id
                  FROM member
                  JOIN vip_transfer_line line
                    ON line.partner_id = member.partner_id AND line.is_open
                   AND line.is_wish AND line.transfer_id <> %(transfer)s
                  JOIN hr_employee employee
                    ON employee.id = line.new_owner_id AND employee.active
                   AND employee.id <> ALL(%(leaving)s)
                 ORDER BY member.line_id, line.id DESC),
            visit AS MATERIALIZED (
                SELECT member.line_id, member.pool, member.amount,
                       purchase.receiver_id AS employee_id, count(*) AS times,
                       max(purchase.date) AS last
                  FROM member
                  JOIN vip_purchase purchase
                    ON purchase.partner_id = member.partner_id
                   AND purchase.local_date > %(since)s AND NOT purchase.is_refund
                 WHERE member.line_id NOT IN (SELECT line_id FROM wish)
                 GROUP BY member.line_id, member.pool, member.amount, 4),
            best AS (
                SELECT DISTINCT ON (visit.line_id) visit.*
                  FROM visit JOIN candidate USING (pool, employee_id)
                 ORDER BY visit.line_id, visit.times DESC, visit.last DESC,
                          visit.employee_id),
            served AS (
                SELECT placed.*
                  FROM (SELECT *, row_number() OVER (
                                   PARTITION BY employee_id
                                   ORDER BY times DESC, amount DESC NULLS LAST, line_id
                               ) AS place
                          FROM best) placed
                  LEFT JOIN load ON load.employee_id = placed.employee_id
                 WHERE COALESCE(load.members, 0) + placed.place <= %(room)s)
            """,
            since=since,
            room=self.company_id.vip_owner_max_members,
            transfer=self.id,
            leaving=self._leaving_employees().ids,
        )

    def _query_proposal_slots(self):
        """Return the tables that deal the remaining members out.

        Each candidate offers a slot per further member; the slots of a pool are put in
        order and taken in turn. The order makes the policy.
        """
        return SQL(
            """
            rest AS (
                SELECT line_id, pool,
                       row_number() OVER (
                           PARTITION BY pool
                           ORDER BY amount DESC NULLS LAST, line_id) AS place
                  FROM member
                 WHERE line_id NOT IN (SELECT line_id FROM wish)
                   AND line_id NOT IN (SELECT line_id FROM served)),
            filled AS (
                SELECT candidate.*,
                       COALESCE(load.members, 0)
                       + (SELECT count(*) FROM served
                           WHERE served.employee_id = candidate.employee_id)
                       + (SELECT count(*) FROM wish
                           WHERE wish.employee_id = candidate.employee_id) AS members
                  FROM candidate LEFT JOIN load USING (employee_id)),
            slot AS (
                SELECT filled.pool, filled.employee_id, filled.kind, filled.is_new,
                       filled.members + extra AS members,
                       row_number() OVER (
                           PARTITION BY filled.pool
                           ORDER BY CASE WHEN filled.members + extra > %(room)s THEN 2
                                         WHEN filled.is_new THEN 1
                                         ELSE 0 END,
                                    filled.members + extra, filled.seniority) AS place
                  FROM filled
                  JOIN (SELECT pool, count(*) AS members FROM rest GROUP BY pool) need
                    ON need.pool = filled.pool
                 CROSS JOIN generate_series(1, need.members) extra)
            """,
            room=self.company_id.vip_owner_max_members,
        )

    def _query_proposal_choices(self):
        """Return the query of who takes whom, and why."""
        texts = self._successor_reasons()
        return SQL(
            """
            SELECT line_id, employee_id, 0 AS times, %(wish)s AS why FROM wish
             UNION ALL
            SELECT line_id, employee_id, times,
                   CASE WHEN times = 1 THEN %(once)s
                        ELSE replace(%(times)s, '#', times::text) END
              FROM served
             UNION ALL
            SELECT rest.line_id, slot.employee_id, 0,
                   CASE WHEN slot.members > %(room)s THEN %(full)s
                        WHEN slot.is_new AND slot.kind = 'store' THEN %(new)s
                        WHEN slot.kind = 'store' THEN %(store)s
                        WHEN slot.kind = 'specialist' THEN %(specialist)s
                        WHEN slot.kind = 'manager' THEN %(manager)s
                        WHEN slot.kind = 'region' THEN %(region)s
                        ELSE %(company)s END
              FROM rest JOIN slot USING (pool, place)
            """,
            room=self.company_id.vip_owner_max_members,
            **texts,
        )

    def _successor_reasons(self):
        """Return the sentences that say why somebody was proposed."""
        room = self.company_id.vip_owner_max_members
        return {
            "wish": self.env._("The member asked for her"),
            "once": self.env._("Served her once in 12 months"),
            "times": self.env._("Served her %(count)s times in 12 months", count="#"),
            "store": self.env._("Fewest members in the store"),
            "new": self.env._("New colleague with room for more members"),
            "full": self.env._(
                "All have %(count)s members or more: dealt out evenly", count=room
            ),
            "specialist": self.env._("The store's specialist: no associate is left"),
            "manager": self.env._("The store's manager: no associate is left"),
            "region": self.env._("From the region: nobody is left in the store"),
            "company": self.env._("Nobody is left in the store or its region"),
        }
