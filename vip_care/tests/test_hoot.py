from odoo.tests import HttpCase, tagged


def suite_id(name):
    """Return the id Hoot gives a suite: a rolling hash of its name."""
    number = 0
    for char in name:
        number = (number * 31 + ord(char)) & 0xFFFFFFFF
    return f"{number:08x}"


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    def test_unit_tests_of_the_web_client(self):
        # The ids as Odoo's own runner has them (web/tests/test_js.py).
        self.assertEqual(suite_id("@web/core"), "e39ce9ba")
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={suite_id('@vip_care')}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )
