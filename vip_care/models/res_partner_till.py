from odoo import api, models
from odoo.exceptions import UserError

from ..tools.masking import mask_name
from .fence import fenced

# What the register keeps of a member: what it takes to book a sale and a receipt.
TILL_FIELDS = {
    "id",
    "name",
    "lang",
    "write_date",
    "is_company",
    "property_product_pricelist",
    "fiscal_position_id",
    "property_account_receivable_id",
}
EMPTY = {"one2many": [], "many2many": []}
# Says that there is an address without saying which: delivery asks for one.
HIDDEN = "•••"


class ResPartner(models.Model):
    """Members on the tills: masked for everybody, also for their own associate.

    A register keeps the contacts it has loaded in the browser, for days and for whoever
    sits down next.
    """

    _inherit = "res.partner"

    @api.model
    def _load_pos_data_read(self, records, config):
        """Return the rows a register loads; members are not even read in full."""
        if not records:
            return super()._load_pos_data_read(records, config)
        masked = None
        with fenced(self.env, "Members could not be masked: loaded without details"):
            masked = self._vip_masked_rows(records, config)
        if masked is None:
            rows = super()._load_pos_data_read(records, config)
            return [self._vip_blank_row(row) for row in rows]
        others = records.filtered(lambda partner: partner.id not in masked)
        rows = super()._load_pos_data_read(others, config)
        by_id = {row["id"]: row for row in rows} | masked
        return [by_id[id_] for id_ in records.ids if id_ in by_id]

    @api.model
    def _load_pos_data_search_read(self, data, config):
        """Load the customers of open tickets, too, who are not the user's own members.

        A ticket saved by a till that does not know its customer would lose her.
        """
        rows = super()._load_pos_data_search_read(data, config)
        loaded = {row["id"] for row in rows}
        customers = {order["partner_id"] for order in data.get("pos.order", ())}
        missing = [id_ for id_ in customers - loaded if id_]
        if not missing:
            return rows
        with fenced(self.env, "Customers of open tickets could not be loaded"):
            return rows + self._vip_ticket_rows(missing, config)
        return rows + [self._vip_unknown_row(id_, config) for id_ in missing]

    @api.model
    def vip_till_members(self, ids, config_id):
        """Return which of these contacts are members: the till masks what it kept."""
        self._vip_till_config(config_id)
        return self._vip_till_browse(ids)._vip_members().ids

    @api.model
    def vip_till_customers(self, ids, config_id):
        """Return the register's records of these contacts, members masked.

        Of members the user may not read only the customers of tickets come: of this
        register, those it trusts and those of its store, as far as she may read them.
        """
        config = self._vip_till_config(config_id)
        partners = self._vip_till_browse(ids)
        rows = self._load_pos_data_read(partners, config)
        loaded = {row["id"] for row in rows}
        missing = [id_ for id_ in partners.ids if id_ not in loaded]
        return rows + self._vip_ticket_rows(missing, config)

    @api.model
    def _vip_till_browse(self, ids):
        """Return the contacts a till names by `ids`, as far as they exist."""
        if not isinstance(ids, list) or not all(type(id_) is int for id_ in ids):
            raise UserError(
                self.env._(
                    "The till asked for customers it cannot name. Reload the till."
                )
            )
        return self.browse(dict.fromkeys(ids)).exists()

    def _vip_members(self):
        """Return the members among these, and the contacts under them, as superuser."""
        partners = self.sudo()  # whom a seller may not read is masked all the more
        return partners.filtered(lambda p: p.is_vip_member or p.vip_is_guarded)

    @api.model
    def _vip_masked_rows(self, records, config):
        """Return the masked rows of the members the user may read, by id."""
        members = records._filtered_access("read")._vip_members()
        return {row["id"]: row for row in members._vip_till_rows(config)}

    def _vip_till_rows(self, config):
        """Return these members as a register keeps them."""
        if not self:
            return []
        names = self._load_pos_data_fields(config)
        members = self.sudo().with_company(config.company_id)  # masked for all alike
        kept = [name for name in names if name in self._vip_till_fields()]
        blank = self._vip_blank_row(dict.fromkeys(names))
        ships = config.ship_later or config.use_presets
        return [
            blank
            | row
            | (member._vip_till_address() if ships else {})
            | member._vip_till_badge()
            for member, row in zip(members, members.read(kept, load=False), strict=True)
        ]

    @api.model
    def _vip_till_fields(self):
        """Return the fields of a member a register may keep; override to add some."""
        return TILL_FIELDS

    @api.model
    def _vip_blank_row(self, row):
        """Return `row` without anything personal but the name."""
        kept = self._vip_till_fields()
        return {
            name: value
            if name in kept
            else EMPTY.get(name in self._fields and self._fields[name].type, False)
            for name, value in row.items()
        }

    def _vip_till_address(self):
        """Return that she has an address: the register asks before it delivers."""
        if not (self.street and self.city and self.country_id):
            return {}
        return {"street": HIDDEN, "city": HIDDEN, "country_id": self.country_id.id}

    def _vip_till_badge(self):
        """Return what the till's lines say of a member."""
        return {
            "phone": self.vip_phone_masked or False,
            "vip_member": True,
            "vip_tier": self.vip_tier_id.name or False,
            "vip_owner": self.vip_owner_id.name or False,
        }

    @api.model
    def _vip_ticket_rows(self, ids, config):
        """Return the masked records of those of `ids` who are customers of tickets."""
        members = self.browse(ids)._vip_members()
        states = self._vip_ticket_states(members, config)
        rows = members.filtered(lambda m: m.id in states)._vip_till_rows(config)
        # A paid ticket cannot be made up unnoticed. An open one can, with anybody as
        # its customer: to see her name counts as looking her up.
        opened = {id_ for id_, found in states.items() if found <= {"draft", "cancel"}}
        unnamed = opened - self.env["vip.access.log"]._vip_name_quota(opened, config)
        return [
            row | {"name": mask_name(row["name"])} if row["id"] in unnamed else row
            for row in rows
        ]

    @api.model
    def _vip_ticket_states(self, members, config):
        """Return the states of the tickets of `members` this till works with."""
        if not members:
            return {}
        configs = config | config.trusted_config_ids
        if config.vip_store_id:
            configs |= config.search([("vip_store_id", "=", config.vip_store_id.id)])
        groups = self.env["pos.order"]._read_group(
            [("partner_id", "in", members.ids), ("config_id", "in", configs.ids)],
            ["partner_id"],
            ["state:array_agg"],
        )
        return {partner.id: set(states) for partner, states in groups}

    @api.model
    def _vip_unknown_row(self, partner_id, config):
        """Return a record that keeps a ticket's customer when all else has failed."""
        blank = self._vip_blank_row(dict.fromkeys(self._load_pos_data_fields(config)))
        name = self.env._("Customer no. %(number)s", number=partner_id)
        return blank | {"id": partner_id, "name": name, "vip_member": True}

    def _vip_after_enrolment(self):
        """From now on tickets hold no copy of her number or address."""
        result = super()._vip_after_enrolment()
        self.env["pos.order"]._vip_wipe_contacts(self.ids)
        return result
