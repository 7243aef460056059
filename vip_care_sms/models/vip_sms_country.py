from odoo import fields, models


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
