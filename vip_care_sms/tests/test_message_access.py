from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .message_log_common import NUMBER, SECRET, WORDS, MessageLogCommon

SECRETS = (
    *("url", "user", "password", "callback_secret", "sender", "region", "options"),
    *("report_url", "reply_url", "options_text", "secret"),
)


@tagged("post_install", "-at_install")
class TestMessageAccess(MessageLogCommon):
    """Who reads which message, reply and gateway, by whatever road he asks."""

    def _asks(self, records, user, name, value):
        """Return what each way of asking for `name` tells `user`."""
        model = records.browse().with_user(user)
        domain = [(name, "ilike", value)]
        return {
            "search": model.search(domain).ids,
            "count": model.search_count(domain),
            "group": model.formatted_read_group(domain, [], ["__count"]),
            "rows": model.search_read(domain, [name]),
            "web": model.web_search_read(domain, {name: {}})["records"],
        }

    def test_colleagues_find_nothing_by_any_question(self):
        for records, name in ((self.message, "body"), (self.reply, "text")):
            for user in (self.mei, self.far):
                told = self._asks(records, user, name, "zqx")
                self.assertEqual(told.pop("group")[0]["__count"], 0)
                self.assertFalse(any(told.values()), told)
                with self.assertRaises(AccessError), mute_logger("odoo.addons.base"):
                    records.with_user(user).read([name])
            for user in (self.lin, self.boss, self.gu, self.he):
                told = self._asks(records, user, name, "zqx")
                self.assertEqual(told["search"], records.ids, user.login)

    def test_who_has_no_role_reads_no_model(self):
        names = (
            *("vip.message", "vip.message.batch", "vip.message.reply"),
            *("vip.message.report", "vip.message.count", "vip.sms.gateway"),
            *("vip.sms.template", "vip.sms.country", "vip.message.settle"),
        )
        for user in (self.till, self.clerk, self.auditor):
            for name in names:
                with self.subTest(user=user.login, model=name):
                    self.assertFalse(self.env[name].with_user(user).has_access("read"))

    def test_whole_numbers_are_for_head_office(self):
        for records in (self.message, self.reply):
            for user in (self.lin, self.boss, self.gu):
                with self.subTest(user=user.login, model=records._name):
                    mine = records.with_user(user)
                    self.assertNotIn("number", mine.fields_get())
                    for ask in (
                        lambda mine=mine: mine.read(["number"]),
                        lambda mine=mine: mine.search([("number", "=like", "+86139%")]),
                        lambda mine=mine: mine.formatted_read_group(
                            [], ["number"], ["__count"]
                        ),
                        lambda mine=mine: mine.search([], order="number"),
                    ):
                        with self.assertRaises(AccessError):
                            ask()
                    self.assertNotIn("87654321", repr(mine.read()))
            [row] = records.with_user(self.he).read(["number"])
            self.assertEqual(row["number"], NUMBER)

    def test_nobody_writes_the_log(self):
        for user in (self.lin, self.boss, self.gu, self.he):
            for records in (self.message, self.reply):
                mine = records.with_user(user)
                with self.assertRaises(AccessError):
                    mine.write({"partner_id": self.hers.id})
                with self.assertRaises(AccessError):
                    mine.unlink()
                with self.assertRaises(AccessError):
                    mine.create({"state": "ready"})
            # The lists on forms are no door either.
            with self.assertRaises(AccessError):
                self.mine.with_user(user).write(
                    {"vip_message_ids": [(1, self.message.id, {"state": "ready"})]}
                )

    def test_secrets_are_the_administrators(self):
        gateway = self.gateway.with_user(self.he)
        self.assertEqual(gateway.read(["name"])[0]["name"], "Fake")
        self.assertFalse(set(SECRETS) & set(gateway.fields_get()))
        self.assertNotIn("zqx", repr(gateway.read()))
        for name in SECRETS:
            with self.subTest(name), self.assertRaises(AccessError):
                gateway.read([name])
        for name in ("password", "url"):
            with self.assertRaises(AccessError):
                gateway.search([(name, "=like", "zqx%")])
        with self.assertRaises(AccessError):
            gateway.write({"price": 1})
        with self.assertRaises(AccessError):
            gateway.action_choose()
        self.gateway.company_id.vip_sms_gateway_id = False
        admin = self.gateway.with_user(self.env.ref("base.user_admin"))
        self.assertIn("zqx.example", admin.url)
        self.assertNotIn(SECRET, admin.password)
        self.assertIn("/reply/", admin.reply_url)
        admin.action_choose()
        self.assertEqual(self.company.vip_sms_gateway_id, self.gateway)
        for user in (self.lin, self.boss, self.gu):
            with self.assertRaises(AccessError):
                self.gateway.with_user(user).read(["name"])

    def test_steps_are_for_those_they_are_for(self):
        self.message.state = "unknown"
        batch = self.env["vip.message.batch"].create(
            {
                "company_id": self.company.id,
                "rule_id": self.rule.id,
                "day": "2026-06-15",
                "state": "waiting",
            }
        )
        for user in (self.lin, self.boss, self.gu):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.message.with_user(user).action_settle(True, "x")
                for step in ("action_confirm", "action_stop"):
                    with self.assertRaises(AccessError):
                        getattr(batch.with_user(user), step)()
                with self.assertRaises(AccessError):
                    self.env["vip.message.settle"].with_user(user).create(
                        {"message_id": self.message.id, "has_arrived": "yes"}
                    )
        with self.assertRaises(AccessError):
            self.env["vip.sms.test"].with_user(self.he).create(
                {"gateway_id": self.gateway.id, "number": "13800138000"}
            )
        self.assertEqual((self.message.state, batch.state), ("unknown", "waiting"))

    def test_settling_by_the_wizard(self):
        self.message.state = "unknown"
        wizard = self.env["vip.message.settle"].with_user(self.he)
        wizard = wizard.create(
            {
                "message_id": self.message.id,
                "has_arrived": "no",
                "note": "Not in the provider's log",
            }
        )
        self.assertEqual(wizard.words, WORDS)
        wizard.action_settle()
        self.assertEqual(self.message.state, "failed")
        self.assertIn("provider's log", self.message.story)

    def test_samples_are_of_members_one_may_see(self):
        batch = self.env["vip.message.batch"].create(
            {
                "company_id": self.company.id,
                "rule_id": self.rule.id,
                "day": "2026-06-15",
            }
        )
        self.message.batch_id = batch
        far = self._log(self.away, batch_id=batch.id, parts=3)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(batch.with_user(self.boss).sample_ids, self.message)
        batch.invalidate_recordset()
        self.assertEqual(batch.with_user(self.he).sample_ids, far + self.message)
