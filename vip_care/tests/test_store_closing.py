from odoo.exceptions import AccessError, RedirectWarning, UserError

from .leaving_common import LeavingCommon


class TestStoreClosing(LeavingCommon):
    """A store that closes leaves no member, employee or register behind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nan = cls._create_associate("Nan", cls.other_store)
        cls.hers = cls._create_members(cls.lin, 3)
        cls.others = cls._create_members(cls.mei, 4)
        deserted = cls._create_store("Deserted", "T4")
        cls.nobodys = cls._create_member(vip_store_id=deserted.id)
        cls.nobodys.vip_store_id = cls.store
        cls.members = cls.hers + cls.others + cls.nobodys
        cls.far = cls._create_members(cls.nan, 1)  # her owner serves elsewhere

    def _move(self, *moving, user=None, **vals):
        wizard = self.env["vip.store.close"].with_user(user or self.region_user)
        staff = wizard.env["hr.employee.public"].browse([e.id for e in moving])
        action = wizard.create(
            {
                "store_id": self.store.id,
                "to_store_id": self.other_store.id,
                "moving_staff_ids": [(6, 0, staff.ids)],
                "reason": "The lease ends.",
            }
            | vals
        ).action_propose()
        return self.env["vip.transfer"].browse(action["res_id"])

    def test_closing_is_held_by_what_belongs_to_it(self):
        for route in (
            lambda s: s.write({"active": False}),
            lambda s: s.action_archive(),
            lambda s: s.unlink(),
        ):
            with self.assertRaisesRegex(RedirectWarning, "9 members, 4 employees"):
                route(self.store.with_user(self.head_user))
        self.assertTrue(self.store.exists().active)
        empty = self._create_store("Empty", "T5")
        register = self.env["pos.config"].create(
            {"name": "Till", "vip_store_id": empty.id}
        )
        with self.assertRaisesRegex(RedirectWarning, "1 registers"):
            empty.active = False
        register.active = False
        empty.active = False
        self.assertFalse(empty.active)

    def test_the_wizard_proposes_everybody_to_move_along(self):
        wizard = self.env["vip.store.close"].new({"store_id": self.store.id})
        staff = self.lin + self.mei + self.yan + self.manager
        self.assertEqual(set(wizard.moving_staff_ids.ids), set(staff.ids))

    def test_members_keep_owners_who_move_along(self):
        transfer = self._move(self.lin, self.yan, self.manager)
        self.assertEqual(len(transfer.line_ids), 5, "Mei's and nobody's")
        self.assertNotIn(self.mei, transfer.line_ids.new_owner_id)
        transfer.with_user(self.region_user).action_submit()
        self.env.invalidate_all()
        self.assertEqual(transfer.state, "applied")
        self.assertEqual((self.members + self.far).vip_store_id, self.other_store)
        self.assertEqual(self.hers.vip_owner_id, self.lin)
        self.assertEqual(self.hers.vip_owner_store_id, self.other_store)
        self.assertEqual(self.far.vip_owner_id, self.nan)
        self.assertNotIn(self.mei, self.others.vip_owner_id)
        self.assertTrue(self.nobodys.vip_owner_id)
        self._check_chain(self.members)
        self.assertTrue(self.store.active, "Mei still belongs to it")
        self.assertEqual(len(transfer.line_ids), 9)

    def test_an_empty_store_closes_at_once_and_undo_opens_it(self):
        staff = self.lin + self.mei + self.yan + self.manager
        transfer = self._move(*staff)
        self.assertEqual(transfer.line_ids.partner_id, self.nobodys)
        transfer.with_user(self.region_user).action_submit()
        self.env.invalidate_all()
        self.assertFalse(self.store.active)
        self.assertEqual(staff.vip_store_id, self.other_store)
        transfer.with_user(self.region_user).action_undo()
        self.env.invalidate_all()
        self.assertTrue(self.store.active)
        self.assertEqual(staff.vip_store_id, self.store)
        self.assertEqual((self.members + self.far).vip_store_id, self.store)
        kept = transfer.line_ids.filtered(lambda x: x.partner_id != self.nobodys)
        self.assertEqual(set(kept.mapped("outcome")), {"returned"})
        self.assertTrue(self.nobodys.vip_owner_id, "she keeps whom she got")
        self._check_chain(self.members)

    def test_undo_returns_moved_members_to_store_and_owner(self):
        transfer = self._move(self.lin, self.yan, self.manager)
        transfer.with_user(self.region_user).action_submit()
        self.hers[0].vip_store_id = self._create_store("Third", "T7")
        transfer.with_user(self.region_user).action_undo()
        self.env.invalidate_all()
        self.assertEqual(self.others.vip_owner_id, self.mei)
        self.assertEqual(self.others.vip_store_id, self.store)
        self.assertEqual(self.hers[0].vip_store_id.name, "Third")
        self.assertEqual(self.hers[1:].vip_store_id, self.store)

    def test_who_may_move_a_store(self):
        other = self._create_user("other_region", "region_manager")
        for user in (self.manager_user, other):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._move(user=user)
        self._move(user=self.head_user)

    def test_the_target_is_an_open_store_of_company_and_country(self):
        abroad = self._create_store("A", "T6", country_id=self.env.ref("base.tw").id)
        closed = self._create_store("B", "T8", active=False)
        for store in (abroad, closed, self.store):
            with self.subTest(store=store.name), self.assertRaises(UserError):
                self._move(to_store_id=store.id)
