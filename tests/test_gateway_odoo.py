"""Odoo's own providers behind our interface, with stand-ins of their classes."""

import logging

import pytest
import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from vip_care_sms.gateways import base, odoo_sms

LOGGER = "vip_care_sms.gateways.odoo_sms"
ONE, TWO, THREE = (
    base.Outgoing(letter * 32, f"+8613800138{letter * 3}", text)
    for letter, text in (("1", "同样的话"), ("2", "另外的话"), ("3", "同样的话"))
)


class Model:
    """As much of an environment as a provider is asked for."""

    def __init__(self, api_class):
        self.api_class = api_class

    def __getitem__(self, _name):
        return self

    def browse(self, _id):
        return self

    def sudo(self):
        return self

    def _get_sms_api_class(self):
        return self.api_class


class Api:
    """A provider that answers as told."""

    account_token = "token"
    told: object = []

    def __init__(self, env):
        self.calls = []
        type(self).last = self

    def _set_company(self, company):
        self.company = company

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        self.calls.append((messages, delivery_reports_url))
        if isinstance(self.told, Exception):
            raise self.told
        return self.told


class Account:
    account_token = "token"

    def sudo(self):
        return self


class Iap(Api):
    account = Account()


class Twilio(Api):
    """Calls once for each number, and names what went wrong, as Odoo's does."""

    answers: dict = {}
    asked: list = []

    def _twilio_error_code_to_odoo_state(self, told):
        self.asked.append(told)
        return "wrong_number_format" if told.get("code") == 21211 else "unknown"

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        (message,) = messages
        (number,) = message["numbers"]
        told = self.answers[number["uuid"]]
        if isinstance(told, Exception):
            raise told
        if told.get("sid"):
            row = {"state": "sent", "sms_twilio_sid": told["sid"]}
        else:
            row = {"state": self._twilio_error_code_to_odoo_state(told)}
        return [row | {"uuid": number["uuid"]}]


def gateway(api_class, **told):
    kind = type("Told", (api_class,), told)
    settings = base.Settings(report_url="https://shop/sms/status", env=Model(kind))
    return base.build("odoo", settings)


def outcomes(results):
    return [results[message.uuid].outcome for message in (ONE, TWO, THREE)]


def test_iap_gets_numbers_by_content_and_one_row_decides_one_message():
    rows = [
        {"uuid": THREE.uuid, "state": "wrong_number_format"},
        {"uuid": ONE.uuid, "state": "success", "credit": 1},
        {"uuid": "f" * 32, "state": "success"},
    ]
    found = gateway(Iap, told=rows)
    results = found.send([ONE, TWO, THREE])
    assert outcomes(results) == [base.ACCEPTED, base.UNKNOWN, base.NUMBER]
    ((messages, url),) = found.settings.env.api_class.last.calls
    assert url == "https://shop/sms/status"
    assert messages == [
        {
            "content": "同样的话",
            "numbers": [
                {"uuid": ONE.uuid, "number": ONE.number},
                {"uuid": THREE.uuid, "number": THREE.number},
            ],
        },
        {"content": "另外的话", "numbers": [{"uuid": TWO.uuid, "number": TWO.number}]},
    ]


@pytest.mark.parametrize(
    ("state", "outcome", "elsewhere", "refused"),
    [
        ("success", base.ACCEPTED, False, False),
        ("processing", base.ACCEPTED, False, False),
        ("server_error", base.UNKNOWN, False, False),
        ("insufficient_credit", base.STOP, False, False),
        ("unregistered", base.STOP, False, False),
        ("registration_needed", base.NUMBER, True, False),
        ("country_not_supported", base.NUMBER, True, False),
        ("wrong_number_format", base.NUMBER, False, False),
        ("incompatible_content", base.TEXT, False, False),
        ("duplicate_message", base.UNKNOWN, False, False),
        ("twilio_20003", base.STOP, False, False),
        ("twilio_21610", base.NUMBER, False, True),
        ("twilio_21617", base.TEXT, False, False),
        ("twilio_20429", base.LATER, False, False),
        ("brand new", base.UNKNOWN, False, False),
        (None, base.UNKNOWN, False, False),
    ],
)
def test_states(state, outcome, elsewhere, refused):
    result = odoo_sms.read_results([{"uuid": ONE.uuid, "state": state}], [ONE])[
        ONE.uuid
    ]
    assert result[0] == outcome
    assert (result.elsewhere, result.refused) == (elsewhere, refused)
    assert bool(result.wait) == (outcome == base.LATER)


def test_a_uuid_goes_without_dashes_and_is_known_again():
    dashed = ONE._replace(uuid="11111111-2222-4333-8444-555555555555")
    there = "11111111222243338444555555555555"
    found = gateway(Iap, told=[{"uuid": there, "state": "success"}])
    assert found.send([dashed])[dashed.uuid].outcome == base.ACCEPTED
    ((messages, _url),) = found.settings.env.api_class.last.calls
    assert messages[0]["numbers"][0]["uuid"] == there


@pytest.mark.parametrize("told", [None, [], [None, "x"], [{}], [{"state": "success"}]])
def test_whoever_is_not_told_of_is_unknown(told):
    assert (
        outcomes(gateway(Iap, told=told).send([ONE, TWO, THREE])) == [base.UNKNOWN] * 3
    )


class InsufficientCreditError(Exception):
    pass


def wrapped(cause):
    """Return an error as Odoo's makes it of another."""
    try:
        try:
            raise cause
        except Exception:
            raise RuntimeError("Error while reaching 13800138000")  # noqa: B904
    except RuntimeError as error:
        return error


REFUSED = requests.ConnectionError(
    MaxRetryError(None, "/", NewConnectionError(None, "refused"))
)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (wrapped(requests.ReadTimeout()), base.UNKNOWN),
        (wrapped(requests.ConnectionError("reset")), base.UNKNOWN),
        (wrapped(requests.HTTPError("500")), base.UNKNOWN),
        (wrapped(requests.ConnectTimeout()), base.LATER),
        (wrapped(REFUSED), base.LATER),
        (InsufficientCreditError(), base.STOP),
        (RuntimeError("whatever 13800138000"), base.UNKNOWN),
    ],
)
def test_errors_are_unknown_unless_nothing_can_have_left(error, outcome, caplog):
    with caplog.at_level(logging.WARNING, LOGGER):
        results = gateway(Iap, told=error).send([ONE, TWO, THREE])
    assert outcomes(results) == [outcome] * 3
    assert "13800138000" not in caplog.text and type(error).__name__ in caplog.text


def test_without_an_account_nothing_leaves_and_all_stops(caplog):
    def broken(self, env):
        raise ValueError("no account")

    found = gateway(Iap, __init__=broken)
    with caplog.at_level(logging.WARNING, LOGGER):
        assert outcomes(found.send([ONE, TWO, THREE])) == [base.STOP] * 3
    assert not found.check().is_well


def test_what_breaks_for_one_of_twilios_is_unknown_for_that_one_only(caplog):
    answers = {
        ONE.uuid: {"sid": "SM1"},
        TWO.uuid: ValueError(),
        THREE.uuid: {"sid": "SM3"},
    }
    with caplog.at_level(logging.WARNING, LOGGER):
        results = gateway(Twilio, answers=answers).send([ONE, TWO, THREE])
    assert outcomes(results) == [base.ACCEPTED, base.UNKNOWN, base.ACCEPTED]
    assert results[ONE.uuid].ref == "SM1"


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ({"code": 20003, "status": 401}, base.STOP),
        ({"code": 21610, "status": 400}, base.NUMBER),
        ({"code": 21211, "status": 400}, base.NUMBER),
        ({"code": 99999, "status": 400}, base.TEXT),
        ({"code": 99999, "status": 500}, base.UNKNOWN),
        ({}, base.UNKNOWN),
    ],
)
def test_twilios_codes_and_its_words_are_not_logged(told, outcome):
    found = gateway(Twilio, answers={ONE.uuid: told | {"message": "+8613800138000"}})
    assert found.send([ONE])[ONE.uuid].outcome == outcome
    assert not any(asked["message"] for asked in found.settings.env.api_class.asked)


@pytest.mark.parametrize(
    ("state", "failure", "status"),
    [
        ("pending", "", base.SENT),
        ("sent", "", base.DELIVERED),
        ("process", "", ""),
        ("error", "", base.UNDELIVERED),
        ("", "not_delivered", base.UNDELIVERED),
        ("", "expired", base.UNDELIVERED),
        ("", "rejected", base.REJECTED),
        ("", "invalid_destination", base.REJECTED),
        ("", "brand new", base.UNDELIVERED),
    ],
)
def test_what_odoo_makes_of_a_report(state, failure, status):
    assert odoo_sms.report_status(state, failure) == status
