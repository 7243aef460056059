import psycopg2

from odoo import models
from odoo.tools import SQL, mute_logger

from .vip_care_planner import FORESEEN

# What arrives during a day; everything else changes with the day only.
ARRIVING = (
    "weather",
    "activity",
    "arrivals",
    "enrolment",
    "purchase",
    "high_value",
    "referral",
    "referred",
)
# After so many new tasks the database counts them at once, not some minutes later: what
# it plans on old figures can take minutes.
MANY = 1_000


class VipCarePlanner(models.AbstractModel):
    """The planner's way through one scope: collect, settle, write."""

    _inherit = "vip.care.planner"

    def _plan(self, run, scope, rules, is_new_day=True):
        """Make the tasks of a scope and return how many; running it again adds none.

        On a new day for everything, later for what has arrived meanwhile only.
        """
        self.env.flush_all()
        self.env.cr.execute(self._query_expire(scope))
        leading = rules
        if not is_new_day:
            leading = rules.filtered(lambda rule: rule.trigger in ARRIVING)
        made, with_words = 0, None
        if self._collect(run, scope, leading, rules - leading, with_open=is_new_day):
            self._settle(scope)
            self.env.cr.execute(self._query_lift(scope.day))
            [(made, with_words)] = self.env.execute_query(
                self._query_insert(scope.company, scope.day, self.env.uid)
            )
        tasks = self.env["vip.care.task"]
        tasks.invalidate_model()
        self.env["res.partner"].invalidate_model(["vip_care_task_ids"])
        if made >= MANY:
            self.env.cr.execute(SQL("ANALYZE vip_care_task"))
        if with_words:
            self.env["vip.care.text"]._give(tasks.browse(with_words))
        return made

    def _collect(self, run, scope, leading, others, with_open=False):
        """Fill the table of candidates and return whether there are any.

        Whom the leading rules mean today, and what the others want of the same members
        and, during a day, of those nothing stops any more; then what is foreseen for
        them and, once a day, for those with tasks that stay open after it; and once a
        day the open tasks of who has several.
        """
        self.env.cr.execute(self._query_create())
        due = sum(self._stage(run, rule, scope) for rule in leading)
        lifted = [] if with_open else self._lifted(scope)
        if not (due or lifted or with_open):
            return False
        self._analyse()
        same = scope._replace(
            only=SQL(
                """m.id IN (SELECT partner_id FROM vip_care_candidate
                             UNION SELECT unnest(%s::int[]))""",
                lifted,
            )
        )
        if due or lifted:
            due += sum(self._stage(run, rule, same) for rule in others)
        if with_open:
            same = scope._replace(
                only=SQL(
                    """m.id IN (SELECT partner_id FROM vip_care_candidate UNION
                                SELECT partner_id FROM vip_care_task
                                 WHERE state = 'planned' AND until > %s)""",
                    scope.day,
                )
            )
        foreseen = (leading + others).filtered(lambda rule: rule.trigger in FORESEEN)
        due += sum(self._stage(run, rule, same, foreseen=True) for rule in foreseen)
        self.env.cr.execute(self._query_stage_open(scope=scope if with_open else None))
        due += self.env.cr.rowcount
        self._analyse()
        return bool(due)

    def _stage(self, run, rule, scope, foreseen=False):
        """Add what a rule wants; a rule that fails harms only itself."""
        if not foreseen:
            scope = scope._replace(ahead=scope.day)
        try:
            with self.env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
                query = self._query_stage(rule, scope, foreseen)
                if query is None:
                    return 0
                self.env.cr.execute(query)
                return self.env.cr.rowcount
        except psycopg2.OperationalError:
            raise  # the whole scope is tried again
        except (psycopg2.Error, ValueError, SyntaxError, KeyError) as error:
            run._add_error(
                self.env._(
                    "The rule “%(rule)s” was left out: %(error)s",
                    rule=rule.name,
                    error=str(error).splitlines()[0],
                )
            )
            return 0

    def _settle(self, scope):
        """Give candidates their guards, let the best win, then mind the load."""
        self._rank(scope.day, self._solemn(scope))
        limit = scope.company.vip_care_daily_limit
        self.env.cr.execute(self._query_hold_load(scope.day, limit))

    def _settle_open(self, partners, day):
        """Keep the open tasks of these members apart, whose they were before."""
        self.env.flush_all()
        self.env.cr.execute(self._query_create())
        self.env.cr.execute(self._query_stage_open(partners))
        self._rank(day, ())
        self.env["vip.care.task"].invalidate_model()

    def _rank(self, day, solemn):
        """Give guards and let of each member's contacts the better ones win."""
        self.env.cr.execute(self._query_judge(day, solemn))
        [[last]] = self.env.execute_query(
            SQL("SELECT COALESCE(max(rank), 0) FROM vip_care_candidate")
        )
        if last > 1:
            self.env.cr.execute(self._query_index())
            self._analyse()
        for rank in range(2, last + 1):
            self._settle_rank(rank)
        self.env.cr.execute(self._query_move_open())

    def _settle_rank(self, rank):
        """Fit in this rank; what was put off once may have to be once more."""
        for _meeting in range(rank):
            self.env.cr.execute(self._query_settle(rank))
            if not self.env.cr.rowcount:
                return

    def _solemn(self, scope):
        """Return {(country id, day)} of the solemn days in sight of the scope."""
        stores = self.env["vip.store"].browse(sid for sid in scope.store_ids if sid)
        countries = stores.country_id | scope.company.country_id
        return {
            (country.id, day)
            for country in countries
            for day in self.env["vip.occasion"]._solemn_days(
                country, scope.day, scope.ahead
            )
        }

    def _analyse(self):
        """Tell the database how many candidates there are: it cannot guess."""
        self.env.cr.execute(SQL("ANALYZE vip_care_candidate"))
