"""Files as real programs write them, with invented people and goods; built in code so that every byte is seen here."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from directsell.exchange.errors import ExchangeError

GERMAN_PRICES = (
    "Artikelnummer;Bezeichnung;EAN;Marke;Warengruppe;VK-Preis;EK-Preis;MwSt;Gewicht (g)\r\n"
    "FB-11;Frischebox groß;4006381333931;Küchenfee;Dosen;24,90;18,92;19 %;450\r\n"
    "SW-02;Schneidwunder;;Küchenfee;Messer;59,90;45,52;19 %;1.250\r\n"
    'SET-1;"Starter-Set; drei Teile";;Küchenfee;Sets;1.099,00;75,24;19 %;\r\n'
)

US_CUSTOMERS = (
    "First Name,Last Name,Company,Email,Mobile,Street Address,City,State,Zip,Birthday,Tags,Lead Source,Notes\n"
    'Dana,Ruiz,,dana@example.org,(555) 010-4477,"12 Elm St, Apt 3",Springfield,IL,62701,12/24/1980,"Host, VIP",Fair,'
    '"Likes ""red""\nknives"\n'
    "Amy,O'Neil,Casa Verde,amy@example.org,555-010-9090,7 Oak Ave,Dayton,OH,45402,02/03/1975,Guest,Friend,\n"
    ",,,,,,,,,,,,\n"
    "Beth,,,not an address,555-010-1111,,,,,02/29/1981,,,\n"
)

GOOGLE_CONTACTS = (
    "First Name,Middle Name,Last Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,"
    "Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City,"
    "Address 1 - Postal Code,Address 1 - Country,Organization Name\n"
    "Zoë,,Lindqvist, --04-12,,* myContacts ::: Hosts,* Home,zoe@example.org ::: z@example.org,Mobile,+46 70 555 01 02,"
    "Work,+46 8 555 01 00,Home,Storgatan 1,Växjö,352 30,Sverige,\n"
)

GOOGLE_CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë Lindqvist\r\nN:Lindqvist;Zoë;;;\r\n"
    "EMAIL;TYPE=INTERNET;TYPE=HOME:zoe@example.org\r\nTEL;TYPE=CELL:+46 70 555 01 02\r\n"
    "item1.TEL:+46 8 555 01 00\r\nitem1.X-ABLabel:Atelier\r\n"
    "ADR;TYPE=HOME:;;Storgatan 1;Växjö;;352 30;Sverige\r\nORG:Linden & Co;Sales\r\nTITLE:Owner\r\n"
    "BDAY:--0412\r\nNOTE:first line\\nsecond\\, with comma\\; and \\\\ backslash\r\n"
    "CATEGORIES:myContacts,Hosts,Spring 2026\r\nEND:VCARD\r\n"
)

APPLE_CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Phone OS 18.1//EN\r\nN:Okafor;Ngozi;A.;Dr.;\r\nFN:Dr. Ngozi A. Okafor\r\n"
    "EMAIL;type=INTERNET;type=WORK;type=pref:ngozi@example.org\r\n"
    "item1.TEL;type=pref:+44 7700 900123\r\nitem1.X-ABLabel:_$!<Mobile>!$_\r\n"
    "TEL;type=HOME;type=FAX:+44 20 7946 0000\r\n"
    "item2.ADR;type=HOME;type=pref:;;Flat 2\\n10 High Street;Leeds;West Yorkshire;LS1 1AA;United Kingdom\r\n"
    "item2.X-ABADR:gb\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12\r\n"
    "item3.X-ABDATE;type=pref:2009-06-20\r\nitem3.X-ABLabel:_$!<Anniversary>!$_\r\n"
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/\r\n 2wBDAAIBAQEBAQIBAQEC\r\n"
    "NOTE:A long note that is folded by the phone in the middle of a wo\r\n rd, and goes on.\r\nEND:VCARD\r\n"
)

OUTLOOK_CARD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;LANGUAGE=de;CHARSET=Windows-1252:Müller;Jürgen;;Herr;\r\n"
    "FN;CHARSET=Windows-1252:Jürgen Müller\r\nORG;CHARSET=Windows-1252:Müller & Söhne;Vertrieb\r\n"
    "TEL;WORK;VOICE:+49 (30) 555-0100\r\nTEL;CELL;VOICE:0170 5550101\r\nTEL;WORK;FAX:+49 30 5550199\r\n"
    "ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Hauptstra=DFe 5=0D=0AHinterhaus;Berlin;;10115;Deutschland\r\n"
    "LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Hauptstra=DFe 5=0D=0A=\r\n10115 Berlin\r\n"
    "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:Zeile eins=0D=0AZeile zw=\r\nei\r\n"
    "EMAIL;PREF;INTERNET:juergen@example.org\r\nBDAY:19601131\r\n"
    "PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n /9j/4AAQSkZJRgABAQAAAQABAAD/\r\n 2wBDAAIBAQEBAQIBAQEC\r\n\r\n"
    "REV:20260101T101010Z\r\nEND:VCARD\r\n"
).replace("=DF", "=DF")

ANDROID_CARD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2=D0=B0;=D0=9E=D0=BB=D1=8C=D0=B3=D0=\r\n"
    "=B0;;;\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9E=D0=BB=D1=8C=D0=B3=D0=B0=20=\r\n"
    "=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2=D0=B0\r\n"
    "TEL;CELL;PREF:+7 900 555-01-02\r\nEMAIL;HOME:olga@example.org\r\n"
    "X-ANDROID-CUSTOM;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:vnd.android.cursor.item/nickname;=D0=9E=D0=BB=D1=8F;1;;;;;\r\n"
    "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1979-05-06;3;;;;;\r\n"
    "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIB\r\nAQEBAQIBAQEC\r\n\r\nEND:VCARD\r\n"
)

MODERN_CARD = (
    'BEGIN:VCARD\nVERSION:4.0\nKIND:individual\nFN:Ann Lee\nN:Lee;Ann;;;\nTEL;VALUE=uri;TYPE="cell,home";PREF=1:'
    "tel:+1-555-010-2222;ext=12\nEMAIL;TYPE=work:mailto:ann@example.org\n"
    'ADR;TYPE=home;LABEL="1 Pine Rd, Unit 4":;;1 Pine Rd;Reno;NV;89501;USA\nBDAY:19850412\nANNIVERSARY:20091120\n'
    "LANG:fr\nPHOTO:data:image/png;base64,iVBORw0KGgo=\nUID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\nEND:VCARD\n"
)


def workbook(build: Callable[[Any], None], *, epoch_1904: bool = False) -> bytes:
    """Return the bytes of a workbook whose first sheet `build` fills."""
    book = openpyxl.Workbook()
    if epoch_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    build(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """Return a zip archive in which one member was added or replaced."""
    source, stream = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            if member != name:
                target.writestr(member, source.read(member))
        target.writestr(name, content)
    return stream.getvalue()


def odd_sales(lines: int = 500, seed: int = 7) -> tuple[str, dict[str, Any]]:
    """Return a sales file with everything that a shop's history holds, and the figures that must come out.

    Cancellations, adjustments, missing customers and descriptions, zero, negative and three-decimal prices, postage,
    bank charges and vouchers, quotation marks and commas in descriptions, repeated lines, one document whose lines are
    scattered, two times of day in one document, and a pound sign late in the file.
    """
    chance = random.Random(seed)
    goods = [
        ("85123A", "WHITE PAPER LANTERN", "2.55"),
        ("22423", 'CAKE STAND 7" ROUND', "12.75"),
        ("21034", "REX CARD,BIRTHDAY", "0.42"),
        ("84406b", "LINEN COAT HANGER ", "4.95"),
        ("23843", "PAPER CRAFT, LITTLE BIRDIE", "2.555"),
        ("POST", "POSTAGE", "18.0"),
        ("BANK CHARGES", "Bank Charges", "15.0"),
        ("M", "Manual", "0.19"),
        ("gift_0001_20", "Gift Voucher £20.00", "16.67"),
        ("37351", "", "0.0"),
    ]
    rows: list[tuple[str, ...]] = []
    figures: dict[str, Any] = {"documents": set(), "total": Decimal(0), "cancel_total": Decimal(0), "without": 0}
    number = 536365
    while len(rows) < lines:
        number += 1
        sign, prefix = 1, ""
        if number % 9 == 0:
            sign, prefix = -1, "C"
        elif number % 53 == 0:
            prefix = "A"
        customer = "" if number % 4 == 0 else f"{12346 + number % 50}.0"
        for place in range(chance.randint(1, 6)):
            code, name, price = chance.choice(goods[:8] if len(rows) < lines - 60 else goods)
            if prefix == "A":
                code, name, price = "B", "Adjust bad debt", "-11062.06"
            quantity = sign * chance.randint(1, 24)
            minute = 26 + (1 if number % 11 == 0 and place else 0)
            rows.append(
                (f"{prefix}{number}", code, name, str(quantity), f"2026-01-{number % 28 + 1:02d} 08:{minute}:00", price,
                 customer, "United Kingdom")
            )  # fmt: skip
    rows = rows[: lines - 2]
    rows += [rows[10], rows[20]]  # scattered lines of earlier documents, equal to lines that they have already
    for row in rows:
        amount = int(row[3]) * Decimal(row[5])
        figures["documents"].add(row[0])
        figures["total"] += amount
        figures["cancel_total"] += amount if row[0].startswith("C") else 0
        figures["without"] += not row[6]
    stream = io.StringIO()
    stream.write("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n")
    for row in rows:
        stream.write(
            ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' if set(cell) & set(',"') else cell for cell in row)
        )
        stream.write("\n")
    return stream.getvalue(), figures


def wall(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, micro: int = 0) -> datetime:
    """Return a moment without a zone, as files have them."""
    return datetime(year, month, day, hour, minute, second, micro)  # noqa: DTZ001


def refusal_code(call: Callable[..., object], *args: Any, **choices: Any) -> str:
    """Return the code with which a call refuses its arguments, "" when it takes them; other exceptions pass."""
    try:
        call(*args, **choices)
    except ExchangeError as error:
        return error.code
    return ""


def write(path: Path, content: bytes | str, encoding: str = "utf-8") -> Path:
    """Write a sample and return its path."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path
