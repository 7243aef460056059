import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.windows import add_months, window_start
from .vip_care_scope import CareScope

_logger = logging.getLogger(__name__)

COMPLAINT_MONTHS = 24


class VipDormancyReview(models.Model):
    """The job that makes each store's lists of a month, once, and finds who is back."""

    _inherit = "vip.dormancy.review"

    @api.model
    def _cron_make(self):
        stores = self.env["vip.store"].search([("active", "=", True)])
        for company, its_stores in stores.grouped("company_id").items():
            run = self.env["vip.job.run"]._start("dormancy", company)
            made = 0
            for month, some in its_stores.grouped(
                lambda store: store._vip_today().replace(day=1)
            ).items():
                try:
                    with self.env.cr.savepoint():
                        made += self._make(company, month, some)
                except Exception:
                    _logger.exception("Lists of %s are not made", company.id)
                    run._add_error(self.env._("The lists could not be made."))
            run._progress(made)
            run._finish()
        self._find_back()

    @api.model
    def _make(self, company, month, stores):
        """Make the lists of `month` (its first day) that are not there yet.

        Returns how many members are on them. The unique indexes keep it to one list
        per store, kind and month, whoever makes it at the same time.
        """
        self.env.flush_all()
        scope = CareScope(company, month, month, stores.ids)
        made = 0
        for kind, (first, end) in self._last_purchases(company, month).items():
            self.env.cr.execute(self._query_make(scope, kind, first, end))
            made += self.env.cr.rowcount
        self.env.invalidate_all()
        return made

    @api.model
    def _last_purchases(self, company, month):
        """Return {kind: (first, end)}: the last purchases that put one on a list.

        Edge and dormant: who became it in the month before. Cards: those that become
        invalid in the month after, so that the whole month is left to call.
        """
        eve = timedelta(days=1)

        def became(months, start):
            return tuple(
                window_start(day - eve, months) for day in (start, add_months(start, 1))
            )

        before = add_months(month, -1)
        spans = {
            "edge": became(company.vip_active_months, before),
            "dormant": became(company.vip_edge_months, before),
        }
        if company.vip_card_months:
            spans["card"] = became(company.vip_card_months, add_months(month, 1))
        return spans

    def _query_make(self, scope, kind, first, end):
        """Return the statement that makes all stores' lists of a kind.

        SQL: one statement for any number of members, by the index of last purchases.
        """
        return SQL(
            """
            WITH found AS (
                SELECT m.id, m.vip_store_id, m.vip_owner_id, m.vip_last_purchase_date,
                       (SELECT count(*) FROM vip_feedback f
                         WHERE f.partner_id = m.id AND f.kind = 'complaint'
                           AND f.date >= %(since)s) AS complaints
                  FROM res_partner m
                 WHERE %(members)s
                   AND m.vip_last_purchase_date >= %(first)s
                   AND m.vip_last_purchase_date < %(end)s
            ), made AS (
                INSERT INTO vip_dormancy_review (
                       store_id, kind, month, company_id, state,
                       create_uid, create_date, write_uid, write_date)
                SELECT DISTINCT vip_store_id, %(kind)s, %(month)s::date, %(company)s,
                       'open', %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM found
                    ON CONFLICT (store_id, kind, month) DO NOTHING
             RETURNING id, store_id
            )
            INSERT INTO vip_dormancy_line (
                   review_id, kind, month, store_id, partner_id, owner_id,
                   last_purchase_date, complaint_count,
                   create_uid, create_date, write_uid, write_date)
            SELECT made.id, %(kind)s, %(month)s, made.store_id, found.id,
                   found.vip_owner_id, found.vip_last_purchase_date, found.complaints,
                   %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM found JOIN made ON made.store_id = found.vip_store_id
            """,
            members=scope.members,
            since=add_months(scope.day, -COMPLAINT_MONTHS),
            kind=kind,
            month=scope.day,
            company=scope.company.id,
            first=first,
            end=end,
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

    @api.model
    def _find_back(self):
        """Note who bought again since her list was made; what people wrote stays."""
        self.env.flush_all()
        self.env.cr.execute(self._query_back())
        self.env["vip.dormancy.line"].invalidate_model(["result"])

    def _query_back(self):
        """Return the statement; it looks at open lists only."""
        return SQL(
            """
            UPDATE vip_dormancy_line line SET result = 'back'
              FROM vip_dormancy_review review
             WHERE review.id = line.review_id AND review.state = 'open'
               AND line.result IS NULL AND EXISTS (
                   SELECT FROM vip_purchase p
                    WHERE p.partner_id = line.partner_id
                      AND p.local_date >= review.month AND NOT p.is_refund)
            """
        )
