"""The slip of the door prize as it is taken up: what was liked, who would host or join, need, budget, objection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from directsell.domain.demos import DemoGuest, Reply, guest_of
from directsell.domain.objections import ObjectionKind
from directsell.i18n import _
from directsell.store.queries.objections import objections_of
from directsell.store.queries.parties import person_record
from directsell.ui.pages.desk.evening import Evening, Sitter
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.draft_sheet import DraftSheet
from directsell.ui.widgets.fields import CheckBox, ChoiceField, TextField
from directsell.ui.widgets.typed import date_field
from directsell.usecases.parties import slip_contact, take_slip

_SUNDAY = 6


def next_sunday(day: date) -> date:
    """Return the first Sunday after a day."""
    return day + timedelta(days=(_SUNDAY - day.weekday() - 1) % 7 + 1)


class PrizeSheet(DraftSheet):
    """``PrizeSheet(session, host)``: ``ask(sitter, evening)`` opens it for somebody."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(session, host, _("Door-prize slip"), draft="slip:", width=420)
        self._guest: DemoGuest | None = None
        self._name = ""
        self.liked = TextField(limit=200)
        self.field("liked", _("Liked best"), self.liked)
        self.would_host = CheckBox(_("Would host a demo"))
        self.would_join = CheckBox(_("Would like to sell too"))
        for box in (self.would_host, self.would_join):
            self.watch(box)
            self.add(box)
        self.need = TextField(limit=200)
        self.field("need", _("Need"), self.need)
        self.budget = TextField(limit=100)
        self.field("budget", _("Budget"), self.budget)
        self.objection = TextField(limit=200)
        self.field("objection", _("Objection"), self.objection)
        self.kind = ChoiceField([(kind, term(kind)) for kind in ObjectionKind], ObjectionKind.OTHER)
        self.field(
            "kind", _("Kind of objection"), self.kind, hint=_("So that objections of all guests can be counted.")
        )
        self.follow_up = date_field(session)
        self.field("due_on", _("Follow up on"), self.follow_up, hint=_("Empty plans no contact."))
        self.save_wanted.connect(self._save_it)

    def ask(self, sitter: Sitter, evening: Evening) -> None:
        """Open the sheet with what is known of somebody."""
        if not self.make_way():
            return
        demo = evening.party.demo
        here = replace(guest_of(demo.id, sitter.id, Reply.ACCEPTED), attended=True)
        guest = self._guest = sitter.guest if sitter.guest is not None else here
        self._name = sitter.name
        self.set_subtitle(sitter.name)
        person = self._session.look(person_record, sitter.id)
        self.liked.set_value(guest.liked)
        self.would_host.set_value(guest.would_host)
        self.would_join.set_value(guest.would_join)
        self.need.set_value(person.need)
        self.budget.set_value(person.budget)
        self.objection.set_value(guest.objection)
        heard = [one for one in self._session.look(objections_of, sitter.id) if one.demo_id == demo.id]
        self.kind.set_value(heard[0].kind if heard else ObjectionKind.OTHER)
        planned = self._session.look(slip_contact, demo.id, sitter.id)
        usual = next_sunday(max(demo.day, self._session.today()))
        self.follow_up.set_value(usual if planned is None else planned.due_on)
        self.begin(guest.id)
        self.set_clean()
        self._restore()
        self.open_sheet(self.liked)

    def state(self) -> dict[str, Any]:
        """Return what is written on the slip."""
        due_on = self.follow_up.value()
        return {
            **{name: editor.value() for name, editor in self._words().items()},
            **{name: box.value() for name, box in self._boxes().items()},
            "kind": str(self.kind.value() or ObjectionKind.OTHER),
            "follow_up": "" if due_on is None else due_on.isoformat(),
        }

    def _words(self) -> dict[str, TextField]:
        return {"liked": self.liked, "need": self.need, "budget": self.budget, "objection": self.objection}

    def _boxes(self) -> dict[str, CheckBox]:
        return {"would_host": self.would_host, "would_join": self.would_join}

    def _restore(self) -> None:
        """Show what was half-typed the last time."""
        kept = self.kept()
        if kept is None:
            return
        for name, editor in self._words().items():
            editor.set_value(str(kept.get(name, "")))
        for name, box in self._boxes().items():
            box.set_value(bool(kept.get(name)))
        self.kind.set_value(ObjectionKind(kept.get("kind", ObjectionKind.OTHER)))
        due_on = str(kept.get("follow_up", ""))
        self.follow_up.set_value(date.fromisoformat(due_on) if due_on else None)
        self.touch()

    def _save_it(self) -> None:
        if self._guest is None or self.first_error():
            return
        guest = replace(
            self._guest,
            liked=self.liked.value(),
            would_host=self.would_host.value(),
            would_join=self.would_join.value(),
            objection=self.objection.value(),
        )
        self.store(
            take_slip,
            guest,
            need=self.need.value(),
            budget=self.budget.value(),
            follow_up_on=self.follow_up.value(),
            objection_kind=self.kind.value() or ObjectionKind.OTHER,
            said=_("Slip of {name} taken up").format(name=self._name),
        )
