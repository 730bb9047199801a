"""Everything about one person in one file: whole, without the data of others, readable by programs and people."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from directsell.domain.errors import DomainError
from directsell.domain.invoicing import PaperKind
from directsell.domain.people import Channel
from directsell.domain.relations import AnswerKind, ProfileQuestion, RelationKind
from directsell.exchange.errors import ExchangeError
from directsell.exchange.vcards import read_vcards
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.merging import merge_people
from directsell.usecases.people import log_contact, record_consent
from directsell.usecases.person_export import suggested_name, write_person
from directsell.usecases.profiles import save_answers, save_question
from directsell.usecases.relations import add_wish, relate_people, set_referrer
from tests.fixtures.shops import Shop


def _read(shop: Shop, person_id: UUID, path: Path) -> tuple[dict[str, Any], zipfile.ZipFile]:
    shop.app.read(write_person, person_id, path)
    archive = zipfile.ZipFile(path)
    return json.loads(archive.read("person.json")), archive


def test_everything_about_a_person_and_nothing_about_others(shop: Shop, tmp_path: Path) -> None:
    app, anna, cem = shop.app, shop.person("Anna"), shop.person("Cem")
    order = shop.enter("Anna", ("CV-110", "2")).order.id
    paper = app.run(issue_paper, order, PaperKind.INVOICE)
    app.run(log_contact, anna, channel=Channel.CALL, text="=SUM(A1)")
    app.run(record_consent, anna, channel=Channel.EMAIL, given=True, wording="May I?")
    app.run(add_wish, anna, shop.product("CV-204").id, "in blue")
    question = ProfileQuestion(id=shop.ids.new(), label="Skin", kind=AnswerKind.TEXT)
    app.run(save_question, question)
    app.run(save_answers, anna, {question.id: "dry"})
    app.run(relate_people, anna, cem, RelationKind.NEIGHBOUR, "upstairs")
    app.run(set_referrer, anna, cem)
    told, archive = _read(shop, anna, tmp_path / "anna.zip")
    assert told["person"]["given"] == "Anna"
    assert told["sales_order"][0]["lines"][0]["quantity"] == "2"
    assert told["issued_paper"][0]["number"] == paper.number
    assert told["consent"][0]["wording"] == "May I?"
    assert told["wish"][0]["note"] == "in blue"
    assert told["profile_answer"][0]["question"] == "Skin"
    assert told["relation"][0]["kind"] == "neighbour"
    assert "Cem" not in archive.read("person.json").decode()
    assert str(cem) not in archive.read("person.json").decode()
    assert archive.read(f"papers/{paper.number}.pdf") == app.read(lambda reader: reader.file(paper.sha256))
    table = list(csv.reader(io.StringIO(archive.read("what-happened.csv").decode("utf-8-sig"))))
    assert ["Contact", "'=SUM(A1)"] in [row[1:3] for row in table]  # a spreadsheet must not run it
    (tmp_path / "person.vcf").write_bytes(archive.read("person.vcf"))
    assert [card.first_name for card in read_vcards(tmp_path / "person.vcf").people] == ["Anna"]


def test_merged_records_are_told_as_one(shop: Shop, tmp_path: Path) -> None:
    anna, double = shop.person("Anna"), shop.person("A.")
    shop.app.run(record_consent, double, channel=Channel.CALL, given=True, wording="Yes")
    shop.app.run(merge_people, anna, double)
    told, _archive = _read(shop, double, tmp_path / "anna.zip")
    assert (told["person"]["given"], told["consent"][0]["wording"]) == ("Anna", "Yes")
    assert "person_merge" not in told


def test_what_cannot_be_written_leaves_nothing_behind(shop: Shop, tmp_path: Path) -> None:
    anna = shop.person("Anna")
    with pytest.raises(ExchangeError):
        shop.app.read(write_person, anna, tmp_path / "missing" / "anna.zip")
    with pytest.raises(DomainError, match="record.missing"):
        shop.app.read(write_person, shop.ids.new(), tmp_path / "anna.zip")
    assert not (tmp_path / "anna.zip").exists()
    assert shop.app.read(suggested_name, anna, shop.clock.today()) == "Anna-2026-02-13.zip"
