from datetime import date

from odoo.tests import tagged

from .common import VipCareCommon
from .manners.chain import frozen
from .manners.days import simulate
from .manners.oracle import Oracle
from .manners.plants import Garden

MEMBERS, YEARS = 150, 5
# One day in so many is lived, in stretches that wander through the years; all of them
# with 2,000 members: `./dev bench manners`.
SHARE = 8


@tagged("post_install", "-at_install")
class TestManners(VipCareCommon):
    """Five years of a chain, and every contact within the manners."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with frozen(date(2026, 1, 1)) as freezer:
            chain = simulate(
                cls.env,
                MEMBERS,
                YEARS,
                freezer=freezer,
                share=SHARE,
                liveliness=3,
                often=0.15,
                again=0.08,
            )
        cls.ledger = chain.ledger
        cls.oracle = Oracle(cls.ledger)
        cls.oracle.judge()

    def test_no_contact_breaks_a_manner(self):
        self.assertEqual(self.oracle.violations, [])

    def test_there_was_much_to_judge(self):
        """An oracle that sees nothing finds nothing."""
        for manner in range(1, 9):
            self.assertGreater(self.oracle.checked[manner], 100, manner)
        done = {c.trigger for c in self.oracle.done}
        self.assertGreater(len(done), 12, done)
        guards = {c.guard for c in self.ledger.contacts}
        for guard in ("refused", "consent", "cap", "outranked", "complaint", "late"):
            self.assertIn(guard, guards)
        refused = [one for one in self.ledger.tries if not one.is_allowed]
        self.assertGreater(len(refused), 20)
        self.assertGreater(self.oracle.kept["done"], 20)

    def test_the_oracle_finds_what_is_planted(self):
        garden = Garden(self.ledger)
        plants = [name for name in dir(garden) if name.startswith("plant_")]
        self.assertEqual({name.split("_")[1] for name in plants}, set("12345678"))
        for name in plants:
            with self.subTest(name):
                ledger, contact = getattr(garden, name)()
                found = Oracle(ledger).judge()
                manner = int(name.split("_")[1])
                mine = [v for v in found if v.manner == manner]
                number = contact.id if contact else 0
                self.assertIn(number, {violation.contact for violation in mine}, found)
