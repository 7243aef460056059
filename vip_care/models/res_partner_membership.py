import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.phone import PhoneError, clean_number, mask_number, phone_key, plain_digits

ENROLMENT_SOURCES = [
    ("store", "Store"),
    ("event", "Event"),
    ("referral", "Referral"),
    ("partner", "Partner"),
    ("online", "Online"),
    ("import", "Import"),
]
MEMBERSHIP = {"copy": False, "prefetch": "vip_membership"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_vip_member = fields.Boolean("VIP member", index=False, copy=False)
    vip_card_number = fields.Char("Card number", **MEMBERSHIP)
    vip_enrolled_on = fields.Date("Member since", **MEMBERSHIP)
    vip_enrolment_source = fields.Selection(ENROLMENT_SOURCES, "Source", **MEMBERSHIP)
    vip_enrolment_store_id = fields.Many2one(
        "vip.store", "Enrolled at", ondelete="restrict", **MEMBERSHIP
    )
    vip_enrolled_by_id = fields.Many2one("hr.employee", "Enrolled by", **MEMBERSHIP)
    vip_referrer_id = fields.Many2one(
        "res.partner",
        "Referred by",
        domain=[("is_vip_member", "=", True)],
        index="btree_not_null",
        **MEMBERSHIP,
    )
    vip_referred_ids = fields.One2many(
        "res.partner", "vip_referrer_id", string="Members she referred"
    )
    vip_store_id = fields.Many2one(
        "vip.store",
        "Home store",
        ondelete="restrict",
        help="The store that looks after this member.",
        **MEMBERSHIP,
    )
    vip_region_id = fields.Many2one(related="vip_store_id.region_id", string="Region")
    vip_company_id = fields.Many2one(
        "res.company",
        "Programme company",
        compute="_compute_vip_company",
        store=True,
        precompute=True,
        help="Whose tiers, classes and currency count for this member.",
        **MEMBERSHIP,
    )
    vip_phone_key = fields.Char(
        "Phone key",
        compute="_compute_vip_phone_key",
        store=True,
        precompute=True,
        index="btree_not_null",
        copy=False,
        help="The mobile number in international form, however it was typed.",
    )
    vip_phone_masked = fields.Char("Masked phone", compute="_compute_vip_phone_masked")
    vip_phone_query = fields.Char(
        "Phone number", store=False, search="_search_vip_phone_query"
    )

    # One member per number: two tills enrolling at once cannot make two.
    _vip_phone_key_uniq = models.UniqueIndex(
        """(vip_phone_key, COALESCE(company_id, 0))
        WHERE is_vip_member AND active AND vip_phone_key IS NOT NULL""",
        "Another member already has this phone number.",
    )
    _vip_card_number_uniq = models.UniqueIndex(
        "(vip_card_number) WHERE vip_card_number IS NOT NULL",
        "Another member already has this card number.",
    )
    # Lists of one store's members; the review's scopes; the record rule.
    _vip_store_idx = models.Index("(vip_store_id) WHERE vip_store_id IS NOT NULL")

    @api.depends("is_vip_member", "vip_store_id.company_id", "company_id")
    def _compute_vip_company(self):
        for partner in self:
            partner.vip_company_id = partner.is_vip_member and (
                partner.vip_store_id.company_id
                or partner.company_id
                or partner.vip_company_id
                or self.env.company
            )

    @api.depends("phone", "country_id", "vip_store_id.country_id")
    def _compute_vip_phone_key(self):
        for partner in self:
            try:
                partner.vip_phone_key = partner.phone and phone_key(
                    partner.phone, partner._vip_phone_country()
                )
            except PhoneError:
                partner.vip_phone_key = False

    def _vip_phone_country(self):
        country = (
            self.vip_store_id.country_id
            or self.country_id
            or (self.company_id or self.env.company).country_id
        )
        return country.code or "CN"

    @api.depends("vip_phone_key", "phone")
    def _compute_vip_phone_masked(self):
        for partner in self:
            partner.vip_phone_masked = mask_number(
                partner.vip_phone_key or clean_number(partner.phone)
            )

    def _search_vip_phone_query(self, operator, value):
        """Find by a number in any spelling, or by its last four digits or more."""
        if operator not in ("ilike", "=", "in"):
            return NotImplemented
        values = value if operator == "in" else [value]
        domains = []
        for text in values:
            digits = plain_digits(text)
            keys = self._vip_possible_keys(text)
            domains.append(fields.Domain("vip_phone_key", "in", keys))
            if operator == "ilike" and re.fullmatch(r"\d{4,}", digits):
                domains.append(fields.Domain("vip_phone_key", "=like", f"%{digits}"))
        return fields.Domain.OR(domains)

    @api.model
    def _vip_possible_keys(self, text):
        """Return the keys `text` may stand for in the countries of the stores."""
        stores = self.env["vip.store"].sudo()  # a number is read as any store would
        countries = {
            country.code for [country] in stores._read_group([], ["country_id"])
        }
        keys = set()
        for country in countries | {self.env.company.country_id.code or "CN"}:
            try:
                keys.add(phone_key(text, country))
            except PhoneError:
                continue
        return sorted(keys)

    @api.constrains("phone", "is_vip_member")
    def _check_vip_phone(self):
        for partner in self:
            if partner.is_vip_member and partner.phone and not partner.vip_phone_key:
                partner._vip_read_phone(partner.phone)

    def _vip_read_phone(self, phone, store=None):
        """Return the key of `phone`; raise what to type instead."""
        store = store or self.vip_store_id or self.env["vip.store"]
        country = store.country_id.code or self._vip_phone_country()
        try:
            return phone_key(phone, country)
        except PhoneError as error:
            raise ValidationError(store._phone_error_text(error)) from error
