from odoo import fields, models


class VipImportRow(models.Model):
    """A row of a file between its check and its import.

    Filled by COPY and worked on by SQL only, a million rows at a time: hence whole
    numbers instead of relations, whose constraints PostgreSQL would check row by row.
    Rows go when their import is done.
    """

    _name = "vip.import.row"
    _description = "Row of an import"
    _log_access = False

    import_id = fields.Integer(required=True)
    kind = fields.Char(required=True, help="member or purchase")
    row = fields.Integer(required=True, help="Number of the row in the file.")
    state = fields.Char(
        required=True,
        help="new, bad, skip (there already) or line (added to another row of its"
        " ticket).",
    )
    phone_key = fields.Char()
    card = fields.Char()
    store_id = fields.Integer()
    store_code = fields.Char(help="A store to be created.")
    owner_id = fields.Integer()
    partner_id = fields.Integer(help="The contact found, or made.")
    member_row_id = fields.Integer(help="Row of the member that is still to be made.")
    ticket = fields.Char()
    ticket_hash = fields.Char(help="Stands for the ticket number where there is none.")
    date = fields.Datetime()
    local_date = fields.Date()
    amount = fields.Float(digits=0)
    margin = fields.Float(digits=0)
    units = fields.Float(digits=0)
    points_earned = fields.Float(digits=0)
    points_spent = fields.Float(digits=0)
    receiver_id = fields.Integer()
    data = fields.Json()
    problems = fields.Json()

    # Chunks are taken in the order of the file.
    _row_idx = models.Index("(import_id, kind, row)")
