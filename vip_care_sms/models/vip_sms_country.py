import pytz

from odoo import api, fields, models

from odoo.addons.vip_care.tools.contact_hours import next_opening


class VipSmsCountry(models.Model):
    """What a country asks of text messages, from a day on; the latest row counts."""

    _name = "vip.sms.country"
    _description = "Country's rules for text messages"
    _order = "country_id, valid_from desc"

    country_id = fields.Many2one("res.country", required=True)
    valid_from = fields.Date(required=True)
    hours = fields.Char(required=True, help="As 09:00-12:30, 13:30-21:00; local time.")
    needs_signature = fields.Boolean()
    refusal_ending = fields.Char(translate=False)
    confirms_refusal = fields.Boolean()
    forbidden = fields.Text("Forbidden subjects", help="One a line.")
    source = fields.Text(required=True)

    _country_uniq = models.UniqueIndex("(country_id, valid_from)")

    @api.model
    def _compose(self, body, gateway, country, purpose, day):
        return body

    @api.model
    def _check(self, text, country, purpose, day):
        return []

    @api.model
    def _next_opening(self, country, number, moment, preferred):
        zone = pytz.timezone("Asia/Shanghai")
        local = pytz.utc.localize(moment).astimezone(zone).replace(tzinfo=None)
        opening = next_opening(country.code, preferred, local)
        return zone.localize(opening).astimezone(pytz.utc).replace(tzinfo=None)
