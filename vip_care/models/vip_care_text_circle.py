from odoo import models
from odoo.tools import SQL


class VipCareText(models.Model):
    """Who knows whom: people of one circle never get the same words on one occasion.

    Circles: a member and all she referred (who know each other through her), contacts
    of one household or company (Odoo's parent contact), one phone number, and each
    pair of `vip.relation`. Not pairs but circles, so that one with a thousand people in
    it costs a thousand rows, not a million.
    """

    _inherit = "vip.care.text"

    def _fill_circles(self, bank, partner_ids, wanted, but=()):
        """Tell `bank` these circles and what they heard, but by the contacts `but`."""
        circles = self.env.execute_query(self._query_circles(partner_ids))
        for partner_id, kind, key in circles:
            bank.circles[partner_id].append((kind, key))
        if not circles:
            return
        known = sorted({(kind, key) for _partner_id, kind, key in circles})
        for *circle, trigger, day, occasion_id, digests in self.env.execute_query(
            self._query_told(known, wanted, but)
        ):
            bank.told[tuple(circle), (trigger, day.year)].update(digests)
            if occasion_id:
                bank.told[tuple(circle), (occasion_id, day)].update(digests)

    def _query_circles(self, partner_ids):
        """Return SQL: partner_id, kind and key of each circle of these partners.

        SQL: five kinds of acquaintance of thousands of members in one statement.
        """
        return SQL(
            """
            WITH asked AS (
                SELECT id, vip_referrer_id, parent_id, vip_phone_key
                  FROM res_partner WHERE id = ANY(%s))
            SELECT id, 'referred', vip_referrer_id::text FROM asked
             WHERE vip_referrer_id IS NOT NULL
            UNION
            SELECT a.id, 'referred', a.id::text FROM asked a
             WHERE EXISTS (SELECT FROM res_partner WHERE vip_referrer_id = a.id)
            UNION
            SELECT id, 'household', parent_id::text FROM asked
             WHERE parent_id IS NOT NULL
            UNION
            SELECT a.id, 'household', a.id::text FROM asked a
             WHERE EXISTS (SELECT FROM res_partner WHERE parent_id = a.id)
            UNION
            SELECT id, 'phone', vip_phone_key FROM asked
             WHERE EXISTS (SELECT FROM res_partner o
                            WHERE o.vip_phone_key = asked.vip_phone_key
                              AND o.id <> asked.id)
            UNION
            SELECT r.partner_id, 'related', r.id::text FROM vip_relation r
             WHERE r.partner_id = ANY(%s) AND r.related_partner_id IS NOT NULL
            UNION
            SELECT r.related_partner_id, 'related', r.id::text FROM vip_relation r
             WHERE r.related_partner_id = ANY(%s)
            """,
            partner_ids,
            partner_ids,
            partner_ids,
        )

    def _query_told(self, circles, wanted, but):
        """Return SQL: circle, trigger, day, occasion and digests told in these circles.

        SQL: from circles to people to their contacts in one statement. Only occasions
        that `wanted` asks for: of their triggers or days, in their years; without the
        contacts `but`.
        """
        return SQL(
            """
            WITH circle AS (
                SELECT * FROM unnest(%(kinds)s, %(keys)s, %(ids)s::integer[])
                           AS c(kind, key, id)
            ), person AS (
                %(people)s
            )
            SELECT p.kind, p.key, k.trigger, COALESCE(k.event_date, k.due_date),
                   k.occasion_id,
                   array_agg(DISTINCT d.digest)
              FROM person p
              JOIN vip_care_task k ON k.partner_id = p.id
              LEFT JOIN vip_care_text t ON t.id = k.text_id
              CROSS JOIN LATERAL (VALUES (t.digest), (k.body_digest)) AS d(digest)
             WHERE k.state <> 'cancelled' AND k.id <> ALL(%(but)s)
               AND d.digest IS NOT NULL
               AND (k.trigger = ANY(%(triggers)s) OR k.occasion_id = ANY(%(occasions)s))
               AND EXTRACT(year FROM COALESCE(k.event_date, k.due_date))
                   = ANY(%(years)s)
             GROUP BY 1, 2, 3, 4, 5
            """,
            kinds=[kind for kind, _key in circles],
            keys=[key for _kind, key in circles],
            ids=[None if kind == "phone" else int(key) for kind, key in circles],
            people=self._query_people(),
            but=list(but),
            triggers=sorted({w.trigger for w in wanted}),
            occasions=sorted({w.occasion_id for w in wanted}),
            years=sorted({w.day.year for w in wanted}),
        )

    def _query_people(self):
        """Return SQL: kind, key and id of everybody in the circles `circle`."""
        return SQL(
            """
            SELECT c.kind, c.key, c.id FROM circle c
             WHERE c.kind IN ('referred', 'household')
            UNION
            SELECT c.kind, c.key, m.id FROM circle c
              JOIN res_partner m ON m.vip_referrer_id = c.id
             WHERE c.kind = 'referred'
            UNION
            SELECT c.kind, c.key, m.id FROM circle c
              JOIN res_partner m ON m.parent_id = c.id
             WHERE c.kind = 'household'
            UNION
            SELECT c.kind, c.key, m.id FROM circle c
              JOIN res_partner m ON m.vip_phone_key = c.key
             WHERE c.kind = 'phone'
            UNION
            SELECT c.kind, c.key, who.id FROM circle c
              JOIN vip_relation r ON r.id = c.id
              CROSS JOIN LATERAL (
                  VALUES (r.partner_id), (r.related_partner_id)) AS who(id)
             WHERE c.kind = 'related' AND who.id IS NOT NULL
            """
        )
