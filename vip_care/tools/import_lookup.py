"""What an import knows while it reads rows, and what a row becomes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Store(NamedTuple):
    """What a row needs to know of its store; no id means that it is to be created."""

    id: int | None
    code: str
    country: str
    zone: ZoneInfo


@dataclass
class Lookup:
    """What the cells of an import may name; all keys in lower case."""

    home: Store  # of rows without a store; its id may be None
    now: datetime  # UTC, naive
    places: int = 2
    create_stores: bool = False
    stores: dict = field(default_factory=dict)
    foreign_stores: set = field(default_factory=set)  # codes of other companies
    employees: dict = field(default_factory=dict)  # by badge, name, (store id, name)
    gone: set = field(default_factory=set)  # ids of employees who left
    tiers: dict = field(default_factory=dict)


class Row(dict):
    """Staged values of one row; `problems` is a list of dictionaries."""

    def __init__(self, **values):
        super().__init__(values)
        self.problems = []

    @property
    def is_bad(self):
        return any(not problem.get("note") for problem in self.problems)

    def add_problem(self, column, value, code, detail=None, note=False):
        problem = {"column": column, "value": str(value or "")[:60], "code": code}
        if detail is not None:
            problem["detail"] = detail
        if note:
            problem["note"] = True
        self.problems.append(problem)
