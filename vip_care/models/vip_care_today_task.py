from odoo import api, fields, models
from odoo.exceptions import UserError

from .vip_care_task_read import QUESTIONS

CONTACTS = 3
ASKED_AT_ONCE = 3


class VipCareTask(models.Model):
    """A contact as the list of today shows it."""

    _inherit = "vip.care.task"

    def _today_card(self, has_complaint):
        """Return what the list tells of this contact; `has_complaint`: an open one."""
        member, today = self.partner_id, self._today()
        mourning = member.vip_mourning_until
        return {
            "id": self.id,
            "partner_id": member.id,
            "name": member.name or "",
            "tier": member.vip_tier_id.name or "",
            "tier_color": member.vip_tier_id.color,
            "hints": member._vip_contact_hints(),
            "is_mourning": bool(mourning and mourning >= today),
            "has_complaint": has_complaint,
            "is_number_wrong": member.vip_phone_is_wrong,
            "why": self.why or self._label("trigger"),
            "channel": self.channel,
            "channel_name": self._label("channel"),
            "outcomes": list(self._outcomes()),
            "priority": self.priority,
            "due": fields.Date.to_string(self.due_date),
            "until": fields.Date.to_string(self.until),
            "today": fields.Date.to_string(today),
            "is_overdue": self.state == "planned" and self.due_date < today,
            "is_last_day": self.until == today,
            "is_wordless": bool(self.text_kind and not self.body),
            "guard": self._label("guard"),
            "state": self.state,
            "outcome": self._label("outcome") or self._label("reason"),
            "can_reopen": self.outcome != "refused" and self.until >= today,
            # sudo: who looks after a member one may read is no secret
            "owner": self.owner_id.sudo().name or "",
        }

    def _label(self, name):
        """Return the word for a selection's value, in the reader's language."""
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")


class VipCareToday(models.AbstractModel):
    """One contact, opened: the words, what to say, what is known and what is not."""

    _inherit = "vip.care.today"

    @api.model
    @api.readonly
    def get_task(self, task_id):
        """Return all that helps with one contact; counts the member as read."""
        self._check_reader()
        task = self.env["vip.care.task"].browse(self._clean_id(task_id) or [])
        task = task.exists()
        if not task:
            raise UserError(self.env._("This contact is gone: refresh the list."))
        task.check_access("read")
        member = task.partner_id
        self.env["vip.access.view"]._count(member)
        has_complaint = bool(self._complaints(member))
        return task._today_card(has_complaint) | {
            "body": task.body or "",
            "text_kind": task._label("text_kind"),
            "purpose": task._label("purpose"),
            "note": task.note or "",
            "guide": task.rule_id.guide or "",
            "event": self._event(task),
            "gift": task.gift or "",
            "currency_id": task.currency_id.id,
            "salutation": member.vip_salutation or "",
            "sizes": member._vip_till_sizes(),
            "contacts": self._contacts(member),
            "purchase": self._last_purchase(member),
            "questions": self._questions(member),
            "picks": self._picks(task),
        }

    @api.model
    def _event(self, task):
        event = task.event_id
        return bool(event) and {
            "name": event.name,
            "description": event.description or "",
        }

    @api.model
    def _contacts(self, member):
        """Return the last contacts with her, whoever made them."""
        done = self.env["vip.care.task"].search(
            [("partner_id", "=", member.id), ("state", "=", "done")],
            order="done_date desc, id desc",
            limit=CONTACTS,
        )
        return [
            {
                "id": task.id,
                "date": fields.Date.to_string(task.done_date),
                "occasion": task._label("trigger"),
                "channel": task.channel,
                "outcome": task._label("outcome"),
                "note": task.note or "",
                "by": task.done_by_id.sudo().name or "",  # sudo: a colleague's name
            }
            for task in done
        ]

    @api.model
    def _last_purchase(self, member):
        last = self.env["vip.purchase"].search(
            [("partner_id", "=", member.id), ("is_refund", "=", False)],
            order="local_date desc, id desc",
            limit=1,
        )
        return bool(last) and {
            "date": fields.Date.to_string(last.local_date),
            "amount": last.amount,
            "currency_id": last.currency_id.id,
            "store": last.store_id.sudo().name or "",  # sudo: the name of a store
            "goods": self._goods(last),
        }

    @api.model
    def _goods(self, purchase):
        """Return the names of some goods on the ticket."""
        # sudo: who reads the purchase may know what it was
        lines = purchase.sudo().order_id.lines
        goods = lines.filtered(
            lambda line: line.product_id.type == "consu" and line.qty > 0
        )
        return [line.full_product_name or line.product_id.name for line in goods[:3]]

    @api.model
    def _questions(self, member):
        """Return the most valuable things to ask her, as the till asks them."""
        weights = self.env["vip.profile.field"].sudo()  # weights are no secret
        asked = weights.search_fetch(
            [("weight", ">", 0), ("key", "in", list(QUESTIONS))],
            ["key", "weight", "sequence"],
        )
        missing = member._vip_missing_fields(asked)
        missing = missing.sorted(lambda f: (-f.weight, f.sequence, f.id))
        return [member._vip_question(field.key) for field in missing[:ASKED_AT_ONCE]]

    @api.model
    def _picks(self, task):
        """Return the new arrivals that fit her, of a contact about arrivals."""
        return task._pick_list() if task.trigger == "arrivals" else []


class ResPartner(models.Model):
    """How and when she likes to be contacted, in a few words."""

    _inherit = "res.partner"

    def _vip_contact_hints(self):
        """Return what has to be asked anew, and how and when she likes to be contacted.

        Labels of her preferred channel, days and hours, where she has any.
        """
        names = ("vip_preferred_channel", "vip_preferred_days", "vip_preferred_hours")
        asked = []
        if self._vip_outdated_consents():
            asked.append(self.env._("New number: ask whether messages are welcome"))
        return asked + [
            dict(self._vip_options(name))[self[name]]
            for name in names
            if self[name] and self[name] != "any"
        ]
