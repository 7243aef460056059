from unittest.mock import patch

import psycopg2

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.tests import tagged
from odoo.tools import mute_logger

from .trust_common import VipTrustCommon


@tagged("post_install", "-at_install")
class TestAccessLog(VipTrustCommon):
    def setUp(self):
        super().setUp()
        self.line = (
            self.env["vip.access.log"]
            .with_user(self.lin)
            ._log("lookup", partner_id=self.hers.id, details="138 0013 8000")
        )

    def test_a_line_says_who_where_whom_and_nothing_unmasked(self):
        self.assertRecordValues(
            self.line,
            [
                {
                    "user_id": self.lin.id,
                    "store_id": self.store.id,
                    "kind": "lookup",
                    "partner_id": self.hers.id,
                    "partner_ref": self.hers.id,
                    "partner_name": "李*",
                    "details": "138****8000",
                    "count": 1,
                    "name": f"L{self.line.id}",
                }
            ],
        )

    def test_nobody_changes_deletes_or_copies_a_line(self):
        for line in (self.line, self.line.sudo(), self.line.with_user(self.auditor)):
            for spoil in (
                lambda line=line: line.write({"reason": "none"}),
                lambda line=line: line.unlink(),
                lambda line=line: line.copy(),
            ):
                with self.assertRaises(UserError):
                    spoil()
        self.assertEqual(self.line.sudo().kind, "lookup")

    def test_sql_changes_nothing_either(self):
        for query in (
            "UPDATE vip_access_log SET kind = 'reveal' WHERE id = %s",
            "UPDATE vip_access_log SET date = date + interval '1 day' WHERE id = %s",
            "UPDATE vip_access_log SET partner_ref = 1, partner_id = NULL WHERE id = %s",
            "DELETE FROM vip_access_log WHERE id = %s",
            "TRUNCATE vip_access_log -- %s",
        ):
            with (
                self.subTest(query=query),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.RaiseException),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [self.line.id])

    def test_a_line_outlives_its_member(self):
        member = self._create_member("赵敏")
        line = self.env["vip.access.log"]._log("reveal", partner_id=member.id)
        member.unlink()
        self.env.invalidate_all()
        self.assertRecordValues(
            line, [{"partner_id": False, "partner_name": "赵*", "kind": "reveal"}]
        )
        self.assertTrue(line.partner_ref)

    def test_a_line_follows_a_merge(self):
        gone = self._create_member("赵敏")
        line = self.env["vip.access.log"]._log("reveal", partner_id=gone.id)
        before = gone.id
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.mine + gone).ids, self.mine)
        self.env.invalidate_all()
        self.assertRecordValues(
            line, [{"partner_id": self.mine.id, "partner_ref": before}]
        )

    def test_a_new_column_can_be_filled_in_an_upgrade(self):
        model = self.env["vip.access.log"]

        def fill(model):
            model.env.cr.execute("UPDATE vip_access_log SET reason = 'filled'")

        with patch.object(BaseModel, "_auto_init", fill):
            model._auto_init()
        model.init()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.RaiseException),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE vip_access_log SET reason = 'spoilt'")

    def test_auditors_read_it_by_every_route(self):
        log = self.env["vip.access.log"].with_user(self.auditor)
        domain = [("id", "=", self.line.id)]
        self.assertEqual(log.search(domain).display_name, f"L{self.line.id}")
        self.assertEqual(log.search_read(domain, ["kind"])[0]["kind"], "lookup")
        self.assertEqual(log.name_search(f"L{self.line.id}")[0][0], self.line.id)
        groups = log.formatted_read_group(domain, ["kind"], ["__count"])
        self.assertEqual(groups[0]["__count"], 1)

    def test_nobody_else_reads_it_by_any_route(self):
        system = self.env.ref("base.user_admin")
        system.group_ids += self.env.ref("base.group_system")
        self.mine.with_user(self.lin).read(["phone"])
        self.env["vip.access.quota"].with_user(self.lin).sudo()._take("reveal", 1, 9)
        people = self.lin + self.boss + self.gu + self.he + self.till + system
        for model in ("vip.access.log", "vip.access.view", "vip.access.quota"):
            for user in people:
                log = self.env[model].with_user(user)
                ids = self.env[model].sudo().search([], limit=1).ids
                routes = [
                    lambda log=log: log.search([]),
                    lambda log=log: log.search_count([]),
                    lambda log=log: log.search_read([], ["user_id"]),
                    lambda log=log: log.web_search_read([], {"user_id": {}}),
                    lambda log=log: log.name_search(""),
                    lambda log=log: log.formatted_read_group([], [], ["__count"]),
                    lambda log=log, ids=ids: log.browse(ids).export_data(["user_id"]),
                    lambda log=log, ids=ids: log.browse(ids).read(["display_name"]),
                    lambda log=log: log.create({"user_id": 2, "kind": "lookup"}),
                ]
                for number, route in enumerate(routes):
                    with (
                        self.subTest(model=model, user=user.login, route=number),
                        self.assertRaises(UserError),
                    ):
                        route()
