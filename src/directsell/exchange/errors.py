"""What can be wrong with a foreign file: one exception, and the complete list of its codes. No sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

from directsell.domain.errors import DomainError

CODES: frozenset[str] = frozenset(
    {
        # the file as a whole
        "exchange.cancelled",
        "file.missing",
        "file.not_regular",
        "file.no_permission",
        "file.unreadable",
        "file.unwritable",
        "file.disk_full",
        "file.exists",
        "file.empty",
        "file.damaged_archive",
        "file.truncated",
        # tables
        "table.binary",
        "table.wrong_kind",
        "table.unknown_encoding",
        "table.unknown_delimiter",
        "table.unknown_sheet",
        "table.too_large",
        "table.too_many_rows",
        "table.too_many_columns",
        "table.line_too_long",
        "table.no_columns",
        "row.undecodable",
        "row.nul",
        "row.unclosed_quote",
        "row.broken_quote",
        "row.field_too_long",
        "row.too_many_values",
        # workbooks
        "xlsx.damaged",
        "xlsx.bomb",
        "xlsx.unsafe_xml",
        "xlsx.no_sheet",
        # values
        "number.not_a_number",
        "number.wrong_mark",
        "number.ambiguous",
        "number.too_large",
        "number.too_precise",
        "number.scientific",
        "number.percent",
        "date.not_a_date",
        "date.does_not_exist",
        "date.ambiguous",
        "date.wrong_order",
        "text.too_long",
        "text.missing",
        "text.number_damaged",
        "flag.unknown",
        # mappings
        "mapping.damaged",
        "mapping.unknown_field",
        "mapping.unknown_column",
        "mapping.missing_field",
        "mapping.does_not_fit",
        # sales
        "sales.no_document",
        "sales.no_date",
        "sales.no_price",
        "sales.customer_differs",
        "sales.currency_differs",
        # people
        "people.no_name",
        "people.duplicate",
        "people.bad_value",
        # products
        "products.no_code_or_name",
        "products.duplicate_code",
        "products.duplicate_barcode",
        "products.barcode_check_digit",
        "products.negative",
        # vCards
        "vcard.no_card",
        "vcard.not_closed",
        "vcard.line_too_long",
        "vcard.card_too_long",
        "vcard.too_many_cards",
        "vcard.bad_line",
        "vcard.photo_too_large",
        "vcard.photo_damaged",
        "vcard.photo_linked",
        "vcard.encoding_guessed",
        "vcard.group_skipped",
        "vcard.birthday_unread",
    }
)


class ExchangeError(DomainError):
    """A foreign file, or a value in it, cannot be used as it is.

    Args:
        code: one of `CODES`.
        params: values for the placeholders of the sentence, for instance ``line`` (counted from 1) or ``name``.
    """


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell the user about one place of a file: a row that was refused, or a doubt about one that was not.

    Attributes:
        line: line of the file (or row of the sheet), counted from 1.
        code: one of `CODES`.
        params: values for the placeholders of the sentence.
        values: the raw values of the row, so that it can be listed and repaired; empty when there is no row.
    """

    line: int
    code: str
    params: dict[str, object] = field(default_factory=dict)
    values: tuple[str, ...] = ()
