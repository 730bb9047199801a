"""The sheet for one guest of a demo: how invited, what was answered, who comes along, who orders without coming."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from directsell.domain.demos import DemoGuest, Reply
from directsell.i18n import _
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.fields import CheckBox, ChoiceField, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.guest_words import CHANNELS, channel_word
from directsell.usecases.demos import save_guest

_MOST = 20


class InvitationSheet(FormSheet):
    """``InvitationSheet(session, host)``: ``ask(guest, name)`` opens it; it stores by itself."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Invitation"), width=420)
        self._session = session
        self._guest: DemoGuest | None = None
        self._name = ""
        self.channel = ChoiceField()
        self.field("channel", _("Invited by"), self.channel)
        self.reply = ChoiceField([(reply, term(reply)) for reply in Reply])
        self.field("reply", _("Answer"), self.reply)
        self.brings = ChoiceField()
        self.field("brings", _("Brings along"), self.brings)
        self.attended = CheckBox(_("Was there"))
        self.outside = CheckBox(_("Orders without coming"))
        for box in (self.attended, self.outside):
            self.watch(box)
            self.add(box)
        self.note = TextField(limit=200)
        self.field("note", _("Note"), self.note)
        self.outside.changed.connect(self._outside_chosen)
        self.attended.changed.connect(self._attended_chosen)
        self.save_wanted.connect(self._save_it)

    def ask(self, guest: DemoGuest, name: str) -> None:
        """Open the sheet for a guest, on the list or about to be."""
        if not self.make_way():
            return
        self._guest = guest
        self._name = name
        self.set_subtitle(name)
        known = [("", _("not noted")), *((channel.value, channel_word(channel)) for channel in CHANNELS)]
        if guest.channel and guest.channel not in dict(known):
            known.append((guest.channel, guest.channel))
        self.channel.set_choices(known)
        self.channel.set_value(guest.channel)
        self.reply.set_value(guest.reply)
        self.brings.set_choices(self._brings(guest.brings))
        self.brings.set_value(guest.brings)
        self.attended.set_value(guest.attended)
        self.outside.set_value(guest.outside)
        self.note.set_value(guest.note)
        self.set_clean()
        self.open_sheet(self.channel)

    def _brings(self, also: int) -> list[tuple[int, str]]:
        numbers = sorted({*range(_MOST + 1), also})
        return [(n, self._session.language.number(n) if n else _("nobody")) for n in numbers]

    def _outside_chosen(self) -> None:
        if self.outside.value():
            self.attended.set_value(False)

    def _attended_chosen(self) -> None:
        if self.attended.value():
            self.outside.set_value(False)

    def _save_it(self) -> None:
        if self._guest is None or self.first_error():
            return
        guest = replace(
            self._guest,
            channel=self.channel.value() or "",
            reply=self.reply.value() or self._guest.reply,
            brings=self.brings.value() or 0,
            attended=self.attended.value(),
            outside=self.outside.value(),
            note=self.note.value(),
        )
        self.busy(True)
        said = _("Invitation of {name} saved").format(name=self._name)
        self._session.run(self, save_guest, guest, done=self._saved, failed=self.refuse, said=said)

    def _saved(self, _guest: DemoGuest) -> None:
        self.set_clean()
        self.close_sheet()
