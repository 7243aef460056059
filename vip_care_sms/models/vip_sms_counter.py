from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.vip_care.tools.addressing import address
from odoo.addons.vip_care.tools.text_words import team

# Whom a text is counted for while nobody is known yet: most names have two or three
# characters, or as many letters as these.
TYPICAL = {"zh": "欧阳晓燕", "": "Christine Wong"}


class VipSmsCounter(models.AbstractModel):
    """What the counter under the words needs, asked for once: nothing is counted here.

    Empty where the company sends by no gateway.
    """

    _name = "vip.sms.counter"
    _description = "Counter of text messages"

    @api.model
    @api.readonly
    def of_task(self, task_id):
        """Return it for the words of a contact by message."""
        self._check_reader()
        is_id = isinstance(task_id, int) and not isinstance(task_id, bool)
        tasks = self.env["vip.care.task"]
        task = tasks.browse(task_id if is_id and 0 < task_id < 2**31 else []).exists()
        if not task or task.channel != "message":
            return False
        task.check_access("read")
        country = self.env["vip.care.guard"]._country(task.sudo())  # no secret
        return self._counter(task.company_id, country, task.purpose)

    @api.model
    @api.readonly
    def of_text(self, lang, kind, company_id=None):
        """Return it for a text of the bank, with whom it is counted for."""
        self._check_reader()
        company = self.env.company
        if company_id in self.env.companies.ids:
            company = company.browse(company_id)
        purpose = "service" if kind == "service" else "care"
        counter = self._counter(company, company.country_id, purpose)
        if counter:
            counter["sample"] = self._sample(lang if isinstance(lang, str) else "")
        return counter

    @api.model
    def _check_reader(self):
        if not self.env.user.has_group("vip_care.group_associate"):
            raise AccessError(
                self.env._("Words for members are for associates and managers.")
            )

    @api.model
    def _counter(self, company, country, purpose):
        # sudo: what a part costs is shown to whoever writes it, the keys are not
        gateway = company.sudo().vip_sms_gateway_id
        if not gateway:
            return False
        day = fields.Date.context_today(self)
        around = self.env["vip.sms.country"]._around(gateway, country, purpose, day)
        return {
            "counting": gateway.counting,
            "price": gateway.price,
            "currency_id": gateway.currency_id.id,
            "around": around._asdict(),
            "sample": False,
        }

    @api.model
    def _sample(self, lang):
        """Return values of the placeholders as a member with a long name has them."""
        name, honorific = address(
            lang, TYPICAL.get(lang[:2], TYPICAL[""]), "", "female"
        )
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        # sudo: names of stores and colleagues are public
        stores = self.env["vip.store"].sudo()
        stores = stores.with_context(lang=lang if lang in installed else None)
        stores = stores.search([("company_id", "in", self.env.companies.ids)], limit=80)
        names = [store.signature or store.name or "" for store in stores]
        return {
            "name": name,
            "honorific": honorific,
            "store": max(names, key=len, default=self.env.company.name),
            "associate": self.env.user.name or team(lang),
        }
