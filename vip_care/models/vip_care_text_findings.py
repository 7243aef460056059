from odoo import api, models


class VipCareText(models.Model):
    """What the message guard found, told to whom wrote it: which words, why, what now.

    One sentence per code of `message_guard.Finding`.
    """

    _inherit = "vip.care.text"

    @api.model
    def _finding_text(self, finding):
        """Return one sentence: the words, what they are and what to do."""
        return self._finding_sentences()[finding.code] % {"words": finding.words}

    @api.model
    def _finding_sentences(self):
        """Return {code: sentence}, each with a place for the words."""
        return self._offer_sentences() | self._manner_sentences()

    def _offer_sentences(self):
        return {
            "price": self.env._(
                "“%(words)s” speaks of a price. Leave prices out: the message gives and"
                " asks nothing."
            ),
            "discount": self.env._(
                "“%(words)s” is an offer. Leave it out: an offer makes the message an"
                " advertisement."
            ),
            "product": self.env._(
                "“%(words)s” shows goods. Leave them out: show them when she is in the"
                " store."
            ),
            "event": self.env._(
                "“%(words)s” is an event of the store. Leave it out: activities have"
                " invitations of their own."
            ),
            "bait": self.env._(
                "“%(words)s” lures with something to get. Leave it out: care asks for"
                " nothing in return."
            ),
        }

    def _manner_sentences(self):
        return {
            "link": self.env._(
                "“%(words)s” leads somewhere else. Leave links, codes and accounts out."
            ),
            "phone": self.env._(
                "“%(words)s” is a telephone number. Leave it out: she knows how to"
                " reach her associate."
            ),
            "urging": self.env._(
                "“%(words)s” urges her to come or to buy. Leave it out: she comes when"
                " she likes."
            ),
            "prying": self.env._(
                "“%(words)s” asks what is hers to tell, or why she stayed away. Leave"
                " the question out."
            ),
            "shouting": self.env._(
                "“%(words)s” is too loud. Write it in small letters and with one mark."
            ),
            "placeholder": self.env._(
                "“%(words)s” is filled in by nobody. Only {name}, {honorific}, {store}"
                " and {associate} are, in a text of the bank."
            ),
            "signature": self.env._(
                "The signature is missing: end with the names of the store and of the"
                " associate."
            ),
        }
