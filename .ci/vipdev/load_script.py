"""Load files of members and purchases; run in Odoo's shell by ./dev load.

VIP_CARE_LOAD holds what to do as JSON; the result goes to the file it names.
"""

import json
import os
from pathlib import Path

env = globals()["env"]  # given by the shell
wanted = json.loads(os.environ["VIP_CARE_LOAD"])
result = env["vip.import"]._load_files(
    wanted["members"],
    wanted["purchases"],
    dry_run=wanted["dry_run"],
    create_stores=wanted["create_stores"],
)
if wanted["dry_run"]:
    env.cr.rollback()
else:
    env.cr.commit()
    env["vip.standing.review"].run()
    env.cr.commit()
Path(wanted["result"]).write_text(json.dumps(result, default=str))
