import logging
import re

from odoo import SUPERUSER_ID, http
from odoo.http import Response, request

from ..gateways.base import Callback

# A thousand reports are less than half of it.
MOST_BYTES = 1024 * 1024
ROUTE = {
    "type": "http",
    "auth": "none",  # the secret in the address is what a gateway has
    "methods": ["GET", "POST"],
    "csrf": False,
    "save_session": False,
    "readonly": False,
    "max_content_length": MOST_BYTES,
}
# The secret, and what stands behind it: numbers and words, if a gateway uses GET.
SECRET_PART = re.compile(r"(/vip_care_sms/(?:report|reply)/\d+/)\S+")


class SecretsOut(logging.Filter):
    """Takes secrets and personal data of callbacks out of the server's access log."""

    def filter(self, record):
        if isinstance(record.args, tuple):
            record.args = tuple(self._clean(value) for value in record.args)
        if isinstance(record.msg, str):
            record.msg = self._clean(record.msg)
        return True

    def _clean(self, value):
        return SECRET_PART.sub(r"\1…", value) if isinstance(value, str) else value


logging.getLogger("werkzeug").addFilter(SecretsOut())


class Callbacks(http.Controller):
    """Where gateways tell what became of messages, and what people write back."""

    @http.route("/vip_care_sms/report/<int:gateway>/<string:secret>", **ROUTE)
    def report(self, gateway, secret, **kwargs):
        return self._take("report", gateway, secret)

    @http.route("/vip_care_sms/reply/<int:gateway>/<string:secret>", **ROUTE)
    def reply(self, gateway, secret, **kwargs):
        return self._take("reply", gateway, secret)

    def _take(self, kind, gateway_id, secret):
        """Let the gateway with this secret tell something; 404 for everybody else.

        Odoo repeats the request when the database could not serialise it: the body is
        kept, and what is told twice changes nothing.
        """
        callback = self._callback()
        # The gateway itself is nobody: what it tells is acted on by the system.
        env = request.env(user=SUPERUSER_ID, context={})
        gateway = env["vip.sms.gateway"]._of_callback(gateway_id, secret)
        if not gateway:
            return Response("Not found", status=404, mimetype="text/plain")
        answer = gateway._read_callback(kind, callback)
        return Response(
            answer.body, status=answer.status, content_type=answer.content_type
        )

    def _callback(self):
        """Return the request as plain values. Of a form there is no body left."""
        asked = request.httprequest
        return Callback(
            method=asked.method,
            query=dict(asked.args),
            form=dict(asked.form),
            body=asked.get_data(),
            headers={name.lower(): value for name, value in asked.headers.items()},
        )
