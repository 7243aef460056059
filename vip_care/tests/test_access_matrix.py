import logging

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .access_common import LEAK, MARK, NUMBER, AccessCommon

_logger = logging.getLogger(__name__)
# Rights only add up: whoever has all other groups reaches what any of them reaches.
STRONGEST = (
    "till manager",
    "associate at the till",
    "associate, everything else",
    "manager elsewhere",
    "region elsewhere",
)
TALKATIVE = {
    "show_address": True,
    "show_email": True,
    "show_vat": True,
    "partner_show_db_id": True,
    "active_test": False,
}


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessCommon):
    """No role, no combination, no route, no model tells of a colleague's member.

    Models, fields and groups come from the registry: what is added later is tried too,
    and a model that somebody may read but the test cannot fill is a failure.
    """

    def setUp(self):
        super().setUp()
        self.attempts = 0
        self.leaks = []

    def tearDown(self):
        super().tearDown()
        _logger.info("%s: %s attempts", self._testMethodName, self.attempts)

    def _try(self, role, model, method, *args, may_find=False, **kwargs):
        self.attempts += 1
        user = self.roles[role]
        said = self._call(user, model, method, *args, **kwargs)
        if LEAK.search(said):
            found = LEAK.search(said)
            around = said[max(0, found.start() - 60) : found.end() + 20]
            self.leaks.append(f"{role}: {model}.{method}: …{around}…")
        return said

    def _check(self):
        self.assertGreater(self.attempts, 0)
        self.assertFalse(self.leaks, "\n".join(self.leaks[:40]))

    def _readable(self, user):
        for name, records in self.fixtures.items():
            if records and self.env[name].with_user(user).has_access("read"):
                yield name, records

    def test_every_readable_model_is_tried(self):
        """A model some role may read has a record about her, or says why it cannot."""
        missing = {
            name: [self.failures.get((name, field)) for field in self.links[name]]
            for name, records in self.fixtures.items()
            if not records
            and any(
                self.env[name].with_user(user).has_access("read")
                for user in self.roles.values()
            )
        }
        lines = [f"{name}: {why}" for name, why in sorted(missing.items())]
        self.assertFalse(missing, "\n".join(lines))

    def test_the_member_herself(self):
        ids, fields = self.hidden.ids, sorted(self.env["res.partner"]._fields)
        spec = {name: {} for name in fields}
        domain = [("id", "in", ids)]
        for role in self.roles:
            for args in (
                ("read", ids, fields),
                ("read", ids, ["name"]),
                ("read", ids, ["display_name"]),
                ("web_read", ids, {"display_name": {}}),
                ("search_read", domain, ["name", "phone"]),
                ("web_search_read", domain, spec),
                ("web_search_read", domain, {"name": {}, "phone": {}}),
                ("name_search", MARK),
                ("web_name_search", MARK, {"display_name": {}}),
                ("formatted_read_group", domain, ["name"], ["__count"]),
                ("formatted_read_group", domain, ["phone"], ["__count"]),
                ("formatted_read_grouping_sets", domain, [["name"], []], ["__count"]),
                ("web_read_group", domain, ["vip_store_id"], ["__count"]),
                ("export_data", ids, ["name", "phone"]),
                ("copy", ids),
                ("copy_data", ids),
                ("get_formview_action", ids),
            ):
                self._try(role, "res.partner", *args, context=TALKATIVE)
        self._check()

    def test_nobody_finds_her_by_asking(self):
        """Searching by any part of her finds nothing, also digit by digit."""
        questions = [
            [("phone", "=like", "1398%")],
            [("phone_sanitized", "=", f"+86{NUMBER}")],
            [("vip_phone_key", "=", f"+86{NUMBER}")],
            [("vip_phone_query", "ilike", NUMBER)],
            [("name", "ilike", MARK)],
            [("complete_name", "ilike", MARK)],
            [("email_normalized", "ilike", MARK)],
            [("street", "ilike", MARK)],
            [("vip_card_number", "ilike", MARK)],
            [("id", "in", self.hidden.ids)],
            [("id", "child_of", self.hidden.ids)],
            [("child_ids", "in", self.hidden.ids)],
            [("is_vip_member", "=", True), ("vip_owner_id", "=", self.owner.id)],
        ]
        for role in self.roles:
            for question in questions:
                said = self._try(role, "res.partner", "search_count", question)
                self.assertIn(said[:12], ("0", "UserError: P", "AccessError:"), role)
        self._check()

    def test_nobody_changes_her(self):
        ids = self.hidden.ids
        stored = [n for n, field in self.hidden._fields.items() if field.store]
        before = self.hidden.read(stored)
        for role in self.roles:
            for args in (
                ("write", ids, {"comment": "mine"}),
                ("write", ids, {"vip_owner_id": False}),
                ("write", ids, {"is_vip_member": False}),
                ("write", ids, {"active": False}),
                ("action_archive", ids),
                ("unlink", ids),
                ("web_save", ids, {"name": "mine"}, {"name": {}, "phone": {}}),
                ("load", ["id", ".id", "name"], [["", str(ids[0]), "mine"]]),
            ):
                said = self._try(role, "res.partner", *args)
                refused = "Error" in said or "'ids': False" in said
                self.assertTrue(refused, f"{role}: {args}: {said}")
        self.hidden.invalidate_recordset()
        self.assertEqual(self.hidden.read(stored), before)
        self._check()

    def test_nobody_merges_her_with_a_contact_of_her_own(self):
        own = self.env["res.partner"].create({"name": "Own"})
        both = (own | self.hidden).ids
        for role in ("associate, everything else", "manager elsewhere"):
            user = self.roles[role]
            user.group_ids += self.env.ref("base.group_partner_manager")
            wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user)
            with self.assertRaises(AccessError):
                wizard._merge(both, own)
            vals = {"partner_ids": [(6, 0, both)], "dst_partner_id": own.id}
            self._try(role, wizard._name, "action_merge", wizard.create(vals).ids)
            self.assertEqual((own | self.hidden).exists().ids, both)
        self._check()

    def test_a_contact_under_her_takes_nothing_from_her(self):
        for role in ("associate, everything else", "associate at the till"):
            user = self.roles[role]
            own = self._create_own(user)
            under = {"name": "Son", "parent_id": self.hidden.id}
            spec = dict.fromkeys(self.env["res.partner"]._fields, {})
            spec.pop("id")
            self._try(role, "res.partner", "web_save", [], under, spec)
            self._try(role, "res.partner", "create", [under])
            self._try(role, "res.partner", "web_save", own.ids, under, spec)
            self._try(
                role, "res.partner", "onchange", own.ids, under, ["parent_id"], spec
            )
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                own.with_user(user).parent_id = self.hidden
        self._check()

    def _create_own(self, user):
        return self.env["res.partner"].create(
            {
                "name": "Own",
                "is_vip_member": True,
                "vip_store_id": self.store.id,
                "vip_owner_id": user.employee_id.id,
            }
        )

    def test_records_about_her(self):
        for role in STRONGEST:
            for model, records in self._readable(self.roles[role]):
                self._read_about(role, model, records)
        self._check()

    def _read_about(self, role, model, records):
        ids, domain = records.ids, [("id", "in", records.ids)]
        names = self._fields_read(role, model)
        paths = self._paths_to_her(model)
        inside = {"display_name": {}, "name": {}, "phone": {}, "email": {}}
        spec = {name: {} for name in names} | {
            name: {"fields": inside, "context": TALKATIVE} for name in paths
        }
        calls = [
            ("read", ids, names),
            ("search_read", domain, names),
            ("web_search_read", domain, spec),
            ("web_name_search", MARK, {"display_name": {}}),
            ("search_count", [(f"{name}.phone", "=like", "1398%") for name in paths]),
            ("search_read", [(name, "ilike", MARK) for name in paths], ["id"]),
        ]
        for name in paths:
            calls += [
                ("read", ids, [name]),
                ("formatted_read_group", domain, [name], ["__count"]),
                ("formatted_read_grouping_sets", domain, [[name]], ["__count"]),
                ("web_read_group", domain, [name], ["__count"]),
                ("read_progress_bar", domain, name, {"field": name, "colors": {}}),
                ("export_data", ids, [f"{name}/phone", name]),
                ("onchange", [], {name: self.hidden.id}, [name], spec),
            ]
        for args in calls:
            self._try(role, model, *args, context=TALKATIVE)

    def test_every_public_method_of_the_member(self):
        """Whatever can be called by its name alone says nothing and changes nothing."""
        model = self.env["res.partner"]
        names = [n for n in dir(type(model)) if self._is_public(model, n)]
        self.assertGreater(len(names), 100)
        for role in ("associate, everything else", "till manager"):
            for name in names:
                self._try(role, "res.partner", name, self.hidden.ids)
        self._check()

    def _is_public(self, model, name):
        if name.startswith("_"):
            return False
        try:
            return callable(get_public_method(model, name))
        except (AccessError, AttributeError):
            return False

    def test_making_records_about_her_tells_nothing(self):
        """Wizards and documents made about her copy nothing of her."""
        for role in STRONGEST:
            user = self.roles[role]
            for name, model in self.env.registry.items():
                allowed = self.env[name].with_user(user).has_access("create")
                if model._abstract or not allowed:
                    continue
                for field in self._paths_to_her(name) or ["res_id"]:
                    self._ask_for_new(role, name, field)
        self._check()

    def _ask_for_new(self, role, model, field_name):
        """Open a form about her and save it, as a client would."""
        ids = self.hidden.ids
        fields = self.env[model]._fields
        vals = {}
        if field_name in fields:
            several = fields[field_name].type in ("many2many", "one2many")
            vals = {field_name: [[6, 0, ids]] if several else ids[0]}
        context = {
            "default_res_model": "res.partner",
            "default_model": "res.partner",
            "default_res_id": ids[0],
            "default_res_ids": str(ids),
            "active_model": "res.partner",
            "active_id": ids[0],
            "active_ids": ids,
        } | {f"default_{name}": value for name, value in vals.items()}
        spec = {name: {} for name in fields if name != "id"}
        for mode in ("comment", "mass_mail"):
            context["default_composition_mode"] = mode
            self._try(role, model, "default_get", list(spec), context=context)
            self._try(role, model, "onchange", [], vals, list(vals), spec)
            self._try(role, model, "onchange", [], {}, [], spec, context=context)
            self._try(role, model, "web_save", [], vals, spec, context=context)

    def _fields_read(self, role, model):
        records = self.env[model].with_user(self.roles[role])
        return [
            name
            for name, field in records._fields.items()
            if records._has_field_access(field, "read")
        ]

    def _paths_to_her(self, model):
        return [
            field.name
            for field in self.env[model]._fields.values()
            if field.comodel_name == "res.partner"
        ]
