"""About: versions, folders, licences, the log and the problem report. Nothing is sent anywhere."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from directsell import __version__
from directsell.i18n import N_, _
from directsell.logs import versions
from directsell.resources import find_resource
from directsell.ui.pages.settings.backups import open_folder
from directsell.ui.pages.settings.parts import FigureRow, Section, SettingRow, buttons
from directsell.ui.session import Command, Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.sheets import Dialog

_COMPONENTS = (
    "PySide6-Essentials", "sqlcipher3", "SQLAlchemy", "alembic", "reportlab", "uharfbuzz", "python-bidi", "pypdfium2",
    "pillow", "Babel", "keyring", "PyNaCl", "openpyxl", "zxing-cpp",
)  # fmt: skip
# What it is, its licence, the file with the text (or nothing: it lies with the library).
_LICENCES = (
    (N_("Inter, the typeface of the window"), "SIL Open Font License 1.1", ("fonts", "LICENSE-Inter.txt")),
    (N_("Noto, the typefaces of papers"), "SIL Open Font License 1.1", ("fonts", "LICENSE-Noto.txt")),
    (N_("DejaVu, symbols on papers"), "Bitstream Vera / DejaVu", ("fonts", "LICENSE-DejaVu.txt")),
    (N_("Lucide, the icons"), "ISC", ("icons", "LICENSE-lucide.txt")),
    (N_("CLDR, how languages write numbers and dates"), "Unicode License v3", ("formats", "LICENSE.txt")),
)


class AboutSection(Section):
    """``AboutSection(session, host)``: ``report_button`` copies the problem report."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(session, host, _("About"), _("DirectSell {version}").format(version=__version__))
        promise = self.card(_("Your data stays here"))
        promise.add(
            Label(
                _(
                    "DirectSell sends nothing anywhere: no account, no statistics, no reports. What leaves this computer "
                    "is what you print, save or export yourself."
                ),
                wrap=True,
            )
        )
        self._folders()
        self._trouble()
        self._licences()
        self._versions()

    def _folders(self) -> None:
        context = self.session.context
        if context is None:
            return
        card = self.card(_("Where things lie"))
        for label, folder in (
            (_("Data and backups"), context.folders.data),
            (_("Settings"), context.folders.config),
            (_("Log file"), context.folders.logs),
        ):
            button = Button(_("Open folder"), "folder-open", kind=Kind.QUIET, compact=True)
            button.setAccessibleName(_("Open the folder: {name}").format(name=label))
            button.clicked.connect(_Opening(folder))
            card.add(FigureRow(label, str(folder), button, elide=True))

    def _trouble(self) -> None:
        card = self.card(
            _("When something goes wrong"),
            _("The problem report holds versions and the last lines of the log, but no data of your customers."),
        )
        self.report_button = Button(_("Copy the problem report"), "copy")
        self.show_button = Button(_("Look at it"), "file-text", kind=Kind.QUIET)
        self.report_button.clicked.connect(self.copy_report)
        self.show_button.clicked.connect(self._show_report)
        card.body.addLayout(buttons(self.report_button, self.show_button))

    def _licences(self) -> None:
        card = self.card(_("Licences"))
        card.add(Label(_("DirectSell is free software under the MIT License."), wrap=True))
        card.add(
            Label(
                _(
                    "The window is made with Qt and PySide6, under the GNU LGPL version 3: you may replace their "
                    "libraries by your own. The other libraries keep their own free licences."
                ),
                wrap=True,
            )
        )
        for number, (what, licence, _place) in enumerate(_LICENCES):
            button = Button(_("Read"), kind=Kind.QUIET, compact=True)
            button.setAccessibleName(_("Read the licence: {name}").format(name=_(what)))
            button.setProperty("licence", number)
            button.clicked.connect(self._read_clicked)
            card.add(SettingRow(_(what), licence, button))

    def _read_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            what, _licence, place = _LICENCES[int(button.property("licence"))]
            show_text(self, _(what), find_resource(*place).read_text(encoding="utf-8"))

    def _versions(self) -> None:
        self._version_card = self.card(_("Versions"))
        self._version_card.add(Label(versions(), Role.BODY, wrap=True, selectable=True))
        self.session.tasks.start(_installed, done=self._show_installed, owner=self)

    def _show_installed(self, found: str) -> None:
        self._version_card.add(Label(found, Role.SMALL, wrap=True, selectable=True))

    def report(self) -> str:
        """The problem report."""
        return self.session.context.logs.report() if self.session.context is not None else versions()

    def copy_report(self) -> None:
        """Put the problem report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report())
        self.session.say(_("The problem report is on the clipboard."))

    def _show_report(self) -> None:
        show_text(self, _("Problem report"), self.report())

    def commands(self) -> list[Command]:
        """The problem report."""
        return [Command(_("Copy the problem report"), self.copy_report, "copy")]


def show_text(parent: QWidget, title: str, text: str) -> Dialog:
    """Show a long plain text in a window of its own."""
    dialog = Dialog(parent, title, width=620)
    edit = QPlainTextEdit()
    edit.setPlainText(text)
    edit.setReadOnly(True)
    edit.setAccessibleName(title)
    edit.setTabChangesFocus(True)
    edit.setMinimumHeight(360)
    dialog.add(edit)
    dialog.add_action(Button(_("Close"), kind=Kind.PRIMARY, on_click=dialog.accept))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _installed(_job: Job) -> str:
    found = []
    for name in _COMPONENTS:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue  # a frozen program may leave the metadata out
    return " · ".join(found)


class _Opening:
    """Opens a folder; a callable that holds no window."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self) -> None:
        open_folder(self._folder)
