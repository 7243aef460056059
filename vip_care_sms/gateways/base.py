"""What every gateway does: take messages, say what became of them, read what it tells.

A gateway is built from plain settings and used outside of any transaction, also from
several threads at once; it knows nothing of members. Adding one is one class here and
one line in `kinds()`.
"""

from datetime import datetime
from typing import Any, NamedTuple

# What became of an attempt to hand a message over.
ACCEPTED = "accepted"  # the gateway has it
NUMBER = "number"  # not taken, and never will be for this number
TEXT = "text"  # not taken as it is written: somebody has to change the words
LATER = "later"  # certainly not taken; the same message may be tried again
STOP = "stop"  # certainly not taken, and nothing else will be: no credit, wrong key
UNKNOWN = "unknown"  # it may have been taken: never sent again by itself
OUTCOMES = (ACCEPTED, NUMBER, TEXT, LATER, STOP, UNKNOWN)

# What a report says, in the order in which a message gets there.
SENT = "sent"
DELIVERED = "delivered"
UNDELIVERED = "undelivered"
REJECTED = "rejected"
STATUSES = (SENT, DELIVERED, UNDELIVERED, REJECTED)


def _lt(text: str) -> str:
    """Mark a sentence for translation; who shows it translates it."""
    return text


class TemplateCall(NamedTuple):
    """A text by its approved template, where a gateway sends nothing else."""

    code: str
    signature: str
    params: dict[str, str]


class Outgoing(NamedTuple):
    """One message to one number; `uuid` is our own reference."""

    uuid: str
    number: str  # E.164
    text: str  # whole, with signature and ending unless the gateway adds them
    template: TemplateCall | None = None
    latest: datetime | None = None  # UTC, naive: it must not be handed over later


class Result(NamedTuple):
    """What became of one message; `ref` is the gateway's own number of it."""

    outcome: str
    ref: str = ""
    code: str = ""  # the gateway's
    reason: str = ""  # for people; in English, translated where it is shown
    wait: int = 0  # seconds until LATER
    refused: bool = False  # with NUMBER: she refused there, the number is right
    elsewhere: bool = False  # with NUMBER: only this gateway does not reach it


class Report(NamedTuple):
    """What the gateway tells later; by our uuid, or by its own ref and the number."""

    status: str
    uuid: str = ""
    ref: str = ""
    number: str = ""
    code: str = ""
    at: datetime | None = None  # UTC, naive
    refused: bool = False  # she has refused messages with the gateway


class Reply(NamedTuple):
    """What somebody wrote back."""

    number: str
    text: str
    at: datetime | None = None  # UTC, naive
    ref: str = ""  # the gateway's own number of it, where it has one
    to: str = ""  # the number or signature she answered


class Callback(NamedTuple):
    """A request of the gateway's: nothing in it is to be trusted."""

    method: str
    query: dict[str, str]
    form: dict[str, str]
    body: bytes
    headers: dict[str, str]


class Answer(NamedTuple):
    """What the gateway wants to hear when it has told us something."""

    body: str = "OK"
    content_type: str = "text/plain"
    status: int = 200


class Health(NamedTuple):
    """Whether the gateway answers, and what it says of itself."""

    is_well: bool
    reason: str = ""
    balance: str = ""


class Asked(NamedTuple):
    """An unknown message: what the gateway needs to look for it."""

    uuid: str
    number: str
    ref: str
    reserved_at: datetime  # UTC, naive


class Settings(NamedTuple):
    """A gateway's record as plain values."""

    url: str = ""
    user: str = ""
    password: str = ""
    sender: str = ""
    signature: str = ""
    region: str = ""  # of the provider's servers
    timeout: int = 20
    report_url: str = ""  # where it tells us what became of a message
    company_id: int = 0
    options: dict[str, Any] = {}  # of this kind only
    env: Any = None  # Odoo's own providers need it; others must not touch it


class GatewayError(Exception):
    """The settings cannot work; the text says what to change.

    `template` and `values` are apart, so that it can be translated.
    """

    def __init__(self, template: str, **values: object):
        super().__init__(template % values if values else template)
        self.template, self.values = template, values


class Gateway:
    """One way to hand messages over."""

    batch_size = 1  # messages per call of `send`
    connections = 4  # calls at the same time; 1 for what is not safe in threads
    can_ask = False  # whether it can be asked what became of a message
    has_templates = False  # whether it sends approved templates only
    adds_signature = False  # whether it puts the signature in front by itself

    def __init__(self, settings: Settings):
        self.settings = settings

    @classmethod
    def validate(cls, settings: Settings) -> None:
        """Raise GatewayError if these settings cannot work; calls nobody."""

    def send(self, messages: list[Outgoing]) -> dict[str, Result]:
        """Hand over at most `batch_size` messages; return a result for every uuid.

        Never raises, and never tries twice: whatever is not known is UNKNOWN.
        """
        return {message.uuid: self._send(message) for message in messages}

    def _send(self, message: Outgoing) -> Result:
        """Hand over one; where a call takes several, `send` is another."""
        raise NotImplementedError

    def ask(self, messages: list[Asked]) -> list[Report]:
        """Return what the gateway knows of these; nothing of those it does not know.

        Where it does not answer it is not asked for the others now.
        """
        return []

    def read_reports(self, callback: Callback) -> list[Report]:
        """Return what a request reports; ValueError if it is not one of its own."""
        raise ValueError("This gateway reports nothing.")

    def read_replies(self, callback: Callback) -> list[Reply]:
        """Return what people wrote back; ValueError as above."""
        raise ValueError("This gateway hands on no replies.")

    def answer(self, is_read: bool) -> Answer:
        """Return what the gateway wants to hear after a callback."""
        return Answer() if is_read else Answer("Bad request", status=400)

    def check(self) -> Health:
        """Tell whether the gateway answers, without sending anything."""
        return Health(True)


class Broken(Gateway):
    """A gateway whose settings cannot work: it takes nothing."""

    def __init__(self, settings: Settings, error: GatewayError):
        super().__init__(settings)
        self.error = error

    def send(self, messages: list[Outgoing]) -> dict[str, Result]:
        result = Result(STOP, reason=str(self.error))
        return {message.uuid: result for message in messages}

    def check(self) -> Health:
        return Health(False, str(self.error))


def kinds() -> dict[str, type[Gateway]]:
    """Return every kind of gateway by its key."""
    from .aliyun import Aliyun
    from .http import Http
    from .kannel import Kannel
    from .odoo_sms import OdooSms

    return {
        "http": Http,
        "kannel": Kannel,
        "odoo": OdooSms,
        "aliyun": Aliyun,
    }


def build(kind: str, settings: Settings) -> Gateway:
    """Return the gateway of a kind; Broken if its settings cannot work."""
    try:
        kinds()[kind].validate(settings)
        return kinds()[kind](settings)
    except GatewayError as error:
        return Broken(settings, error)
