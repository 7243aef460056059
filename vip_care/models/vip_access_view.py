from datetime import timedelta

from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

KEPT_DAYS = 400
GC_BATCH = 100_000
COUNTED_ROLES = ("associate", "store", "region", "head_office")


class VipAccessView(models.Model):
    """Which members a user read on a day: one row per user, day and member.

    Written by the server when contact details or profiles are read or exported, kept
    for 400 days.
    """

    _name = "vip.access.view"
    _description = "Members read"
    _order = "day desc, user_id, id desc"
    _rec_name = "partner_id"
    _log_access = False

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade"
    )
    day = fields.Date(required=True, readonly=True, help="In the user's store.")
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, readonly=True, ondelete="cascade"
    )
    is_exported = fields.Boolean("Exported", readonly=True)

    # Counting a day's members; one row each however often she is read.
    _uniq = models.UniqueIndex("(user_id, day, partner_id)")
    # Who saw one member; what is old enough to go.
    _partner_idx = models.Index("(partner_id, day)")
    _day_idx = models.Index("(day)")

    def write(self, vals):
        raise UserError(self.env._("What was read cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was read cannot be deleted."))

    @api.model
    def _count(self, partners, exported=False):
        """Keep that the current user read these `partners`, those of them who count.

        One query when all were counted today, two when some are new, whatever their
        number. Beyond the company's limit the manager is told once a day.
        """
        if self.env.su or self.env.user._vip_role() not in COUNTED_ROLES:
            return
        ids = [id_ for id_ in partners._origin.ids if id_]
        if not ids:
            return
        partners.flush_model(["vip_is_guarded"])
        for day, new_ids in self.env.execute_query(self._query_new(ids)):
            if self.env.cr.readonly:
                # As PostgreSQL would say, but no error for the log: Odoo repeats the
                # request with a cursor that may write.
                raise ReadOnlySqlTransaction("Members read for the first time today")
            [[total]] = self.env.execute_query(
                self._query_insert(day, new_ids, exported)
            )
            self.invalidate_model()
            if not exported:
                self._check_bulk(day, total)

    def _check_bulk(self, day, total):
        """Log and tell the manager, once a day, that so many members were read."""
        user = self.env.user
        limit = user.sudo().company_id.vip_read_alarm
        quota = self.env["vip.access.quota"].sudo()  # counted by the server alone
        if total > limit and quota._alarm(user.id, "bulk", day, total, limit):
            self.env["vip.access.log"]._log("bulk", count=total)

    @api.model
    def _move(self, from_ids, to_id):
        """Let the views of merged contacts be views of the one who stays."""
        self.env.cr.execute(self._query_move(from_ids, to_id))
        self.invalidate_model()

    @api.autovacuum
    def _gc_old_views(self):
        before = fields.Date.today() - timedelta(days=KEPT_DAYS)
        self.env.cr.execute(self._query_delete_old(before))
        done = self.env.cr.rowcount
        self.invalidate_model()
        return done, done == GC_BATCH

    def _query_new(self, ids):
        """Return SQL for the user's day and which of `ids` are not counted on it.

        SQL: it runs at every read of members, so it is one query; and with nothing new
        nothing is written, so that reads stay reads on a replica.
        """
        return SQL(
            """
            WITH today AS (
                SELECT COALESCE(
                    (SELECT (%(now)s::timestamp AT TIME ZONE 'UTC'
                             AT TIME ZONE s.tz)::date
                       FROM hr_employee e JOIN vip_store s ON s.id = e.vip_store_id
                      WHERE e.user_id = %(user)s AND e.active
                      ORDER BY e.id LIMIT 1),
                    %(now)s::date) AS day
            )
            SELECT today.day, array_agg(p.id)
              FROM today JOIN res_partner p ON p.id = ANY(%(ids)s) AND p.vip_is_guarded
             WHERE NOT EXISTS (
                       SELECT FROM vip_access_view v
                        WHERE v.user_id = %(user)s AND v.day = today.day
                          AND v.partner_id = p.id)
             GROUP BY today.day
            """,
            now=fields.Datetime.now(),
            user=self.env.uid,
            ids=ids,
        )

    def _query_insert(self, day, ids, exported):
        """Return SQL that keeps the views and gives the number read on that day.

        SQL: two requests may read the same member at once.
        """
        return SQL(
            """
            WITH new AS (
                INSERT INTO vip_access_view (user_id, day, partner_id, is_exported)
                     SELECT %(user)s, %(day)s, id, %(exported)s FROM unnest(%(ids)s) id
                ON CONFLICT DO NOTHING RETURNING id
            )
            SELECT (SELECT COUNT(*) FROM new) + (
                       SELECT COUNT(*) FROM vip_access_view
                        WHERE user_id = %(user)s AND day = %(day)s
                          AND is_exported IS NOT TRUE)
            """,
            user=self.env.uid,
            day=day,
            ids=ids,
            exported=exported,
        )

    def _query_move(self, from_ids, to_id):
        """Return SQL that moves views; Odoo would drop all where one is in the way."""
        return SQL(
            """
            WITH moved AS (
                DELETE FROM vip_access_view WHERE partner_id = ANY(%s)
                  RETURNING user_id, day, is_exported
            )
            INSERT INTO vip_access_view (user_id, day, partner_id, is_exported)
                 SELECT user_id, day, %s, bool_and(is_exported) FROM moved GROUP BY 1, 2
            ON CONFLICT DO NOTHING
            """,
            from_ids,
            to_id,
        )

    def _query_delete_old(self, before):
        """Return SQL that deletes a batch of old rows: the ORM never deletes any."""
        return SQL(
            """
            DELETE FROM vip_access_view WHERE id IN (
                SELECT id FROM vip_access_view WHERE day < %s ORDER BY day LIMIT %s)
            """,
            before,
            GC_BATCH,
        )
