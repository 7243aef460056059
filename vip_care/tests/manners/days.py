"""Day after day: the night's jobs, happenings, sales and work, and what is seen."""

from datetime import date, timedelta

from .buying import Buying
from .chain import Chain
from .giving import Giving
from .ledger import Contact, Look, Open
from .life import Life
from .work import ODD_HOURS, Work

UTC_8 = timedelta(hours=8)


class Days(Buying, Life, Giving, Work, Chain):
    """A chain that lives; `run` fills its ledger."""

    liveliness = 1
    told = None  # is told each day lived
    share, stretch = 1, 24
    again = 0.15  # of the days are planned a second time
    often = 0.3  # of the days what arrives is planned meanwhile

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.complaints = []
        self.standings = {}
        self.same_open = {}
        self.newest = 0
        self.seconds = {}

    def run(self):
        self.read_texts()
        self.ledger.planned_days.clear()
        day = self.first
        while day <= self.last:
            if (day.month, day.day) == (12, 1):
                self.at(day, 0, 5)
                self.write_texts(day.year)
            if self.lives(day):
                self.spend(day)
            day += timedelta(1)
        self.read_contacts()
        return self.ledger

    def lives(self, day):
        """Whether the chain lives on this day: of a short run not on all of them.

        Then each year has its share of whole stretches, the next year the next ones.
        """
        stretch, year = day.timetuple().tm_yday // self.stretch, day.year
        return self.share == 1 or stretch % self.share == year % self.share

    def spend(self, day):
        is_lost = self.chance.random() < 0.04  # the machine was down
        odd = self.chance.random() < 0.15 and self.chance.choice(ODD_HOURS)
        if not is_lost:
            self._night(day, odd)
        self._try_odd_hours(day, odd, before=9)
        self.at(day, 9, 20)
        self._enrol_some()
        self.live(day)
        self.give_out(day)
        if not is_lost and self.chance.random() < self.often:
            self.at(day, 9, 40)
            self._plan("arrivals", self.env["vip.care.rule"]._cron_plan)
        self.work(day)
        self._try_odd_hours(day, odd, after=18)
        self.at(day, 22, 30)
        self.sell(day)
        if not is_lost and self.chance.random() < self.often / 3:
            self.at(day, 23, 30)
            self._plan("arrivals", self.env["vip.care.rule"]._cron_plan)
        if self.told:
            self.told(day)

    def _enrol_some(self):
        often = self.share * self.newcomers / ((self.last - self.first).days + 1)
        count = int(often) + (self.chance.random() < often % 1)
        if count:
            self.enrol(count)

    def _try_odd_hours(self, day, odd, after=0, before=24):
        if odd and after <= odd[0] < before:
            self.try_odd_hours(day, *odd)

    def _night(self, day, odd):
        """Review and plan, at one of the hours at which the jobs may run."""
        rules = self.env["vip.care.rule"]
        way = self.chance.random()
        if odd and odd[0] < 9:
            way = 0  # the clock never goes back
        if way < 0.6:
            self.at(day, 0, 30)
            plan = rules._cron_plan
        elif way < 0.85:
            self.at(day, 6, 0)
            plan = lambda: rules.plan(on_date=day)  # noqa: E731
        else:
            self.at(day, 8, 30)
            plan = rules.plan
        self.env["vip.standing.review"].run(on_date=day)
        self.note_standings()
        self._plan("plan", plan)
        self.ledger.planned_days.add(day)
        if self.chance.random() < self.again:
            new = self._plan("plan", rules.plan)
            self.ledger.twice.append((self.moment, new))

    def _plan(self, why, plan):
        """Plan, note what is new and look; return the ids of new contacts."""
        plan()
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id FROM vip_care_task WHERE id > %s ORDER BY id", [self.newest]
        )
        new = [task for (task,) in self.env.cr.fetchall()]
        self.ledger.planned.update(dict.fromkeys(new, self.moment))
        self.newest = max([self.newest, *new])
        self.look(why)
        return new

    def look(self, why, members=None):
        """Write down what is planned at this moment, of these members or of all."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT id, partner_id, channel, purpose, trigger, tone, cap_days, due_date,
                   until, text_id, body
              FROM vip_care_task
             WHERE state = 'planned' AND (%(all)s OR partner_id = ANY(%(ids)s))
             ORDER BY id
            """,
            {"all": members is None, "ids": members.ids if members else []},
        )
        seen = (Open(*row) for row in self.env.cr.fetchall())
        # Most are as they were: one value for all looks.
        same = tuple(self.same_open.setdefault(one, one) for one in seen)
        self.ledger.looks.append(Look(self.moment, why, same))

    def read_contacts(self):
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT t.id, t.partner_id, t.rule_id,
                   -- What came to nothing left its key to another one.
                   regexp_replace(t.occasion_key, ':(lifted|moved):.*', ''), t.trigger,
                   COALESCE(o.key, ''), COALESCE(t.event_id, 0), t.event_date,
                   t.channel, t.purpose, COALESCE(t.text_kind, ''), t.tone, t.priority,
                   t.cap_days, t.due_date, t.until, t.state, COALESCE(t.guard, ''),
                   t.text_id, t.body, t.outcome, t.done_at, t.done_date,
                   t.is_holdout IS TRUE
              FROM vip_care_task t LEFT JOIN vip_occasion o ON o.id = t.occasion_id
             WHERE t.partner_id = ANY(%s)
             ORDER BY t.id
            """,
            [self.members],
        )
        contacts = [Contact(*row) for row in self.env.cr.fetchall()]
        self.ledger.contacts = [
            one._replace(done_at=one.done_at and one.done_at + UTC_8)
            for one in contacts
        ]
        self.read_texts()


def simulate(env, members, years, seed=1, first=date(2026, 1, 1), **more):
    """Let a chain live for so many years and return it, ledger and all.

    The clock has to be frozen already; `more` are attributes, as liveliness.
    """
    last = date(first.year + years, 1, 1) - timedelta(1)
    chain = Days(env, first, last, seed, more.pop("freezer"))
    chain.newcomers = members // 5
    for name, value in more.items():
        setattr(chain, name, value)
    chain.build(members - chain.newcomers)
    chain.run()
    return chain
