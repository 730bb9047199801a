"""What people type is printed as it is: no markup, no files, no hosts, no code, whatever its length."""

import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from reportlab import rl_config

from directsell.documents import draw, render, warm_up
from directsell.domain.papers import Paper, PaperLine, Party, PaymentRow, Sender
from directsell.resources import resource_folder
from tests.documents import samples
from tests.documents.reading import overlaps, squeeze, text_of

ATTACKS = [
    "Set <klein>",
    "Topf</para><b>x",
    "<font color=\"[[[getattr(pow, Word('__globals__'))['os'].system('id')]]]\">",
    '<img src="/etc/hostname">',
    '<img src="http://192.0.2.1/x.png">',
    '<a href="javascript:alert(1)">x</a>',
    "=cmd|' /C calc'!A0",
    "100% {0} {name} %s %(x)d",
    ") Tj ET Q (\\",
    "\\(nested\\) ((( \\\\",
    "&amp; &lt; &#x41;",
    "<<>> endstream endobj",
]
_opened: list[str] = []
_listening = False


def _listen(event: str, args: tuple[Any, ...]) -> None:
    if _listening and event == "open":
        _opened.append(str(args[0]))


sys.addaudithook(_listen)


@pytest.fixture
def opened() -> Iterator[list[str]]:
    global _listening
    _opened.clear()
    _listening = True
    yield _opened
    _listening = False


def text_fields(thing: Any) -> list[str]:
    skipped = {"currency", "language"}
    return [
        field.name
        for field in fields(thing)
        if isinstance(getattr(thing, field.name), str)
        and field.name not in skipped
        and not hasattr(getattr(thing, field.name), "value")
    ]


def everywhere(paper: Paper, text: str) -> Paper:
    """Put the text into every field that holds text."""

    def fill(thing: Any) -> Any:
        return replace(thing, **dict.fromkeys(text_fields(thing), text))

    paper = fill(paper)
    sender = replace(fill(paper.sender), address=(text,) * 2, bank_lines=(text,), tax_ids=((text, text),))
    return replace(
        paper,
        number=text,
        sender=sender,
        customer=Party(name=text, lines=(text, text)),
        lines=tuple(replace(fill(line), amount=line.amount) for line in paper.lines),
        taxes=tuple(replace(tax, label=text) for tax in paper.taxes),
        payments=(PaymentRow(method=text, amount=1, detail=text),),
        slip_texts=(text, text),
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_printed_as_they_are(attack: str, opened: list[str]) -> None:
    warm_up()
    render(samples.slip_de(1))  # whatever is loaded once is loaded now
    for paper in (samples.invoice_de(2), samples.slip_de(2)):
        _opened.clear()
        drawn = draw(everywhere(paper, attack), record=True)
        assert not [path for path in opened if not path.startswith(str(resource_folder()))]
        seen = squeeze("".join(text_of(drawn.pdf)))
        assert seen.count(squeeze(attack)) >= 5
        assert not list(overlaps(drawn.boxes))
        for trace in (b"/URI", b"/JavaScript", b"/Launch", b"/OpenAction", b"/EmbeddedFile", b"/Subtype /Image"):
            assert trace not in drawn.pdf


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\x00",
        "\u202e123",
        "\ud800",
        "\u200d\u200d",
        "é" * 10_000,
        "W" * 10_000,
        "wort " * 2_000,
        "漢" * 10_000,
        "שלום " * 2_000,
        "ב" * 10_000,
        "क्ष" * 3_000,
        "\n" * 10_000,
        "a\n" * 300,
    ],
    ids=lambda text: f"{len(text)}-{text[:4]!a}",
)
def test_any_text_in_any_field_gives_a_paper(text: str) -> None:
    papers = [samples.invoice_de(2), samples.slip_de(2)]
    for paper in papers if len(text) < 1_000 else papers[ord(text[0]) % 2 :][:1]:
        drawn = draw(everywhere(paper, text), record=True)
        assert drawn.pdf.startswith(b"%PDF")
        assert not list(overlaps(drawn.boxes))
        for box in drawn.boxes:
            assert box.left >= 0
            assert "\u202e" not in box.text


def test_a_long_text_is_printed_to_its_end() -> None:
    words = [f"Wort{index}" for index in range(1_000)]
    paper = replace(samples.invoice_de(1), closing=" ".join(words))
    paper = replace(paper, lines=(replace(paper.lines[0], name=" ".join(words)),))
    seen = squeeze("".join(text_of(draw(paper).pdf)))
    assert seen.count("Wort999") == 2
    assert all(seen.count(word) >= 2 for word in words)


def test_empty_papers_are_papers() -> None:
    for paper in (samples.invoice_de(1), samples.slip_de(1)):
        bare = replace(paper, sender=Sender(), customer=Party(), lines=(PaperLine(name=""),), taxes=(), payments=())
        assert draw(bare).pages >= 1


@pytest.mark.parametrize(
    "accent", ["", "#12", "red", "#GGGGGG", "javascript:1", "#FFFFFF", "#000000", "__import__('os')"]
)
def test_a_foreign_accent_is_no_colour(accent: str) -> None:
    paper = samples.invoice_de(1)
    assert draw(replace(paper, sender=replace(paper.sender, accent=accent))).pages == 1


def test_the_engine_is_locked_down() -> None:
    assert rl_config.trustedHosts == []
    assert rl_config.trustedSchemes == []
    assert rl_config.toColorCanUse is None


def test_nothing_of_the_markup_engine_is_used() -> None:
    folder = Path(draw.__code__.co_filename).parent
    for path in folder.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert "platypus" not in source
        assert "Paragraph(" not in source
