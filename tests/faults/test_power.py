"""A machine that lost its power and is started again finds its own lease."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from groundwire.index import lease, mounts
from groundwire.index.holder import Holder
from groundwire.index.machine import Machine
from tests.unit.index.machines import QUICK

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = Machine("machine", "the boot before", "desk")
NOW = Machine("machine", "this boot", "desk")
MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /home rw shared:2 - btrfs /dev/sdb rw,subvol=/home
31 22 0:41 / /mnt/our\\040share rw - nfs4 server:/share rw
32 22 0:42 / /mnt/cloud rw - fuse.sshfs someone@host: rw
33 31 0:43 / /mnt/our\\040share/disk rw - xfs /dev/sdc rw
34 22 0:44 / /data rw - ext4 /dev/sdd rw
35 34 0:45 / /data rw - cifs //server/data rw
"""


def taken_in(folder: Path, machine: Machine) -> float:
    """Leave a lease of this machine's last life, and take it over; return how long that took."""
    (folder / lease.LEASE).write_bytes(Holder.on(BEFORE).to_bytes())
    began = time.monotonic()
    held = lease.take(folder, machine, QUICK)
    took = time.monotonic() - began
    held.check()
    held.give_back()
    return took


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "of_one_kernel", lambda _folder: True)


@pytest.mark.usefixtures("alone")
def test_its_own_lease_is_taken_over_at_once(tmp_path: Path) -> None:
    assert taken_in(tmp_path, NOW) < QUICK.dead


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    "other", [Machine("another", "this boot", "desk"), Machine("machine", "this boot", "a copy")]
)
def test_that_of_another_machine_is_watched(tmp_path: Path, other: Machine) -> None:
    assert taken_in(tmp_path, other) >= QUICK.dead


def test_on_a_shared_folder_it_may_be_a_copied_machine_and_is_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "of_one_kernel", lambda _folder: False)
    assert taken_in(tmp_path, NOW) >= QUICK.dead


@pytest.mark.parametrize(
    ("folder", "alone"),
    [
        ("/srv/index", True),
        ("/home/lee/index", True),
        ("/homes", True),
        ("/mnt/our share/index", False),
        ("/mnt/our share/disk/index", True),
        ("/mnt/cloud", False),
        ("/data/index", False),  # the share lies above the disk
    ],
)
def test_which_folders_one_machine_alone_can_have_mounted(folder: str, *, alone: bool) -> None:
    from pathlib import Path

    assert (mounts._kind(Path(folder), MOUNTS) in mounts._OF_ONE_KERNEL) == alone


def test_where_nobody_says_a_folder_may_be_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mounts, "_MOUNTS", tmp_path / "none")
    assert not mounts.of_one_kernel(tmp_path)
    (tmp_path / "some").write_text("one line that says nothing\n")
    monkeypatch.setattr(mounts, "_MOUNTS", tmp_path / "some")
    assert not mounts.of_one_kernel(tmp_path)
