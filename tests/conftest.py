"""Lets plain tests import `vip_care.tools` without Odoo."""

import sys
import types
from pathlib import Path

for name in ("vip_care", "vip_care_sms"):
    package = types.ModuleType(name)
    package.__path__ = [str(Path(__file__).parents[1] / name)]
    sys.modules.setdefault(name, package)
