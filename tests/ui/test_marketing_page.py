"""The Marketing page through its widgets: segments that count while they are edited, campaigns, templates, writing to people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.contact_choices import Channel
from directsell.domain.marketing import Campaign, CampaignCost, CampaignFile, CampaignState, Segment, Template
from directsell.domain.message_ways import Obstacle, Way
from directsell.domain.people import Address, ContactEntry, Person, ReachKind, ReachPoint
from directsell.domain.records import Record
from directsell.domain.segments import EVERYBODY, Goods, Group, Rule, RuleKind, parse_rules
from directsell.ui import opening
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.pages.marketing import MarketingPage
from directsell.ui.widgets.paper_dialog import PaperDialog
from directsell.ui.widgets.writing import WriteSheet
from directsell.usecases.marketing import add_sample_templates, save_campaign, save_segment, save_template
from directsell.usecases.people import PersonForm, record_consent, save_person
from tests.ui.counter import Counter


class Opener:
    """Keeps what would have been opened."""

    def __init__(self) -> None:
        self.links: list[str] = []
        self.files: list[Path] = []
        self.copied: list[str] = []
        self.works = True

    def link(self, url: str) -> bool:
        self.links.append(url)
        return self.works

    def file(self, path: Path) -> bool:
        self.files.append(path)
        return self.works

    def copy(self, text: str) -> None:
        self.copied.append(text)


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    before = opening.use(made)
    yield made
    opening.use(before)


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path, scripted: ScriptedDialogs) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def page(counter: Counter) -> MarketingPage:
    for name in ("Amy", "Beth", "Carla"):
        person(counter, name)
    counter.shop.enter("Amy", ("CV-110", "2"))
    counter.session.navigation.go("marketing")
    return counter.show(MarketingPage(counter.session))


def person(
    counter: Counter, name: str, *, consent: bool = True, address: bool = True, mobile: str = "505 555 0199"
) -> UUID:
    """Add somebody who can be reached in every way."""
    shop = counter.shop
    who = Person(id=shop.ids.new(), given=name, created_at=shop.clock.now())
    reach = [ReachPoint(id=shop.ids.new(), person_id=who.id, kind=ReachKind.EMAIL, value=f"{name.lower()}@example.com")]
    reach.append(ReachPoint(id=shop.ids.new(), person_id=who.id, kind=ReachKind.MOBILE, value=mobile))
    homes = (Address(id=shop.ids.new(), person_id=who.id, street="1 Lane", postcode="87501", city="Santa Fe"),)
    shop.app.run(save_person, PersonForm(person=who, reach=tuple(reach), addresses=homes if address else ()))
    shop.people[name] = who.id
    for channel in (Channel.EMAIL, Channel.MESSAGE):
        if consent:
            shop.app.run(record_consent, who.id, channel=channel, given=True, wording="May I write?")
    return who.id


def all_of(counter: Counter, kind: type[Any]) -> list[Any]:
    found: list[Record] = counter.shop.app.read(lambda reader: reader.find(kind))
    return found


def tab(counter: Counter, page: MarketingPage, key: str) -> None:
    page.tabs.set_value(key)
    page.tabs.chosen.emit(key)
    counter.settle()


def wait_count(counter: Counter, page: MarketingPage, words: str) -> None:
    counter.qtbot.waitUntil(lambda: page.segments.sheet.found.text().startswith(words), timeout=5000)


# --- segments


def test_a_segment_counts_while_it_is_edited_and_is_saved(counter: Counter, page: MarketingPage) -> None:
    tab(counter, page, "segments")
    page.new_button.click()
    sheet = page.segments.sheet
    wait_count(counter, page, "1 person: Amy")
    row = sheet.rules.rows()[0]
    row.goods.set_value(Goods.PRODUCT)
    row.goods.changed.emit()
    assert row.subject is not None
    QTest.keyClicks(row.subject, "peel")
    QTest.keyClick(row.subject, Qt.Key.Key_Return)
    assert sheet.words.text() == "bought Peeler"
    row.negated.click()
    wait_count(counter, page, "2 people: Beth, Carla")
    assert sheet.words.text() == "never bought Peeler"
    row.days.setFocus()
    QTest.keyClicks(row.days, "90")
    assert sheet.words.text() == "did not buy Peeler in the last 90 days"
    sheet.rules.add_rule_button.click()
    second = sheet.rules.rows()[1]
    second.kind.set_value(RuleKind.TAG)
    second.kind.changed.emit()
    counter.qtbot.waitUntil(lambda: "complete" in sheet.found.text(), timeout=5000)
    QTest.keyClicks(sheet.name, "No peeler")
    sheet.save_button.click()
    counter.settle()
    assert not sheet.isHidden()
    assert "Rule 2" in second._error.text()
    second.remove.click()
    sheet.save_button.click()
    counter.settle()
    assert sheet.isHidden()
    (stored,) = all_of(counter, Segment)
    assert stored.name == "No peeler"
    assert parse_rules(stored.rules).rules[0].days == 90
    assert page.segments.detail.name.text() == "No peeler"
    assert page.segments.count.text() == "2 people"
    counter.session.undo()
    counter.settle()
    assert all_of(counter, Segment) == []


def test_groups_inside_groups_and_suggestions(counter: Counter, page: MarketingPage) -> None:
    tab(counter, page, "segments")
    action = next(a for a in page.segments.ideas().actions() if "three" in a.text().lower())
    action.trigger()
    sheet = page.segments.sheet
    assert sheet.name.value() == "Three orders or more"
    sheet.rules.add_group_button.click()
    inner = sheet.rules.value().groups[0]
    assert inner.rules == (Rule(kind=RuleKind.BOUGHT),)
    assert sheet.words.text() == "ordered 3 times or more, (bought anything)"
    sheet.save_button.click()
    counter.settle()
    (stored,) = all_of(counter, Segment)
    assert len(parse_rules(stored.rules).groups) == 1


def test_a_live_segment_follows_the_data_and_one_in_use_is_not_deleted(counter: Counter, page: MarketingPage) -> None:
    key = counter.shop.ids.new()
    counter.shop.app.run(save_segment, key, name="Buyers", group=Group(rules=(Rule(kind=RuleKind.BOUGHT),)))
    campaign = Campaign(id=counter.shop.ids.new(), name="Spring", starts_on=counter.shop.clock.today(), segment_id=key,
                        created_at=counter.shop.clock.now())  # fmt: skip
    counter.shop.app.run(save_campaign, campaign, [])
    counter.settle()
    tab(counter, page, "segments")
    counter.settle()
    assert page.segments.count.text() == "1 person"
    counter.shop.enter("Beth", ("CV-110", "1"))
    counter.settle()
    assert page.segments.count.text() == "2 people"
    page.segments.delete()
    counter.settle()
    assert counter.complained == ["“Spring” uses this segment. Choose another one there first."]


# --- campaigns


def test_a_campaign_with_costs_files_and_what_it_brought(
    counter: Counter, page: MarketingPage, scripted: ScriptedDialogs, opener: Opener, tmp_path: Path
) -> None:
    page.new_button.click()
    sheet = page.campaigns.sheet
    QTest.keyClicks(sheet.name, "Spring")
    sheet.state.set_value(CampaignState.RUNNING)
    row: Any = sheet.costs.add_row()
    QTest.keyClicks(row.label, "Flyers")
    QTest.keyClicks(row.amount, "10")
    sheet.save_button.click()
    counter.settle()
    (campaign,) = all_of(counter, Campaign)
    (cost,) = all_of(counter, CampaignCost)
    assert (cost.label, cost.amount, campaign.state) == ("Flyers", 1000, CampaignState.RUNNING)
    with counter.shop.app.store.write("test") as work:
        work.update(Person, counter.shop.people["Amy"], campaign_id=campaign.id)
    counter.settle()
    view = page.campaigns
    assert view.tiles["leads"]._value == "1"
    assert view.tiles["orders"]._value == "1"
    assert view.tiles["cost_per_lead"]._value == "$10.00"
    flyer = tmp_path / "flyer.pdf"
    flyer.write_bytes(b"%PDF-1.7 flyer")
    scripted.answer(flyer)
    view.files.add_button.click()
    counter.settle()
    (file,) = all_of(counter, CampaignFile)
    assert (file.name, file.mime) == ("flyer.pdf", "application/pdf")
    view.files.file_buttons[0].click()
    assert opener.files[0].read_bytes() == b"%PDF-1.7 flyer"
    text = tmp_path / "page.pdf"
    text.write_bytes(b"<html>")
    scripted.answer(text)
    view.files.add_button.click()
    counter.settle()
    assert counter.complained == ["“page.pdf” is no PDF and no picture."]
    counter.session.undo()
    counter.settle()
    assert view.files.file_buttons == []


# --- templates


def test_sample_texts_come_with_one_click_and_only_once(counter: Counter, page: MarketingPage) -> None:
    tab(counter, page, "templates")
    page.templates.add_samples()
    counter.settle()
    count = len(all_of(counter, Template))
    assert count == len(page.templates.listing.rows()) > 5
    page.templates.add_samples()
    counter.settle()
    assert len(all_of(counter, Template)) == count
    assert counter.said[-1] == "All sample texts are here already."


def test_an_unknown_field_is_said_while_it_is_typed(counter: Counter, page: MarketingPage) -> None:
    tab(counter, page, "templates")
    page.new_button.click()
    sheet = page.templates.sheet
    QTest.keyClicks(sheet.name, "Hello")
    QTest.keyClicks(sheet.body_text.edit, "Hello {gven}")
    assert sheet.fields["body"].error() == "“gven” is not a field. Did you mean “given”?"
    sheet.save_button.click()
    counter.settle()
    assert all_of(counter, Template) == []
    sheet.body_text.set_value("Hello {given}, {amount_owed} and {braces in text}")
    sheet.body_text.edit.changed.emit()
    assert sheet.fields["body"].error() == ""
    sheet.preview.picker.set_person(counter.shop.people["Beth"])
    sheet.preview.show_text("", sheet.body_text.value())
    assert sheet.preview.words.text() == "Hello Beth,  and {braces in text}"
    assert "Amount owed" in sheet.preview.missing.text()
    sheet.save_button.click()
    counter.settle()
    assert [template.name for template in all_of(counter, Template)] == ["Hello"]


# --- writing


def compose(counter: Counter, page: MarketingPage, people: list[UUID], way: Way, text: str) -> WriteSheet:
    page.writing.write_people(people, title="Everybody", way=way)
    counter.settle()
    page.writing.compose.text.set_value(text)
    page.writing.compose.text.edit.changed.emit()
    counter.settle()
    return page.writing


def test_one_after_another_by_mail_and_each_is_noted(counter: Counter, page: MarketingPage, opener: Opener) -> None:
    people = counter.shop.people
    sheet = compose(counter, page, [people["Amy"], people["Beth"]], Way.MAIL, "Hello {given},\nbye")
    assert sheet.compose.preview_text.text() == "Hello Amy,\nbye"
    sheet.go.click()
    assert sheet._title.text() == "1 of 2"
    assert opener.links == []
    sheet.steps.open_button.click()
    assert opener.links == ["mailto:amy@example.com?subject=&body=Hello%20Amy%2C%0D%0Abye"]
    assert all_of(counter, ContactEntry) == []
    sheet.steps.yes.click()
    counter.settle()
    assert sheet._title.text() == "2 of 2"
    (entry,) = all_of(counter, ContactEntry)
    assert (entry.person_id, entry.channel, entry.text) == (people["Amy"], Channel.EMAIL, "Hello Amy,\nbye")
    sheet.steps.open_button.click()
    sheet.steps.no.click()
    sheet.steps.skip.click()
    counter.settle()
    assert sheet.done.text() == "1 person was written to. 1 was skipped."
    counter.session.undo()
    counter.settle()
    assert all_of(counter, ContactEntry) == []


def test_without_consent_nobody_is_written_to_but_by_post(counter: Counter, page: MarketingPage) -> None:
    dee = person(counter, "Dee", consent=False)
    amy = counter.shop.people["Amy"]
    counter.shop.app.run(record_consent, amy, channel=Channel.EMAIL, given=False, wording="Stop")
    sheet = compose(counter, page, [amy, counter.shop.people["Beth"], dee], Way.MAIL, "Hello")
    assert [one.name for one in sheet.compose.reachable] == ["Beth"]
    assert {(one.name, why) for one, why in sheet.compose.left_out} == {
        ("Amy", Obstacle.WITHDRAWN),
        ("Dee", Obstacle.NO_CONSENT),
    }
    assert "Dee: no consent" in sheet.compose.refused.text()
    for way, count in ((Way.SMS, 2), (Way.CLIPBOARD, 0), (Way.LETTER, 3)):
        sheet.compose.way.set_value(way)
        sheet.compose.way.changed.emit()
        assert len(sheet.compose.reachable) == count
        assert sheet.go.isEnabled() is bool(count)


def test_messages_go_to_international_numbers_and_long_ones_by_the_clipboard(
    counter: Counter, page: MarketingPage, opener: Opener
) -> None:
    people = counter.shop.people
    sheet = compose(counter, page, [people["Amy"]], Way.WHATSAPP, "Hi & bye")
    sheet.go.click()
    sheet.steps.open_button.click()
    assert opener.links == ["https://wa.me/15055550199?text=Hi%20%26%20bye"]
    sheet.steps.yes.click()
    counter.settle()
    assert sheet.isHidden()
    sheet = compose(counter, page, [people["Beth"]], Way.MAIL, "x" * 3000)
    sheet.go.click()
    sheet.steps.open_button.click()
    assert opener.links[-1] == "mailto:beth@example.com?subject="
    assert opener.copied == ["x" * 3000]
    assert "clipboard" in sheet.steps.hint.text()
    sheet.close_sheet()


def test_a_program_that_is_missing_is_told_and_nothing_is_noted(
    counter: Counter, page: MarketingPage, opener: Opener, scripted: ScriptedDialogs
) -> None:
    opener.works = False
    sheet = compose(counter, page, [counter.shop.people["Amy"]], Way.SMS, "Hi")
    sheet.go.click()
    scripted.answer(None)
    sheet.steps.open_button.click()
    assert not sheet.steps.yes.isVisible()
    sheet.close_sheet()


def test_writing_to_a_campaign_goes_on_where_it_stopped(counter: Counter, page: MarketingPage, opener: Opener) -> None:
    shop = counter.shop
    shop.app.run(add_sample_templates, "en_US")
    key = shop.ids.new()
    shop.app.run(save_segment, key, name="All", group=EVERYBODY)
    campaign = Campaign(
        id=shop.ids.new(), name="Spring", starts_on=shop.clock.today(), segment_id=key, created_at=shop.clock.now()
    )
    shop.app.run(save_campaign, campaign, [])
    counter.settle()
    page.campaigns.open_record(campaign.id)
    counter.settle()
    page.campaigns.write_button.click()
    counter.settle()
    sheet = page.writing
    template = next(t for t in all_of(counter, Template) if t.name == "News and offers")
    sheet.compose.template.set_value(template.id)
    sheet.compose.template.changed.emit()
    counter.settle()
    assert len(sheet.compose.reachable) == 3
    sheet.go.click()
    sheet.steps.open_button.click()
    sheet.steps.yes.click()
    counter.settle()
    (entry,) = all_of(counter, ContactEntry)
    assert (entry.campaign_id, entry.template_id) == (campaign.id, template.id)
    sheet.close_sheet()
    page.campaigns.write_button.click()
    counter.settle()
    assert len(sheet.compose.reachable) == 2
    assert [why for _one, why in sheet.compose.left_out] == [Obstacle.DONE_BEFORE]
    sheet.close_sheet()
    assert page.campaigns.tiles["contacts"]._value == "1"


def test_everybody_gets_a_template_in_their_language(counter: Counter, page: MarketingPage) -> None:
    shop = counter.shop
    beth = shop.people["Beth"]
    with shop.app.store.write("test") as work:
        work.update(Person, beth, language="de_DE")
    ids = {}
    for code, body in (("en", "Hello {given}"), ("de", "Hallo {vorname}")):
        ids[code] = shop.ids.new()
        new = Template(
            id=ids[code], name="Hi", channel=Channel.EMAIL, language=code, body=body, created_at=shop.clock.now()
        )
        shop.app.run(save_template, new)
    page.writing.write_people([shop.people["Amy"], beth], title="Two", way=Way.MAIL)
    counter.settle()
    sheet = page.writing
    sheet.compose.template.set_value(ids["en"])
    sheet.compose.template.changed.emit()
    counter.settle()
    assert sheet.compose.preview_text.text() == "Hello Amy"
    sheet.compose.after.click()
    assert sheet.compose.preview_text.text() == "Hallo Beth"
    assert sheet.compose.template_of(sheet.compose.reachable[1]) == ids["de"]
    sheet.close_sheet()


def shown_pdf(counter: Counter, page: MarketingPage) -> str:
    (dialog,) = page.window().findChildren(PaperDialog)
    counter.settle()
    leaf = dialog.leaf()
    assert leaf is not None
    document = pypdfium2.PdfDocument(leaf.data)
    text = "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    dialog.close()
    dialog.deleteLater()
    return text


def test_letters_are_shown_printed_and_noted_in_one_step(counter: Counter, page: MarketingPage) -> None:
    people = counter.shop.people
    sheet = compose(counter, page, [people["Amy"], people["Beth"]], Way.LETTER, "Dear {given},\n\nsee you.")
    sheet.go.click()
    counter.settle()
    text = shown_pdf(counter, page)
    assert "Dear Amy," in text
    assert "Dear Beth," in text
    assert "Santa Fe" in text
    assert all_of(counter, ContactEntry) == []
    sheet.yes.click()
    counter.settle()
    entries = all_of(counter, ContactEntry)
    assert {(e.person_id, e.channel, e.text) for e in entries} == {
        (people["Amy"], Channel.POST, "Dear Amy,\n\nsee you."),
        (people["Beth"], Channel.POST, "Dear Beth,\n\nsee you."),
    }
    counter.session.undo()
    counter.settle()
    assert all_of(counter, ContactEntry) == []


def test_labels_begin_where_the_sheet_is_free(counter: Counter, page: MarketingPage) -> None:
    page.writing.write_people(list(counter.shop.people.values()), title="All", way=Way.LABEL)
    counter.settle()
    sheet = page.writing
    sheet.compose.start.edit.setText("99")
    sheet.compose.start.edit.textEdited.emit("99")
    assert "30 labels" in sheet.compose.start_field.error()
    sheet.go.click()
    assert page.window().findChildren(PaperDialog) == []
    sheet.compose.start.edit.setText("2")
    sheet.compose.start.edit.textEdited.emit("2")
    sheet.go.click()
    counter.settle()
    text = shown_pdf(counter, page)
    assert text.count("Santa Fe") == 3
    sheet.no.click()
    sheet.close_sheet()
    assert all_of(counter, ContactEntry) == []


def test_what_is_typed_is_not_thrown_away_unasked(
    counter: Counter, page: MarketingPage, scripted: ScriptedDialogs
) -> None:
    sheet = compose(counter, page, [counter.shop.people["Amy"]], Way.MAIL, "Hello")
    scripted.answer(0)
    sheet.ask_close()
    assert not sheet.isHidden()
    scripted.answer(1)
    sheet.ask_close()
    assert sheet.isHidden()


def test_a_contact_within_thirty_days_counts_for_the_campaign(counter: Counter, page: MarketingPage) -> None:
    shop = counter.shop
    campaign = Campaign(id=shop.ids.new(), name="Calls", starts_on=shop.clock.today(), created_at=shop.clock.now())
    shop.app.run(save_campaign, campaign, [])
    with shop.app.store.write("test") as work:
        for name, days in (("Beth", 10), ("Carla", 40)):
            work.save(
                ContactEntry(id=work.new_id(), person_id=shop.people[name], at=work.now - timedelta(days=days),
                             channel=Channel.CALL, campaign_id=campaign.id)
            )  # fmt: skip
    for name in ("Beth", "Carla"):
        shop.enter(name, ("CV-402", "1"))
    counter.settle()
    page.campaigns.open_record(campaign.id)
    counter.settle()
    assert page.campaigns.tiles["orders"]._value == "1"
    assert page.campaigns.tiles["contacts"]._value == "2"
