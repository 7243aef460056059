"""Senders in processes of their own, forked from one that has Odoo loaded.

The parent has the registry and no connection; a child makes its own, so it can be killed
at any moment as a worker of Odoo's can, and the next one starts within milliseconds.
"""

import mmap
import os
import signal
import time
import traceback
from functools import wraps

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

# Where a sender is, as its parent sees it.
IDLE, RESERVING, CALLING, WRITING = range(4)
PHASES = ("idle", "reserving", "calling", "writing")


class Worker:
    """A child process that runs `work(registry)`."""

    def __init__(self, registry, work):
        self.page = mmap.mmap(-1, 2)  # the phase, and how often one was entered
        odoo.sql_db.close_all()
        self.pid = os.fork()
        if not self.pid:
            self._live(registry, work)

    def _live(self, registry, work):
        code = 1
        try:
            odoo.sql_db._Pool = odoo.sql_db._Pool_readonly = None
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            self._watch(registry)
            work(registry)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _watch(self, registry):
        """Let the parent see which step this process is in."""
        messages, page = registry["vip.message"], self.page

        def enter(phase):
            page[1] = (page[1] + (page[0] != phase)) % 256
            page[0] = phase

        def shown(name, phase):
            step = getattr(messages, name)

            @wraps(step)
            def wrapper(*args, **kwargs):
                enter(phase)
                return step(*args, **kwargs)

            setattr(messages, name, wrapper)

        shown("_take", RESERVING)
        shown("_apply_results", WRITING)
        build = registry["vip.sms.gateway"]._gateway

        def built(self):
            gateway = build(self)
            send = gateway.send
            gateway.send = lambda messages: (enter(CALLING), send(messages))[1]
            return gateway

        registry["vip.sms.gateway"]._gateway = built

    @property
    def phase(self):
        return self.page[0]

    def is_over(self):
        """Return whether the process has ended by itself; a failure raises."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid and status:
            raise RuntimeError(f"A sender failed: {status}")
        return bool(pid)

    def reach(self, phase, entries, patience):
        """Wait until it has entered the phase so often; return whether it did."""
        seen, last, end = 0, None, time.monotonic() + patience
        while time.monotonic() < end:
            now = (self.page[0], self.page[1])
            seen += now != last and now[0] == phase
            last = now
            if seen >= entries:
                return True
            if self.is_over():
                self.pid = None
                return False
            time.sleep(0.0003)
        return False

    def kill(self):
        """Kill it as the kernel does when memory is short; return its last phase."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        return PHASES[self.phase]

    def wait(self):
        """Wait for its end."""
        _pid, status = os.waitpid(self.pid, 0)
        if status:
            raise RuntimeError(f"A sender failed: {status}")


def environment(registry, work):
    """Run `work(env)` in a transaction of its own and commit it."""
    with registry.cursor() as cr:
        return work(api.Environment(cr, SUPERUSER_ID, {}))


def send_once(registry):
    """Do what Odoo's cron worker does, once."""
    environment(registry, lambda env: env["vip.message"]._cron_send())


def send_forever(registry):
    """Do what Odoo's cron worker does, again and again."""
    while True:
        send_once(registry)
        time.sleep(0.02)


def loaded(db):
    """Return the registry, with no connection left open."""
    registry = Registry(db)
    odoo.sql_db.close_all()
    return registry
