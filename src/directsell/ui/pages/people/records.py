"""What is done with whole records of people: duplicates, merging, separating, exporting, erasing; and with who is around them.

The page tells it who is shown; everything else happens in the sheets.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.people import Person, display_name
from directsell.i18n import _
from directsell.store.changes import ChangeSet
from directsell.store.queries.person_card import PersonCard
from directsell.ui.dialogs import dialogs
from directsell.ui.pages.people.detail import PersonDetail
from directsell.ui.pages.people.duplicates_sheet import DuplicatesSheet
from directsell.ui.pages.people.erase_sheet import EraseSheet
from directsell.ui.pages.people.merge_sheet import MergeSheet
from directsell.ui.pages.people.profile_sheet import ProfileSheet
from directsell.ui.pages.people.relation_sheet import RelationSheet, WishSheet
from directsell.ui.session import Command, Session
from directsell.ui.widgets.sheets import SideSheet
from directsell.usecases.merging import separate_people
from directsell.usecases.relations import remove_relation, remove_wish, set_referrer


class PersonRecords(QObject):
    """``PersonRecords(session, page, detail)``: ``duplicates``, ``merge``, ``erase``, ``profile``, ``relation``, ``wish`` are its sheets.

    Signals: ``person_wanted(object id)`` to be shown; ``gone(object id)`` after an erasure.
    """

    person_wanted = Signal(object)
    gone = Signal(object)

    def __init__(self, session: Session, page: QWidget, detail: PersonDetail) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._detail = detail
        self.duplicates = DuplicatesSheet(session, page)
        self.merge = MergeSheet(session, page)
        self.erase = EraseSheet(session, page)
        self.profile = ProfileSheet(session, page)
        self.relation = RelationSheet(session, page)
        self.wish = WishSheet(session, page)
        self.sheets: tuple[SideSheet, ...] = (
            self.merge,
            self.erase,
            self.profile,
            self.relation,
            self.wish,
            self.duplicates,
        )
        self.duplicates.compare_wanted.connect(self.merge.compare)
        self.merge.merged.connect(self._merged)
        self.erase.erased.connect(self.gone)
        detail.merge_wanted.connect(self._start_merge)
        detail.export_wanted.connect(self._export)
        detail.erase_wanted.connect(self._erase)
        detail.about.separate_wanted.connect(self._separate)
        detail.buying.wish_wanted.connect(self._wish)
        detail.buying.unwish_wanted.connect(self._unwish)
        detail.buying.product_opened.connect(self._open_product)
        detail.profile.answer_wanted.connect(self._answer)
        detail.profile.questions_wanted.connect(self._questions)
        self.profile.questions_wanted.connect(self._questions)
        detail.ties.relate_wanted.connect(self._relate)
        detail.ties.unrelate_wanted.connect(self._unrelate)
        detail.ties.unrefer_wanted.connect(self._unrefer)
        detail.ties.person_opened.connect(self.person_wanted)
        detail.ties.demo_opened.connect(self._open_demo)

    def commands(self) -> list[Command]:
        """Return what can be done by name; the page adds its own."""
        found = [Command(_("Possible duplicates"), self.duplicates.look, "users", words=_("merge, double"))]
        if self._detail.card is not None:
            found += [
                Command(_("Merge with another record"), self._start_merge, "users"),
                Command(_("Answer the questions of the profile"), self._answer, "list-checks"),
                Command(_("Add somebody who belongs to this person"), self._relate, "users"),
                Command(_("Add a wish"), self._wish, "heart"),
                Command(_("Export this person's data"), self._export, "download"),
                Command(_("Erase this person's data"), self._erase, "shield-check"),
            ]
        return found

    def is_open(self) -> bool:
        """Say whether one of the sheets lies over the page."""
        return any(not sheet.isHidden() for sheet in self.sheets)

    def data_changed(self, changes: ChangeSet) -> None:
        """Look for duplicates anew where they are shown."""
        if changes.touches("person", "reach_point", "address", "setting"):
            self.duplicates.again()

    # --- what the user does

    def _card(self) -> PersonCard | None:
        return self._detail.card

    def _start_merge(self) -> None:
        card = self._card()
        if card is not None:
            self.merge.start(card.person.id, card.name)

    def _merged(self, kept: object) -> None:
        if self.duplicates.isHidden():
            self.person_wanted.emit(kept)

    def _separate(self, merge_id: object) -> None:
        self._session.run(self, separate_people, merge_id, done=self._separated)

    def _separated(self, other: Person) -> None:
        said = _("{name} is a record of its own again").format(name=display_name(other))
        self._session.say(said, undoable=True)

    def _erase(self) -> None:
        card = self._card()
        if card is not None:
            self.erase.ask(card.person.id, card.name)

    def _export(self) -> None:
        from directsell.usecases.person_export import suggested_name

        card = self._card()
        if card is None:
            return
        name = self._session.look(suggested_name, card.person.id, self._session.today())
        path = dialogs().save_file(
            self._page, _("Export this person's data"), _("ZIP file (*.zip)"), suggested=Path.home() / name
        )
        if path is not None:
            self._write(card.person.id, path)

    def _write(self, person_id: UUID, path: Path) -> None:
        from directsell.usecases.person_export import write_person

        said = _Said(self._session, _("Everything is in {file}").format(file=path.name))
        self._session.read(self, write_person, person_id, path, done=said)

    def _answer(self) -> None:
        card = self._card()
        if card is None:
            return
        if card.profile:
            self.profile.ask(card)
        else:
            self._questions()

    def _questions(self) -> None:
        self._session.navigation.go("settings", None, "profile")

    def _relate(self) -> None:
        card = self._card()
        if card is not None:
            self.relation.ask(card.person.id, card.name)

    def _unrelate(self, relation_id: object) -> None:
        self._session.run(self, remove_relation, relation_id, said=_("Relation removed"))

    def _unrefer(self, person_id: object) -> None:
        self._session.run(self, set_referrer, person_id, None, said=_("Recommendation removed"))

    def _wish(self) -> None:
        card = self._card()
        if card is not None:
            self.wish.ask(card.person.id, card.name)

    def _unwish(self, wish_id: object) -> None:
        self._session.run(self, remove_wish, wish_id, said=_("Wish removed"))

    def _open_demo(self, demo_id: object) -> None:
        self._session.navigation.go("demos", str(demo_id))

    def _open_product(self, product_id: object) -> None:
        self._session.navigation.go("products", str(product_id))


class _Said:
    """Says a sentence, whatever the result was."""

    def __init__(self, session: Session, words: str) -> None:
        self._say: Callable[[str], None] = session.say
        self._words = words

    def __call__(self, _result: object) -> None:
        self._say(self._words)
