from . import (
    test_can_text,
    test_gateway_health,
    test_gateway_secrets,
    test_gateway_settings,
    test_neutralize,
    test_odoo_reports,
)
