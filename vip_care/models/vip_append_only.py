from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class VipAppendOnly(models.AbstractModel):
    """A table that only grows.

    Neither the ORM, not even as superuser, nor SQL changes or deletes a row: a trigger
    refuses. Only who may alter the table itself, the owner of the database, can take
    the trigger off. Columns in `_append_only_movable` may be repointed, because Odoo
    does so when contacts are merged or deleted; what they were is kept beside them.
    """

    _name = "vip.append.only"
    _description = "Rows that are written once"
    _append_only_movable = ()

    def write(self, vals):
        raise UserError(
            self.env._(
                "%(records)s: what is written here cannot be changed.",
                records=self.env["ir.model"]._get(self._name).name,
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%(records)s: what is written here cannot be deleted.",
                records=self.env["ir.model"]._get(self._name).name,
            )
        )

    def copy_data(self, default=None):
        raise UserError(
            self.env._(
                "%(records)s: what is written here cannot be copied.",
                records=self.env["ir.model"]._get(self._name).name,
            )
        )

    def _auto_init(self):
        # An update of the add-on may fill a new column in old rows.
        if not self._abstract:
            self.env.cr.execute(self._query_drop_triggers())
        return super()._auto_init()

    @api.private
    def init(self):
        result = super().init()
        if not self._abstract:
            self.env.cr.execute(self._query_drop_triggers())
            self.env.cr.execute(self._query_create_triggers())
        return result

    def _query_drop_triggers(self):
        """Return SQL that lets an upgrade change the table."""
        return SQL(
            """
            DO $do$ BEGIN
                IF to_regclass(%(name)s) IS NOT NULL THEN
                    DROP TRIGGER IF EXISTS vip_append_only_row ON %(table)s;
                    DROP TRIGGER IF EXISTS vip_append_only_table ON %(table)s;
                END IF;
            END $do$
            """,
            name=self._table,
            table=SQL.identifier(self._table),
        )

    def _query_create_triggers(self):
        """Return SQL for the triggers: the ORM has no way to bind SQL itself."""
        movable = SQL(", ").join(SQL("%s", name) for name in self._append_only_movable)
        return SQL(
            """
            CREATE OR REPLACE FUNCTION vip_append_only() RETURNS trigger AS $function$
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    IF to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV THEN
                        RETURN NEW;
                    END IF;
                END IF;
                RAISE EXCEPTION 'rows of %% are never changed', TG_TABLE_NAME;
            END
            $function$ LANGUAGE plpgsql;
            CREATE TRIGGER vip_append_only_row BEFORE UPDATE OR DELETE ON %(table)s
                FOR EACH ROW EXECUTE FUNCTION vip_append_only(%(movable)s);
            CREATE TRIGGER vip_append_only_table BEFORE TRUNCATE ON %(table)s
                FOR EACH STATEMENT EXECUTE FUNCTION vip_append_only();
            """,
            table=SQL.identifier(self._table),
            movable=movable,
        )
