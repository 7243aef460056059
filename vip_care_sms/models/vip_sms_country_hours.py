from functools import partial

import pytz

from odoo import api, models, tools

from odoo.addons.vip_care.tools.contact_hours import hours_on

from ..tools.opening_hours import (
    Clock,
    narrowed,
    next_common,
    read_hours,
    region_of,
    zones_of,
)


class VipSmsCountry(models.Model):
    """When a number may be texted."""

    _inherit = "vip.sms.country"

    @api.model
    def _next_opening(self, country, number, moment, preferred=None, zone=None):
        """Return the first moment from `moment` on at which `number` may be texted.

        As `_next_hours`; None if there is none.
        """
        hours = self._next_hours(country, number, moment, preferred, zone)
        return hours and hours[0]

    @api.model
    def _next_hours(self, country, number, moment, preferred=None, zone=None):
        """Return from when to when `number` may be texted, from `moment` on.

        All are naive and UTC; None if it may not within two weeks. `country` and
        `zone` are the store's (a zone not given is the country's first); there count
        `preferred` and the hours of contacts, in the country of her number those of
        that country. Where a number may be in several zones all of them have to agree.
        """
        zone = zone or self._zone_of(country)
        clocks = [Clock(zone, partial(self._hours_on, country, preferred))]
        own = self._country_of(number)
        clocks += [
            Clock(place, partial(self._hours_on, own or country, None))
            for place in zones_of(number) or [zone]
            if (own or country, place) != (country, zone)
        ]
        return next_common(clocks, moment)

    @api.model
    def _hours_on(self, country, preferred, day):
        """Return the spans of a day: those of contacts, narrowed by the country's."""
        spans = hours_on(country.code, preferred, day)
        row = self._of(country, day)
        return narrowed(spans, read_hours(row.hours)) if row else spans

    @api.model
    def _country_of(self, number):
        """Return the country of a number; none if it has none or is nobody's."""
        code = region_of(number)
        return self.env["res.country"].browse(self._ids_of_code(code) if code else ())

    @tools.ormcache("code")
    def _ids_of_code(self, code):
        return tuple(self.env["res.country"].search([("code", "=", code)], limit=1).ids)

    @api.model
    def _zone_of(self, country):
        zones = pytz.country_timezones.get(country.code or "", [])
        return zones[0] if zones else "UTC"
