"""The developer tool's own logic, as far as it needs neither network nor server."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / ".ci"))

from vipdev import core, debian, odoo, settings, testing  # noqa: E402

LISTING = """
http://mirror.example/debian/ bookworm main
http://mirror.example/debian/ bookworm non-free
http://mirror.example/debian/ bookworm-updates main
http://mirror.example/security/ bookworm-security main
http://other.example/apt/ stable main
"""


def test_sid_comes_from_the_mirror_of_the_machines_own_suite():
    lines = debian.sources(LISTING, "bookworm").splitlines()
    suites = [line.split()[-2] for line in lines]
    sid = [line for line in lines if " sid " in line]
    assert suites == ["bookworm", "bookworm-updates", "sid", "bookworm-security"]
    assert "http://mirror.example/debian/" in sid[0]


def test_unfinished_folder_does_not_count_as_built(tmp_path):
    folder = tmp_path / "part"
    with pytest.raises(RuntimeError), core.built(folder, "key") as half:
        (half / "file").touch()
        raise RuntimeError
    assert not core.stamped(folder, "key")
    with core.built(folder, "key") as half:
        assert not list(half.iterdir())
    assert core.stamped(folder, "key")
    assert not core.stamped(folder, "other key")


def test_absolute_links_stay_below_the_root(tmp_path):
    (tmp_path / "usr").mkdir()
    (tmp_path / "usr" / "file").write_text("text")
    (tmp_path / "usr" / "link").symlink_to("/usr/file")
    debian.relink(tmp_path)
    assert (tmp_path / "usr" / "link").read_text() == "text"


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("version_info = (19, 0, 0, FINAL, 0, '')", "19.0"),
        ("version_info = (18, 0, 0, FINAL, 0, '')", "18.0"),
        ("nothing", ""),
    ],
)
def test_odoo_version_is_read_from_its_release_file(tmp_path, text, version):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo" / "release.py").write_text(text)
    assert odoo.version(tmp_path) == version


def test_folder_without_odoo_has_no_version(tmp_path):
    assert odoo.version(tmp_path) == ""


def test_log_lines_are_told_apart_by_level():
    lines = [
        "2026-01-02 03:04:05,678 9 INFO db odoo.x: no ERROR here",
        "2026-01-02 03:04:05,678 9 ERROR db odoo.x: broken",
        "ERROR without a time",
    ]
    assert settings.matching(lines, "ERROR") == [lines[1]]


@pytest.mark.parametrize(
    ("codes", "chosen", "code"),
    [
        ([0, 0], False, 0),
        ([0, 1], False, 1),
        ([5, 0], False, 5),
        ([5, 0], True, 0),
        ([5, 5], True, 5),
        ([5, 1], True, 5),
        ([5], True, 5),
    ],
)
def test_empty_suite_passes_only_if_chosen_tests_ran_elsewhere(codes, chosen, code):
    assert testing.verdict(codes, chosen) == code


def test_paths_are_sorted_into_suites(monkeypatch):
    monkeypatch.chdir(core.REPO)
    arguments = ["tests/test_dev_tool.py::test_a", "-k", "name", ".ci/vipdev"]
    assert testing.split(arguments) == (
        ["-k", "name"],
        ["tests/test_dev_tool.py::test_a"],
        [".ci/vipdev"],
    )
