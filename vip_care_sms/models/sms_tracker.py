import uuid

from odoo import models

from ..gateways.base import Report
from ..gateways.odoo_sms import report_status


class SmsTracker(models.Model):
    """Odoo's providers report to Odoo, by the uuid of a message; ours are handed on.

    A tracker of ours has no notification. It is made when a message is reserved, so a
    report that comes before our result finds it.
    """

    _inherit = "sms.tracker"

    def _action_update_from_sms_state(
        self, sms_state, failure_type=False, failure_reason=False
    ):
        result = super()._action_update_from_sms_state(
            sms_state, failure_type=failure_type, failure_reason=failure_reason
        )
        self._vip_tell(report_status(sms_state), failure_type or sms_state)
        return result

    def _action_update_from_provider_error(self, provider_error):
        result = super()._action_update_from_provider_error(provider_error)
        failure = str(provider_error or "")
        self._vip_tell(report_status(failure=failure or "unknown"), failure)
        return result

    def _vip_tell(self, status, code):
        """Move our messages on; the webhook is Odoo's, so it is not known who calls."""
        if not status:
            return
        messages = self.env["vip.message"].sudo()  # a provider is nobody
        uuids = [form for known in self.mapped("sms_uuid") for form in _forms(known)]
        ours = messages.search(
            [("uuid", "in", uuids), ("gateway_id.kind", "=", "odoo")]
        )
        for message in ours:
            report = Report(status, uuid=message.uuid, code=str(code)[:100])
            messages._apply_report(message.gateway_id, report)


def _forms(reference):
    """Return how a message's uuid may be written that Odoo knows as `reference`."""
    try:
        return {reference, str(uuid.UUID(hex=reference))}
    except ValueError:
        return {reference}
