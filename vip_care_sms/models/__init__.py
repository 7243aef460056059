from . import (
    res_company,
    res_partner,
    vip_care_rule,
    vip_care_task,
    vip_message,
    vip_message_batch,
    vip_message_reply,
    vip_message_report,
    vip_sms_country,
    vip_sms_gateway,
    vip_sms_template,
    vip_store,
)
