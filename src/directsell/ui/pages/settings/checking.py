"""Checking the data: every promise of the store looked at in a worker, findings as sentences, mending what can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.app import App
from directsell.i18n import _, ngettext
from directsell.messages import finding_text, sentence
from directsell.ui.pages.settings.parts import buttons
from directsell.ui.session import Session
from directsell.ui.tasks import Job, Lane
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.states import Banner, ProgressPanel

if TYPE_CHECKING:
    from directsell.store.doctor import Finding

_DAMAGE = "file."


class Examination:
    """Examines the open business; a cancelled job stops at the next check."""

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, job: Job) -> list[Finding]:
        from directsell.store import doctor

        def progress(done: int, total: int) -> None:
            job.check()
            job.progress(done, total)

        return doctor.examine(self._app.store, progress=progress)


class Mending:
    """Makes anew what follows from other data, in one transaction; returns what remains wrong."""

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, job: Job) -> list[Finding]:
        from directsell.store import doctor

        return doctor.mend(self._app.store)


class CheckCard(Card):
    """``CheckCard(session)``: ``start()``, ``stop()``, ``mend()``; ``findings`` are those of the last check."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Check the data"))
        self._session = session
        self._job: Job | None = None
        self.findings: list[Finding] = []
        self.add(
            Label(
                _("Looks at every page of the file, at numbers, totals, seals of papers and the search index."),
                Role.MUTED,
                wrap=True,
            )
        )
        self._results = QVBoxLayout()
        self._results.setSpacing(4)
        self.body.addLayout(self._results)
        self.progress = ProgressPanel(_("Checking …"))
        self.progress.cancelled.connect(self.stop)
        self.progress.hide()
        self.add(self.progress)
        self.check_button = Button(_("Check now"), "shield-check")
        self.mend_button = Button(_("Mend"), kind=Kind.PRIMARY)
        self.check_button.clicked.connect(self.start)
        self.mend_button.clicked.connect(self.mend)
        self.mend_button.hide()
        self.body.addLayout(buttons(self.check_button, self.mend_button))

    def words(self) -> list[str]:
        """The sentences of the last check, as they stand on the screen."""
        found = self._results_shown()
        return [label.text() if isinstance(label, Label) else label.accessibleName() for label in found]

    def _results_shown(self) -> list[QWidget]:
        items = (self._results.itemAt(number) for number in range(self._results.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if widget is not None]

    def start(self) -> None:
        """Begin a check, unless one is running."""
        if self._job is None:
            self._begin(_("Checking …"))
            self._job = self._session.tasks.start(
                Examination(self._session.app),
                done=self._done,
                failed=self._failed,
                progress=self.progress.set_progress,
                owner=self,
            )

    def mend(self) -> None:
        """Mend what can be mended."""
        if self._job is None:
            self._begin(_("Mending …"))
            self._job = self._session.tasks.start(
                Mending(self._session.app), lane=Lane.WRITE, done=self._mended, failed=self._failed, owner=self
            )

    def stop(self) -> None:
        """Give the check up; nothing is shown."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def _begin(self, text: str) -> None:
        self._clear()
        self.progress.restart(text)
        self.progress.show()
        self.check_button.setEnabled(False)
        self.mend_button.hide()

    def _end(self) -> None:
        self._job = None
        self.progress.hide()
        self.check_button.setEnabled(True)

    def _done(self, findings: list[Finding]) -> None:
        self._end()
        self._show(findings)

    def _mended(self, findings: list[Finding]) -> None:
        self._end()
        self._show(findings)
        if not findings:
            self._session.say(_("Mended"))

    def _show(self, findings: list[Finding]) -> None:
        self.findings = findings
        if not findings:
            self._results.addWidget(Banner(_("Everything is as it should be."), "ok", closable=False))
            return
        damaged = any(finding.code.startswith(_DAMAGE) for finding in findings)
        count = len(findings)
        text = ngettext("{n} thing is not as it should be.", "{n} things are not as they should be.", count)
        words = text.format(n=count)
        if damaged:
            words = _("{words} Restore the last good backup, and do not trust this disk.").format(words=words)
        self._results.addWidget(Banner(words, "bad" if damaged else "warn", closable=False))
        for finding in findings:
            label = Label(finding_text(finding.code, finding.count), Role.BODY, wrap=True, selectable=True)
            label.setToolTip(finding.detail)
            self._results.addWidget(label)
        mendable = any(finding.mendable for finding in findings)
        self.mend_button.setVisible(mendable)
        if not mendable and not damaged:
            hint = _(
                "Nothing of this can be mended by itself. The problem report under “About” helps to find the cause."
            )
            self._results.addWidget(Label(hint, Role.SMALL, wrap=True))

    def _failed(self, error: Exception) -> None:
        self._end()
        words = sentence(error)
        if words is None:
            raise error
        self._results.addWidget(Banner(words, "bad", closable=False))

    def _clear(self) -> None:
        self.findings = []
        while (item := self._results.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
