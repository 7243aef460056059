import psycopg2

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger

MEMBER_BATCH = 1_000
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    # New contacts have neither parent nor children to be in step with.
    "_partners_skip_fields_sync": True,
    "active_test": False,
}
# What a member there already may lack besides what the file says of her.
COMPLETED = ("vip_card_number", "vip_store_id")


class VipImport(models.Model):
    """Members: made, taken in or completed, a batch per transaction."""

    _inherit = "vip.import"

    def _create_stores(self):
        """Make the stores that rows name and nobody knows, and give rows their ids."""
        codes = self.env.execute_query(
            SQL(
                """
                SELECT min(store_code) FROM vip_import_row
                 WHERE import_id = %s AND state = 'new' AND store_code IS NOT NULL
                 GROUP BY lower(store_code) ORDER BY min(row)
                """,
                self.id,
            )
        )
        home = self.store_id
        stores = self.env["vip.store"].with_company(self.company_id)
        country = (
            home.country_id or self.company_id.country_id or self.env.ref("base.cn")
        )
        stores.create(
            [
                {
                    "name": code,
                    "code": code,
                    "company_id": self.company_id.id,
                    "country_id": country.id,
                    "tz": home.tz or stores._default_tz(),
                }
                for (code,) in codes
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE vip_import_row r SET store_id = s.id, store_code = NULL
                  FROM vip_store s
                 WHERE r.import_id = %s AND s.company_id = %s
                   AND lower(s.code) = lower(r.store_code)
                """,
                self.id,
                self.company_id.id,
            )
        )

    def _import_members(self):
        """Import the next batch of members; return how many rows it had."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT r.id, r.row FROM vip_import_row r
                 WHERE %s AND r.row > %s ORDER BY r.row LIMIT %s
                """,
                self._rows("member"),
                self.member_cursor,
                MEMBER_BATCH,
            )
        )
        if rows:
            # Some may have been enrolled since the check.
            self._match_members([row["id"] for row in rows])
            self._import_member_rows(self._read_member_rows(rows))
            self.member_cursor = rows[-1]["row"]
        return len(rows)

    def _read_member_rows(self, rows):
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT r.id, r.row, r.partner_id, r.partner_id IS NULL AS is_new,
                       r.card, r.store_id, r.owner_id,
                       r.data->'vals' AS vals, p.is_vip_member
                  FROM vip_import_row r
                  LEFT JOIN res_partner p ON p.id = r.partner_id
                 WHERE r.id = ANY(%s) AND r.state = 'new' ORDER BY r.row
                """,
                [row["id"] for row in rows],
            )
        )

    def _import_member_rows(self, rows):
        """Import members at once; where that fails, find out who it is."""
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                self._write_members(rows)
        except (UserError, psycopg2.IntegrityError, psycopg2.DataError) as error:
            if len(rows) == 1:
                self._flag_refused(rows[0], error)
                return
            middle = len(rows) // 2
            self._import_member_rows(rows[:middle])
            self._import_member_rows(rows[middle:])

    def _flag_refused(self, row, error):
        """Report a member Odoo refused."""
        self._flag(
            "",
            "refused",
            SQL(
                "SELECT %s AS id, %s AS value, to_jsonb(%s::text) AS detail",
                row["id"],
                row["vals"].get("name"),
                str(error).splitlines()[0][:300],
            ),
        )

    def _write_members(self, rows):
        # Not the importing employee's own members: nobody is named as enroller.
        partners = (
            self.env["res.partner"]
            .with_user(SUPERUSER_ID)
            .with_company(self.company_id)
            .with_context(**QUIET)
            ._vip_decided("import")
        )
        new = [row for row in rows if row["is_new"]]
        created = partners.create([self._prepare_member_vals(row) for row in new])
        for row, partner in zip(new, created, strict=True):
            row["partner_id"] = partner.id
        self._complete_members(partners, [row for row in rows if not row["is_new"]])
        self.env.flush_all()
        self._log_tiers([row for row in rows if not row["is_vip_member"]])
        self._note_partners(new)
        self.member_done += len([row for row in rows if not row["is_vip_member"]])

    def _prepare_member_vals(self, row):
        """Return what a new member of this row is created with."""
        today = fields.Date.context_today(self)
        return {
            "vip_enrolment_source": "import",
            "vip_enrolled_on": today,
            **row["vals"],
            "is_vip_member": True,
            "vip_card_number": row["card"],
            "vip_store_id": row["store_id"],
            "vip_enrolment_store_id": row["store_id"],
            "vip_owner_id": row["owner_id"],
        }

    def _complete_members(self, partners, rows):
        """Fill what is empty; make contacts known by their number members."""
        partners = partners.browse(row["partner_id"] for row in rows)
        for partner, row in zip(partners, rows, strict=True):
            vals = self._prepare_member_vals(row)
            if row["is_vip_member"]:
                vals = {
                    name: value
                    for name, value in vals.items()
                    if name in COMPLETED or name in row["vals"]
                }
                vals.pop("vip_tier_id", None)
                vals.pop("vip_tier_valid_until", None)
            if not partner.vip_birthday and not partner.vip_lunar_day:
                # Solar unless told otherwise, so it never looks empty.
                if vals.get("vip_birthday_calendar"):
                    partner.vip_birthday_calendar = vals["vip_birthday_calendar"]
            missing = {
                name: value
                for name, value in vals.items()
                if value and not partner[name]
            }
            if missing:
                partner.write(missing)

    def _log_tiers(self, rows):
        self.env["vip.standing.change"].sudo().create(
            [
                {
                    "partner_id": row["partner_id"],
                    "kind": "tier",
                    "new_tier_id": row["vals"]["vip_tier_id"],
                    "valid_until": row["vals"].get("vip_tier_valid_until"),
                    "reason": "import",
                    "user_id": self.user_id.id,
                }
                for row in rows
                if row["vals"].get("vip_tier_id")
            ]
        )

    def _note_partners(self, rows):
        """Tell the staged rows who their members became."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE vip_import_row r SET partner_id = made.partner_id
                  FROM unnest(%s::int[], %s::int[]) AS made (id, partner_id)
                 WHERE made.id = r.id
                """,
                [row["id"] for row in rows],
                [row["partner_id"] for row in rows],
            )
        )

    def _link_referrers(self):
        """Give members the referrers the file names, now that all are there."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner m SET vip_referrer_id = ref.id
                  FROM vip_import_row r
                  JOIN res_partner ref
                    ON ref.is_vip_member AND ref.active
                   AND (ref.vip_phone_key = r.data->'referrer'->>'phone'
                        OR ref.vip_card_number = r.data->'referrer'->>'card')
                 WHERE %s AND r.data ? 'referrer' AND r.partner_id = m.id
                   AND m.vip_referrer_id IS NULL AND ref.id <> m.id
                """,
                self._rows("member"),
            )
        )
        self.env["res.partner"].invalidate_model(["vip_referrer_id"])
