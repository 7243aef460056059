import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.tools import SQL, format_datetime

_logger = logging.getLogger(__name__)

# Older visits are no news: history, and tickets of tills that were long offline.
NEWS = timedelta(hours=48)


class VipPurchase(models.Model):
    """The owner is told when a colleague has served her member.

    Within the transaction that makes the purchases: a ticket becomes a purchase once,
    so its owner is told once, also if the job is killed in between.
    """

    _inherit = "vip.purchase"

    def _tell_owners(self, order_ids, run):
        """Send each owner one message about the visits of these new tickets.

        Never stops the collector: what cannot be sent is noted in the job's diary.
        """
        try:
            with self.env.cr.savepoint():
                visits = self._find_visits(order_ids)
        except Exception:  # noqa: BLE001 - see above
            _logger.exception("Owners are not told of %s tickets", len(order_ids))
            run._add_error(self.env._("Owners could not be told of visits."))
            return
        for user_id, rows in visits.items():
            user = self.env["res.users"].browse(user_id).sudo()
            try:
                with self.env.cr.savepoint():
                    self._tell_owner(user, rows)
            except Exception:  # noqa: BLE001 - see above
                _logger.exception("User %s is not told of visits", user_id)
                run._add_error(
                    self.env._("%(user)s could not be told of visits.", user=user.name)
                )

    def _find_visits(self, order_ids):
        """Return {user id of the owner: rows of visits, oldest first}."""
        if not order_ids:
            return {}
        visits = {}
        rows = self.env.execute_query(self._query_visits(order_ids))
        for user_id, *row in rows:
            visits.setdefault(user_id, []).append(row)
        return visits

    def _query_visits(self, order_ids):
        """Return the query of visits an owner is told of.

        SQL: the collector's rows are no records, and one query serves all owners. Only
        who owned her at the sale and still does: others may not see her any more.
        """
        return SQL(
            """
            SELECT u.id, p.partner_id, p.store_id, p.receiver_id, p.date,
                   EXISTS (
                       SELECT FROM pos_order_line l
                        WHERE l.order_id = p.order_id AND l.qty < 0
                          AND l.is_reward_line IS NOT TRUE) AS is_brought_back
              FROM vip_purchase p
              JOIN res_partner m ON m.id = p.partner_id AND m.active
                                AND m.vip_owner_id = p.owner_id
              JOIN res_company c ON c.id = p.company_id AND c.vip_tell_owner
              JOIN hr_employee owner ON owner.id = p.owner_id AND owner.active
              JOIN res_users u ON u.id = owner.user_id AND u.active
              LEFT JOIN hr_employee receiver ON receiver.id = p.receiver_id
             WHERE p.order_id = ANY(%s) AND p.date > %s
               AND p.receiver_id IS DISTINCT FROM p.owner_id
               AND receiver.user_id IS DISTINCT FROM u.id
             ORDER BY u.id, p.date, p.id
            """,
            list(order_ids),
            fields.Datetime.now() - NEWS,
        )

    def _tell_owner(self, user, rows):
        """Send `user` one message about these visits, in her language."""
        job = self.with_context(lang=user.lang or "en_US")
        items = Markup().join(
            Markup("<li>%s</li>") % job._visit_item(*row) for row in rows
        )
        link = Markup('<a href="/odoo/vip-members">%s</a>') % job.env._("My members")
        job.env["mail.thread"].sudo().message_notify(  # it is the system that tells
            partner_ids=user.partner_id.ids,
            # Not whose: titles are seen on lock screens.
            subject=job.env._("Your members came by"),
            body=Markup("<p>%s</p><ul>%s</ul><p>%s</p>")
            % (job.env._("Colleagues have served members of yours:"), items, link),
            author_id=self.env.ref("base.partner_root").id,
        )

    def _visit_item(self, partner_id, store_id, receiver_id, date, is_brought_back):
        """Return one visit as a sentence, with a link to the member."""
        records = self.sudo().env  # the owner's own member, told by the system
        store = records["vip.store"].browse(store_id)
        name = records["res.partner"].browse(partner_id).name
        link = Markup('<a href="/odoo/vip-members/%s">%s</a>') % (partner_id, name)
        text = self._visit_text(bool(receiver_id), is_brought_back)
        return text % {
            "member": link,
            "store": store.name or "–",
            "time": format_datetime(
                self.env, date, tz=store.tz or "UTC", dt_format="short"
            ),
            "receiver": records["hr.employee"].browse(receiver_id).name,
        }

    def _visit_text(self, is_receiver_known, is_brought_back):
        """Return the sentence about a visit, with places for its words."""
        if is_receiver_known and is_brought_back:
            text = self.env._(
                "%(member)s, %(store)s, %(time)s: served by %(receiver)s. Something"
                " was brought back."
            )
        elif is_receiver_known:
            text = self.env._(
                "%(member)s, %(store)s, %(time)s: served by %(receiver)s."
            )
        elif is_brought_back:
            text = self.env._(
                "%(member)s, %(store)s, %(time)s: the ticket does not say who served"
                " her. Something was brought back."
            )
        else:
            text = self.env._(
                "%(member)s, %(store)s, %(time)s: the ticket does not say who served"
                " her."
            )
        return Markup(text)
