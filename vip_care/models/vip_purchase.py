from odoo import fields, models


class VipPurchase(models.Model):
    """A ticket as VIP Care counts it.

    One narrow row per paid ticket of a member, written by the collector
    (`vip_purchase_collect.py`) or by an import. Standing, reports and credit read this
    table and no other, so owner, receiver and tier stay as they were at the sale.
    """

    _name = "vip.purchase"
    _description = "Member purchase"
    _order = "date desc, id desc"
    _rec_name = "import_ref"
    # Millions of rows that nobody edits: no create and write columns.
    _log_access = False

    order_id = fields.Many2one("pos.order", "Ticket", readonly=True, ondelete="cascade")
    import_ref = fields.Char(
        "Ticket number",
        readonly=True,
        help="Number of the imported ticket, or the receipt number of a register's.",
    )
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    store_id = fields.Many2one("vip.store", readonly=True, ondelete="restrict")
    region_id = fields.Many2one(related="store_id.region_id")
    season_id = fields.Many2one(
        "vip.season",
        readonly=True,
        index="btree_not_null",
        help="The selling season of the day of sale.",
    )
    date = fields.Datetime("Time of sale", required=True, readonly=True)
    local_date = fields.Date(
        "Date",
        required=True,
        readonly=True,
        help="The store's own date at the time of sale.",
    )
    amount = fields.Monetary(
        readonly=True, help="Paid, taxes included; negative for goods brought back."
    )
    margin = fields.Monetary(
        readonly=True,
        aggregator="sum",
        groups="vip_care.group_store_manager",
        help="Amount without taxes less cost, once the cost of every line is known.",
    )
    units = fields.Float(
        readonly=True, digits=0, help="Pieces of goods bought less brought back."
    )
    in_season_units = fields.Float(
        readonly=True,
        digits=0,
        help="Pieces bought while their season was on; unknown for imported history.",
    )
    is_refund = fields.Boolean(readonly=True, default=False)
    points_earned = fields.Float(readonly=True, digits=0)
    points_spent = fields.Float(readonly=True, digits=0)
    owner_id = fields.Many2one(
        "hr.employee", readonly=True, help="Who maintained the member at the sale."
    )
    receiver_id = fields.Many2one(
        "hr.employee", readonly=True, help="Who served this sale."
    )
    # What the ticket said when it was last read: a corrected adviser is found by it.
    adviser_id = fields.Many2one("hr.employee", readonly=True)
    tier_id = fields.Many2one(
        "vip.tier", readonly=True, help="The member's tier at the sale."
    )
    # The member as she is today, for reports.
    member_tier_id = fields.Many2one(
        related="partner_id.vip_tier_id", string="Tier today"
    )
    member_value_class = fields.Selection(
        related="partner_id.vip_value_class", string="Value class today"
    )
    member_lifecycle = fields.Selection(
        related="partner_id.vip_lifecycle", string="Life cycle today"
    )

    # A ticket is counted once, whichever way it came.
    _order_uniq = models.UniqueIndex("(order_id) WHERE order_id IS NOT NULL")
    _import_ref_uniq = models.UniqueIndex(
        "(company_id, import_ref) WHERE order_id IS NULL"
    )
    # The standing review reads one member's purchases, newest first.
    _partner_idx = models.Index("(partner_id, local_date)")
    # The nightly review finds whose purchases leave a window; reports read a month.
    _local_date_idx = models.Index("(local_date)")
    _store_idx = models.Index("(store_id, local_date)")
    _owner_idx = models.Index("(owner_id, local_date)")
