from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ..gateways.base import Gateway, Outgoing
from .vip_message import OUT


class Round(NamedTuple):
    """What one reservation found: how many it looked at, and what is handed over."""

    seen: int = 0
    outgoing: tuple[Outgoing, ...] = ()
    attempts: dict[str, int] = {}  # by uuid
    gateway: Gateway | None = None


class VipMessage(models.Model):
    """The reservation: from its commit on a message counts as sent, whatever happens.

    One transaction at a time per gateway. It writes the gateway's row, so one that
    began before another's end cannot be serialised and starts again.
    """

    _inherit = "vip.message"

    def _take(self, gateway, now):
        """Reserve what may leave by `gateway` now, at most a batch; return the Round.

        The guards are asked again, and every limit; number and words are those of this
        moment. Nothing is reserved while somebody else reserves, or while the gateway
        is paused. The caller commits before it calls the gateway.
        """
        gateway = gateway.sudo()  # limits and settings are the system's
        messages = self.sudo()  # the log is the server's
        self.env.flush_all()
        # That another worker was first is no error.
        query = self._query_take_gateway(gateway, now)
        self.env.cr.execute(query, log_exceptions=False)
        if not self.env.cr.fetchone():
            return Round()
        gateway.invalidate_recordset(["reserved_at"])
        room = messages._room(gateway, now)
        found = messages.search(
            [
                ("gateway_id", "=", gateway.id),
                ("state", "=", "ready"),
                ("send_from", "<=", now),
            ],
            order="priority desc, id",
            limit=room,
        )
        if not room or not found:
            return Round()
        plain = gateway._gateway()
        found = found.try_lock_for_update(allow_referencing=True)
        going = found._still_wanted(now)._pass_guards(now)
        latest = going._pass_numbers(gateway, now)
        composed = self.concat(*latest)._compose_all(gateway, plain)
        outgoing = {
            message: said._replace(latest=latest[message])
            for message, said in composed.items()
        }
        # What failed for its words, or was withheld, is committed with the rest.
        attempts = self._mark_reserved(gateway, outgoing, now)
        return Round(len(found), tuple(outgoing.values()), attempts, plain)

    def _still_wanted(self, now):
        """Return those whose contact is planned and due; end or put off the others."""
        care = self.filtered(lambda message: message.kind == "care")
        over = care.filtered(lambda message: message.task_id.state != "planned")
        over.write({"state": "cancelled"})
        late = (self - care).filtered(lambda one: one.until and one.until < now.date())
        codes = dict.fromkeys(late, "late")
        for message in care - over:
            task = message.task_id
            today = self._local_day(task.store_id.with_company(task.company_id), now)
            if task.until < today:
                codes[message] = "late"
            elif task.due_date > today:
                codes[message] = False
        return (self - over)._withhold(codes, now)

    def _pass_guards(self, now):
        care = self.filtered("task_id")
        blocked = self.env["vip.care.guard"]._blocked(care.task_id, now)
        codes = {
            message: blocked[message.task_id.id]
            for message in care
            if message.task_id.id in blocked
        }
        return self._withhold(codes, now)

    def _mark_reserved(self, gateway, outgoing, now):
        """Write what leaves, and that its contacts are made; return the attempts."""
        consents = self._consents(outgoing)
        by_day = {}
        for message, said in outgoing.items():
            task = message.task_id
            today = task._today() if task else message._local_day(task.store_id, now)
            message.write(
                message._text_vals(gateway, said)
                | {
                    "state": "reserved",
                    "reserved_at": now,
                    "attempt": message.attempt + 1,
                    "sent_on": today,
                    "reason": False,
                    "code": False,
                    "guard": False,
                    "consent_id": consents.get(message),
                    # Whose she is today: she may have been handed over or merged.
                    "partner_id": task.partner_id.id or message.partner_id.id,
                    "owner_id": task.owner_id.id or message.owner_id.id,
                    "store_id": task.store_id.id or message.store_id.id,
                }
            )
            by_day.setdefault(today, self.env["vip.care.task"])
            by_day[today] += task
        for day, tasks in by_day.items():
            tasks.write(
                {"state": "done", "outcome": "sent", "guard": False, "reason": False}
                | {"done_at": now, "done_date": day, "done_by_id": False}
            )
        self.env.flush_all()  # a number taken by another gateway is known here
        return {message.uuid: message.attempt for message in outgoing}

    def _consents(self, messages):
        """Return {message: id of the consent by which it is sent}."""
        partners = {message: message.task_id.partner_id for message in messages}
        # sudo: proof, whoever recorded it
        consents = self.env["vip.consent"].sudo()
        ids = [partner.id for partner in partners.values() if partner]
        words = consents._last_words(ids)
        found = {}
        for message, partner in partners.items():
            if word := words.get(partner.id, {}).get((message.purpose, "sms")):
                found[message] = word.id
        given = consents.browse(found.values()).filtered("given")
        return {one: word for one, word in found.items() if word in given._ids}

    def _query_take_gateway(self, gateway, now):
        """Return SQL that locks a running gateway and marks it, unless another has it.

        SQL: the ORM writes nothing where the second is the same. No key update: rows
        that name the gateway, as reports, are inserted meanwhile.
        """
        return SQL(
            """UPDATE vip_sms_gateway SET reserved_at = %s
                WHERE id IN (SELECT id FROM vip_sms_gateway
                              WHERE id = %s AND state = 'running' AND active
                                FOR NO KEY UPDATE SKIP LOCKED)
            RETURNING id""",
            now,
            gateway.id,
        )

    def _pass_numbers(self, gateway, now):
        """Return {message: until when it may leave} of those that may leave now, whose
        number may have one more, and had none for this.
        """
        numbers = {message: message._whole_number() for message in self}
        care = {one: number for one, number in numbers.items() if one.kind == "care"}
        limits = self._number_limits(gateway, set(care.values()), now)
        had = self._had(care)
        known, refused, codes, latest = self.browse(), self.browse(), {}, {}
        for message, number in numbers.items():
            left, free_on = limits.get(number, (1, now))
            start, end = message._next_hours(now) or (None, None)
            if message in care and not message.task_id.partner_id.vip_can_text:
                refused += message
            elif message.occasion and (number, message.occasion) in had:
                known += message
            elif not start or start > now:
                codes[message] = ("hours", start)
            elif message in care and left <= 0:
                codes[message] = ("cap", message._opening(free_on))
            else:
                latest[message] = end
                had.add((number, message.occasion))
                limits[number] = (left - (message in care), free_on)
        known._end_known()
        for message in refused:
            message._end("refused")
        for message, (code, moment) in codes.items():
            message._wait(code, moment, now)
        return latest

    def _had(self, numbers):
        """Return {(number, occasion)} of those that had a message for it."""
        rows = self.search_fetch(
            [
                ("number", "in", list(set(numbers.values()))),
                ("occasion", "in", list({one.occasion for one in numbers})),
                ("state", "in", OUT),
            ],
            ["number", "occasion"],
        )
        return {(row.number, row.occasion) for row in rows}

    def _end_known(self):
        """Hold back what somebody with the same number has had already."""
        for message in self:
            message._end(
                "repeat",
                self.env._("Her number has had a message on this occasion."),
                {"state": "skipped", "guard": False, "reason": "known"},
            )
