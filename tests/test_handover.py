import threading
import time
from datetime import datetime, timedelta, timezone

from vip_care_sms.gateways.base import (
    ACCEPTED,
    LATER,
    STOP,
    UNKNOWN,
    Gateway,
    Outgoing,
    Result,
    Settings,
)
from vip_care_sms.gateways.handover import NOT_BEGUN, hand_over


class Slow(Gateway):
    batch_size = 2

    def __init__(self, seconds=0.0, connections=4):
        super().__init__(Settings())
        self.seconds = seconds
        self.connections = connections
        self.calls = []
        self.threads = set()
        self.at_once = self.most = 0
        self.lock = threading.Lock()

    def send(self, messages):
        with self.lock:
            self.calls.append([message.uuid for message in messages])
            self.threads.add(threading.get_ident())
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        time.sleep(self.seconds)
        with self.lock:
            self.at_once -= 1
        return {message.uuid: self.say(message) for message in messages}

    def say(self, message):
        return Result(ACCEPTED, ref=message.uuid)


def outgoing(count):
    return [Outgoing(str(number), "+8613800138000", "Hi") for number in range(count)]


def gather(gateway, count, seconds=60, every=0.5):
    steps = list(hand_over(gateway, outgoing(count), seconds, every))
    uuids = [uuid for step in steps for uuid in step]
    assert sorted(uuids) == sorted(message.uuid for message in outgoing(count))
    return steps, {uuid: result for step in steps for uuid, result in step.items()}


def test_every_message_once_in_batches_of_the_gateway():
    for connections in (1, 4):
        gateway = Slow(connections=connections)
        _steps, found = gather(gateway, 11)
        assert {result.outcome for result in found.values()} == {ACCEPTED}
        assert max(map(len, gateway.calls)) == 2
        assert len(gateway.calls) == 6
    assert list(hand_over(Slow(), [], 60)) == []


def test_no_more_connections_than_it_bears():
    gateway = Slow(0.05, connections=3)
    gather(gateway, 20)
    assert gateway.most == 3
    gateway = Slow(connections=1)
    gather(gateway, 20)
    assert gateway.threads == {threading.get_ident()}


def test_results_come_while_others_are_on_the_way():
    for connections in (1, 2):
        gateway = Slow(0.1, connections)
        began = time.monotonic()
        first = next(iter(hand_over(gateway, outgoing(20), 60, 0.15)))
        assert time.monotonic() - began < 0.5
        assert 2 <= len(first) < 20


def test_nothing_begins_after_its_time():
    for connections in (1, 2):
        gateway = Slow(0.1, connections)
        _steps, found = gather(gateway, 40, seconds=0.15)
        began = sum(map(len, gateway.calls))
        assert 2 <= began < 40
        assert list(found.values()).count(NOT_BEGUN) == 40 - began


def test_nothing_begins_after_the_hours_of_whom_it_is_for():
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    early, late = (
        Outgoing(uuid, "+8613800138000", "Hi", latest=now + timedelta(seconds=seconds))
        for uuid, seconds in (("early", 60), ("late", -1))
    )
    gateway = Slow()
    gateway.batch_size = 1
    [found] = hand_over(gateway, [early, late], 60)
    assert found["early"].outcome == ACCEPTED
    assert found["late"] == NOT_BEGUN
    assert gateway.calls == [["early"]]


def test_what_stops_the_gateway_stops_the_round():
    class Broke(Slow):
        def say(self, message):
            return Result(STOP if message.uuid == "0" else ACCEPTED)

    _steps, found = gather(Broke(connections=1), 10)
    assert found["0"].outcome == STOP
    assert found["1"].outcome == ACCEPTED
    assert {found[str(number)] for number in range(2, 10)} == {NOT_BEGUN}
    assert NOT_BEGUN.outcome == LATER


def test_whatever_it_does_wrong_is_unknown():
    class Bad(Slow):
        def send(self, messages):
            answers = {
                "0": {"0": None, "1": Result("fine")},
                "2": None,
                "4": {"5": Result(ACCEPTED), "9": Result(ACCEPTED)},
            }
            return answers.get(messages[0].uuid) or 1 / 0

    _steps, found = gather(Bad(), 8)
    told = {uuid for uuid, result in found.items() if result.outcome == ACCEPTED}
    assert told == {"5"}
    assert {found[uuid].outcome for uuid in found if uuid != "5"} == {UNKNOWN}


def test_who_gives_up_begins_nothing_more():
    gateway = Slow(0.05, connections=2)
    steps = hand_over(gateway, outgoing(40), 60, 0.01)
    next(steps)
    steps.close()
    assert len(gateway.calls) < 20
