from . import (
    test_can_text,
    test_country,
    test_country_text,
    test_message_at_once,
    test_message_reserve,
    test_message_send,
    test_message_steps,
)
