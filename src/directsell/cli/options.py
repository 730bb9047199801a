"""Every command with its options and help. Nothing is done here; ``run`` of each command is named in ``commands``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from directsell.cli.terminal import USAGE, Refused
from directsell.domain.countries import COUNTRIES
from directsell.domain.papers import PaperFormat
from directsell.exchange.formats import DELIMITERS, ENCODINGS
from directsell.exchange.headers import FIELDS, Target
from directsell.i18n import N_, _, ngettext
from directsell.store.keys import KeyMode
from directsell.usecases.export_columns import SUBJECTS

# Words of argparse itself (Python 3.11 to 3.14), so that they are translated with all others.
_ARGPARSE_WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("expected at most one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
)
DELIMITER_WORDS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
DECIMAL_WORDS = {",": ",", ".": ".", "comma": ",", "point": "."}


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that refuses with a sentence instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed."""
        hint = _("“{command} --help” shows what it takes.").format(command=self.prog)
        raise Refused(f"{message}\n{hint}", USAGE)


def parser() -> Parser:
    """Return the parser of the whole command line, in the language of the program."""
    vars(argparse).update(_=_, ngettext=ngettext)  # argparse asks gettext's default domain otherwise
    top = Parser(
        prog="directsell",
        description=_("DirectSell without its window: everything that scripts need."),
        epilog=_epilog(),
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    commands = top.add_subparsers(dest="command", metavar=_("COMMAND"), required=True, parser_class=Parser)
    _import(commands)
    _export(commands)
    _papers(commands)
    _keeping(commands)
    _making(commands)
    return top


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Wide enough for German words."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=100)


def _epilog() -> str:
    return "\n".join(
        (
            _("Before the command:"),
            "  --data FOLDER  " + _("where the business lies (default: $DIRECTSELL_DATA, else the usual place)"),
            "  --lang TAG     " + _("language of words and numbers, like en_US or de"),
            "  --version      " + _("show the version"),
            "",
            _("Without a command the window opens."),
            "",
            _("Variables: DIRECTSELL_PASSWORD is the password of the data, DIRECTSELL_NEW_PASSWORD that of a new"),
            _("business, DIRECTSELL_RECOVERY_CODE the code of the recovery sheet. They are never taken as options."),
            "",
            _("Exit status: 0 done, 1 refused (a sentence says why), 2 wrong options or a decision is missing,"),
            _("3 done but some lines were refused, 4 the data is in use, 5 the check found something,"),
            _("70 a mistake of the program (see the log), 130 stopped with Ctrl+C (nothing was changed)."),
        )
    )


def _add(commands: Any, name: str, words: str, *, epilog: str = "", on_data: bool = True) -> Parser:
    made: Parser = commands.add_parser(
        name, help=words, description=words, epilog=epilog, formatter_class=_Formatter, allow_abbrev=False
    )
    if on_data:
        made.add_argument("--json", action="store_true", help=_("print one JSON object for a program"))
        made.add_argument(
            "--take-over", action="store_true", help=_("the other computer does not work with this data any more")
        )
    return made


def _import(commands: Any) -> None:
    words = _("bring in sales, people or products from a file of another program")
    made = _add(commands, "import", words, epilog=_fields())
    made.add_argument("target", choices=list(FIELDS), help=_("what the file holds"))
    made.add_argument("file", type=Path, metavar=_("FILE"), help=_("CSV, TSV, XLSX (also packed), or vCard for people"))
    made.add_argument(
        "--map",
        action="append",
        default=[],
        metavar=_("FIELD=COLUMN"),
        help=_("which column feeds a field, by name or number; “-” as column leaves the field out; may be repeated"),
    )
    made.add_argument(
        "--decimal", choices=list(DECIMAL_WORDS), metavar="{comma,point}", help=_("decimal sign of every number")
    )
    made.add_argument("--dates", choices=("DMY", "MDY", "YMD"), help=_("order of day, month and year"))
    made.add_argument("--encoding", choices=ENCODINGS, help=_("encoding of a text file"))
    made.add_argument(
        "--delimiter", choices=[*DELIMITER_WORDS, *DELIMITERS], metavar="{comma,semicolon,tab,bar}",
        help=_("separator of columns"),
    )  # fmt: skip
    made.add_argument("--sheet", metavar=_("NAME"), help=_("sheet of a workbook"))
    made.add_argument(
        "--header", type=_number, metavar=_("LINE"), help=_("line with the names of the columns; 0: there is none")
    )
    made.add_argument(
        "--currency", type=str.upper, metavar=_("CODE"), help=_("currency of amounts that name none (default: yours)")
    )
    made.add_argument("--source", default="", metavar=_("TEXT"), help=_("lead source of people who bring none"))
    made.add_argument("--rejects", type=Path, metavar=_("FILE"), help=_("write refused lines into this CSV file"))
    made.add_argument("--strict", action="store_true", help=_("import nothing when a line is refused"))
    made.add_argument("--dry-run", action="store_true", help=_("show what would happen; change nothing"))
    made.add_argument("--yes", action="store_true", help=_("do not ask (a script is never asked)"))


def _fields() -> str:
    lines = [_("Fields:")]
    for target, fields in FIELDS.items():
        text = ", ".join(fields)
        rows = re.findall(r".{1,80}(?:,|$)", text)
        lines += [f"  {target if not number else '':<9} {row.strip()}" for number, row in enumerate(rows)]
    return "\n".join(lines)


def _export(commands: Any) -> None:
    made = _add(commands, "export", _("write tables, or everything about one person, as files for other programs"))
    made.add_argument(
        "subject",
        choices=[*SUBJECTS, "all", "person"],
        help=_("the table, all of them, or everything about one person"),
    )
    made.add_argument(
        "--who", default="", metavar=_("PERSON"), help=_("with “person”: id, name, phone number or e-mail address")
    )
    made.add_argument(
        "--format",
        choices=("csv", "xlsx", "json", "vcard"),
        default="csv",
        help=_("vcard is for people only"),
    )
    made.add_argument(
        "--out",
        type=Path,
        metavar=_("PATH"),
        help=_(
            "file, or folder for “all”; without it CSV, JSON and vCard go to standard output, others into this folder"
        ),
    )
    made.add_argument(
        "--decimal",
        choices=list(DECIMAL_WORDS),
        default=".",
        metavar="{comma,point}",
        help=_("decimal sign of CSV; a comma comes with “;”"),
    )
    made.add_argument("--no-overwrite", action="store_true", help=_("refuse to replace a file"))


def _papers(commands: Any) -> None:
    for name, words in (
        ("slip", _("issue the order slip of an order, or write an issued paper again, byte by byte")),
        ("invoice", _("issue the invoice of an order, or write an issued paper again, byte by byte")),
        ("quote", _("print the quote of an order, or write an issued paper again, byte by byte")),
    ):
        made = _add(commands, name, words)
        made.add_argument(
            "order", metavar=_("ORDER"), help=_("id of the order, number of a paper, or the order's number elsewhere")
        )
        made.add_argument(
            "--out", type=Path, metavar=_("PATH"), help=_("file or folder (default: the number, in this folder)")
        )
        if name == "slip":
            made.add_argument(
                "--format",
                type=PaperFormat,
                choices=list(PaperFormat),
                metavar="{" + ",".join(PaperFormat) + "}",
                help=_("sheet (default: that of the settings); an issued paper stays on its own"),
            )
        made.add_argument("--preview", action="store_true", help=_("a draft without number; nothing is issued"))
        made.add_argument("--accept-older-date", action="store_true", help=_("issue although the date goes back"))
        made.add_argument("--yes", action="store_true", help=_("do not ask (a script is never asked)"))


def _keeping(commands: Any) -> None:
    made = _add(commands, "backup", _("make a backup and prove it"))
    made.add_argument("--to", type=Path, metavar=_("FOLDER"), help=_("also copy it there"))
    made = _add(commands, "restore", _("put a backup in the place of the data; the data before is kept aside"))
    made.add_argument("file", type=Path, metavar=_("FILE"), help=_("the backup"))
    made.add_argument("--yes", action="store_true", help=_("do not ask; a script must say this"))
    made.add_argument("--dry-run", action="store_true", help=_("only prove the backup and say what it holds"))
    made = _add(commands, "doctor", _("check every promise of the data"))
    made.add_argument("--quick", action="store_true", help=_("leave out what takes long"))
    made.add_argument("--mend", action="store_true", help=_("make anew what follows from other data"))
    _add(commands, "info", _("show where the data lies and what it holds"))


def _making(commands: Any) -> None:
    made = _add(commands, "new", _("set up a business in an empty folder"))
    made.add_argument("name", metavar=_("NAME"), help=_("your name as it stands on papers"))
    made.add_argument("--country", default="US", type=str.upper, choices=sorted(COUNTRIES), metavar=_("CODE"), help=_("two letters, like US or DE"))  # fmt: skip
    for option, words in (
        ("street", _("street and number")),
        ("postcode", _("postcode")),
        ("city", _("city")),
        ("region", _("state or region")),
        ("phone", _("phone")),
        ("email", _("e-mail")),
        ("tax-number", _("your tax number")),
    ):
        made.add_argument(f"--{option}", default="", metavar=_("TEXT"), help=words)
    made.add_argument(
        "--tax-rate", type=_percent, metavar=_("PERCENT"), help=_("standard rate, like 7.75 (default: the country's)")
    )
    made.add_argument("--small-business", action="store_true", help=_("no tax is shown or charged"))
    _add_key(made)
    made = _add(commands, "sample", _("make a sample business in an empty folder, to try things out"))
    made.add_argument("--lang", default="", metavar=_("TAG"), help=_("language of its people and goods: en or de"))
    _add_key(made)
    made = _add(commands, "tour", _("play the first journey through the real widgets, off screen"), on_data=False)
    made.add_argument("--out", type=Path, metavar=_("FOLDER"), help=_("where pictures and papers go"))


def _add_key(made: Parser) -> None:
    made.add_argument(
        "--key",
        choices=[mode.value for mode in KeyMode],
        default="",
        help=_("how the data is protected (default: the keyring of the system, else a key file)"),
    )


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 7:
        raise argparse.ArgumentTypeError(_("“{text}” is not a number of a line").format(text=text))
    return int(text)


def _percent(text: str) -> int:
    """Return a percentage in ppm."""
    if not re.fullmatch(r"\d{1,2}([.,]\d{1,4})?", text, re.ASCII):
        raise argparse.ArgumentTypeError(_("“{text}” is not a percentage").format(text=text))
    whole, _mark, decimals = text.replace(",", ".").partition(".")
    return int(whole) * 10_000 + int(f"{decimals:0<4}")


def target_of(options: argparse.Namespace) -> Target:
    """Return what is imported."""
    target: Target = options.target
    return target


def asked_for_help(argv: Sequence[str]) -> bool:
    """Say whether only help is wanted, so that nothing needs to be opened."""
    return not argv or "-h" in argv or "--help" in argv
