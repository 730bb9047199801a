"""What is written, how, and who can be written to: way, template, subject, text, preview, those left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.mailings import LABEL_SHEETS, LabelKind
from directsell.domain.marketing import Template
from directsell.domain.message_texts import TextField as Known
from directsell.domain.message_texts import fields_of
from directsell.domain.message_ways import CHANNELS, Obstacle, Way
from directsell.domain.papers import PaperFormat
from directsell.i18n import Language, _, ngettext
from directsell.store.queries.campaigns import campaign_choices, templates_for, written_in
from directsell.store.queries.messages import Recipient
from directsell.store.queries.settings import business
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import CheckBox, ChoiceField, FormField, Stepper, TextField
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.layouts import PackedColumn
from directsell.ui.widgets.marketing_words import FIELDS, LABELS, WAYS, obstacle_words
from directsell.ui.widgets.writing.field_text import FieldText, field_error
from directsell.usecases.messages import lacking, obstacle, written_for

_PAUSE_MS = 150
_NAMED = 6
_CHECKED = 400  # people whose missing values are looked for while somebody types


class Compose(QWidget):
    """``Compose(session)``: ``begin(people, campaign_id)``; then ``way``, ``template``, ``subject``, ``text``, ``campaign``.

    ``reachable`` are those who can be written to now, ``left_out`` the others with the reason; ``texts(recipient)`` subject and
    body for somebody (a template of the same name in the person's language, as long as the text was not changed).
    Signals: ``changed()``; ``touched()`` by the user only.
    """

    changed = Signal()
    touched = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._home = session.look(business)
        self._people: list[Recipient] = []
        self._templates: dict[UUID, Template] = {}
        self._done: Mapping[UUID, date] = {}
        self._edited = False
        self._shown = 0
        self._job: Job | None = None
        self.reachable: list[Recipient] = []
        self.left_out: list[tuple[Recipient, Obstacle]] = []
        self._column: QVBoxLayout = PackedColumn(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._build_choices()
        self._build_text()
        self._build_preview()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look_for_gaps)

    # --- building

    def _build_choices(self) -> None:
        self.way = ChoiceField([(way, _(words)) for way, (words, _icon) in WAYS.items()], Way.MAIL)
        self.way.changed.connect(self._way_chosen)
        self.template = ChoiceField()
        self.template.changed.connect(self._template_chosen)
        self.template_field = FormField(_("Template"), self.template)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(FormField(_("How"), self.way), 1)
        pair.addWidget(self.template_field, 1)
        self._column.addLayout(pair)
        self.campaign = ChoiceField()
        self.campaign.changed.connect(self._campaign_chosen)
        self.campaign_field = FormField(_("For the campaign"), self.campaign)
        self._column.addWidget(self.campaign_field)
        self.audience = Label("", Role.STRONG, wrap=True)
        self.refused = Label("", Role.SMALL, wrap=True)
        self._column.addWidget(self.audience)
        self._column.addWidget(self.refused)

    def _build_text(self) -> None:
        self.subject = TextField(limit=300)
        self.subject_field = FormField(_("Subject"), self.subject)
        self.subject.changed.connect(self._text_edited)  # after the field, which forgets its sentence at each change
        self._column.addWidget(self.subject_field)
        self.text = FieldText(self._session)
        self.text.changed.connect(self._text_edited)
        self.text_field = FormField(_("Text"), self.text)
        self._column.addWidget(self.text_field)
        self.letterhead = CheckBox(_("Print my letterhead"), True)
        self.letterhead.setToolTip(_("Not needed on paper that has a printed head and foot"))
        self.letterhead.changed.connect(self.touched)
        self._column.addWidget(self.letterhead)
        american = self._home.invoice_format in (PaperFormat.LETTER, PaperFormat.HALF_LETTER, PaperFormat.LETTER_TWO_UP)
        kinds = sorted(LABELS, key=lambda kind: kind.value.startswith("letter") is not american)
        self.sheet = ChoiceField([(kind, _(LABELS[kind])) for kind in kinds], kinds[0])
        self.sheet.changed.connect(self._labels_changed)
        language = self._session.language
        self.start = Stepper(
            language.parse_decimal, language.quantity, name=_("First free label"), least=language.parse_decimal("1")
        )
        self._labels = QWidget()
        line = QHBoxLayout(self._labels)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(FormField(_("Sheet of labels"), self.sheet), 2)
        self.start_field = FormField(_("First free label"), self.start)
        self.start.changed.connect(self._labels_changed)
        line.addWidget(self.start_field, 1)
        self._column.addWidget(self._labels)

    def _build_preview(self) -> None:
        self.preview = Card(padding=14)
        head = QHBoxLayout()
        head.setSpacing(6)
        self.preview_name = ElidedLabel("", Role.STRONG)
        head.addWidget(self.preview_name, 1)
        self.before = IconButton("chevron-left", _("The person before"))
        self.before.clicked.connect(self._back)
        self.after = IconButton("chevron-right", _("The next person"))
        self.after.clicked.connect(self._forward)
        head.addWidget(self.before)
        head.addWidget(self.after)
        self.preview.body.addLayout(head)
        self.preview_text = Label("", Role.BODY, wrap=True)
        self.preview.add(self.preview_text)
        self.gaps = Label("", Role.SMALL, wrap=True)
        self.gaps.set_tone("warn")
        self._column.addWidget(self.preview)
        self._column.addWidget(self.gaps)

    # --- beginning

    def begin(self, people: Sequence[Recipient], campaign_id: UUID | None, way: Way | None = None) -> None:
        """Show people to write to; with one of them the first way that is open to that person is chosen."""
        self._people = list(people)
        self._home = self._session.look(business)
        self._shown = 0
        choices = self._session.look(campaign_choices)
        self.campaign.set_choices([(None, _("No campaign")), *choices])
        self.campaign.set_value(campaign_id)
        self.campaign_field.setVisible(bool(choices))
        self.way.set_value(way or self._best_way())
        self.subject.set_value("")
        self.text.set_value("")
        self._edited = False
        self._way_chosen(by_user=False)

    def take_up(self) -> None:
        """Go on with words that were put into the editors from outside."""
        self._way_chosen(by_user=False)
        self._text_edited()

    def _best_way(self) -> Way:
        ways: tuple[Way, ...] = (Way.MAIL, Way.WHATSAPP, Way.LETTER)
        if len(self._people) == 1:
            ways = (Way.WHATSAPP, Way.MAIL, Way.CLIPBOARD, Way.LETTER)
        return max(ways, key=lambda way: sum(self._obstacle(one, way) is None for one in self._people[:50]))

    # --- what is chosen

    @property
    def campaign_id(self) -> UUID | None:
        """The campaign chosen."""
        value = self.campaign.value()
        return value if isinstance(value, UUID) else None

    @property
    def has_text(self) -> bool:
        """Labels have none."""
        return self.way.value() is not Way.LABEL

    @property
    def is_edited(self) -> bool:
        """Words were typed that no template has."""
        return self._edited

    def error(self) -> str:
        """What is wrong with what is typed; "" when nothing is."""
        if self.way.value() is Way.LABEL:
            return self.start_field.error()
        if not self.text.value():
            return _("Enter the text.")
        return field_error(self.subject.value()) or self.text.error() or self.subject.error()

    def show_errors(self) -> None:
        """Put the sentence where it belongs."""
        self.subject_field.set_error(field_error(self.subject.value()))
        if not self.text.value() and self.has_text:
            self.text_field.set_error(_("Enter the text."))

    def texts(self, recipient: Recipient) -> tuple[str, str]:
        """Return subject and body for somebody, with their fields."""
        template = self._variant(recipient)
        if template is not None and not self._edited:
            return template.subject if self._has_subject() else "", template.body
        return self.subject.value() if self._has_subject() else "", self.text.value()

    def variants(self) -> dict[str, tuple[str, str]]:
        """Return subject and body by language; "" is for everybody whose language has none of its own."""
        texts = {"": (self.subject.value() if self._has_subject() else "", self.text.value())}
        chosen = self._templates.get(self.template.value()) if self.template.value() else None
        if chosen is not None and not self._edited:
            for template in self._templates.values():
                if template.name == chosen.name and template.language:
                    texts[_code(template.language)] = (template.subject, template.body)
        return texts

    def template_of(self, recipient: Recipient) -> UUID | None:
        """Return the template used for somebody."""
        template = self._variant(recipient)
        return None if template is None else template.id

    def _variant(self, recipient: Recipient) -> Template | None:
        chosen = self._templates.get(self.template.value()) if self.template.value() else None
        if chosen is None:
            return None
        wanted = _code(recipient.language or self._home.language)
        for other in self._templates.values():
            if other.name == chosen.name and _code(other.language) == wanted:
                return other
        return chosen

    def _has_subject(self) -> bool:
        return self.way.value() in (Way.MAIL, Way.LETTER)

    # --- changes

    def _way_chosen(self, *, by_user: bool = True) -> None:
        way: Way = self.way.value()
        language = self._people[0].language if len(self._people) == 1 else ""
        found = self._session.look(templates_for, CHANNELS[way], language or self._home.language)
        self._templates = {template.id: template for template in found}
        self.template.set_choices([(None, _("No template")), *((t.id, _template_name(t)) for t in found)])
        if self.template.value() not in self._templates:
            self.template.set_value(None)
        self.template_field.setVisible(self.has_text and bool(found))
        self.subject_field.setVisible(self._has_subject())
        self.text_field.setVisible(self.has_text)
        self.letterhead.setVisible(way is Way.LETTER)
        self._labels.setVisible(way is Way.LABEL)
        self._campaign_seen()
        if by_user:
            self.touched.emit()

    def _template_chosen(self) -> None:
        template = self._templates.get(self.template.value()) if self.template.value() else None
        self._edited = False
        self.subject.set_value("" if template is None else template.subject)
        self.text.set_value("" if template is None else template.body)
        self.subject_field.set_error("")
        self.text_field.set_error("")
        self._show_preview()
        self.changed.emit()

    def _text_edited(self) -> None:
        self._edited = True
        self.subject_field.set_error(field_error(self.subject.value()))
        self._show_preview()
        self.touched.emit()
        self.changed.emit()

    def _labels_changed(self) -> None:
        most = LABEL_SHEETS[LabelKind(self.sheet.value())].count
        value = self.start.value()
        wrong = value is not None and (value > most or value != value.to_integral_value())
        words = _("The sheet has {most} labels.").format(most=self._session.language.number(most))
        self.start_field.set_error(words if wrong else "")
        self.touched.emit()

    def _campaign_chosen(self) -> None:
        self._campaign_seen()
        self.touched.emit()

    def _campaign_seen(self) -> None:
        key = self.campaign_id
        channel = CHANNELS[self.way.value()]
        self._done = {} if key is None else self._session.look(written_in, key, channel)
        self._sort_out()

    def _obstacle(self, recipient: Recipient, way: Way) -> Obstacle | None:
        found = obstacle(recipient, way, CHANNELS[way], self._home.country)
        return Obstacle.DONE_BEFORE if found is None and recipient.id in self._done else found

    def _sort_out(self) -> None:
        way: Way = self.way.value()
        self.reachable, self.left_out = [], []
        for recipient in self._people:
            found = self._obstacle(recipient, way)
            if found is None:
                self.reachable.append(recipient)
            else:
                self.left_out.append((recipient, found))
        self._shown = min(self._shown, max(0, len(self.reachable) - 1))
        self._show_audience()
        self._show_preview()
        self.changed.emit()

    def _show_audience(self) -> None:
        number = self._session.language.number
        count = len(self.reachable)
        if len(self._people) == 1:
            self.audience.setText("")
        else:
            words = ngettext("{n} person can be written to", "{n} people can be written to", count)
            self.audience.setText(words.format(n=number(count)))
        self.audience.setVisible(bool(self.audience.text()))
        lines = [
            _("{name}: {reason}").format(name=one.name, reason=obstacle_words(why))
            for one, why in self.left_out[:_NAMED]
        ]
        more = len(self.left_out) - _NAMED
        if more > 0:
            lines.append(ngettext("and {n} more", "and {n} more", more).format(n=number(more)))
        head = ngettext("{n} person is left out", "{n} people are left out", len(self.left_out))
        text = "\n".join([head.format(n=number(len(self.left_out))), *lines]) if lines else ""
        if len(self._people) == 1 and self.left_out:
            why = obstacle_words(self.left_out[0][1])
            text = _("This way is not open: {reason}.").format(reason=why)
        self.refused.setText(text)
        self.refused.set_tone("warn" if len(self._people) == 1 else "text2")
        self.refused.setVisible(bool(text))

    # --- preview

    def _show_preview(self) -> None:
        person = self.reachable[self._shown] if self.reachable else None
        self.preview.setVisible(person is not None and self.has_text and bool(self.text.value()))
        many = len(self.reachable) > 1
        self.before.setVisible(many)
        self.after.setVisible(many)
        self._pause.stop()
        if person is None or not self.has_text:
            self.gaps.setVisible(False)
            return
        subject, body = self.texts(person)
        head, text = self._session.look(written_for, person.id, subject, body, self._session.today())
        place = _("{place} of {count}").format(place=self._shown + 1, count=len(self.reachable)) if many else ""
        name = _("For {name}").format(name=person.name)
        self.preview_name.setText(" · ".join(part for part in (name, place) if part))
        self.preview_text.setText("\n\n".join(part for part in (head.text, text.text) if part))
        if fields_of(f"{subject} {body}"):
            self._pause.start()
        else:
            self.gaps.setVisible(False)

    def _look_for_gaps(self) -> None:
        if self._job is not None:
            self._job.cancel()
        text = f"{self.subject.value()} {self.text.value()}" if self._has_subject() else self.text.value()
        some = [one.id for one in self.reachable[:_CHECKED]]
        self._job = self._session.read(self, lacking, some, text, self._session.today(), done=self._show_gaps)

    def _show_gaps(self, found: list[tuple[str, tuple[Known, ...]]]) -> None:
        self._job = None
        fields: dict[str, list[str]] = {}
        for name, missing in found:
            for field in missing:
                fields.setdefault(_(FIELDS[field]), []).append(name)
        number = self._session.language.number
        lines = []
        for words, names in fields.items():
            shown = ", ".join(names[:4])
            if len(names) > 4:
                shown = _("{names} and {n} more").format(names=shown, n=number(len(names) - 4))
            lines.append(_("No value for “{field}”: {names}").format(field=words, names=shown))
        self.gaps.setText("\n".join(lines))
        self.gaps.setVisible(bool(lines))

    def _back(self) -> None:
        self._shown = (self._shown - 1) % max(1, len(self.reachable))
        self._show_preview()

    def _forward(self) -> None:
        self._shown = (self._shown + 1) % max(1, len(self.reachable))
        self._show_preview()


def _template_name(template: Template) -> str:
    if not template.language:
        return template.name
    return _("{name} ({language})").format(name=template.name, language=Language.load(template.language).name)


def _code(tag: str) -> str:
    return tag.replace("-", "_").partition("_")[0]
