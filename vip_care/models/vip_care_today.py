from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# More than anybody does in a day; the rest follows when these are done.
CARDS = 100
VOICES = 20
OVER = ("done", "skipped")


class VipCareToday(models.AbstractModel):
    """Whom to care for today, why, how and with which words.

    Everything is read with the reader's own rights by a fixed number of queries,
    however many contacts there are. Lists tell names, reasons and hints only; opening
    one (`get_task`) counts the member as read.
    """

    _name = "vip.care.today"
    _description = "Today"

    @api.model
    @api.readonly
    def get_data(self, filters=None):
        """Return what the reader, or the colleague in `filters`, has to do today.

        `filters`: `owner_id` (0: members without owner) and `store_id`. Without them
        the reader's own list. Lists and numbers hold what the reader may read.
        """
        self._check_reader()
        scope = self._scope(filters)
        todo = self._tasks(scope & self._on_day(self._due), "until, priority desc, id")
        over = self._tasks(scope & self._on_day(self._over), "done_at desc, id desc")
        return {
            "today": fields.Date.to_string(self.env.user._vip_today()),
            "store": self.env.user.sudo().employee_ids.vip_store_id[:1].name or "",
            "is_manager": self.env.user.has_group("vip_care.group_store_manager"),
            "counts": self._counts(scope),
            "tasks": sorted(self._cards(todo), key=self._importance),
            "over": self._cards(over),
            "feedback": self._voices(scope),
            "words": self._labels(),
        }

    @api.model
    def _check_reader(self):
        if not self.env.user.has_group("vip_care.group_associate"):
            raise AccessError(self.env._("Today is for associates and managers."))

    @api.model
    def _scope(self, filters):
        """Return the domain of whose contacts and voices are meant."""
        filters = filters if isinstance(filters, dict) else {}
        asked = {
            name: self._clean_id(filters[name])
            for name in ("owner_id", "store_id")
            if filters.get(name) is not None
        }
        companies = Domain("company_id", "in", self.env.companies.ids)
        if not asked:
            # sudo: her own employees
            own = self.env.user.sudo().employee_ids.ids
            return companies & Domain("owner_id", "in", own)
        return companies & Domain.AND(
            Domain(name, "=", value) for name, value in asked.items()
        )

    @api.model
    def _clean_id(self, value):
        is_id = isinstance(value, int) and not isinstance(value, bool)
        return value if is_id and 0 < value < 2**31 else False

    @api.model
    def _on_day(self, make):
        """Return the domain `make(day)`, where each store has its own day."""
        stores = self.env["vip.store"].sudo().with_context(active_test=False)
        domain = [("company_id", "in", self.env.companies.ids)]
        zones = {}
        for [tz] in stores._read_group(domain, ["tz"]):
            zones.setdefault(stores.new({"tz": tz})._vip_today(), []).append(tz)
        if len(zones) < 2:
            return make(next(iter(zones), stores._vip_today()))
        homeless = Domain("store_id", "=", False) & make(stores._vip_today())
        return homeless | Domain.OR(
            Domain("store_id.tz", "in", tzs) & make(day) for day, tzs in zones.items()
        )

    @api.model
    def _open(self, day):
        return Domain("state", "=", "planned") & Domain("until", ">=", day)

    @api.model
    def _due(self, day):
        return self._open(day) & Domain("due_date", "<=", day)

    @api.model
    def _overdue(self, day):
        return self._open(day) & Domain("due_date", "<", day)

    @api.model
    def _over(self, day):
        """Noted or dropped today by somebody: what can still be taken back."""
        return Domain("done_date", "=", day) & Domain("state", "in", OVER)

    @api.model
    def _counts(self, scope):
        tasks = self.env["vip.care.task"]
        done = self._on_day(self._over) & Domain("state", "=", "done")
        return {
            "todo": tasks.search_count(scope & self._on_day(self._due)),
            "overdue": tasks.search_count(scope & self._on_day(self._overdue)),
            "done": tasks.search_count(scope & done),
        }

    @api.model
    def _tasks(self, domain, order):
        return self.env["vip.care.task"].search(domain, order=order, limit=CARDS)

    @api.model
    def _importance(self, card):
        """Sort late ones and those of a last day first, then by priority."""
        late = card["is_overdue"] or card["is_last_day"]
        return (not late, -card["priority"], card["until"], card["id"])

    @api.model
    def _cards(self, tasks):
        complaints = self._complaints(tasks.partner_id)
        return [task._today_card(task.partner_id in complaints) for task in tasks]

    @api.model
    def _complaints(self, members):
        """Return those of `members` with an open complaint."""
        return (
            self.env["vip.feedback"]
            .search_fetch(
                [
                    ("partner_id", "in", members.ids),
                    ("is_open", "=", True),
                    ("kind", "=", "complaint"),
                ],
                ["partner_id"],
            )
            .partner_id
        )

    @api.model
    def _voices(self, scope):
        """Return the open complaints and promises, what is due first."""
        found = self.env["vip.feedback"].search_fetch(
            scope & Domain("is_open", "=", True),
            ["partner_id", "kind", "subject", "deadline", "is_escalated", "state"],
            limit=VOICES,
            order="deadline, id",
        )
        labels = {
            name: dict(found._fields[name]._description_selection(self.env))
            for name in ("kind", "subject", "state")
        }
        now = fields.Datetime.now()
        return [
            {
                "id": voice.id,
                "member": voice.partner_id.name or "",
                "kind": labels["kind"][voice.kind],
                "subject": labels["subject"][voice.subject],
                "state": labels["state"][voice.state],
                "deadline": fields.Datetime.to_string(voice.deadline or None),
                "is_late": bool(voice.deadline and voice.deadline < now),
                "is_escalated": voice.is_escalated,
            }
            for voice in found
        ]

    @api.model
    def _labels(self):
        """Return the words of the choices on the screen, in the reader's language."""
        tasks = self.env["vip.care.task"]
        voices = self.env["vip.feedback"]
        return {
            "outcomes": dict(tasks._fields["outcome"]._description_selection(self.env)),
            "reasons": tasks._fields["reason"]._description_selection(self.env),
            "subjects": voices._fields["subject"]._description_selection(self.env),
            "send": self._send_way(),
        }

    @api.model
    def _send_way(self):
        """Tell how words are sent: "link" opens the phone's own app; override to."""
        return "link"
