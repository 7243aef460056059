from odoo import fields, models


class ResCompany(models.Model):
    """What a newcomer is asked to agree to, and whether owners hear of visits."""

    _inherit = "res.company"

    # Not read with every company: only where somebody is enrolled.
    vip_consent_text = fields.Text(
        "Consent to membership",
        translate=True,
        prefetch=False,
        help="What somebody who becomes a member agrees to. Empty: our usual words.",
    )
    vip_marketing_text = fields.Text(
        "Consent to offers",
        translate=True,
        prefetch=False,
        help="What a member agrees to who wants to hear of offers. Empty: our usual"
        " words.",
    )
    vip_tell_owner = fields.Boolean(
        "Tell owners of visits",
        default=True,
        help="An owner gets a message when a colleague served her member.",
    )

    def _vip_consent_text(self):
        """Return what a new member is asked to agree to, in the user's language."""
        self.ensure_one()
        return self.vip_consent_text or self.env._(
            "I become a member of %(company)s. The shop keeps my name and number, what"
            " I buy, my sizes and what I tell about my taste and my special days. It"
            " uses them to serve me well, to count my points and to greet me, and gives"
            " them to nobody else. I may ask to see, correct or delete them and"
            " withdraw this consent at any time, in any of its stores.",
            company=self.name,
        )

    def _vip_marketing_text(self):
        """Return what a member agrees to who wants to hear of offers."""
        self.ensure_one()
        return self.vip_marketing_text or self.env._(
            "I also want to hear from %(company)s about new arrivals, offers and"
            " invitations, by phone or message. I may stop this at any time and stay a"
            " member all the same.",
            company=self.name,
        )
