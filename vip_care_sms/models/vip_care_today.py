from odoo import api, models
from odoo.fields import Domain

from .vip_care_today_task import has_gateway
from .vip_message import OUT
from .vip_message_reported_task import LOST
from .vip_message_words import BY_ITSELF, PENDING


class VipCareToday(models.AbstractModel):
    """What the outbox sees to is nobody's work: it stands apart from what is to do.

    Done today is what people did, by hand or by sending; what went out by itself is
    in the outbox, unless it did not arrive: that she has to know.
    """

    _inherit = "vip.care.today"

    @api.model
    @api.readonly
    def get_data(self, filters=None):
        data = super().get_data(filters)
        queued = self._scope(filters) & self._on_day(self._queued)
        data["queued"] = self._cards(self._tasks(queued, "until, priority desc, id"))
        tasks = self.env["vip.care.task"]
        data["queued_count"] = tasks.search_count(queued)
        return data

    @api.model
    def _due(self, day):
        return super()._due(day) & self._pending("not any!")

    @api.model
    def _overdue(self, day):
        return super()._overdue(day) & self._pending("not any!")

    @api.model
    def _queued(self, day):
        """Due today, and the outbox has it."""
        return super()._due(day) & self._pending("any!")

    @api.model
    def _pending(self, operator):
        return Domain("message_ids", operator, [("state", "in", PENDING)])

    @api.model
    def _over(self, day):
        arrives = [state for state in OUT if state not in LOST]
        by_itself = [("state", "in", arrives), ("queued_by_id", "in", BY_ITSELF)]
        return super()._over(day) & Domain("message_ids", "not any!", by_itself)

    @api.model
    def _send_way(self):
        return "gateway" if has_gateway(self.env.company) else super()._send_way()
