"""What Alibaba Cloud pushes, and what anybody may push in its place."""

import json
from datetime import datetime

import pytest
from standins.aliyun import AlibabaStandIn

from vip_care_sms.gateways.base import Callback, Settings, build

GATEWAY = build("aliyun", Settings())
# As in the documentation of SmsReport and SmsUp, with the numbers it masks filled in.
RECEIPT = {
    "phone_number": "13811110000",
    "send_time": "2017-01-01 00:00:00",
    "report_time": "2017-01-01 00:00:05",
    "success": True,
    "err_code": "DELIVERED",
    "err_msg": "用户接收成功",
    "sms_size": "1",
    "biz_id": "12345^0",
    "out_id": "67890",
}
REPLY = {
    "phone_number": "13811110000",
    "content": "Ｒ",
    "send_time": "2017-09-01 08:00:00",
    "dest_code": "1234",
    "sequence_id": "1234567890",
}
JUNK = [
    b"",
    b"\xff\xfe",
    b"null",
    b"{}",
    b'"text"',
    b"[1, null, []]",
    b"[{}]",
    b"[" * 100000,
    b"[" + b"9" * 5000 + b"]",
    b"[NaN]",
    b'[{"phone_number": {"a": 1}, "success": true, "out_id": "1", "content": [1]}]',
    b'[{"phone_number": 13811110000.5, "success": true, "out_id": "1", "content": "R"}]',
    b'[{"phone_number": "call me", "success": true, "out_id": "1", "content": "R"}]',
    json.dumps([REPLY | RECEIPT] * 1001).encode(),
]


def _callback(entries):
    body = entries if isinstance(entries, bytes) else json.dumps(entries).encode()
    return Callback("POST", {}, {}, body, {"Content-Type": "application/json"})


def _report(**changes):
    [report] = GATEWAY.read_reports(_callback([RECEIPT | changes]))
    return report


def test_a_receipt():
    report = _report()
    assert (report.status, report.uuid, report.ref) == ("delivered", "67890", "12345^0")
    assert (report.number, report.code) == ("+8613811110000", "DELIVERED")
    assert report.at == datetime(2016, 12, 31, 16, 0, 5)


@pytest.mark.parametrize(
    "code, status, refused",
    [
        ("MOBILE_NOT_ON_SERVICE", "undelivered", False),
        ("INVALID_NUMBER", "undelivered", False),
        ("MK:0001", "undelivered", False),
        ("", "undelivered", False),
        ("CONTENT_KEYWORD", "rejected", False),
        ("NO_ROUTE", "rejected", False),
        ("MOBILE_IN_BLACK", "rejected", True),
        ("USER_REJECT", "rejected", True),
        ("REQUEST_SUCCESS", "sent", False),
    ],
)
def test_why_it_did_not_arrive(code, status, refused):
    for failed in (False, "false"):
        report = _report(success=failed, err_code=code)
        assert (report.status, report.code, report.refused) == (status, code, refused)


def test_a_delivered_message_is_no_refusal():
    assert not _report(err_code="USER_REJECT").refused


@pytest.mark.parametrize(
    "written, number",
    [
        ("13811110000", "+8613811110000"),
        ("8613811110000", "+8613811110000"),
        ("008613811110000", "+8613811110000"),
        ("+8613811110000", "+8613811110000"),
        (13811110000, "+8613811110000"),
        ("85251234567", "+85251234567"),
    ],
)
def test_numbers_as_the_provider_writes_them(written, number):
    assert _report(phone_number=written).number == number


@pytest.mark.parametrize("time", ["", None, 5, "yesterday", "0001-01-01 00:00:00", [1]])
def test_a_time_that_is_none(time):
    assert _report(report_time=time).at is None


def test_what_can_be_read_is_read():
    entries = [{"phone_number": "?"}, RECEIPT, 7, RECEIPT | {"out_id": "2"}]
    found = GATEWAY.read_reports(_callback(entries))
    assert [report.uuid for report in found] == ["67890", "2"]
    assert GATEWAY.read_reports(_callback([])) == []


def test_a_reply():
    [reply] = GATEWAY.read_replies(_callback([REPLY]))
    assert (reply.number, reply.text, reply.to) == ("+8613811110000", "Ｒ", "1234")
    assert (reply.ref, reply.at) == ("1234567890", datetime(2017, 9, 1))
    older = REPLY | {"sign_name": "衣品女装", "sequence_id": 1234567890}
    [reply] = GATEWAY.read_replies(_callback([older]))
    assert (reply.to, reply.ref) == ("衣品女装", "1234567890")


def test_what_the_database_cannot_keep_is_left_out():
    body = b'[{"phone_number": "13811110000", "content": "a\\u0000b\\ud800c"}]'
    [reply] = GATEWAY.read_replies(_callback(body))
    assert reply.text == "abc"
    [reply] = GATEWAY.read_replies(_callback([REPLY | {"content": "长" * 9000}]))
    assert len(reply.text) == 2000


@pytest.mark.parametrize("body", JUNK)
def test_junk_is_a_value_error(body):
    with pytest.raises(ValueError):
        GATEWAY.read_reports(_callback(body))
    with pytest.raises(ValueError):
        GATEWAY.read_replies(_callback(body))


def test_the_answer_it_wants():
    answer = GATEWAY.answer(True)
    assert (answer.status, answer.content_type) == (200, "application/json")
    assert json.loads(answer.body)["code"] == 0
    assert GATEWAY.answer(False).status == 400


def test_receipts_of_the_stand_in_are_read():
    with AlibabaStandIn() as there:
        there._take({"PhoneNumbers": "13811110000", "OutId": "u", "TemplateCode": "S"})
        [report] = GATEWAY.read_reports(_callback(there.receipts()))
        assert (report.uuid, report.status) == ("u", "delivered")
