import logging

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

QUOTAS = [
    ("reveal", "Numbers revealed"),
    ("export", "Rows exported"),
    ("bulk", "Members read"),
]
ALARM_SHARE = 0.8


class VipAccessQuota(models.Model):
    """How much of a day's allowance a user has used, and whether we told her manager.

    One row per user, day and kind. Two requests at once update the same row: the
    second waits, and Odoo repeats it with the figure of the first.
    """

    _name = "vip.access.quota"
    _description = "Day's allowance used"
    _order = "day desc, user_id, kind"
    _rec_name = "user_id"
    _log_access = False

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade"
    )
    day = fields.Date(required=True, readonly=True)
    kind = fields.Selection(QUOTAS, required=True, readonly=True)
    amount = fields.Integer("Used", readonly=True)
    is_alarmed = fields.Boolean("Manager told", readonly=True)

    _uniq = models.UniqueIndex("(user_id, day, kind)")

    def write(self, vals):
        raise UserError(self.env._("Allowances are counted by the server."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Allowances are counted by the server."))

    @api.model
    def _take(self, kind, amount, limit, **log):
        """Use `amount` of today's `limit`; raise UserError beyond it.

        What is refused uses nothing up, is logged (`log` are fields of the log) and
        tells the manager, as do the last fifth of the allowance: once a day.
        """
        user = self.env.user
        day = user._vip_today()
        [[used]] = self.env.execute_query(self._query_add(kind, amount, day))
        self.invalidate_model()
        if used > limit:
            self.env["vip.access.log"]._log("limit", count=amount, **log)
            self._after_rollback("_alarm", user.id, kind, day, used - amount, limit)
            raise UserError(self._limit_text(kind, used - amount, limit))
        if used >= limit * ALARM_SHARE:
            self._alarm(user.id, kind, day, used, limit)

    def _limit_text(self, kind, used, limit):
        texts = {
            "reveal": self.env._(
                "You have seen %(used)s of %(limit)s numbers a day. Call or write from"
                " the member's card, or ask your manager.",
                used=used,
                limit=limit,
            ),
            "export": self.env._(
                "This export goes beyond %(limit)s rows a day; %(used)s are used."
                " Export fewer rows, or ask for a higher limit.",
                used=used,
                limit=limit,
            ),
        }
        return texts[kind]

    def _after_rollback(self, method, *args):
        """Call a method of this model by superuser once this request has failed."""
        registry = self.env.registry

        def call():
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                getattr(env[self._name], method)(*args)

        self.env["vip.access.log"]._on_rollback(call)

    @api.model
    def _alarm(self, user_id, kind, day, used, limit):
        """Tell the manager, unless she was told today. Return whether she was."""
        if not self.env.execute_query(self._query_alarm(user_id, kind, day)):
            return False
        self.invalidate_model()
        user = self.env["res.users"].browse(user_id).sudo()
        people = user._vip_supervisors()
        for lang, readers in people.grouped("lang").items():
            texts = self.with_context(lang=lang)._alarm_texts(user, kind, used, limit)
            try:
                with self.env.cr.savepoint():
                    self.env["mail.thread"].sudo().message_notify(
                        partner_ids=readers.partner_id.ids,
                        subject=texts[0],
                        body=texts[1],
                        author_id=self.env.ref("base.partner_root").id,
                    )
            except Exception:  # mail that cannot go out must not stop a shop's work
                _logger.exception("Alarm about user %s could not be sent", user_id)
        return True

    def _alarm_texts(self, user, kind, used, limit):
        """Return subject and body of the message to the manager."""
        values = {"user": user.name, "used": used, "limit": limit}
        subject = {
            "reveal": self.env._("%(user)s reveals many numbers", **values),
            "export": self.env._("%(user)s exports many members", **values),
            "bulk": self.env._("%(user)s reads many members", **values),
        }
        body = {
            "reveal": self.env._(
                "%(user)s has revealed %(used)s numbers today, of %(limit)s allowed."
                " Please ask her why.",
                **values,
            ),
            "export": self.env._(
                "%(user)s has exported %(used)s rows today, of %(limit)s allowed."
                " Please ask her why.",
                **values,
            ),
            "bulk": self.env._(
                "%(user)s has read the details of %(used)s members today; more than"
                " %(limit)s are unusual. Please ask her why.",
                **values,
            ),
        }
        return subject[kind], body[kind]

    def _query_add(self, kind, amount, day):
        """Return SQL that adds to an allowance and gives its total.

        SQL: only the database can add and tell in one step.
        """
        return SQL(
            """
            INSERT INTO vip_access_quota AS q (user_id, day, kind, amount, is_alarmed)
                 VALUES (%s, %s, %s, %s, FALSE)
            ON CONFLICT (user_id, day, kind)
              DO UPDATE SET amount = q.amount + EXCLUDED.amount
              RETURNING amount
            """,
            self.env.uid,
            day,
            kind,
            amount,
        )

    def _query_alarm(self, user_id, kind, day):
        """Return SQL that gives a row only to the first who asks on a day.

        SQL: as above. A user made in the request that failed is not there any more.
        """
        return SQL(
            """
            INSERT INTO vip_access_quota AS q (user_id, day, kind, amount, is_alarmed)
                 SELECT id, %(day)s, %(kind)s, 0, TRUE
                   FROM res_users WHERE id = %(user)s
            ON CONFLICT (user_id, day, kind)
              DO UPDATE SET is_alarmed = TRUE WHERE q.is_alarmed IS NOT TRUE
              RETURNING id
            """,
            day=day,
            kind=kind,
            user=user_id,
        )
