from . import test_can_text, test_sms_template
