import base64
import json

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .access_common import LEAK, MARK, NUMBER
from .common import VipCareCommon

# One red pixel.
PICTURE = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
        "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
    )
)
RPC = "/web/dataset/call_kw"


@tagged("post_install", "-at_install")
class TestAccessHttp(VipCareCommon, HttpCase):
    """The routes by which a browser, or a clever seller, asks for a member."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env,
            "seller_http",
            "vip_care.group_associate,point_of_sale.group_pos_manager,"
            "base.group_partner_manager,base.group_allow_export",
        )
        cls._create_employee("Lin", user_id=cls.seller.id)
        cls.clerk = new_test_user(
            cls.env, "clerk_http", "base.group_user,base.group_allow_export"
        )
        cls.hidden = cls._create_member(
            f"{MARK}name",
            phone=NUMBER,
            email=f"{MARK}@{MARK}.example",
            street=f"{MARK}street",
            comment=f"{MARK}comment",
            image_1920=PICTURE,
            vip_owner_id=cls._create_employee("Mei").id,
        )
        cls.hidden.with_context(tracking_disable=False).message_post(
            body=f"{MARK} likes linen", subject=MARK
        )
        cls.activity = cls.hidden.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=f"{MARK} call",
            user_id=cls.env.ref("base.user_admin").id,
        )
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": f"{MARK}.txt",
                "raw": MARK.encode(),
                "res_model": "res.partner",
                "res_id": cls.hidden.id,
            }
        )

    def _pages(self):
        """Return {what: (url, form)} of plain requests about her."""
        hid = self.hidden.id
        export = {
            "model": "res.partner",
            "fields": [{"name": n, "label": n} for n in ("name", "phone", "email")],
            "ids": [hid],
            "domain": [],
            "import_compat": False,
            "groupby": [],
        }
        form = {"data": json.dumps(export), "csrf_token": http.Request.csrf_token(self)}
        return {
            "vcard": (f"/web/partner/vcard?partner_ids={hid}", None),
            "vcard of one": (f"/web_enterprise/partner/{hid}/vcard", None),
            "json": (f"/json/1/contacts/{hid}", None),
            "attachment": (f"/web/content/{self.file.id}", None),
            "csv": ("/web/export/csv", form),
            "xlsx": ("/web/export/xlsx", form),
        }

    def _calls(self):
        """Return {what: (url, params)} of JSON-RPC requests about her."""
        hid, about = self.hidden.id, [["id", "=", self.hidden.id]]
        thread = {"thread_model": "res.partner", "thread_id": hid}
        on_her = [["model", "=", "res.partner"], ["res_id", "=", hid]]
        return {
            "thread": ("/mail/thread/messages", thread),
            "thread data": (
                "/mail/thread/data",
                thread | {"request_list": ["activities", "followers", "attachments"]},
            ),
            "store": (
                "/mail/data",
                {
                    "fetch_params": [
                        ["mail.thread", thread | {"request_list": ["followers"]}],
                        ["avatar_card", {"id": hid, "model": "res.partner"}],
                        "init_messaging",
                    ]
                },
            ),
            "recipients": (
                "/mail/thread/recipients",
                thread | {"message_id": False},
            ),
            **{
                f"{model}.{method}": (
                    RPC,
                    {"model": model, "method": method, "args": args, "kwargs": kwargs},
                )
                for model, method, args, kwargs in [
                    ("res.partner", "read", [[hid], ["name", "phone"]], {}),
                    ("res.partner", "search_read", [about, ["name", "phone"]], {}),
                    ("res.partner", "get_mention_suggestions", [MARK], {}),
                    ("res.partner", "search_for_channel_invite", [MARK], {}),
                    ("res.partner", "im_search", [MARK], {}),
                    ("mail.message", "search_read", [on_her, ["body"]], {}),
                    ("mail.activity", "search_read", [on_her, []], {}),
                    ("mail.followers", "search_read", [on_her, []], {}),
                    ("ir.attachment", "search_read", [on_her[1:], ["name"]], {}),
                ]
            },
        }

    @mute_logger(
        "odoo.http",
        "odoo.addons.base.models.ir_rule",
        "odoo.addons.web.controllers.export",
    )
    def _ask(self, login):
        """Return {what: answer} for everything one may ask."""
        self.authenticate(login, login)
        answers = {
            what: self.url_open(url, data=form).text
            for what, (url, form) in self._pages().items()
        }
        for what, (url, params) in self._calls().items():
            answer = self.url_open(
                url + "?debug=1",
                data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                headers={"Content-Type": "application/json"},
            )
            answers[what] = answer.text
        return answers

    def test_no_route_tells_a_seller(self):
        answers = self._ask("seller_http")
        self.assertGreater(len(answers), 15)
        for what, answer in answers.items():
            with self.subTest(what):
                self.assertFalse(LEAK.search(answer), answer[:2000])

    def test_odoo_itself_tells_any_employee(self):
        """The same questions by somebody outside our rules: the test can fail."""
        told = [
            what for what, text in self._ask("clerk_http").items() if LEAK.search(text)
        ]
        for what in ("vcard", "thread", "res.partner.read", "mail.message.search_read"):
            self.assertIn(what, told)

    def test_her_picture(self):
        sizes = {}
        for login in ("seller_http", "clerk_http"):
            self.authenticate(login, login)
            url = f"/web/image/res.partner/{self.hidden.id}/image_1920"
            sizes[login] = self.url_open(url).content
        self.assertNotEqual(sizes["seller_http"], sizes["clerk_http"])

    def test_a_customer_sees_herself_only(self):
        other = self._create_member("李娜")
        new_test_user(self.env, "portal_http", "base.group_portal", partner_id=other.id)
        partners = self.env["res.partner"].with_user(
            self.env["res.users"].search([("login", "=", "portal_http")])
        )
        self.assertEqual(partners.search([]), other)
