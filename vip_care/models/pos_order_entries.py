from math import isfinite

from odoo import fields, models
from odoo.tools import float_compare

from ..tools.ticket_points import PAYMENT_PROGRAMS

DIGITS = 4


class Entry:
    """What a till says about one card: points won less points spent."""

    def __init__(self, key, vals, asked):
        self.key = key
        self.vals = vals
        self.asked = asked
        self.card = self.program = None
        self.codes = []
        self.spent = self.booked = self.before = 0
        self.kind = False
        self.is_booked = True

    @property
    def is_payment(self):
        return self.program.program_type in PAYMENT_PROGRAMS

    def refuse(self, kind):
        self.kind = kind
        self.is_booked = False

    def book(self, points, kind=False):
        """Book `points`; of `kind`, if these are not what the till asked for."""
        if float_compare(points, self.asked, precision_digits=DIGITS) == 0:
            points = self.asked
        else:
            self.kind = kind
        self.booked = points
        if not (self.card or self.program.is_nominative or self.codes):
            # Odoo would make a card with nothing on it.
            self.is_booked = not self.kind or points > 0

    def values(self):
        """Return what Odoo books: its own keys, checked, and the till's others."""
        known = self.key > 0
        vals = self.vals | {
            "points": self.booked,
            "program_id": self.program.id,
            "coupon_id": known and self.key,
            "line_codes": self.codes,
        }
        if known:
            vals.pop("partner_id", None)  # Odoo would look for another card of hers
        return vals

    def rows(self, order):
        """Return what is to be listed about this entry, now that it is booked."""
        card = self.card or order.env["loyalty.card"]
        new = card.points if self.is_booked and card else self.booked
        kind = self.kind
        if not kind and card and self.booked < 0 and round(new, DIGITS) < 0:
            kind = "overdrawn"
        if not kind or (kind == "foreign" and not self.asked):
            return []
        refused = self.asked - (self.booked if self.is_booked else 0)
        return [
            {
                "kind": kind,
                "order_id": order.id,
                "card_id": card.id,
                "partner_id": (card.partner_id or order.partner_id).id,
                "program_id": self.program.id if self.program else False,
                "old": self.before,
                "new": new if self.is_booked else self.before,
                "refused": 0 if kind == "unreported" else refused,
            }
        ]


class PosOrder(models.Model):
    """Reading a till's entries: whose cards, which program, how many points."""

    _inherit = "pos.order"

    def _vip_entries(self, coupon_data):
        """Return the entries, each with its card and program or refused."""
        entries = [
            Entry(int(key), dict(vals), _number(vals.get("points")))
            for key, vals in coupon_data.items()
        ]
        all_cards = self.env["loyalty.card"].with_context(active_test=False)
        keys = [entry.key for entry in entries if entry.key > 0]
        cards = {c.id: c for c in all_cards.search_fetch([("id", "in", keys)])}
        programs = self.env["loyalty.program"].with_context(active_test=False)
        without = [entry for entry in entries if entry.key not in cards]
        known = programs.browse(
            {_id(entry.vals.get("program_id")) for entry in without} - {0}
        ).exists()
        coded = self._vip_cards_by_code(entries, known)
        for entry in entries:
            program_id = _id(entry.vals.get("program_id"))
            entry.card = cards.get(entry.key, all_cards)
            entry.program = entry.card.program_id or known.filtered(
                lambda program, program_id=program_id: program.id == program_id
            )
            self._vip_clean_values(entry)
            if not entry.card and entry.program.program_type == "gift_card":
                entry.card = coded.get(entry.vals["code"], all_cards)
        self._vip_use_own_cards(entries)
        for entry in entries:
            entry.before = entry.card.points
            if not self._vip_is_own(entry):
                entry.refuse("foreign")
        return entries

    def _vip_cards_by_code(self, entries, programs):
        """Return {code: card} for gift cards that exist already and are being sold."""
        gifts = programs.filtered(lambda program: program.program_type == "gift_card")
        codes = {
            _code(entry.vals)
            for entry in entries
            if entry.key < 0 and _id(entry.vals.get("program_id")) in gifts.ids
        } - {""}
        if not codes:
            return {}
        cards = self.env["loyalty.card"].with_context(active_test=False)
        return {card.code: card for card in cards.search([("code", "in", [*codes])])}

    def _vip_clean_values(self, entry):
        """Leave of the till's values what it may decide."""
        vals = entry.vals
        is_gift = entry.program.program_type == "gift_card"
        vals["code"] = _code(vals) if is_gift else ""
        vals["barcode"] = False
        vals["expiration_date"] = (
            _date(vals.get("expiration_date"))
            if is_gift
            else entry.program.program_type != "loyalty" and entry.program.date_to
        )
        if vals.get("partner_id") or entry.program.is_nominative:
            vals["partner_id"] = self.partner_id.id

    def _vip_use_own_cards(self, entries):
        """Book on the customer's own card where the till knew none, or an old one."""
        without = [
            entry
            for entry in entries
            if entry.program.is_nominative
            and not (entry.card and entry.card.active)
            and self.partner_id
        ]
        if not without:
            return
        own = self.env["loyalty.card"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("program_id", "in", [entry.program.id for entry in without]),
            ],
            order="id desc",
        )
        own = {card.program_id: card for card in own}  # the first, as Odoo takes it
        for entry in without:
            if card := own.get(entry.program):
                entry.card, entry.key = card, card.id

    def _vip_is_own(self, entry):
        """Tell whether this ticket may move the entry's card at all."""
        card, program = entry.card, entry.program
        if not program or (entry.key > 0 and not card):
            return False
        if card and card.program_id != program:
            return False
        own = card.partner_id == self.partner_id
        if program.is_nominative:
            return bool(self.partner_id) and (own or not card)
        return own or not card.partner_id or program.program_type == "gift_card"


def _number(value):
    number = float(value or 0)
    if not isfinite(number):
        raise ValueError(f"{value} points")
    return number


def _id(value):
    return value if isinstance(value, int) and value > 0 else 0


def _code(vals):
    return str(vals.get("code") or vals.get("barcode") or "")


def _date(value):
    try:
        return fields.Date.to_date(str(value)[:10]) if value else False
    except ValueError:
        return False
