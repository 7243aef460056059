"""What stands against contacting a member: the guards once more, written by hand."""

from datetime import datetime, time

from . import almanac

DAY, NOON, EVENING = time(9), time(12, 30), time(21)
HOURS = {
    "CN": ((time(8), time(20)),),
    "TW": ((DAY, NOON), (time(13, 30), EVENING)),
    "HK": ((DAY, EVENING),),
}
WISHES = {
    "morning": (time(8), time(11, 30)),
    "noon": (time(11, 30), time(14)),
    "afternoon": (time(13, 30), time(18)),
    "evening": (time(17, 30), time(21)),
}
WAYS = {"call": "phone", "message": "sms"}
# Not made at all when somebody mourns; the others find quiet words.
MERRY_TRIGGERS = ("festival", "season", "activity", "arrivals")


def midday(day):
    return datetime.combine(day, time(12))


def is_open(ledger, member, channel, moment):
    """Whether she may be called or written to at this moment."""
    if channel not in WAYS:
        return True
    now = moment.time()
    wish = WISHES.get(ledger.at(member, "hours", moment))
    if wish and not wish[0] <= now < wish[1]:
        return False
    spans = HOURS[ledger.country(member, moment)]
    return any(start <= now < end for start, end in spans)


def is_her_day(ledger, member, moment):
    wish = ledger.at(member, "days", moment)
    is_weekend = moment.isoweekday() > 5
    return not (
        (wish == "weekday" and is_weekend) or (wish == "weekend" and not is_weekend)
    )


def is_meant(ledger, member, occasion, moment):
    """Whether an occasion is hers, as far as she has told by then."""
    audience = almanac.FESTIVALS.get(occasion, (0, 0, "all"))[2]
    gender = ledger.at(member, "gender", moment)
    has_child = bool(ledger.at(member, "child", moment))
    return {
        "all": True,
        "women": gender == "female",
        "mothers": gender == "female" and has_child,
        "fathers": gender == "male" and has_child,
        "parents": has_child,
        "teachers": bool(ledger.at(member, "teacher", moment)),
    }[audience]


def wishes(ledger, contact, moment):
    """Return what she herself, by her word, has against a contact."""
    member, purpose = contact.member, contact.purpose
    way = WAYS.get(contact.channel, "any")
    own = ledger.said(member, purpose, way, moment)
    service = ledger.said(member, "service", way, moment)
    found = set()
    if not ledger.at(member, "member", moment):
        found.add("left")
    if purpose != "service" and ledger.at(member, "channel", moment) == "none":
        found.add("no_contact")
    if own is False or service is False:
        found.add("refused")
    if contact.channel == "message" and (
        not own or ledger.is_of_another_number(member, purpose, way, moment)
    ):
        found.add("consent")
    return found


def feelings(ledger, contact, moment, is_merry, day=None):
    """Return what forbids a contact, or merry words, at a sad moment.

    With a `day`: what at that moment is known to forbid it on the day.
    """
    found, day = set(), day or moment.date()
    merry = is_merry or contact.trigger in MERRY_TRIGGERS
    if ledger.at(contact.member, "complaint", moment) and (
        contact.purpose != "service" or is_merry
    ):
        found.add("complaint")
    until = ledger.at(contact.member, "mourning", moment)
    if until and until >= day and merry:
        found.add("mourning")
    country = ledger.country(contact.member, moment)
    if almanac.is_solemn(country, day) and merry:
        found.add("solemn")
    return found


def all_stops(ledger, contact, moment, is_merry=False):
    found = wishes(ledger, contact, moment)
    found |= feelings(ledger, contact, moment, is_merry)
    if contact.channel in WAYS and not ledger.at(contact.member, "phone", moment):
        found.add("unreachable")
    return found
