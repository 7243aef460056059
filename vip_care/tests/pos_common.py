from odoo.addons.pos_loyalty.tests.common import CommonPosLoyaltyTest

from .common import no_commit


class VipPosCommon(CommonPosLoyaltyTest):
    """Odoo's own test shop with a store, an associate and two members."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(no_commit(cls.env))
        cls.env.user.group_ids += cls.env.ref(
            "vip_care.group_head_office"
        ) + cls.env.ref("hr.group_hr_manager")
        cls.store = cls.pos_config_usd.vip_store_id
        cls.store.write(
            {"tz": "Asia/Shanghai", "country_id": cls.env.ref("base.cn").id}
        )
        cls.receiver = cls.env["hr.employee"].create(
            {"name": "Lin", "user_id": cls.env.user.id, "vip_store_id": cls.store.id}
        )
        cls.owner = cls.env["hr.employee"].create(
            {"name": "Mei", "vip_store_id": cls.store.id}
        )
        cls.member, cls.other_member = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "phone": phone,
                    "is_vip_member": True,
                    "vip_store_id": cls.store.id,
                    "vip_owner_id": cls.owner.id,
                }
                for name, phone in [("王芳", "13912340001"), ("李娜", "13912340002")]
            ]
        )
        cls.env["vip.standing.review"].run()
        cls.product = cls.twenty_dollars_no_tax.product_variant_id
        cls.product.standard_price = 8

    @classmethod
    def _sell(cls, partner, qty=1, paid=True, refund=False, config=None, **order):
        """Sell pieces at 20 each; return the order, or its refund when asked for."""
        payment = [{"payment_method_id": cls.bank_payment_method.id}]
        order, refunded = cls.create_backend_pos_order(
            cls,
            {
                "pos_config": config or cls.pos_config_usd,
                "order_data": {"partner_id": partner.id, **order},
                "line_data": [{"product_id": cls.product.id, "qty": qty}],
                "payment_data": payment if paid else [],
                "refund_data": payment if refund else [],
            },
        )
        return refunded if refund else order

    @classmethod
    def _collect(cls, full=True):
        return cls.env["vip.purchase"].sudo()._collect(full=full).sudo(False)

    @classmethod
    def _purchase(cls, order):
        return cls.env["vip.purchase"].search([("order_id", "=", order.id)])

    @classmethod
    def _add_history(cls, order, **vals):
        program = cls.four_20_dollars_one_free_program
        card = program.coupon_ids.filtered(
            lambda c: c.partner_id == order.partner_id
        ) or cls.env["loyalty.card"].sudo().create(
            {"program_id": program.id, "partner_id": order.partner_id.id}
        )
        # sudo: nobody but the system writes cards and their history
        history = (
            cls.env["loyalty.history"]
            .sudo()
            .create(
                {
                    "card_id": card.id,
                    "description": "ticket",
                    "order_model": "pos.order",
                    "order_id": order.id,
                }
                | vals
            )
        )
        return history.sudo(False)
