"""pytest plugin: a skipped test fails the run, as it proves nothing."""

import pytest

_skipped = []


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
