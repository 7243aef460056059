from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from .dormancy_common import DormancyCommon


class TestDormancy(DormancyCommon):
    """Associates fill in the lines of their members, the manager signs."""

    def setUp(self):
        super().setUp()
        self.hers, self.meis = (
            self._bought("2025-09-15", owner) for owner in (self.lin, self.mei)
        )
        self.edge_member = self._bought("2025-12-15")
        reviews = self._make()
        self.dormant = reviews.filtered(lambda review: review.kind == "dormant")
        self.edge = reviews - self.dormant
        self.line = self.dormant.line_ids.filtered(
            lambda line: line.partner_id == self.hers
        )

    def _fill(self, lines=None, **vals):
        vals = vals or {"reason": "busy", "result": "promised"}
        (self.dormant.line_ids if lines is None else lines).sudo().write(vals)

    def _sign(self, review, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        review.sudo(False).with_user(user or self.manager_user).action_sign()

    def test_an_associate_fills_in_her_own(self):
        lines = self.env["vip.dormancy.line"].with_user(self.lin.user_id)
        self.assertEqual(
            lines.search([]).partner_id, self.hers + self.edge_member.sudo(False)
        )
        line = self.line.with_user(self.lin.user_id)
        line.write({"called_on": "2026-04-02", "reason": "moved", "note": "To Wuhan"})
        other = (self.dormant.line_ids - self.line).with_user(self.lin.user_id)
        for call in (
            lambda: other.write({"reason": "busy"}),
            lambda: other.read(["reason"]),
            lambda: other.write({"step_ids": [Command.create({"name": "x"})]}),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertFalse(lines.name_search(self.meis.sudo().phone))
        self.assertEqual(
            lines.formatted_read_group([], ["partner_id"], ["__count"])[0]["__count"], 1
        )

    def test_who_is_listed_is_not_set_by_hand(self):
        line = self.line.with_user(self.manager_user)
        for vals in (
            {"partner_id": self.meis.id},
            {"review_id": self.edge.id},
            {"complaint_count": 0},
            {"owner_id": self.mei.id},
            {"kind": "edge"},
            {"last_purchase_date": "2026-01-01"},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                line.write(vals)
        with self.assertRaises(AccessError):
            line.unlink()
        with self.assertRaises(AccessError):
            line.create({"review_id": self.edge.id, "partner_id": self.hers.id})
        for user in (self.lin.user_id, self.manager_user, self.head_user):
            for vals in (
                {"state": "signed"},
                {"line_ids": [Command.link(self.edge.line_ids.id)]},
                {"line_ids": [Command.delete(self.line.id)]},
                {"line_ids": [Command.clear()]},
            ):
                with self.subTest(vals), self.assertRaises(AccessError):
                    self.dormant.with_user(user).write(vals)
        with self.assertRaisesRegex(ValidationError, "when it was made"):
            line.called_on = "2026-05-01"

    def test_the_signature_needs_every_line(self):
        self.assertEqual(self.dormant.missing_count, 2)
        with self.assertRaisesRegex(UserError, "2 of 2 members"):
            self._sign(self.dormant)
        self._fill(self.line, reason="busy")
        with self.assertRaisesRegex(UserError, "2 of 2 members"):
            self._sign(self.dormant)
        self._fill(self.line, result="lost")
        with self.assertRaisesRegex(UserError, "1 of 2 members"):
            self._sign(self.dormant)
        self._fill()
        self._sign(self.dormant)
        self.assertEqual(
            (self.dormant.state, self.dormant.signed_by_id),
            ("signed", self.manager_user),
        )
        with self.assertRaisesRegex(UserError, "1 of 1 members are not checked"):
            self._sign(self.edge)
        self._fill(self.edge.line_ids, is_checked=True)
        self._sign(self.edge, self.region_user)
        self.assertEqual(self.edge.state, "signed")

    def test_who_signs(self):
        self._fill()
        far = self._create_user("far", "store_manager")
        self.other_store.manager_ids = far
        for user in (self.lin.user_id, far):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._sign(self.dormant, user)
        self.assertFalse(self.dormant.with_user(self.lin.user_id).can_sign)
        self.assertTrue(self.dormant.with_user(self.manager_user).can_sign)
        self.assertFalse(self.env["vip.dormancy.review"].with_user(far).search([]))
        self._sign(self.dormant, self.head_user)
        with self.assertRaisesRegex(UserError, "signed off already"):
            self._sign(self.dormant, self.head_user)

    def test_who_left_the_store_holds_nothing_up(self):
        self._fill(self.line)
        self.meis.sudo().vip_store_id = self.other_store
        self._sign(self.dormant)
        self.assertEqual(self.dormant.state, "signed")

    def test_what_is_signed_is_frozen(self):
        step = self.env["vip.dormancy.step"].create(
            {"line_id": self.line.id, "name": "Invite her"}
        )
        self._fill()
        self._sign(self.dormant)
        for user in (self.lin.user_id, self.manager_user, self.head_user):
            line = self.line.with_user(user)
            for call in (
                lambda line=line: line.write({"result": "back"}),
                lambda line=line: line.write({"step_ids": [Command.clear()]}),
                lambda line=line: line.step_ids.create(
                    {"line_id": line.id, "name": "More"}
                ),
                lambda user=user: step.with_user(user).action_done(),
                lambda user=user: step.with_user(user).unlink(),
                lambda user=user: step.with_user(user).write({"name": "Less"}),
            ):
                with self.subTest(user=user.login):
                    with self.assertRaisesRegex(UserError, "signed off"):
                        call()
        self._buy(self.hers, "2026-04-01")
        self.env["vip.dormancy.review"]._find_back()
        self.assertEqual(self.line.result, "promised")

    def test_the_plan_is_done_step_by_step(self):
        user = self.lin.user_id
        with Form(self.line.with_user(user)) as form:
            form.reason = "elsewhere"
            with form.step_ids.new() as step:
                step.name = "Invite her to the preview"
                step.due_date = "2026-04-10"
        self.assertEqual(str(self.line.called_on), "2026-04-02", "today in Shanghai")
        step = self.line.step_ids.with_user(user)
        for vals in ({"done_on": "2026-04-01"}, {"done_by_id": self.mei.user_id.id}):
            with self.assertRaisesRegex(AccessError, "its button"):
                step.write(vals)
        with self.assertRaises(AccessError):
            step.with_user(self.mei.user_id).action_done()
        step.action_done()
        self.assertEqual((str(step.done_on), step.done_by_id), ("2026-04-02", user))
        self.clock.move_to("2026-04-05 04:00:00")
        step.action_done()
        self.assertEqual(str(step.done_on), "2026-04-02")
        for call in (lambda: step.write({"name": "x"}), step.unlink):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                call()
        with self.assertRaises(AccessError):
            step.with_user(self.mei.user_id).create(
                {"line_id": self.line.id, "name": "x"}
            )
        early = step.create(
            {"line_id": self.line.id, "name": "x", "done_on": "2026-04-01"}
        )
        self.assertFalse(early.done_on)

    def test_the_planned_contact_is_one_tap_away(self):
        line = self.line.with_user(self.lin.user_id)
        self.assertFalse(line.has_task)
        with self.assertRaisesRegex(UserError, "No contact is planned"):
            line.action_open_task()
        self._plan(self.hers)
        meant = self._plan(self.hers, "dormant:2025-09-15", trigger="dormant")
        line.invalidate_recordset()
        self.assertTrue(line.has_task)
        self.assertEqual(line.action_open_task()["res_id"], meant.id)

    def test_lines_follow_their_members(self):
        self.hers.sudo()._vip_decided("merge").vip_owner_id = self.mei
        self.assertEqual(self.line.owner_id, self.mei)

    def test_merged_members_keep_the_line_that_says_most(self):
        kept, gone = self.meis, self.hers
        self._fill(self.line, reason="busy", result="promised")
        line = self.dormant.line_ids - self.line
        for some, name in ((self.line, "Call"), (line, "Write")):
            some.step_ids = [Command.create({"name": name})]
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        self.edge.line_ids.sudo().partner_id = gone
        wizard._merge((kept + gone).ids, kept)
        self.env.invalidate_all()
        self.assertFalse(gone.exists() or line.exists())
        self.assertEqual(self.dormant.line_ids, self.line)
        self.assertEqual((self.line.partner_id, self.line.result), (kept, "promised"))
        self.assertEqual(set(self.line.step_ids.mapped("name")), {"Call", "Write"})
        self.assertEqual(self.line.step_ids.partner_id, kept)
        self.assertEqual(self.edge.line_ids.partner_id, kept)

    def test_the_review_form_saves_lines(self):
        with Form(self.dormant.with_user(self.manager_user)) as form:
            for index in range(2):
                with form.line_ids.edit(index) as line:
                    line.reason = "quality"
                    line.result = "lost"
        self.assertEqual(self.dormant.missing_count, 0)
        groups = self.env["vip.dormancy.line"].formatted_read_group(
            [("store_id", "=", self.store.id)],
            ["region_id", "reason", "result"],
            ["__count"],
        )
        found = {(g["reason"], g["result"]): g["__count"] for g in groups}
        self.assertEqual(found, {("quality", "lost"): 2, (False, False): 1})
