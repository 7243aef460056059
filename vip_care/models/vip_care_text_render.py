from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ..tools.addressing import address, fill
from ..tools.message_guard import check
from ..tools.text_choice import Wanted
from ..tools.text_words import bank_language, team, text_digest


class Addressee(NamedTuple):
    """A contact and everybody its words name, as `_query_addressees` reads them."""

    task_id: int
    partner_id: int
    trigger: str
    kind: str
    tone: str
    occasion_id: int
    event_id: int
    day: object
    due_date: object
    company_id: int
    name: str
    salutation: str
    gender: str
    lang: str
    mourning_until: object
    store_names: dict
    signatures: dict
    country_id: int
    store_id: int
    associate: str
    company_name: str
    company_lang: str


class Names(NamedTuple):
    """Whom a message names, in its language."""

    lang: str
    name: str
    honorific: str
    store: str
    associate: str


class VipCareText(models.Model):
    """From a text to the words one member gets."""

    _inherit = "vip.care.text"

    def _addressees(self, tasks):
        """Return {task id: Addressee}, in one query for any number of tasks."""
        self.env.flush_all()
        rows = self.env.execute_query(self._query_addressees(tasks.ids))
        return {row[0]: Addressee(*row) for row in rows}

    def _query_addressees(self, task_ids):
        """Return SQL with the columns of `Addressee`.

        SQL: the nightly plan asks for tens of thousands; the ORM would read each of
        six models a thousand records at a time.
        """
        return SQL(
            """
            SELECT k.id, k.partner_id, k.trigger, k.text_kind, k.tone,
                   COALESCE(k.occasion_id, 0), COALESCE(k.event_id, 0),
                   COALESCE(k.event_date, k.due_date), k.due_date, k.company_id,
                   m.name, m.vip_salutation, m.vip_gender, m.lang,
                   m.vip_mourning_until, s.name, s.signature,
                   COALESCE(s.country_id, own.country_id), COALESCE(s.id, 0),
                   COALESCE(owner.name, specialist.name), c.name, own.lang
              FROM vip_care_task k
              JOIN res_partner m ON m.id = k.partner_id
              JOIN res_company c ON c.id = k.company_id
              JOIN res_partner own ON own.id = c.partner_id
              LEFT JOIN vip_store s ON s.id = k.store_id
              LEFT JOIN hr_employee owner ON owner.id = k.owner_id AND owner.active
              LEFT JOIN hr_employee specialist
                     ON specialist.id = s.specialist_id AND specialist.active
             WHERE k.id = ANY(%s)
             ORDER BY k.due_date, k.partner_id, k.id
            """,
            task_ids,
        )

    def _bank_langs(self):
        """Return {company id, 0 for all companies: languages with approved texts}."""
        langs = {}
        rows = self._read_group(
            [("state", "=", "approved")], ["company_id", "lang"], []
        )
        for company, lang in rows:
            langs.setdefault(company.id or 0, set()).add(lang)
        return langs

    def _names(self, who, langs):
        """Return the Names in `who`'s message."""
        bank = langs.get(0, set()) | langs.get(who.company_id, set())
        lang = bank_language((who.lang, who.company_lang), bank)
        lang = lang or who.lang or who.company_lang or "en_US"
        name, honorific = address(
            lang, who.name or "", who.salutation or "", who.gender or ""
        )
        store = _in_lang(who.signatures, lang) or _in_lang(who.store_names, lang)
        store = store or who.company_name
        return Names(lang, name, honorific, store, who.associate or team(lang))

    def _wanted(self, who, names, quiet_days):
        """Return what the contact needs; quiet for mourners and on solemn days."""
        is_quiet = (
            who.tone != "cheerful"
            or bool(who.mourning_until and who.mourning_until >= who.due_date)
            or who.due_date in quiet_days.get((who.country_id, who.store_id), ())
        )
        return Wanted(
            who.partner_id,
            who.trigger,
            who.kind,
            who.occasion_id,
            who.day,
            names.lang,
            is_quiet,
            who.company_id,
        )

    def _quiet_days(self, addressees):
        """Return {(country id, store id): solemn days} of when these are due."""
        due = {}
        for who in addressees:
            place = who.country_id, who.store_id
            due.setdefault(place, set()).add(who.due_date)
        countries, stores = self.env["res.country"], self.env["vip.store"]
        solemn = self.env["vip.occasion"]._solemn_days
        return {
            (country_id, store_id): solemn(
                countries.browse(country_id),
                min(days),
                max(days),
                store=stores.browse(store_id or []),
            )
            for (country_id, store_id), days in due.items()
            if country_id
        }

    def _render(self, task, text):
        """Return `text` as the member of `task` would read it."""
        [who] = self._addressees(task).values()
        return _filled(text.body, self._names(who, {0: {text.lang}}))


def _in_lang(names, lang):
    """Return a translated column's value: in the language, else as first written."""
    return (names or {}).get(lang) or (names or {}).get("en_US") or ""


def _filled(body, names):
    return fill(
        body,
        lang=names.lang,
        name=names.name,
        honorific=names.honorific,
        store=names.store,
        associate=names.associate,
    )


def body_digest(body, names):
    """Return the digest of a rendered body without whom it names."""
    return text_digest(body, names[1:])


class Reader:
    """The message guard over rendered bodies; alike ones are read once.

    The guard blanks names it is told, so that a text, signed by the same two, reads the
    same for each member; not a name of one character, which it cannot tell from a word.
    """

    def __init__(self):
        self.read = {}

    def may_go(self, key, kind, body, names):
        """Return whether `body` may go; `key` names the words without the names."""
        key = (key, kind, names.lang, names.store, names.associate, names.honorific)
        if len(names.name) < 2:
            return not self._check(kind, body, names)
        if key not in self.read:
            self.read[key] = not self._check(kind, body, names)
        return self.read[key]

    @staticmethod
    def _check(kind, body, names):
        return check(
            body,
            kind,
            store=names.store,
            associate=names.associate,
            placeholders=False,
            names=(names.name,),
        )
