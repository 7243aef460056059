from markupsafe import Markup

from odoo import models

from .vip_transfer_leaving import PROPOSED

# So many names fit into one message; the link shows them all.
NAMES = 20


class VipTransfer(models.Model):
    """What a handover tells whom."""

    _inherit = "vip.transfer"

    def _tell_managers(self):
        """Ask those who go on from a draft somebody else prepared."""
        self.ensure_one()
        managers = self.store_id.manager_ids & self._managers_over()
        managers = (
            managers or self.store_id.region_id.manager_ids & self._managers_over()
        )
        if self.env.user in self._managers_over():
            return  # she is looking at it
        for user in managers or self._managers_over():
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._(
                    "Choose successors in %(transfer)s", transfer=self.name
                ),
                user_id=user.id,
            )

    def _notify_successor(self, employee, count):
        """One message: how many new members, who they are, what is open with them."""
        if self.kind not in PROPOSED:
            return super()._notify_successor(employee, count)
        user = employee.user_id
        lang = user.lang or self.env.lang
        transfer = self.with_context(lang=lang)
        body = transfer._successor_message(employee, count)
        # Not on the transfer: its reason and other successors are for those who decide.
        self.env["mail.thread"].sudo().with_context(lang=lang).message_notify(
            partner_ids=user.partner_id.ids,
            body=body,
            subject=transfer.env._("New members for you"),
        )
        return None

    def _successor_message(self, employee, count):
        lines = self.line_ids.search(
            [
                ("transfer_id", "=", self.id),
                ("outcome", "=", "moved"),
                ("new_owner_id", "=", employee.id),
            ],
            limit=NAMES,
        )
        # As the successor sees them from now on.
        members = lines.partner_id.with_user(employee.user_id).sudo(False)
        names = "、".join if self.env.lang.startswith("zh") else ", ".join
        text = names(members.mapped("display_name"))
        if count > len(members):
            text = self.env._(
                "%(names)s and %(count)s more", names=text, count=count - len(members)
            )
        activities = self._count_activities(employee)
        parts = [
            self.env._(
                "%(count)s members of %(employee)s are yours to look after now.",
                count=count,
                employee=self._giver_name(),
            ),
            text,
        ]
        if activities:
            parts.append(
                self.env._("Open activities with them: %(count)s.", count=activities)
            )
        link = Markup('<p><a href="/odoo/%s/vip-new-members">%s</a></p>') % (
            self.id,
            self.env._("Show my new members"),
        )
        return Markup().join(Markup("<p>%s</p>") % part for part in parts) + link

    def _giver_name(self):
        return self.from_employee_id.sudo().name or self.store_id.name

    def _count_activities(self, employee):
        """Count the open activities that came to her with these members."""
        moved = self.sudo().activity_moved_ids
        return len(
            moved.filtered(lambda activity: activity.user_id == employee.user_id)
        )

    def _action_open(self):
        """Return the action that shows this handover."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Handover"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _action_tell_prepared(self):
        """Return a notice for whoever prepared a handover but does not see members."""
        transfer = self.sudo()  # who goes on from here is no secret
        names = transfer.activity_user_id.mapped("name") or transfer._managers_over()[
            :3
        ].mapped("name")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "sticky": True,
                "title": self.env._("The handover is prepared"),
                "message": self.env._(
                    "%(transfer)s is waiting for: %(names)s. She can be archived once"
                    " it is applied.",
                    transfer=transfer.name,
                    names=", ".join(names),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
