"""pytest plugin: a skipped test fails the run, as it proves nothing."""

import sys

import pytest

# Tenths of a second. Odoo waits ten seconds for the browser to start and then skips the
# test: on a busy machine that is too short once in some hundred starts.
BROWSER_PATIENCE = 600

_skipped = []


def pytest_collection_finish():
    """Let Odoo's tests wait longer for the browser."""
    common = sys.modules.get("odoo.tests.common")
    if common:
        common.CHECK_BROWSER_ITERATIONS = BROWSER_PATIENCE


def _note(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append((report.nodeid, report.longrepr))


def pytest_runtest_logreport(report):
    """Note a skipped test."""
    _note(report)


def pytest_collectreport(report):
    """Note a skipped file."""
    _note(report)


def pytest_sessionfinish(session, exitstatus):
    """Turn a green run with skipped tests into a failed one."""
    if _skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    """List what was skipped, with the reasons."""
    if _skipped:
        terminalreporter.section("skipped tests fail the run", red=True)
    for nodeid, reason in _skipped:
        text = reason[2] if isinstance(reason, tuple) else reason
        terminalreporter.write_line(f"{nodeid}: {text}")
