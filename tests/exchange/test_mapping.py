"""Mappings: suggested in six languages, asked where values do not decide, remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.exchange.headers import FIELDS, SYNONYMS, Target, normalised
from directsell.exchange.mapping import Mapping
from directsell.exchange.suggestions import Suggestion, inspect_styles, suggest
from directsell.exchange.tables import open_table
from tests.exchange.samples import (
    GERMAN_PRICES,
    GOOGLE_CONTACTS,
    US_CUSTOMERS,
    odd_sales,
    refusal_code,
    workbook,
    write,
)


def suggested(tmp_path: Path, target: Target, content: str | bytes) -> Suggestion:
    return suggest(target, open_table(write(tmp_path / "file", content)))


def fields(suggestion: Suggestion) -> dict[int, str]:
    return {item.column: item.field for item in suggestion.mapping.assignments}


SALES_HEADERS = {
    "en": "Invoice No,SKU,Description,Qty,Date,Unit Price,Customer ID,Country",
    "de": "Rechnungs-Nr.,Artikelnummer,Bezeichnung,Menge,Rechnungsdatum,Einzelpreis,Kundennummer,Land",
    "fr": "N° facture,Référence,Désignation,Quantité,Date de facture,Prix unitaire,N° client,Pays",
    "es": "Número de factura,Código,Descripción,Cantidad,Fecha,Precio unitario,Código cliente,País",
    "it": "Numero fattura,Codice articolo,Descrizione,Quantità,Data,Prezzo unitario,Codice cliente,Paese",
    "pl": "Nr faktury,Kod towaru,Nazwa towaru,Ilość,Data sprzedaży,Cena jednostkowa,Nr klienta,Kraj",
}
PEOPLE_HEADERS = {
    "en": "First Name,Last Name,Company,Mobile,E-mail,Street,Zip,City,Birthday,Notes",
    "de": "Vorname,Nachname,Firma,Handy,E-Mail,Straße,PLZ,Ort,Geburtstag,Notizen",
    "fr": "Prénom,Nom,Société,Portable,Courriel,Rue,Code postal,Ville,Date de naissance,Remarques",
    "es": "Nombre,Apellidos,Empresa,Móvil,Correo electrónico,Calle,Código postal,Ciudad,Fecha de nacimiento,Notas",
    "it": "Nome,Cognome,Azienda,Cellulare,E-mail,Via,CAP,Città,Data di nascita,Osservazioni",
    "pl": "Imię,Nazwisko,Firma,Komórka,Adres e-mail,Ulica,Kod pocztowy,Miasto,Data urodzenia,Uwagi",
}
PRODUCT_HEADERS = {
    "en": "Item Code,Product Name,EAN,Brand,Category,Unit,Retail Price,Wholesale Price,VAT Rate,Weight",
    "de": "Artikel-Nr.,Bezeichnung,EAN,Marke,Warengruppe,Einheit,Verkaufspreis,Einkaufspreis,MwSt-Satz,Gewicht",
    "fr": "Code article,Désignation,Code-barres,Marque,Famille,Unité,Prix de vente,Prix d'achat,Taux TVA,Poids",
    "es": "Código,Nombre,Código de barras,Marca,Categoría,Unidad,Precio de venta,Precio de compra,Tipo de IVA,Peso",
    "it": "Codice,Nome,Codice a barre,Marca,Categoria,Unità,Prezzo di vendita,Prezzo di acquisto,Aliquota IVA,Peso",
    "pl": "Indeks,Nazwa,Kod kreskowy,Marka,Kategoria,Jednostka,Cena sprzedaży,Cena zakupu,Stawka VAT,Waga",
}


@pytest.mark.parametrize("language", list(SALES_HEADERS))
def test_sales_in_six_languages(tmp_path: Path, language: str) -> None:
    rows = "\n536365,85123A,LANTERN,6,13/12/2025,2.55,17850,France\nC536379,D,Discount,-1,14/12/2025,27.5,,Eire\n"
    suggestion = suggested(tmp_path, "sales", SALES_HEADERS[language] + rows)
    assert list(fields(suggestion).values()) == [
        "number", "code", "description", "quantity", "date", "unit_price", "customer_id", "country",
    ]  # fmt: skip
    assert min(suggestion.confidence.values()) > 0.9
    assert suggestion.questions == ()


@pytest.mark.parametrize("language", list(PEOPLE_HEADERS))
def test_people_in_six_languages(tmp_path: Path, language: str) -> None:
    rows = "\nAnn,Lee,Casa Verde,+1 555 010 2222,ann@example.org,1 Pine Rd,89501,Reno,1985-04-12,Likes red\n"
    assert list(fields(suggested(tmp_path, "people", PEOPLE_HEADERS[language] + rows)).values()) == [
        "first_name", "last_name", "company", "phone_mobile", "email", "street", "postcode", "city", "birthday", "note",
    ]  # fmt: skip


@pytest.mark.parametrize("language", list(PRODUCT_HEADERS))
def test_products_in_six_languages(tmp_path: Path, language: str) -> None:
    rows = "\nFB-11,Box,4006381333931,Casa Verde,Boxes,pcs,24.90,18.92,19 %,450\n"
    assert list(fields(suggested(tmp_path, "products", PRODUCT_HEADERS[language] + rows)).values()) == [
        "code", "name", "barcode", "brand", "category", "unit", "price", "wholesale_price", "tax_rate", "weight",
    ]  # fmt: skip


def test_the_real_shape(tmp_path: Path) -> None:
    suggestion = suggested(tmp_path, "sales", odd_sales(200)[0])
    assert len(suggestion.mapping.assignments) == 8
    assert {item.field: item.style for item in suggestion.mapping.assignments if item.style} == {
        "date": "YMD",
        "unit_price": ".",
    }
    assert suggestion.questions == ()
    assert suggestion.mapping.missing() == ()


def test_address_books(tmp_path: Path) -> None:
    found = fields(suggested(tmp_path, "people", GOOGLE_CONTACTS))
    assert found == {
        0: "first_name", 1: "middle_name", 2: "last_name", 3: "birthday", 4: "note", 5: "tags", 7: "email", 9: "phone",
        11: "phone", 13: "street", 14: "city", 15: "postcode", 16: "country", 17: "company",
    }  # fmt: skip
    american = fields(suggested(tmp_path, "people", US_CUSTOMERS))
    assert list(american.values()) == [
        "first_name", "last_name", "company", "email", "phone_mobile", "street", "city", "region", "postcode",
        "birthday", "tags", "lead_source", "note",
    ]  # fmt: skip


def test_a_german_price_list(tmp_path: Path) -> None:
    suggestion = suggested(tmp_path, "products", GERMAN_PRICES)
    assert fields(suggestion)[8] == "weight"
    styles = {item.field: item.style for item in suggestion.mapping.assignments}
    assert (styles["price"], styles["wholesale_price"]) == (",", ",")
    # "450" and "1.250" do not tell: the user is asked, with the mark of the other columns as the proposal.
    (question,) = suggestion.questions
    assert (question.field, question.kind, question.suggested, question.examples) == (
        "weight", "decimal_mark", ",", ("1.250",),
    )  # fmt: skip
    answered = suggestion.mapping.with_style(question.column, ",")
    assert [item.field for item in answered.assignments] == [item.field for item in suggestion.mapping.assignments]


def test_dates_that_do_not_tell_are_asked(tmp_path: Path) -> None:
    text = "Order No,Date,Price\n1,03/04/2026,1.50\n2,05/06/2026,2.50\n"
    (question,) = suggested(tmp_path, "sales", text).questions
    assert (question.kind, question.choices, question.header) == ("date_order", ("DMY", "MDY"), "Date")
    assert question.examples == ("03/04/2026", "05/06/2026")


def test_contents_speak_against_a_header(tmp_path: Path) -> None:
    text = "Date,Total,Price,Email\nMonday,many,1.50,nobody\nFriday,few,2.50,somebody\n"
    assert "date" not in fields(suggested(tmp_path, "sales", text)).values()
    assert fields(suggested(tmp_path, "sales", text))[2] == "unit_price"


def test_without_header_contents_speak(tmp_path: Path) -> None:
    text = "Ann Lee,ann@example.org,+1 555 010 2222\nBob Roe,bob@example.org,+1 555 010 3333\n"
    found = fields(suggested(tmp_path, "people", text))
    assert (found[1], found[2]) == ("email", "phone")


def test_typed_cells_need_no_answer(tmp_path: Path) -> None:
    from datetime import date

    def rows(page: object) -> None:
        page.append(["Order No", "Date", "Price"])  # type: ignore[attr-defined]
        page.append(["1", date(2026, 4, 3), 1.234])  # type: ignore[attr-defined]

    suggestion = suggested(tmp_path, "sales", workbook(rows))
    assert suggestion.questions == ()
    assert suggestion.mapping.missing() == ()


def test_the_user_overrides(tmp_path: Path) -> None:
    table = open_table(write(tmp_path / "a", "Preis;Alt;Neu\nPan;1,50;2,50\nPot;3,00;4,00\n"))
    suggestion = suggest("products", table)
    mapping = suggestion.mapping.assign("name", 0, header="Preis").assign("price", 2, header="Neu")
    assert {item.field: item.column for item in mapping.assignments} == {"name": 0, "price": 2}
    mapping, questions = inspect_styles(mapping, table, table.sample())
    assert mapping.of("price")[0].style == ","
    assert questions == ()
    assert mapping.without(2).column("price") is None


def test_a_field_moves_but_repeatable_ones_gather() -> None:
    mapping = Mapping("people").assign("city", 1).assign("city", 2).assign("phone", 3).assign("phone", 4)
    assert [(item.field, item.column) for item in mapping.assignments] == [("city", 2), ("phone", 3), ("phone", 4)]


def test_what_is_missing() -> None:
    assert Mapping("sales").missing() == (("date",), ("unit_price", "line_total"))
    assert Mapping("sales").with_default("date", "2026-01-01").assign("line_total", 0).missing() == ()
    assert Mapping("products").assign("name", 3).missing() == ()


def test_a_mapping_fits_the_next_file_by_names() -> None:
    mapping = Mapping("people").assign("city", 5, header="Ort").assign("email", 1, header="E-Mail")
    fitted = mapping.fitted(["e-mail", "x", "ORT"], 3)
    assert {item.field: item.column for item in fitted.assignments} == {"email": 0, "city": 2}
    assert refusal_code(mapping.fitted, ["x", "y"], 2) == "mapping.does_not_fit"
    assert refusal_code(Mapping("people").assign("city", 5).fitted, [], 3) == "mapping.does_not_fit"


@pytest.mark.parametrize(
    ("field", "column", "style"),
    [("nothing", 0, ""), ("city", 200, ""), ("city", -1, ""), ("city", 0, ","), ("birthday", 0, ".")],
)
def test_impossible_assignments_are_refused(field: str, column: int, style: str) -> None:
    assert refusal_code(Mapping("people").assign, field, column, style=style).startswith("mapping.unknown")
    assert refusal_code(Mapping("people").with_style, 3, "") == "mapping.unknown_column"
    assert refusal_code(Mapping("people").with_default, "nothing", "x") == "mapping.unknown_field"


@given(st.data())
def test_a_mapping_is_remembered(data: st.DataObject) -> None:
    target: Target = data.draw(st.sampled_from(["sales", "people", "products"]))
    mapping = Mapping(target)
    for field in data.draw(st.lists(st.sampled_from(list(FIELDS[target])), max_size=8)):
        mapping = mapping.assign(field, data.draw(st.integers(0, 199)), header=data.draw(st.text(max_size=9)))
        mapping = mapping.with_default(field, data.draw(st.text(max_size=9)))
    assert Mapping.from_json(mapping.to_json()) == mapping


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", '{"version": 2, "target": "sales", "columns": [], "defaults": {}}',
        '{"version": 1, "target": "pets", "columns": [], "defaults": {}}',
        '{"version": 1, "target": "sales", "columns": [{}], "defaults": {}}',
        '{"version": 1, "target": "sales", "columns": {"a": 1}, "defaults": {}}',
        '{"version": 1, "target": "sales", "columns": [{"field": "date", "column": true}], "defaults": {}}',
        '{"version": 1, "target": "sales", "columns": [], "defaults": {"date": 1}}',
        '{"version": 1, "target": "sales", "columns": [], "defaults": {"nothing": "1"}}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_a_damaged_memory_is_said(text: str) -> None:
    assert refusal_code(Mapping.from_json, text) == "mapping.damaged"


def test_the_vocabulary_is_spelled_as_headers_are_read() -> None:
    for target, words in SYNONYMS.items():
        assert set(words) == set(FIELDS[target])
        for field, synonyms in words.items():
            assert [normalised(word) for word in synonyms] == list(synonyms), (target, field)
            assert len(set(synonyms)) == len(synonyms), (target, field)
