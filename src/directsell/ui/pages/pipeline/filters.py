"""Which cards are shown: words, quick filters, source, tag, campaign, age of the stage. It reads the choices only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from directsell.i18n import N_, _
from directsell.store.queries.people import lead_sources, tags_in_use
from directsell.store.queries.pipeline import PipelineFilter, campaign_choices
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind, Menu
from directsell.ui.widgets.fields import SearchField
from directsell.ui.widgets.filter_chips import FilterChips

_QUICK = (("all", N_("All")), ("without", N_("No next step")), ("overdue", N_("Overdue")))
_AGES = (
    (0, N_("Any age")),
    (7, N_("Over a week in the stage")),
    (30, N_("Over a month in the stage")),
    (90, N_("Over 3 months in the stage")),
)
_AGE_SHORT = {7: N_("Over a week"), 30: N_("Over a month"), 90: N_("Over 3 months")}
_WORDS_MS = 150
_NARROW = 720
_ANY_WIDTH = 16_777_215


class PipelineFilters(QWidget):
    """``PipelineFilters(session)``: ``value()`` (PipelineFilter), ``clear()``, ``search``. Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._filter = PipelineFilter()
        self._campaigns: dict[UUID, str] = {}
        self.search = SearchField(_("Name, need, place …"), delay_ms=_WORDS_MS)
        self.search.setMaximumWidth(280)
        self.search.setMinimumWidth(150)
        self.search.searched.connect(self._searched)
        self.chips = FilterChips([(key, _(text), "") for key, text in _QUICK], name=_("Filter"))
        self.chips.chosen.connect(self._chosen)
        self._menu = Menu(self)
        self.source = Button("", "globe", kind=Kind.QUIET, compact=True, on_click=self._open_sources)
        self.tag = Button("", "tag", kind=Kind.QUIET, compact=True, on_click=self._open_tags)
        self.campaign = Button("", "star", kind=Kind.QUIET, compact=True, on_click=self._open_campaigns)
        self.age = Button("", "clock", kind=Kind.QUIET, compact=True, on_click=self._open_ages)
        for button in (self.source, self.tag, self.campaign, self.age):
            self.chips.add_extra(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self.search, 2)
        self._row.addWidget(self.chips, 5)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._narrow = False
        self._show()

    def value(self) -> PipelineFilter:
        """Return what is chosen."""
        return replace(self._filter, text=self.search.value())

    def clear(self) -> None:
        """Take everything off, without telling."""
        self._filter = PipelineFilter()
        self.search.empty()
        self.chips.set_value("all")
        self._show()

    # --- Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        if narrow is not self._narrow:
            self._narrow = narrow
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._row.setDirection(down if narrow else across)
            self._row.setSpacing(8 if narrow else 12)
            self.search.setMaximumWidth(_ANY_WIDTH if narrow else 280)
            self._show()

    # --- inside

    def _set(self, **changes: object) -> None:
        self._filter = replace(self._filter, **changes)  # type: ignore[arg-type]
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        chosen = self._filter
        campaign = self._campaigns.get(chosen.campaign_id, "") if chosen.campaign_id is not None else ""
        for button, text, name in (
            (self.source, chosen.source, _("Source")),
            (self.tag, chosen.tag, _("Tag")),
            (self.campaign, campaign, _("Campaign")),
            (self.age, _(_AGE_SHORT[chosen.days]) if chosen.days else "", _("Age")),
        ):
            button.setText(text or name)
            button.setAccessibleName(_("{filter}: {value}").format(filter=name, value=text or _("any")))
            button.set_kind(Kind.SECONDARY if text else Kind.QUIET)
            button.set_icon_only(self._narrow and not text)

    def _searched(self, _text: str) -> None:
        self.changed.emit()

    def _chosen(self, key: str) -> None:
        self._set(without_step=key == "without", overdue=key == "overdue")

    def _open_sources(self) -> None:
        texts = self._session.look(lead_sources)
        self._open(self.source, "source", [("", _("Any source")), *((text, text) for text in texts)])

    def _open_tags(self) -> None:
        texts = self._session.look(tags_in_use)
        self._open(self.tag, "tag", [("", _("Any tag")), *((text, text) for text in texts)])

    def _open_campaigns(self) -> None:
        self._campaigns = dict(self._session.look(campaign_choices))
        self._open(self.campaign, "campaign_id", [(None, _("Any campaign")), *self._campaigns.items()])

    def _open_ages(self) -> None:
        self._open(self.age, "days", [(days, _(text)) for days, text in _AGES])

    def _open(self, button: Button, name: str, choices: Sequence[tuple[object, str]]) -> None:
        now = getattr(self._filter, name)
        self._menu.clear()
        for value, text in choices:
            self._menu.add_choice(text, value == now, _Choose(self, name), value)
        self._menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


class _Choose:
    """Sets one part of the filter."""

    def __init__(self, filters: PipelineFilters, name: str) -> None:
        self._filters = filters
        self._name = name

    def __call__(self, value: object) -> None:
        self._filters._set(**{self._name: value})
