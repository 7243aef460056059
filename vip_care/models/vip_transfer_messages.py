from markupsafe import Markup

from odoo import models


class VipTransfer(models.Model):
    """Who is told what. Titles never hold names of members or reasons."""

    _inherit = "vip.transfer"

    def _tell_deciders(self):
        """Put the transfer on the list of those who decide next."""
        for user in self._deciders(self.level):
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Decide on %(transfer)s", transfer=self.name),
                user_id=user.id,
            )

    def _end_activities(self):
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _tell_requester(self, sentence, detail=None):
        requester = self.requested_by_id
        if requester == self.env.user:
            return
        body = Markup("<p>%s</p>") % sentence
        if detail:
            body += Markup("<p>%s</p>") % detail
        self.message_notify(
            partner_ids=requester.partner_id.ids, body=body, subject=self.name
        )

    def _notify_successors(self):
        """Send each successor one message; override to say more."""
        self.ensure_one()
        groups = self.line_ids._read_group(
            [("transfer_id", "=", self.id), ("outcome", "=", "moved")],
            ["new_owner_id"],
            ["__count"],
        )
        for employee, count in groups:
            if employee.user_id:
                self._notify_successor(employee, count)

    def _notify_successor(self, employee, count):
        """Tell one successor of her new members; override for another text."""
        body = self.env._("%(count)s members are yours to look after now.", count=count)
        link = Markup('<a href="/odoo/vip-members">%s</a>') % self.env._("My members")
        # Not on the transfer: its reason is for those who decide.
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=employee.user_id.partner_id.ids,
            body=Markup("<p>%s</p><p>%s</p>") % (body, link),
            subject=self.env._("New members"),
        )
