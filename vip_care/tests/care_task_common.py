from odoo.tests import tagged

from .trust_common import VipTrustCommon

NOW = "2026-06-15 02:00:00"  # ten o'clock in the stores
TODAY = "2026-06-15"


@tagged("post_install", "-at_install")
class CareTaskCommon(VipTrustCommon):
    """Contacts of lin's, mei's and far's members, on 15 June 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["vip.care.rule"].create(
            {
                "name": "Monthly call",
                "trigger": "monthly_call",
                "channel": "call",
                "guide": "Ask how the coat wears.",
            }
        )

    @classmethod
    def _agree(cls, member):
        """Let `member` agree to be cared for."""
        member._vip_record_consents(
            ["service", "care", "marketing"], given=True, method="paper", text="Yes"
        )

    @classmethod
    def _words(cls, words, member):
        """Return `words` with the signature every greeting has."""
        return f"{words}\n{member.vip_store_id.name} {member.vip_owner_id.name}"

    @classmethod
    def _plan(cls, member, due=TODAY, until=None, **vals):
        """Plan a contact with `member`, as the planner writes it."""
        return cls.env["vip.care.task"].create(
            {
                "partner_id": member.id,
                "rule_id": cls.rule.id,
                "occasion_key": f"monthly_call:{next(cls.numbers)}",
                "trigger": "monthly_call",
                "company_id": member.vip_company_id.id,
                "store_id": member.vip_store_id.id,
                "owner_id": member.vip_owner_id.id,
                "channel": "call",
                "purpose": "care",
                "priority": 50,
                "event_date": due,
                "due_date": due,
                "until": until or due,
            }
            | vals
        )
