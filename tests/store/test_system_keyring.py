"""The keyring of a Linux desktop is asked in its own protocol, without loading a cryptography library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from jeepney import HeaderFields

from directsell.store.errors import NoKeyring
from directsell.store.system_keyring import SystemKeyring, _from_unlocked_collection

KEY = bytes(range(32))


class Bus:
    """The part of the Secret Service that is needed to read an unlocked item."""

    def __init__(self, *, unlocked: bool = True, refuses: str = "") -> None:
        self.calls: list[tuple[str, Any]] = []
        self.unlocked = unlocked
        self.refuses = refuses

    def send_and_get_reply(self, message: Any, *, timeout: float) -> Any:
        assert timeout > 0
        name = message.header.fields[HeaderFields.member]
        assert message.header.fields[HeaderFields.destination] == "org.freedesktop.secrets"
        self.calls.append((name, message.body))
        kind = "error" if name == self.refuses else "method_return"
        items = ["/item/1"] if self.unlocked else []
        body = {
            "OpenSession": (("s", ""), "/session/1"),
            "SearchItems": (items, [] if self.unlocked else ["/item/1"]),
            "GetSecret": (("/session/1", b"", KEY.hex().encode(), "text/plain"),),
        }[name]
        return SimpleNamespace(header=SimpleNamespace(message_type=SimpleNamespace(name=kind)), body=body)


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> list[Bus]:
    """A session bus; the test puts the service on it."""
    buses: list[Bus] = []

    @contextmanager
    def connect() -> Iterator[Bus]:
        yield buses[0]

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    monkeypatch.setattr("jeepney.io.blocking.open_dbus_connection", connect)
    monkeypatch.setattr("sys.platform", "linux")
    return buses


def test_an_unlocked_key_is_read_in_three_calls(desktop: list[Bus]) -> None:
    desktop.append(Bus())
    assert SystemKeyring().get("ABC-1") == KEY
    assert [name for name, _ in desktop[0].calls] == ["OpenSession", "SearchItems", "GetSecret"]
    assert desktop[0].calls[1][1] == ({"service": "DirectSell", "username": "ABC-1"},)


@pytest.mark.parametrize(
    "bus",
    [Bus(unlocked=False), Bus(refuses="OpenSession"), Bus(refuses="SearchItems"), Bus(refuses="GetSecret")],
    ids=["locked", "no session", "no search", "no secret"],
)
def test_everything_else_is_left_to_the_backend(desktop: list[Bus], bus: Bus) -> None:
    desktop.append(bus)
    assert _from_unlocked_collection("ABC-1") is None


def test_without_a_bus_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert _from_unlocked_collection("ABC-1") is None


class Backend:
    """A backend that forgets what it is told."""

    viable = True
    kept: str | None = None

    def get_password(self, service: str, entry: str) -> str | None:
        return self.kept

    def set_password(self, service: str, entry: str, password: str) -> None:
        """Forget it."""

    def delete_password(self, service: str, entry: str) -> None:
        raise KeyError(entry)


def test_a_keyring_that_did_not_keep_the_key_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directsell.store.system_keyring._backend", lambda: Backend)
    monkeypatch.setattr(Backend, "kept", None)
    with pytest.raises(NoKeyring):
        SystemKeyring().put("ABC-1", KEY)
    monkeypatch.setattr(Backend, "kept", KEY.hex())
    SystemKeyring().put("ABC-1", KEY)
    assert SystemKeyring().get("ABC-1") == KEY
    with pytest.raises(NoKeyring):  # whatever a backend raises
        SystemKeyring().remove("ABC-1")
    monkeypatch.setattr(Backend, "kept", "no key")
    assert SystemKeyring().get("ABC-1") is None
    monkeypatch.setattr(Backend, "viable", False)
    with pytest.raises(NoKeyring):
        SystemKeyring().get("ABC-1")
