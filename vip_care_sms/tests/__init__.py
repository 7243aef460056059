from . import test_can_text, test_country, test_country_text, test_message_send
