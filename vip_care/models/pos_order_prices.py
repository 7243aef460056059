from odoo import models


class PosOrder(models.Model):
    """What a ticket's lines cost, computed anew with Odoo's own tax computation.

    Unit price, quantity, discount and taxes decide: totals written on a line are the
    client's word.
    """

    _inherit = "pos.order"

    def _vip_line_prices(self):
        """Return {line: (total with taxes, without)}, by Odoo's tax computation."""
        account_tax = self.env["account.tax"]
        # All of a register's many fields would be read for these two.
        self.config_id.fetch(["currency_id", "rounding_method"])
        nothing = self._vip_without_goods()
        base_lines = [
            account_tax._prepare_base_line_for_taxes_computation(
                line,
                currency_id=self.currency_id,
                rate=self.currency_rate or 1,
                tax_ids=line.tax_ids_after_fiscal_position,
                price_unit=line.price_unit,
                quantity=line.qty,
                discount=line.discount,
                extra_tax_data={},  # the client may write amounts of taxes in it
                **nothing,
            )
            for line in self.lines
        ]
        account_tax._add_tax_details_in_base_lines(base_lines, self.company_id)
        account_tax._round_base_lines_tax_details(base_lines, self.company_id)
        return {
            line: (
                details["total_excluded_currency"]
                + details["delta_total_excluded_currency"]
                + sum(tax["tax_amount_currency"] for tax in details["taxes_data"]),
                details["total_excluded_currency"]
                + details["delta_total_excluded_currency"],
            )
            for line, details in (
                (base["record"], base["tax_details"]) for base in base_lines
            )
        }

    def _vip_without_goods(self):
        """Return empty goods for the tax computation, unless a tax's formula asks."""
        taxes = self.lines.tax_ids_after_fiscal_position
        taxes |= taxes.filtered(lambda tax: tax.amount_type == "group").children_tax_ids
        if (
            taxes._eval_taxes_computation_prepare_product_fields()
            or taxes._eval_taxes_computation_prepare_product_uom_fields()
        ):
            return {}
        empty = {"product_id": "product.product", "product_uom_id": "uom.uom"}
        return {name: self.env[model] for name, model in empty.items()}
