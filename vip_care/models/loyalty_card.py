from math import isfinite

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import float_compare

from ..tools.points_reason import reason_of
from .res_users import MANAGERS

# What decides whose points a card holds, how many, and whether they can be spent.
HOLDING = ("points", "partner_id", "program_id", "active")
PROTECTED = (*HOLDING, "code", "expiration_date", "source_pos_order_id")
DIGITS = 6


class LoyaltyCard(models.Model):
    """A balance changes by a paid ticket, or with a reason and on a list.

    Whatever the way (RPC, import, a form, a copy, another model's commands, a merge),
    it ends in `create`, `write` or `unlink`: there the right to do it is checked and
    what changed is listed. Only the confirmation of a ticket is not: history has it.
    """

    _inherit = "loyalty.card"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._vip_check_points(vals)
        cards = super().create(vals_list)
        if not (self.env.su or reason_of(self.env)):
            cards._vip_check_directly()
        cards._vip_list_changes({})
        return cards

    def write(self, vals):
        if not any(name in vals for name in PROTECTED):
            return super().write(vals)
        self._vip_check_points(vals)
        if self._vip_by_ticket():
            return super().write(vals)
        trusted = self.env.su or reason_of(self.env)
        if not trusted:
            self._vip_check_directly()
        before = self._vip_holdings()
        result = super().write(vals)
        if not trusted and vals.get("partner_id"):
            self._vip_check_directly()
        self._vip_list_changes(before)
        return result

    def unlink(self):
        if not (self.env.su or reason_of(self.env)):
            self._vip_check_directly()
        gone = [
            {"old": points, "new": 0, "partner_id": partner, "program_id": program}
            for partner, program, points in self._vip_holdings().values()
            if points
        ]
        result = super().unlink()
        self._vip_note(gone)
        return result

    def _vip_check_points(self, vals):
        points = vals.get("points") or 0
        try:
            sound = isfinite(float(points))
        except (TypeError, ValueError):
            sound = False
        if not sound:
            raise ValidationError(
                self.env._("%(points)s is no number of points.", points=str(points))
            )

    def _vip_check_directly(self):
        """Raise unless the user may change these cards without the wizard."""
        if not self._vip_may_directly(self.sudo().partner_id):
            raise AccessError(
                self.env._(
                    "Points change with a paid ticket. For anything else a store"
                    ' manager opens the card, uses "Update Balance" and says why.'
                )
            )

    def _vip_may_directly(self, customers):
        """Tell whether the user may change cards of `customers` as Odoo allows it.

        Odoo's own managers of programs may, who have no part in VIP Care, as long as
        it is about no member. Their changes are listed all the same.
        """
        role = self.env.user._vip_role()
        if role == "till":
            if not self.env.user.has_group("point_of_sale.group_pos_manager"):
                return False
        elif role:
            return False
        # sudo: the question is whether these are members, whoever asks
        return not any(customers.sudo().mapped("is_vip_member"))

    def _vip_may_by_hand(self, customers):
        """Tell whether the user may change cards of `customers` giving a reason.

        Managers: of members they may see. Cards of other people, or of nobody, stay
        with those whom Odoo lets manage programs.
        """
        if self.env.user._vip_role() not in MANAGERS:
            return self._vip_may_directly(customers)
        # sudo: which of them are members; whether she may see them is asked for her
        members = customers.sudo().filtered("is_vip_member").sudo(False)
        if members != members._filtered_access("read"):
            return False
        if members and members.ids == customers.ids:
            return True
        return self.browse().has_access("write")

    def _vip_by_ticket(self):
        reason = reason_of(self.env)
        return bool(reason) and reason.kind == "ticket"

    def _vip_holdings(self):
        """Return {card id: (customer id, program id, points that can be spent)}."""
        return {
            card.id: (
                card.partner_id.id,
                card.program_id.id,
                card.points if card.active else 0,
            )
            for card in self.sudo()  # whoever writes a card may not read its customer
        }

    def _vip_list_changes(self, before):
        """List what these cards hold otherwise than `before`, a map of holdings."""
        if self._vip_by_ticket():
            return
        rows = []
        for card_id, new in self._vip_holdings().items():
            old = before.get(card_id, (*new[:2], 0))
            rows += _moved(card_id, old, new)
        self._vip_note(rows)

    def _vip_note(self, rows):
        if not rows:
            return
        reason = reason_of(self.env)
        kind = reason.kind if reason else "system" if self.env.su else "hand"
        text = reason.text if reason else ""
        self.env["vip.points.change"]._note(
            [row | {"kind": kind, "reason": text} for row in rows]
        )


def _moved(card_id, old, new):
    """Return the rows for a card that held `old` and holds `new`."""
    if old[:2] == new[:2]:
        if float_compare(old[2], new[2], precision_digits=DIGITS) == 0:
            return []
        return [_row(card_id, old, old[2], new[2])]
    rows = [_row(card_id, old, old[2], 0)] if old[2] else []
    return rows + ([_row(card_id, new, 0, new[2])] if new[2] else [])


def _row(card_id, holding, old, new):
    return {
        "card_id": card_id,
        "partner_id": holding[0],
        "program_id": holding[1],
        "old": old,
        "new": new,
    }
