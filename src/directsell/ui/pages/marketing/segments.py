"""Segments: the saved ones, whom each finds now, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from directsell.domain.segments import Goods, Group, Rule, RuleKind
from directsell.i18n import N_, _, ngettext
from directsell.store.queries.segments import Found, SegmentRow, find_people, people_in, segments, subject_names
from directsell.store.queries.settings import business
from directsell.ui.pages.marketing.segment_sheet import SegmentSheet, name_words
from directsell.ui.pages.marketing.side_list import SideList
from directsell.ui.pages.marketing.view import Detail, MarketingView
from directsell.ui.session import Command, Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.buttons import Button, Call, IconButton, Kind, Menu
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role, muted
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.marketing_words import filter_sentence
from directsell.ui.widgets.states import EmptyState
from directsell.ui.widgets.writing import WriteSheet
from directsell.usecases.marketing import delete_segment

# Filters that many sellers want: offered when a new segment is made.
_IDEAS = (
    (N_("Birthday this month"), Group(rules=(Rule(kind=RuleKind.BIRTHDAY, subject="this"),))),
    (N_("No order for half a year"), Group(rules=(Rule(kind=RuleKind.LAPSED, goods=Goods.ANYTHING, days=180),))),
    (N_("Three orders or more"), Group(rules=(Rule(kind=RuleKind.TIMES, low=3),))),
    (
        N_("At a demo, but never bought"),
        Group(rules=(Rule(kind=RuleKind.ATTENDED), Rule(kind=RuleKind.BOUGHT, negated=True))),
    ),
    (
        N_("Agreed to e-mail, not contacted for 90 days"),
        Group(
            rules=(Rule(kind=RuleKind.CONSENT, subject="email"), Rule(kind=RuleKind.CONTACTED, days=90, negated=True))
        ),
    ),
)


class SegmentsView(MarketingView):
    """``SegmentsView(session, make_sheet, writing)``."""

    KEY = "segments"
    TABLES = (
        "segment", "person", "person_role", "person_tag", "address", "sales_order", "order_line", "contact_entry",
        "consent", "wish", "demo", "demo_guest", "campaign",
    )  # fmt: skip

    def __init__(
        self, session: Session, make_sheet: Callable[[], SegmentSheet], writing: Callable[[], WriteSheet]
    ) -> None:
        self._job: Job | None = None
        self._sentences: dict[UUID, str] = {}
        self._make_sheet = make_sheet
        self._sheet: SegmentSheet | None = None
        self._writing = writing
        look: RowLook[SegmentRow] = RowLook(
            title=lambda row: row.name, subtitle=lambda row: self._sentences.get(row.id, ""), icon=lambda row: "users"
        )
        listing: SideList[SegmentRow] = SideList(
            look,
            _("Segments"),
            words=lambda row: f"{row.name} {row.note}",
            empty=self._empty,
            nothing=lambda: EmptyState("search", _("Nothing found"), _("No segment is called so."), action_icon=None),
            placeholder=_("Find a segment …"),
        )
        self.write_button = Button(_("Write to these"), "mail", kind=Kind.PRIMARY, on_click=self._write)
        self.edit_button = Button(_("Change"), "pencil", on_click=self.edit)
        more = IconButton("ellipsis", _("More"), on_click=self._open_more)
        self._more = more
        detail = Detail([self.write_button, self.edit_button, more])
        self._more_menu = Menu(detail)
        self._more_menu.add(_("Copy"), "copy", self._copy)
        self._more_menu.add(_("Delete"), "trash-2", self.delete, danger=True)
        who = Card(_("Who belongs to it"))
        self.words = Label("", Role.BODY, wrap=True)
        who.add(self.words)
        self.count = Label("", Role.HEADING)
        self.names = muted("", wrap=True)
        now = Card(_("At this moment"))
        now.add(self.count)
        now.add(self.names)
        self.note = muted("", wrap=True)
        detail.add(who)
        detail.add(now)
        detail.add(self.note)
        detail.body.addStretch(1)
        text = _("Its rules and the people it finds are shown here.")
        nobody = EmptyState("users", _("Choose a segment"), text, action_icon=None)
        super().__init__(session, listing, detail, nobody, _("Back to the list"))
        self.listing: SideList[SegmentRow] = listing
        self._ideas = Menu(self)
        for name, group in _IDEAS:
            self._ideas.add(_(name), "users", Call(self._start_with, group, _(name)))
        self.reload()

    @property
    def sheet(self) -> SegmentSheet:
        """The form, made when it is first needed."""
        if self._sheet is None:
            self._sheet = self._make_sheet()
            self._sheet.saved.connect(self._saved)
        return self._sheet

    def _start_with(self, group: Group, name: str) -> None:
        self.sheet.start(group, name)

    def _empty(self) -> EmptyState:
        text = _("A segment is a saved question about people: who bought what, has a birthday, was not seen for long.")
        return EmptyState("users", _("No segment yet"), text, _("New segment"), self.new)

    # --- the view

    def reload(self) -> None:
        """Read the segments."""
        rows = self._session.look(segments)
        self._sentences = {row.id: self._sentence(row) for row in rows}
        self.listing.show_rows(rows)

    def _sentence(self, row: SegmentRow) -> str:
        if row.group is None:
            return _("The rules cannot be read.")
        names = self._session.look(subject_names, row.group)
        return filter_sentence(row.group, names, self._session.language, self._session.look(business).currency)

    def show_record(self, key: UUID) -> None:
        """Show a segment and count it."""
        row = self.listing.row(key)
        if row is None:
            return
        self.detail.name.setText(row.name)
        self.detail.below.setText(_("Segment"))
        self.words.setText(self._sentences.get(key, ""))
        self.note.setText(row.note)
        self.note.setVisible(bool(row.note))
        self.write_button.setEnabled(row.group is not None)
        self.edit_button.setEnabled(row.group is not None)
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if row.group is not None:
            self._job = self._session.read(self, find_people, row.group, self._session.today(), done=self._counted)

    def _counted(self, found: Found) -> None:
        self._job = None
        words = ngettext("{n} person", "{n} people", found.count)
        self.count.setText(words.format(n=self._session.language.number(found.count)))
        self.names.setText(name_words(found, self._session))
        self.names.setVisible(bool(found.names))

    def new(self) -> None:
        """Offer common questions, or an empty one."""
        self.sheet.start()

    def ideas(self) -> Menu:
        """Common questions to begin with."""
        return self._ideas

    def edit(self) -> None:
        """Change the segment that shows."""
        row = self.listing.row(self.listing.current())
        if row is not None and row.group is not None:
            self.sheet.edit(row)

    def delete(self) -> None:
        """Delete the segment that shows."""
        row = self.listing.row(self.listing.current())
        if row is not None and (self._sheet is None or self._sheet.isHidden()):
            said = _("{name} deleted").format(name=row.name)
            self._session.run(self, delete_segment, row.id, said=said)

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        found = [Command(_("New segment"), self.new, "plus", "Ctrl+N")]
        if self.listing.current() is not None:
            found += [
                Command(_("Change segment"), self.edit, "pencil", "Ctrl+E"),
                Command(_("Write to the people of this segment"), self._write, "mail", "Ctrl+Shift+M"),
                Command(_("Delete segment"), self.delete, "trash-2"),
            ]
        return found

    # --- inside

    def _write(self) -> None:
        row = self.listing.row(self.listing.current())
        if row is not None and row.group is not None:
            self._writing().write_found(people_in, row.group, self._session.today(), title=row.name)

    def _copy(self) -> None:
        row = self.listing.row(self.listing.current())
        if row is not None and row.group is not None:
            self.sheet.start(row.group, _("{name} (copy)").format(name=row.name))

    def _open_more(self) -> None:
        self._more_menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _saved(self, key: object) -> None:
        if isinstance(key, UUID):
            self.reload()
            self.open_record(key)
