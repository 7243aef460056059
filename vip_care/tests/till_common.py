from odoo.tests import new_test_user

from ..models.ir_rule import GRANTED
from .pos_common import VipPosCommon

# What is known of somebody as a person: for her own people only.
NOTES = (
    "vip_work",
    "vip_family",
    "vip_personality",
    "vip_spending_habits",
    "vip_pastimes",
    "vip_habits",
    "vip_values",
    "vip_promotion_attitude",
)
CASHIER = "base.group_user,point_of_sale.group_pos_user"


class VipTillCommon(VipPosCommon):
    """The test shop with a till account, an associate who sells and her member."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.config = cls.pos_config_usd
        companies = {"company_ids": cls.env.companies, "company_id": cls.env.company.id}
        cls.till = new_test_user(cls.env, "vip_till", CASHIER, **companies)
        cls.seller = new_test_user(
            cls.env, "vip_seller", f"{CASHIER},vip_care.group_associate", **companies
        )
        cls.seller_employee = cls.env["hr.employee"].create(
            {
                "name": "Hong",
                "user_id": cls.seller.id,
                "vip_store_id": cls.store.id,
            }
        )
        cls.own_member = cls._enrol("陈静", "13712345678", cls.seller_employee)
        cls.member.write(
            {
                "email": "wangfang@example.com",
                "street": "7 Long Lane",
                "city": "Shanghai",
                "zip": "200001",
                "vat": "CN777",
                "country_id": cls.env.ref("base.cn").id,
                "vip_birthday": "1990-05-01",
                "vip_size_top": "M",
                "vip_usual_size_shoe": "37",
                "vip_preferred_service": "Tea, no small talk",
                "vip_family": "Two daughters abroad",
                "vip_personality": "Shy at first",
                "vip_values": "Thrift above all",
                "vip_work": "Judge at the court",
            }
        )
        cls.guest = cls.env["res.partner"].create(
            {"name": "Acme Guest", "phone": "13600000009", "email": "guest@example.com"}
        )
        cls.env.flush_all()

    @classmethod
    def _enrol(cls, name, phone, owner=None, **vals):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "phone": phone,
                "is_vip_member": True,
                "vip_store_id": cls.store.id,
                "vip_owner_id": (owner or cls.owner).id,
            }
            | vals
        )

    @classmethod
    def _sell(cls, *args, **kwargs):
        order = super()._sell(*args, **kwargs)
        # What booking a ticket granted ends with its request.
        cls.env.flush_all()
        cls.env.cr.cache.pop(GRANTED, None)
        cls.env.invalidate_all()
        return order

    def _lookup(self, query, user=None, config=None):
        partners = self.env["res.partner"].with_user(user or self.till)
        return partners.vip_till_lookup(query, (config or self.config).id)

    def _customers(self, partners, user=None, config=None):
        model = self.env["res.partner"].with_user(user or self.till)
        return model.vip_till_customers(partners.ids, (config or self.config).id)

    def _card(self, member=None, user=None, config=None):
        """Return a member's card as `user`, the till account by default, gets it."""
        partners = self.env["res.partner"].with_user(user or self.till)
        member = self.member if member is None else member
        return partners.vip_till_member(member.id, (config or self.config).id)

    def _answer(self, key, value, member=None, user=None):
        partners = self.env["res.partner"].with_user(user or self.till)
        member = member or self.member
        return partners.vip_till_answer(member.id, self.config.id, key, value)

    def _logs(self, user=None):
        return (
            self.env["vip.access.log"]
            .sudo()
            .search([("user_id", "=", (user or self.till).id)], order="id")
        )

    def assertNoPrivateData(self, data, member=None):
        """Assert that nothing that identifies or reaches the member is in `data`."""
        member = (member or self.member).sudo()
        text = repr(data)
        number = (member.vip_phone_key or "").lstrip("+")
        for secret in (
            number,
            number.removeprefix("86"),
            member.email,
            member.street,
            member.zip,
            member.vat,
            member.vip_card_number,
            member.vip_birthday and str(member.vip_birthday),
            *(member[name] for name in NOTES),
        ):
            if secret:
                self.assertNotIn(secret, text)
