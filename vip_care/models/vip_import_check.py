from odoo import models
from odoo.tools import SQL


class VipImport(models.Model):
    """The check across rows: against each other and against the database.

    All in SQL, over whole files at once. A row found wrong becomes `bad` and says why;
    nothing outside the staging table is written.
    """

    _inherit = "vip.import"

    def _check_members(self):
        self.env.cr.execute(SQL("ANALYZE vip_import_row"))
        self._flag_repeated("phone", "phone_key", "phone_twice")
        self._flag_repeated("card", "card", "card_twice")
        self._match_members()
        self._flag_repeated("phone", "partner_id", "member_twice")
        self._flag(
            "referrer", "referrer_left_empty", self._query_referrers(), note=True
        )

    def _check_tickets(self):
        self._number_tickets()
        self._flag("ticket", "ticket_mixed", self._query_mixed_tickets())
        self._flag("ticket", "ticket_part", self._query_partly_bad_tickets())
        self._add_up_tickets()
        self._skip_known_tickets()

    def _rows(self, kind, state="new", alias="r"):
        """The condition for this import's rows of a kind, in a state."""
        table = SQL.identifier(alias)
        return SQL(
            "%s.import_id = %s AND %s.kind = %s AND %s.state = %s",
            table,
            self.id,
            table,
            kind,
            table,
            state,
        )

    def _flag(self, column, code, query, note=False):
        """Add a problem to the rows that `query` returns as (id, value, detail)."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE vip_import_row r
                   SET state = CASE WHEN %(note)s THEN r.state ELSE 'bad' END,
                       problems = COALESCE(r.problems, '[]') || jsonb_build_array(
                           jsonb_strip_nulls(jsonb_build_object(
                               'column', %(column)s::text, 'code', %(code)s::text,
                               'note', NULLIF(%(note)s, FALSE),
                               'value', left(q.value::text, 60),
                               'detail', q.detail)))
                  FROM (%(query)s) q
                 WHERE q.id = r.id
                """,
                column=column,
                code=code,
                query=query,
                note=note,
            )
        )

    def _flag_repeated(self, column, field, code):
        """Members that stand in the file already, some rows above."""
        query = SQL(
            """
            SELECT id, value, first AS detail
              FROM (SELECT r.id, r.row, COALESCE(r.phone_key, r.card) AS value,
                           min(r.row) OVER (PARTITION BY %(field)s) AS first
                      FROM vip_import_row r
                     WHERE %(rows)s AND %(field)s IS NOT NULL) repeated
             WHERE row > first
            """,
            field=SQL.identifier("r", field),
            rows=self._rows("member"),
        )
        self._flag(column, code, query)

    def _match_members(self, ids=None):
        """Find the contacts of member rows; who cannot be told becomes bad."""
        only = SQL("TRUE") if ids is None else SQL("r.id = ANY(%s)", ids)
        rows = SQL("%s AND %s", self._rows("member"), only)
        self.env.flush_all()
        for code in ("archived", "conflict", "card_other_phone"):
            query = SQL(
                "SELECT id, value, NULL AS detail FROM (%s) m WHERE verdict = %s",
                self._query_matches(rows),
                code,
            )
            self._flag("card" if code != "archived" else "phone", code, query)
        self.env.cr.execute(
            SQL(
                """
                UPDATE vip_import_row r SET partner_id = m.partner_id
                  FROM (%s) m
                 WHERE m.id = r.id AND m.partner_id IS NOT NULL
                """,
                self._query_matches(rows),
            )
        )

    def _query_matches(self, rows):
        """The contact of each member row, and why she cannot be taken.

        By phone a member goes before other contacts, as at an enrolment.
        """
        return SQL(
            """
            SELECT r.id, COALESCE(r.card, r.phone_key) AS value,
                   COALESCE(phone.id, card.id) AS partner_id,
                   CASE WHEN NOT COALESCE(phone.active, card.active) THEN 'archived'
                        WHEN phone.id <> card.id THEN 'conflict'
                        WHEN phone.id IS NULL AND card.vip_phone_key <> r.phone_key
                        THEN 'card_other_phone' END AS verdict
              FROM vip_import_row r
              LEFT JOIN LATERAL (
                   SELECT p.id, p.active FROM res_partner p
                    WHERE p.vip_phone_key = r.phone_key
                      AND COALESCE(p.company_id, %(company)s) = %(company)s
                    ORDER BY p.is_vip_member IS NOT TRUE, NOT p.active, p.id
                    LIMIT 1) phone ON TRUE
              LEFT JOIN res_partner card ON card.vip_card_number = r.card
             WHERE %(rows)s
            """,
            company=self.company_id.id,
            rows=rows,
        )

    def _query_referrers(self):
        """Rows whose referrer is neither a member nor in the file."""
        return SQL(
            """
            SELECT r.id, r.data->'referrer'->>'raw' AS value, NULL AS detail
              FROM vip_import_row r
             WHERE %(rows)s AND r.data ? 'referrer'
               AND NOT EXISTS (
                   SELECT FROM res_partner p WHERE p.is_vip_member AND p.active
                      AND p.vip_phone_key = r.data->'referrer'->>'phone')
               AND NOT EXISTS (
                   SELECT FROM res_partner p WHERE p.is_vip_member AND p.active
                      AND p.vip_card_number = r.data->'referrer'->>'card')
               AND NOT EXISTS (
                   SELECT FROM vip_import_row o
                    WHERE %(others)s AND o.phone_key = r.data->'referrer'->>'phone')
               AND NOT EXISTS (
                   SELECT FROM vip_import_row o
                    WHERE %(others)s AND o.card = r.data->'referrer'->>'card')
            """,
            rows=self._rows("member"),
            others=self._rows("member", alias="o"),
        )

    def _match_purchases(self):
        """Find whose purchases they are: a member, or a member row of this import."""
        matches = self._query_buyers()
        for code, condition in (
            ("buyer_conflict", SQL("m.by_phone <> m.by_card")),
            ("buyer", SQL("m.by_phone IS NULL AND m.by_card IS NULL")),
        ):
            query = SQL(
                "SELECT id, value, NULL AS detail FROM (%s) m WHERE %s",
                matches,
                condition,
            )
            self._flag("phone", code, query)
        self.env.cr.execute(
            SQL(
                """
                UPDATE vip_import_row r
                   SET partner_id = CASE WHEN m.buyer > 0 THEN m.buyer END,
                       member_row_id = CASE WHEN m.buyer < 0 THEN -m.buyer END
                  FROM (SELECT id, COALESCE(by_phone, by_card) AS buyer
                          FROM (%s) b) m
                 WHERE m.id = r.id
                """,
                matches,
            )
        )

    def _query_buyers(self):
        """Per purchase row the buyer by phone and by card.

        A positive number is a partner, a negative one a member row yet to be imported.
        """
        return SQL(
            """
            SELECT r.id, COALESCE(r.phone_key, r.card) AS value,
                   COALESCE(phone.id, new_phone.partner_id, -new_phone.id) AS by_phone,
                   COALESCE(card.id, new_card.partner_id, -new_card.id) AS by_card
              FROM vip_import_row r
              LEFT JOIN res_partner phone
                ON phone.vip_phone_key = r.phone_key AND phone.is_vip_member
               AND phone.active
               AND COALESCE(phone.company_id, %(company)s) = %(company)s
              LEFT JOIN res_partner card
                ON card.vip_card_number = r.card AND card.is_vip_member AND card.active
              LEFT JOIN vip_import_row new_phone
                ON new_phone.phone_key = r.phone_key AND %(new_phone)s
              LEFT JOIN vip_import_row new_card
                ON new_card.card = r.card AND %(new_card)s
             WHERE %(rows)s
            """,
            company=self.company_id.id,
            new_phone=self._rows("member", alias="new_phone"),
            new_card=self._rows("member", alias="new_card"),
            rows=self._rows("purchase"),
        )
