from datetime import timedelta

import babel.dates
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL, get_lang
from odoo.tools.misc import babel_locale_parse


def time_ago(env, day, today):
    """Return how long ago `day` was in the reader's language: "4 months ago"."""
    if day == today:
        return env._("today")
    # Only full calendar units count: a purchase of 20 months ago is not two years old.
    age = relativedelta(today, day)
    months = 12 * age.years + age.months
    if age.years >= 2:
        delta = timedelta(days=365 * age.years)
    elif months >= 2:
        delta = timedelta(days=30 * months)
    else:
        days = (today - day).days
        delta = timedelta(days=days if days < 14 else days // 7 * 7)
    return babel.dates.format_timedelta(
        -delta,
        granularity="day",
        threshold=2,
        add_direction=True,
        locale=babel_locale_parse(get_lang(env).code),
    )


class ResPartner(models.Model):
    """What the member's screens show besides her own fields, and their buttons."""

    _inherit = "res.partner"

    vip_last_purchase_ago = fields.Char(
        "Last bought", compute="_compute_vip_last_purchase_ago"
    )
    vip_tier_color = fields.Integer(related="vip_tier_id.color", string="Tier colour")
    vip_is_owned = fields.Boolean(compute="_compute_vip_is_owned")
    vip_purchase_count = fields.Integer(
        "Number of purchases",
        compute="_compute_vip_counts",
    )
    vip_referred_count = fields.Integer(
        "Number of members she referred",
        compute="_compute_vip_counts",
    )
    # Screens cannot filter by parts of a date themselves.
    vip_is_birthday_month = fields.Boolean(
        "Birthday this month", store=False, search="_search_vip_is_birthday_month"
    )
    vip_is_birthday_soon = fields.Boolean(
        "Birthday within 30 days", store=False, search="_search_vip_is_birthday_soon"
    )

    # The list of members begins with who bought last.
    _vip_last_purchase_idx = models.Index(
        "(vip_last_purchase_date DESC NULLS LAST, id DESC) WHERE is_vip_member"
    )

    @api.depends("vip_last_purchase_date")
    @api.depends_context("lang", "tz")
    def _compute_vip_last_purchase_ago(self):
        today = fields.Date.context_today(self)
        for partner in self:
            day = partner.vip_last_purchase_date
            partner.vip_last_purchase_ago = day and time_ago(
                self.env, min(day, today), today
            )

    def _compute_vip_is_owned(self):
        """Whether the owner on record is fixed, whatever is being typed."""
        for partner in self:
            partner.vip_is_owned = bool(partner._origin.vip_owner_id)

    @api.depends("vip_purchase_ids", "vip_referred_ids")
    def _compute_vip_counts(self):
        purchases = {}
        if self.env["vip.purchase"].has_access("read"):
            purchases = dict(
                self.env["vip.purchase"]._read_group(
                    [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
                )
            )
        referred = dict(
            self._read_group(
                [("vip_referrer_id", "in", self.ids)], ["vip_referrer_id"], ["__count"]
            )
        )
        for partner in self:
            partner.vip_purchase_count = purchases.get(partner._origin, 0)
            partner.vip_referred_count = referred.get(partner._origin, 0)

    def _search_vip_is_birthday_month(self, operator, value):
        """Find who celebrates by the sun this month."""
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        month = fields.Date.context_today(self).month
        return fields.Domain("vip_birthday.month_number", "=", month) & fields.Domain(
            "vip_birthday_calendar", "!=", "lunar"
        )

    def _search_vip_is_birthday_soon(self, operator, value):
        """Find who celebrates by the sun within the 30 days from today."""
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        today = fields.Date.context_today(self)
        days = [fields.Date.add(today, days=ahead) for ahead in range(31)]
        months = fields.Domain.OR(
            fields.Domain("vip_birthday.month_number", "=", month)
            & fields.Domain(
                "vip_birthday.day_of_month",
                "in",
                [day.day for day in days if day.month == month],
            )
            for month in {day.month for day in days}
        )
        return months & fields.Domain("vip_birthday_calendar", "!=", "lunar")

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Latest purchase first means: who never bought comes last."""
        if field_name == "vip_last_purchase_date" and direction.code == "DESC":
            nulls = nulls or SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    def action_vip_open_member(self):
        """Open the member's own form."""
        self.ensure_one()
        form = self.env.ref("vip_care.res_partner_view_form_member")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "res.partner",
            "res_id": self.id,
            "views": [(form.id, "form")],
        }

    def action_vip_view_purchases(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Purchases of %(member)s", member=self.name),
            "res_model": "vip.purchase",
            "view_mode": "list,pivot,graph,form",
            "domain": [("partner_id", "=", self.id)],
        }

    def action_vip_view_points(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Points of %(member)s", member=self.name),
            "res_model": "loyalty.card",
            "view_mode": "list,form",
            "domain": [
                ("partner_id", "=", self.id),
                ("program_id.program_type", "=", "loyalty"),
            ],
            "context": {"create": False},
        }

    def action_vip_view_referred(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vip_care.res_partner_action_members"
        )
        action["display_name"] = self.env._("Referred by %(member)s", member=self.name)
        action["domain"] = [("vip_referrer_id", "=", self.id)]
        return action

    def action_vip_view_standing_changes(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("History of %(member)s", member=self.name),
            "res_model": "vip.standing.change",
            "view_mode": "list,kanban",
            "mobile_view_mode": "kanban",
            "views": [
                (
                    self.env.ref(f"vip_care.vip_standing_change_view_{kind}_member").id,
                    kind,
                )
                for kind in ("list", "kanban")
            ],
            "domain": [("partner_id", "=", self.id)],
        }

    def action_vip_take_over(self):
        """Ask to become the owner; the member may be one the user cannot read."""
        return self._vip_ask("take_over")

    def action_vip_give_up(self):
        """Ask to be relieved of members of one's own."""
        return self._vip_ask("give_up")

    def _vip_ask(self, way):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"vip_care.vip_transfer_ask_action_{way}"
        )
        return action | {
            "context": {
                "default_way": way,
                "default_partner_keys": ",".join(map(str, self.ids)),
            }
        }
