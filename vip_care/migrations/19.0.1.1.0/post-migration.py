from odoo import SUPERUSER_ID, api

from odoo.addons.vip_care.hooks import _clean_tills


def migrate(cr, version):
    """Members' numbers leave tickets, and registers load their customers anew."""
    _clean_tills(api.Environment(cr, SUPERUSER_ID, {}))
