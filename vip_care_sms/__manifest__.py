{
    "name": "VIP Care SMS",
    "summary": "Which members can be reached by text message",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "VIP Care",
    "license": "LGPL-3",
    "depends": ["vip_care", "sms"],
    "data": ["views/res_partner_views.xml"],
}
