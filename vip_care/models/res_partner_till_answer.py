import re
from datetime import timedelta

import psycopg2

from odoo import api, models, tools
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import mute_logger

from ..tools.birthdays import read_birthday
from ..tools.phone import clean_number
from ..tools.values import CellError
from .res_partner_till_question import ASKED, LISTS, TEXTS
from .vip_profile_field import PROFILE_KEYS

INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]")


class ResPartner(models.Model):
    """What a member answers at the till fills what is empty, and overwrites nothing."""

    _inherit = "res.partner"

    @api.model
    def vip_till_answer(self, partner_id, config_id, key, value):
        """Write the answer to the card's question; return the card anew.

        For whoever may be told about her, with the same count of lookups. Raises
        UserError with what to type instead; so it does when the detail is known by now,
        in the same words whatever is known. The log names the detail, not the answer.
        """
        config = self._vip_till_config(config_id)
        member, own = self._vip_till_choose(partner_id, config)
        if not isinstance(key, str) or key not in ASKED:
            raise UserError(self.env._("This is not asked at the till."))
        label = member._vip_question_label(key)
        if any(member[name] for name in PROFILE_KEYS[key][1]):
            raise UserError(
                self.env._(
                    "%(detail)s: known by now. Nothing was changed.", detail=label
                )
            )
        member._vip_write_answer(member._vip_read_answer(key, value, config))
        log = self.env["vip.access.log"]
        log._log("answer", partner_id=member.id, details=label)
        return member._vip_till_card(config, own)

    def _vip_write_answer(self, vals):
        """Write `vals` to her in sudo: who serves her need not see her."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.write(vals)
                self.flush_recordset()
        except psycopg2.errors.UniqueViolation as error:
            # Another till took this number a moment ago: the next transaction sees it.
            raise ConcurrencyError(str(error)) from error

    def _vip_read_answer(self, key, value, config):
        """Return the values to write for `value`; raise what to type instead."""
        if key in LISTS:
            return {LISTS[key]: self._vip_read_option(LISTS[key], value)}
        if key in TEXTS:
            return self._vip_read_text(key, value)
        return getattr(self, f"_vip_read_{key}_answer")(value, config)

    def _vip_read_option(self, name, value):
        if isinstance(value, str) and value in dict(self._vip_options(name)):
            return value
        raise UserError(self.env._("Choose one from the list."))

    def _vip_read_text(self, key, value):
        name, length = TEXTS[key]
        text = INVISIBLE.sub("", value) if isinstance(value, str) else ""
        text = re.sub(r"[ \t\xa0\u3000]+", " ", text).strip()
        if not text:
            raise UserError(self.env._("Type what she said."))
        if len(text) > length:
            raise UserError(
                self.env._(
                    "That is too long: type at most %(count)s characters.", count=length
                )
            )
        if key == "email" and not tools.single_email_re.fullmatch(text):
            raise UserError(
                self.env._("Type one email address, for example name@example.com.")
            )
        return {name: text}

    def _vip_read_hours_answer(self, value, config):
        days, _bar, hours = str(value or "").partition("|")
        return {
            "vip_preferred_days": self._vip_read_option("vip_preferred_days", days),
            "vip_preferred_hours": self._vip_read_option("vip_preferred_hours", hours),
        }

    def _vip_read_birthday_answer(self, value, config):
        try:
            told = read_birthday(value)
        except CellError as error:
            raise UserError(
                self.env._(
                    "This is no birthday we can read. Type year, month and day like"
                    " 1990-05-01, 05-01 without the year, or lunar 08-15."
                )
            ) from error
        today = config.vip_store_id.sudo()._vip_today()
        if told["date"] and told["date"] > today - timedelta(days=1):
            raise UserError(self.env._("A birthday cannot lie in the future."))
        vals = {"vip_birthday_calendar": told["calendar"]}
        if told["date"]:
            vals["vip_birthday"] = told["date"]
            vals["vip_birthday_year_unknown"] = not told["year_known"]
        if told["calendar"] == "lunar":
            vals["vip_lunar_month"] = told["month"]
            vals["vip_lunar_day"] = told["day"]
            vals["vip_lunar_is_leap"] = told["leap"]
        return vals

    def _vip_read_phone_answer(self, value, config):
        """Return her number; refuse, and count as a lookup, one somebody else has."""
        text = clean_number(value) if isinstance(value, str) else ""
        store = self.vip_store_id or config.vip_store_id.sudo()
        key = self._vip_read_phone(text[:40], store)
        taken = self.with_context(active_test=False).search(
            [("vip_phone_key", "=", key), ("id", "!=", self.id)], limit=1
        )
        if taken:
            self._vip_count_number(key, config, count=1)
            raise UserError(
                self.env._(
                    "This number cannot be hers: it is somebody else's in our books."
                    " Type another one, or ask your manager."
                )
            )
        return {"phone": text}
