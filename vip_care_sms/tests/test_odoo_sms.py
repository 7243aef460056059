from odoo.tests import tagged

from odoo.addons.sms.tests.common import SMSCommon
from odoo.addons.vip_care.tests.common import VipCareCommon


@tagged("post_install", "-at_install")
class TestOdooSms(VipCareCommon, SMSCommon):
    """Odoo's own messages pass by whoever refused them, in every mode."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.company_id.country_id = cls.china
        cls.agreed = cls._create_member("Agreed")
        cls.served = cls._create_member("Served")
        cls.silent = cls._create_member("Silent")
        cls.quiet = cls._create_member("Quiet")
        cls.guest = cls.env["res.partner"].create(
            {"name": "Guest", "phone": "13600000001", "country_id": cls.china.id}
        )
        cls.barred = cls.guest.copy({"name": "Barred", "phone": "13600000002"})
        cls.env["phone.blacklist"].create({"number": "+8613600000002"})
        cls._say(cls.agreed, ["service", "care"])
        cls._say(cls.served, ["service"])
        cls._say(cls.quiet, ["service", "care", "marketing"], given=False)

    @classmethod
    def _say(cls, member, purposes, given=True):
        member._vip_record_consents(purposes, given, text="Yes", method="paper")

    def _compose(self, **vals):
        with self.mockSMSGateway():
            self.env["sms.composer"].create({"body": "Hello"} | vals).action_send_sms()
        return {sms["number"] for sms in self._sms}

    def _write_to(self, partner):
        return self._compose(
            composition_mode="comment",
            res_model="res.partner",
            res_id=partner.id,
            number_field_name="phone",
        )

    def test_written_on_the_contact(self):
        for partner, is_sent in (
            (self.agreed, True),
            (self.served, False),
            (self.silent, False),
            (self.quiet, False),
            (self.guest, True),
            (self.barred, False),
        ):
            with self.subTest(partner.name):
                sent = self._write_to(partner)
                key = partner._phone_format(number=partner.phone)
                self.assertEqual(sent, {key} if is_sent else set())
                notice = self.env["mail.notification"].search(
                    [("res_partner_id", "=", partner.id)], limit=1
                )
                self.assertEqual(
                    notice.failure_type, False if is_sent else "sms_blacklist"
                )

    def test_to_bare_numbers(self):
        people = self.agreed | self.silent | self.guest | self.barred
        sent = self._compose(
            composition_mode="numbers", numbers=",".join(people.mapped("phone"))
        )
        self.assertEqual(sent, {self.agreed.vip_phone_key, "+8613600000001"})

    def test_a_wish_and_a_wrong_or_changed_number(self):
        self.agreed.vip_preferred_channel = "none"
        self.assertFalse(self._write_to(self.agreed))
        self.agreed.vip_preferred_channel = False
        self.agreed.vip_phone_is_wrong = True
        self.assertFalse(self._write_to(self.agreed))
        self.agreed.vip_phone_is_wrong = False
        self.assertTrue(self._write_to(self.agreed))
        self.agreed.phone = "13600000003"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET vip_phone_changed_at = now() + INTERVAL '1 minute'"
            " WHERE id = %s",
            [self.agreed.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self._write_to(self.agreed))

    def test_a_service_reaches_whom_it_is_for(self):
        """What is written on a record of hers is no greeting."""
        partners = self.agreed | self.silent | self.quiet | self.barred
        message = self.env["mail.message"].create(
            {"model": "product.template", "res_id": 1, "body": "Your coat is ready."}
        )
        rows = self.env["sms.sms"].create(
            [
                {
                    "number": partner._phone_format(number=partner.phone),
                    "partner_id": partner.id,
                    "body": "Your coat is ready.",
                    "mail_message_id": message.id,
                }
                for partner in partners
            ]
        )
        self.assertEqual(
            rows.mapped("state"), ["outgoing", "outgoing", "canceled", "canceled"]
        )

    def test_refused_while_it_waited(self):
        rows = self.env["sms.sms"].create(
            [
                {"number": self.agreed.vip_phone_key, "body": "One"},
                {"number": "+8613600000001", "body": "Two"},
                # As people type it: no list of Odoo's would know it.
                {"number": "136 0000 0001", "body": "Three"},
            ]
        )
        self.assertEqual(rows.mapped("state"), ["outgoing"] * 3)
        self._say(self.agreed, ["care", "marketing"], given=False)
        self.env["phone.blacklist"].create({"number": "+8613600000001"})
        with self.mockSMSGateway(sms_allow_unlink=True):
            rows.send()
        self.assertEqual(rows.mapped("state"), ["canceled"] * 3)
        self.assertEqual(set(rows.mapped("failure_type")), {"sms_blacklist"})
        self.assertFalse(self._sms)
        # By the queue, too.
        late = self.env["sms.sms"].create({"number": "+8613600000004", "body": "Four"})
        self.env["phone.blacklist"].create({"number": "+8613600000004"})
        with self.mockSMSGateway(sms_allow_unlink=True):
            late.with_context()._send()
        self.assertEqual(late.state, "canceled")
