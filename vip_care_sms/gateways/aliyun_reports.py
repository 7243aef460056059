"""What Alibaba Cloud tells later: receipts (SmsReport), replies (SmsUp) and details.

Anybody may write to the address where it tells: what cannot be read is left out, and a
ValueError says that nothing could.
"""

import json
from datetime import datetime, timedelta, timezone

from .aliyun_codes import RECEIPTS, REFUSALS
from .base import DELIVERED, SENT, UNDELIVERED, Asked, Reply, Report
from .entries import read_each, storable

THERE = timezone(timedelta(hours=8))  # all times are the mainland's
MOST = 1000  # entries of one request
LONGEST = 2000  # characters of a reply


def receipt_reports(body: bytes) -> list[Report]:
    """Return the receipts of a request; ValueError if none of it is one."""
    return _read_all(body, _receipt)


def replies(body: bytes) -> list[Reply]:
    """Return the replies of a request; ValueError if none of it is one."""
    return _read_all(body, _reply)


def _read_all(body, read):
    try:
        entries = json.loads(body)
    except RecursionError:
        raise ValueError("Too deep") from None
    if not isinstance(entries, list) or len(entries) > MOST:
        raise ValueError("No list of entries")
    return read_each(entries, read)


def _receipt(entry):
    number = _number(entry.get("phone_number"))
    uuid, ref = _word(entry.get("out_id")), _word(entry.get("biz_id"))
    success = {"true": True, "false": False}.get(str(entry.get("success")).lower())
    if not number or success is None or not (uuid or ref):
        raise ValueError("No receipt")
    code = _word(entry.get("err_code"))
    status = DELIVERED if success else RECEIPTS.get(code, UNDELIVERED)
    return Report(
        status,
        uuid=uuid,
        ref=ref,
        number=number,
        code=code,
        at=_utc(entry.get("report_time")),
        refused=not success and code in REFUSALS,
    )


def _reply(entry):
    number, text = _number(entry.get("phone_number")), entry.get("content")
    if not number or not isinstance(text, str):
        raise ValueError("No reply")
    to = _word(entry.get("sign_name")) or _word(entry.get("dest_code"))
    return Reply(
        number,
        storable(text)[:LONGEST],
        at=_utc(entry.get("send_time")),
        ref=_word(entry.get("sequence_id")),
        to=to,
    )


def sent_report(detail: dict, asked: Asked) -> Report | None:
    """Return what one row of QuerySendDetails says of a message, None if of another."""
    if detail.get("OutId") != asked.uuid:
        return None
    code = _word(detail.get("ErrCode"))
    statuses = {"1": SENT, "2": RECEIPTS.get(code, UNDELIVERED), "3": DELIVERED}
    status = statuses.get(_word(detail.get("SendStatus")))
    if not status:
        return None
    return Report(
        status,
        uuid=asked.uuid,
        ref=asked.ref,
        number=asked.number,
        code=code,
        at=_utc(detail.get("ReceiveDate")) or _utc(detail.get("SendDate")),
        refused=status != DELIVERED and code in REFUSALS,
    )


def _word(value):
    """Return a short text or whole number as text, "" for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**30 else ""
    return storable(value).strip()[:100] if isinstance(value, str) else ""


def _number(value):
    """Return E.164 of a number as the provider writes it, "" for anything else."""
    digits = _word(value).removeprefix("+").removeprefix("00")
    if not (digits.isascii() and digits.isdigit()):
        return ""
    if len(digits) == 11 and digits.startswith("1"):
        return f"+86{digits}"
    return f"+{digits}" if 8 <= len(digits) <= 15 else ""


def _utc(value):
    """Return a time of theirs as UTC, naive; None for anything else."""
    text = _word(value)
    for pattern in ("%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S"):
        try:
            there = datetime.strptime(text, pattern).replace(tzinfo=THERE)
            return there.astimezone(timezone.utc).replace(tzinfo=None)
        except (ValueError, OverflowError):
            continue
    return None
