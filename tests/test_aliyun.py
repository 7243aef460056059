"""Alibaba Cloud SMS against a stand-in that checks signatures on its own."""

import json
import logging
import socket
import time
from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest
from standins.aliyun import AlibabaStandIn

from vip_care_sms.gateways.aliyun import read_result
from vip_care_sms.gateways.aliyun_call import Unclear
from vip_care_sms.gateways.aliyun_codes import REFUSED, RESULTS, TOMORROW
from vip_care_sms.gateways.aliyun_signing import authorization, form_body
from vip_care_sms.gateways.base import (
    OUTCOMES,
    Asked,
    Outgoing,
    Settings,
    TemplateCall,
    build,
)

NUMBER = "+8613800138000"
NAME = "王芳&女士 +*~'"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
# The worked example of "V3 request structure and signature", and the older one of the
# same page: nonce, date and signature.
PUBLISHED = [
    (
        "3156853299f313e23d1673dc12e1703d",
        "2023-10-26T10:22:32Z",
        "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
    ),
    (
        "d410180a5abf7fe235dd9b74aca91fc0",
        "2023-10-26T09:01:01Z",
        "e521358f7776c97df52e6b2891a8bc73026794a071b50c3323388c4e0df64804",
    ),
]
# One row of research a code: what the outbox has to do with it.
CLASSES = {
    "later": ["Throttling", "Throttling.User", "Throttling.Api", "Throttling.Other"],
    "tomorrow": ["isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL"],
    "stop": [
        "isv.AMOUNT_NOT_ENOUGH",
        "isv.OUT_OF_SERVICE",
        "isv.ACCOUNT_NOT_EXISTS",
        "isv.ACCOUNT_ABNORMAL",
        "isp.RAM_PERMISSION_DENY",
        "isv.SMS_SIGNATURE_ILLEGAL",
        "isv.SMS_SIGN_ILLEGAL",
        "isv.SIGN_STATE_ILLEGAL",
        "isv.SMS_TEMPLATE_ILLEGAL",
        "isv.MONTH_LIMIT_CONTROL",
        "isv.DENY_IP_RANGE",
    ],
    "number": ["isv.MOBILE_NUMBER_ILLEGAL", "isv.CUSTOMER_REFUSED"],
    "text": [
        "isv.SMS_CONTENT_ILLEGAL",
        "isv.UNSUPPORTED_CONTENT",
        "isv.PARAM_LENGTH_LIMIT",
        "isv.PARAM_NOT_SUPPORT_URL",
        "isv.TEMPLATE_PARAMS_ILLEGAL",
        "isv.BLACK_KEY_CONTROL_LIMIT",
    ],
    "unknown": ["isp.SYSTEM_ERROR", "isp.GATEWAY_ERROR", "isv.NEVER_HEARD_OF"],
}
EACH = [(code, outcome) for outcome, codes in CLASSES.items() for code in codes]


@pytest.fixture
def there():
    with AlibabaStandIn() as standin:
        yield standin


def _gateway(there, **settings):
    known = {
        "url": there.url,
        "user": there.key,
        "password": there.secret,
        "signature": there.signature,
        "timeout": 2,
    }
    return build("aliyun", Settings(**known | settings))


def _message(number=NUMBER, **params):
    call = TemplateCall("SMS_123", "衣品女装", params or {"name": NAME})
    return Outgoing(str(uuid4()), number, "whole text", call)


def _send(gateway, message=None):
    message = message or _message()
    return gateway.send([message])[message.uuid]


@pytest.mark.parametrize("nonce, date, signature", PUBLISHED)
def test_the_published_signatures(nonce, date, signature):
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": EMPTY,
        "x-acs-date": date,
        "x-acs-signature-nonce": nonce,
        "x-acs-version": "2014-05-26",
    }
    image = "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"
    query = form_body({"RegionId": "cn-shanghai", "ImageId": image}).decode()
    told = authorization(headers, "YourAccessKeyId", "YourAccessKeySecret", query)
    assert told == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
        "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        f"Signature={signature}"
    )


def test_a_message_is_taken_with_our_reference(there):
    message = _message()
    result = _send(_gateway(there), message)
    assert (result.outcome, result.ref) == ("accepted", "000000000001^0")
    [(action, params)] = there.calls
    assert action == "SendSms"
    assert params == {
        "PhoneNumbers": "13800138000",
        "SignName": "衣品女装",
        "TemplateCode": "SMS_123",
        "TemplateParam": json.dumps(
            {"name": NAME}, ensure_ascii=False, separators=(",", ":")
        ),
        "OutId": message.uuid,
    }


def test_nothing_of_a_member_is_in_an_address_or_a_log(there, caplog):
    caplog.set_level(logging.DEBUG)
    gateway = _gateway(there)
    _send(gateway)
    there.will("reset", "garbage", "isv.MOBILE_NUMBER_ILLEGAL")
    told = [_send(gateway) for _try in range(3)]
    assert there.addresses == ["POST / HTTP/1.1"] * 4
    seen = caplog.text + repr(told)
    for secret in ("13800138000", "王芳", there.secret):
        assert secret not in seen


def test_a_fixed_text_has_no_parameters(there):
    message = Outgoing(str(uuid4()), NUMBER, "", TemplateCall("SMS_1", "衣品女装", {}))
    assert _send(_gateway(there), message).outcome == "accepted"
    assert "TemplateParam" not in there.calls[0][1]


@pytest.mark.parametrize("code, outcome", EACH)
def test_what_each_code_means(there, code, outcome):
    there.will(code)
    result = _send(_gateway(there))
    wanted = {"tomorrow": "later"}.get(outcome, outcome)
    assert (result.outcome, result.code, result.ref) == (wanted, code, "")
    assert result.reason and there.sent == []
    assert bool(result.wait) == (wanted == "later")
    assert result.refused == (code == "isv.CUSTOMER_REFUSED")


def test_every_row_of_the_table_is_sound():
    for code, (outcome, reason) in RESULTS.items():
        assert outcome in (*OUTCOMES, TOMORROW, REFUSED), code
        assert reason.endswith("."), code
        now = datetime(2026, 3, 5, tzinfo=timezone.utc)
        assert read_result({"Code": code}, now).outcome in OUTCOMES, code


@pytest.mark.parametrize(
    "utc, hours",
    [
        ("2026-03-05 12:00", 12),
        ("2026-03-05 15:59", 8 + 1 / 60),
        ("2026-03-05 16:01", 31 + 59 / 60),
    ],
)
def test_tomorrow_is_the_mainlands_morning(utc, hours):
    now = datetime.fromisoformat(utc).replace(tzinfo=timezone.utc)
    result = read_result({"Code": "isv.DAY_LIMIT_CONTROL"}, now)
    assert result.wait == round(hours * 3600)


@pytest.mark.parametrize(
    "fault",
    ["500", "garbage", "list", "deep", "huge", "slow", "drip", "reset", "no BizId"],
)
def test_what_may_have_left_is_unknown_and_sent_once(there, fault):
    there.will(fault)
    begun = time.monotonic()
    result = _send(_gateway(there, timeout=1))
    assert (result.outcome, result.wait) == ("unknown", 0)
    assert time.monotonic() - begun < 2
    assert len(there.sent) == len(there.calls) == 1


@pytest.mark.parametrize("fault", ["503", "reset first", "InternalError"])
def test_what_looks_the_same_from_here_is_unknown_too(there, fault):
    there.will(fault)
    assert _send(_gateway(there)).outcome == "unknown"
    assert there.sent == [] and len(there.calls) == 1


def test_nobody_there_is_later():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    settings = Settings(url=url, user="k", password="s", timeout=2)
    result = _send(build("aliyun", settings))
    assert result.outcome == "later" and result.wait


@pytest.mark.parametrize(
    "settings",
    [
        {"password": "wrong"},
        {"user": "wrong"},
        {"password": ""},
        {"url": "http://dysmsapi.example"},
        {"url": "nonsense"},
        {"url": "https://"},
    ],
)
def test_wrong_settings_stop_the_run(there, settings):
    gateway = _gateway(there, **settings)
    assert _send(gateway).outcome == "stop"
    assert there.sent == []
    health = gateway.check()
    assert not health.is_well and health.reason


def test_a_wrong_clock_stops_the_run(there, monkeypatch):
    class Late(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(minutes=16)

    monkeypatch.setattr("vip_care_sms.gateways.aliyun_call.datetime", Late)
    result = _send(_gateway(there))
    assert (result.outcome, result.code) == ("stop", "InvalidTimeStamp.Expired")


@pytest.mark.parametrize(
    "number", ["+85251234567", "+8675512345", "+86138001380001", "x", ""]
)
def test_other_numbers_are_not_tried(there, number):
    result = _send(_gateway(there), _message(number))
    assert (result.outcome, there.calls) == ("text", [])


def test_no_template_no_call(there):
    message = Outgoing(str(uuid4()), NUMBER, "words")
    assert _send(_gateway(there), message).outcome == "text"
    assert there.calls == []


def test_health_asks_for_the_signature(there):
    assert _gateway(there).check().is_well
    assert there.calls == [("GetSmsSign", {"SignName": "衣品女装"})]
    for status in (0, 2, 10):
        there.signatures["衣品女装"] = status
        assert not _gateway(there).check().is_well
    assert not _gateway(there, signature="不存在").check().is_well
    assert not _gateway(there, signature="").check().is_well
    assert there.sent == []


def _asked(message, ref="", at=None):
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    return Asked(message.uuid, message.number, ref, at or now)


def test_asking_finds_the_message_among_others(there):
    gateway = _gateway(there)
    others = [_send(gateway) for _other in range(51)]
    assert {result.outcome for result in others} == {"accepted"}
    there.will("reset")
    lost = _message()
    assert _send(gateway, lost).outcome == "unknown"
    [report] = gateway.ask([_asked(lost)])
    assert (report.status, report.uuid) == ("sent", lost.uuid)
    there.sent[-1] |= {"SendStatus": 3, "ReceiveDate": "2026-03-05 09:30:00"}
    [report] = gateway.ask([_asked(lost)])
    assert (report.status, report.at) == ("delivered", datetime(2026, 3, 5, 1, 30))
    there.sent[-1] |= {"SendStatus": 2, "ErrCode": "MOBILE_IN_BLACK"}
    [report] = gateway.ask([_asked(lost)])
    assert (report.status, report.code, report.refused) == (
        "rejected",
        "MOBILE_IN_BLACK",
        True,
    )


def test_asking_tells_nothing_of_what_it_does_not_know(there):
    gateway, never = _gateway(there), _message()
    _send(gateway)
    assert gateway.ask([_asked(never)]) == []
    assert _gateway(there, password="wrong").ask([_asked(never)]) == []


def test_who_does_not_answer_is_not_asked_for_the_others(there):
    gateway, (first, other) = _gateway(there), (_message(), _message())
    _send(gateway, first)
    answers = [gateway.call, _fail, _fail]
    gateway.call = lambda *args: answers.pop(0)(*args)
    [report] = gateway.ask([_asked(first), _asked(other), _asked(other)])
    assert report.uuid == first.uuid
    assert answers == [_fail]


def _fail(*_args):
    raise Unclear("It does not answer.")


def test_asking_looks_at_both_days_around_midnight(there):
    gateway, message = _gateway(there), _message()
    gateway.ask([_asked(message, at=datetime(2026, 3, 5, 15, 50))])
    gateway.ask([_asked(message, at=datetime(2026, 3, 5, 12, 0), ref="1^0")])
    days = [params["SendDate"] for _action, params in there.calls]
    assert days == ["20260305", "20260306", "20260305"]
    assert there.calls[-1][1]["BizId"] == "1^0"
