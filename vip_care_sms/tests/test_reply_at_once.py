import uuid

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..gateways.base import Reply

NUMBER = "+8613912345678"


@tagged("post_install", "-at_install")
class TestReplyAtOnce(TransactionCase):
    """Two requests in real transactions, committed and cleared away afterwards."""

    def setUp(self):
        super().setUp()
        self.key = uuid.uuid4().hex[:8]
        self.addCleanup(self._forget)
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            vals = {"name": self.key, "kind": "http", "company_id": env.company.id}
            self.gateway_id = env["vip.sms.gateway"].create(vals).id

    def _forget(self):
        with self.env.registry.cursor() as cr:
            cr.execute(
                """
                DELETE FROM vip_message_reply USING vip_sms_gateway g
                      WHERE g.id = gateway_id AND g.name = %(key)s;
                DELETE FROM mail_message WHERE model = 'vip.sms.gateway'
                    AND res_id IN (SELECT id FROM vip_sms_gateway WHERE name = %(key)s);
                DELETE FROM vip_sms_gateway WHERE name = %(key)s
                """,
                {"key": self.key},
            )

    def _take(self, cr, text):
        env = api.Environment(cr, SUPERUSER_ID, {})
        gateway = env["vip.sms.gateway"].browse(self.gateway_id)
        return env["vip.message.reply"]._take(gateway, [Reply(NUMBER, text)])

    @mute_logger("odoo.sql_db")
    def test_the_same_words_at_once_are_one(self):
        with self.env.registry.cursor() as one, self.env.registry.cursor() as two:
            two.execute("SELECT count(*) FROM vip_message_reply")  # sees nothing yet
            self.assertTrue(self._take(one, "在吗"))
            one.commit()
            with self.assertRaises(SerializationFailure):
                self._take(two, "在吗")
            two.rollback()  # and the request is repeated
            self.assertFalse(self._take(two, "在吗"))

    def test_different_words_at_once_are_two(self):
        with self.env.registry.cursor() as one, self.env.registry.cursor() as two:
            two.execute("SELECT count(*) FROM vip_message_reply")
            self.assertTrue(self._take(one, "在吗"))
            one.commit()
            self.assertTrue(self._take(two, "有吗"))
            two.commit()
