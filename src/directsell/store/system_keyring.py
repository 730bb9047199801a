"""The keyring of the operating system. Its backend is imported directly: scanning entry points costs the start."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, Protocol

from directsell.store.errors import NoKeyring

_SERVICE = "DirectSell"
_BACKENDS = {
    "win32": "keyring.backends.Windows.WinVaultKeyring",
    "darwin": "keyring.backends.macOS.Keyring",
}
_SECONDS = 3.0


class Keyring(Protocol):
    """Keeps keys under a name, apart from the data."""

    def get(self, entry: str) -> bytes | None:
        """Return a kept key, or None when there is none of that name."""
        ...

    def put(self, entry: str, key: bytes) -> None:
        """Keep a key."""
        ...

    def remove(self, entry: str) -> None:
        """Forget a key; one that is not there is no error."""
        ...


class SystemKeyring:
    """Windows Credential Manager, macOS Keychain, or the Secret Service of a Linux desktop.

    Every method raises ``NoKeyring`` when the system has none, or the user refuses to unlock it. They may wait for
    a dialog of the system.
    """

    def available(self) -> bool:
        """Say whether this system has a keyring that answers (it may still ask the user to unlock it)."""
        try:
            _ask(lambda backend: None)
        except NoKeyring:
            return False
        return True

    def get(self, entry: str) -> bytes | None:
        """Return a kept key, or None when there is none of that name."""
        text = None
        if sys.platform.startswith("linux") and "PYTHON_KEYRING_BACKEND" not in os.environ:
            text = _from_unlocked_collection(entry)
        text = text or _ask(lambda backend: backend.get_password(_SERVICE, entry))
        try:
            return bytes.fromhex(text) if text else None
        except ValueError:
            return None

    def put(self, entry: str, key: bytes) -> None:
        """Keep a key and read it back.

        Raises:
            NoKeyring: it was not kept.
        """
        _ask(lambda backend: backend.set_password(_SERVICE, entry, key.hex()))
        if self.get(entry) != key:
            raise NoKeyring("the keyring did not keep the key")

    def remove(self, entry: str) -> None:
        """Forget a key; one that is not there is no error."""
        if self.get(entry) is not None:
            _ask(lambda backend: backend.delete_password(_SERVICE, entry))


def _backend() -> Any:
    name = os.environ.get("PYTHON_KEYRING_BACKEND") or _BACKENDS.get(
        sys.platform, "keyring.backends.SecretService.Keyring"
    )
    module, _, kind = name.rpartition(".")
    return getattr(importlib.import_module(module), kind)


def _ask(question: Any) -> Any:
    try:
        kind = _backend()
        if not kind.viable or "fail" in kind.__module__ or "null" in kind.__module__:
            raise NoKeyring("no usable keyring")
        return question(kind())
    except NoKeyring:
        raise
    except Exception as error:
        # Backends raise whatever their platform throws: KeyringError, D-Bus, COM and import errors.
        raise NoKeyring(type(error).__name__) from error


def _from_unlocked_collection(entry: str) -> str | None:
    """Ask the Secret Service directly; None for anything but a plain success (the backend then does it in full).

    The backend would import a cryptography library (70 ms) to encrypt the secret between two processes of the same
    user; the session bus is private to that user, and the protocol has ``plain`` sessions for it.
    """
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return None
    try:
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        place = {"bus_name": "org.freedesktop.secrets", "interface": "org.freedesktop.Secret.Service"}
        service = DBusAddress("/org/freedesktop/secrets", **place)
        attributes = {"service": _SERVICE, "username": entry}
        with open_dbus_connection() as bus:

            def call(address: Any, method: str, signature: str, body: tuple[Any, ...]) -> Any:
                message = new_method_call(address, method, signature, body)
                reply = bus.send_and_get_reply(message, timeout=_SECONDS)
                if reply.header.message_type.name != "method_return":
                    raise LookupError(method)
                return reply.body

            _, session = call(service, "OpenSession", "sv", ("plain", ("s", "")))
            unlocked, _ = call(service, "SearchItems", "a{ss}", (attributes,))
            item = DBusAddress(unlocked[0], place["bus_name"], "org.freedesktop.Secret.Item")
            ((_, _, secret, _),) = call(item, "GetSecret", "o", (session,))
            return bytes(secret).decode()
    except Exception:  # noqa: BLE001 - no bus, no service, locked, another protocol: the backend finds out which
        return None
