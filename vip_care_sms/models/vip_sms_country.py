from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..tools.opening_hours import read_hours


class VipSmsCountry(models.Model):
    """What a country asks of text messages, from a day on; the latest row counts.

    A row without country is for every other one. Rows of the past stay: they say by
    which rule a message was sent.
    """

    _name = "vip.sms.country"
    _description = "Country's rules for text messages"
    _order = "country_id, valid_from desc"

    country_id = fields.Many2one(
        "res.country", ondelete="cascade", help="Empty: every country without a row."
    )
    valid_from = fields.Date("Valid from", required=True)
    hours = fields.Char(
        required=True,
        help="As 09:00-12:30, 13:30-21:00, by the clock where she and her store are."
        " It narrows the hours of contacts, it never widens them.",
    )
    needs_signature = fields.Boolean("Names the sender")
    is_bracketed = fields.Boolean(
        "Signature always in 【】",
        help="Else Latin words begin with the name and a colon: brackets would make"
        " them twice as dear.",
    )
    refusal_ending = fields.Char(
        "How to refuse", help="The end of every text that is no service."
    )
    refusal_ending_latin = fields.Char(
        "How to refuse, after Latin words", help="Empty: the same."
    )
    confirms_refusal = fields.Boolean("Confirms a refusal")
    forbidden = fields.Text("Forbidden subjects", help="One a line.")
    forbidden_characters = fields.Char("Forbidden characters")
    allows_emoji = fields.Boolean("Emoji allowed", default=True)
    is_simplified_only = fields.Boolean("Simplified characters only")
    source = fields.Text(required=True, help="Whose rule it is, and since when.")

    _country_uniq = models.UniqueIndex(
        "(COALESCE(country_id, 0), valid_from)",
        "This country has rules from this day on already.",
    )

    @api.depends("country_id", "valid_from")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._(
                "%(country)s from %(day)s",
                country=row.country_id.name or self.env._("Other countries"),
                day=tools.format_date(self.env, row.valid_from),
            )

    @api.constrains("hours")
    def _check_hours(self):
        for row in self:
            try:
                read_hours(row.hours)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "“%(hours)s” is not clear. Write hours as 09:00-12:30,"
                        " 13:30-21:00: each from earlier to later, none twice.",
                        hours=row.hours,
                    )
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        self.env.registry.clear_cache()
        return rows

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _of(self, country, day):
        """Return the row of `country` on `day`, else that of every other country.

        In sudo: the rules of a country are no secret. Empty if nobody wrote any: then
        the hours of contacts alone count.
        """
        day = day or fields.Date.context_today(self)
        return self.sudo().browse(self._id_of(country.id or 0, day))

    @tools.ormcache("country_id", "day")
    def _id_of(self, country_id, day):
        rows = self.sudo()  # as above
        since = [("valid_from", "<=", day)]
        latest = {"order": "valid_from DESC", "limit": 1}
        own = rows.search([("country_id", "=", country_id), *since], **latest)
        if not own:
            own = rows.search([("country_id", "=", False), *since], **latest)
        return tuple(own.ids)
