from . import vip_message_settle, vip_sms_test
