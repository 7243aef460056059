"""The demo chain: what screenshots, tours and newcomers see.

Everything is drawn from fixed seeds and dated relative to today, so that the chain is
the same for everybody and always fresh. Tables of data and what is drawn from them
(`people`, `profiles`, `buying`, `garments`) know no Odoo; the other modules write.
"""

import logging
import time
from datetime import timedelta
from random import Random

from . import (
    care,
    company,
    goods,
    history,
    loyalty,
    members,
    organisation,
    tills,
    transfers,
)

_logger = logging.getLogger(__name__)
HISTORY_DAYS = 730
REGISTER_DAYS = 21
# Two years of records at once: no mail, no chatter, no commit in between.
QUIET = {
    "lang": "en_US",
    "tz": "Asia/Shanghai",
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "no_reset_password": True,
    "action_no_send_mail": True,
    "vip_no_commit": True,
}
STEPS = (
    company.prepare,
    organisation.create,
    goods.create,
    loyalty.create,
    members.plan,
    history.create,
    loyalty.open_cards,
    tills.sell,
    members.connect,
    history.finish,
    members.grant_tiers,
    transfers.create,
    care.create,
)


class Chain:
    """What the steps share: the environment, the days and what was made so far."""

    def __init__(self, env):
        self.env = env(su=True, context=dict(env.context, **QUIET))
        self.company = self.env.ref("base.main_company")
        self.env = self.env["base"].with_company(self.company).env
        self.today = self.env["vip.store"].new({"tz": QUIET["tz"]})._vip_today()
        self.first_day = self.today - timedelta(days=HISTORY_DAYS)
        self.first_register_day = self.today - timedelta(days=REGISTER_DAYS)

    def create(self):
        """Carry out all steps, unless the chain is there already."""
        if self.env.ref("vip_care.demo_store_shanghai", raise_if_not_found=False):
            return
        for step in STEPS:
            start = time.monotonic()
            step(self)
            self.env.flush_all()
            _logger.info(
                "Demo chain: %s.%s took %.1f s",
                step.__module__.rpartition(".")[2],
                step.__name__,
                time.monotonic() - start,
            )

    def draw(self, topic):
        """Return the source of chance for one topic; topics do not disturb others."""
        return Random(f"vip_care {topic}")

    def load(self, model, prefix, rows):
        """Create `rows` (key: values) as `vip_care.demo_<prefix>_<key>`, by key."""
        records = self.env[model]._load_records(
            [
                {
                    "xml_id": f"vip_care.demo_{prefix}_{key}",
                    "values": values,
                    "noupdate": True,
                }
                for key, values in rows.items()
            ]
        )
        return dict(zip(rows, records, strict=True))

    def load_one(self, model, name, values):
        """Create one record as `vip_care.demo_<name>`."""
        prefix, _underscore, key = name.partition("_")
        return self.load(model, prefix, {key: values})[key]
