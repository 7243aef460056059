from odoo import api, models
from odoo.tools import SQL


class PhoneBlacklist(models.Model):
    _inherit = "phone.blacklist"

    @api.model
    def _vip_block(self, number, now):
        """Block a number in E.164 form; return whether it was not blocked before.

        `now` stands as its last change then: by it one sees later who blocked it.
        """
        self.env.flush_all()
        # Not for the log: the statement holds the number.
        self.env.cr.execute(self._query_vip_block(number, now), log_exceptions=False)
        is_new = bool(self.env.cr.rowcount)
        self.invalidate_model()
        self._vip_forget_cached()
        return is_new

    @api.model
    def _vip_unblock(self, number):
        """Take a number off the list again."""
        self._vip_entry(number).active = False
        self._vip_forget_cached()

    @api.model
    def _vip_entry(self, number):
        # Not by the number's own search, which reads it by the user's country.
        ids = self.env.execute_query(
            SQL("SELECT id FROM phone_blacklist WHERE number = %s", number)
        )
        return self.browse(row[0] for row in ids)

    def _vip_forget_cached(self):
        names = ["vip_can_text", "phone_sanitized_blacklisted", "phone_blacklisted"]
        self.env["res.partner"].invalidate_model(names)

    def _query_vip_block(self, number, now):
        """Return SQL that blocks a number and counts one row if that is new.

        SQL: the ORM reads a number by the country of the user's company and takes none
        that is newer than the library's list; and of two refusals at once none fails.
        """
        return SQL(
            """
            INSERT INTO phone_blacklist (number, active, create_uid, write_uid,
                                         create_date, write_date)
                 VALUES (%(number)s, TRUE, %(uid)s, %(uid)s, %(now)s, %(now)s)
            ON CONFLICT (number) DO UPDATE
                    SET active = TRUE, write_uid = %(uid)s, write_date = %(now)s
                  WHERE phone_blacklist.active IS NOT TRUE
            """,
            number=number,
            uid=self.env.uid,
            now=now,
        )
