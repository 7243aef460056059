from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import ReadOnlySqlTransaction

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .trust_common import VipTrustCommon


@tagged("post_install", "-at_install")
class TestAccessView(VipTrustCommon):
    def _views(self, user):
        views = self.env["vip.access.view"].sudo()
        return views.search([("user_id", "=", user.id)]).partner_id

    def _partners(self, user):
        self.env.invalidate_all()
        return self.env["res.partner"].with_user(user)

    def test_every_way_to_read_details_counts_once(self):
        spec = {"phone": {}}
        ids, domain = self.mine.ids, [("id", "=", self.mine.id)]
        routes = {
            "read": lambda p: p.browse(ids).read(["phone"]),
            "search_read": lambda p: p.search_read(domain, ["vip_birthday"]),
            "web_read": lambda p: p.browse(ids).web_read(spec),
            "web_search_read": lambda p: p.web_search_read(domain, spec),
            "web_name_search": lambda p: p.web_name_search("王芳", spec),
            "email in a name": lambda p: p.with_context(show_email=1).name_search(
                "王芳"
            ),
            "onchange": lambda p: p.browse(ids).onchange({}, [], spec),
            "copy": lambda p: p.browse(ids).copy_data(),
            "groups": lambda p: p.web_read_group(
                domain,
                ["vip_store_id"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=spec,
            ),
        }
        for name, route in routes.items():
            with self.subTest(route=name):
                self.env.cr.execute("DELETE FROM vip_access_view")
                for _time in range(2):
                    route(self._partners(self.lin))
                self.assertEqual(self._views(self.lin), self.mine)

    def test_a_request_that_may_not_write_is_repeated_by_odoo(self):
        read_only = patch.object(type(self.env.cr), "readonly", True)
        with read_only, self.assertRaises(ReadOnlySqlTransaction) as refused:
            self._partners(self.lin).browse(self.mine.ids).read(["phone"])
        self.assertTrue(refused.exception.args[0])  # what Odoo logs
        self.assertFalse(self._views(self.lin))
        self._partners(self.lin).browse(self.mine.ids).read(["phone"])
        self.assertEqual(self._views(self.lin), self.mine)
        with read_only:  # she is counted: reads stay reads
            self._partners(self.lin).browse(self.mine.ids).read(["phone"])

    def test_contacts_under_a_member_count_too(self):
        child = self.env["res.partner"].create(
            {"name": "Home", "parent_id": self.mine.id, "type": "other"}
        )
        nested = {"child_ids": {"fields": {"email": {}}}}
        self._partners(self.lin).browse(self.mine.ids).web_read(nested)
        self.assertEqual(self._views(self.lin), child)

    def test_her_family_and_days_count_as_her(self):
        values = {"partner_id": self.mine.id, "name": "Son"}
        rows = self.env["vip.relation"].create(values)
        rows.with_user(self.lin).read(["name"])
        self.assertEqual(self._views(self.lin), self.mine)
        day = self.env["vip.special.day"].create(values | {"month": 5, "day": 1})
        day.with_user(self.boss).read(["day"])
        self.assertEqual(self._views(self.boss), self.mine)

    def test_names_and_figures_do_not_count(self):
        spec = {"name": {}, "vip_tier_id": {}, "vip_phone_masked": {}}
        self._partners(self.lin).web_search_read([], spec)
        self._partners(self.lin).name_search("王芳")
        self.assertFalse(self._views(self.lin))

    def test_only_members_and_only_people_of_vip_care(self):
        contact = self.env["res.partner"].create({"name": "Supplier"})
        everybody = self.mine + contact + self.lin.partner_id
        for user in (self.lin, self.clerk):
            self._partners(user).browse(everybody.ids).read(["phone"])
        self.mine.with_user(self.he).sudo().read(["phone"])
        self.assertEqual(self._views(self.lin), self.mine)
        self.assertFalse(self._views(self.clerk))
        self.assertFalse(self._views(self.he), "the server's own reading")

    def test_the_day_is_the_stores(self):
        self.store.tz = "Pacific/Kiritimati"
        self._partners(self.lin).browse(self.mine.ids).read(["phone"])
        self._partners(self.far).browse(self.away.ids).read(["phone"])
        self.other_store.tz = "Pacific/Pago_Pago"
        self._partners(self.far).browse(self.away.ids).read(["phone"])
        views = self.env["vip.access.view"].sudo()
        day = views.search([("user_id", "=", self.lin.id)]).day
        self.assertEqual(day, self.store._vip_today())
        days = views.search([("user_id", "=", self.far.id)]).mapped("day")
        self.assertIn(self.other_store._vip_today(), days)
        self.assertGreater(day, min(days))

    def test_queries_do_not_grow_with_the_list(self):
        members = self.mine
        for number in range(79):
            members += self._create_member(
                f"M{number}", vip_owner_id=self.lin.employee_id.id
            )
        self.env.flush_all()

        def queries(names, partners):
            records = self._partners(self.lin).browse(partners.ids)
            records.env.user._vip_role()
            before = self.env.cr.sql_log_count
            records.read(names)
            return self.env.cr.sql_log_count - before

        queries(["name", "function", "phone"], self.mine)  # caches
        plain = queries(["name", "function"], members)
        first = queries(["name", "phone"], members)
        again = queries(["name", "phone"], members)
        self.assertEqual((first - plain, again - plain), (3, 1))
        self.assertEqual(len(self._views(self.lin)), 80)

    def test_one_alarm_a_day_beyond_the_limit(self):
        self.company.vip_read_alarm = 3
        extra = [self._create_member(f"M{n}") for n in range(4)]
        for member in extra[:3]:
            self._partners(self.boss).browse(member.ids).read(["phone"])
        self.assertFalse(self._lines(kind="bulk"))
        for member in [extra[3], self.mine, self.hers]:
            self._partners(self.boss).browse(member.ids).read(["phone"])
        self.assertRecordValues(
            self._lines(kind="bulk"), [{"user_id": self.boss.id, "count": 4}]
        )
        self.assertEqual(len(self._told(self.gu, "reads many members")), 1)
        self.assertFalse(self._told(self.boss, "reads many members"))

    def test_groups_show_no_numbers(self):
        domain = [("is_vip_member", "=", True)]
        for user in (self.lin, self.boss, self.gu, self.till):
            partners = self._partners(user)
            for groups, sums in [
                (["phone"], ["__count"]),
                (["vip_phone_key"], ["__count"]),
                ([], ["email:array_agg"]),
                ([], ["phone:max"]),
            ]:
                with self.subTest(user=user.login, groups=groups, sums=sums):
                    with self.assertRaises(AccessError):
                        partners.formatted_read_group(domain, groups, sums)
                    with self.assertRaises(AccessError):
                        partners.formatted_read_grouping_sets(domain, [groups], sums)
        with self.assertRaises(AccessError):
            self.env["vip.purchase"].with_user(self.boss).formatted_read_group(
                [], ["partner_id.phone"], ["__count"]
            )
        counted = self._partners(self.lin).formatted_read_group(
            domain, ["vip_birthday:month"], ["phone:count_distinct"]
        )
        self.assertEqual(counted[0]["phone:count_distinct"], 1)
        self.assertTrue(self._partners(self.he).formatted_read_group(domain, ["phone"]))

    def test_views_are_kept_for_400_days(self):
        self._partners(self.lin).browse(self.mine.ids).read(["phone"])
        view = self.env["vip.access.view"].sudo().search([])
        with self.assertRaises(UserError):
            view.unlink()
        with self.assertRaises(UserError):
            view.write({"day": "2020-01-01"})
        old = fields.Date.today() - timedelta(days=401)
        self.env.cr.execute(
            "INSERT INTO vip_access_view (user_id, day, partner_id) VALUES (%s, %s, %s)",
            [self.lin.id, old, self.mine.id],
        )
        self.assertEqual(view._gc_old_views(), (1, False))
        self.assertEqual(view.search([]), view)

    def test_a_merge_keeps_what_was_read(self):
        gone = self._create_member(vip_owner_id=self.lin.employee_id.id)
        both = self.mine + gone
        self._partners(self.lin).browse(both.ids).read(["phone"])
        self._partners(self.boss).browse(gone.ids).read(["phone"])
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(both.ids, self.mine)
        self.env.invalidate_all()
        self.assertEqual(self._views(self.lin), self.mine)
        self.assertEqual(self._views(self.boss), self.mine)
