import re
from collections import defaultdict

from odoo import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .pos_common import VipPosCommon

# Every text of the hidden member begins with this; numbers are told by their digits.
MARK = "zqxzqx"
NUMBER = "13987654321"
LEAK = re.compile(rf"{MARK}|139\W?8765\W?4321|87654321", re.IGNORECASE)

POS_USER = "point_of_sale.group_pos_user"
POS_MANAGER = "point_of_sale.group_pos_manager"
ASSOCIATE = "vip_care.group_associate"
NO_FREE_TEXT = ("vat", "lang", "tz", "type", "signup_type", "invoice_edi_format_store")
LET_ODOO = ("create_date", "write_date", "create_uid", "write_uid", "move_type")
# Rights that let somebody change rights, or read everything by their nature.
ADMINISTRATORS = {"base.group_system", "base.group_erp_manager", "base.group_sanitize"}


class AccessCommon(VipPosCommon):
    """One member of a colleague, every kind of record about her, every role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hidden = cls.env["res.partner"].create(cls._secret_vals())
        new_test_user(
            cls.env, "her_login", "base.group_portal", partner_id=cls.hidden.id
        )
        cls.fixtures, cls.failures = {}, {}
        cls.links = cls._partner_links()
        for name in sorted(cls.links):
            cls._make_fixtures(name)
        cls.env.flush_all()
        cls.roles = cls._make_roles()

    @classmethod
    def _secret_vals(cls):
        """Return a member whose every text of her own is marked."""
        partner = cls.env["res.partner"]
        vals = {
            name: f"{MARK}{name}"
            for name, field in partner._fields.items()
            if field.type in ("char", "text", "html")
            and field.store
            and not (field.readonly or field.compute or field.related)
            and field.size is None
        }
        for name in NO_FREE_TEXT:
            vals.pop(name, None)
        return vals | {
            "name": f"{MARK}name",
            "phone": NUMBER,
            "email": f"{MARK}@{MARK}.example",
            "website": f"https://{MARK}.example",
            "vip_card_number": f"{MARK}card",
            "lang": "en_US",
            "is_vip_member": True,
            "vip_store_id": cls.store.id,
            "vip_owner_id": cls.owner.id,
            "tz": "Asia/Shanghai",
        }

    @classmethod
    def _partner_links(cls):
        """Return {model: fields that point to a contact} of all stored models."""
        links = defaultdict(list)
        for name, model in cls.env.registry.items():
            if model._abstract or model._transient or not model._auto:
                continue
            for field in model._fields.values():
                if field.comodel_name == "res.partner" and field.store:
                    if field.type in ("many2one", "many2many"):
                        links[name].append(field.name)
                if field.type == "many2one_reference":
                    links[name].append(field.name)
        links.pop("res.partner", None)
        links.pop("res.users", None)  # her own login is made apart
        links.pop("hr.employee", None)  # an employee's contact is HR's to read
        return dict(links)

    @classmethod
    def _make_fixtures(cls, name):
        """Make one record about the hidden member for each way to point at her."""
        model = cls.env[name].sudo().with_context(mail_create_nolog=True)
        made = getattr(cls, f"_make_{name.replace('.', '_')}", model.browse)()
        for field_name in () if made else cls.links[name]:
            try:
                with cls.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    made |= model.create(cls._vals_about_her(model, field_name))
            except Exception as error:  # the test says which models it could not make
                cls.env.invalidate_all()
                cls.failures[name, field_name] = str(error).splitlines()[:1]
        found = model.browse()
        for field_name in cls.links[name]:
            if model._fields[field_name].type != "many2one_reference":
                found |= model.sudo().search([(field_name, "in", cls.hidden.ids)])
        cls.fixtures[name] = made | found

    @classmethod
    def _vals_about_her(cls, model, field_name):
        field = model._fields[field_name]
        vals = {}
        for other in model._fields.values():
            if other.required and other.store and other.name not in LET_ODOO:
                vals[other.name] = cls._some_value(model, other)
        vals |= model.default_get(list(model._fields))
        if field.type == "many2one_reference":
            vals |= {field_name: cls.hidden.id, field.model_field: "res.partner"}
            if "res_model_id" in model._fields:
                vals["res_model_id"] = cls.env["ir.model"]._get_id("res.partner")
        elif field.type == "many2many":
            vals[field_name] = [Command.set(cls.hidden.ids)]
        else:
            vals[field_name] = cls.hidden.id
        return {name: value for name, value in vals.items() if name in model._fields}

    @classmethod
    def _some_value(cls, model, field):
        """Return any value a required field takes."""
        if field.type in ("char", "text", "html"):
            return "res.partner" if "model" in field.name else "something"
        if field.type == "selection":
            return field.get_values(cls.env)[0]
        if field.type in ("many2one", "many2many"):
            found = cls.env[field.comodel_name].sudo().search([], limit=1)
            return found.id if field.type == "many2one" else [Command.set(found.ids)]
        if field.type in ("date", "datetime"):
            return "2099-01-01"
        if field.type == "one2many":
            return []
        return 1

    @classmethod
    def _make_pos_order(cls):
        return cls._sell(cls.hidden)

    @classmethod
    def _make_loyalty_card(cls):
        cls._add_history(cls.env["pos.order"].search([], limit=1), issued=3)
        program = cls.four_20_dollars_one_free_program
        # sudo: nobody but the system writes cards and their history
        card = (
            cls.env["loyalty.card"]
            .sudo()
            .create(
                {"program_id": program.id, "partner_id": cls.hidden.id, "points": 4}
            )
        )
        cls.env["loyalty.history"].sudo().create(
            {"card_id": card.id, "description": "4", "issued": 4}
        )
        return card

    @classmethod
    def _make_loyalty_history(cls):
        cards = cls.env["loyalty.card"].search([("partner_id", "=", cls.hidden.id)])
        return cards.history_ids

    @classmethod
    def _make_account_move_line(cls):
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.hidden.id,
                "invoice_line_ids": [
                    Command.create({"name": f"for {MARK}", "price_unit": 5})
                ],
            }
        )
        invoice.action_post()
        return invoice.line_ids

    @classmethod
    def _make_vip_transfer_line(cls):
        transfer = (
            cls.env["vip.transfer"]
            .sudo()
            .create(
                {
                    "kind": "request",
                    "reason": MARK,
                    "requested_by_id": cls.env.ref("base.user_admin").id,
                }
            )
        )
        vals = {"transfer_id": transfer.id, "partner_id": cls.hidden.id}
        return cls.env["vip.transfer.line"].sudo().create(vals)

    @classmethod
    def _make_vip_care_task(cls):
        rule = cls.env["vip.care.rule"].create(
            {"name": "Call", "trigger": "monthly_call", "channel": "call"}
        )
        vals = {
            "partner_id": cls.hidden.id,
            "rule_id": rule.id,
            "occasion_key": "monthly_call:2026-03",
            "trigger": "monthly_call",
            "channel": "call",
            "purpose": "care",
            "company_id": cls.env.company.id,
            "store_id": cls.store.id,
            "owner_id": cls.owner.id,
            "due_date": "2026-03-01",
            "until": "2026-03-20",
            "facts": {"name": f"{MARK}fact"},
            "note": f"{MARK}note",
            "gift": f"{MARK}gift",
        }
        task = cls.env["vip.care.task"].sudo().create(vals)
        task.flush_recordset()
        # No guard would let it through, which is why it is recognised.
        cls.env.cr.execute("UPDATE vip_care_task SET body = %s", [f"{MARK}body"])
        task.invalidate_recordset()
        return task

    @classmethod
    def _make_vip_feedback(cls):
        words = ("description", "resolution", "compensation", "follow_up")
        vals = {"partner_id": cls.hidden.id, "kind": "complaint"}
        vals |= dict.fromkeys(words, f"{MARK}voice")
        return cls.env["vip.feedback"].sudo().create(vals)

    @classmethod
    def _make_vip_dormancy_line(cls):
        review = cls.env["vip.dormancy.review"].sudo()
        review = review.create(
            {"kind": "dormant", "month": "2026-03-01", "store_id": cls.store.id}
        )
        vals = {"review_id": review.id, "partner_id": cls.hidden.id}
        return review.line_ids.create(vals | {"note": f"{MARK}line"})

    @classmethod
    def _make_vip_dormancy_step(cls):
        lines = cls.env["vip.dormancy.line"].sudo()
        line = lines.search([("partner_id", "=", cls.hidden.id)], limit=1)
        vals = {"line_id": line.id, "name": f"{MARK}step"}
        return cls.env["vip.dormancy.step"].sudo().create(vals)

    @classmethod
    def _make_vip_message_reply(cls):
        gateway = {"name": "Stand-in", "kind": "http", "company_id": cls.env.company.id}
        vals = {
            "gateway_id": cls.env["vip.sms.gateway"].sudo().create(gateway).id,
            "partner_id": cls.hidden.id,
            "number": f"+86{NUMBER}",
            "text": f"{MARK}reply",
            "meaning": "other",
            "digest": "1",
        }
        return cls.env["vip.message.reply"].sudo().create(vals)

    @classmethod
    def _make_stock_picking(cls):
        kind = cls.pos_config_usd.picking_type_id
        vals = {"picking_type_id": kind.id, "partner_id": cls.hidden.id}
        return cls.env["stock.picking"].create(vals)

    @classmethod
    def _make_stock_quant(cls):
        product = cls.env["product.product"].create(
            {"name": "Coat", "is_storable": True}
        )
        place = cls.pos_config_usd.picking_type_id.default_location_src_id
        vals = {"product_id": product.id, "location_id": place.id, "quantity": 1}
        return cls.env["stock.quant"].create(vals | {"owner_id": cls.hidden.id})

    @classmethod
    def _make_stock_rule(cls):
        rule = cls.pos_config_usd.picking_type_id.warehouse_id.route_ids.rule_ids[0]
        return rule.copy({"partner_address_id": cls.hidden.id})

    @classmethod
    def _make_res_partner_bank(cls):
        vals = {"acc_number": f"{MARK}bank", "partner_id": cls.hidden.id}
        return cls.env["res.partner.bank"].create(vals)

    @classmethod
    def _make_account_payment(cls):
        journal = cls.company_data["default_journal_bank"]
        vals = {"partner_id": cls.hidden.id, "journal_id": journal.id, "amount": 5}
        return cls.env["account.payment"].create(
            vals | {"payment_type": "inbound", "partner_type": "customer"}
        )

    @classmethod
    def _payment_vals(cls):
        method = cls.env["payment.method"].with_context(active_test=False)
        provider = cls.env["payment.provider"].create({"name": "Provider"})
        return {
            "payment_method_id": method.search([], limit=1).id,
            "provider_id": provider.id,
            "partner_id": cls.hidden.id,
        }

    @classmethod
    def _make_payment_token(cls):
        vals = {"provider_ref": "x", "payment_details": f"{MARK}token"}
        return cls.env["payment.token"].create(cls._payment_vals() | vals)

    @classmethod
    def _make_payment_transaction(cls):
        vals = {"reference": "x", "amount": 5}
        vals["currency_id"] = cls.env.company.currency_id.id
        return cls.env["payment.transaction"].create(cls._payment_vals() | vals)

    @classmethod
    def _make_roles(cls):
        """Return {name: user}: who must not see her, alone and with other groups."""
        privileges = cls.env["res.groups"].search([("privilege_id", "!=", False)])
        ours = cls.env.ref("vip_care.privilege_vip_care")
        names = privileges.filtered(lambda g: g.privilege_id != ours).get_external_id()
        others = sorted(set(names.values()) - ADMINISTRATORS - {""})
        roles = {
            "till": [POS_USER],
            "till manager": [POS_MANAGER],
            "associate": [ASSOCIATE],
            "associate at the till": [ASSOCIATE, POS_USER],
            "associate, POS manager": [ASSOCIATE, POS_MANAGER],
            "manager elsewhere": ["vip_care.group_store_manager", POS_USER],
            "region elsewhere": ["vip_care.group_region_manager", POS_MANAGER],
            "associate, everything else": [ASSOCIATE, *others],
        }
        roles |= {f"associate, {group}": [ASSOCIATE, group] for group in others}
        return {name: cls._make_user(name, groups) for name, groups in roles.items()}

    @classmethod
    def _make_user(cls, name, groups):
        login = re.sub(r"\W+", "_", name)
        user = new_test_user(
            cls.env, login, ",".join(["base.group_user", *groups]), tz="Asia/Shanghai"
        )
        store = cls.env["vip.store"].create({"name": login, "code": login})
        store.manager_ids = user
        cls.env["hr.employee"].create(
            {"name": login, "user_id": user.id, "vip_store_id": store.id}
        )
        return user

    def _call(self, user, model, method, *args, **kwargs):
        """Call as JSON-RPC would; return what came back, or the error's text.

        Debug mode is on for every internal user, so errors tell as much as they can.
        """
        self.env.invalidate_all()
        records = self.env[model].with_user(user)
        try:
            with (
                self.env.cr.savepoint(flush=False),
                mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base"),
            ):
                result = call_kw(records, method, [*args], kwargs)
                raise Undone(repr(result) if not isinstance(result, str) else result)
        except Undone as done:
            self.env.clear()
            self.env.cr.cache.clear()
            return done.args[0]
        except Exception as error:
            self.env.clear()
            self.env.cr.cache.clear()
            return f"{type(error).__name__}: {error}"


class Undone(Exception):
    """Carries a result out of a savepoint that is rolled back."""
