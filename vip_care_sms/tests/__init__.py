from . import (
    test_can_text,
    test_country,
    test_country_text,
    test_gateway_health,
    test_gateway_secrets,
    test_gateway_settings,
    test_message_at_once,
    test_message_reserve,
    test_message_send,
    test_message_steps,
    test_neutralize,
    test_odoo_reports,
)
