from datetime import timedelta

import babel.dates
import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, get_lang
from odoo.tools.misc import babel_locale_parse

WINDOW = timedelta(hours=1)
REPEAT = timedelta(minutes=10)


class VipAccessLog(models.Model):
    """How many members a user may look up at the till within an hour.

    Counted from the log itself: one for each person or question, however often asked.
    Whoever then bought does not count, so that a busy till serves on while somebody
    who only looks is stopped.
    """

    _inherit = "vip.access.log"

    @api.model
    def _vip_check_quota(self, config, subject, **log):
        """Raise when the user has looked up enough; hold her other tills back.

        To be called before looking: two tills of one user cannot both be the last.
        `log` are more fields of the refusal's line.
        """
        self.env["vip.access.quota"]._vip_add_lookup()
        counted = self._vip_counted()
        limit = config.company_id.sudo().vip_lookup_limit
        if len(counted) < limit:
            return
        self._log("limit", count=0, details=subject, **log)
        free_at = counted[-limit] + WINDOW
        raise UserError(
            self.env._(
                "No more lookups with this login this hour (limit: %(count)s): the next"
                " member can be looked up from %(time)s. Sell without a member or ask"
                " your store manager.",
                count=limit,
                time=self._vip_local_time(free_at, config),
            )
        )

    @api.model
    def _vip_name_quota(self, partner_ids, config):
        """Return which of the customers of open tickets the user may see by name.

        Those she has looked up, and so many more as she may look up now: they count.
        """
        if not partner_ids:
            return set()
        known = self._vip_named(partner_ids)
        limit = config.company_id.sudo().vip_lookup_limit
        free = max(0, limit - len(self._vip_counted()))
        news = sorted(set(partner_ids) - known)[:free]
        details = self.env._("Customer of an open ticket")
        for partner_id in news:
            self._log("lookup", partner_id=partner_id, count=1, details=details)
        return known | set(news)

    @api.model
    def _vip_named(self, partner_ids):
        """Return which of these members a lookup of the user has named by now."""
        logs = self.sudo()  # nobody but auditors reads the log, not even her own lines
        domain = [
            ("user_id", "=", self.env.uid),
            ("kind", "=", "lookup"),
            ("date", ">", fields.Datetime.now() - WINDOW),
            ("partner_id", "in", list(partner_ids)),
        ]
        return set(logs.search(domain).partner_id.ids)

    @api.model
    def _vip_counted(self):
        """Return when each lookup that counts was last made, oldest first."""
        self.flush_model()
        rows = self.env.execute_query(self._query_counted())
        return [date for [date] in rows]

    def _query_counted(self):
        """Return the query of the lookups that count: an anti-join with paid tickets.

        The ORM has no such join, and each lookup waits for this.
        """
        return SQL(
            """
            SELECT max(log.date) AS date FROM vip_access_log log
             WHERE log.user_id = %s AND log.kind = 'lookup' AND log.date > %s
               AND NOT EXISTS (
                   SELECT FROM pos_order o
                    WHERE o.partner_id = log.partner_id
                      AND o.state IN ('paid', 'done') AND o.write_date >= log.date
               )
             GROUP BY COALESCE(log.partner_id::text, log.details)
             ORDER BY date
            """,
            self.env.uid,
            fields.Datetime.now() - WINDOW,
        )

    @api.model
    def _vip_is_repeated(self, subject):
        """Tell whether the user asked the same a few minutes ago."""
        logs = self.sudo()  # nobody but auditors reads the log, not even her own lines
        since = fields.Datetime.now() - REPEAT
        return bool(
            logs.search_count(
                [
                    ("user_id", "=", self.env.uid),
                    ("kind", "=", "lookup"),
                    ("date", ">", since),
                    ("details", "=", subject),
                ],
                limit=1,
            )
        )

    @api.model
    def _vip_local_time(self, moment, config):
        """Return the time of day of `moment` as the clock in the store shows it."""
        zone = config.vip_store_id.sudo().tz or self.env.user.tz or "UTC"
        return babel.dates.format_time(
            pytz.utc.localize(moment).astimezone(pytz.timezone(zone)).time(),
            format="short",
            locale=babel_locale_parse(get_lang(self.env).code),
        )
