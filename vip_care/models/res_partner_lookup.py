import re

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import hmac

from ..tools.masking import mask_name
from ..tools.phone import mask_number, plain_digits

FOUND_AT_MOST = 10
QUERY_LENGTH = 64
LAST_DIGITS = 4
LETTERS = str.maketrans("0123456789", "ghijklmnop")


class ResPartner(models.Model):
    """Any associate serves any member: finding her at the till.

    The till is answered what serving her takes and never a full number, an address, a
    birthday or a note. Who looks up whom is limited per hour and logged.
    """

    _inherit = "res.partner"

    @api.model
    def vip_till_lookup(self, query, config_id):
        """Return up to ten members found by number, last digits, card or name.

        Each is a dict: id, name, tier (id, name), points, sizes, service (hints),
        owner, phone (masked), and `pos`, the record the register books the sale with:
        name, language, price list, fiscal position and receivable account.
        """
        config = self._vip_till_config(config_id)
        text = self._vip_check_query(query)
        subject = self._vip_lookup_subject(text, config)
        log = self.env["vip.access.log"]
        repeated = log._vip_is_repeated(subject)
        if not repeated:
            log._vip_check_quota(config, subject)
        members = self._vip_lookup(text, config)
        if not repeated:
            log._log(
                "lookup",
                partner_id=members.id if len(members) == 1 else False,
                count=len(members),
                details=subject,
            )
        return members._vip_till_answer(config)

    @api.model
    def _vip_till_config(self, config_id):
        """Return the register `config_id`; raise unless the user may sell there."""
        user = self.env.user
        if not (
            user.has_group("point_of_sale.group_pos_user")
            or user.has_group("vip_care.group_associate")
        ):
            raise AccessError(
                self.env._("Members are looked up at the till by those who sell there.")
            )
        config = self.env["pos.config"]
        if type(config_id) is int and 0 < config_id < 2**31:
            config = config.browse(config_id).exists()
        if not config:
            raise UserError(
                self.env._("This register no longer exists: close it and open another.")
            )
        config.check_access("read")
        if config.company_id not in self.env.companies:
            raise AccessError(
                self.env._(
                    "The register %(register)s belongs to another company.",
                    register=config.name,
                )
            )
        return config

    @api.model
    def _vip_check_query(self, query):
        """Return the clean text to look for; raise what to type instead."""
        text = " ".join(str(query or "").replace("\0", "").split())
        if not isinstance(query, str) or not text:
            raise UserError(
                self.env._(
                    "Type the member's number, its last four digits, her card number"
                    " or her name."
                )
            )
        if len(text) > QUERY_LENGTH:
            raise UserError(
                self.env._(
                    "That is too long for a number or a name: type at most %(count)s"
                    " characters.",
                    count=QUERY_LENGTH,
                )
            )
        if re.fullmatch(rf"\d{{1,{LAST_DIGITS - 1}}}", plain_digits(text)):
            raise UserError(
                self.env._("Type at least the last four digits of the number.")
            )
        return text

    @api.model
    def _vip_lookup_subject(self, text, config):
        """Return what the log says was looked for: masked, yet told from others.

        Masks of two numbers can be the same, so a keyed digest stands beside: nobody
        can compute the number from it, and who tries number after number is counted.
        """
        digits = plain_digits(text)
        is_number = re.fullmatch(r"\+?\d+", digits)
        masked = mask_number(digits) if is_number else mask_name(text)
        question = f"{config.company_id.id} {text.casefold()}"
        env = self.env(su=True)  # the key of the digest is the database's secret
        digest = hmac(env, "vip_till_lookup", question)[:12]
        # In letters: the log masks whatever might be a number.
        return f"{masked} #{digest.translate(LETTERS)}"

    def _vip_count_number(self, phone, config, member=None, count=0):
        """Count that the user learnt whose number this is, or that it is somebody's.

        As a lookup by that number; asked once more within minutes it does not count.
        """
        log = self.env["vip.access.log"].sudo(False)
        subject = self._vip_lookup_subject(phone, config)
        if log._vip_is_repeated(subject):
            return
        log._vip_check_quota(config, subject)
        partner_id = member.id if member else False
        log._log("lookup", partner_id=partner_id, count=count, details=subject)

    def _vip_till_answer(self, config):
        """Return what a till may be told of these members, in their order."""
        members = self.sudo().with_company(config.company_id)  # any member is served
        rows = {row["id"]: row for row in members._vip_till_rows(config)}
        return [
            {
                "id": member.id,
                "name": member.name,
                "tier": member.vip_tier_id
                and {"id": member.vip_tier_id.id, "name": member.vip_tier_id.name},
                "points": member.vip_points_balance,
                "sizes": member._vip_till_sizes(),
                "service": member._vip_till_service(),
                "owner": member.vip_owner_id.name or False,
                "phone": member.vip_phone_masked or False,
                "pos": rows[member.id],
            }
            for member in members
        ]

    def _vip_till_sizes(self):
        """Return her sizes, stated ones before those learnt from her purchases."""
        self.ensure_one()
        return {
            kind: self[f"vip_size_{kind}"] or self[f"vip_usual_size_{kind}"] or False
            for kind in ("top", "bottom", "shoe")
        }

    def _vip_till_service(self):
        """Return how she is served: what her tier offers, what she prefers."""
        self.ensure_one()
        hints = (self.vip_tier_id.service_hint, self.vip_preferred_service)
        return [hint.strip() for hint in hints if hint and hint.strip()]
