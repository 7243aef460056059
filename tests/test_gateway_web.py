"""One HTTP call: what is certainly not sent, and what may have been."""

import socket
import ssl
import struct
import time

import pytest
import standin

from vip_care_sms.gateways import base, web

ASKED = b"words of hers"


def call(url, timeout=5):
    return web.post(web.address(url), ASKED, {"X-Key": "k"}, timeout)


@pytest.fixture
def server():
    with standin.running() as running:
        yield running


def test_what_is_sent_and_answered(server):
    server.answers(202, "taken ✓", Retry_After="7")
    answer = call(server.url + "?a=1")
    assert answer == web.Response(202, "taken ✓", "7")
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/send?a=1")
    assert request.body == ASKED and request.headers["X-Key"] == "k"


def test_a_redirect_is_not_followed(server):
    server.answers(307, "", Location=server.url)
    assert call(server.url).status == 307
    assert len(server.requests) == 1


def test_nobody_listens():
    with pytest.raises(web.NotSent) as told:
        call(standin.refused_url())
    assert told.value.result.outcome == base.LATER
    assert told.value.result.wait


def test_a_name_that_does_not_exist():
    with pytest.raises(web.NotSent) as told:
        call("http://does-not-exist.invalid/")
    assert told.value.result.outcome == base.LATER


def test_tls_where_there_is_none(server):
    with pytest.raises(web.NotSent) as told:
        call(server.url.replace("http:", "https:"))
    assert told.value.result.outcome == base.STOP
    assert not server.requests


def hang(connection):
    while connection.recv(65536):
        pass


def reset(connection):
    connection.recv(65536)
    linger = struct.pack("ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


def trickle(connection):
    connection.recv(65536)
    for _second in range(100):
        connection.sendall(b"H")
        time.sleep(0.05)


def say(words):
    def behave(connection):
        connection.recv(65536)
        connection.sendall(words)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):  # closed unread it would be reset
            pass

    return behave


@pytest.mark.parametrize(
    "behave",
    [
        hang,
        reset,
        trickle,
        say(b""),
        say(b"\x00\xff garbage\r\n\r\n"),
        say(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"),
        say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"),
        say(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"),
        say(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2 * web.LARGEST),
    ],
)
def test_what_came_back_is_of_no_use(behave):
    start = time.monotonic()
    with standin.raw(behave) as url, pytest.raises(web.Lost) as told:
        call(url, timeout=0.5)
    assert told.value.result.outcome == base.UNKNOWN
    assert time.monotonic() - start < 2


def test_an_answer_without_a_length_is_read_to_its_end():
    with standin.raw(say(b"HTTP/1.0 200 OK\r\n\r\nall of it")) as url:
        assert call(url).text == "all of it"


def test_nothing_of_a_failure_holds_the_words():
    with standin.raw(reset) as url, pytest.raises(web.Lost) as told:
        call(url)
    assert "words" not in str(told.value) + repr(told.value.result)
    assert told.value.__suppress_context__


def test_certificates_are_checked(monkeypatch):
    asked = []

    def stop(self):
        asked.append(self._context)
        raise ssl.SSLCertVerificationError("not trusted")

    monkeypatch.setattr("http.client.HTTPSConnection.connect", stop)
    with pytest.raises(web.NotSent) as told:
        call("https://127.0.0.1:9/")
    assert told.value.result.outcome == base.STOP
    (context,) = asked
    assert context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "ftp://gateway/send",
        "gateway.example/send",
        "//gateway/send",
        "http://",
        "http://user:pass@gateway/",
        "http://gateway/#part",
        "http://gateway/a b",
        "http://gateway/\r\nX: y",
        "http://网关/",
        "http://gateway:port/",
        "http://[::1",
        "http:\\\\gateway",
    ],
)
def test_what_is_no_address(url):
    with pytest.raises(base.GatewayError):
        web.address(url)


def test_an_address():
    assert web.address("https://g.example/a?b=c") == (True, "g.example", 443, "/a?b=c")
    assert web.address("http://[::1]:81") == (False, "::1", 81, "/")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, base.UNKNOWN),
        (302, base.UNKNOWN),
        (303, base.UNKNOWN),
        (307, base.STOP),
        (400, base.TEXT),
        (401, base.STOP),
        (402, base.STOP),
        (403, base.STOP),
        (404, base.STOP),
        (408, base.UNKNOWN),
        (409, base.UNKNOWN),
        (422, base.TEXT),
        (429, base.LATER),
        (500, base.UNKNOWN),
        (502, base.UNKNOWN),
        (503, base.LATER),
        (504, base.UNKNOWN),
    ],
)
def test_what_a_status_means(status, outcome):
    result = web.by_status(web.Response(status, ""))
    assert (result.outcome, result.code) == (outcome, f"HTTP {status}")
    assert result.reason


@pytest.mark.parametrize(
    ("told", "wait"),
    [("30", 30), ("", 60), ("0", 1), ("99999999", 3600), ("Fri, 1 Jan", 60), ("٣", 60)],
)
def test_how_long_to_wait(told, wait):
    assert web.by_status(web.Response(429, "", told)).wait == wait
