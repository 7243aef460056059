from . import (
    test_can_text,
    test_counter,
    test_country,
    test_country_text,
    test_hoot,
    test_odoo_sms,
)
