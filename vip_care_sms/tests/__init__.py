from . import test_can_text, test_message_send
