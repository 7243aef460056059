from odoo import fields, models

from .res_partner_profile import CALENDARS, GENDERS


class VipRelation(models.Model):
    """Family and friends of a member: whom she buys for and with whom she comes."""

    _name = "vip.relation"
    _description = "Family or friend"
    _order = "kind, id"

    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("spouse", "Spouse"),
            ("child", "Child"),
            ("parent", "Parent"),
            ("sibling", "Brother or sister"),
            ("friend", "Friend"),
            ("colleague", "Colleague"),
            ("other", "Other"),
        ],
        required=True,
        default="friend",
    )
    name = fields.Char("Full name", required=True)
    related_partner_id = fields.Many2one(
        "res.partner",
        "Is the member",
        domain=[("is_vip_member", "=", True)],
        index="btree_not_null",
        ondelete="set null",
    )
    gender = fields.Selection(GENDERS)
    birthday_calendar = fields.Selection(CALENDARS, default="solar")
    birthday_month = fields.Integer(aggregator=None)
    birthday_day = fields.Integer(aggregator=None)
    birthday_is_leap_month = fields.Boolean("Leap month")
    birthday_year = fields.Integer(aggregator=None, help="Empty if unknown.")
    size_top = fields.Char("Size, tops")
    size_bottom = fields.Char("Size, bottoms")
    size_shoe = fields.Char("Size, shoes")
    note = fields.Char()

    # `vip.care.rule._query_family_birthday`
    _birthday_idx = models.Index(
        "(birthday_month, birthday_day) WHERE birthday_month > 0"
    )
    _birthday_check = models.Constraint(
        """CHECK (COALESCE(birthday_month, 0) BETWEEN 0 AND 12
              AND COALESCE(birthday_day, 0) BETWEEN 0 AND 31)""",
        "A birthday has a month from 1 to 12 and a day from 1 to 31.",
    )

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load)
        # This is the member's own story: whoever reads it has read her.
        self.env["vip.access.view"]._count(self.partner_id)
        return result
