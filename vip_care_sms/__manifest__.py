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
        "views/res_partner_views.xml",
    ],
}
