"""Every code that the program can raise or find has a sentence, and every sentence belongs to a code."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path
from string import Formatter

import pytest

from directsell.domain.follow_up_plans.rules import ContactRules
from directsell.domain.settings import Business
from directsell.domain.taxes import TaxProfile
from directsell.exchange import errors as exchange_errors
from directsell.messages import FINDINGS, NOTES, SENTENCES
from directsell.store import doctor
from tests.architecture.sources import SOURCE, place, source_files, tree

CODE = re.compile(r"[a-z_]+\.[a-z_]+")
# Who makes something with a code, and where the code stands among the arguments.
MAKERS = {"DomainError": 0, "ExchangeError": 0, "Note": 0}
LAYERS = ("domain", "usecases", "exchange", "store", "documents", "context.py", "i18n")
ALL = {**SENTENCES, **NOTES, **FINDINGS}
PREFIXES = {code.partition(".")[0] for code in ALL}
# Names of settings look like codes; those that are codes as well are found where they are raised.
NO_CODES = {"book.db", *(f"business.{field.name}" for field in fields(Business))} | {
    f"{prefix}.{field.name}"
    for prefix, record in (("tax", TaxProfile), ("follow_up", ContactRules))
    for field in fields(record)
}


def _code(node: ast.AST | None) -> str:
    """Return a literal that looks like a code, else nothing."""
    text = node.value if isinstance(node, ast.Constant) else None
    return text if isinstance(text, str) and CODE.fullmatch(text) else ""


def _files() -> list[Path]:
    return [path for path in source_files() if path.relative_to(SOURCE).parts[0] in LAYERS]


def _raised() -> dict[str, str]:
    """Return code -> place of every code that is handed to an error, a note or a class of errors."""
    found = {}
    for path in source_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                argument = node.args[MAKERS[name]] if name in MAKERS and len(node.args) > MAKERS[name] else None
                arguments = [argument, *(keyword.value for keyword in node.keywords if keyword.arg == "code")]
                for value in arguments:
                    found[_code(value)] = place(path, node)
            elif isinstance(node, ast.ClassDef):
                for line in node.body:
                    targets = line.targets if isinstance(line, ast.Assign) else []
                    if any(getattr(target, "id", "") == "code" for target in targets):
                        assert isinstance(line, ast.Assign)
                        found[_code(line.value)] = place(path, line)
    found.pop("", None)
    return found


def _mentioned() -> dict[str, str]:
    """Return code -> place of every literal in the lower layers that looks like a code of a known family."""
    found = {}
    for path in _files():
        for node in ast.walk(tree(path)):
            code = _code(node)
            if code and code.partition(".")[0] in PREFIXES and code not in NO_CODES:
                found[code] = place(path, node)
    return found


def test_every_code_has_a_sentence() -> None:
    missing = {code: where for code, where in {**_raised(), **_mentioned()}.items() if code not in ALL}
    assert not missing


def test_codes_are_literal_where_errors_are_made() -> None:
    """A code that is put together can be found neither by this test nor by a reader."""
    wrong = []
    for path in _files():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in MAKERS:
                continue
            if any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args[:1]):
                wrong.append(place(path, node))
    assert not wrong


def test_the_lists_of_codes_are_covered() -> None:
    assert SENTENCES.keys() >= exchange_errors.CODES
    assert set(doctor.CODES) == FINDINGS.keys()


def test_no_sentence_is_left_over() -> None:
    """A sentence whose code is gone would be translated for ever."""
    known = {*_raised(), *_mentioned(), "store.unknown"}
    literals = {
        node.value
        for path in source_files()
        if "messages" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not {code for code in ALL if code not in known and code not in literals}


@pytest.mark.parametrize("table", [SENTENCES, NOTES, FINDINGS], ids=["sentences", "notes", "findings"])
def test_sentences_are_sentences(table: dict[str, str]) -> None:
    for code, words in table.items():
        assert CODE.fullmatch(code), code
        assert words[0].isupper() or words[0] in "“{", code
        assert words.rstrip()[-1] in ".?!", code
        names = [name for _text, name, _spec, _conversion in Formatter().parse(words) if name is not None]
        assert all(name.isidentifier() for name in names), code
