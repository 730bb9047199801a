"""The sheet in which a segment is put together, with whom it finds while it is edited. Rules are rule_group.py."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.errors import DomainError
from directsell.domain.marketing import Segment
from directsell.domain.segments import EVERYBODY, Group, Rule, RuleKind, check_group, parse_rules, rules_text
from directsell.i18n import _, ngettext
from directsell.store.queries.segments import Found, SegmentRow, find_people, subject_names
from directsell.store.queries.settings import business
from directsell.ui.messages import sentence
from directsell.ui.pages.marketing.rule_group import RuleGroup
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.kept_words import KeptWords
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.marketing_words import filter_sentence
from directsell.usecases.marketing import save_segment

_PAUSE_MS = 120
_BEGIN = Group(rules=(Rule(kind=RuleKind.BOUGHT),))


def found_words(found: Found, session: Session) -> str:
    """Return "12 people: Dana Ruiz, Amy Stone ..."."""
    count = ngettext("{n} person", "{n} people", found.count).format(n=session.language.number(found.count))
    if not found.names:
        return count
    return _("{count}: {names}").format(count=count, names=name_words(found, session))


def name_words(found: Found, session: Session) -> str:
    """Return "Dana Ruiz, Amy Stone and 10 more"; "" when nobody was found."""
    names = ", ".join(found.names)
    more = found.count - len(found.names)
    if more > 0:
        names = _("{names} and {n} more").format(names=names, n=session.language.number(more))
    return names


class SegmentSheet(FormSheet):
    """``SegmentSheet(session, host)``: ``start()`` a new segment, ``edit(row)`` a stored one. Signal: ``saved(object id)``."""

    saved = Signal(object)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Segment"), width=620)
        self._session = session
        self._id: UUID | None = None
        self._job: Job | None = None
        self._names: dict[str, str] = {}
        self.name = TextField(limit=100, placeholder=_("Regulars without an order this year"))
        self.field("name", _("Name"), self.name, required=True)
        self._found_card = Card(padding=14)
        self.words = Label("", Role.BODY, wrap=True)
        self.found = Label("", Role.SMALL, wrap=True)
        self._found_card.add(self.words)
        self._found_card.add(self.found)
        self.add(self._found_card)
        self.heading(_("Who belongs to it"))
        self.rules = RuleGroup(session, self._names)
        self.rules.changed.connect(self._rules_changed)
        self.add(self.rules)
        self.note = TextField(limit=300)
        self.field("note", _("Note"), self.note)
        self._kept = KeptWords(
            session, self, "segment", self.editors, more=lambda: rules_text(self.rules.value()), take=self._take_rules
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._count)
        self.save_wanted.connect(self._save_it)

    def start(self, group: Group = _BEGIN, name: str = "") -> None:
        """Open the sheet for a new segment."""
        self._open(self._session.new_id(), name, "", group, _("New segment"), "new")

    def edit(self, row: SegmentRow) -> None:
        """Open the sheet for a stored segment."""
        self._open(row.id, row.name, row.note, row.group or EVERYBODY, _("Change segment"), row.id)

    def _open(self, key: UUID, name: str, note: str, group: Group, title: str, subject: object) -> None:
        if not self.make_way():
            return
        self._id = key
        self.set_title(title)
        self._names.clear()
        self._names.update(self._session.look(subject_names, group))
        self.name.set_value(name)
        self.note.set_value(note)
        self.rules.set_value(group)
        self.set_clean()
        # Who begins with an idea means that idea, not what was given up before.
        self._kept.begin(subject, offer=subject != "new" or group is _BEGIN)
        self._rules_seen()
        self.open_sheet(self.name)

    def _take_rules(self, text: str) -> None:
        with suppress(DomainError):  # written by a newer program
            group = parse_rules(text)
            self._names.update(self._session.look(subject_names, group))
            self.rules.set_value(group)

    # --- counting while it is edited

    def _rules_changed(self) -> None:
        self.touch()
        self._rules_seen()

    def _rules_seen(self) -> None:
        for row in self.rules.rows():
            row.set_error("")
        currency = self._session.look(business).currency
        words = filter_sentence(self.rules.value(), self._names, self._session.language, currency)
        self.words.setText(words)
        self._pause.start()

    def _count(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        group = self.rules.value()
        try:
            check_group(group)
        except DomainError:
            self.found.setText(_("The count appears when every rule is complete."))
            return
        self._job = self._session.read(self, find_people, group, self._session.today(), done=self._counted)

    def _counted(self, found: Found) -> None:
        self._job = None
        self.found.setText(found_words(found, self._session))

    # --- saving

    def _save_it(self) -> None:
        if self._id is None or self.first_error():
            return
        for row in self.rules.rows():
            wrong = row.typing_error()
            if wrong:
                row.set_error(wrong)
                self.scroll_to(row)
                return
        self.busy(True)
        self._session.run(
            self,
            save_segment,
            self._id,
            name=self.name.value(),
            group=self.rules.value(),
            note=self.note.value(),
            done=self._done,
            failed=self._refused,
            said=_("Segment saved"),
            draft=self._kept.key,
        )

    def _refused(self, error: Exception) -> None:
        number = error.params.get("rule") if isinstance(error, DomainError) else None
        rows = self.rules.rows()
        if isinstance(number, int) and 0 < number <= len(rows):
            self.busy(False)
            rows[number - 1].set_error(sentence(error) or "")
            self.scroll_to(rows[number - 1])
            rows[number - 1].focus_first()
            return
        self.refuse(error)

    def _done(self, segment: Segment) -> None:
        self.set_clean()
        self.close_sheet()
        self.saved.emit(segment.id)
