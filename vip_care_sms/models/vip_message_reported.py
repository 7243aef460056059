from collections import defaultdict

from odoo import api, fields, models

from odoo.addons.vip_care.tools.phone import mask_number

from ..gateways.base import STATUSES
from ..gateways.entries import all_storable
from ..tools.moments import naive_moment
from ..tools.report_states import THOUGHT_UNSENT, moved
from .vip_message import OUT

# What says so surely that a number does not exist that it is not even called any more.
# By kind of gateway; others only say that the message did not arrive.
WRONG_NUMBER_CODES = {"odoo": {"30006", "sms_number_format"}}
PIECE = 1000
NEEDED = (
    *("uuid", "provider_ref", "number", "number_masked", "state", "attempt", "code"),
    *("occasion", "accepted_at", "task_id", "partner_id"),
)


class VipMessage(models.Model):
    """What gateways report moves messages on: forward only, and only their own.

    Any number of reports costs the same few statements. Each is kept as it came;
    telling the same again changes nothing.
    """

    _inherit = "vip.message"

    @api.model
    def _apply_report(self, gateway, report):
        """Keep one report of a gateway; return whether it moved its message on."""
        return bool(self._apply_reports(gateway, [report]))

    @api.model
    def _apply_reports(self, gateway, reports):
        """Keep reports of a gateway; return the messages they moved on.

        Called as the server. A message somebody else is writing at this moment raises
        a serialisation failure: the request is repeated, and finds what was written.
        """
        changed = self.browse()
        reports = all_storable(reports)
        for start in range(0, len(reports), PIECE):
            changed |= self._apply_piece(gateway, reports[start : start + PIECE])
        return changed

    def _apply_piece(self, gateway, reports):
        found = self._find_reported(gateway, reports)
        messages = self.browse(sorted({message.id for message in found if message}))
        messages._lock_rows()
        before = {message: message.state for message in messages}
        after, codes, rows = dict(before), {}, []
        for report, message in zip(reports, found, strict=True):
            problem = self._problem(report, message)
            if not problem:
                state = moved(after[message], report.status, message.attempt)
                problem = None if state else "state"
                if state:
                    after[message] = state
                    codes[message] = str(report.code or "")[:64] or message.code
            rows.append(self._prepare_report_vals(gateway, report, message, problem))
        self.env["vip.message.report"].create(rows)
        changed = messages.filtered(lambda message: after[message] != before[message])
        changed._move_on(after, codes)
        changed._let_tasks_follow(before)
        changed._doubt_numbers(gateway)
        self._heed_refusals(reports, found)
        return changed

    def _find_reported(self, gateway, reports):
        """Return the message of each report, by our reference or else the gateway's."""
        own = [("gateway_id", "=", gateway.id)]
        uuids = [str(report.uuid) for report in reports if report.uuid]
        refs = [str(report.ref) for report in reports if report.ref and not report.uuid]
        by_uuid, by_ref = {}, defaultdict(self.browse)
        if uuids:
            asked = self.search_fetch([*own, ("uuid", "in", uuids)], NEEDED)
            by_uuid = {message.uuid: message for message in asked}
        if refs:
            asked = self.search_fetch([*own, ("provider_ref", "in", refs)], NEEDED)
            for message in asked:
                by_ref[message.provider_ref] += message
        nothing = self.browse()
        return [
            by_uuid.get(str(report.uuid), nothing)
            if report.uuid
            else by_ref[str(report.ref)]._of_number(report.number)
            for report in reports
        ]

    def _of_number(self, number):
        """Return which of these messages goes to a number; without one the only one."""
        if number:
            self = self.filtered(lambda message: message._goes_to(number))
        return self if len(self) == 1 else self.browse()

    def _goes_to(self, number):
        """Tell whether a number, with or without its country's code, is this one's."""
        own, told = (
            "".join(filter(str.isdecimal, str(text or ""))).lstrip("0")
            for text in (self.number, number)
        )
        short, long = sorted((own, told), key=len)
        return len(short) > 6 and long.endswith(short)

    def _problem(self, report, message):
        if report.status not in STATUSES:
            return "status"
        if not message:
            return "message"
        if report.number and not message._goes_to(report.number):
            return "number"
        return None

    def _prepare_report_vals(self, gateway, report, message, problem):
        masked = message.number_masked if report.number and message else None
        if report.number and (not masked or problem == "number"):
            masked = mask_number(str(report.number))
        return {
            "gateway_id": gateway.id,
            "message_id": message.id,
            "reference": str(report.uuid or report.ref or "")[:128],
            "number_masked": masked,
            "status": str(report.status)[:32],
            "code": str(report.code or "")[:64],
            "reported_at": naive_moment(report.at),
            "counted": not problem,
            "problem": problem,
        }

    def _move_on(self, after, codes):
        """Write where these messages are now, those alike together."""
        now = fields.Datetime.now()
        self._free_occasions()
        self.filtered(lambda message: not message.accepted_at).accepted_at = now
        told = {"report_at": now, "reason": False, "guard": False}
        alike = self.grouped(lambda message: (after[message], codes[message] or False))
        for (state, code), messages in alike.items():
            messages.write(told | {"state": state, "code": code})

    def _free_occasions(self):
        """Give up occasions on which another message has been sent meanwhile."""
        taken = set()
        for message in self.filtered(
            lambda m: m.occasion and m.state in THOUGHT_UNSENT
        ):
            same = [
                ("number", "=", message.number),
                ("occasion", "=", message.occasion),
                ("state", "in", OUT),
            ]
            key = message.number, message.occasion
            if key in taken or self.search_count(same, limit=1):
                message.occasion = False
            taken.add(key)
