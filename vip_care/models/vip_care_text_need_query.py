from datetime import timedelta

from markupsafe import Markup

from odoo import models
from odoo.tools import SQL, format_date

# What a member has once in her life.
ONCE_ONLY = ("enrolment", "referred")
COLUMNS = SQL(
    "partner_id, occasion_key, event_date, due_date, until, occasion_id, event_id,"
    " facts"
)


class VipCareTextNeed(models.Model):
    """Counting who will lack words, and telling head office."""

    _inherit = "vip.care.text.need"

    def _query_needs(self, rule, scope, candidates, langs):
        """Return SQL: occasion, language, texts there, members without, first due.

        `candidates` are those of `_query_known` and `_query_likely`. SQL: each of three
        weeks is compared with all she has had. Those who have their words already are
        left out; audience and guards are not asked, so that rather too many words are
        ordered than too few.
        """
        fits = SQL(
            """x.state = 'approved' AND x.trigger = %(trigger)s AND x.kind = %(kind)s
               AND x.lang = l.lang
               AND COALESCE(x.occasion_id, 0) IN (0, COALESCE(c.occasion_id, 0))
               AND COALESCE(x.year, 0) IN (0, EXTRACT(year FROM c.day))
               AND COALESCE(x.company_id, 0) IN (0, %(company)s)""",
            trigger=rule.trigger,
            kind=rule.text_kind,
            company=scope.company.id,
        )
        return SQL(
            """
            WITH c AS (
                %(candidates)s
            ), l AS (
                SELECT * FROM unnest(%(codes)s, %(bank)s) AS l(code, lang)
            )
            SELECT c.occasion_id, l.lang,
                   max((SELECT count(DISTINCT x.digest) FROM vip_care_text x
                         WHERE %(fits)s)),
                   count(DISTINCT c.partner_id), min(c.due_date)
              FROM c
              JOIN res_partner m ON m.id = c.partner_id
              JOIN l ON l.code = COALESCE(m.lang, '')
             WHERE NOT EXISTS (
                       SELECT FROM vip_care_task k
                        WHERE k.partner_id = c.partner_id AND k.rule_id = %(rule)s
                          AND k.occasion_key = c.occasion_key
                          AND (k.state <> 'planned' OR k.body <> ''))
               AND NOT EXISTS (
                       SELECT FROM vip_care_text x
                        WHERE %(fits)s AND NOT EXISTS (
                              SELECT FROM vip_care_task k
                                JOIN vip_care_text y ON y.id = k.text_id
                               WHERE k.partner_id = c.partner_id AND NOT c.is_new
                                 AND k.state <> 'cancelled' AND y.digest = x.digest))
             GROUP BY 1, 2
            """,
            candidates=candidates,
            codes=[code for code, _lang in langs],
            bank=[lang for _code, lang in langs],
            fits=fits,
            rule=rule.id,
        )

    def _query_known(self, rule, scope, candidates):
        """Return SQL: those of the next three weeks of whom one knows."""
        return SQL(
            """
            SELECT partner_id, occasion_key::varchar AS occasion_key,
                   occasion_id::int AS occasion_id, due_date::date AS due_date,
                   COALESCE(event_date, due_date)::date AS day, FALSE AS is_new
              FROM (%s) AS known(%s)
             WHERE due_date <= %s AND until >= %s %s
            """,
            candidates,
            COLUMNS,
            scope.ahead,
            scope.day,
            self._query_only_days(rule),
        )

    def _query_likely(self, rule, scope, candidates):
        """Return SQL: those of the last three weeks, as if they came again.

        Who joins or comes recommended does so once: like them others will come who
        have had nothing yet.
        """
        days = (scope.ahead - scope.day).days
        return SQL(
            """
            SELECT partner_id, NULL::varchar, occasion_id::int, due_date::date + %s,
                   COALESCE(event_date, due_date)::date + %s, %s
              FROM (%s) AS likely(%s)
             WHERE due_date > %s AND due_date <= %s %s
            """,
            days,
            days,
            rule.trigger in ONCE_ONLY,
            candidates,
            COLUMNS,
            scope.day - timedelta(days),
            scope.day,
            self._query_only_days(rule),
        )

    def _query_only_days(self, rule):
        """Return the condition that the rule is for the candidate's occasion."""
        if not rule.occasion_ids:
            return SQL()
        return SQL("AND occasion_id = ANY(%s)", rule.occasion_ids.ids)

    def _tell(self, company, day):
        """Tell head office of what it was not told this month."""
        month = day.replace(day=1)
        needs = self.search(
            [("company_id", "=", company.id), ("member_count", ">", 0)]
        ).filtered(lambda need: not need.told_on or need.told_on < month)
        if needs:
            texts = self.env["vip.care.text"]
            texts._tell_head_office(
                lambda in_lang: needs.with_env(in_lang.env)._message(), company
            )
            needs.told_on = day

    def _message(self):
        """Return title and body of the message; it names no members."""
        items = Markup().join(Markup("<li>%s</li>") % need._sentence() for need in self)
        link = Markup('<a href="/odoo/vip-words-needed">%s</a>') % self.env._(
            "Words needed"
        )
        body = Markup("<p>%s</p><ul>%s</ul><p>%s</p>") % (
            self.env._("Within three weeks there will be members without words:"),
            items,
            link,
        )
        return self.env._("Words are running out"), body

    def _sentence(self):
        self.ensure_one()
        label = dict(self._fields["trigger"]._description_selection(self.env))
        return self.env._(
            "%(occasion)s, %(language)s: %(members)s members, first on %(day)s. Texts"
            " in the bank: %(texts)s.",
            occasion=self.occasion_id.name or label[self.trigger],
            language=self.lang_name,
            members=self.member_count,
            day=format_date(self.env, self.first_date),
            texts=self.left_count,
        )
