"""Consent, a fortnight of care, and what members said: Today is full from the start."""

from datetime import datetime, time, timedelta

from ..models.res_partner_consent import ENROLMENT_PURPOSES

CARE_DAYS = 14
# Of what is due: done, and done or dropped; less of the last days.
DONE, SETTLED = 0.86, 0.93
LAST_DAYS, LAST_SHARE = 3, 0.4
REFUSALS = 8
CONSENT = "我同意门店为服务和问候与我联系，可随时拒绝。"
VOICES = (
    # kind, subject, store, how far, what she says, what was done
    ("complaint", "quality", "shanghai", ("hear",), "羊毛衫洗一次就缩水了", ""),
    ("complaint", "service", "hangzhou", (), "周末等了二十分钟没有人接待", ""),
    (
        "complaint",
        "repair",
        "guangzhou",
        ("hear", "apologise", "resolve"),
        "裤脚改短后两边不一样长",
        "当天重新修改，送到家里",
    ),
    ("inquiry", "points", "shanghai", (), "想知道积分什么时候到期", ""),
    ("suggestion", "service", "shenzhen", (), "试衣间的灯光可以再柔和一些", ""),
)
OUTCOMES = {
    "call": ("reached", "reached", "reached", "not_reached", "coming"),
    "visit": ("visited",),
    "gift": ("given",),
    "message": ("sent",),
    "service": ("reached",),
}


def create(chain):
    """Let most members agree, some speak, and the stores care for them since."""
    _agree(chain)
    _speak(chain)
    _warn(chain)
    rng = chain.draw("care")
    for days in range(CARE_DAYS, 0, -1):
        day = chain.today - timedelta(days=days)
        chain.env["vip.care.rule"].plan(day)
        _work(chain, rng, day, LAST_SHARE if days <= LAST_DAYS else 1)
    chain.env["vip.care.rule"].plan(chain.today)
    chain.env["vip.dormancy.review"]._cron_make()


def _agree(chain):
    """Nine of ten agreed when they enrolled; some asked since to be left alone."""
    rng = chain.draw("consents")
    agreed = [person for person in chain.people if rng.random() < 0.9]
    rows = []
    for person in agreed:
        marketing = ("marketing",) if rng.random() < 0.6 else ()
        moment = datetime.combine(person.enrolled_on, time(4))
        rows += _words(person, ENROLMENT_PURPOSES + marketing, True, moment)
    for person in rng.sample(agreed, REFUSALS):
        moment = datetime.combine(chain.today - timedelta(20), time(4))
        rows += _words(person, ("marketing",), False, moment)
    chain.env["vip.consent"].create(rows)


def _words(person, purposes, given, moment):
    return [
        {
            "partner_id": person.partner.id,
            "purpose": purpose,
            "given": given,
            "method": "paper",
            "text": CONSENT,
            "store_id": person.partner.vip_store_id.id,
            "date": moment,
        }
        for purpose in purposes
    ]


def _speak(chain):
    for place, (kind, subject, store, steps, words, remedy) in enumerate(VOICES):
        people = [p for p in chain.people if p.store == store and p.owner and p.points]
        voice = chain.env["vip.feedback"].create(
            {
                "partner_id": people[3 * place].partner.id,
                "kind": kind,
                "subject": subject,
                "description": words,
                "resolution": remedy,
            }
        )
        for step in steps:
            getattr(voice, f"action_{step}")()


def _warn(chain):
    """The manager in Shanghai gave out a warning this morning."""
    store = chain.stores["shanghai"]
    event = chain.load_one(
        "vip.care.event",
        "event_cold",
        {
            "name": "寒潮蓝色预警",
            "kind": "weather",
            "occasion_id": chain.env.ref("vip_care.vip_occasion_weather_cold").id,
            "company_id": chain.company.id,
            "store_ids": [(6, 0, store.ids)],
            "date_from": chain.today,
            "date_to": chain.today + timedelta(days=2),
            "description": "明后两天降温十度，请提醒会员添衣。",
            "user_id": store.manager_ids[:1].id,
        },
    )
    event.action_give_out()


def _work(chain, rng, day, share):
    """Most of what was due was done that day; some was dropped, some is still open."""
    tasks = chain.env["vip.care.task"].search(
        [("state", "=", "planned"), ("due_date", "<=", day)], order="id"
    )
    for task in tasks:
        luck = rng.random()
        if luck >= SETTLED * share:
            continue
        is_done = luck < DONE * share
        task.write(
            {
                "state": "done" if is_done else "skipped",
                "outcome": is_done and rng.choice(OUTCOMES[task.channel]),
                "reason": not is_done and rng.choice(("met", "known", "unsuitable")),
                "done_by_id": task.owner_id.id,
                "done_at": datetime.combine(day, time(3, rng.randrange(60))),
                "done_date": day,
            }
        )
