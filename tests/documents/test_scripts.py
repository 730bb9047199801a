"""Papers in nine scripts: the text that a viewer copies out of the PDF is the text that was put in."""

from dataclasses import replace

import pytest

from directsell.documents import draw
from directsell.domain.papers import Paper, Party
from tests.documents import samples
from tests.documents.reading import fonts_of, squeeze, text_of

SCRIPTS = {
    "latin": ("Łucja Żółkiewska-Nguyễn", "Zażółć gęślą jaźń — 14,99 €", "İstanbul’da çiçek ₺"),
    "greek": ("Ελένη Παπαδοπούλου", "Μαχαίρι κουζίνας", "Ευχαριστούμε πολύ"),
    "cyrillic": ("Ольга Щербакова", "Кухонный нож", "Спасибо за покупку"),
    "arabic": ("فاطمة الزهراء بنت محمد", "طقم أواني طبخ (ستانلس ستيل)", "شكرا لشرائكم لا إله"),
    "hebrew": ("שרה לוי־כהן", "סכין מטבח (נירוסטה)", "תודה על הקנייה"),
    "devanagari": ("श्रीमती क्षेत्रपाल त्रिवेदी", "रसोई का चाकू (स्त्री)", "ख़रीदारी के लिए धन्यवाद"),
    "thai": ("คุณสมศรี น้ำใจดี", "มีดทำครัวที่ดีที่สุด", "ขอบคุณที่ซื้อสินค้า"),
    "chinese": ("王小明", "厨房刀具套装（不锈钢）", "感謝您的購買"),
    "japanese": ("佐藤 花子", "包丁セット、ステンレス", "ご購入ありがとうございます"),
    "korean": ("김철수", "주방용 칼 세트", "구매해 주셔서 감사합니다"),
    "symbols": ("Anna ✓ Bergmann", "Topf → Deckel ☎ ★", "Danke ♥"),
}


def in_script(paper: Paper, script: str) -> Paper:
    name, goods, thanks = SCRIPTS[script]
    lines = tuple(replace(line, name=goods, note=thanks) for line in paper.lines)
    return replace(
        paper,
        customer=Party(name=name, lines=(goods, "12345")),
        lines=lines,
        closing=thanks,
        demo_host=name,
        intro=goods,
    )


@pytest.mark.parametrize("script", list(SCRIPTS))
@pytest.mark.parametrize("kind", ["invoice", "slip"])
def test_the_text_comes_back(script: str, kind: str) -> None:
    paper = in_script(samples.invoice_de(3) if kind == "invoice" else samples.slip_de(3), script)
    drawn = draw(paper)
    assert drawn.missing == frozenset()
    seen = squeeze("".join(text_of(drawn.pdf)))
    for text in SCRIPTS[script]:
        assert seen.count(squeeze(text)) >= 2, (text, seen)


@pytest.mark.parametrize("script", list(SCRIPTS))
def test_every_font_is_embedded(script: str) -> None:
    fonts = fonts_of(draw(in_script(samples.invoice_de(2), script)).pdf)
    assert len(fonts) >= 3
    for font in fonts:
        descriptor = font["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor
        assert font["/BaseFont"].startswith("/AAAAAA+")
        assert "/ToUnicode" in font


def test_long_text_of_each_script_wraps_inside_its_column() -> None:
    for name, goods, thanks in SCRIPTS.values():
        paper = samples.invoice_de(2)
        long = f"{goods} {thanks} " * 6
        paper = replace(
            paper, customer=Party(name=name * 4), lines=tuple(replace(line, name=long) for line in paper.lines)
        )
        drawn = draw(paper, record=True)
        names = [box for box in drawn.boxes if box.zone == "row" and len(box.text) > 8]
        figures = min(box.left for box in drawn.boxes if box.zone == "row" and box.text.endswith("Stk"))
        assert names
        assert max(box.right for box in names) <= figures
        assert drawn.missing == frozenset()


def test_a_character_without_a_font_is_reported() -> None:
    paper = replace(samples.invoice_de(1), closing="Danke \U0001fbff")
    drawn = draw(paper)
    assert drawn.missing == {"\U0001fbff"}
    assert "Danke ?" in text_of(drawn.pdf)[0]
