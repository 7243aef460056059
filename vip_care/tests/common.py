import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from unittest.mock import patch

import pytz

from odoo import fields
from odoo.tests import Form, TransactionCase, tagged


def no_commit(env):
    """Return a patcher: jobs commit after each batch, a test keeps its transaction."""
    return patch.object(
        env.registry["ir.cron"],
        "_commit_progress",
        lambda self, *args, **kwargs: float("inf"),
    )


@tagged("post_install", "-at_install")
class VipCareCommon(TransactionCase):
    """A chain of one region and two stores, and short ways to fill it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.startClassPatcher(no_commit(cls.env))
        cls.china = cls.env.ref("base.cn")
        cls.company = cls.env.company
        cls.company.country_id = cls.china
        cls.region = cls.env["vip.region"].create({"name": "East", "code": "E"})
        cls.store = cls._create_store("North Gate", "T1")
        cls.other_store = cls._create_store("South Gate", "T2")
        cls.silver, cls.gold, cls.diamond = cls.company._vip_tiers()[:3]
        cls.numbers = count(1)

    def _save_settings(self, **values):
        """Change these on the settings page, as the administrator."""
        admin = self.env.ref("base.user_admin")
        with Form(self.env["res.config.settings"].with_user(admin)) as form:
            for name, value in values.items():
                setattr(form, name, value)
        form.record.execute()

    @classmethod
    def _create_store(cls, name, code, **vals):
        return cls.env["vip.store"].create(
            {
                "name": name,
                "code": code,
                "region_id": cls.region.id,
                "country_id": cls.env.ref("base.cn").id,
                "tz": "Asia/Shanghai",
            }
            | vals
        )

    @classmethod
    def _create_member(cls, name="王芳", **vals):
        number = next(cls.numbers)
        return cls.env["res.partner"].create(
            {
                "name": name,
                "phone": f"139{number:08d}",
                "is_vip_member": True,
                "vip_store_id": cls.store.id,
            }
            | vals
        )

    @classmethod
    def _create_employee(cls, name, store=None, **vals):
        return cls.env["hr.employee"].create(
            {"name": name, "vip_store_id": (store or cls.store).id} | vals
        )

    @classmethod
    def _buy(cls, member, day, amount=100, **vals):
        """Give `member` an imported purchase on `day`, noon in the store."""
        store = cls.env["vip.store"].browse(
            vals.get("store_id", member.vip_store_id.id or cls.store.id)
        )
        local_date = fields.Date.to_date(day)
        noon = pytz.timezone(store.tz).localize(datetime.combine(local_date, time(12)))
        purchase = cls.env["vip.purchase"].create(
            {
                "import_ref": f"T{next(cls.numbers)}",
                "partner_id": member.id,
                "company_id": store.company_id.id,
                "store_id": store.id,
                "date": noon.astimezone(pytz.utc).replace(tzinfo=None),
                "local_date": local_date,
                "amount": float(Decimal(str(amount))),
                "units": 1 if amount >= 0 else -1,
                "is_refund": amount < 0,
            }
            | vals
        )
        cls.env["vip.standing.due"]._add(member.ids)
        return purchase

    @classmethod
    def _fill(cls, members=40, last=date(2026, 6, 15)):
        """Give members random lives of up to three years until `last`."""
        chance = random.Random(7)
        people = cls.env["res.partner"]
        for index in range(members):
            store = chance.choice([cls.store, cls.other_store])
            people += cls._create_member(f"M{index}", vip_store_id=store.id)
        for member in people[: members - 3]:
            for _ticket in range(chance.randint(1, 12)):
                day = last - timedelta(days=chance.randint(0, 1100))
                amount = chance.choice([120, 480.5, 999.99, 2400, -150])
                cls._buy(member, day, amount, in_season_units=chance.choice([0, 1]))
        return people

    @classmethod
    def _review(cls, on_date, members=None):
        return cls.env["vip.standing.review"].run(
            partner_ids=members and members.ids, on_date=on_date
        )
