import io
import re

import polib

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import PoFileWriter, TranslationModuleReader

ADDONS = ("vip_care", "vip_care_sms")
LANGUAGES = ("zh_CN", "zh_TW")
# What must come back untouched: %(name)s, %s, %%, {detail}.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+\}")
TAG = re.compile(r"</?\w+")
REFRESH = (
    "Write the .pot anew and complete the .po files (docs/developer.md, Translations):"
    "\n    ./dev db translations --force"
    "\n    ./dev odoo i18n export -d translations vip_care vip_care_sms"
)


def read_terms(path):
    return {entry.msgid: entry for entry in polib.pofile(path) if not entry.obsolete}


def places(entry):
    """Where a term stands, as far as it decides which screens get the translation.

    Files of code may be moved: only whether Python or the web client says the term
    counts.
    """
    records = {place for place, _line in entry.occurrences if place[:5] != "code:"}
    return records | set(re.findall(r"^odoo-\w+", entry.comment, re.MULTILINE))


def marks(text):
    """Return the placeholders and tags of a text, sorted."""
    return sorted(PLACEHOLDER.findall(text) + TAG.findall(text))


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    """Whoever adds words to a screen adds them in Chinese too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        installed = cls.env["ir.module.module"].search(
            [("name", "in", ADDONS), ("state", "=", "installed")]
        )
        cls.addons = installed.mapped("name")
        cls.current = {addon: cls._as_pot(addon) for addon in cls.addons}

    @classmethod
    def _as_pot(cls, addon):
        """Return the terms `odoo i18n export` would write now, without the demo's."""
        buffer = io.BytesIO()
        # One at a time, as it does: what two add-ons share is in both.
        rows = TranslationModuleReader(cls.env.cr, modules=[addon])
        PoFileWriter(buffer, lang=None).write_rows(
            row
            for row in rows
            if row[0] == addon and not str(row[3]).startswith(f"{addon}.demo_")
        )
        return read_terms(buffer.getvalue().decode())

    def _saved(self, addon, file_name):
        return read_terms(f"{get_module_path(addon)}/i18n/{file_name}")

    def _assert_no(self, problems):
        """Fail with all `problems`: (what is wrong, the terms of which it is)."""
        text = "".join(
            f"\n{problem}:" + "".join(f"\n    {term!r}" for term in sorted(terms))
            for problem, terms in problems
            if terms
        )
        if text:
            self.fail(f"{text}\n{REFRESH}")

    def test_the_template_holds_the_terms_of_today(self):
        problems = []
        for addon in self.addons:
            saved, current = self._saved(addon, f"{addon}.pot"), self.current[addon]
            both = current.keys() & saved.keys()
            elsewhere = {
                f"{term} ({place})"
                for term in both
                for place in places(current[term]) - places(saved[term])
            }
            problems += [
                (f"Not in {addon}.pot", current.keys() - saved.keys()),
                (f"No longer used, but in {addon}.pot", saved.keys() - current.keys()),
                (f"In {addon}.pot, but not for these places", elsewhere),
            ]
        self._assert_no(problems)

    def test_every_term_is_translated(self):
        problems = []
        for addon in self.addons:
            for lang in LANGUAGES:
                saved, current = self._saved(addon, f"{lang}.po"), self.current[addon]
                both = current.keys() & saved.keys()
                empty = {term for term in both if not saved[term].translated()}
                problems += [
                    (f"Not in {addon}/i18n/{lang}.po", current.keys() - saved.keys()),
                    (f"Empty or fuzzy in {addon}/i18n/{lang}.po", empty),
                ]
        self._assert_no(problems)

    def test_translations_keep_placeholders_and_tags(self):
        self._assert_no(
            (
                f"Placeholders or tags differ in {addon}/i18n/{lang}.po",
                {
                    f"{entry.msgid} -> {entry.msgstr}"
                    for entry in self._saved(addon, f"{lang}.po").values()
                    if entry.msgstr and marks(entry.msgid) != marks(entry.msgstr)
                },
            )
            for addon in self.addons
            for lang in LANGUAGES
        )
