import logging
from collections import defaultdict
from typing import NamedTuple

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, mute_logger

_logger = logging.getLogger(__name__)
BATCH = 10_000
# Beyond so many reviewed members ranking all of them is no dearer.
RANK_SOME_LIMIT = 50_000


class Scope(NamedTuple):
    """Members of stores where it is the same day; store id 0 is no store."""

    company: models.BaseModel
    day: fields.Date
    reviewed_on: fields.Date
    store_ids: list

    @property
    def members(self):
        """The condition on `res_partner m` for the scope's members."""
        return SQL(
            """m.is_vip_member AND m.vip_company_id = %s
               AND COALESCE(m.vip_store_id, 0) = ANY(%s)""",
            self.company.id,
            self.store_ids,
        )


class VipStandingReview(models.AbstractModel):
    """The review: from purchases to metrics, tier, value class, life cycle and layer.

    Members wait in a queue (`vip.standing.due`): those the collector or an import
    touched, and each day those for whom the new day itself may change something. The
    work is done in batches, each of them committed together with its removal from the
    queue, so a killed review goes on where it stopped. The result depends on the
    purchases, the rules and the day only.
    """

    _name = "vip.standing.review"
    _description = "Standing review"

    @api.model
    def run(self, partner_ids=None, on_date=None):
        """Review members and return the records of the runs, one per company.

        Without `partner_ids` everybody is up to date afterwards; the cost follows what
        changed since the last time. `on_date` is the day to review as of (a date or its
        text); by default each store's own today. Commits after each batch. A member
        whose review fails is reported on the run and does not keep the others.
        """
        if not (self.env.su or self.env.user.has_group("vip_care.group_head_office")):
            raise AccessError(
                self.env._("Only head office may review members' standing.")
            )
        self = self.sudo()  # reads everybody's figures, whoever starts it
        if partner_ids is not None:
            self.env["vip.standing.due"]._add(partner_ids)
        self.env.flush_all()
        on_date = fields.Date.to_date(on_date)
        runs = self.env["vip.job.run"]
        active = [("active", "=", True)]
        for company in self.env["res.company"].search(active, order="id"):
            runs += self._run_company(company, partner_ids, on_date)
        return runs

    @api.model
    def _cron_collect_and_review(self):
        """Collect tickets, then review; a day's first call does the nightly work."""
        self.env["vip.purchase"]._collect(full=self._is_sweep_due())
        self.run()

    def _is_sweep_due(self):
        """Whether all tickets and purchases were not yet compared today."""
        return not self.env["vip.job.run"].search_count(
            [
                ("job", "=", "collect"),
                ("state", "=", "done"),
                ("on_date", "=", fields.Date.today()),
            ],
            limit=1,
        )

    def _run_company(self, company, partner_ids, on_date):
        scopes = self._scopes(company, on_date)
        rules_key = company._vip_current_rules_key()
        full = bool(on_date) or company.vip_rules_key != rules_key
        run = self.env["vip.job.run"]._start(
            "review", company, max(s.day for s in scopes)
        )
        if partner_ids is None:
            for scope in scopes:
                self._queue_scope(scope, full)
            company.vip_rules_key = rules_key
            run._progress(0, self._queued_count(company))
        reviewed = []
        for scope in scopes:
            reviewed += self._drain_queue(run, scope, partner_ids)
        left = self._queued_count(company) if partner_ids is None else 0
        if not left:
            self._rank(company, scopes, full, partner_ids, reviewed)
        run._finish(left)
        return run

    def _scopes(self, company, on_date):
        """Group the company's stores by their day and the day they were reviewed."""
        stores = (
            self.env["vip.store"]
            .with_context(active_test=False)
            .search([("company_id", "=", company.id)])
        )
        groups = defaultdict(list)
        no_store = self.env["vip.store"].with_company(company)
        groups[on_date or no_store._vip_today(), company.vip_reviewed_on].append(0)
        for store in stores:
            day = on_date or store._vip_today()
            groups[day, store.vip_reviewed_on].append(store.id)
        # Members may still live in a store of another company.
        return [
            Scope(company, day, reviewed_on, store_ids)
            for (day, reviewed_on), store_ids in groups.items()
        ]

    def _queue_scope(self, scope, full):
        """Queue whom the days since the last review may have changed; or everybody."""
        if not full and scope.reviewed_on == scope.day:
            return
        due = self.env["vip.standing.due"]
        if full or not scope.reviewed_on or scope.reviewed_on > scope.day:
            due._add_query(
                SQL("SELECT m.id FROM res_partner m WHERE %s", scope.members)
            )
        else:
            due._add_query(self._query_due(scope))
        stores = self.env["vip.store"].browse(sid for sid in scope.store_ids if sid)
        stores.vip_reviewed_on = scope.day
        if 0 in scope.store_ids:
            scope.company.vip_reviewed_on = scope.day
        self.env.flush_all()

    def _drain_queue(self, run, scope, partner_ids):
        """Review the scope's queued members in batches; return their ids."""
        reviewed = []
        seconds, tries = 1, 5
        while seconds:
            try:
                batch = self._next_batch(scope, partner_ids)
                if not batch:
                    break
                self._review_batch(run, scope, batch)
            except psycopg2.OperationalError:
                # Somebody changed one of these members meanwhile: look again.
                tries -= 1
                # Within a larger transaction it is not ours to roll back.
                if not tries or self.env.context.get("vip_no_commit"):
                    raise
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
                continue
            self.env.cr.execute(
                SQL("DELETE FROM vip_standing_due WHERE partner_id = ANY(%s)", batch)
            )
            reviewed += batch
            left = 0 if partner_ids is not None else self._queued_count(scope.company)
            seconds = run._progress(len(batch), left)
        self.env["res.partner"].invalidate_model()
        return reviewed

    def _next_batch(self, scope, partner_ids):
        """Lock and return the next queued members; other workers take other ones."""
        only = (
            SQL("TRUE")
            if partner_ids is None
            else SQL("d.partner_id = ANY(%s)", list(partner_ids))
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT d.partner_id
                  FROM vip_standing_due d
                  JOIN res_partner m ON m.id = d.partner_id
                 WHERE %s AND %s
                 LIMIT %s
                   FOR UPDATE OF d SKIP LOCKED
                """,
                scope.members,
                only,
                BATCH,
            )
        )
        return sorted(row[0] for row in rows)

    def _review_batch(self, run, scope, ids):
        """Review members at once; where that fails, find out who it is."""
        try:
            with self.env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
                self.env.cr.execute(self._query_review(scope, ids))
        except (psycopg2.DataError, psycopg2.IntegrityError) as error:
            if len(ids) == 1:
                _logger.warning("Standing of member %s not reviewed: %s", ids, error)
                run._add_error(
                    self.env._(
                        "Member %(id)s was left as she was: %(error)s",
                        id=ids[0],
                        error=str(error).splitlines()[0],
                    )
                )
            else:
                middle = len(ids) // 2
                self._review_batch(run, scope, ids[:middle])
                self._review_batch(run, scope, ids[middle:])

    def _queued_count(self, company):
        [(count,)] = self.env.execute_query(
            SQL(
                """
                SELECT count(*)
                  FROM vip_standing_due d JOIN res_partner m ON m.id = d.partner_id
                 WHERE m.is_vip_member AND m.vip_company_id = %s
                """,
                company.id,
            )
        )
        return count

    def _rank(self, company, scopes, full, partner_ids, reviewed):
        """Give value classes: to everybody once a day, else to those reviewed."""
        day = max(scope.day for scope in scopes)
        everybody = full or company.vip_ranked_on != day
        if partner_ids is None and (everybody or len(reviewed) > RANK_SOME_LIMIT):
            self.env.cr.execute(self._query_rank(company))
            company.vip_ranked_on = day
        elif reviewed:
            self.env.cr.execute(self._query_rank(company, reviewed))
        self.env["res.partner"].invalidate_model()
