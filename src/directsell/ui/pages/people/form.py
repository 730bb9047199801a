"""The form of a person, new or changed. It reads and saves one person; drafts of half-typed forms survive a power cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from directsell.domain.duplicates import Facts
from directsell.domain.people import LostReason, Person, PersonKind, Rank, Role, Stage, fold
from directsell.i18n import Language, _, translated_languages
from directsell.store.queries.people import lead_sources, tags_in_use
from directsell.store.queries.person_card import PersonCard, person_card
from directsell.store.queries.pipeline import campaign_choices
from directsell.store.queries.settings import business
from directsell.ui.pages.people import form_state
from directsell.ui.pages.people.birthdays import BirthdayField
from directsell.ui.pages.people.day_count import whole_days_field
from directsell.ui.pages.people.doubles_hint import DoublesHint, facts_of_state
from directsell.ui.pages.people.reach_rows import AddressRow, ReachRow
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.draft_sheet import DraftSheet
from directsell.ui.widgets.fields import (
    CheckBox,
    ChoiceField,
    Completion,
    CompletionField,
    MultilineField,
    RepeatingRows,
    TagField,
    TextField,
)
from directsell.ui.widgets.labels import Label
from directsell.ui.widgets.labels import Role as TextRole
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.ui.widgets.typed import percent_field
from directsell.usecases.people import PersonForm, save_person

DRAFT = "person:"
NEW_DRAFT = f"{DRAFT}new"


class PersonSheet(DraftSheet):
    """``PersonSheet(session, host)``: ``start(name="")`` for a new person, ``edit(person_id)``, ``resume()`` a half-typed new one.

    ``settle()`` stores what is half-typed. Signals: ``saved(object id)``, ``open_wanted(object person_id)``,
    ``compare_wanted(object kept_id, object dropped_id)`` after a save, to merge with somebody who is the same.
    """

    open_wanted = Signal(object)
    compare_wanted = Signal(object, object)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(session, host, _("New person"), draft=DRAFT, width=640)
        self._known: Person | None = None
        self._country = ""
        self._sources: Sequence[str] = ()
        self._tags: Sequence[str] = ()
        self._merge_with: UUID | None = None
        self._build_name()
        self.doubles = DoublesHint(session, self._facts)
        self.doubles.open_wanted.connect(self.open_wanted)
        self.doubles.merge_wanted.connect(self._save_and_merge)
        self.edited.connect(self.doubles.look_soon)
        self.closed.connect(self.doubles.clear)
        self.add(self.doubles)
        self._build_reach()
        self._build_pipeline()
        self._build_more()
        self.save_wanted.connect(self._save_it)
        self.saved.connect(self._compare)

    # --- fields

    def _build_name(self) -> None:
        self.kind = Segmented(
            [(PersonKind.PERSON, _("Person")), (PersonKind.COMPANY, _("Company"))], name=_("Kind of customer")
        )
        self.kind.changed.connect(self._kind_changed)
        self.watch(self.kind)
        self.add(self.kind)
        self.given, self.family = TextField(limit=120), TextField(limit=120)
        self.company, self.salutation = TextField(limit=200), TextField(limit=60, placeholder=_("Mrs, Dr …"))
        given = self.make_field("given", _("Given name"), self.given)
        family = self.make_field("family", _("Family name"), self.family)
        self.pair(given, family)
        company = self.make_field("company", _("Company"), self.company)
        self.pair(company, self.make_field("salutation", _("Salutation"), self.salutation))

    def _build_reach(self) -> None:
        self.heading(_("Phone, e-mail"))
        self.reach = RepeatingRows(self._new_reach, _("Add phone or e-mail"))
        self.watch(self.reach)
        self.add(self.reach)
        self.heading(_("Address"))
        self.addresses = RepeatingRows(self._new_address, _("Add address"), most=8)
        self.watch(self.addresses)
        self.add(self.addresses)

    def _build_pipeline(self) -> None:
        self.heading(_("Where they stand"))
        self.stage = ChoiceField([(stage, term(stage)) for stage in Stage], Stage.NEW)
        self.lead_source = CompletionField(self._propose_source, placeholder=_("Market stall, a friend …"))
        self.pair(
            self.make_field("stage", _("Stage"), self.stage),
            self.make_field("lead_source", _("Lead source"), self.lead_source),
        )
        self.lost_reason = ChoiceField([(reason, term(reason)) for reason in LostReason], LostReason.NONE)
        self.field("lost_reason", _("Why lost"), self.lost_reason)
        self.stage.changed.connect(self._stage_changed)
        self.campaign = ChoiceField([("", _("No campaign"))], "")
        self.field("campaign", _("Campaign"), self.campaign)
        self.referred_by = PersonPicker(self._session, _("Referred by"), create=False)
        self.met_at = TextField()
        self.pair(
            self.make_field("referred_by", _("Referred by"), self.referred_by),
            self.make_field("met_at", _("Met at"), self.met_at),
        )
        self.need = MultilineField(lines=2, placeholder=_("What they need or wish for"))
        self.field("need", _("Need"), self.need)
        self.budget, self.objection = TextField(), TextField(placeholder=_("Must ask her husband …"))
        self.pair(
            self.make_field("budget", _("Budget"), self.budget),
            self.make_field("objection", _("Objection"), self.objection),
        )
        self.tags = TagField(suggest=self._propose_tag)
        self.field("tags", _("Tags"), self.tags)
        self.add(Label(_("Roles"), TextRole.FIELD))
        box = QWidget()
        box.setAccessibleName(_("Roles"))
        flow = FlowLayout(box, gap=14)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        self.roles = {role: CheckBox(term(role)) for role in Role}
        for tick in self.roles.values():
            flow.addWidget(tick)
            self.watch(tick)
        self.add(box)

    def _build_more(self) -> None:
        self.heading(_("More"))
        self.birthday = BirthdayField(self._session)
        self.language = ChoiceField(_languages(""), "")
        self.pair(
            self.make_field("birthday", _("Birthday"), self.birthday, hint=_("With or without the year.")),
            self.make_field("language", _("Language of papers"), self.language),
        )
        self.rank = ChoiceField([(str(rank), term(rank)) for rank in (Rank.NONE, Rank.A, Rank.B, Rank.C)], "")
        self.contact_days = whole_days_field(self._session)
        hint = _("Empty: as often as the rank says.")
        self.pair(
            self.make_field("rank", _("Rank"), self.rank),
            self.make_field("contact_days", _("In touch every"), self.contact_days, hint=hint),
        )
        self.discount = percent_field(self._session, discount=True)
        self.birthday_discount = percent_field(self._session, discount=True)
        hint = _("In the birthday month the larger one counts, never both.")
        self.pair(
            self.make_field("discount", _("Standing discount"), self.discount),
            self.make_field("birthday_discount", _("Birthday discount"), self.birthday_discount, hint=hint),
        )
        self.customer_number, self.tax_id = TextField(limit=60), TextField(limit=60)
        self.pair(
            self.make_field("customer_number", _("Customer number"), self.customer_number),
            self.make_field("tax_id", _("Tax id"), self.tax_id),
        )
        self.note = MultilineField(lines=4)
        self.field("note", _("Note"), self.note)

    # --- opening

    def settle(self) -> None:
        """Store what is half-typed, and look for nobody any more: the book may be closed next."""
        super().settle()
        self.doubles.settle()

    def start(self, name: str = "") -> None:
        """Open the form for somebody new; words that were typed elsewhere become the name."""
        if not self.make_way():
            return
        self._begin(None)
        given, _blank, family = name.strip().rpartition(" ")
        self._open(_("New person"), {**form_state.BLANK, "given": given or family, "family": family if given else ""})

    def resume(self) -> bool:
        """Open the form with what was half-typed when the program ended; says whether there was something."""
        if not self.isHidden():
            return False
        self._begin(None)
        kept = self.kept()
        if kept is None:
            return False
        self._open(_("New person"), {**form_state.BLANK, **kept})
        self.touch()
        return True

    def edit(self, person_id: UUID) -> None:
        """Open the form for a stored person, with unsaved typing of the last time if there is any."""
        card: PersonCard | None = self._session.look(person_card, person_id, happenings=0)
        if card is None or not self.make_way():
            return
        self._begin(card.person)
        kept = self.kept()
        self._open(card.name, form_state.of_card(card) if kept is None else {**form_state.BLANK, **kept})
        if kept is not None:
            self.touch()

    def _begin(self, known: Person | None) -> None:
        self._known = known
        self._merge_with = None
        self.doubles.clear()
        self.begin(None if known is None else known.id)

    def _open(self, title: str, state: dict[str, Any]) -> None:
        self._session.read(self, lead_sources, done=self._know_sources)
        self._tags = self._session.look(tags_in_use)
        self._country = self._session.look(business).country
        self.set_title(title)
        self._fill(state)
        self.set_clean()
        self.open_sheet(self.company if self.kind.value() == PersonKind.COMPANY else self.given)

    # --- values

    def state(self) -> dict[str, Any]:
        """Return everything typed as plain values."""
        state: dict[str, Any] = {name: getattr(self, name).value() for name in form_state.TEXTS}
        state |= {
            "kind": self.kind.value(),
            "stage": str(self.stage.value()),
            "lead_source": self.lead_source.text().strip(),
            "referred_by": str(self.referred_by.person_id() or ""),
            "campaign": self.campaign.value() or "",
            "lost_reason": str(self.lost_reason.value() or LostReason.NONE),
            "language": self.language.value() or "",
            "birthday": self.birthday.value() or "",
            "rank": self.rank.value() or "",
            "contact_days": self.contact_days.value(),
            "discount": self.discount.value() or 0,
            "birthday_discount": self.birthday_discount.value() or 0,
            "tags": list(self.tags.value()),
            "roles": [str(role) for role, tick in self.roles.items() if tick.value()],
        }
        state["reach"] = [form_state.plain(row.record(self._id, n)) for n, row in enumerate(self._reach_rows())]
        state["addresses"] = [form_state.plain(row.record(self._id, n)) for n, row in enumerate(self._address_rows())]
        return state

    def _fill(self, state: dict[str, Any]) -> None:
        for name in form_state.TEXTS:
            getattr(self, name).set_value(state[name])
        self.kind.set_value(state["kind"])
        self.stage.set_value(Stage(state["stage"]))
        self.lead_source.set_value(None, state["lead_source"])
        self._show_campaigns(state["campaign"])
        self.lost_reason.set_value(LostReason(state["lost_reason"]))
        self._stage_changed()
        self.referred_by.set_person(UUID(state["referred_by"]) if state["referred_by"] else None)
        self.language.set_choices(_languages(state["language"]))
        self.language.set_value(state["language"])
        self.birthday.set_value(state["birthday"] or None)
        self.rank.set_value(state["rank"])
        self.contact_days.set_value(state["contact_days"])
        self.discount.set_value(state["discount"] or None)
        self.birthday_discount.set_value(state["birthday_discount"] or None)
        self.tags.set_value(state["tags"])
        for role, tick in self.roles.items():
            tick.set_value(str(role) in state["roles"])
        self.reach.clear_rows()
        self.addresses.clear_rows()
        for point in form_state.reach_points(state["reach"], self._id):
            self.reach.add_row(self._wired(ReachRow(self._session, point, owner=self._id)))
        for address in form_state.addresses(state["addresses"], self._id):
            self.addresses.add_row(AddressRow(self._session, address))
        if not self.reach.rows():
            self.reach.add_row()
        if not self.addresses.rows():
            self.addresses.add_row()
        self._kind_changed()

    def _reach_rows(self) -> list[ReachRow]:
        return [row for row in self.reach.rows() if isinstance(row, ReachRow) and row.value()]

    def _address_rows(self) -> list[AddressRow]:
        return [row for row in self.addresses.rows() if isinstance(row, AddressRow) and row.is_filled()]

    # --- inside

    def _new_reach(self) -> ReachRow:
        return self._wired(ReachRow(self._session, owner=self._id))

    def _wired(self, row: ReachRow) -> ReachRow:
        row.open_wanted.connect(self.open_wanted)
        return row

    def _new_address(self) -> AddressRow:
        return AddressRow(self._session, country=self._country)

    def _know_sources(self, sources: list[str]) -> None:
        self._sources = sources

    def _propose_source(self, text: str) -> list[Completion]:
        typed = fold(text)
        known = [source for source in self._sources if typed in fold(source)]
        if text and text not in known:
            # What is typed comes first, so that leaving the field never replaces it.
            known.insert(0, text)
        return [Completion(source, source) for source in known]

    def _propose_tag(self, text: str) -> list[str]:
        return [tag for tag in self._tags if fold(tag).startswith(fold(text))]

    def _show_campaigns(self, chosen: str) -> None:
        """Offer the campaigns there are; without any there is nothing to choose."""
        found = self._session.look(campaign_choices)
        self.campaign.set_choices([("", _("No campaign")), *((str(key), name) for key, name in found)])
        self.campaign.set_value(chosen)
        self.fields["campaign"].setVisible(bool(found))

    def _stage_changed(self) -> None:
        self.fields["lost_reason"].setVisible(self.stage.value() is Stage.LOST)

    def _kind_changed(self) -> None:
        company = self.kind.value() == PersonKind.COMPANY
        self.fields["given"].set_label(_("Contact: given name") if company else _("Given name"))
        self.fields["family"].set_label(_("Contact: family name") if company else _("Family name"))
        self.fields["company"].set_label(_("Name of the company") if company else _("Company"))

    def _facts(self) -> Facts:
        return facts_of_state(self._id, self.state())

    def _save_and_merge(self, other: object) -> None:
        if isinstance(other, UUID):
            self._merge_with = other
            self._save_it()

    def _compare(self, person_id: object) -> None:
        other, self._merge_with = self._merge_with, None
        if other is not None:
            self.compare_wanted.emit(other, person_id)

    def _save_it(self) -> None:
        if self.first_error():
            return
        state = self.state()
        person = self._known or Person(id=self._id, created_at=self._session.now())
        form = PersonForm(
            person=replace(person, **form_state.person_values(state)),
            reach=tuple(form_state.reach_points(state["reach"], self._id)),
            addresses=tuple(form_state.addresses(state["addresses"], self._id)),
            roles=frozenset(Role(role) for role in state["roles"]),
            tags=tuple(state["tags"]),
        )
        self.store(save_person, form, said=_("Person saved"))


def _languages(also: str) -> list[tuple[str, str]]:
    """The languages of papers; one that is stored stays choosable even where the program does not speak it."""
    tags = dict.fromkeys((*translated_languages(), *([also] if also else [])))
    return [("", _("As the business")), *((tag, Language.load(tag).name) for tag in tags)]
