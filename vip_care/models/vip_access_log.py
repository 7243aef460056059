import logging

import psycopg2
import pytz

from odoo import api, fields, models
from odoo.http import request
from odoo.modules import module
from odoo.sql_db import Cursor
from odoo.tools import SQL

from ..tools.masking import mask_name, mask_numbers_in

_logger = logging.getLogger(__name__)

KINDS = [
    ("lookup", "Looked up at the till"),
    ("answer", "Profile filled in at the till"),
    ("reveal", "Number revealed"),
    ("export", "Export"),
    ("bulk", "Many members read"),
    ("limit", "Refused: beyond a limit"),
    ("refused", "Refused: not allowed"),
]


class VipAccessLog(models.Model):
    """Who saw what of whom beyond her own members: written once, never changed.

    Numbers in it are masked. A line outlives its member: her id and masked name stay
    when the contact is merged or deleted.
    """

    _name = "vip.access.log"
    _description = "Access to members"
    _inherit = ["vip.append.only"]
    _order = "date desc, id desc"
    _rec_name = "name"
    _log_access = False
    _append_only_movable = ("partner_id",)

    name = fields.Char("Number", compute="_compute_name", search="_search_name")
    date = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict"
    )
    store_id = fields.Many2one(
        "vip.store", readonly=True, ondelete="restrict", help="Where the user works."
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Member",
        readonly=True,
        ondelete="set null",
        help="Follows the contact when it is merged; empty once it is deleted.",
    )
    partner_ref = fields.Integer(
        "Member's id", readonly=True, aggregator=None, help="As it was then."
    )
    partner_name = fields.Char("Masked name", readonly=True)
    reason = fields.Char(readonly=True)
    count = fields.Integer("Members", readonly=True, default=1)
    details = fields.Char(readonly=True)
    ip = fields.Char("IP address", readonly=True)
    res_model = fields.Char("Model", readonly=True)
    res_domain = fields.Char("Filter", readonly=True)
    res_fields = fields.Char("Fields", readonly=True)

    # What one person did; who saw one member; the newest lines first.
    _user_idx = models.Index("(user_id, date)")
    _partner_idx = models.Index("(partner_id, date) WHERE partner_id IS NOT NULL")
    _date_idx = models.Index("(date DESC, id DESC)")

    def _compute_name(self):
        for line in self:
            line.name = line.id and f"L{line.id}"

    def _search_name(self, operator, value):
        if operator not in ("ilike", "=", "in"):
            return NotImplemented
        values = value if operator == "in" else [value]
        digits = [str(text or "").strip().lstrip("Ll") for text in values]
        return [("id", "in", [int(text) for text in digits if text.isdecimal()])]

    @api.model
    def _log(self, kind, **vals):
        """Write one line about the current user; `vals` are fields of the log.

        The line stays when the request is refused: what a rollback takes away is
        written again right after it.
        """
        values = self._prepare_line({"kind": kind} | vals)
        line = self.sudo().create(values)  # nobody may write the log herself
        registry = self.env.registry
        row = {"id": line.id} | values
        self._on_rollback(lambda: _write_line(registry, row))
        return line

    def _export_mark(self):
        """Return how an exported file says who took it out: see the controllers."""
        self.ensure_one()
        user = self.user_id.sudo()
        zone = pytz.timezone(user._vip_zone())
        local = pytz.utc.localize(self.date).astimezone(zone)
        when = f"{local:%Y-%m-%d %H:%M} ({zone.zone})"
        return {
            "number": self.name,
            "user": user.login,
            "file": f"{self.name} {user.login} {local:%Y-%m-%d %H%M}",
            "text": f"{self.name}: {user.name} ({user.login}), {when}",
            "lines": [
                (self.env._("Log line"), self.name),
                (self.env._("Exported by"), f"{user.name} ({user.login})"),
                (self.env._("Exported on"), when),
                (self.env._("Reason"), self.reason or ""),
            ],
        }

    def _prepare_line(self, vals):
        """Return clean values of one line: who, where, and nothing unmasked."""
        user = self.env["res.users"].browse(vals.get("user_id") or self.env.uid).sudo()
        partner = self.env["res.partner"].sudo().browse(vals.get("partner_id")).exists()
        values = {
            "date": fields.Datetime.now(),
            "count": 1,
            "user_id": user.id,
            "store_id": user.employee_ids.vip_store_id[:1].id,
            "ip": request.httprequest.remote_addr if request else False,
        } | vals
        values["partner_id"] = values["partner_ref"] = partner.id
        values["partner_name"] = bool(partner) and mask_name(partner.name)
        for name in ("reason", "details", "res_domain"):
            values[name] = mask_numbers_in(str(values.get(name) or "")) or False
        return values

    def _on_rollback(self, call):
        """Have `call` run, in a transaction of its own, if this request fails."""
        if module.current_test and isinstance(self.env.cr, Cursor):
            return  # a test's own transaction, rolled back when the test ends
        self.env.cr.postrollback.add(call)


def _write_line(registry, row):
    """Write one line in a transaction of its own, under the number it had."""
    columns = {
        name: SQL("%s", None if value is False else value)
        for name, value in row.items()
    }
    # A contact made in the refused request does not exist.
    columns["partner_id"] = SQL(
        "(SELECT id FROM res_partner WHERE id = %s)", row["partner_id"] or None
    )
    try:
        with registry.cursor() as cr:
            cr.execute(
                SQL(
                    "INSERT INTO vip_access_log (%s) VALUES (%s)",
                    SQL(", ").join(map(SQL.identifier, columns)),
                    SQL(", ").join(columns.values()),
                )
            )
    except psycopg2.Error:
        _logger.exception("Access log: a line of a refused request is lost")
