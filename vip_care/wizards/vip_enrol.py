from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..models.res_partner_membership import ENROLMENT_SOURCES
from ..models.res_partner_profile import CALENDARS, GENDERS

# Fields of the wizard that go into the profile under the same name.
PROFILE = (
    "vip_salutation",
    "vip_gender",
    "vip_birthday_calendar",
    "vip_birthday",
    "vip_lunar_month",
    "vip_lunar_day",
    "vip_lunar_is_leap",
    "vip_size_top",
    "vip_size_bottom",
    "vip_size_shoe",
)


class VipEnrol(models.TransientModel):
    """Enrolment outside the till: a mobile number and a name are enough."""

    _name = "vip.enrol"
    _description = "Enrol a member"
    _rec_name = "phone"

    phone = fields.Char("Mobile number", required=True)
    name = fields.Char("Full name", compute="_compute_name", store=True, readonly=False)
    partner_id = fields.Many2one(
        "res.partner", "Contact", help="The contact who becomes a member."
    )
    store_id = fields.Many2one(
        "vip.store", "Home store", default=lambda self: self._default_store()
    )
    owner_id = fields.Many2one(
        "hr.employee", default=lambda self: self.env.user.employee_id
    )
    source = fields.Selection(ENROLMENT_SOURCES, default="store", required=True)
    referrer_phone = fields.Char("Referrer's number")
    vip_salutation = fields.Char("Likes to be called")
    vip_gender = fields.Selection(GENDERS, "Gender")
    vip_birthday_calendar = fields.Selection(
        CALENDARS, "Celebrates by", default="solar"
    )
    vip_birthday = fields.Date("Birthday")
    vip_lunar_month = fields.Integer("Lunar month")
    vip_lunar_day = fields.Integer("Lunar day")
    vip_lunar_is_leap = fields.Boolean("Leap month")
    vip_size_top = fields.Char("Tops")
    vip_size_bottom = fields.Char("Bottoms")
    vip_size_shoe = fields.Char("Shoes")
    tag_ids = fields.Many2many("vip.profile.tag", string="Profile tags")
    is_manager = fields.Boolean(compute="_compute_is_manager")
    phone_problem = fields.Char(compute="_compute_phone_check")
    known_text = fields.Char(compute="_compute_phone_check")
    is_known_member = fields.Boolean(compute="_compute_phone_check")
    can_open = fields.Boolean(compute="_compute_phone_check")

    @api.model
    def _default_store(self):
        """Return the user's own store, or the only one it can be."""
        own = self.env.user.sudo().employee_id.vip_store_id
        if own:
            return own
        stores = self.env["vip.store"].search([], limit=2)
        managed = self.env["vip.store"].search(
            [("manager_ids", "in", self.env.uid)], limit=2
        )
        return next((some for some in (managed, stores) if len(some) == 1), stores[:0])

    @api.depends_context("uid")
    def _compute_is_manager(self):
        self.is_manager = self.env.user.has_group("vip_care.group_store_manager")

    @api.depends("phone", "store_id", "partner_id")
    def _compute_phone_check(self):
        for wizard in self:
            wizard.phone_problem = wizard.known_text = False
            wizard.is_known_member = wizard.can_open = False
            if not wizard.phone:
                continue
            try:
                known = wizard._find_known()
            except ValidationError as error:
                wizard.phone_problem = error.args[0]
                continue
            wizard.is_known_member = known.is_vip_member and known.active
            wizard.known_text = wizard._say_known(known)
            wizard.can_open = wizard.is_known_member and wizard._may_open(known)

    @api.depends("phone", "store_id")
    def _compute_name(self):
        for wizard in self.filtered(lambda w: w.phone and not w.name):
            try:
                known = wizard._find_known()
            except ValidationError:
                continue
            if known and not known.is_vip_member and wizard._may_open(known):
                wizard.name = known.name

    def _find_known(self):
        """Return in sudo who has this number; raise ValidationError on a bad number."""
        partners = self.env["res.partner"].sudo()  # a colleague's member is found too
        key = partners._vip_read_phone(self.phone, self.store_id)
        return partners._vip_find_by_key(key, self.store_id.id)

    def _may_open(self, known):
        return known.sudo(self.env.su).has_access("read")

    def _say_known(self, known):
        """Say who has this number already, or nothing."""
        if not known or known == self.partner_id and not known.is_vip_member:
            return False
        if not known.is_vip_member:
            return self._may_open(known) and self.env._(
                "The contact %(name)s has this number and becomes the member.",
                name=known.display_name,
            )
        return known._vip_say_member()

    def action_enrol(self):
        """Enrol and open the member; say whose she is if she is a colleague's."""
        member = self._enrol()
        if not member.has_access("read"):
            raise UserError(self.known_text)
        return member.action_vip_open_member()

    def action_enrol_next(self):
        """Enrol and offer an empty form for the next one, at the same place."""
        member = self._enrol()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vip_care.vip_enrol_action"
        )
        action["context"] = {
            "default_store_id": self.store_id.id,
            "default_owner_id": self.owner_id.id,
            "default_source": self.source,
        }
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(name)s is a member now. Card number %(card)s.",
                    name=member.name,
                    card=member.vip_card_number,
                ),
                "next": action,
            },
        }

    def action_open_known(self):
        """Open the member who has this number already."""
        known = self._find_known().sudo(self.env.su)
        known.check_access("read")
        return known.action_vip_open_member()

    def action_ask_take_over(self):
        """Ask for the member who has this number, whom the user may not read."""
        known = self._find_known()
        return self.env["res.partner"].browse(known.id).action_vip_take_over()

    def _enrol(self):
        self.ensure_one()
        return self.env["res.partner"].vip_enrol(self._prepare_enrolment())

    def _prepare_enrolment(self):
        is_manager = self.env.su or self.is_manager
        owner = self.owner_id if is_manager else self.env.user.employee_id
        values = {name: self[name] for name in PROFILE if self[name]}
        if values.get("vip_birthday_calendar") != "lunar":
            for name in ("vip_lunar_month", "vip_lunar_day", "vip_lunar_is_leap"):
                values.pop(name, None)
        values |= {
            "phone": self.phone,
            "name": self.name,
            "partner_id": self.partner_id.id,
            "vip_store_id": self.store_id.id,
            "vip_owner_id": owner.id,
            "vip_enrolment_source": self.source,
        }
        if self.source == "referral" and self.referrer_phone:
            values["referrer_phone"] = self.referrer_phone
        if self.tag_ids:
            values["vip_tag_ids"] = [fields.Command.set(self.tag_ids.ids)]
        return values
