from odoo.tests import tagged

from .leaving_common import LeavingCommon


@tagged("post_install", "-at_install")
class VoiceCommon(LeavingCommon):
    """Members who speak up, and contacts planned with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wang = cls._create_members(cls.lin, 1)
        cls.rule = cls.env["vip.care.rule"].create(
            {"name": "Call", "trigger": "monthly_call", "channel": "call"}
        )
        cls.env.flush_all()

    def _create_nobodys(self):
        """Return a member of the store whom nobody owns."""
        deserted = self._create_store("Deserted", "T9")
        member = self._create_member(vip_store_id=deserted.id)
        member.vip_store_id = self.store
        self.assertFalse(member.vip_owner_id)
        return member

    def _tell(self, kind="complaint", user=None, member=None, **vals):
        """Note down what a member says, as `user` (Lin by default)."""
        voices = self.env["vip.feedback"].with_user(user or self.lin.user_id)
        return voices.create(
            {
                "partner_id": (member or self.wang).id,
                "kind": kind,
                "subject": "quality",
                "description": "The seam opened",
            }
            | vals
        )

    def _act(self, voice, *steps, user=None):
        for step in steps:
            self.env.flush_all()
            self.env.invalidate_all()
            as_user = voice.with_user(user or self.lin.user_id)
            getattr(as_user, f"action_{step}")()
        return voice.sudo()

    def _plan(self, member, key="monthly_call:2026-03", **vals):
        return self.env["vip.care.task"].create(
            {
                "partner_id": member.id,
                "rule_id": self.rule.id,
                "occasion_key": key,
                "trigger": "monthly_call",
                "channel": "call",
                "purpose": "care",
                "company_id": self.company.id,
                "store_id": member.vip_store_id.id,
                "owner_id": member.vip_owner_id.id,
                "due_date": "2026-03-01",
                "until": "2026-03-20",
            }
            | vals
        )
