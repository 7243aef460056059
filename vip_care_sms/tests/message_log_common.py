from .message_common import VipMessageCommon

WORDS = "zqxwords"
NUMBER = "+8613987654321"
SECRET = "zqxsecret"


class MessageLogCommon(VipMessageCommon):
    """A message to lin's member that arrived, and what she wrote back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway.write({"kind": "kannel", "url": "http://zqx.example/send"})
        cls.gateway.write({"password": SECRET, "user": SECRET})
        cls.message = cls._log(cls.mine)
        cls.reply = cls.env["vip.message.reply"].create(
            {
                "gateway_id": cls.gateway.id,
                "number": NUMBER,
                "number_masked": "139****4321",
                "text": WORDS,
                "meaning": "other",
                "partner_id": cls.mine.id,
                "digest": "1",
            }
        )
        cls.env.flush_all()

    @classmethod
    def _log(cls, member, **vals):
        return cls.env["vip.message"].create(
            {
                "uuid": f"u{next(cls.numbers)}",
                "state": "delivered",
                "company_id": cls.company.id,
                "gateway_id": cls.gateway.id,
                "partner_id": member.id,
                "store_id": member.vip_store_id.id,
                "owner_id": member.vip_owner_id.id,
                "number": NUMBER,
                "number_masked": "139****4321",
                "body": WORDS,
                "parts": 1,
                "cost": 0.05,
                "send_from": "2026-06-15 01:00:00",
                "sent_on": "2026-06-15",
            }
            | vals
        )
