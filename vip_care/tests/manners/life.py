"""What happens to members on a day, besides buying."""

from datetime import timedelta

from . import people

# So many a year for a thousand members, in a lively chain.
HAPPENINGS = {
    "refuse": 90,
    "agree": 60,
    "complain": 50,
    "mourn": 40,
    "end_mourning": 10,
    "move": 60,
    "store_move": 20,
    "leave": 15,
    "archive": 8,
    "rename_birthday": 15,
    "tell_birthday": 20,
    "tell_child": 20,
    "change_number": 15,
    "change_wishes": 40,
    "meet": 20,
}


class Life:
    """A part of the chain; each happening is looked at in its own transaction."""

    def live(self, day):
        """Let things happen to members; `look` sees what is planned right after."""
        self._close_complaints(day)
        per_day = len(self.members) / 1000 / 365 * self.liveliness * self.share
        for name, often in HAPPENINGS.items():
            times = often * per_day
            count = int(times) + (self.chance.random() < times % 1)
            for _one in range(count):
                self.tick()
                member = self.env["res.partner"].browse(
                    self.chance.choice(self.members)
                )
                if self.ledger.at(member.id, "member", self.moment):
                    getattr(self, f"_{name}")(member)
                    self.look(name, member)

    def _refuse(self, member):
        purpose = self.chance.choice(("care", "care", "marketing", "service"))
        way = self.chance.choice(("any", "any", "sms", "phone"))
        self.env["vip.consent"].create(self.consent_row(member, purpose, way, False))

    def _agree(self, member):
        rows = [
            self.consent_row(member, purpose, "any", True)
            for purpose in ("service", "care", "marketing")
        ]
        self.env["vip.consent"].create(rows)

    def _complain(self, member):
        self.env["vip.feedback"].with_user(self.head).create(
            {"partner_id": member.id, "kind": "complaint", "description": "A seam"}
        )
        self.complained(member.id)

    def complained(self, member):
        """Write down an open complaint, and when it will be over."""
        self.ledger.tell(member, "complaint", True, self.moment)
        until = self.moment.date() + timedelta(self.chance.randint(1, 40))
        self.complaints.append((until, member))

    def _close_complaints(self, day):
        due = {member for until, member in self.complaints if until <= day}
        due -= {member for until, member in self.complaints if until > day}
        self.complaints = [one for one in self.complaints if one[1] not in due]
        feedback = self.env["vip.feedback"].with_user(self.head)
        open_ones = feedback.search(
            [
                ("partner_id", "in", list(due)),
                ("is_open", "=", True),
                ("kind", "=", "complaint"),
                ("partner_id.is_vip_member", "=", True),
                ("partner_id.active", "=", True),
            ]
        )
        for complaint in open_ones:
            complaint.action_hear()
            complaint.action_apologise()
            complaint.resolution = "Mended"
            complaint.action_resolve()
            complaint.score = 4
            complaint.action_close()
        for member in due:
            self.ledger.tell(member, "complaint", False, self.moment)

    def _mourn(self, member):
        until = self.moment.date() + timedelta(self.chance.choice((7, 49, 100)))
        member.vip_mourning_until = until
        self.ledger.tell(member.id, "mourning", until, self.moment)

    def _end_mourning(self, member):
        member.vip_mourning_until = False
        self.ledger.tell(member.id, "mourning", None, self.moment)

    def _move(self, member):
        """Another associate of the store takes her over."""
        team = self.teams.get(member.vip_store_id.id, ())
        others = [one for one in team if one != member.vip_owner_id.id]
        if not others or not member.vip_owner_id:
            return
        transfer = self.env["vip.transfer"].with_user(self.head)
        transfer = transfer.request_rebalance(
            member.ids, self.chance.choice(others), "Fairer shares"
        )
        self._decide(transfer)
        member.invalidate_recordset()
        self.note_owner(member)

    def _decide(self, transfer):
        """Let whoever may take the steps to the end."""
        deciders = [self.manager, self.region.manager_ids, self.admin]
        for step in ("store", "approve"):
            for user in deciders:
                if transfer.with_user(user)._may_decide(step):
                    name = "store_approve" if step == "store" else step
                    getattr(transfer.with_user(user), f"action_{name}")()
                    break

    def _store_move(self, member):
        store = self.chance.choice([one for one in self.teams])
        member.vip_store_id = store
        self.ledger.tell(member.id, "store", store, self.moment)
        self.ledger.tell(member.id, "phone", member.vip_phone_key, self.moment)

    def _leave(self, member):
        member.is_vip_member = False
        self.ledger.tell(member.id, "member", False, self.moment)

    def _archive(self, member):
        member.active = False
        self.ledger.tell(member.id, "member", False, self.moment)

    def _rename_birthday(self, member):
        """She keeps it by the other calendar from now on."""
        month, day = self.chance.randint(1, 12), self.chance.randint(1, 29)
        member.write(people.lunar(month, day))
        kept = "lunar", month, day, False
        self.ledger.tell(member.id, "birthday", kept, self.moment)

    def _tell_birthday(self, member):
        if self.ledger.at(member.id, "birthday", self.moment):
            return
        values, kept = people.birthday(self.chance)
        nothing = {
            "vip_birthday": False,
            "vip_birthday_calendar": "solar",
            "vip_lunar_month": 0,
            "vip_lunar_day": 0,
            "vip_lunar_is_leap": False,
        }
        member.write(nothing | values)
        self.ledger.tell(member.id, "birthday", kept, self.moment)

    def _tell_child(self, member):
        self.env["vip.relation"].create(self.relation(member.id, "child"))

    def _change_number(self, member):
        member.phone = not member.phone and f"+86137{next(self.numbers):08d}"
        self.ledger.tell(member.id, "phone", member.vip_phone_key, self.moment)

    def _change_wishes(self, member):
        for kind, choices in (
            ("channel", people.CHANNELS),
            ("days", people.DAYS),
            ("hours", people.HOURS),
        ):
            value = people.pick(self.chance, choices)
            member[f"vip_preferred_{kind}"] = value
            self.ledger.tell(member.id, kind, value, self.moment)

    def _meet(self, member):
        """Two members turn out to know each other."""
        other = self.chance.choice(self.members)
        self.env["vip.relation"].create(self.relation(member.id, "friend", other))
