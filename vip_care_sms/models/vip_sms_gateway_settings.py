import json
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..gateways import build, kinds
from ..gateways.base import Broken, GatewayError, Settings, _lt
from ..gateways.http_options import START

# What stands for a secret that is set.
DOTS = "•" * 8
SYSTEM = "base.group_system"


class VipSmsGateway(models.Model):
    """Its settings: checked, and secrets that go in and never out."""

    _inherit = "vip.sms.gateway"

    callback_secret = fields.Char(default=lambda self: secrets.token_urlsafe(32))

    @api.depends("secret")
    def _compute_password(self):
        for gateway in self:
            # sudo: only whether there is one
            gateway.password = DOTS if gateway.sudo().secret else False

    def _inverse_password(self):
        for gateway in self:
            if gateway.password != DOTS:
                gateway.sudo().secret = gateway.password  # nobody may, to read it

    @api.depends("options")
    def _compute_options_text(self):
        for gateway in self:
            text = json.dumps(gateway.options or {}, indent=2, ensure_ascii=False)
            gateway.options_text = text if gateway.options else False

    def _inverse_options_text(self):
        for gateway in self:
            try:
                gateway.options = json.loads(gateway.options_text or "{}") or False
            except (ValueError, RecursionError) as error:
                line = getattr(error, "lineno", 1)
                message = self.env._("The options are no JSON: see line %s.", line)
                raise UserError(message) from None

    @api.onchange("kind")
    def _onchange_kind(self):
        if self.kind == "http" and not self.options:
            self.options = START

    @api.constrains("url", "user", "secret", "sender", "options", "kind")
    def _check_settings(self):
        for gateway in self.sudo():  # whoever wrote them: they are checked whole
            if not isinstance(gateway.options or {}, dict):
                raise ValidationError(self.env._("Options are an object: {…}."))
            # What is not filled in yet is asked for when it is to run.
            if gateway.url or gateway.options:
                settings = gateway._settings()
                named = {"user": settings.user or "-"}
                # The password comes after the other values.
                named["password"] = settings.password or "-"
                gateway._validate(settings._replace(**named))

    @api.constrains("timeout", "batch_size", "price")
    def _check_numbers(self):
        for gateway in self:
            if not 1 <= gateway.timeout <= 60:
                raise ValidationError(
                    self.env._("Seconds to answer are from 1 to 60: a call waits so.")
                )
            if not 1 <= gateway.batch_size <= 1000:
                raise ValidationError(
                    self.env._("Messages at a time are from 1 to 1000.")
                )
            if gateway.price < 0:
                raise ValidationError(self.env._("The price cannot be negative."))

    @api.constrains("number_day_limit", "minute_limit", "hour_limit", "day_limit")
    def _check_limits(self):
        for gateway in self:
            limits = (gateway.minute_limit, gateway.hour_limit, gateway.day_limit)
            if min(*limits, gateway.number_day_limit) < 0:
                raise ValidationError(
                    self.env._("A limit cannot be negative; 0 means none.")
                )

    def _validate(self, settings=None):
        """Raise ValidationError if these settings cannot work."""
        try:
            kinds()[self.kind].validate(settings or self._settings())
        except GatewayError as error:
            raise ValidationError(self._explained(error)) from None

    def _explained(self, error):
        """Return what is wrong in the user's language."""
        return self.env._(error.template, **error.values)

    def _settings(self):
        """Return the settings as plain values, secrets included: for gateways only."""
        gateway = self.sudo()  # whoever sends must not be able to read them
        return Settings(
            url=(gateway.url or "").strip(),
            user=gateway.user or "",
            password=gateway.secret or "",
            sender=gateway.sender or "",
            signature=gateway.signature or "",
            region=gateway.region or "",
            timeout=min(max(gateway.timeout, 1), 60),
            report_url=gateway._report_url(),
            company_id=gateway.company_id.id,
            options=gateway.options or {},
            env=gateway.env if gateway.kind == "odoo" else None,
        )

    def _gateway(self):
        """Return the gateway to call; one that takes nothing if it cannot work."""
        self.ensure_one()
        settings = self._settings()
        parameters = self.env["ir.config_parameter"].sudo()  # a fact of the database
        if parameters.get_param("database.is_neutralized"):
            error = GatewayError(
                _lt("This database is a copy: nothing is sent from it.")
            )
            return Broken(settings, error)
        if not self.active:
            return Broken(settings, GatewayError(_lt("The gateway is archived.")))
        return build(self.kind, settings)

    def _report_url(self, about="report"):
        """Return where the gateway tells of a message, or of a reply; with its secret.

        Odoo's own providers tell Odoo.
        """
        self.ensure_one()
        base = self.get_base_url().rstrip("/")
        if self.kind == "odoo":
            return f"{base}/sms/status"
        secret = self.sudo().callback_secret  # the address is for the gateway
        if not secret:
            return ""
        return f"{base}/vip_care_sms/{about}/{self.id}/{secret}"

    def action_renew_secret(self):
        """Give reports and replies another address; the old one is dead at once."""
        self.check_access("write")
        if not self.env.user.has_group(SYSTEM):
            raise UserError(self.env._("Only the system administrator can do this."))
        for gateway in self:
            gateway.callback_secret = secrets.token_urlsafe(32)
        return True
