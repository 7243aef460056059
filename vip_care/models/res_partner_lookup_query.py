import re

from odoo import api, models
from odoo.tools import SQL

from ..tools.phone import plain_digits
from .res_partner_lookup import FOUND_AT_MOST, LAST_DIGITS

# More members than a big store has; a wider search begins with how a name begins.
STORE_AT_MOST = 20_000


def escape_like(text):
    r"""Return `text` so that LIKE takes %, _ and \ literally."""
    return re.sub(r"([\\%_])", r"\\\1", text)


class ResPartner(models.Model):
    """The lookup's SQL: a till waits for it among a million members.

    Rules do not apply on purpose: the till may find any member. Each query reads one
    index and stops after a few rows.
    """

    _inherit = "res.partner"

    _vip_last_digits_idx = models.Index(
        f"""(right(vip_phone_key, {LAST_DIGITS}), vip_store_id)
        WHERE is_vip_member AND active AND vip_phone_key IS NOT NULL"""
    )
    # All the search by any part of a name reads: the members' rows stay untouched.
    _vip_store_name_idx = models.Index(
        """(vip_store_id) INCLUDE (id, name, vip_last_purchase_date, company_id)
        WHERE is_vip_member AND active"""
    )
    _vip_name_idx = models.Index(
        "(lower(name) text_pattern_ops) WHERE is_vip_member AND active"
    )

    @api.model
    def _vip_lookup(self, text, config):
        """Return the members `text` stands for, of the register's store first."""
        self.env.flush_all()
        digits = plain_digits(text)
        is_number = bool(re.fullmatch(r"\+?\d+", digits))
        ids = self._vip_ids(self._query_exact(text, config))
        if re.fullmatch(rf"\d{{{LAST_DIGITS},}}", digits):
            ids |= self._vip_ids(self._query_last_digits(digits, config))
        if not ids and not is_number:
            if config.vip_store_id:
                ids |= self._vip_ids(self._query_name_in_store(text, config))
            if len(ids) < FOUND_AT_MOST:
                ids |= self._vip_ids(self._query_name_begins(text, config))
        return self.browse(list(ids)[:FOUND_AT_MOST])

    def _vip_ids(self, query):
        """Return the ids of the rows as keys: in order, each once."""
        return dict.fromkeys(row[0] for row in self.env.execute_query(query))

    def _query_scope(self, config):
        """Return the condition all share: a living member of this company, or shared.

        The same as for enrolment, which finds who is already a member.
        """
        companies = config.company_id.sudo().parent_ids.ids
        return SQL(
            """m.is_vip_member AND m.active
            AND (m.company_id IS NULL OR m.company_id = ANY(%s))""",
            companies,
        )

    def _query_exact(self, text, config):
        """Return the query by whole number, card number or loyalty card."""
        compact = text.replace(" ", "")
        cards = list({compact, compact.upper()})
        found = [
            SQL("SELECT id FROM res_partner WHERE vip_card_number = ANY(%s)", cards),
            SQL("SELECT partner_id FROM loyalty_card WHERE code = ANY(%s)", cards),
        ]
        # Of an empty list PostgreSQL makes a scan of all members.
        if keys := self._vip_possible_keys(text):
            found.append(
                SQL("SELECT id FROM res_partner WHERE vip_phone_key = ANY(%s)", keys)
            )
        return SQL(
            "SELECT m.id FROM res_partner m WHERE m.id IN (%s) AND %s"
            " ORDER BY m.id LIMIT %s",
            SQL(" UNION ").join(found),
            self._query_scope(config),
            FOUND_AT_MOST,
        )

    def _query_last_digits(self, digits, config):
        """Return the query by last digits: those who bought last come first."""
        return SQL(
            """
            SELECT m.id FROM res_partner m
             WHERE right(m.vip_phone_key, %(last)s) = right(%(digits)s, %(last)s)
               AND m.vip_phone_key LIKE %(pattern)s AND %(scope)s
             ORDER BY (m.vip_store_id = %(store)s) IS TRUE DESC,
                      m.vip_last_purchase_date DESC NULLS LAST, m.id
             LIMIT %(limit)s
            """,
            last=SQL(str(LAST_DIGITS)),  # as in the index
            digits=digits,
            pattern=f"%{digits}",
            scope=self._query_scope(config),
            store=config.vip_store_id.id or None,
            limit=FOUND_AT_MOST,
        )

    def _query_name_in_store(self, text, config):
        """Return the query by any part of a name among the store's own members."""
        part = escape_like(text.lower())
        return SQL(
            """
            SELECT id FROM (
                SELECT m.id, lower(m.name) AS name, m.vip_last_purchase_date
                  FROM res_partner m
                 WHERE m.vip_store_id = %(store)s AND %(scope)s
                 LIMIT %(store_limit)s
            ) own
             WHERE name LIKE %(part)s
             ORDER BY name LIKE %(begin)s DESC,
                      vip_last_purchase_date DESC NULLS LAST, id
             LIMIT %(limit)s
            """,
            store=config.vip_store_id.id,
            scope=self._query_scope(config),
            store_limit=STORE_AT_MOST,
            part=f"%{part}%",
            begin=f"{part}%",
            limit=FOUND_AT_MOST,
        )

    def _query_name_begins(self, text, config):
        """Return the query by how a name begins, anywhere in the chain."""
        return SQL(
            """
            SELECT m.id FROM res_partner m
             WHERE lower(m.name) LIKE %s AND %s LIMIT %s
            """,
            f"{escape_like(text.lower())}%",
            self._query_scope(config),
            2 * FOUND_AT_MOST,
        )
