from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import format_date

from ..tools.contact_hours import next_opening


class VipCareGuard(models.AbstractModel):
    """Each guard in one sentence, for whoever asks why somebody is not contacted."""

    _inherit = "vip.care.guard"

    @api.model
    def _sentence(self, code, task=None):
        """Return the sentence of a guard; of a task it names the day or the hour."""
        task = task and task.sudo()  # who may ask about the task may know the reason
        if code == "cap":
            return self._sentence_cap(task)
        if code == "hours":
            return self._sentence_hours(task)
        if code == "consent" and task:
            outdated = task.partner_id._vip_outdated_consents()
            if task.purpose in outdated.mapped("purpose"):
                return task.partner_id._vip_say_number_changed()
        return self._sentences().get(code, "")

    def _sentences(self):
        return {
            **self._sentences_wish(),
            "complaint": self.env._(
                "She has an open complaint: settle it before anything else."
            ),
            "mourning": self.env._("She is in mourning: nothing cheerful now."),
            "solemn": self.env._("Today is a solemn day: nothing cheerful now."),
            "audience": self.env._(
                "The day is not known to be hers, a mothers' day for example."
            ),
            "repeat": self.env._(
                "It was kept already: by the other calendar, or before its day was"
                " corrected."
            ),
            "outranked": self.env._("A more important occasion is too close."),
            "load": self.env._(
                "Her associate has enough to do on that day; on its last day it is"
                " due all the same."
            ),
            "no_text": self.env._(
                "No words left; write your own or ask head office for new texts."
            ),
            "words": self.env._("The message guard refuses these words."),
            "late": self.env._("The last day for it has passed."),
            "rule": self.env._("Its care rule was switched off or changed."),
            "changed": self.env._("Its day was corrected: it is kept on the new day."),
            "holdout": self.env._(
                "She is in the small share left out to measure what the care brings."
            ),
        }

    def _sentences_wish(self):
        return {
            "left": self.env._("She is no member any more."),
            "moved": self.env._("She has moved to a store of another company."),
            "no_contact": self.env._("She wishes no contact."),
            "refused": self.env._("She refused to be contacted for this."),
            "consent": self.env._("She has not agreed to messages of this kind."),
            "unreachable": self.env._("There is no mobile number to reach her."),
            "days": self.env._("It is not one of the days she prefers."),
        }

    def _sentence_cap(self, task):
        """Tell when she was contacted and from when on she may be again."""
        done = self.env["vip.care.task"].sudo()
        if task:
            done = done.search(
                [("partner_id", "=", task.partner_id.id), ("state", "=", "done")],
                order="done_date DESC, id DESC",
                limit=20,
            )
        free = [
            (last.done_date + timedelta(days=max(last.cap_days, task.cap_days)), last)
            for last in done
        ]
        if not free:
            return self.env._("She was contacted too recently.")
        day, last = max(free, key=lambda pair: pair[0])
        return self.env._(
            "She was contacted on %(last)s; the next contact may be on %(next)s.",
            last=format_date(self.env, last.done_date),
            next=format_date(self.env, day),
        )

    def _sentence_hours(self, task):
        """Tell from when on she may be contacted, in the store's own time."""
        if not task:
            return self.env._("It is not an hour at which she may be contacted.")
        now = pytz.utc.localize(fields.Datetime.now()).astimezone(self._zone(task))
        opening = next_opening(
            self._country(task).code,
            task.partner_id.vip_preferred_hours,
            now.replace(tzinfo=None),
        )
        return self.env._(
            "She may be contacted from %(time)s on %(day)s.",
            time=opening.strftime("%H:%M"),
            day=format_date(self.env, opening.date()),
        )
