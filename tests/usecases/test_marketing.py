"""Segments, campaigns, templates and messages as verbs: what is stored, what is refused, that undo takes all of it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from directsell.domain.campaign_results import CampaignResult
from directsell.domain.catalog import Brand
from directsell.domain.contact_choices import Channel
from directsell.domain.demos import Demo, wish_of
from directsell.domain.errors import DomainError
from directsell.domain.mailings import LabelKind
from directsell.domain.marketing import Campaign, CampaignCost, CampaignFile, CampaignState, Segment, Template
from directsell.domain.message_texts import TextField
from directsell.domain.message_ways import Obstacle, Way
from directsell.domain.orders import OrderState
from directsell.domain.people import Address, ContactEntry, Person, ReachKind, ReachPoint
from directsell.domain.segments import EVERYBODY
from directsell.store.queries.campaigns import campaign_card, campaigns, templates_for, written_in
from directsell.store.queries.messages import recipients
from directsell.usecases.catalog import save_brand
from directsell.usecases.mailings import labels_pdf, letters_pdf, make_labels, make_letters
from directsell.usecases.marketing import (
    add_campaign_file,
    add_sample_templates,
    delete_campaign,
    delete_segment,
    delete_template,
    remove_campaign_file,
    save_campaign,
    save_segment,
    save_template,
)
from directsell.usecases.messages import lacking, log_letters, log_message, obstacle, values_for, written_for
from directsell.usecases.people import PersonForm, record_consent, save_person
from tests.fixtures.shops import Shop, casa_verde


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = casa_verde(tmp_path / "book")
    yield made
    made.app.close()


def today(shop: Shop) -> date:
    return shop.clock.today()


def campaign(shop: Shop, name: str = "Spring", days_ago: int = 60, **changes: object) -> Campaign:
    made = Campaign(
        id=shop.ids.new(), name=name, starts_on=today(shop) - timedelta(days=days_ago), created_at=shop.clock.now()
    )
    return shop.app.run(save_campaign, replace(made, **changes), [])  # type: ignore[arg-type]


def win(shop: Shop, name: str, by: Campaign) -> None:
    key = shop.person(name)
    with shop.app.store.write("test") as work:
        work.update(Person, key, campaign_id=by.id)


def touch(shop: Shop, name: str, by: Campaign, days_ago: int) -> None:
    key = shop.person(name)
    with shop.app.store.write("test") as work:
        at = work.now - timedelta(days=days_ago)
        work.save(ContactEntry(id=work.new_id(), person_id=key, at=at, channel=Channel.CALL, campaign_id=by.id))


def result(shop: Shop, of: Campaign) -> CampaignResult:
    card = shop.app.read(campaign_card, of.id)
    assert card is not None
    return card.result


# --- what a campaign brought


def test_each_order_counts_once_by_the_last_contact_else_by_who_won_the_buyer(shop: Shop) -> None:
    spring, fair = campaign(shop), campaign(shop, "Fair")
    win(shop, "Amy", fair)
    touch(shop, "Amy", spring, 5)
    touch(shop, "Beth", spring, 31)
    shop.enter("Amy", ("CV-402", "1"))
    shop.enter("Beth", ("CV-402", "1"))
    assert (result(shop, spring).orders, result(shop, fair).orders) == (1, 0)
    shop.clock.advance(days=40)
    shop.enter("Amy", ("CV-110", "1"))
    assert (result(shop, spring).orders, result(shop, fair).orders) == (1, 1)
    assert result(shop, spring).leads == 0
    assert result(shop, fair).leads == 1


def test_revenue_share_cost_and_return(shop: Shop) -> None:
    brand = shop.app.read(lambda reader: reader.find(Brand))[0]
    spring = campaign(shop)
    win(shop, "Amy", spring)
    shop.enter("Amy", ("CV-402", "1"), ("CV-110", "2"))  # goods 59.00
    assert result(shop, spring).share is None  # the brand has no commission
    shop.app.run(save_brand, replace(brand, commission_ppm=250_000))
    cost = CampaignCost(id=shop.ids.new(), campaign_id=spring.id, label="Flyers", amount=500, currency="USD")
    foreign = CampaignCost(id=shop.ids.new(), campaign_id=spring.id, label="Stand", amount=900, currency="EUR")
    shop.app.run(save_campaign, spring, [cost, foreign])
    found = result(shop, spring)
    assert found.share == 850 + 625  # 34.00 and 25.00, a quarter each, rounded by line
    assert (found.cost, found.gain, found.cost_per_lead) == (500, 975, 500)
    assert found.return_ppm == 1_950_000
    assert found.revenue > 5900


def test_drafts_and_orders_from_before_do_not_count(shop: Shop) -> None:
    spring = campaign(shop, days_ago=-1)
    win(shop, "Amy", spring)
    shop.enter("Amy", ("CV-402", "1"))
    shop.enter("Amy", ("CV-402", "1"), state=OrderState.DRAFT)
    assert result(shop, spring).orders == 0


def test_demos_of_the_people_it_won(shop: Shop) -> None:
    spring = campaign(shop)
    win(shop, "Amy", spring)
    amy, beth = shop.person("Amy"), shop.person("Beth")
    with shop.app.store.write("test") as work:
        for host, days in ((amy, 3), (amy, -90), (beth, 3)):
            day = work.today + timedelta(days=days)
            work.save(Demo(id=work.new_id(), host_id=host, day=day, created_at=work.now))
    assert result(shop, spring).demos == 1


def test_campaigns_are_listed_running_first(shop: Shop) -> None:
    campaign(shop, "Old", state=CampaignState.FINISHED)
    campaign(shop, "Next")
    campaign(shop, "Now", state=CampaignState.RUNNING)
    assert [row.name for row in shop.app.read(campaigns)] == ["Now", "Next", "Old"]


# --- saving and deleting


def test_a_campaign_goes_with_its_costs_and_files_and_comes_back(shop: Shop) -> None:
    made = campaign(shop)
    file = shop.app.run(add_campaign_file, made.id, name="Flyer.PNG", content=b"\x89PNG\r\n\x1a\n...")
    assert (file.mime, file.position) == ("image/png", 1)
    shop.app.run(delete_campaign, made.id)
    assert shop.app.read(lambda reader: reader.find(CampaignFile)) == []
    assert shop.app.read(campaign_card, made.id) is None
    shop.app.undo()
    assert shop.app.read(lambda reader: reader.find(CampaignFile)) == [file]
    shop.app.run(remove_campaign_file, file.id)
    assert shop.app.read(lambda reader: reader.find(CampaignFile)) == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ", "campaign.file_kind"),
        ("a.pdf", b"<html>", "campaign.file_kind"),
        ("pdf", b"%PDF-", "campaign.file_kind"),
        ("a.png", b"%PDF-", "campaign.file_kind"),
        ("a.pdf", b"%PDF-" + b" " * 20_000_000, "campaign.file_large"),
    ],
)
def test_other_files_are_refused(shop: Shop, name: str, content: bytes, code: str) -> None:
    made = campaign(shop)
    with pytest.raises(DomainError) as caught:
        shop.app.run(add_campaign_file, made.id, name=name, content=content)
    assert caught.value.code == code


def test_a_segment_in_use_stays(shop: Shop) -> None:
    key = shop.ids.new()
    shop.app.run(save_segment, key, name=" All ", group=EVERYBODY)
    made = campaign(shop, segment_id=key)
    with pytest.raises(DomainError, match=r"segment\.in_use"):
        shop.app.run(delete_segment, key)
    shop.app.run(delete_campaign, made.id)
    shop.app.run(delete_segment, key)
    assert shop.app.read(lambda reader: reader.find(Segment)) == []
    shop.app.undo()
    assert [segment.name for segment in shop.app.read(lambda reader: reader.find(Segment))] == ["All"]


def test_templates_of_a_channel_begin_with_those_in_the_language(shop: Shop) -> None:
    shop.app.run(add_sample_templates, "en_US")
    shop.app.run(add_sample_templates, "de_AT")
    found = shop.app.read(templates_for, Channel.MESSAGE, "de_DE")
    assert [template.language for template in found] == ["de"] * 3 + ["en"] * 3
    changed = replace(found[0], body="Hallo {vorname}")
    shop.app.run(save_template, changed)
    assert shop.app.run(add_sample_templates, "de") == 0
    assert shop.app.read(lambda reader: reader.get(Template, changed.id)).body == "Hallo {vorname}"
    shop.app.run(delete_template, changed.id)
    with pytest.raises(DomainError, match=r"template\.field"):
        shop.app.run(save_template, replace(changed, body="{nonsense_at_all}"))


# --- messages


def reachable(shop: Shop, name: str, **changes: object) -> UUID:
    who = Person(id=shop.ids.new(), given=name, family="Stone", salutation="Ms.", created_at=shop.clock.now())
    person = replace(who, **changes)  # type: ignore[arg-type]
    reach = (
        ReachPoint(id=shop.ids.new(), person_id=who.id, kind=ReachKind.PHONE, value="505 555 0100"),
        ReachPoint(id=shop.ids.new(), person_id=who.id, kind=ReachKind.MOBILE, value="0664 1234567", position=1),
        ReachPoint(id=shop.ids.new(), person_id=who.id, kind=ReachKind.EMAIL, value="a@example.com", position=2),
    )
    home = Address(id=shop.ids.new(), person_id=who.id, street="Ring 1", postcode="1010", city="Wien", country="AT")
    shop.app.run(save_person, PersonForm(person=person, reach=reach, addresses=(home,)))
    shop.people[name] = who.id
    return who.id


def test_what_texts_can_say_about_somebody(shop: Shop) -> None:
    amy = reachable(shop, "Amy", language="de_AT")
    shop.enter("Amy", ("CV-110", "1"), ("CV-777", "1"))
    with shop.app.store.write("test") as work:
        work.save(wish_of(amy, shop.product("CV-315").id))
        work.save(Demo(id=work.new_id(), host_id=amy, day=date(2026, 3, 20), city="Graz", created_at=work.now))
    values = shop.app.read(values_for, amy, today(shop))
    assert values[TextField.NAME] == "Amy Stone"
    assert values[TextField.SALUTATION] == "Ms."
    assert values[TextField.CITY] == "Wien"
    assert values[TextField.LAST_PRODUCT] == "Serving Board"
    assert values[TextField.LAST_ORDER_DATE] == "13. Februar 2026"
    assert values[TextField.WISH] == "Stoneware Pan"
    assert values[TextField.DEMO_DATE] == "20. März 2026"
    assert values[TextField.DEMO_PLACE] == "Graz"
    assert values[TextField.AMOUNT_OWED].startswith("$")
    assert values[TextField.DEMO_TIME] == ""
    head, text = shop.app.read(written_for, amy, "An {vorname}", "Um {uhrzeit}: {braces}", today(shop))
    assert (head.text, text.text, text.missing) == ("An Amy", "Um : {braces}", (TextField.DEMO_TIME,))
    assert shop.app.read(lacking, [amy], "{wish} {demo_time}", today(shop)) == [("Amy Stone", (TextField.DEMO_TIME,))]
    assert shop.app.read(values_for, UUID(int=1), today(shop)) == {}


def test_obstacles_and_numbers(shop: Shop) -> None:
    amy = reachable(shop, "Amy")
    beth = shop.person("Beth")
    found = shop.app.read(recipients, [beth, amy, UUID(int=3)])
    assert [one.name for one in found] == ["Beth", "Amy Stone"]
    assert (found[1].number, found[1].country, found[1].has_address) == ("0664 1234567", "AT", True)
    assert obstacle(found[1], Way.WHATSAPP, Channel.MESSAGE, "US") is Obstacle.NO_CONSENT
    shop.app.run(record_consent, amy, channel=Channel.MESSAGE, given=True, wording="Yes")
    shop.app.run(record_consent, beth, channel=Channel.MESSAGE, given=True, wording="Yes")
    found = shop.app.read(recipients, [beth, amy])
    assert obstacle(found[1], Way.WHATSAPP, Channel.MESSAGE, "US") is None
    assert obstacle(found[0], Way.SMS, Channel.MESSAGE, "US") is Obstacle.NO_NUMBER
    assert obstacle(found[0], Way.LETTER, Channel.POST, "US") is Obstacle.NO_ADDRESS
    shop.app.undo()
    assert obstacle(shop.app.read(recipients, [beth])[0], Way.SMS, Channel.MESSAGE, "US") is Obstacle.NO_CONSENT


def test_what_was_sent_is_noted_with_campaign_and_template_and_undone_in_one_step(shop: Shop) -> None:
    amy = reachable(shop, "Amy")
    made = campaign(shop)
    with pytest.raises(DomainError, match=r"message\.consent"):
        shop.app.run(log_message, amy, channel=Channel.EMAIL, text="Hello")
    shop.app.run(record_consent, amy, channel=Channel.EMAIL, given=True, wording="Yes")
    shop.app.run(add_sample_templates, "en")
    template = shop.app.read(templates_for, Channel.EMAIL, "en")[0]
    entry = shop.app.run(
        log_message, amy, channel=Channel.EMAIL, text="Hello", campaign_id=made.id, template_id=template.id
    )
    assert (entry.campaign_id, entry.template_id, entry.text) == (made.id, template.id, "Hello")
    assert shop.app.read(written_in, made.id, Channel.EMAIL) == {amy: today(shop)}
    assert shop.app.undo_step is not None
    assert shop.app.undo_step.params == {"name": "Amy Stone"}
    shop.app.undo()
    assert shop.app.read(lambda reader: reader.find(ContactEntry)) == []


def test_letters_are_noted_together_or_not_at_all(shop: Shop) -> None:
    amy, beth = reachable(shop, "Amy"), reachable(shop, "Beth")
    assert shop.app.run(log_letters, [(amy, "Dear Amy"), (beth, "Dear Beth")]) == 2
    assert shop.app.undo_step is not None
    assert shop.app.undo_step.params == {"count": 2}
    shop.app.undo()
    assert shop.app.read(lambda reader: reader.find(ContactEntry)) == []
    shop.app.run(record_consent, beth, channel=Channel.POST, given=False, wording="No letters")
    with pytest.raises(DomainError, match=r"message\.consent"):
        shop.app.run(log_letters, [(amy, "Dear Amy"), (beth, "Dear Beth")])
    assert shop.app.read(lambda reader: reader.find(ContactEntry)) == []


def test_letters_and_labels_name_the_country_abroad(shop: Shop) -> None:
    amy = reachable(shop, "Amy")
    texts = {"": ("For {given}", "Dear {salutation|} {family}")}
    made = shop.app.read(make_letters, [amy], texts=texts, today=today(shop))
    (letter,) = made.run.letters
    assert (letter.subject, letter.body) == ("For Amy", "Dear Ms. Stone")
    assert letter.party.lines[-1] == "AUSTRIA"
    assert made.texts == ((amy, "For Amy\nDear Ms. Stone"),)
    run = shop.app.read(make_labels, [amy], kind=LabelKind.A4_24, start=3, today=today(shop))
    assert run.labels[0].name == "Amy Stone"
    assert shop.app.read(letters_pdf, [amy], texts, today(shop), True).startswith(b"%PDF-")
    assert shop.app.read(labels_pdf, [amy], LabelKind.A4_24, 3, today(shop), "").startswith(b"%PDF-")


def test_everybody_gets_a_letter_in_their_language(shop: Shop) -> None:
    people = [reachable(shop, name, language=tag) for name, tag in (("Amy", ""), ("Beth", "de_AT"), ("Cem", "tr_TR"))]
    texts = {"": ("", "Hello {given}"), "de": ("", "Hallo {vorname}")}
    made = shop.app.read(make_letters, people, texts=texts, today=today(shop))
    assert [letter.body for letter in made.run.letters] == ["Hello Amy", "Hallo Beth", "Hello Cem"]
    assert [letter.language for letter in made.run.letters] == ["en_US", "de_AT", "tr_TR"]
