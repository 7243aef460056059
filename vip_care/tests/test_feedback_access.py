from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .voice_common import VoiceCommon

SECRET = "zqxseam"


class TestFeedbackAccess(VoiceCommon):
    """A colleague's member's voice is told to nobody, by no road."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till = new_test_user(
            cls.env, "till_voice", "base.group_user,point_of_sale.group_pos_user"
        )
        cls.auditor = new_test_user(
            cls.env, "auditor_voice", "base.group_user,vip_care.group_auditor"
        )
        cls.far = cls._create_user("far_manager", "store_manager")
        cls.other_store.manager_ids = cls.far

    def setUp(self):
        super().setUp()
        self.voice = self._tell(description=SECRET).sudo(False)
        self.env.flush_all()
        self.env.invalidate_all()

    def test_a_colleague_finds_nothing(self):
        domain = [("description", "ilike", SECRET)]
        for user in (self.mei.user_id, self.far):
            voices = self.env["vip.feedback"].with_user(user)
            self.assertFalse(voices.search(domain))
            self.assertFalse(voices.search_count([]))
            self.assertFalse(voices.name_search("Complaint"))
            self.assertFalse(voices.formatted_read_group([], ["subject"], ["__count"]))
            self.assertFalse(voices._read_group(domain, ["partner_id"], ["score:avg"]))
            with self.assertRaises(AccessError):
                voices.browse(self.voice.id).read(["description"])
            user.sudo().group_ids += self.env.ref("base.group_allow_export")
            with self.assertRaises(AccessError):
                voices.browse(self.voice.id).export_data(["description"])

    def test_a_colleague_changes_nothing(self):
        voice = self.voice.with_user(self.mei.user_id)
        for step in ("hear", "apologise", "resolve", "close", "answer"):
            with self.subTest(step), self.assertRaises(AccessError):
                getattr(voice, f"action_{step}")()
        for vals in ({"score": 1}, {"state": "closed"}):
            with self.assertRaises(AccessError):
                voice.write(vals)
        with self.assertRaises(AccessError):
            self._tell(user=self.mei.user_id)
        with self.assertRaises(AccessError):
            voice.copy()
        self.assertEqual(self.voice.sudo().state, "open")

    def test_tills_and_auditors_read_none(self):
        for user in (self.till, self.auditor):
            voices = self.env["vip.feedback"].with_user(user)
            for call in (
                lambda v: v.search([]),
                lambda v: v.browse(self.voice.id).read(["kind"]),
                lambda v: v.create({"partner_id": self.wang.id}),
                lambda v: v.browse(self.voice.id).action_hear(),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call(voices)

    def test_her_managers_see_it_and_act(self):
        for user in (self.manager_user, self.region_user, self.head_user):
            voices = self.env["vip.feedback"].with_user(user)
            self.assertEqual(
                voices.search([("partner_id", "=", self.wang.id)]).ids, self.voice.ids
            )
        self._act(self.voice, "hear", user=self.manager_user)
        self.assertEqual(self.voice.sudo().state, "heard")

    def test_with_a_new_owner_the_former_one_sees_it_no_more(self):
        self.wang.sudo()._vip_decided("merge").vip_owner_id = self.mei
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.voice.sudo().owner_id, self.mei)
        voices = self.env["vip.feedback"]
        self.assertFalse(voices.with_user(self.lin.user_id).search([]))
        self.assertTrue(voices.with_user(self.mei.user_id).search([]))
