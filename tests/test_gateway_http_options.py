"""The options of an HTTP gateway are checked before anything is sent by them."""

import pytest

from vip_care_sms.gateways import base, http_options
from vip_care_sms.gateways.http import Http

PARAMETERS = {"number": "to", "text": "msg", "uuid": "ref"}
MESSAGE = base.Outgoing("ab" * 16, "+8613800138000", "-")
REPORTS = {
    "uuid": "ref",
    "reference": "id",
    "number": "to",
    "status": "state",
    "code": "err",
    "statuses": {"DELIVRD": "delivered", "1": "undelivered"},
}


def settings(**options):
    options = {"parameters": PARAMETERS} | options
    return base.Settings(url="http://127.0.0.1:9/send", options=options)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"method": "GET"}, "POST, PUT"),
        ({"methode": "POST"}, "methode"),
        ({"body": "xml"}, "form, json"),
        ({"parameters": {"number": "to"}}, "text"),
        ({"parameters": {}}, "number"),
        ({"parameters": "to"}, "{…}"),
        ({"parameters": PARAMETERS | {"age": "a"}}, "age"),
        ({"parameters": PARAMETERS | {"uuid": 5}}, "uuid"),
        ({"parameters": PARAMETERS | {"uuid": "to"}}, "same name"),
        ({"extra": {"a": [1]}}, "“a”"),
        ({"extra": {"a": True}}, "“a”"),
        (
            {
                "body": "json",
                "extra": {"msg": 1},
                "parameters": PARAMETERS | {"text": "msg.text"},
            },
            "extra",
        ),
        ({"headers": {"Host": "x"}}, "Host"),
        ({"headers": {"A\r\nB": "x"}}, "header"),
        ({"headers": {"A": "x\r\ny"}}, "“A”"),
        ({"headers": {"A": 5}}, "“A”"),
        ({"headers": {"A": "{secret}"}}, "{user}"),
        ({"success": {"status": [500]}}, "299"),
        ({"success": {"status": 200}}, "299"),
        ({"success": {"path": "code"}}, "values"),
        ({"success": {"values": [0]}}, "path"),
        ({"success": {"pattern": "("}}, "success"),
        ({"success": {"pattern": "a", "path": "b", "values": [1]}}, "either"),
        ({"code": {"pattern": "no group"}}, "(…)"),
        ({"code": {"pattern": "(a)" * 100}}, "too long"),
        ({"code": {}}, "either"),
        ({"reference": {"path": 5}}, "text"),
        ({"codes": {"1": "explode"}}, "accepted, number"),
        ({"codes": {"1": []}}, "“1”"),
        ({"reports": {"uuid": "ref"}}, "statuses"),
        ({"reports": {"status": "s", "statuses": {}}}, "which message"),
        ({"reports": REPORTS | {"statuses": {"a": "lost"}}}, "“a”"),
        ({"reports": REPORTS | {"uuid": 5}}, "uuid"),
        ({"replies": {"text": "t"}}, "number"),
        ({"login": "magic"}, "basic, bearer"),
        ({"number": "local"}, "national"),
    ],
)
def test_options_that_cannot_work_say_why(options, words):
    with pytest.raises(base.GatewayError) as told:
        Http.validate(settings(**options))
    assert words in str(told.value)
    broken = base.build("http", settings(**options))
    assert broken.send([MESSAGE])[MESSAGE.uuid].outcome == base.STOP
    assert not broken.check().is_well


def test_what_a_new_one_begins_with_works():
    http_options.check(http_options.START)
