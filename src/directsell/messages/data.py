"""Sentences about the data itself: store, keys, notes at the start, findings of the check. Codes and words only."""

from directsell.i18n import N_

DATA: dict[str, str] = {
    "store.unknown": N_("The data could not be read or written."),
    "store.locked": N_("Another program is using the data. Close it and try again; your entries are still here."),
    "store.full": N_(
        "The disk is full, nothing was saved. Free some space and save again; your entries are still here."
    ),
    "store.read_only": N_(
        "The data cannot be written here. Your entries are still here; check the rights of the folder."
    ),
    "legal.unreadable": N_("The legal texts of this program are damaged. Install it again; your data stays as it is."),
    "store.damaged": N_("The data file is damaged. Restore the last good backup."),
    "store.not_ours": N_("This file is not a DirectSell database, or the key does not fit."),
    "store.too_new": N_("This data was written by a newer version of DirectSell. Update the program to open it."),
    "store.missing": N_("The data file or its folder is not there."),
    "store.no_key": N_("The key of the data could not be had. Check the password or use the recovery sheet."),
    "store.wrong_password": N_("This password is wrong."),
    "store.wait": N_("Too many wrong passwords. Wait {seconds} seconds before the next one."),
    "store.wrong_code": N_("This code does not fit this business. Check that you have the right recovery sheet."),
    "store.no_keyring": N_("The keyring of this computer does not answer. Unlock it, or choose another protection."),
    "store.unproven": N_("This copy did not pass its checks and was not used."),
    "store.already_running": N_("DirectSell is running already with this data."),
    "store.held_elsewhere": N_(
        "The computer “{host}” works with this data, or did not end properly. "
        "Open it here only when DirectSell is closed there; two at once would damage the data."
    ),
    "store.unsafe_library": N_(
        "The SQLite library of this installation ({found}) can lose data. Reinstall DirectSell."
    ),
    "store.conflict": N_("This was changed again since, so it cannot be taken back."),
    "store.barrier": N_("A numbered paper was issued, so this cannot be undone. Cancel the paper instead."),
}

NOTES: dict[str, str] = {
    "book.behind": N_(
        "The data is older than it was: {missing} steps until {until} are missing. Was an old copy put back?"
    ),
    "book.clock_back": N_("The clock of this computer seems wrong: the last entry was made at {last}."),
    "book.synced_folder": N_("The data lies in a folder of {by}, which can damage it. Move it in the settings."),
    "book.conflict_copies": N_("A sync program made copies of the data file: {names}. DirectSell uses none of them."),
}

# What the check of the data finds (store.doctor).
FINDINGS: dict[str, str] = {
    "file.pages": N_("The data file is damaged on the disk."),
    "file.checksums": N_("Parts of the data file were changed on the disk."),
    "rows.orphans": N_("Some entries belong to others that are not there."),
    "schema.foreign": N_("There is something in the data file that DirectSell did not put there."),
    "triggers.missing": N_("The history of changes does not record everything."),
    "triggers.changed": N_("The history of changes is recorded differently than it should be."),
    "derived.stale": N_("Sort keys of lists are out of date."),
    "totals.stale": N_("Stored totals of orders differ from their lines."),
    "totals.unknown": N_("Orders cannot be summed up."),
    "payments.reversal": N_("Cancelled payments do not match the payments that they cancel."),
    "papers.gap": N_("Numbers of papers are missing in the series."),
    "papers.double": N_("Numbers of papers were given twice."),
    "papers.counter": N_("The counter of paper numbers does not fit the papers."),
    "papers.number": N_("Numbers of papers do not fit their series."),
    "papers.seal": N_("The seal of issued papers is broken: something was changed after they were issued."),
    "papers.file": N_("Files of issued papers are missing."),
    "files.hash": N_("Stored files were changed since they were kept."),
    "index.stale": N_("The search index is out of date."),
    "clock.future": N_("Some changes carry a time in the future. Was the clock of this computer wrong?"),
    "identity.missing": N_("The data does not know which laptop it is on."),
}
