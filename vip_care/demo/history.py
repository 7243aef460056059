"""The time before the registers were connected: imported tickets, month by month."""

from datetime import datetime, time, timedelta

from odoo.tools import SQL

from . import members
from .garments import season_of

GOODS_TAX = 1.13
REFUND_SHARE = 0.03
# Members move from one associate to another so many reviews before today.
HANDOVERS = {6: ("tang", "su", 9), 4: ("wen", "deng", 6)}
SPEND_FROM = 1500
SPENT = 500


def create(chain):
    """Let two years go by: members enrol, buy and are reviewed every month."""
    rng = chain.draw("history")
    until = chain.first_register_day
    reviews = _month_ends(chain.first_day, until)
    for number, day in enumerate(reviews):
        _enrol(chain, day)
        handover = HANDOVERS.get(len(reviews) - number)
        if handover:
            members.hand_over(chain, *handover, datetime.combine(day, time(2)))
        _import_tickets(chain, rng, day)
        _review(chain, day)
    _enrol(chain, chain.today)


def _enrol(chain, day):
    """Enrol the members up to a day and give them what newcomers get."""
    newcomers = [p for p in chain.people if not p.partner and p.enrolled_on <= day]
    if newcomers:
        members.enrol(chain, newcomers)
        _review(chain, day, [person.partner.id for person in newcomers])


def _month_ends(first_day, until):
    """Return the last days of the months between two days, and the second day."""
    days = []
    day = first_day.replace(day=28)
    while True:
        month_end = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        if month_end - timedelta(days=1) >= until:
            return [*days, until]
        days.append(month_end - timedelta(days=1))
        day = month_end


def _import_tickets(chain, rng, until):
    """Import the tickets up to a day; they leave `chain.tickets`."""
    due = [ticket for ticket in chain.tickets if ticket.day <= until]
    chain.tickets = chain.tickets[len(due) :]
    rows = []
    for ticket in due:
        rows.append(_row(chain, rng, ticket))
        if rng.random() < REFUND_SHARE:
            rows.append(_refund(rows[-1], until))
    for row in rows:
        chain.ticket_number = getattr(chain, "ticket_number", 0) + 1
        store = chain.env["vip.store"].browse(row["store_id"])
        day = row["local_date"].strftime("%y%m%d")
        row["import_ref"] = f"{store.code}-{day}-{chain.ticket_number:04d}"
    chain.env["vip.purchase"].create(rows)


def _row(chain, rng, ticket):
    person, lines = ticket.person, ticket.lines
    spent = 0
    if person.points >= SPEND_FROM and rng.random() < 0.4:
        spent = SPENT
    amount = sum(line.amount for line in lines) - spent / 10
    earned = round(amount / 10)
    person.points += earned - spent
    season = season_of(ticket.day).key
    return {
        "partner_id": person.partner.id,
        "company_id": chain.company.id,
        "store_id": chain.stores[ticket.store].id,
        "season_id": chain.seasons[season].id,
        "date": ticket.moment,
        "local_date": ticket.day,
        "amount": amount,
        "margin": amount / GOODS_TAX - sum(line.item.cost for line in lines),
        "units": len(lines),
        "in_season_units": sum(line.item.season == season for line in lines),
        "is_refund": False,
        "points_earned": earned,
        "points_spent": spent,
        "owner_id": person.partner.vip_owner_id.id,
        "receiver_id": chain.staff[ticket.receiver].id,
        "tier_id": person.partner.vip_tier_id.id,
    }


def _refund(row, until):
    """Return all of a ticket brought back some days later."""
    later = min(until - row["local_date"], timedelta(days=4))
    negative = ("amount", "margin", "units", "in_season_units", "points_earned")
    vals = row | {name: -row[name] for name in negative}
    return vals | {
        "is_refund": True,
        "points_spent": 0,
        "date": row["date"] + later,
        "local_date": row["local_date"] + later,
    }


def _review(chain, day, partner_ids=None):
    """Review members as of a past day and date the changes back to its evening.

    The first review of new members is dated the day of their enrolment.
    """
    cr = chain.env.cr
    cr.execute("SELECT COALESCE(max(id), 0) FROM vip_standing_change")
    [before] = cr.fetchone()
    chain.env["vip.standing.review"].run(partner_ids, on_date=day)
    evening = SQL("%s", datetime.combine(day, time(18, 30)))
    enrolment = SQL("m.vip_enrolled_on + time '01:30'")
    cr.execute(
        SQL(
            """
            UPDATE vip_standing_change c SET date = %s FROM res_partner m
             WHERE m.id = c.partner_id AND c.id > %s
            """,
            enrolment if partner_ids else evening,
            before,
        )
    )
    chain.env.invalidate_all()


def finish(chain):
    """Collect the registers' tickets and review everybody as of today."""
    chain.env["vip.purchase"]._collect(full=True)
    chain.env["vip.standing.review"].run()
    # The diary of the jobs is to tell of today only.
    chain.env["vip.job.run"].search(
        [("job", "=", "review"), ("on_date", "<", chain.today)]
    ).unlink()
    chain.env.invalidate_all()
