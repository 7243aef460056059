from . import test_callbacks, test_can_text, test_replies, test_reports
