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
        "data/ir_cron_data.xml",
        "data/vip_sms_country_data.xml",
        "data/vip_care_rule_data.xml",
        "views/res_partner_views.xml",
        "views/vip_sms_country_views.xml",
        "views/vip_words_views.xml",
        "views/vip_sms_template_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "vip_care_sms/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "vip_care_sms/static/tests/unit/**/*.js",
        ],
    },
}
