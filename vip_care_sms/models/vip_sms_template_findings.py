from odoo import api, models


class VipSmsTemplate(models.Model):
    """What a provider would refuse, told to whom writes it: what, and what now."""

    _inherit = "vip.sms.template"

    @api.model
    def _finding_text(self, finding):
        """Return one sentence for a finding of `tools/filed_text.py`."""
        sentences = self._word_sentences() | self._variable_sentences()
        return sentences[finding.code] % {"words": finding.words}

    def _word_sentences(self):
        return {
            "traditional": self.env._(
                "“%(words)s” is a traditional character. Write the simplified one."
            ),
            "mark": self.env._(
                "“%(words)s” is not sent by the provider. Leave it out: brackets 【】,"
                " currency signs, pictures, arrows and stars arrive as garbage."
            ),
            "brackets": self.env._(
                "A text neither begins nor ends with [ ]: they look like a signature."
            ),
            "long": self.env._(
                "With its signature the text is longer than %(words)s characters."
            ),
            "empty": self.env._("Write the text that is filed."),
            "ending": self.env._(
                "Care is marketing to the provider: the text must end with"
                " “%(words)s”, exactly so and with nothing behind it."
            ),
            "ending_twice": self.env._("“%(words)s” stands at the end only, and once."),
            "no_ending": self.env._(
                "A text of service must not say “%(words)s”: the provider takes it for"
                " marketing then."
            ),
            "signature": self.env._(
                "The gateway's signature “%(words)s” must be 2 to 12 letters or"
                " characters, without brackets or spaces."
            ),
        }

    def _variable_sentences(self):
        return {
            "twice": self.env._(
                "${%(words)s} stands twice in the text. Each variable stands once."
            ),
            "adjacent": self.env._(
                "%(words)s: two variables side by side. Put words between them or make"
                " them one."
            ),
            "only_variables": self.env._(
                "The text is nothing but variables. Write what it is about."
            ),
            "link": self.env._(
                "%(words)s would be a link or a telephone number. Write it out: a"
                " variable must not be one."
            ),
            "value_long": self.env._(
                "“%(words)s” is longer than the 35 characters of a variable."
            ),
            "value_link": self.env._(
                "“%(words)s” has a link or a telephone number in it; a variable must"
                " not."
            ),
            "value_traditional": self.env._(
                "“%(words)s” has traditional characters, which the provider refuses."
            ),
            "value_mark": self.env._(
                "“%(words)s” has a sign in it that the provider refuses."
            ),
        }
