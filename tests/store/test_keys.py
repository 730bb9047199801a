"""How the key is kept: the four ways, changing between them, wrong passwords, lost keyrings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from directsell import files
from directsell.domain.clock import FixedClock
from directsell.store.errors import Full, NoKey, NoKeyring, Wait, WrongCode, WrongPassword
from directsell.store.keys import Cost, KeyMode, Keys, measured_cost
from directsell.store.system_keyring import SystemKeyring
from tests.fixtures.books import NOON, is_private

CHEAP = Cost(memory=1 << 20, passes=1)


class FakeKeyring:
    """A keyring in memory that can be switched off."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.works = True

    def _check(self) -> None:
        if not self.works:
            raise NoKeyring("off")

    def get(self, entry: str) -> bytes | None:
        self._check()
        return self.kept.get(entry)

    def put(self, entry: str, key: bytes) -> None:
        self._check()
        self.kept[entry] = key

    def remove(self, entry: str) -> None:
        self._check()
        self.kept.pop(entry, None)


@pytest.fixture
def keyring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def keys(tmp_path: Path, clock: FixedClock, keyring: FakeKeyring) -> Keys:
    return Keys(tmp_path / "key.json", clock=clock, keyring=keyring, cost=CHEAP)


@pytest.mark.parametrize("mode", list(KeyMode))
def test_each_way_gives_the_key_back_to_a_new_process(
    mode: KeyMode, keys: Keys, clock: FixedClock, keyring: FakeKeyring
) -> None:
    key = keys.create(mode, "pa55")
    again = Keys(keys.path, clock=clock, keyring=keyring)
    assert again.mode is mode
    assert again.unlock("pa55") == key
    assert (key is None) == (mode is KeyMode.PLAIN)
    assert is_private(keys.path)


def test_the_file_holds_the_key_only_where_that_is_its_purpose(keys: Keys) -> None:
    for mode in (KeyMode.KEYRING, KeyMode.PASSWORD, KeyMode.FILE):
        keys.set_aside()
        key = keys.create(mode, "pa55")
        assert key is not None
        assert (key.hex() in keys.path.read_text()) == (mode is KeyMode.FILE)


def test_a_key_is_never_overwritten(keys: Keys) -> None:
    keys.create(KeyMode.FILE)
    before = keys.path.read_bytes()
    with pytest.raises(FileExistsError):
        keys.create(KeyMode.FILE)
    assert keys.path.read_bytes() == before
    keys.set_aside()
    assert keys.mode is None
    assert [file.read_bytes() for file in keys.path.parent.glob("key-old-*.json")] == [before]


def test_passwords_can_be_set_changed_and_removed(keys: Keys, keyring: FakeKeyring) -> None:
    key = keys.create(KeyMode.KEYRING)
    assert len(keyring.kept) == 1
    keys.keep(key, KeyMode.PASSWORD, "first")
    assert keyring.kept == {}  # else the password would protect nothing
    keys.change_password("first", "zweites Paßwort")
    with pytest.raises(WrongPassword):
        keys.unlock("first")
    assert keys.unlock("zweites Paßwort") == key
    keys.remove_password("zweites Paßwort")
    assert keys.mode is KeyMode.KEYRING
    assert keys.unlock() == key


def test_the_same_letters_typed_on_another_keyboard_are_the_same_password(keys: Keys) -> None:
    key = keys.create(KeyMode.PASSWORD, "caf\u00e9")
    assert keys.unlock("cafe\u0301") == key


def test_after_five_wrong_passwords_the_pause_grows_and_survives_a_restart(keys: Keys, clock: FixedClock) -> None:
    key = keys.create(KeyMode.PASSWORD, "right")
    for tries in range(1, 6):
        with pytest.raises(WrongPassword) as caught:
            keys.unlock("wrong")
        assert caught.value.params["tries"] == tries
    again = Keys(keys.path, clock=clock, keyring=FakeKeyring())
    pauses = []
    for _ in range(4):
        with pytest.raises(Wait) as waited:
            again.unlock("right")
        pauses.append(waited.value.params["seconds"])
        clock.advance(seconds=pauses[-1])
        with pytest.raises(WrongPassword):
            again.unlock("wrong")
    assert pauses == [2, 4, 8, 16]
    clock.advance(days=-3)  # setting the clock back does not shorten it, nor make it endless
    assert again.wait_seconds() == 32
    clock.advance(seconds=32)
    assert again.wait_seconds() == 0
    assert again.unlock("right") == key
    assert again.wait_seconds() == 0


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"mode": "magic"}', b"\xff\xfe", b'{"mode": "password"}']
)
def test_an_unreadable_key_file_is_an_error_and_stays(keys: Keys, content: bytes) -> None:
    keys.path.write_bytes(content)
    with pytest.raises(NoKey):
        keys.unlock("x")
    assert keys.path.read_bytes() == content


def test_a_key_file_from_elsewhere_cannot_fill_the_memory(keys: Keys) -> None:
    keys.create(KeyMode.PASSWORD, "x")
    found = json.loads(keys.path.read_text())
    found["wrapped"]["memory"] = 1 << 40
    keys.path.write_text(json.dumps(found))
    with pytest.raises(NoKey):
        keys.unlock("x")


def test_a_lost_or_swapped_keyring_entry_is_noticed(keys: Keys, keyring: FakeKeyring) -> None:
    key = keys.create(KeyMode.KEYRING)
    assert key is not None
    (entry,) = keyring.kept
    keyring.kept[entry] = bytes(32)
    with pytest.raises(NoKey):
        keys.unlock()
    keyring.kept.clear()
    with pytest.raises(NoKey):
        keys.unlock()
    keyring.works = False
    with pytest.raises(NoKeyring):
        keys.unlock()
    assert keys.recover("-".join(keys.sheet(key, NOON.date()).groups)) == key


def test_without_a_keyring_nothing_is_written(keys: Keys, keyring: FakeKeyring) -> None:
    keyring.works = False
    with pytest.raises(NoKeyring):
        keys.create(KeyMode.KEYRING)
    assert keys.mode is None


def test_a_full_disk_leaves_the_old_way_of_keeping(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    key = keys.create(KeyMode.PASSWORD, "old")

    def full(path: Path, content: bytes, *, mode: int = 0o600) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_synced", full)
    with pytest.raises(Full):
        keys.keep(key, KeyMode.PASSWORD, "new")
    monkeypatch.undo()
    assert keys.unlock("old") == key
    assert [p.name for p in keys.path.parent.iterdir()] == ["key.json"]


def test_the_sheet_of_another_book_is_refused(keys: Keys) -> None:
    keys.create(KeyMode.FILE)
    with pytest.raises(WrongCode) as caught:
        keys.recover(keys.sheet(bytes(32), NOON.date()).code)
    assert caught.value.params["groups"] == ()


def test_a_new_password_costs_a_guesser_enough() -> None:
    cost = measured_cost(0.05)
    assert cost.memory >= 64 << 20
    assert cost.passes >= 3


def test_the_system_without_a_keyring_says_so() -> None:
    keyring = SystemKeyring()
    with pytest.raises(NoKeyring):
        keyring.get("x")
    with pytest.raises(NoKeyring):
        keyring.put("x", bytes(32))
    with pytest.raises(NoKeyring):
        keyring.remove("x")
