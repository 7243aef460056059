"""The gateway that its options describe, against a stand-in."""

import base64
import json
from urllib.parse import parse_qs

import pytest
import standin

from vip_care_sms.gateways import base
from vip_care_sms.gateways.http import written

PARAMETERS = {"number": "to", "text": "msg", "uuid": "ref"}
MESSAGE = base.Outgoing("ab" * 16, "+8613800138000", "王女士，生日快乐 & 100%🎉")


@pytest.fixture
def server():
    with standin.running() as running:
        yield running


def settings(url="http://127.0.0.1:9/send", **options):
    options = {"parameters": PARAMETERS} | options
    return base.Settings(
        url=url,
        user="shop",
        password="se cret",
        sender="VIP",
        timeout=2,
        options=options,
    )


def send(server, **options):
    gateway = base.build("http", settings(server.url, **options))
    return gateway.send([MESSAGE])[MESSAGE.uuid]


def test_a_form_reaches_it_and_nothing_stands_in_the_address(server):
    names = PARAMETERS | {"user": "u", "password": "p", "sender": "from"}
    assert send(server, parameters=names, extra={"unicode": 1}).outcome == base.ACCEPTED
    (request,) = server.requests
    assert request.path == "/send"
    assert parse_qs(request.body.decode()) == {
        "to": [MESSAGE.number],
        "msg": [MESSAGE.text],
        "ref": [MESSAGE.uuid],
        "u": ["shop"],
        "p": ["se cret"],
        "from": ["VIP"],
        "unicode": ["1"],
    }


def test_json_goes_down_by_dots_and_extra_stays_as_it_is(server):
    extra = {"message": {"kind": "care"}, "flags": [1, None]}
    names = {"number": "message.to", "text": "message.text", "uuid": "id"}
    for _twice in range(2):
        send(server, method="PUT", body="json", parameters=names, extra=extra)
    request = server.requests[1]
    assert request.method == "PUT"
    assert request.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert json.loads(request.body) == {
        "message": {"kind": "care", "to": MESSAGE.number, "text": MESSAGE.text},
        "flags": [1, None],
        "id": MESSAGE.uuid,
    }
    assert extra == {"message": {"kind": "care"}, "flags": [1, None]}


def test_who_we_are_by_headers(server):
    send(server, login="basic", headers={"X-Key": "k {password}"})
    headers = server.requests[0].headers
    assert headers["X-Key"] == "k se cret"
    words = headers["Authorization"].removeprefix("Basic ")
    assert base64.b64decode(words) == b"shop:se cret"
    send(server, login="bearer")
    assert server.requests[1].headers["Authorization"] == "Bearer se cret"


@pytest.mark.parametrize(
    ("number", "way", "expected"),
    [
        ("+8613800138000", "+", "+8613800138000"),
        ("+8613800138000", "digits", "8613800138000"),
        ("+8613800138000", "00", "008613800138000"),
        ("+8613800138000", "national", "13800138000"),
        ("+886912345678", "national", "0912345678"),
        ("+85291234567", "national", "91234567"),
        ("nonsense", "national", "nonsense"),
    ],
)
def test_how_a_number_is_written(number, way, expected):
    assert written(number, way) == expected


CODES = {"0": "accepted", "7": "number", "8": "text", "9": "later", "10": "stop"}
DESCRIBED = {
    "success": {"status": [200, 201], "path": "code", "values": [0, "OK"]},
    "code": {"path": "code"},
    "codes": CODES,
    "reference": {"path": "data.0.id"},
}


@pytest.mark.parametrize(
    ("status", "body", "outcome", "code"),
    [
        (200, '{"code": 0, "data": [{"id": 55}]}', base.ACCEPTED, "0"),
        (201, '{"code": "OK"}', base.ACCEPTED, "OK"),
        (200, '{"code": "7"}', base.NUMBER, "7"),
        (200, '{"code": 8}', base.TEXT, "8"),
        (200, '{"code": 9}', base.LATER, "9"),
        (200, '{"code": 10}', base.STOP, "10"),
        # its own answer proves it, whatever the status
        (500, '{"code": 10}', base.STOP, "10"),
        (500, '{"code": 7}', base.NUMBER, "7"),
        # a success must be one by status as well
        (500, '{"code": 0}', base.UNKNOWN, "0"),
        (202, '{"code": 0}', base.UNKNOWN, "0"),
        # not described
        (200, '{"code": 99}', base.UNKNOWN, "99"),
        (200, "{}", base.UNKNOWN, ""),
        (200, "", base.UNKNOWN, ""),
        (200, "<html>Wartung</html>", base.UNKNOWN, ""),
        (200, "[" * 50000, base.UNKNOWN, ""),
        (400, '{"code": 99}', base.TEXT, "99"),
        (401, "", base.STOP, "HTTP 401"),
        (429, "", base.LATER, "HTTP 429"),
        (503, '{"code": 99}', base.LATER, "99"),
        (500, "", base.UNKNOWN, "HTTP 500"),
    ],
)
def test_what_an_answer_means(server, status, body, outcome, code):
    server.answers(status, body)
    result = send(server, **DESCRIBED)
    assert (result.outcome, result.code) == (outcome, code)
    assert result.wait if outcome == base.LATER else not result.wait
    assert result.reason or outcome == base.ACCEPTED
    assert result.ref == ("55" if "55" in body else "")


@pytest.mark.parametrize(
    ("body", "outcome", "ref"),
    [
        ("OK: 4711", base.ACCEPTED, "4711"),
        ("ERR 12 wrong number", base.NUMBER, ""),
        ("ERR 13", base.UNKNOWN, ""),
        ("x" * 5000 + "OK: 1", base.UNKNOWN, ""),
    ],
)
def test_plain_text_by_patterns(server, body, outcome, ref):
    server.answers(200, body)
    result = send(
        server,
        success={"pattern": "^OK"},
        reference={"pattern": r"^OK: (\d+)"},
        code={"pattern": r"^ERR (\d+)"},
        codes={"12": "number"},
    )
    assert (result.outcome, result.ref) == (outcome, ref)


def test_faults_of_the_line():
    def result(url):
        return base.build("http", settings(url)).send([MESSAGE])[MESSAGE.uuid]

    assert result(standin.refused_url()).outcome == base.LATER
    with standin.raw(lambda connection: connection.recv(65536)) as url:
        assert result(url).outcome == base.UNKNOWN


def callback(query=None, form=None, body=b"", method="POST"):
    return base.Callback(method, query or {}, form or {}, body, {})


REPORTS = {
    "uuid": "ref",
    "reference": "id",
    "number": "to",
    "status": "state",
    "code": "err",
    "statuses": {"DELIVRD": "delivered", "1": "undelivered"},
}


def reading(**options):
    return base.build("http", settings(**options))


def test_reports_by_form_query_and_json():
    gateway = reading(reports=REPORTS)
    told = {"ref": "ab", "id": "7", "to": "+86", "state": "DELIVRD", "err": "000"}
    expected = base.Report("delivered", "ab", "7", "+86", "000")
    assert gateway.read_reports(callback(query=told, method="GET")) == [expected]
    assert gateway.read_reports(callback(form=told)) == [expected]
    assert gateway.read_reports(callback({"ref": "ab"}, told | {"ref": "cd"})) == [
        expected._replace(uuid="cd")
    ]
    body = json.dumps([told, {"ref": "x", "state": 1}]).encode()
    assert gateway.read_reports(callback(body=body)) == [
        expected,
        base.Report("undelivered", "x"),
    ]


def test_a_status_nobody_described_changes_nothing():
    told = {"ref": "ab", "state": "BUFFERED"}
    assert reading(reports=REPORTS).read_reports(callback(form=told)) == []


UNREADABLE = [
    {"from": "", "to": "", "ref": "ab", "words": "secret words"},
    {"from": {"a": 1}, "state": "DELIVRD"},
    *(7, None, [], "R"),
]


def test_what_can_be_read_of_a_list_is_read(caplog):
    names = {"number": "from", "text": "text"}
    gateway = reading(reports=REPORTS, replies=names)
    told = {"ref": "ab", "id": "7", "to": "+86", "state": "DELIVRD", "err": "000"}
    refusal = {"from": "+8613900139000", "text": "R"}
    entries = [*UNREADABLE, told, refusal, *UNREADABLE]
    there = callback(body=json.dumps(entries).encode())
    [report] = gateway.read_reports(there)
    assert report.uuid == "ab"
    assert gateway.read_replies(there) == [base.Reply("+8613900139000", "R")]
    assert [record.args for record in caplog.records] == [(13, 14)] * 2
    assert "139" not in caplog.text and "words" not in caplog.text


def test_a_list_of_which_nothing_can_be_read():
    gateway = reading(reports=REPORTS, replies={"number": "from", "text": "text"})
    for read in (gateway.read_reports, gateway.read_replies):
        for entries in (UNREADABLE, UNREADABLE[-1:]):
            with pytest.raises(ValueError):
                read(callback(body=json.dumps(entries).encode()))
        assert read(callback(body=b"[]")) == []


JUNK = [
    callback(),
    callback(body=b"\xff\x00"),
    callback(body=b"[" * 100_000),
    callback(body=b'{"state": {"a": 1}, "ref": []}'),
    callback(form={"state": "DELIVRD"}),
    callback(form={"ref": "ab"}),
    callback(body=b'"text"'),
]


@pytest.mark.parametrize("junk", JUNK)
def test_junk_is_no_report_and_no_reply(junk):
    gateway = reading(reports=REPORTS, replies={"number": "from", "text": "text"})
    for read in (gateway.read_reports, gateway.read_replies):
        with pytest.raises(ValueError):
            read(junk)


def test_what_is_not_described_is_not_read():
    told = callback(form={"ref": "ab", "state": "DELIVRD", "from": "+86"})
    for read in (reading().read_reports, reading().read_replies):
        with pytest.raises(ValueError):
            read(told)


def test_replies():
    names = {"number": "from", "text": "content", "reference": "id", "to": "dest"}
    told = {"from": "+8613800138000", "content": "退订", "id": "9", "dest": "1069"}
    assert reading(replies=names).read_replies(callback(form=told)) == [
        base.Reply("+8613800138000", "退订", ref="9", to="1069")
    ]


def test_what_it_wants_to_hear():
    assert reading(answer="success").answer(True).body == "success"
    assert reading().answer(True) == base.Answer("OK")
    assert reading(answer="success").answer(False).status == 400


def test_check_only_connects(server):
    gateway = base.build("http", settings(server.url))
    assert gateway.check().is_well
    assert not server.requests
    gone = base.build("http", settings(standin.refused_url()))
    assert not gone.check().is_well
