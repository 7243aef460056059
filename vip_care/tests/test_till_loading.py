from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .till_common import CASHIER, VipTillCommon

TILL_LOG = "odoo.addons.vip_care.models.fence"


@tagged("post_install", "-at_install")
class TestTillLoading(VipTillCommon):
    """What a register holds of members: masked, and never missing on a ticket."""

    def _load(self, user=None):
        """Return the contacts a register loads when it is opened, by id."""
        config = self.config.with_user(user or self.till)
        if not config.current_session_id:
            config.open_ui()
        data = config.current_session_id.load_data(["res.partner", "pos.order"])
        return {row["id"]: row for row in data["res.partner"]}

    def _draft(self, partner, config=None):
        return self._sell(partner, paid=False, config=config)

    def test_own_members_are_masked_too_and_other_contacts_are_not(self):
        rows = self._load(self.seller)
        self.assertNotIn(self.member.id, rows)
        own = rows[self.own_member.id]
        self.assertEqual(own["name"], "陈静")
        self.assertEqual(own["phone"], "137****5678")
        self.assertEqual(own["vip_owner"], "Hong")
        self.assertNoPrivateData(rows, self.own_member)
        self.assertEqual(rows[self.guest.id]["phone"], "13600000009")
        self.assertEqual(rows[self.guest.id]["email"], "guest@example.com")
        self.assertNotIn("vip_member", rows[self.guest.id])

    def test_every_way_to_contacts_is_masked_for_those_who_read_the_member(self):
        Partner = self.env["res.partner"]  # head office: reads everything
        domain = [("id", "in", (self.member + self.guest).ids)]
        for rows in (
            Partner.get_new_partner(self.config.id, domain, 0)["res.partner"],
            Partner._load_pos_data_read(Partner.search(domain), self.config),
            Partner.vip_till_customers((self.member + self.guest).ids, self.config.id),
        ):
            by_id = {row["id"]: row for row in rows}
            self.assertEqual(by_id[self.member.id]["phone"], "139****0001")
            self.assertEqual(by_id[self.guest.id]["phone"], "13600000009")
            self.assertNoPrivateData(rows)

    def test_opening_a_till_is_not_counted_as_reading_members(self):
        """Nobody sees them: an alarm for a till that opens would be heard no more."""
        self.assertIn(self.own_member.id, self._load(self.seller))
        views = self.env["vip.access.view"].sudo()
        self.assertFalse(views.search([("user_id", "=", self.seller.id)]))

    def test_a_field_another_add_on_loads_is_empty_for_members(self):
        load = type(self.env["res.partner"])._load_pos_data_fields
        more = ["comment", "category_id", "credit_limit", "vip_birthday"]
        self.member.comment = "Her husband must not know"
        with patch.object(
            self.registry["res.partner"],
            "_load_pos_data_fields",
            lambda partners, config: load(partners, config) + more,
        ):
            [row] = self.env["res.partner"].vip_till_customers(
                self.member.ids, self.config.id
            )
        self.assertEqual([row[name] for name in more], [False, [], False, False])

    def test_contacts_under_a_member_are_masked(self):
        home = self.env["res.partner"].create(
            {
                "name": "At home",
                "parent_id": self.own_member.id,
                "type": "delivery",
                "street": "9 Secret Road",
                "phone": "13799990000",
            }
        )
        rows = self._customers(home, user=self.seller)
        self.assertEqual(rows[0]["street"], False)
        self.assertNotIn("13799990000", repr(rows))

    def test_delivery_knows_that_there_is_an_address_but_not_which(self):
        self.config.sudo().ship_later = True
        [row] = self.env["res.partner"].vip_till_customers(
            self.member.ids, self.config.id
        )
        self.assertTrue(row["street"] and row["city"] and row["country_id"])
        self.assertNoPrivateData(row)

    def test_hidden_customers_of_open_tickets_are_loaded_with_their_names(self):
        ticket = self._draft(self.member)
        rows = self._load()
        self.assertEqual(rows[self.member.id]["name"], "王芳")
        self.assertEqual(rows[self.member.id]["phone"], "139****0001")
        self.assertNotIn(self.own_member.id, rows)
        self.assertNoPrivateData(rows)
        self.assertEqual(ticket.partner_id, self.member)

    def test_customers_of_tickets_come_from_this_store_only(self):
        far = self.config.sudo().copy({"name": "Far", "vip_store_id": False})
        self.assertNotEqual(far.vip_store_id, self.store)
        self.assertEqual(self._customers(self.member + self.own_member), [])
        self._sell(self.member)
        near = self.config.sudo().copy({"name": "Near"})
        self.assertEqual(near.vip_store_id, self.store)
        for config, count in ((self.config, 1), (near, 1), (far, 0)):
            with self.subTest(config=config.name):
                rows = self._customers(self.member + self.own_member, config=config)
                self.assertEqual([row["name"] for row in rows], ["王芳"] * count)
        far.trusted_config_ids = self.config
        self.assertEqual(len(self._customers(self.member, config=far)), 1)

    def test_paid_tickets_show_names_without_counting(self):
        self._sell(self.member)
        rows = self._customers(self.member)
        self.assertEqual([row["name"] for row in rows], ["王芳"])
        self.assertNoPrivateData(rows)
        self.assertFalse(self._logs())

    def test_names_cannot_be_collected_by_making_up_open_tickets(self):
        self.env.company.vip_lookup_limit = 2
        members = self.env["res.partner"].browse()
        for number in range(4):
            members += self._enrol(f"周{number}", f"1381234000{number}")
            self._draft(members[-1])
        names = [row["name"] for row in self._customers(members)]
        self.assertEqual(names, ["周0", "周1", "周*", "周*"])
        self.assertEqual([log.partner_id for log in self._logs()], list(members[:2]))
        # Nobody is lost, the known stay known, and looking up has an end as well.
        self.assertEqual([row["name"] for row in self._customers(members)], names)
        with self.assertRaises(UserError):
            self._lookup("0001")

    def test_only_who_sells_asks_for_customers_and_only_by_ids(self):
        clerk = new_test_user(self.env, "clerk_till", "base.group_user")
        with self.assertRaises(AccessError):
            self._customers(self.guest, user=clerk)
        for ids in (None, "1", ["1"], [None], [True], {"id": 1}, [[1]]):
            with self.subTest(ids=ids), self.assertRaises(UserError):
                model = self.env["res.partner"].with_user(self.till)
                model.vip_till_customers(ids, self.config.id)
        self.assertEqual(self._customers(self.env["res.partner"].browse(10**9)), [])

    def test_the_till_is_told_who_of_its_contacts_became_a_member(self):
        partners = self.env["res.partner"].with_user(self.till)
        ids = (self.guest + self.member + self.own_member).ids
        found = partners.vip_till_members([*ids, 10**9], self.config.id)
        self.assertEqual(found, (self.member + self.own_member).ids)
        clerk = new_test_user(self.env, "clerk_members", "base.group_user")
        with self.assertRaises(AccessError):
            partners.with_user(clerk).vip_till_members(ids, self.config.id)

    def test_the_till_opens_without_details_when_masking_fails(self):
        self._draft(self.member)
        partners = self.registry["res.partner"]
        for broken in ("_vip_masked_rows", "_vip_till_rows", "_vip_till_badge"):
            with (
                self.subTest(broken=broken),
                patch.object(partners, broken, side_effect=ZeroDivisionError),
                self.assertLogs(TILL_LOG, "ERROR"),
            ):
                rows = self._load(self.seller)
                self.assertIn(self.own_member.id, rows)
                self.assertIn(self.member.id, rows)
                self.assertNoPrivateData(rows)
                self.assertNoPrivateData(rows, self.own_member)
                self.assertNotIn("137****5678", repr(rows))

    def test_an_error_of_the_database_leaves_the_till_open(self):
        def fail(records, config):
            records.env.cr.execute("SELECT 1 / 0")

        with (
            patch.object(self.registry["res.partner"], "_vip_till_rows", fail),
            mute_logger("odoo.sql_db"),
            self.assertLogs(TILL_LOG, "ERROR"),
        ):
            rows = self._load(self.seller)
        self.assertNotIn("13712345678", repr(rows))
        self.assertIn(self.guest.id, rows)
        self.assertTrue(self.env["res.partner"].search_count([], limit=1))

    def test_loading_many_members_takes_as_many_queries_as_a_few(self):
        members = self.env["res.partner"].browse()
        for number in range(40):
            members += self._enrol(f"吴{number}", f"138200000{number:02}")
        boss = new_test_user(
            self.env, "till_boss", f"{CASHIER},vip_care.group_head_office"
        )
        counts = []
        for batch in (members[:2], members[:2], members[2:]):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._customers(batch, user=boss)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 2)
