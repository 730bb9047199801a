"""Templates: the texts of the seller, each as a real person would get it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from directsell.domain.marketing import Template
from directsell.i18n import Language, _, ngettext
from directsell.store.queries.campaigns import templates
from directsell.ui.pages.marketing.side_list import SideList
from directsell.ui.pages.marketing.template_preview import TemplatePreview
from directsell.ui.pages.marketing.template_sheet import TemplateSheet
from directsell.ui.pages.marketing.view import Detail, MarketingView
from directsell.ui.session import Command, Session
from directsell.ui.terms import icon_of, term
from directsell.ui.widgets.buttons import Button, IconButton, Kind, Menu
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.states import EmptyState
from directsell.usecases.marketing import add_sample_templates, delete_template


class TemplatesView(MarketingView):
    """``TemplatesView(session, make_sheet)``."""

    KEY = "templates"
    TABLES = ("template", "person", "sales_order", "setting")

    def __init__(self, session: Session, make_sheet: Callable[[], TemplateSheet]) -> None:
        self._make_sheet = make_sheet
        self._sheet: TemplateSheet | None = None
        look: RowLook[Template] = RowLook(
            title=lambda row: row.name, subtitle=_kind, icon=lambda row: icon_of(row.channel)
        )
        listing: SideList[Template] = SideList(
            look,
            _("Templates"),
            words=lambda row: f"{row.name} {row.subject} {row.body}",
            empty=self._empty,
            nothing=lambda: EmptyState(
                "search", _("Nothing found"), _("No template has these words."), action_icon=None
            ),
            placeholder=_("Find a template …"),
        )
        self.edit_button = Button(_("Change"), "pencil", kind=Kind.PRIMARY, on_click=self.edit)
        self._more = IconButton("ellipsis", _("More"), on_click=self._open_more)
        detail = Detail([self.edit_button, self._more])
        self._more_menu = Menu(detail)
        self._more_menu.add(_("Copy"), "copy", self._copy)
        self._more_menu.add(_("Add sample texts"), "download", self.add_samples)
        self._more_menu.add(_("Delete"), "trash-2", self.delete, danger=True)
        card = Card(_("Text"))
        self.subject = Label("", Role.STRONG, wrap=True)
        self.text = Label("", Role.BODY, wrap=True, selectable=True)
        card.add(self.subject)
        card.add(self.text)
        detail.add(card)
        self.preview = TemplatePreview(session)
        detail.add(self.preview)
        detail.body.addStretch(1)
        text = _("Its words and how they look for a person are shown here.")
        nobody = EmptyState("message-circle", _("Choose a template"), text, action_icon=None)
        super().__init__(session, listing, detail, nobody, _("Back to the list"))
        self.listing: SideList[Template] = listing
        self.reload()

    @property
    def sheet(self) -> TemplateSheet:
        """The form, made when it is first needed."""
        if self._sheet is None:
            self._sheet = self._make_sheet()
            self._sheet.saved.connect(self._saved)
        return self._sheet

    def _empty(self) -> EmptyState:
        text = _(
            "Words you need again and again: thank you, birthday, invitation. Begin with ours and make them yours."
        )
        return EmptyState(
            "message-circle",
            _("No template yet"),
            text,
            _("Add sample texts"),
            self.add_samples,
            action_icon="download",
        )

    # --- the view

    def reload(self) -> None:
        """Read the templates."""
        self.listing.show_rows(self._session.look(templates))

    def show_record(self, key: UUID) -> None:
        """Show a template and how somebody gets it."""
        template = self.listing.row(key)
        if template is None:
            return
        self.detail.name.setText(template.name)
        self.detail.below.setText(_kind(template))
        self.subject.setText(template.subject)
        self.subject.setVisible(bool(template.subject))
        self.text.setText(template.body)
        self.preview.show_text(template.subject, template.body)

    def new(self) -> None:
        """Begin a new template."""
        self.sheet.start()

    def edit(self) -> None:
        """Change the template that shows."""
        template = self.listing.row(self.listing.current())
        if template is not None:
            self.sheet.edit(template)

    def delete(self) -> None:
        """Delete the template that shows."""
        template = self.listing.row(self.listing.current())
        if template is not None and (self._sheet is None or self._sheet.isHidden()):
            said = _("{name} deleted").format(name=template.name)
            self._session.run(self, delete_template, template.id, said=said)

    def add_samples(self) -> None:
        """Add the texts that come with the program, in the language of the window."""
        self._session.run(self, add_sample_templates, self._session.language.tag, done=self._added)

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        found = [
            Command(_("New template"), self.new, "plus", "Ctrl+N"),
            Command(_("Add sample texts"), self.add_samples, "download"),
        ]
        if self.listing.current() is not None:
            found += [
                Command(_("Change template"), self.edit, "pencil", "Ctrl+E"),
                Command(_("Delete template"), self.delete, "trash-2"),
            ]
        return found

    # --- inside

    def _added(self, count: int) -> None:
        if count:
            words = ngettext("{n} text added", "{n} texts added", count).format(n=self._session.language.number(count))
            self._session.say(words, undoable=True)
        else:
            self._session.say(_("All sample texts are here already."))

    def _copy(self) -> None:
        template = self.listing.row(self.listing.current())
        if template is not None:
            self.sheet.copy(template)

    def _open_more(self) -> None:
        self._more_menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _saved(self, key: object) -> None:
        if isinstance(key, UUID):
            self.reload()
            self.open_record(key)


def _kind(template: Template) -> str:
    language = Language.load(template.language).name if template.language else ""
    return " · ".join(part for part in (term(template.channel), language) if part)
