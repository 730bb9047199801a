"""The files of a campaign: leaflets and pictures, added, opened, saved, removed."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.marketing import CampaignFile
from directsell.i18n import _
from directsell.store.reader import Reader
from directsell.ui import opening
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.files import save_bytes
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Call, IconButton
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import muted
from directsell.usecases.marketing import FILE_KINDS, LARGEST_FILE, add_campaign_file, remove_campaign_file


class FilesCard(Card):
    """``FilesCard(session)``: ``show_files(campaign_id, files)``, ``add_file()``."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Files"), parent=parent)
        self._session = session
        self._campaign: UUID | None = None
        self.add_button = Button(_("Add file"), "upload", compact=True, on_click=self.add_file)
        self.add_header(self.add_button)
        self._box = QWidget()
        self._column = QVBoxLayout(self._box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.add(self._box)
        self._nothing = muted(_("Leaflets and pictures of this campaign (PDF or picture) are kept here."), wrap=True)
        self.add(self._nothing)
        self.file_buttons: list[Button] = []

    def show_files(self, campaign_id: UUID, files: tuple[CampaignFile, ...]) -> None:
        """Show the files of a campaign."""
        self._campaign = campaign_id
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.file_buttons = []
        for file in files:
            self._column.addWidget(self._row(file))
        self._box.setVisible(bool(files))
        self._nothing.setVisible(not files)

    def _row(self, file: CampaignFile) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        icon = "file-text" if file.mime == "application/pdf" else "image"
        name = Button(file.name, icon, compact=True, on_click=Call(self._open, file), tip=_("Open"))
        self.file_buttons.append(name)
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(IconButton("download", _("Save {name}").format(name=file.name), on_click=Call(self._save, file)))
        remove = _("Remove {name}").format(name=file.name)
        row.addWidget(IconButton("trash-2", remove, on_click=Call(self._remove, file)))
        return box

    def add_file(self) -> None:
        """Ask for a file and keep it."""
        if self._campaign is None:
            return
        patterns = " ".join(f"*{ending}" for ending in FILE_KINDS)
        kinds = _("PDF files and pictures ({patterns})").format(patterns=patterns)
        path = dialogs().open_file(self.window(), _("Add file"), kinds)
        if path is None:
            return
        content = self._content(path)
        if content is not None:
            said = _("{name} added").format(name=path.name)
            self._session.run(self, add_campaign_file, self._campaign, name=path.name, content=content, said=said)

    def _content(self, path: Path) -> bytes | None:
        try:
            with path.open("rb") as stream:
                return stream.read(LARGEST_FILE + 1)
        except OSError as error:
            text = _("The file {name} cannot be read.").format(name=path.name)
            dialogs().message(self.window(), _("Not added"), text, details=error.strerror or "", tone=Tone.ERROR)
            return None

    def _open(self, file: CampaignFile) -> None:
        content = self._session.look(Reader.file, file.sha256)
        if content is not None:
            opening.open_bytes(self.window(), file.name, content)

    def _save(self, file: CampaignFile) -> None:
        content = self._session.look(Reader.file, file.sha256)
        if content is not None:
            path = Path(file.name)
            save_bytes(
                self._session,
                self.window(),
                content,
                name=path.stem,
                suffix=path.suffix.lower(),
                kind=_("All files (*)"),
            )

    def _remove(self, file: CampaignFile) -> None:
        said = _("{name} removed").format(name=file.name)
        self._session.run(self, remove_campaign_file, file.id, said=said)
