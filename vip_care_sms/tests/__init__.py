from . import test_can_text
