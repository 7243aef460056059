"""What became of every message: our outbox against what phones have received."""

from collections import Counter

from odoo.tools import SQL

# The gateway has surely taken it.
TAKEN = ("accepted", "sent", "delivered", "undelivered", "rejected")
DELIVERED = 1


def judge(env, lines):
    """Return the number of messages by state, and a sentence for all that is wrong.

    `lines` is the log of the stand-in. Each number has one contact here, so one that
    received two messages received one twice.
    """
    rows = env.execute_query(_query_contacts())
    received = Counter(line["to"] for line in lines if line.get("accepted"))
    wrong = [
        f"{number[-4:]} received {times} messages"
        for number, times in received.items()
        if times > 1
    ]
    for task, number, state, kept in rows:
        problem = _problem(state, kept, received[number.lstrip("+")])
        if problem:
            wrong.append(f"contact {task}: {problem}")
    known = {row[1].lstrip("+") for row in rows}
    wrong += [f"{number[-4:]} is no member's" for number in received.keys() - known]
    wrong += _unheard(env, lines)
    return Counter(row[2] or f"not queued, {row[3]}" for row in rows), wrong


def _problem(state, kept, times):
    """Return what is wrong with a contact in these states, received so often."""
    if state in TAKEN and not times:
        return f"{state}, but never received"
    if state not in (*TAKEN, "unknown") and times:
        return f"received, but {state}"
    if state == "reserved":
        return "still being sent"
    expected = {
        "ready": "planned",
        "waiting": "planned",
        "unknown": "done",
        **dict.fromkeys(TAKEN, "done"),
    }
    if state in expected and kept != expected[state]:
        return f"message {state}, contact {kept}"
    return None


def _unheard(env, lines):
    """Return the messages whose delivery was reported and heard, but not believed."""
    told = {
        line["uuid"]
        for line in lines
        if line.get("reported") == DELIVERED and line["heard"] == 200
    }
    states = dict(env.execute_query(SQL("SELECT uuid, state FROM vip_message")))
    return [
        f"{uuid} was reported delivered, but is {states.get(uuid)}"
        for uuid in sorted(told)
        if states.get(uuid) != "delivered"
    ]


def _query_contacts():
    """Each contact with its message: SQL, as nothing of ours may stand between."""
    return SQL(
        """
        SELECT t.id, p.vip_phone_key, m.state, t.state
          FROM vip_care_task t
          JOIN res_partner p ON p.id = t.partner_id
          LEFT JOIN vip_message m ON m.task_id = t.id
        """
    )
