"""From the cells of a row to what an import stages, with everything wrong in it.

No database: what cells name is looked up in the dictionaries of a `Lookup`, so that a
million rows ask no questions.
"""

import hashlib
from datetime import datetime, time, timezone

from .dates import parse_birthday, parse_date, parse_lunar_birthday, parse_moment
from .import_lookup import Row, Store
from .phone import PhoneError, phone_key
from .values import (
    CellError,
    parse_amount,
    parse_calendar,
    parse_code,
    parse_gender,
    parse_number,
    parse_source,
    parse_text,
)

TEXTS = {
    "email": "email",
    "street": "street",
    "city": "city",
    "salutation": "vip_salutation",
    "size_top": "vip_size_top",
    "size_bottom": "vip_size_bottom",
    "size_shoe": "vip_size_shoe",
    "work": "vip_work",
    "dress_taste": "vip_dress_taste",
    "pastimes": "vip_pastimes",
}
PHONE_CACHE = 300_000


class RowParser:
    """Parses rows of members and purchases."""

    def __init__(self, lookup):
        self.lookup = lookup
        self.phones = {}
        self.todays = {}

    def parse(self, kind, number, cells):
        """Return the staged Row for the cells of row `number`."""
        row = Row(kind=kind, row=number)
        row["store"] = self._store(row, cells)
        self._identity(row, cells)
        getattr(self, f"_{kind}")(row, cells)
        return row

    def _read(self, row, cells, column, parse, *args):
        value = cells.get(column)
        if value is None or value == "":
            return None
        try:
            return parse(value, *args)
        except CellError as error:
            row.add_problem(column, value, error.code, error.detail)
            return None

    def _store(self, row, cells):
        text = self._read(row, cells, "store", parse_code, 200)
        home = self.lookup.home
        if not text:
            return home
        found = self.lookup.stores.get(text.lower())
        if found:
            return found
        is_foreign = text.lower() in self.lookup.foreign_stores
        if is_foreign or not self.lookup.create_stores:
            row.add_problem("store", text, "store_foreign" if is_foreign else "store")
            return home
        store = Store(None, text, home.country, home.zone)
        self.lookup.stores[text.lower()] = store
        return store

    def _identity(self, row, cells):
        phone = self._read(row, cells, "phone", parse_code)
        row["phone"] = phone
        row["phone_key"] = phone and self._phone(row, "phone", phone)
        row["card"] = self._read(row, cells, "card", parse_code) or None
        if not (row["phone_key"] or row["card"] or row.problems):
            row.add_problem("phone", "", "nobody")

    def _phone(self, row, column, text):
        key = (text, row["store"].country)
        if key not in self.phones:
            if len(self.phones) >= PHONE_CACHE:
                self.phones.clear()
            try:
                self.phones[key] = phone_key(*key), None
            except PhoneError as error:
                self.phones[key] = None, (f"phone_{error.code}", error.example)
        found, problem = self.phones[key]
        if problem:
            row.add_problem(column, text, *problem)
        return found

    def _member(self, row, cells):
        vals = row["vals"] = {}
        vals["name"] = self._read(row, cells, "name", parse_text, 200)
        if not vals["name"] and not row.is_bad:
            row.add_problem("name", "", "name")
        if not row["store"].id and not row["store"].code and not row.is_bad:
            row.add_problem("store", "", "store_empty")
        for column, name in TEXTS.items():
            vals[name] = self._read(row, cells, column, parse_text, 500)
        vals["vip_gender"] = self._read(row, cells, "gender", parse_gender)
        vals["vip_enrolment_source"] = self._read(row, cells, "source", parse_source)
        vals["vip_enrolled_on"] = self._past_day(row, cells, "enrolled_on")
        self._birthday(row, cells, vals)
        self._tier(row, cells, vals)
        row["owner_id"] = self._employee(row, cells, "owner")
        referrer = self._read(row, cells, "referrer", parse_code)
        if referrer:
            row["referrer"] = self._referrer(row, referrer)
        row["vals"] = {name: value for name, value in vals.items() if value}

    def _past_day(self, row, cells, column):
        day = self._read(row, cells, column, parse_date)
        if day and day > self._today(row):
            row.add_problem(column, cells[column], "future")
        return day and day.isoformat()

    def _today(self, row):
        """Return the store's own date."""
        zone = row["store"].zone
        if zone not in self.todays:
            now = self.lookup.now.replace(tzinfo=timezone.utc)
            self.todays[zone] = now.astimezone(zone).date()
        return self.todays[zone]

    def _birthday(self, row, cells, vals):
        calendar = self._read(row, cells, "birthday_calendar", parse_calendar)
        if calendar == "lunar":
            found = self._read(row, cells, "birthday", parse_lunar_birthday)
            if found:
                vals["vip_birthday_calendar"] = "lunar"
                vals["vip_lunar_month"], vals["vip_lunar_day"] = found[:2]
                vals["vip_lunar_is_leap"] = found[2]
            return
        found = self._read(row, cells, "birthday", parse_birthday)
        if found and found[0] > self._today(row):
            row.add_problem("birthday", cells["birthday"], "future")
        elif found:
            vals["vip_birthday"] = found[0].isoformat()
            vals["vip_birthday_year_unknown"] = found[1]

    def _tier(self, row, cells, vals):
        text = self._read(row, cells, "tier", parse_text, 100)
        if text:
            tier_id = self.lookup.tiers.get(text.lower())
            if not tier_id:
                row.add_problem("tier", text, "tier")
            vals["vip_tier_id"] = tier_id
        until = self._read(row, cells, "tier_valid_until", parse_date)
        if until and text:
            vals["vip_tier_valid_until"] = until.isoformat()

    def _employee(self, row, cells, column, must_exist=True):
        text = self._read(row, cells, column, parse_text, 200)
        if not text:
            return None
        key = text.lower()
        employees = self.lookup.employees
        found = employees.get((row["store"].id, key)) or employees.get(key) or []
        has_left = must_exist and found and found[0] in self.lookup.gone
        if len(found) == 1 and not has_left:
            return found[0]
        code = "employee_several" if len(found) > 1 else "employee"
        code = "employee_left" if has_left else code
        if must_exist:
            row.add_problem(column, text, code)
        else:
            row.add_problem(column, text, f"{code}_left_empty", note=True)
        return None

    def _referrer(self, row, text):
        try:
            return {"phone": phone_key(text, row["store"].country), "raw": text}
        except PhoneError:
            return {"card": text, "raw": text}

    def _purchase(self, row, cells):
        row["ticket"] = self._read(row, cells, "ticket", parse_code, 100) or None
        moment = self._moment(row, cells)
        for column in ("amount", "margin"):
            row[column] = self._read(
                row, cells, column, parse_amount, self.lookup.places
            )
        for column in ("units", "points_earned", "points_spent"):
            row[column] = self._read(row, cells, column, parse_number)
        if row["amount"] is None and not row.is_bad:
            row.add_problem("amount", "", "amount_empty")
        row["owner_id"] = self._employee(row, cells, "owner", False)
        row["receiver_id"] = self._employee(row, cells, "receiver", False)
        if not row["ticket"] and not row.is_bad:
            row["ticket_hash"] = self._ticket_hash(row, moment)

    def _moment(self, row, cells):
        """Set the time of sale in UTC and the store's date; a date alone is noon."""
        moment = self._read(row, cells, "date", parse_moment)
        if not moment:
            if not row.is_bad:
                row.add_problem("date", "", "date_empty")
            return None
        zone, now = row["store"].zone, self.lookup.now
        is_day = not isinstance(moment, datetime)
        if is_day:
            local = datetime.combine(moment, time(12), zone)
        else:
            local = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        sale = local.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0)
        row["local_date"] = local.astimezone(zone).date()
        if row["local_date"] > self._today(row) or (sale > now and not is_day):
            row.add_problem("date", cells["date"], "future")
        row["date"] = min(sale, now)
        return moment

    def _ticket_hash(self, row, moment):
        """Return what is the same whenever this purchase is imported again."""
        parts = (
            row["phone_key"] or row["card"],
            row["store"].code.lower(),
            moment.isoformat(),
            row["amount"],
            row["units"],
        )
        text = "|".join(str(part) for part in parts)
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:20]


def plain(value):
    """Return dates and numbers as PostgreSQL reads them."""
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)
