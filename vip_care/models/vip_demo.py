from odoo import api, models


class VipDemo(models.AbstractModel):
    """The door through which `demo/vip_demo.xml` builds the demo chain."""

    _name = "vip.demo"
    _description = "Demo chain"

    @api.model
    def _create_chain(self):
        """Build the demo chain, once; all of it belongs to the folder `demo`."""
        from ..demo.chain import Chain  # only a demo database needs this code

        Chain(self.env).create()
