import pytz

from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get

from ..tools.phone import PhoneError


class VipStore(models.Model):
    _name = "vip.store"
    _description = "Store"
    _order = "region_id, sequence, name"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Short code, unique: used in reports and import files."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean("On", default=True)
    region_id = fields.Many2one("vip.region", index="btree_not_null")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    manager_ids = fields.Many2many(
        "res.users",
        "vip_store_manager_rel",
        "store_id",
        "user_id",
        string="Store managers",
        domain=[("share", "=", False)],
    )
    specialist_id = fields.Many2one(
        "hr.employee",
        string="VIP specialist",
        help="Who looks after the store's member programme from day to day.",
    )
    pos_config_ids = fields.One2many(
        "pos.config", "vip_store_id", string="Registers", check_company=True
    )
    employee_ids = fields.One2many("hr.employee", "vip_store_id", string="Employees")
    country_id = fields.Many2one(
        "res.country",
        required=True,
        default=lambda self: self.env.company.country_id or self.env.ref("base.cn"),
        help="Decides how members' phone numbers are read.",
    )
    tz = fields.Selection(
        _tz_get,
        string="Time zone",
        required=True,
        default=lambda self: self._default_tz(),
        help="A day of this store begins and ends at midnight here.",
    )
    signature = fields.Char(
        translate=True, help="How the store signs a greeting to a member."
    )
    vip_reviewed_on = fields.Date(
        "Reviewed up to", readonly=True, copy=False, help="Last day of the review."
    )
    member_count = fields.Integer(compute="_compute_counts")
    employee_count = fields.Integer(compute="_compute_counts")

    _code_uniq = models.UniqueIndex("(code)", "Another store already has this code.")

    @api.model
    def _default_tz(self):
        company = self.env.company
        return (
            company.partner_id.tz
            or company.resource_calendar_id.tz
            or self.env.user.tz
            or "Asia/Shanghai"
        )

    @api.model_create_multi
    def create(self, vals_list):
        stores = super().create(vals_list)
        self.env["res.users"]._vip_forget_stores()
        return stores

    def write(self, vals):
        result = super().write(vals)
        if not {"manager_ids", "region_id"}.isdisjoint(vals):
            self.env["res.users"]._vip_forget_stores()
        return result

    def _compute_counts(self):
        members = dict(
            self.env["res.partner"]._read_group(
                [("vip_store_id", "in", self.ids), ("is_vip_member", "=", True)],
                ["vip_store_id"],
                ["__count"],
            )
        )
        employees = dict(
            self.env["hr.employee"]
            .sudo()  # associates may know how many colleagues there are
            ._read_group(
                [("vip_store_id", "in", self.ids)], ["vip_store_id"], ["__count"]
            )
        )
        for store in self:
            store.member_count = members.get(store, 0)
            store.employee_count = employees.get(store, 0)

    def action_view_members(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vip_care.res_partner_action_members"
        )
        action["domain"] = [
            ("is_vip_member", "=", True),
            ("vip_store_id", "=", self.id),
        ]
        return action

    def _vip_today(self):
        """Return the store's own date, now; without a store, the company's."""
        zone = pytz.timezone(self.tz or self._default_tz())
        now = fields.Datetime.now()
        return pytz.utc.localize(now).astimezone(zone).date()

    @api.model
    def _phone_error_text(self, error: PhoneError):
        """Return the sentence that tells a shop what to type instead."""
        texts = {
            "empty": self.env._("Type the member's mobile number."),
            "several": self.env._(
                "“%(raw)s” is more than one number. Type one mobile number, for"
                " example %(example)s.",
                raw=error.raw,
                example=error.example,
            ),
            "landline": self.env._(
                "“%(raw)s” is not a mobile number. Members are found and messaged by"
                " mobile number: type one, for example %(example)s.",
                raw=error.raw,
                example=error.example,
            ),
            "invalid": self.env._(
                "“%(raw)s” is not a phone number we can use. Type the whole mobile"
                " number, for example %(example)s; begin a foreign number with + and"
                " its country code.",
                raw=error.raw,
                example=error.example,
            ),
        }
        return texts[error.code]
