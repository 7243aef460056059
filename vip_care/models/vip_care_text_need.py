import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.text_words import bank_language
from .vip_care_scope import CareScope
from .vip_care_text import TEXT_TRIGGERS
from .vip_care_words import TEXT_KINDS

_logger = logging.getLogger(__name__)
# So long before the first member would be left without words.
AHEAD = timedelta(days=21)
# Of these nobody knows who comes next: those of the last three weeks stand for them.
UNFORESEEN = ("purchase", "high_value", "referral", "enrolment", "referred")
READONLY = {"readonly": True}


class VipCareTextNeed(models.Model):
    """Words that will be missing within three weeks: for which day and language.

    Written anew each day by `_cron_bank`; head office is told once a month of each.
    """

    _name = "vip.care.text.need"
    _description = "Words needed"
    _order = "first_date, trigger, id"
    _rec_name = "trigger"

    company_id = fields.Many2one("res.company", required=True, **READONLY)
    trigger = fields.Selection(TEXT_TRIGGERS, "For", required=True, **READONLY)
    kind = fields.Selection(TEXT_KINDS, required=True, **READONLY)
    occasion_id = fields.Many2one(
        "vip.occasion", "Festival or day", ondelete="cascade", **READONLY
    )
    lang = fields.Char("Language code", required=True, **READONLY)
    lang_name = fields.Char("Language", compute="_compute_lang_name")
    left_count = fields.Integer(
        "Texts in the bank", help="Approved texts that fit the day.", **READONLY
    )
    member_count = fields.Integer(
        "Members without words",
        help="Who has had all of them, of those the rules are meant for by then.",
        **READONLY,
    )
    first_date = fields.Date("First needed", **READONLY)
    told_on = fields.Date("Head office told on", **READONLY)

    _need_uniq = models.UniqueIndex(
        "(company_id, trigger, kind, COALESCE(occasion_id, 0), lang)"
    )

    def _compute_lang_name(self):
        names = dict(self.env["vip.care.text"]._all_langs())
        for need in self:
            need.lang_name = names.get(need.lang, need.lang)

    def action_write(self):
        """Open a new text for what is needed."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vip_care.vip_care_text_action"
        )
        named = {name: self[name] for name in ("trigger", "kind", "lang")}
        named["occasion_id"] = self.occasion_id.id
        context = {f"default_{name}": value for name, value in named.items()}
        return action | {"views": [(False, "form")], "context": context}

    @api.model
    def _cron_bank(self):
        self.env["vip.care.text"]._count_uses()
        for company in self.env["res.company"].search([("active", "=", True)]):
            today = self.env["vip.store"].with_company(company)._vip_today()
            self._process_bank(company, today)
        self.env["ir.cron"]._commit_progress(1, remaining=0)

    def _process_bank(self, company, day):
        """Write anew what a company's members will lack, and tell head office of it."""
        rows = self._find_needs(company, day)
        known = {
            (n.trigger, n.kind, n.occasion_id.id, n.lang): n
            for n in self.search([("company_id", "=", company.id)])
        }
        for key, need in known.items():
            if key not in rows and need.member_count:
                need.member_count = 0  # kept: it says when head office was told
        for key, vals in rows.items():
            if key in known:
                known[key].write(vals)
            else:
                names = ("trigger", "kind", "occasion_id", "lang")
                vals |= dict(zip(names, key, strict=True))
                self.create(vals | {"company_id": company.id})
        self._tell(company, day)

    def _find_needs(self, company, day):
        """Return {(trigger, kind, occasion id, language): values}."""
        self.env.flush_all()
        rows = {}
        rules = self.env["vip.care.rule"].search(
            [
                ("channel", "=", "message"),
                ("text_kind", "!=", False),
                ("trigger", "!=", "activity"),  # each has an invitation of its own
                ("company_id", "in", (False, company.id)),
            ]
        )
        for rule in rules:
            try:
                with self.env.cr.savepoint():
                    found = self._needs_of(rule, company, day)
            except Exception:  # noqa: BLE001 - a broken rule does not hide the others
                _logger.exception("Words for care rule %s are not counted", rule.id)
                continue
            for occasion_id, lang, left, members, first in found:
                key = rule.trigger, rule.text_kind, occasion_id or False, lang
                old = rows.get(key, {"member_count": 0, "first_date": first})
                rows[key] = {
                    "left_count": left,
                    "member_count": old["member_count"] + members,
                    "first_date": min(old["first_date"], first),
                }
        return rows

    def _needs_of(self, rule, company, day):
        stores = self.env["vip.store"].with_context(active_test=False)
        ids = stores.search([("company_id", "=", company.id)]).ids
        scope = CareScope(company, day, day + AHEAD, [0, *ids], is_forecast=True)
        known = rule._query_candidates(scope)
        found = [] if known is None else [self._query_known(rule, scope, known)]
        if rule.trigger in UNFORESEEN:
            recent = scope._replace(day=day - AHEAD, ahead=day)
            if candidates := rule._query_candidates(recent):
                found.append(self._query_likely(rule, scope, candidates))
        if not found:
            return []
        langs = self._languages(company)
        found = SQL(" UNION ALL ").join(found)
        return self.env.execute_query(self._query_needs(rule, scope, found, langs))

    def _languages(self, company):
        """Return [(member's language, the bank's)]; "" for members without one."""
        texts = self.env["vip.care.text"]
        by_company = texts._bank_langs()
        bank = by_company.get(0, set()) | by_company.get(company.id, set())
        own = company.partner_id.lang
        codes = ["", *(code for code, _name in texts._all_langs())]
        return [
            (code, bank_language((code, own), bank) or code or own or "en_US")
            for code in codes
        ]
