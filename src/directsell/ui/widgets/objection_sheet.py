"""The form of an objection: what it is about, what was said, the answer and its result; answers that worked are offered."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QSizePolicy, QWidget

from directsell.domain.objections import Answer, Objection, ObjectionKind, ObjectionResult
from directsell.i18n import _, ngettext
from directsell.store.queries.objections import best_answers
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import Button, Call, Kind
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.clearing import clear
from directsell.ui.widgets.fields import ChoiceField, MultilineField, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.kept_words import KeptWords
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.usecases.prospecting import delete_objection, save_objection

_SHORT = 60


class ObjectionSheet(FormSheet):
    """``ObjectionSheet(session, host)``: ``add_for(person_id, name)`` notes a new one, ``edit(objection, name)`` an old one."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Objection"), width=460)
        self._session = session
        self._objection: Objection | None = None
        self.kind = ChoiceField([(kind, term(kind)) for kind in ObjectionKind], ObjectionKind.PRICE)
        self.field("kind", _("Kind of objection"), self.kind)
        self.text = TextField(limit=400, placeholder=_("“That is too much for me right now”"))
        self.field("text", _("In their words"), self.text)
        self.answer = MultilineField(lines=3, placeholder=_("What you answered, or will answer"))
        self.field("answer", _("Your answer"), self.answer)
        self._offers = QWidget()
        self._offers.setAccessibleName(_("Answers that worked"))
        self._flow = FlowLayout(self._offers, gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._offers.setSizePolicy(policy)
        self._offered = Label(_("What worked with others"), Role.FIELD)
        self.add(self._offered)
        self.add(self._offers)
        self.add(Label(_("Result"), Role.FIELD))
        self.result = Segmented([(result, term(result)) for result in ObjectionResult], name=_("Result"))
        self.watch(self.result)
        self.add(self.result)
        self.remove = Button(_("Delete objection"), "trash-2", kind=Kind.QUIET, compact=True, on_click=self._delete)
        self.add(self.remove)
        self._kept = KeptWords(session, self, "objection", lambda: {**self.editors(), "result": self.result})
        self.kind.changed.connect(self._offer)
        self.save_wanted.connect(self._save_it)

    def add_for(self, person_id: UUID, name: str) -> None:
        """Open the form for an objection somebody just raised."""
        made = Objection(
            id=self._session.new_id(), person_id=person_id, kind=ObjectionKind.PRICE, at=self._session.now()
        )
        self._open(made, name, stored=False)

    def edit(self, objection: Objection, name: str) -> None:
        """Open the form for a stored objection."""
        self._open(objection, name, stored=True)

    def offers(self) -> list[Button]:
        """The answers that are offered."""
        return [widget for widget in self._offers.findChildren(Button) if not widget.isHidden()]

    def _open(self, objection: Objection, name: str, *, stored: bool) -> None:
        if not self.make_way():
            return
        self._objection = objection
        self.set_subtitle(name)
        self.kind.set_value(objection.kind)
        self.text.set_value(objection.text)
        self.answer.set_value(objection.answer)
        self.result.set_value(objection.result)
        self.remove.setVisible(stored)
        self.set_clean()
        self._kept.begin(f"{objection.person_id}-{objection.id if stored else 'new'}")
        self._offer()
        self.open_sheet(self.answer if stored else self.kind)

    def _offer(self) -> None:
        """Offer the answers that overcame such objections before."""
        clear(self._flow)
        found = [one for one in self._session.look(best_answers, self.kind.value()) if one.overcame]
        for one in found:
            button = Button(_short(one.text), "check", kind=Kind.SECONDARY, compact=True)
            button.setToolTip(_told(one))
            button.clicked.connect(Call(self._take, one.text))
            self._flow.addWidget(button)
        self._offers.setVisible(bool(found))
        self._offered.setVisible(bool(found))
        self._offers.updateGeometry()

    def _take(self, text: str) -> None:
        self.answer.set_value(text)
        self.touch()
        self.answer.setFocus()

    def _save_it(self) -> None:
        known = self._objection
        if known is None or self.first_error():
            return
        made = Objection(
            id=known.id,
            person_id=known.person_id,
            kind=self.kind.value() or ObjectionKind.OTHER,
            text=self.text.value(),
            answer=self.answer.value(),
            result=ObjectionResult(self.result.value()),
            demo_id=known.demo_id,
            at=known.at,
        )
        self.busy(True)
        said = _("Objection noted")
        self._session.run(
            self, save_objection, made, done=self._saved, failed=self.refuse, said=said, draft=self._kept.key
        )

    def _saved(self, _result: object) -> None:
        self.set_clean()
        self.close_sheet()

    def _delete(self) -> None:
        if self._objection is not None:
            self._session.run(
                self,
                delete_objection,
                self._objection.id,
                done=self._saved,
                failed=self.refuse,
                said=_("Objection deleted"),
            )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…"


def _told(answer: Answer) -> str:
    words = ngettext("overcame {n} time of {given}", "overcame {n} times of {given}", answer.overcame)
    return _("{text}\n{how_often}").format(
        text=answer.text, how_often=words.format(n=answer.overcame, given=answer.given)
    )
