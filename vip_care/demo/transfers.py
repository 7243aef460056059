"""Requests in every state, so that each role finds something to decide."""

from datetime import timedelta

# Who asks, in which way, from whom (login), how many, why, who heard a wish, and the
# steps taken since (button, login).
REQUESTS = (
    ("su", "take_over", "tang", 1, "她搬到我家附近，最近三次都是我接待的", None, ()),
    ("lin", "give_up", "lin", 3, "我的会员已超过负荷，想先交出三位", None, ()),
    (
        "mai",
        "take_over",
        "ou",
        2,
        "两位顾客指定的款式都由我负责",
        None,
        (("store_approve", "huang"),),
    ),
    ("ye", "take_over", "chen", 1, "顾客希望由我服务", "五月三日在收银台对我说的", ()),
    (
        "fang",
        "take_over",
        "ye",
        1,
        "她只在我当班的日子来店",
        None,
        (("store_approve", "qian"), ("approve", "gu")),
    ),
    (
        "deng",
        "take_over",
        "luo",
        1,
        "我和她是同乡",
        None,
        (("reject", "zhong", "她刚换过导购，请过一阵再提"),),
    ),
)


def create(chain):
    """Let colleagues ask for members, and some of their managers decide."""
    _date_owners(chain)
    last_mail = chain.env["mail.mail"].search([], order="id desc", limit=1).id or 0
    for number, request in enumerate(REQUESTS):
        _ask(chain, number, *request)
    # Nobody's address is real.
    chain.env["mail.mail"].search([("id", ">", last_mail)]).unlink()


def _ask(chain, number, login, way, owner, count, reason, wish, steps):
    owned = [p.partner.id for p in chain.people if p.owner == owner and p.points]
    asking = _as(chain, login)
    if way == "give_up":
        asked = asking.request_give_up(owned[-count:], reason)
    else:
        asked = asking.request_take_over(owned[:count], reason, wish)
    for step, decider, *args in steps:
        decided = _as(chain, decider).browse(asked.ids)
        getattr(decided, f"action_{step}")(*args)
    hours = 5 + 7 * number
    asked.sudo().write(
        {
            name: asked[name] - timedelta(hours=hours)
            for name in ("submitted_at", "waiting_since")
            if asked[name]
        }
    )


def _as(chain, login):
    """Return transfers as this colleague sees them, free of our own rights."""
    user = chain.staff[login].user_id
    return chain.env["vip.transfer"].with_user(user)


def _date_owners(chain):
    """Date each owner by the history, which began long before today."""
    chain.env.flush_all()
    chain.env.cr.execute(
        """
        UPDATE res_partner p SET vip_owner_since = c.day
          FROM (SELECT partner_id, max(date)::date AS day
                  FROM vip_ownership_change GROUP BY partner_id) c
         WHERE c.partner_id = p.id AND p.vip_owner_id IS NOT NULL
        """
    )
    chain.env["res.partner"].invalidate_model(["vip_owner_since"])
