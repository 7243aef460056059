import logging
from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.vip_care.models.fence import REPEATED
from odoo.addons.vip_care.tools.phone import mask_number

from ..gateways.entries import all_storable
from ..tools.moments import naive_moment
from ..tools.reply_words import meaning

_logger = logging.getLogger(__name__)

LENGTH = 5000
AGAIN_WITHIN = timedelta(minutes=1)


class VipMessageReply(models.Model):
    """What comes in is kept first; then each step of what it asks for, by itself.

    A step that fails is undone and marked; the reply and the other steps stay.
    """

    _inherit = "vip.message.reply"

    @api.model
    def _take(self, gateway, replies):
        """Keep these replies of a gateway and act on them; return those not known yet.

        Called as the server, in the language and for the company of the gateway.
        """
        taken = self.browse()
        for reply in all_storable(replies):
            row = self._keep(gateway, reply)
            if row:
                row._carry_out()
                taken += row
        taken._tell_of_failed(gateway)
        return taken

    def _keep(self, gateway, reply):
        """Return the row of a reply as it came; nothing if it is known already."""
        self.flush_model()
        now = fields.Datetime.now()
        number = self._whole_number(gateway, str(reply.number or ""))
        text = str(reply.text or "")
        mark = self._mark(gateway, number, text[:LENGTH], reply, now)
        if mark is None:
            return self.browse()
        vals = {
            "gateway_id": gateway.id,
            "company_id": gateway.company_id.id,
            "number": number,
            "number_masked": mask_number(number),
            "text": text[:LENGTH],
            "meaning": meaning(text),
            "replied_at": naive_moment(reply.at),
            "received_at": now,
            "digest": sha256("\0".join((number, text, mark)).encode()).hexdigest(),
        }
        # Not for the log: the statement holds what she wrote.
        self.env.cr.execute(self._query_keep(vals), log_exceptions=False)
        return self.browse(row[0] for row in self.env.cr.fetchall())

    def _query_keep(self, vals):
        """Return SQL that inserts a row and returns its id, unless there is one.

        SQL: two requests may bring the same reply at once.
        """
        return SQL(
            """INSERT INTO vip_message_reply (%s) VALUES (%s)
               ON CONFLICT (gateway_id, digest) DO NOTHING RETURNING id""",
            SQL(", ").join(SQL.identifier(name) for name in vals),
            SQL(", ").join(SQL("%s", value) for value in vals.values()),
        )

    def _mark(self, gateway, number, text, reply, now):
        """Return what tells a reply from others of the same words, None if it is known.

        The gateway's number of it, or its time. Without either the same words are told
        again if they follow themselves within a minute: after other words they count.
        """
        told = reply.ref or naive_moment(reply.at)
        if told:
            return str(told)
        last = self.search(
            [("gateway_id", "=", gateway.id), ("number", "=", number)],
            order="id desc",
            limit=1,
        )
        if last and (last.text or "") == text and now - last.received_at < AGAIN_WITHIN:
            return None
        # Of two requests at once that bring the same only one is the next.
        return f"after {last.id}"

    def _carry_out(self):
        """Do what a reply asks for; what fails of it is marked."""
        self._try(self._find_whose)
        self._try(getattr(self, f"_handle_{self.meaning}"))

    def _handle_refusal(self):
        if not self.number.startswith("+"):
            self.is_failed = True  # nobody can tell which number it is
            return
        block = self.env["phone.blacklist"]._vip_block
        withdraw = self.env["vip.sms.refusal"]._withdraw
        is_new = self._try(block, self.number, self.received_at)
        self.is_blocking = is_new or self.is_blocking  # it did already, if repeated
        self._try(withdraw, self.number, self.text)
        if self.is_blocking:
            self._try(self._confirm)

    def _handle_return(self):
        refusals = self.env["vip.sms.refusal"]
        if not refusals._take_back(self.number, self.text, self.company_id):
            # Nothing to take back: she says "yes" to something else.
            self.meaning = "other"
            self._ask_owner()

    def _handle_other(self):
        self._ask_owner()

    def _try(self, step, *args):
        """Return what the step returns; None, and everything of it undone, if it fails.

        The log gets neither text nor trace of an error: both may hold a number.
        """
        try:
            with self.env.cr.savepoint():
                return step(*args)
        except REPEATED:
            raise
        except Exception as error:  # noqa: BLE001 - nothing may lose a reply
            what, why = step.__name__, type(error).__name__
            _logger.error("Reply %s: %s failed with %s", self.id, what, why)
            self.is_failed = True
        return None
