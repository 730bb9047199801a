"""The sheets in which somebody is related to a person, and a wish is noted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from directsell.domain.relations import RelationKind
from directsell.i18n import _
from directsell.store.queries.products import match_products
from directsell.store.queries.settings import business
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.fields import ChoiceField, Completion, CompletionField, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.kept_words import KeptWords
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.usecases.relations import add_wish, relate_people, set_referrer

_RECOMMENDED_BY = "recommended_by"
_RECOMMENDED = "recommended"


class RelationSheet(FormSheet):
    """``RelationSheet(session, host)``: ``ask(person_id, name)`` opens it for a person."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Who belongs together"), save_text=_("Add"), width=460)
        self._session = session
        self._person: UUID | None = None
        self.other = PersonPicker(session, _("Who"), create=False)
        self.field("other", _("Who"), self.other, required=True)
        kinds = [(str(kind), term(kind)) for kind in RelationKind]
        kinds += [(_RECOMMENDED_BY, _("Recommended this person")), (_RECOMMENDED, _("Was recommended by this person"))]
        self.kind = ChoiceField(kinds, str(RelationKind.HOUSEHOLD))
        self.field("kind", _("How they stand to each other"), self.kind)
        self.note = TextField(limit=200, placeholder=_("Sister, lives next door …"))
        self.field("note", _("Note"), self.note)
        self.kind.changed.connect(self._kind_changed)
        self._kept = KeptWords(session, self, "relation", self.editors)
        self.save_wanted.connect(self._store)

    def ask(self, person_id: UUID, name: str) -> None:
        """Open the sheet for a person."""
        if not self.make_way():
            return
        self._person = person_id
        self.set_subtitle(name)
        self.other.set_person(None)
        self.kind.set_value(str(RelationKind.HOUSEHOLD))
        self.note.set_value("")
        self.set_clean()
        self._kept.begin(person_id)
        self._kind_changed()
        self.open_sheet(self.other)

    def _kind_changed(self) -> None:
        self.fields["note"].setVisible(self.kind.value() not in (_RECOMMENDED, _RECOMMENDED_BY))

    def _store(self) -> None:
        if self._person is None or self.first_error():
            return
        other = self.other.person_id()
        if other is None:
            self.fields["other"].set_error(_("Choose a person from the list."))
            self.other.setFocus()
            return
        kind, said = self.kind.value(), _("{name} added").format(name=self.other.text())
        self.busy(True)
        end: dict[str, Any] = {"done": self._stored, "failed": self.refuse, "said": said, "draft": self._kept.key}
        if kind == _RECOMMENDED_BY:
            self._session.run(self, set_referrer, self._person, other, **end)
        elif kind == _RECOMMENDED:
            self._session.run(self, set_referrer, other, self._person, **end)
        else:
            note = self.note.value()
            self._session.run(self, relate_people, self._person, other, RelationKind(kind), note, **end)

    def _stored(self, _record: object) -> None:
        self.set_clean()
        self.close_sheet()


class WishSheet(FormSheet):
    """``WishSheet(session, host)``: ``ask(person_id, name)`` opens it for a person."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Add a wish"), save_text=_("Add"), width=460)
        self._session = session
        self._person: UUID | None = None
        self.product = CompletionField(self._find, placeholder=_("Code or name of a product"), icon="package")
        self.field("product", _("Product"), self.product, required=True)
        self.note = TextField(limit=200, placeholder=_("In blue, for her birthday …"))
        self.field("note", _("Note"), self.note)
        self._kept = KeptWords(session, self, "wish", self.editors)
        self.save_wanted.connect(self._store)

    def ask(self, person_id: UUID, name: str) -> None:
        """Open the sheet for a person."""
        if not self.make_way():
            return
        self._person = person_id
        self.set_subtitle(name)
        self.product.set_value(None, "")
        self.note.set_value("")
        self.set_clean()
        self._kept.begin(person_id)
        self.open_sheet(self.product)

    def _find(self, text: str) -> list[Completion]:
        if not text.strip():
            return []
        currency = self._session.look(business).currency
        match = self._session.look(match_products, text, currency, self._session.today())
        return [Completion(row.id, row.name, row.code, icon="package") for row in match.rows]

    def _store(self) -> None:
        if self._person is None or self.first_error():
            return
        product = self.product.value()
        if not isinstance(product, UUID):
            self.fields["product"].set_error(_("Choose a product from the list."))
            self.product.setFocus()
            return
        self.busy(True)
        said = _("Wish noted")
        self._session.run(
            self, add_wish, self._person, product, self.note.value(), done=self._stored, failed=self.refuse, said=said
        )

    def _stored(self, _record: object) -> None:
        self.set_clean()
        self.close_sheet()
