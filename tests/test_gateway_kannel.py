"""Kannel's answers, reports and replies, as read from a stand-in."""

from datetime import datetime, timedelta, timezone

import pytest
import standin

from vip_care_sms.gateways import base
from vip_care_sms.gateways.kannel import Kannel

MESSAGE = base.Outgoing("ab" * 16, "+8613800138000", "王女士，生日快乐🎉\n退订R")
REPORT = "https://shop.example/vip_care_sms/report/3/s%20ecret"


@pytest.fixture
def server():
    with standin.running() as running:
        yield running


def settings(url="http://127.0.0.1:13013/cgi-bin/sendsms", **values):
    return base.Settings(
        url=url,
        **{"user": "shop", "password": "pa ss", "sender": "VIP", "timeout": 2} | values,
    )


def send(server, message=MESSAGE, **values):
    gateway = base.build("kannel", settings(server.url, **values))
    return gateway.send([message])[message.uuid]


def test_nothing_stands_in_the_address(server):
    server.answers(202, "0: Accepted for delivery")
    options = {"smsc": "cmcc", "validity": 30, "account": "care"}
    assert send(server, report_url=REPORT, options=options).outcome == base.ACCEPTED
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/send")
    assert request.body.decode() == MESSAGE.text
    kannels = {
        name.removeprefix("X-Kannel-").lower(): told
        for name, told in request.headers.items()
        if name.startswith("X-Kannel-")
    }
    assert kannels == {
        "username": "shop",
        "password": "pa ss",
        "to": MESSAGE.number,
        "from": "VIP",
        "coding": "2",
        "validity": "30",
        "smsc": "cmcc",
        "account": "care",
        "dlr-mask": "27",
        "dlr-url": "https://shop.example/vip_care_sms/report/3/s%%20ecret?uuid="
        + MESSAGE.uuid
        + "&type=%d&at=%T&said=%A",
    }


@pytest.mark.parametrize(
    ("minutes", "validity"),
    [(None, "120"), (600, "120"), (30.5, "30"), (0.5, "1")],
)
def test_it_waits_for_the_network_within_her_hours_only(server, minutes, validity):
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    latest = now + timedelta(minutes=minutes) if minutes else None
    send(server, MESSAGE._replace(latest=latest))
    [request] = server.requests
    assert request.headers["X-Kannel-Validity"] == validity


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        *(
            ("Café Zoé", "0"),
            ("[50 €]", "0"),
            ("ΔΩ\r\n", "0"),
            ("Happy birthday!", "0"),
        ),
        *(("生日快乐", "2"), ("it’s", "2"), ("`", "2"), ("a\tb", "2"), ("a\x01b", "2")),
    ],
)
def test_it_leaves_in_the_coding_it_is_counted_in(server, text, coding):
    server.answers(202, "0: Accepted for delivery")
    send(server, base.Outgoing("ab" * 16, "+8613800138000", text))
    (request,) = server.requests
    assert request.headers["X-Kannel-Coding"] == coding
    assert request.body.decode() == text


@pytest.mark.parametrize(
    ("status", "body", "outcome", "elsewhere"),
    [
        (202, "0: Accepted for delivery", base.ACCEPTED, False),
        (202, "3: Queued for later delivery", base.ACCEPTED, False),
        (202, "Sent.", base.ACCEPTED, False),
        (
            400,
            "Number(s) has/have been denied by white- and/or black-lists.",
            base.NUMBER,
            True,
        ),
        (400, "Charset or body misformed, rejected", base.TEXT, False),
        (400, "Sender missing and no global set, rejected", base.STOP, False),
        (400, "Whatever else", base.TEXT, False),
        (403, "Authorization failed for sendsms", base.STOP, False),
        (403, "Not routable. Do not try again.", base.NUMBER, True),
        (404, "Unknown request.", base.STOP, False),
        (500, "Sending failed.", base.UNKNOWN, False),
        (503, "Temporal failure, try again later.", base.LATER, False),
        (503, "", base.LATER, False),
        (200, "<html>Some proxy</html>", base.UNKNOWN, False),
    ],
)
def test_what_an_answer_means(server, status, body, outcome, elsewhere):
    server.answers(status, body)
    result = send(server)
    assert (result.outcome, result.elsewhere) == (outcome, elsewhere)
    assert bool(result.wait) == (outcome == base.LATER)
    assert result.reason or outcome == base.ACCEPTED


def test_faults_of_the_line():
    def outcome(url):
        gateway = base.build("kannel", settings(url))
        return gateway.send([MESSAGE])[MESSAGE.uuid].outcome

    assert outcome(standin.refused_url()) == base.LATER
    with standin.raw(lambda connection: connection.recv(65536)) as url:
        assert outcome(url) == base.UNKNOWN


def callback(query=None, headers=None, body=b"", method="POST"):
    return base.Callback(method, query or {}, {}, body, headers or {})


@pytest.mark.parametrize(
    ("kind", "status"),
    [("1", "delivered"), ("2", "undelivered"), ("8", "sent"), ("16", "rejected")],
)
def test_reports(kind, status):
    told = {"uuid": "ab", "type": kind, "at": "1795373868", "said": "NACK/no SMSC"}
    (report,) = Kannel(settings()).read_reports(callback(told, method="GET"))
    at = datetime(2026, 11, 22, 18, 57, 48)
    assert report == base.Report(status, uuid="ab", code="NACK/no SMSC", at=at)


@pytest.mark.parametrize("at", ["", "x", "-1", "0", "9" * 30, "١٢", "1e5"])
def test_a_moment_that_is_none(at):
    told = {"uuid": "ab", "type": "1", "at": at}
    (report,) = Kannel(settings()).read_reports(callback(told))
    assert report.at is None


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"uuid": "ab"},
        {"type": "1"},
        {"uuid": "ab", "type": "4"},
        {"uuid": "ab", "type": "9"},
    ],
)
def test_junk_is_no_report(told):
    with pytest.raises(ValueError):
        Kannel(settings()).read_reports(callback(told))


def reply(body, kind, **headers):
    headers = {"x-kannel-FROM": "+8613800138000", "Content-Type": kind} | headers
    (found,) = Kannel(settings()).read_replies(callback(None, headers, body))
    return found


def test_replies_by_post_url():
    when = {"X-Kannel-Time": "2026-11-22 18:59:42", "X-Kannel-To": "1069"}
    wide = 'text/plain; charset="UTF-16BE"'
    at = datetime(2026, 11, 22, 18, 59, 42)
    text = "退订 🎉"
    expected = base.Reply("+8613800138000", text, at, to="1069")
    assert reply(text.encode("utf-16-be"), wide, **when) == expected
    assert reply(text.encode(), 'text/plain; charset="UTF-8"', **when) == expected
    assert reply(b"\0\xff", "application/octet-stream").text == "\ufffd"
    assert reply(b"\xd8", wide).text == "\ufffd"
    assert reply(b"R", "", **{"X-Kannel-Time": "2026-99-99"}).at is None


def test_junk_is_no_reply():
    number = {"X-Kannel-From": "+86"}
    for junk in (
        callback(),
        callback({"from": "+86"}),
        callback(None, number, method="GET"),
    ):
        with pytest.raises(ValueError):
            Kannel(settings()).read_replies(junk)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"url": "http://127.0.0.1:13013/"}, "/cgi-bin/sendsms"),
        ({"url": "http://127.0.0.1:13013/cgi-bin/sendsms?user=a"}, "/cgi-bin/sendsms"),
        ({"user": ""}, "user name"),
        ({"password": ""}, "password"),
        ({"password": "密码"}, "Password"),
        ({"password": "x "}, "Password"),
        ({"sender": "VIP\r\nX-Kannel-To: 1"}, "Sender"),
        ({"options": {"sms": "a"}}, "account, smsc, validity"),
        ({"options": {"validity": 0}}, "1440"),
        ({"options": {"validity": "60"}}, "1440"),
        ({"options": {"validity": True}}, "1440"),
        ({"options": {"smsc": "a\nb"}}, "smsc"),
    ],
)
def test_settings_that_cannot_work_say_why(values, words):
    with pytest.raises(base.GatewayError) as told:
        Kannel.validate(settings(**values))
    assert words in str(told.value)
    assert (
        base.build("kannel", settings(**values)).send([MESSAGE])[MESSAGE.uuid].outcome
        == base.STOP
    )


@pytest.mark.parametrize(
    ("status", "body", "is_well"),
    [
        (400, "Missing receiver(s) number(s), rejected", True),
        (403, "Authorization failed for sendsms", False),
        (202, "0: Accepted for delivery", False),
        (404, "", False),
    ],
)
def test_check_sends_to_nobody(server, status, body, is_well):
    server.answers(status, body)
    health = base.build("kannel", settings(server.url)).check()
    assert health.is_well == is_well
    assert "X-Kannel-To" not in server.requests[0].headers
