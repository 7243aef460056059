import logging

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

# Odoo repeats these requests.
REPEATED = (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)
# Each is made by `_vip_card_<part>`; one that fails leaves its keys empty.
PARTS = (
    "standing",
    "points",
    "reveal",
    "birthday",
    "visit",
    "fit",
    "purchases",
    "matters",
    "ask",
    "pos",
)
# Read at once: prefetch groups would take a query each, and columns nobody needs.
CARD_FIELDS = (
    "name",
    "phone",
    "email",
    "street",
    "city",
    "active",
    "is_vip_member",
    "company_id",
    "vip_phone_key",
    "vip_store_id",
    "vip_owner_id",
    "vip_owner_store_id",
    "vip_tier_id",
    "vip_salutation",
    "vip_gender",
    "vip_age_band",
    "vip_birthday",
    "vip_birthday_year_unknown",
    "vip_birthday_calendar",
    "vip_lunar_month",
    "vip_lunar_day",
    "vip_lunar_is_leap",
    "vip_size_top",
    "vip_size_bottom",
    "vip_size_shoe",
    "vip_usual_size_top",
    "vip_usual_size_bottom",
    "vip_usual_size_shoe",
    "vip_preferred_channel",
    "vip_preferred_days",
    "vip_preferred_hours",
    "vip_work",
    "vip_family",
    "vip_spending_habits",
    "vip_dress_taste",
    "vip_pastimes",
    "vip_preferred_service",
    "vip_promotion_attitude",
)


class ResPartner(models.Model):
    """What a till shows of the member it has chosen: one call.

    Who sells is told what serving her takes. What her associate and managers know
    besides comes to those only who may read her anyhow.
    """

    _inherit = "res.partner"

    @api.model
    def vip_till_member(self, partner_id, config_id):
        """Return the card of a member chosen at the register `config_id`.

        id, name, salutation, tier, points, as_of, phone (masked), owner, own (whether
        the user may read her), may_reveal, birthday, last_visit, sizes, taste,
        purchases, service, matters, ask and `pos`, the register's own record of her. A
        part that fails is empty. Choosing a member the user may not read counts as
        looking her up.
        """
        config = self._vip_till_config(config_id)
        member, own = self._vip_till_choose(partner_id, config)
        return member._vip_till_card(config, own)

    @api.model
    def _vip_till_choose(self, partner_id, config):
        """Return the member in sudo, and whether the user may read her.

        Raises UserError when there is no such member here, or when the user has looked
        up enough members.
        """
        member = self.sudo().browse(self._vip_known_id(partner_id) or [])
        member = member.with_company(config.company_id)
        if member:
            member.fetch(CARD_FIELDS)
        companies = config.company_id.sudo().parent_ids
        here = not member.company_id or member.company_id in companies
        if not (member.is_vip_member and member.active and here):
            raise UserError(
                self.env._("This customer is no longer a member. Look her up again.")
            )
        own = member.sudo(False).has_access("read")
        if not own:
            member._vip_count_lookup(config)
        return member, own

    def _vip_count_lookup(self, config):
        """Count and log this member as looked up, unless the user just did."""
        log = self.env["vip.access.log"].sudo(False)
        if log._vip_named(self.ids):
            return
        details = self.env._("Chosen at the till")
        log._vip_check_quota(config, details, partner_id=self.id)
        log._log("lookup", partner_id=self.id, count=1, details=details)

    def _vip_till_card(self, config, own):
        """Return the card of this member (in sudo), part by part."""
        card = self._vip_blank_card() | {"id": self.id, "name": self.name, "own": own}
        for part in PARTS:
            card |= self._vip_card_part(part, config, own)
        return card

    def _vip_card_part(self, part, config, own):
        """Return the keys of one part, none if it fails: the sale goes on."""
        try:
            with self.env.cr.savepoint():
                return getattr(self, f"_vip_card_{part}")(config, own)
        except REPEATED:
            raise
        except Exception:  # noqa: BLE001 - the rest of the card still arrives
            _logger.exception("Member %s is shown without: %s", self.id, part)
            return {}

    @api.model
    def _vip_blank_card(self):
        """Return a card of which nothing is known, each key in its shape."""
        names = ("salutation", "tier", "as_of", "phone", "owner", "birthday", "pos")
        return dict.fromkeys((*names, "last_visit", "ask", "may_reveal"), False) | {
            "points": 0.0,
            "sizes": {"top": False, "bottom": False, "shoe": False},
            "taste": {"tags": [], "text": False},
            "purchases": [],
            "service": [],
            "matters": [],
        }
