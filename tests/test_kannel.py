"""Kannel itself, with its fake SMS centre: what we send, and what it tells us."""

import json
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import standin

from vip_care_sms.gateways import base
from vip_care_sms.tools.segments import GSM_BASIC, GSM_EXTENSION, analyse

sys.path.insert(0, str(Path(__file__).parents[1] / ".ci"))

from vipdev import kannel as runner  # noqa: E402

NUMBER = "+8613800138000"
UNIT = Path(__file__).parents[1] / "vip_care_sms" / "static" / "tests" / "unit"
VECTORS = [
    "".join(piece * times for piece, times in row["text"])
    for row in json.loads((UNIT / "segment_vectors.json").read_text())
    if row["counting"] == "gsm" and row["text"]
]
ALPHABET = "".join(sorted(GSM_BASIC | GSM_EXTENSION))


@pytest.fixture(scope="module")
def shop():
    """Where Kannel reports to: us."""
    with standin.running() as running:
        yield running


@pytest.fixture(scope="module")
def kannel(shop):
    with runner.running(reply_url=shop.url + "/reply/s_e-cret") as running:
        yield running


@pytest.fixture(autouse=True)
def _fresh(shop, kannel):
    shop.requests.clear()
    kannel.phone.received.clear()


def gateway(kannel, shop, **values):
    settings = {
        "url": kannel.url,
        "user": kannel.user,
        "password": kannel.password,
        "sender": "VIP",
        "timeout": 5,
        "report_url": shop.url + "/report/s%20ecret",
    }
    return base.build("kannel", base.Settings(**settings | values))


def send(found, text, number=NUMBER):
    message = base.Outgoing(uuid.uuid4().hex, number, text)
    return message.uuid, found.send([message])[message.uuid]


def reports(found, shop, reference, count):
    """Return what it reported of a message, once that is so many requests.

    Of one that another test sent it may report only now.
    """
    told = shop.wait(count, about=reference)
    assert len(told) == count
    return [report for request in told for report in found.read_reports(read(request))]


def read(request):
    """Return a request as the controller would hand it on."""
    query = dict(parse_qsl(urlsplit(request.path).query))
    return base.Callback(request.method, query, {}, request.body, request.headers)


def test_it_knows_us_and_sends_nothing_to_find_out(kannel, shop):
    assert gateway(kannel, shop).check() == base.Health(True)
    wrong = gateway(kannel, shop, password="wrong").check()
    assert not wrong.is_well and wrong.reason
    assert not kannel.phone.wait(1, 0.2)


def test_one_message_arrives_and_is_reported(kannel, shop):
    found = gateway(kannel, shop)
    reference, result = send(found, "王女士，生日快乐！")
    assert result.outcome == base.ACCEPTED
    (sms,) = kannel.phone.wait(1)
    assert sms == (NUMBER, "VIP", "王女士，生日快乐！", 1)
    told = reports(found, shop, reference, 2)
    assert {report.status for report in told} == {base.SENT, base.DELIVERED}
    assert {report.uuid for report in told} == {reference}
    assert all(
        abs(report.at.timestamp() + _zone() - time.time()) < 60 for report in told
    )
    paths = "".join(request.path for request in shop.requests)
    assert "13800138000" not in paths and "/s%20ecret?" in paths


def _zone():
    return time.localtime().tm_gmtoff


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("好" * 70, 1),
        # Kannel cuts the emoji in two, which phones join: one part fewer than counted.
        ("好" * 66 + "🎉" + "好" * 66, 2),
        ("王女士，\n" * 20 + "🎉" * 12, 2),
        ("é" * 65, 1),
        ("é" * 71, 1),
        ("Café Zoé: " + "x" * 100, 1),
        ("Müller, Straße 5 [à] " * 6, 1),
        ("ü" * 160, 1),
        ("ü" * 161, 2),
        ("ñ" * 306, 2),
        ("ñ" * 307, 3),
        ("Ω" * 200, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("|{}\\^~[]" * 20, 3),
        ("Grüße\n" * 30, 2),
        ("c’était " * 8, 1),
        ("c’était " * 9, 2),
    ],
)
def test_texts_arrive_whole_and_in_as_many_parts_as_counted(kannel, shop, text, parts):
    assert _arrived(kannel, shop, text) == (text, parts)


@pytest.mark.parametrize("text", VECTORS, ids=range(len(VECTORS)))
def test_kannel_cuts_as_we_count(kannel, shop, text):
    arrived, parts = _arrived(kannel, shop, text)
    assert arrived == text
    # Kannel cuts a pair of UTF-16 in two: a part fewer than counted, never one more.
    spared = any(char > "\uffff" for char in text)
    assert analyse(text).parts - parts in ({0, 1} if spared else {0})


def test_every_character_of_gsm_arrives(kannel, shop):
    # Between letters: how it treats both ends of a text is another matter.
    for char in ALPHABET:
        kannel.phone.received.clear()
        assert _arrived(kannel, shop, f"a{char}z") == (f"a{char}z", 1)
    # In several parts each went through its table of GSM-7 and back.
    text = f"a{ALPHABET}z" * 3
    kannel.phone.received.clear()
    assert _arrived(kannel, shop, text) == (text, analyse(text).parts)


def _arrived(kannel, shop, text):
    """Return what the phone shows, and of how many parts, once all of it is there."""
    found = gateway(kannel, shop)
    reference, result = send(found, text)
    assert result.outcome == base.ACCEPTED
    if set(text) & set("\n\r"):
        # Lines of GSM-7 come one by one: reported is what came to its end.
        reports(found, shop, reference, 2)
    (sms,) = kannel.phone.wait(1)
    return sms.text, sms.parts


def test_lines_of_a_latin_text_stay_lines(kannel, shop):
    found = gateway(kannel, shop)
    reference, _result = send(found, "Happy birthday\nSTOP to refuse")
    reports(found, shop, reference, 2)
    (sms,) = kannel.phone.wait(1)
    assert (sms.text, sms.parts) == ("Happy birthday\nSTOP to refuse", 1)


def test_a_wrong_password_stops_everything(kannel, shop):
    _uuid, result = send(gateway(kannel, shop, password="wrong"), "x")
    assert result.outcome == base.STOP
    assert not kannel.phone.wait(1, 0.2)


def test_a_number_no_network_takes_harms_only_itself(kannel, shop):
    found = gateway(kannel, shop)
    number = runner.REFUSED_PREFIX + "1234"
    reference, result = send(found, "x", number)
    assert (result.outcome, result.elsewhere) == (base.NUMBER, True)
    (told,) = reports(found, shop, reference, 1)
    assert (told.status, told.uuid) == (base.REJECTED, reference)


def test_while_the_centre_is_down_it_is_accepted_and_comes_later(kannel, shop):
    found = gateway(kannel, shop)
    kannel.phone.disconnect()
    try:
        reference, result = send(found, "later")
        assert result.outcome == base.ACCEPTED
        assert result.code.startswith("3: Queued")
    finally:
        kannel.phone.connect()
    (sms,) = kannel.phone.wait(1, 20)
    assert sms.text == "later"
    told = reports(found, shop, reference, 2)
    assert base.DELIVERED in {report.status for report in told}


def test_replies_reach_us_and_no_address_holds_the_number(kannel, shop):
    for text in ("R", "退订 🎉 & = % +", "STOP please"):
        kannel.phone.write(NUMBER, text)
    told = shop.wait(3)
    found = gateway(kannel, shop)
    replies = [reply for one in told for reply in found.read_replies(read(one))]
    assert {reply.text for reply in replies} == {"R", "退订 🎉 & = % +", "STOP please"}
    assert {(reply.number, reply.to) for reply in replies} == {(NUMBER, "10690000")}
    assert {request.path for request in told} == {"/send/reply/s_e-cret"}
    # What we answer goes to no phone.
    assert not kannel.phone.wait(1, 0.3)


def test_it_is_only_reached_from_this_machine(kannel):
    local = "0100007F"
    mine = {f"{port:04X}" for port in kannel.ports}
    listening = {
        address
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        for address, _peer, state in [line.split()[1:4]]
        if state == "0A" and address.split(":")[1] in mine
    }
    assert listening == {f"{local}:{port}" for port in mine}
