from datetime import date, timedelta

from odoo.tests import freeze_time

from .voice_common import VoiceCommon

MONTH = date(2026, 4, 1)


class DormancyCommon(VoiceCommon):
    """April 2026: who bought last so long ago that her store asks why."""

    def setUp(self):
        super().setUp()
        self.company.write(
            {
                "vip_active_months": 3,
                "vip_edge_months": 6,
                "vip_card_months": 24,
            }
        )
        # The second of April in Shanghai.
        self.clock = self.enterContext(freeze_time("2026-04-01 20:00:00"))

    def _bought(self, day, owner=None, **vals):
        """Return a member who bought last on `day`."""
        member = self._create_members(owner or self.lin, 1, **vals)
        self._buy(member, day)
        self._review(date(2026, 4, 2), member)
        return member

    def _make(self):
        self.env["vip.dormancy.review"]._cron_make()
        self.env.invalidate_all()
        return self.env["vip.dormancy.review"].search([])

    def _listed(self):
        """Return {kind: members} of this store's lists of April."""
        lines = self.env["vip.dormancy.line"].search(
            [("store_id", "=", self.store.id), ("month", "=", MONTH)]
        )
        return {kind: some.partner_id for kind, some in lines.grouped("kind").items()}

    def _days(self, start, count):
        return [start + timedelta(days=number) for number in range(count)]
