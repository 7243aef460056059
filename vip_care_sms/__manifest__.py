{
    "name": "VIP Care SMS",
    "summary": "Members' messages, sent once, at the right hour, by a gateway of yours",
    "version": "19.0.1.1.0",
    "category": "Sales/Point of Sale",
    "author": "VIP Care",
    "license": "LGPL-3",
    "depends": ["vip_care", "sms"],
    "data": [
        "security/ir.model.access.csv",
        "security/vip_message_rules.xml",
        "security/vip_message_count_rules.xml",
        "wizards/vip_message_settle_views.xml",
        "wizards/vip_sms_test_views.xml",
        "data/ir_cron_data.xml",
        "views/res_partner_views.xml",
        "views/vip_message_views.xml",
        "views/vip_message_batch_views.xml",
        "views/vip_message_reply_views.xml",
        "views/vip_sms_gateway_views.xml",
        "views/vip_care_rule_views.xml",
        "views/vip_member_messages_views.xml",
        "views/res_config_settings_views.xml",
        "report/vip_message_count_views.xml",
        "views/vip_sms_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "vip_care_sms/static/src/backend/**/*",
        ],
        "web.assets_tests": [
            "vip_care_sms/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "vip_care_sms/static/tests/unit/**/*",
        ],
    },
    "demo": ["demo/vip_sms_demo.xml"],
}
