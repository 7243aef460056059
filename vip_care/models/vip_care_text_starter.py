import csv
import logging

from odoo import api, models
from odoo.tools import file_open

from ..tools.message_guard import check

_logger = logging.getLogger(__name__)
LANGS = ("zh_CN", "zh_TW", "en_US")
COLUMNS = ("key", "kind", "trigger", "tone", "body")


class VipCareText(models.Model):
    """The texts that come with the add-on."""

    _inherit = "vip.care.text"

    @api.model
    def _load_starter_bank(self):
        """Create the starter bank's texts that do not exist yet; return how many.

        Called at each installation and update. Starter texts are never deleted, only
        retired, so that one nobody wanted does not come back.
        """
        self = self.sudo()  # written by whom installs
        known = {(text.key, text.lang) for text in self.search([("key", "!=", False)])}
        occasions = self.env["vip.occasion"].with_context(active_test=False)
        occasions = occasions.search([("key", "!=", False)])
        by_key = {occasion.key: occasion.id for occasion in occasions}
        found = []
        for lang in LANGS:
            for row in self._read_starter_bank(lang):
                if (row["key"], lang) not in known and self._is_usable(row, by_key):
                    vals = {name: row[name] for name in COLUMNS}
                    day = by_key.get(row["occasion"], False)
                    vals |= {"lang": lang, "occasion_id": day, "company_id": False}
                    found.append(vals)
        return len(self._create_approved(found))

    def _read_starter_bank(self, lang):
        """Return the rows of a language's file."""
        path = f"vip_care/data/texts/{lang}.csv"
        with file_open(path, "r", env=self.env) as file:
            return list(csv.DictReader(file))

    def _is_usable(self, row, occasions):
        """Return whether a row can be loaded; an installation never fails for one."""
        if row["occasion"] and row["occasion"] not in occasions:
            _logger.info("Text %s: no occasion %s", row["key"], row["occasion"])
            return False
        if found := check(row["body"], row["kind"]):
            _logger.warning("Text %s is refused by the guard: %s", row["key"], found)
            return False
        return True
