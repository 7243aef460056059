from odoo import models
from odoo.tools import SQL

DAYS = {"date_from", "date_to"}
# What the contacts planned of it were made from.
TOLD = DAYS | {"store_ids", "invitation", "name"}
# What a key becomes whose contact was taken back: the occasion may be planned anew.
TAKEN_BACK = ":withdrawn:"


class VipCareEvent(models.Model):
    """What is changed of something given out reaches the contacts planned of it.

    Other days, stores taken out and another invitation count for them at once; stores
    that come in get theirs from the planner. What somebody reworded by hand stays.
    """

    _inherit = "vip.care.event"

    def write(self, vals):
        active = self.browse()
        if not TOLD.isdisjoint(vals):
            # sudo: contacts of all owners, as when it was given out
            active = self.sudo().filtered(lambda event: event.state == "active")
        before = {event: (event.store_ids, event.date_to) for event in active}
        by_hand = active._reworded() if "invitation" in vals else None
        result = super().write(vals)
        for event, (stores, until) in before.items():
            event._follow_edit(stores - event.store_ids, until)
        if by_hand is not None:
            active._invite_anew(by_hand)
        if active and ("store_ids" in vals or not DAYS.isdisjoint(vals)):
            active._trigger_planning()
        return result

    def _follow_edit(self, removed, former_end):
        """Move the planned contacts to the days of today, or take them back."""
        self.env.flush_all()
        self.env.cr.execute(self._query_follow_days(former_end))
        self.env.cr.execute(self._query_take_back(removed))
        self.env["vip.care.task"].invalidate_model()

    def _query_follow_days(self, former_end):
        """Return SQL: what the planner put off, or ends earlier, stays so.

        SQL: an event may be for every member of a chain.
        """
        return SQL(
            """
            UPDATE vip_care_task t
               SET until = CASE WHEN t.until = %s THEN e.date_to
                                ELSE LEAST(t.until, e.date_to) END,
                   due_date = GREATEST(t.due_date, e.date_from),
                   event_date = e.date_from,
                   facts = jsonb_set(COALESCE(t.facts, '{}'), '{name}',
                                     to_jsonb(e.name)),
                   write_date = now() AT TIME ZONE 'UTC'
              FROM vip_care_event e
             WHERE e.id = %s AND t.event_id = e.id AND t.state = 'planned'
            """,
            former_end,
            self.id,
        )

    def _query_take_back(self, removed):
        """Return SQL: contacts without a day left, and those of stores taken out.

        Their keys are free again, for an edit may be a slip that the next one mends.
        """
        return SQL(
            """
            UPDATE vip_care_task t
               SET state = 'cancelled', guard = 'late',
                   occasion_key = t.occasion_key || %s || t.id,
                   write_date = now() AT TIME ZONE 'UTC'
             WHERE t.event_id = %s AND t.state = 'planned'
               AND (t.until < GREATEST(t.due_date, %s) OR t.store_id = ANY(%s))
            """,
            TAKEN_BACK,
            self.id,
            self._today(),
            removed.ids,
        )

    def _reworded(self):
        """Return the planned contacts of these events that were reworded by hand."""
        texts = self.env["vip.care.text"]
        return texts._sign_anew(self._planned()) if self else self._planned()

    def _invite_anew(self, but):
        """Give the planned messages the invitation of now, `but` those contacts."""
        invited = (self._planned() - but).filtered(
            lambda task: task.trigger == "activity" and task.channel == "message"
        )
        self.env["vip.care.text"]._give_anew(invited)

    def _planned(self):
        tasks = self.env["vip.care.task"].sudo()  # as above
        return tasks.search([("event_id", "in", self.ids), ("state", "=", "planned")])
