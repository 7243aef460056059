"""Five years of a chain, day by day, and an oracle that checks every contact.

`ledger` is what happened, written down by the simulation as it happens; `oracle` judges
the contacts by it. Neither ledger nor oracle uses any of the add-on's rules, guards or
calendars: what they know of manners is written here once more, by hand.
"""
