from datetime import date

from odoo.tests import tagged

from .common import VipCareCommon

# The rules of section 4 once more, written by hand with interval arithmetic and
# without looking at the review's own SQL.
ORACLE = """
WITH p AS (
    SELECT p.*, %(day)s::date AS d FROM vip_purchase p WHERE local_date <= %(day)s
), s AS (
    SELECT m.id,
           (SELECT max(local_date) FROM p WHERE partner_id = m.id AND amount >= 0) AS last,
           (SELECT count(*) FROM p WHERE partner_id = m.id AND amount >= 0) AS n,
           (SELECT count(*) FROM p WHERE partner_id = m.id AND amount >= 0
               AND local_date + interval '12 months' >= d) AS n12,
           COALESCE((SELECT sum(amount) FROM p WHERE partner_id = m.id), 0) AS total,
           COALESCE((SELECT sum(amount) FROM p WHERE partner_id = m.id
               AND local_date + interval '12 months' >= d), 0) AS a12
      FROM res_partner m WHERE m.id = ANY(%(ids)s)
), r AS (
    SELECT id, (SELECT count(*) FROM s b WHERE b.n12 > 0 AND b.a12 > s.a12)
             + (SELECT count(*) FROM s b WHERE b.n12 > 0 AND b.n12 > s.n12) AS score
      FROM s WHERE n12 > 0
), c AS (
    SELECT id, (SELECT count(*) FROM r b WHERE b.score < r.score)::numeric
               / (SELECT count(*) FROM r) AS share
      FROM r
)
SELECT s.id, s.n, s.n12, s.total, s.a12,
       CASE WHEN last IS NULL THEN 'prospect'
            WHEN last + interval '3 months' >= %(day)s THEN 'active'
            WHEN last + interval '6 months' >= %(day)s THEN 'edge'
            WHEN last + interval '12 months' >= %(day)s THEN 'dormant'
            ELSE 'lost' END,
       CASE WHEN share < 0.2 THEN 'A' WHEN share < 0.5 THEN 'B'
            WHEN share IS NOT NULL THEN 'C' END,
       CASE WHEN a12 >= 30000 THEN 'Diamond' WHEN a12 >= 10000 THEN 'Gold'
            ELSE 'Silver' END
  FROM s LEFT JOIN c USING (id) ORDER BY s.id
"""


@tagged("post_install", "-at_install")
class TestStandingOracle(VipCareCommon):
    """A hand-written SQL gives the same standing for all members."""

    def test_all_members(self):
        company = self.env["res.company"].create({"name": "Oracle"})
        (self.store + self.other_store).company_id = company
        members = self._fill(80)
        for member in members[:12]:
            self._buy(member, "2026-05-01", 9000)
            self._buy(member, "2026-05-02", 22000 if member.id % 2 else 1000)
        day = date(2026, 6, 15)
        self._review(day)
        self.env.cr.execute(ORACLE, {"day": day, "ids": members.ids})
        expected = self.env.cr.fetchall()
        self.assertEqual(
            [
                (
                    m.id,
                    m.vip_order_count,
                    m.vip_order_count_12m,
                    float(m.vip_amount_total),
                    float(m.vip_amount_12m),
                    m.vip_lifecycle,
                    m.vip_value_class or None,
                    m.vip_tier_id.name,
                )
                for m in members.sorted("id")
            ],
            [(*row[:3], float(row[3]), float(row[4]), *row[5:]) for row in expected],
        )
        self.assertEqual({row[6] for row in expected}, {"A", "B", "C", None})
        self.assertEqual(len({row[7] for row in expected}), 3)
