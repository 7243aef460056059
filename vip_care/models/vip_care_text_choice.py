from odoo import models
from odoo.tools import SQL

from ..tools.text_choice import Bank, Text
from .vip_care_text_render import Reader, _filled, body_digest


class VipCareText(models.Model):
    """Which words go to whom.

    Never a text a member has had, nor one somebody of her circle has for the same
    occasion; the rest is `tools.text_choice`. The same contacts on the same data always
    get the same words.
    """

    _inherit = "vip.care.text"

    def _give(self, tasks):
        """Give planned messages without words a text; return those left without.

        They are marked: `no_text` (none she has not had) or `words` (the invitation is
        refused by the message guard). Few queries, whatever the number of tasks.
        """
        self = self.sudo()  # the bank and members' histories, whoever plans
        self.env.flush_all()
        asked = self.env["vip.care.task"].browse(
            row[0] for row in self.env.execute_query(self._query_asked(tasks.ids))
        )
        if not asked:
            return asked
        addressees = self._addressees(asked)
        langs = self._bank_langs()
        quiet = self._quiet_days(addressees.values())
        wanted = {}
        for task_id, who in addressees.items():
            names = self._names(who, langs)
            wanted[task_id] = (names, self._wanted(who, names, quiet))
        given = self._choose(addressees, wanted)
        self.env.execute_query(self._query_write_given(given))
        asked.invalidate_recordset(["text_id", "body", "body_digest", "guard"])
        return asked.browse(row[0] for row in given if not row[2])

    def _give_anew(self, tasks):
        """Take the words of planned messages away and give them others."""
        if not tasks:
            return
        self = self.sudo()  # as above
        none = [(task_id, None, None, None, None) for task_id in tasks.ids]
        self.env.flush_all()
        self.env.execute_query(self._query_write_given(none))
        tasks.invalidate_recordset(["text_id", "body", "body_digest", "guard"])
        self._give(tasks)

    def _query_asked(self, task_ids):
        """Return SQL: ids of planned messages without words among these.

        SQL: thousands are handed over, most of them often served.
        """
        return SQL(
            """
            SELECT id FROM vip_care_task
             WHERE id = ANY(%s) AND state = 'planned' AND channel = 'message'
               AND text_kind IS NOT NULL AND COALESCE(body, '') = ''
            """,
            task_ids,
        )

    def _choose(self, addressees, wanted):
        """Return [(task id, text id, body, digest, guard)], one for each contact."""
        bank = Bank(self._bank({w.trigger for _names, w in wanted.values()}))
        members = sorted({w.partner_id for _names, w in wanted.values()})
        self._fill_had(bank, members)
        self._fill_circles(bank, members, [w for _names, w in wanted.values()])
        invitations = self._invitations(addressees.values())
        reader = Reader()
        rows = []
        for task_id, (names, need) in wanted.items():
            event_id = addressees[task_id].event_id
            if need.trigger == "activity" and invitations.get(event_id):
                words = invitations[event_id]
                found = self._invite(bank, reader, names, need, event_id, words)
            else:
                found = self._pick(bank, reader, names, need)
            rows.append((task_id, *found))
        return rows

    def _pick(self, bank, reader, names, need):
        """Return text id, body, digest and guard of the best text that may go."""
        for text in bank.fitting(need):
            if bank.is_known(need, text.digest):
                continue
            body = _filled(text.body, names)
            digest = body_digest(body, names)
            if bank.is_known(need, digest):
                continue
            if reader.may_go(text.id, need.kind, body, names):
                bank.give(need, text.id, text.digest, digest)
                return text.id, body, digest, None
        return None, None, None, "no_text"

    def _invite(self, bank, reader, names, need, event_id, words):
        """Return the same for the invitation of an event.

        One event has one invitation: a circle's people may all get it, but nobody the
        words of an earlier one again.
        """
        body = _filled(words, names)
        digest = body_digest(body, names)
        if digest in bank.had[need.partner_id]:
            return None, None, None, "no_text"
        if not reader.may_go(f"event {event_id}", need.kind, body, names):
            return None, None, None, "words"
        bank.had[need.partner_id].add(digest)
        return None, body, digest, None

    def _invitations(self, addressees):
        ids = sorted({who.event_id for who in addressees if who.trigger == "activity"})
        events = self.env["vip.care.event"].browse(filter(None, ids))
        return {event.id: event.invitation for event in events}

    def _bank(self, triggers):
        rows = self.env.execute_query(self._query_bank(sorted(triggers)))
        return [Text(*row) for row in rows]

    def _query_bank(self, triggers):
        """Return SQL with the columns of `text_choice.Text`, approved ones.

        SQL: with how often each was given, of which only what is new is counted.
        """
        return SQL(
            """
            SELECT t.id, t.trigger, t.kind, COALESCE(t.occasion_id, 0),
                   COALESCE(t.year, 0), t.lang, t.tone, COALESCE(t.company_id, 0),
                   t.digest, t.body, COALESCE(t.counted, 0) + %(news)s
              FROM vip_care_text t
             WHERE t.state = 'approved' AND t.trigger = ANY(%(triggers)s)
            """,
            news=self._query_news(),
            triggers=triggers,
        )

    def _fill_had(self, bank, partner_ids):
        """Tell `bank` what these members have had."""
        rows = self.env.execute_query(self._query_had(partner_ids))
        for partner_id, *digests in rows:
            bank.had[partner_id].update(filter(None, digests))

    def _query_had(self, partner_ids):
        """Return SQL: partner, digest of the text, digest of the body she got."""
        return SQL(
            """
            SELECT k.partner_id, t.digest, k.body_digest
              FROM vip_care_task k
              LEFT JOIN vip_care_text t ON t.id = k.text_id
             WHERE k.partner_id = ANY(%s) AND k.state <> 'cancelled'
               AND COALESCE(t.digest, k.body_digest) IS NOT NULL
            """,
            partner_ids,
        )

    def _query_write_given(self, rows):
        """Return SQL that writes what was chosen, in one statement for all."""
        columns = list(zip(*rows, strict=True))
        return SQL(
            """
            UPDATE vip_care_task k
               SET text_id = g.text_id, body = g.body, body_digest = g.digest,
                   guard = g.guard
              FROM unnest(%s::integer[], %s::integer[], %s::text[], %s::varchar[],
                          %s::varchar[]) AS g(id, text_id, body, digest, guard)
             WHERE k.id = g.id
            """,
            *map(list, columns),
        )
