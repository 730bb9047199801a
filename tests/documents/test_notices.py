"""Cancellation notices read back from the finished PDF: the words of the law, bold and large enough, and nothing else."""

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from directsell.documents.notices import draw_notice, render_notice
from directsell.documents.text import clean
from directsell.domain.cooling_off import (
    GoodsCount,
    GoodsException,
    Notice,
    SaleFacts,
    SalePlace,
    Visit,
    deadline,
    notice_of,
    rule_for,
    text_for,
)
from directsell.domain.cooling_off.notices import parts_of
from directsell.domain.errors import DomainError
from directsell.domain.papers import PaperFormat, Sender
from directsell.i18n import Language
from directsell.legal import legal_pack
from tests.documents.reading import overlaps, squeeze, text_of
from tests.documents.samples import SENDER_DE, SENDER_US

PACK = legal_pack()
FORM = """
NOTICE OF CANCELLATION B-A-2026-0012
February 13, 2026 (Date)
You may CANCEL this transaction, without any Penalty or Obligation, within THREE BUSINESS DAYS from the above date.
If you cancel, any property traded in, any payments made by you under the contract or sale, and any negotiable instrument
executed by you will be returned within TEN BUSINESS DAYS following receipt by the seller of your cancellation notice, and
any security interest arising out of the transaction will be cancelled.
If you cancel, you must make available to the seller at your residence, in substantially as good condition as when
received, any goods delivered to you under this contract or sale, or you may, if you wish, comply with the instructions of
the seller regarding the return shipment of the goods at the seller's expense and risk.
If you do make the goods available to the seller and the seller does not pick them up within 20 days of the date of your
Notice of Cancellation, you may retain or dispose of the goods without any further obligation. If you fail to make the goods
available to the seller, or if you agree to return the goods to the seller and fail to do so, then you remain liable for
performance of all obligations under the contract.
To cancel this transaction, mail or deliver a signed and dated copy of this Cancellation Notice or any other written notice,
or send a telegram, to Dana Whitfield, at 14 Linden Avenue, Springfield, IL 62704 NOT LATER THAN MIDNIGHT OF
February 18, 2026.
I HEREBY CANCEL THIS TRANSACTION.
(Date) (Buyer's signature)
"""
COUNTRIES = {
    "US": "en_US", "DE": "de_DE", "AT": "de_AT", "FR": "fr_FR", "ES": "es_ES", "IT": "it_IT", "PL": "pl_PL", "IE": "en_IE",
    "GB": "en_GB", "CH": "fr_CH", "CA": "en_CA", "AU": "en_AU", "BR": "pt_BR", "MX": "es_MX", "JP": "ja_JP",
}  # fmt: skip
ALL_KINDS = tuple(GoodsException)


def notice(country: str = "US", language: str = "", sender: Sender | None = None, **more: object) -> Notice:
    facts = SaleFacts(
        ordered_on=date(2026, 2, 13),
        country=country,
        place=SalePlace.HOST_HOME,
        visit=Visit.UNSOLICITED if country == "AU" else Visit.REQUESTED,
        amount=5_000_000,
        currency="USD",
    )
    rule = rule_for(PACK, facts).rule
    assert rule is not None
    language = language or COUNTRIES[country]
    text = text_for(PACK, rule, language).text
    assert text is not None
    end = deadline(PACK, rule, facts)
    american = country in ("US", "CA", "MX")
    made = notice_of(
        rule,
        text,
        sender or (SENDER_US if american else SENDER_DE),
        sale_date=facts.ordered_on,
        last_day=end.last_day,
        days=end.days,
        language=language,
        page_format=PaperFormat.LETTER if american else PaperFormat.A4,
        reference="B-A-2026-0012",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def expected(given: Notice) -> list[str]:
    """Return the words of each part in their order, squeezed."""
    language = Language.load(given.language)
    dates = {"sale_date": language.date(given.sale_date, "long")}
    if given.last_day:
        dates["last_day"] = language.date(given.last_day, "long")
    return [
        squeeze(clean("".join(text for _, texts in paragraphs for text in texts)))
        for _, paragraphs in parts_of(given, dates)
    ]


def letters(pdf: bytes) -> Iterator[tuple[str, float, str]]:
    """Yield each printed character with its size in points and the name of its font."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                char = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
                if char.isspace():
                    continue
                name = ctypes.create_string_buffer(200)
                pdfium.FPDFText_GetFontInfo(text.raw, index, name, 200, ctypes.c_int())
                yield char, pdfium.FPDFText_GetFontSize(text.raw, index), name.value.decode()
    finally:
        document.close()


def test_the_american_form_word_for_word_and_twice_on_one_sheet() -> None:
    drawn = draw_notice(notice())
    (text,) = text_of(drawn.pdf)
    assert squeeze(text) == squeeze(FORM) * 2
    assert drawn.pages == 1


def test_the_american_form_is_bold_and_ten_points_at_least() -> None:
    seen = list(letters(render_notice(notice())))
    assert len(seen) > 2500
    assert {font.split("+")[-1] for _, _, font in seen} == {"NotoSans-Bold"}
    assert min(size for _, size, _ in seen) >= 10
    caption = [size for char, size, _ in seen[: len("NOTICEOFCANCELLATION")]]
    assert min(caption) >= 12


def test_each_copy_keeps_to_its_half() -> None:
    drawn = draw_notice(notice(), record=True)
    upper = [box for box in drawn.boxes if box.bottom < 396]
    lower = [box for box in drawn.boxes if box.top > 396]
    assert [box.text for box in upper] == [box.text for box in lower]
    assert len(upper) + len(lower) == len(drawn.boxes)
    assert list(overlaps(drawn.boxes)) == []


def test_the_deadline_stands_on_both_copies() -> None:
    (text,) = text_of(render_notice(notice()))
    assert squeeze(text).count(squeeze("MIDNIGHT OF February 18, 2026.")) == 2
    assert squeeze(text).count(squeeze("14 Linden Avenue, Springfield, IL 62704")) == 2


def test_a_long_address_takes_a_page_for_each_copy() -> None:
    sender = replace(SENDER_US, address=tuple(f"Building {number}, the long and winding road" for number in range(40)))
    given = notice(sender=sender)
    drawn = draw_notice(given, record=True)
    assert drawn.pages == 2
    first, second = text_of(drawn.pdf)
    assert first == second
    assert squeeze("the long and winding road NOT LATER THAN MIDNIGHT OF February 18, 2026.") in squeeze(first)
    assert min(size for _, size, _ in letters(drawn.pdf)) >= 10


@pytest.mark.parametrize("address", [(), ("", "  ")])
def test_no_notice_without_the_sellers_address(address: tuple[str, ...]) -> None:
    with pytest.raises(DomainError, match="paper.no_address"):
        notice(sender=replace(SENDER_US, address=address))
    with pytest.raises(DomainError, match="paper.no_address"):
        render_notice(replace(notice(), sender=replace(SENDER_US, address=address)))
    with pytest.raises(DomainError, match="paper.no_address"):
        render_notice(replace(notice(), sender=replace(SENDER_US, name=" ")))


def test_no_american_notice_without_a_deadline() -> None:
    with pytest.raises(DomainError, match="notice.no_deadline"):
        render_notice(replace(notice(), last_day=None))


def test_a_sale_in_spanish_gets_a_spanish_form() -> None:
    given = notice(language="es_US")
    (text,) = text_of(render_notice(given))
    (words,) = expected(given)
    assert squeeze(text).count("AVISODECANCELACIÓN") == 2
    assert squeeze(text).replace("B-A-2026-0012", "") == words * 2
    assert squeeze("13 de febrero de 2026") in squeeze(text)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("collects", [False, True])
@pytest.mark.parametrize("exceptions", [(), ALL_KINDS])
def test_every_notice_holds_the_whole_text_in_its_order(
    country: str, collects: bool, exceptions: tuple[GoodsException, ...]
) -> None:
    given = notice(country, collects=collects, seller_pays=collects, exceptions=exceptions)
    drawn = draw_notice(given, record=True)
    assert not drawn.missing
    seen = squeeze("".join(text_of(drawn.pdf)))
    if country == "US":
        seen = seen.replace("B-A-2026-0012", "")
    for words in expected(given):
        assert words in seen
    assert list(overlaps(drawn.boxes)) == []
    width, height = (612, 792) if given.page_format is PaperFormat.LETTER else (595.28, 841.89)
    assert all(box.left > 20 and box.right < width - 20 for box in drawn.boxes)
    assert all(box.top > 15 and box.bottom < height - 15 for box in drawn.boxes)


def test_the_german_sheet() -> None:
    drawn = draw_notice(notice("DE"))
    (text,) = text_of(drawn.pdf)
    seen = squeeze(text)
    assert seen.startswith(squeeze("Widerrufsbelehrung Widerrufsrecht Sie haben das Recht, binnen vierzehn Tagen"))
    seller = "(Miriam Albrecht, Lindenallee 14, 79100 Freiburg im Breisgau, +49 761 5550142, miriam@albrecht-beratung.example)"
    assert squeeze(f"müssen Sie uns {seller} mittels einer eindeutigen Erklärung") in seen
    assert squeeze("an uns zurückzusenden oder zu übergeben") in seen
    assert squeeze("Wir holen die Waren ab") not in seen
    assert squeeze("(*) Unzutreffendes streichen. B-A-2026-0012 · eu-de@2026-11-22") in seen
    assert drawn.pages == 1


def test_the_seller_may_fetch_the_goods_or_name_another_address() -> None:
    (text,) = text_of(render_notice(notice("DE", collects=True, seller_pays=True)))
    assert squeeze("Wir holen die Waren ab. Wir tragen die Kosten der Rücksendung der Waren.") in squeeze(text)
    assert squeeze("Wir können die Rückzahlung verweigern") not in squeeze(text)
    (text,) = text_of(render_notice(notice("DE", return_address=("Lager Süd", "Hofweg 3", "79100 Freiburg"))))
    assert squeeze("an uns oder an Lager Süd, Hofweg 3, 79100 Freiburg zurückzusenden") in squeeze(text)


@pytest.mark.parametrize(
    ("goods", "words"),
    [
        (GoodsCount.ONE, "die Waren in Besitz genommen haben bzw. hat."),
        (GoodsCount.SEVERAL, "die letzte Ware in Besitz genommen haben bzw. hat."),
        (GoodsCount.LOTS, "das letzte Stück in Besitz genommen haben bzw. hat."),
    ],
)
def test_the_start_of_the_period_follows_the_goods(goods: GoodsCount, words: str) -> None:
    (text,) = text_of(render_notice(notice("DE", goods=goods)))
    assert squeeze(words) in squeeze(text)
    assert squeeze(text).count(squeeze("in Besitz genommen haben bzw. hat")) == 1


def test_the_french_form_has_a_sheet_of_its_own() -> None:
    instruction, form = (squeeze(text) for text in text_of(render_notice(notice("FR"))))
    assert instruction.startswith("Droitderétractation")
    assert "Formulairederétractation" not in instruction
    assert form.startswith("Formulairederétractation")
    assert squeeze("Effets de rétractation") not in form


def test_thirty_days_are_printed_where_they_hold() -> None:
    (text,) = text_of(render_notice(notice("PL", days=30)))
    assert squeeze("w terminie 30 dni bez podania") in squeeze(text)
    assert squeeze("nie później niż 14 dni od dnia, w którym zostaliśmy poinformowani") in squeeze(text)


def test_the_japanese_notice_is_red_in_a_frame() -> None:
    drawn = draw_notice(notice("JP"), record=True)
    assert drawn.missing == frozenset()
    assert squeeze("この書面を受け取った日を含めて8日間") in squeeze(text_of(drawn.pdf)[0])
    document = pypdfium2.PdfDocument(drawn.pdf)
    try:
        picture = document[0].render(scale=1).to_pil().convert("RGB")
    finally:
        document.close()
    upper = picture.crop((0, 0, picture.width, picture.height // 5))
    reds = [color for _, color in upper.getcolors(1 << 20) or () if color[0] > 150 and color[1] < 90 and color[2] < 90]
    assert reds


def test_the_sheet_is_a_large_one_whatever_the_slip_is_printed_on() -> None:
    for page, size in (
        (PaperFormat.HALF_LETTER, (612, 792)),
        (PaperFormat.LETTER_TWO_UP, (612, 792)),
        (PaperFormat.A5, (595, 842)),
        (PaperFormat.A4_TWO_UP, (595, 842)),
    ):
        document = pypdfium2.PdfDocument(render_notice(notice(), page=page))
        try:
            assert tuple(round(side) for side in document[0].get_size()) == size
        finally:
            document.close()


def test_marks_in_a_name_are_text_and_an_endless_name_is_printed() -> None:
    sender = replace(SENDER_DE, name="<b>Albrecht</b> & {days} %s \u202e Söhne")
    (text,) = text_of(render_notice(notice("DE", sender=sender)))
    assert squeeze("<b>Albrecht</b> & {days} %s Söhne") in squeeze(text)
    drawn = draw_notice(notice("DE", sender=replace(SENDER_DE, name="Albrecht " * 400)), record=True)
    assert drawn.pages > 1
    assert list(overlaps(drawn.boxes)) == []
    assert squeeze("".join(text_of(drawn.pdf))).count("Albrecht") >= 800


def test_the_same_notice_gives_the_same_bytes_and_survives_the_archive() -> None:
    given = notice("FR")
    assert Notice.from_json(given.to_json()) == given
    first = render_notice(given)
    render_notice(notice("JP"))
    assert render_notice(Notice.from_json(given.to_json())) == first


def test_a_damaged_archive_is_refused() -> None:
    with pytest.raises(DomainError, match="paper.unreadable"):
        Notice.from_json("{}")
