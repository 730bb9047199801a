"""From error codes to sentences that say what to do, for window and command line. The only place that knows both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from directsell.domain.errors import DomainError
from directsell.i18n import N_, _, active_language, ngettext
from directsell.store.errors import StoreError, Unproven, WrongCode

SENTENCES: dict[str, str] = {
    # people
    "person.nameless": N_("Enter at least a given name, a family name or a company."),
    "person.birthday": N_("This is not a date. Enter a day like 24.12.1980, or day and month only."),
    "person.open_orders": N_("This person has {count} open orders. Deliver or cancel them first."),
    # catalogue
    "brand.name": N_("Enter the name of the brand."),
    "product.code": N_("Enter the code of the product, as it stands in the catalogue."),
    "product.name": N_("Enter the name of the product."),
    "product.code_taken": N_("This code already belongs to “{name}”. Choose another one, or change that product."),
    "price.negative": N_("A price cannot be negative."),
    "price.period": N_("The last day lies before the first one."),
    # demos
    "demo.transition": N_("A demo cannot go from “{old}” to “{new}”."),
    "demo.guests": N_("Enter a number of guests between 0 and 10,000 (companions: up to 100)."),
    "demo.times": N_("The end lies before the start."),
    "demo.has_orders": N_("There are {count} orders from this demo, so it cannot be deleted. Cancel it instead."),
    # orders
    "order.empty": N_("Add at least one product."),
    "order.no_customer": N_("Choose the customer."),
    "order.transition": N_("An order cannot go from “{old}” to “{new}”."),
    "order.issued": N_(
        "Paper {number} shows these figures. Cancel the paper first, then change the order and issue it anew."
    ),
    "order.has_papers": N_("Paper {number} was issued for this order. Cancel the paper first."),
    "order.has_payments": N_("There are payments for this order. Give them back or cancel them first."),
    "order.not_draft": N_("Only a draft can be deleted. Cancel the order instead."),
    "order.delivered_before_order": N_("The delivery lies before the order. Check the date."),
    "discount.negative": N_("A discount cannot be negative."),
    "discount.too_large": N_("The discount is larger than what it is taken off."),
    "discount.both": N_("Enter the discount as a percentage or as an amount, not both."),
    "host_credit.negative": N_("Host credit cannot be negative."),
    # payments
    "payment.zero": N_("Enter the amount."),
    "payment.too_large": N_("This amount is too large. Check the decimal sign."),
    "payment.negative": N_("The amount given cannot be negative."),
    "payment.deposit_range": N_("A deposit lies between nothing and the whole total."),
    "payment.card_number": N_("Never write down a whole card number. At most the last four digits."),
    "payment.cancelled_order": N_("This order was cancelled. Only money given back can be entered."),
    "payment.already_cancelled": N_("This payment was cancelled already."),
    "payment.already_reversed": N_("This payment was cancelled already."),
    # papers
    "paper.already_issued": N_("Paper {number} was issued already. Cancel it before you issue another one."),
    "paper.already_cancelled": N_("Paper {number} was cancelled already."),
    "paper.is_cancellation": N_("Paper {number} cancels another one and cannot be cancelled itself."),
    "paper.cancelled_order": N_("This order was cancelled."),
    "paper.no_address": N_("Enter your name and address in the settings first: every paper must show them."),
    "paper.no_reason": N_("Say in a few words why the paper is cancelled."),
    "paper.nothing_to_cancel": N_("No paper of this order holds any more."),
    "paper.date_back": N_(
        "The last paper of this series was issued on {last}, later than today. Check the date of this computer."
    ),
    "paper.unreadable": N_("The stored content of this paper cannot be read."),
    # follow-ups
    "follow_up.closed": N_("This follow-up was closed already."),
    # settings
    "business.iban": N_("This IBAN is mistyped: its check digits do not fit."),
    "business.bic": N_("A BIC has 8 or 11 letters and digits, like BYLADEM1001."),
    "business.accent": N_("Write a colour like #0F766E."),
    "business.due_days": N_("Enter a number of days between 0 and 365."),
    "business.shipping": N_("A shipping charge cannot be negative."),
    "device.name": N_("Enter a name for this laptop."),
    "business.name": N_("Enter your name as it is to stand on papers."),
    "tax.rate_range": N_("A tax rate lies between 0 and 100 %."),
    "tax.label": N_("Enter what the tax is called on papers."),
    "tax.period": N_("The last day lies before the first one."),
    "tax.unknown_class": N_("There is no tax rate for the tax class “{tax_class}”. Add one in the settings."),
    "tax.profile": N_("The tax rules stored with this order cannot be read."),
    "logo.unreadable": N_("This is not a picture. Choose a PNG or JPEG file."),
    "logo.too_large": N_("This picture is too large. Choose one with fewer than 4,000 pixels a side."),
    # numbers, dates, money
    "number.invalid": N_("This is not a number."),
    "number.grouping": N_("The separators of this number are ambiguous. Write it like 1234.56 in your own notation."),
    "number.too_large": N_("This number is too large."),
    "number.too_precise": N_("This number has too many decimals (six at most)."),
    "number.not_a_number": N_("This is not a number."),
    "number.wrong_mark": N_("The decimal sign of this number does not fit the column."),
    "number.scientific": N_("Numbers with an exponent are not taken."),
    "number.percent": N_("A percentage stands where a number is expected."),
    "number.ambiguous": N_("It is not clear which sign is the decimal sign here. Choose it."),
    "date.invalid": N_("This is not a date."),
    "date.not_a_date": N_("This is not a date."),
    "date.does_not_exist": N_("This day does not exist."),
    "date.wrong_order": N_("Day and month stand in another order than in the rest of the column."),
    "date.ambiguous": N_("It is not clear whether the day or the month comes first. Choose the order."),
    "money.currency_mismatch": N_("These amounts are in different currencies."),
    "money.unknown_currency": N_("This currency is not known."),
    "money.no_weights": N_("There is nothing to spread the amount over."),
    "money.increment": N_("Cash is rounded to at least the smallest unit."),
    # records
    "record.missing": N_("This was deleted in the meantime."),
    # files
    "file.missing": N_("This file is not there."),
    "file.no_permission": N_("You may not read or write this file. Check its rights, or choose another place."),
    "file.unreadable": N_("This file cannot be read. Is the disk or stick still connected?"),
    "file.disk_full": N_("The disk is full. Free some space, or choose another place."),
    "file.exists": N_("There is a file of this name already."),
    "file.empty": N_("This file is empty."),
    "file.truncated": N_("This file is cut off: its end is missing."),
    "file.too_large": N_("This file is too large."),
    "file.not_regular": N_("This is not a file that can be read."),
    "file.damaged_archive": N_("This file is damaged."),
    "file.unwritable": N_("The file cannot be written there. Choose another folder."),
    "exchange.cancelled": N_("Stopped. Nothing was changed."),
    "text.too_long": N_("This text is too long (10,000 characters at most)."),
    "text.missing": N_("A needed text is missing."),
    "text.number_damaged": N_(
        "“{text}” was shortened by a spreadsheet program: its last digits are lost. Format the column as text there."
    ),
    "flag.unknown": N_("“{text}” is neither yes nor no."),
    "row.undecodable": N_("This line has letters that do not exist in the encoding {encoding}."),
    "row.nul": N_("This line has bytes that are no text."),
    "row.unclosed_quote": N_("A quotation mark in this line is never closed."),
    "row.broken_quote": N_("The quotation marks of this line do not fit together."),
    "row.field_too_long": N_("A value of this line is longer than 10,000 characters."),
    "row.too_many_values": N_("This line has {found} values, but the table has {expected} columns."),
    "table.binary": N_("This is not a table. Choose a CSV, TSV or XLSX file."),
    "table.wrong_kind": N_("This kind of file cannot be read here. Choose a CSV, TSV or XLSX file."),
    "table.line_too_long": N_("Line {line} is too long for a table. Is this the right file?"),
    "table.too_large": N_("This table is too large."),
    "table.too_many_rows": N_("This table has too many rows (a million at most)."),
    "table.too_many_columns": N_("This table has too many columns (200 at most)."),
    "table.no_columns": N_("No columns were found in this file."),
    "table.unknown_sheet": N_("This sheet is not in the file."),
    "table.unknown_encoding": N_("The text of this file cannot be read in the chosen encoding."),
    "table.unknown_delimiter": N_("The separator between columns was not recognised. Choose it."),
    "xlsx.damaged": N_("This spreadsheet is damaged."),
    "xlsx.bomb": N_("This spreadsheet unpacks to an unreasonable size and was not opened."),
    "xlsx.unsafe_xml": N_("This spreadsheet refers to things outside of itself and was not opened."),
    "xlsx.no_sheet": N_("This spreadsheet has no sheet."),
    "mapping.damaged": N_("The remembered assignment of columns cannot be read."),
    "mapping.does_not_fit": N_("The remembered assignment of columns does not fit this file."),
    "mapping.unknown_column": N_("A column of the assignment is not in this file."),
    "mapping.unknown_field": N_("A field of the assignment is not known."),
    "mapping.missing_field": N_("Assign a column to “{field}”: it is needed."),
    "sales.no_document": N_("The order number is missing."),
    "sales.no_date": N_("The date is missing."),
    "sales.no_price": N_("The price is missing."),
    "sales.customer_differs": N_("The lines of this order name different customers; the first one was taken."),
    "sales.currency_differs": N_("The lines of this order are in different currencies."),
    "people.no_name": N_("There is no name in this line, and no company, phone or e-mail either."),
    "people.duplicate": N_("“{name}” stands in line {first} already."),
    "people.bad_value": N_("“{text}” is no usable value for this column and was left out."),
    "products.no_code_or_name": N_("Neither code nor name of the product is given."),
    "products.duplicate_code": N_("The code “{code_text}” stands in line {first} already."),
    "products.duplicate_barcode": N_("The barcode {barcode} stands in line {first} already."),
    "products.barcode_check_digit": N_("The check digit of the barcode {barcode} is wrong; was it mistyped?"),
    "products.negative": N_("The price {text} is negative."),
    # vCards
    "vcard.no_card": N_("There is no contact in this file. Choose a vCard file (.vcf)."),
    "vcard.not_closed": N_("The end of this contact is missing; what was there was taken."),
    "vcard.line_too_long": N_("Line {line} is too long for a vCard. Is this the right file?"),
    "vcard.card_too_long": N_("This contact is unreasonably large and was left out."),
    "vcard.too_many_cards": N_("There are too many contacts in this file (at most {limit})."),
    "vcard.bad_line": N_("“{text}” is not a line of a vCard and was left out."),
    "vcard.photo_too_large": N_("The picture is too large and was left out."),
    "vcard.photo_damaged": N_("The picture cannot be read and was left out."),
    "vcard.photo_linked": N_("The picture lies in the internet and was not fetched."),
    "vcard.encoding_guessed": N_("The letters of this contact were read as {encoding}; check the accents."),
    "vcard.group_skipped": N_("“{name}” is a group and not a person."),
    "vcard.birthday_unread": N_("The birthday “{text}” is not understood and was left out."),
    # store
    "store.unknown": N_("The data could not be read or written."),
    "store.locked": N_("Another program is using the data. Close it and try again; your entries are still here."),
    "store.full": N_(
        "The disk is full, nothing was saved. Free some space and save again; your entries are still here."
    ),
    "store.read_only": N_(
        "The data cannot be written here. Your entries are still here; check the rights of the folder."
    ),
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
_STATES = {
    "planned": N_("Planned"),
    "confirmed": N_("Confirmed"),
    "open": N_("Open"),
    "closing": N_("Closing"),
    "submitted": N_("Submitted"),
    "delivered": N_("Delivered"),
    "settled": N_("Settled"),
    "cancelled": N_("Cancelled"),
    "postponed": N_("Postponed"),
    "draft": N_("Draft"),
    "placed": N_("Placed"),
}


def note_text(code: str, params: Mapping[str, object]) -> str:
    """Return the sentence of something noticed while opening; an unknown code gives an empty text."""
    return _(NOTES[code]).format_map(_Known(params)) if code in NOTES else ""


def finding_text(code: str, count: int = 1) -> str:
    """Return the sentence of something that the check of the data found, with the number of places."""
    words = _(FINDINGS[code]) if code in FINDINGS else _("Something is not as it should be ({code}).").format(code=code)
    if count < 2:
        return words
    places = ngettext("{count} place", "{count} places", count).format(count=active_language().number(count))
    return _("{sentence} ({places})").format(sentence=words, places=places)


def sentence(error: BaseException) -> str | None:
    """Return the translated sentence of a DomainError or StoreError, or None when the error is a bug.

    An unknown code of a known kind gives the general sentence of that kind, with the code.
    """
    if not isinstance(error, DomainError | StoreError):
        return None
    if isinstance(error, WrongCode):
        return _wrong_code(error)
    words = sentence_of(error.code, error.params)
    if isinstance(error, Unproven) and error.params.get("findings"):
        reason = finding_text(error.params["findings"][0])
        return _("{sentence} {reason}").format(sentence=words, reason=reason)
    return words


def sentence_of(code: str, params: Mapping[str, object]) -> str:
    """Return the translated sentence of a code, as errors and findings of an import carry it."""
    words = SENTENCES.get(code)
    if words is None:
        return _("This cannot be done ({code}).").format(code=code)
    return _(words).format_map(_Known(params))


def _wrong_code(error: WrongCode) -> str:
    groups = error.params.get("groups", ())
    if groups:
        numbers = ", ".join(str(group) for group in groups)
        return ngettext(
            "Group {numbers} of the code is mistyped. Compare it with the sheet.",
            "Groups {numbers} of the code are mistyped. Compare them with the sheet.",
            len(groups),
        ).format(numbers=numbers)
    if "expected" in error.params:
        return _("The code has {expected} letters and digits; you typed {letters}.").format_map(error.params)
    words = SENTENCES[error.code]
    return _(words)


class _Known(dict[str, object]):
    """Values as the window writes them; placeholders that an error did not fill stay empty."""

    def __getitem__(self, key: str) -> object:
        value = super().__getitem__(key)
        if isinstance(value, datetime):
            return active_language().datetime(value)
        if isinstance(value, date):
            return active_language().date(value)
        if isinstance(value, tuple):
            return ", ".join(str(part) for part in value)
        if key in ("old", "new") and value in _STATES:
            return _(_STATES[str(value)])
        return _("a network drive") if (key, value) == ("by", "network") else value

    def __missing__(self, key: str) -> str:
        return ""
