from odoo import models
from odoo.exceptions import AccessError, UserError

from ..tools.reasons import clean_reason
from .res_partner_watch import WATCHED_FIELDS

# What the last protected export of this transaction left in its log.
EXPORT_MARK = "vip_care_export_mark"
# Auditors take these with them, nobody else reads them.
AUDITED = ("vip.access.log", "vip.access.view", "vip.access.quota", "vip.consent")
# Copies of a customer's number and address.
COPIES = {"pos.order": {"email", "mobile"}}


class Base(models.AbstractModel):
    """Members leave the system by head office only, with a reason, and leave a trace.

    Odoo's own right to export is still needed. What holds no member stays as Odoo has
    it, except that till and store users export nothing that links to contacts.
    """

    _inherit = "base"

    def export_data(self, fields_to_export):
        allowed = self.env.is_admin() or self.env.user.has_group(
            "base.group_allow_export"
        )
        if allowed and not self.env.su:
            self._vip_check_export(fields_to_export)
        return super().export_data(fields_to_export)

    def _vip_check_export(self, names):
        """Refuse, or log and count, an export that takes members out."""
        members = self._vip_exported_members(names)
        is_ours = self._name.startswith("vip.")
        if not (members or is_ours or self._vip_is_linked_export(names)):
            return
        values = {
            "res_model": self._name,
            "res_domain": self._vip_exported_domain(),
            "res_fields": ", ".join(names),
            "count": len(self),
        }
        self._vip_check_may_export(**values)
        reason = clean_reason(self.env.context.get("vip_export_reason"))
        if not reason:
            raise UserError(
                self.env._(
                    "Say in a few words what the export is for, for example: mailing of"
                    " the autumn catalogue."
                )
            )
        self._vip_log_export(values | {"reason": reason})
        self.env["vip.access.view"]._count(members, exported=True)

    def _vip_check_may_export(self, **values):
        user = self.env.user
        if user._vip_role() == "head_office":
            return
        if self._name in AUDITED and user.has_group("vip_care.group_auditor"):
            return
        self.env["vip.access.log"]._log("refused", **values)
        raise AccessError(
            self.env._("Only head office exports members and what belongs to them.")
        )

    def _vip_log_export(self, values):
        """Count the rows, log the export and remember its line for the file."""
        limit = self.env.user.sudo().company_id.vip_export_limit
        quota = self.env["vip.access.quota"].sudo()  # counted by the server alone
        log = {name: value for name, value in values.items() if name != "count"}
        quota._take("export", values["count"], limit, **log)
        line = self.env["vip.access.log"]._log("export", **values)
        self.env.cr.cache[EXPORT_MARK] = line._export_mark()

    def _vip_check_table_export(self, title, count):
        """Refuse, or log and count, a pivot table that goes out as a file."""
        if self._name.startswith("vip.") or self._vip_is_linked_export([]):
            values = {"res_model": self._name, "details": title, "count": count}
            self._vip_check_may_export(**values)
            reason = self.env._("Pivot table")
            self._vip_log_export(values | {"reason": reason})

    def _vip_exported_domain(self):
        """Return what was exported: the filter if there is one, else some ids."""
        domain = self.env.context.get("vip_export_domain")
        if isinstance(domain, str) and domain:
            return domain[:2000]
        ids = ", ".join(map(str, self.ids[:50]))
        return f"id in [{ids}{', …' if len(self) > 50 else ''}]"

    def _vip_is_linked_export(self, names):
        """Tell whether a user of till or store exports what links to contacts."""
        if not self.env.user._vip_is_limited():
            return False
        if self._name == "res.partner":
            return True
        fields = [f for f in self._fields.values() if f.name != "message_partner_ids"]
        if any(field.comodel_name == "res.partner" for field in fields):
            return True
        models_passed = {model._name for model, _path, _name in self._vip_paths(names)}
        return any(
            name == "res.partner" or name.startswith("vip.") for name in models_passed
        )

    def _vip_exported_members(self, names):
        """Return in sudo the members whose details are in this export."""
        partners = self.env["res.partner"].sudo()  # counted, not shown
        if self._name == "res.partner":
            partners |= self.sudo()
        if COPIES.get(self._name, set()).intersection(names):
            partners |= self.sudo().partner_id
        if self._name.startswith("vip.") and "partner_id" in self._fields:
            partners |= self.sudo().partner_id
        for model, path, name in self._vip_paths(names):
            if model._name == "res.partner" and (
                name in WATCHED_FIELDS or name.startswith("vip_")
            ):
                partners |= self.sudo().mapped(path)
            elif model._name.startswith("vip.") and "partner_id" in model._fields:
                partners |= self.sudo().mapped(path).partner_id
        members = partners.filtered("vip_is_guarded")
        return self.env["res.partner"].browse(members.ids)

    def _vip_paths(self, names):
        """Yield for each step beyond a relation: model, path to it, field."""
        for path in names:
            model, passed = self, []
            for name in path.replace(":", "/").split("/"):
                if passed:
                    yield model, ".".join(passed), name
                field = model._fields.get(name.split(".")[0])
                if not field or not field.comodel_name:
                    break
                model = self.env[field.comodel_name]
                passed.append(field.name)
