"""What came out of a verification of the archive, in sentences. The checking itself is queries/documents.py."""

from __future__ import annotations

from collections.abc import Iterator

from directsell.i18n import N_, Language, _, ngettext
from directsell.store.queries.documents import ArchiveReport, Problem
from directsell.ui.dialogs import Tone

_PROBLEMS = {
    Problem.MISSING: N_("{number}: its file is not on this laptop."),
    Problem.CHANGED: N_("{number}: the file was changed after it was issued."),
    Problem.SEAL: N_("{number}: number, time or seal were changed after it was issued."),
    Problem.CHAIN: N_("{number}: the paper before it in the chain is gone or was exchanged."),
    Problem.CONTENT: N_("{number}: the stored content does not belong to this number."),
    Problem.GAP: N_("{number}: this number was used, but its paper is gone."),
}
_SHOWN = 200


def summary(report: ArchiveReport, language: Language) -> tuple[str, str, str, Tone]:
    """Return title, sentence, details and tone of a result."""
    checked = language.number(report.checked)
    if not report.findings:
        text = ngettext(
            "{count} document was compared with its hash, its seal and its neighbours. It is as it was issued.",
            "{count} documents were compared with their hashes, seals and neighbours. All are as they were issued.",
            report.checked,
        )
        return _("The archive is untouched"), text.format(count=checked), "", Tone.INFO
    found = len(report.findings)
    text = ngettext(
        "{found} problem was found in {count} documents. Restore a backup from before, or ask for help.",
        "{found} problems were found in {count} documents. Restore a backup from before, or ask for help.",
        found,
    )
    title = _("The archive is not as it was issued")
    words = text.format(found=language.number(found), count=checked)
    return title, words, "\n".join(_lines(report)), Tone.ERROR


def _lines(report: ArchiveReport) -> Iterator[str]:
    for finding in report.findings[:_SHOWN]:
        yield _(_PROBLEMS[finding.problem]).format(number=finding.number)
    rest = len(report.findings) - _SHOWN
    if rest > 0:
        yield ngettext("and {count} more", "and {count} more", rest).format(count=rest)
