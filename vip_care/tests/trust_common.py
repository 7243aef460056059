from odoo.tests import new_test_user, tagged

from .common import VipCareCommon

EXPORT = "base.group_allow_export"


@tagged("post_install", "-at_install")
class VipTrustCommon(VipCareCommon):
    """One person of each role, and members of both stores."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lin = cls._create_user("vip_lin", "group_associate")
        cls.mei = cls._create_user("vip_mei", "group_associate")
        cls.far = cls._create_user("vip_far", "group_associate", cls.other_store)
        cls.boss = cls._create_user("vip_boss", "group_store_manager")
        cls.gu = cls._create_user("vip_gu", "group_region_manager", cls.other_store)
        cls.he = cls._create_user("vip_he", "group_head_office", None)
        cls.he2 = cls._create_user("vip_he2", "group_head_office", None)
        cls.auditor = cls._create_user("vip_auditor", "group_auditor", None)
        cls.till = cls._create_user("vip_till", "point_of_sale.group_pos_user")
        cls.clerk = cls._create_user("vip_clerk", EXPORT, None)
        cls.store.manager_ids = cls.boss
        cls.region.manager_ids = cls.gu
        cls.mine = cls._create_member("王芳", vip_owner_id=cls.lin.employee_id.id)
        cls.hers = cls._create_member("李梅", vip_owner_id=cls.mei.employee_id.id)
        cls.away = cls._create_member(
            "张丽",
            vip_owner_id=cls.far.employee_id.id,
            vip_store_id=cls.other_store.id,
        )
        cls.env.flush_all()

    @classmethod
    def _create_user(cls, login, group, store=False):
        """Create a user; `store` None gives her no employee."""
        group = group if "." in group else f"vip_care.{group}"
        user = new_test_user(cls.env, login, groups=f"base.group_user,{group}")
        if store is not None:
            cls._create_employee(login, store or cls.store, user_id=user.id)
        return user

    def _lines(self, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["vip.access.log"].sudo().search(domain)

    def _told(self, user, text):
        """Return the messages with `text` in the subject that `user` received."""
        messages = self.env["mail.message"].sudo()
        return messages.search(
            [
                ("notified_partner_ids", "in", user.partner_id.ids),
                ("subject", "ilike", text),
            ]
        )
