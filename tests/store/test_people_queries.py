"""Lists of people, suggestions, doubles and the card of one person, against a small book."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from directsell.app import App
from directsell.domain.demos import Demo, guest_of
from directsell.domain.followups import FollowUp, FollowUpState
from directsell.domain.orders import Order, OrderState
from directsell.domain.people import (
    Address,
    Channel,
    Consent,
    ContactEntry,
    Outcome,
    Person,
    ReachKind,
    ReachPoint,
    Role,
    Stage,
    role_of,
    tag_of,
)
from directsell.store.database import Store
from directsell.store.queries.happenings import HappeningKind, happenings_of
from directsell.store.queries.lists import count
from directsell.store.queries.people import (
    PeopleFilter,
    PeopleSort,
    PersonRow,
    lead_sources,
    match_words,
    owners_of,
    people_list,
    person_name,
    suggest_people,
    tags_in_use,
)
from directsell.store.queries.person_card import current_consents, person_card
from directsell.store.reader import Reader
from directsell.store.work import Work
from directsell.usecases.people import delete_person, record_consent
from tests.fixtures import books

TODAY = books.NOON.date()


def everybody(reader: Reader, **asked: object) -> list[PersonRow]:
    query = people_list(currency="USD", today=TODAY, **asked)  # type: ignore[arg-type]
    rids = list(query.ids(reader))
    rows = query.rows(reader, rids)
    assert count(reader, query) == len(rids)
    assert [rid for rid, _row in query.first_page(reader)] == rids[:128]
    return [rows[rid] for rid in rids]


def names(reader: Reader, **asked: object) -> list[str]:
    return [row.name for row in everybody(reader, **asked)]


def reach(work: Work, person: Person, value: str, kind: ReachKind = ReachKind.MOBILE, position: int = 0) -> None:
    work.save(ReachPoint(id=work.new_id(), person_id=person.id, kind=kind, value=value, position=position))


@pytest.fixture
def people(store: Store) -> dict[str, Person]:
    """Four people: a prospect, a customer who owes, a host with a tag, a company."""
    made: dict[str, Person] = {}
    with store.write("people") as work:
        made["dana"] = books.add_person(work, "Dana", family="Ruiz", need="knives", lead_source="Fair")
        made["amy"] = books.add_person(work, "Amy", family="Ångström", stage=Stage.WON, lead_source="Fair")
        made["olga"] = books.add_person(work, "Olga", family="Brandt", stage=Stage.DEMO_BOOKED, lead_source="Friend")
        made["firm"] = books.add_person(work, "", company="Casa Catering")
        reach(work, made["dana"], "+1 (505) 555-0142")
        reach(work, made["dana"], "dana@example.com", ReachKind.EMAIL, 1)
        work.save(Address(id=work.new_id(), person_id=made["dana"].id, city="Santa Fe", street="814 Alder St"))
        work.save_many([role_of(made["amy"].id, Role.CUSTOMER), role_of(made["olga"].id, Role.HOST)])
        work.save(tag_of(made["olga"].id, "VIP"))
        order = books.add_order(work, person_id=made["amy"].id)
        books.add_payment(work, order, 1000)
    return made


def test_filters(store: Store, people: dict[str, Person]) -> None:
    with store.read() as reader:
        assert names(reader) == ["Amy Ångström", "Olga Brandt", "Casa Catering", "Dana Ruiz"]
        assert names(reader, which=PeopleFilter.CUSTOMERS) == ["Amy Ångström"]
        assert names(reader, which=PeopleFilter.HOSTS) == ["Olga Brandt"]
        assert names(reader, which=PeopleFilter.PROSPECTS) == ["Olga Brandt", "Casa Catering", "Dana Ruiz"]
        assert names(reader, which=PeopleFilter.OWES) == ["Amy Ångström"]
        assert names(reader, which=PeopleFilter.FOLLOW_UP_DUE) == []
        assert names(reader, tag="VIP") == ["Olga Brandt"]
        assert names(reader, which=PeopleFilter.CUSTOMERS, text="dana") == []


def test_a_row_tells_place_number_debt_and_last_order(store: Store, people: dict[str, Person]) -> None:
    with store.read() as reader:
        rows = {row.name: row for row in everybody(reader)}
    assert (rows["Dana Ruiz"].city, rows["Dana Ruiz"].reach) == ("Santa Fe", "+1 (505) 555-0142")
    assert rows["Amy Ångström"].owed == 8081 - 1000
    assert rows["Amy Ångström"].last_order == date(2026, 6, 15)
    assert rows["Dana Ruiz"].owed == 0
    assert rows["Dana Ruiz"].last_contact is None


def test_amounts_in_another_currency_are_not_added(store: Store, people: dict[str, Person]) -> None:
    with store.write("order") as work:
        order = books.add_order(work, person_id=people["dana"].id)
        work.update(Order, order.id, currency="EUR")
    with store.read() as reader:
        rows = {row.name: row for row in everybody(reader)}
    assert rows["Dana Ruiz"].owed == 0


def test_a_currency_that_is_none_never_reaches_the_database() -> None:
    with pytest.raises(ValueError, match="US'"):
        people_list(currency="US'", today=TODAY)


def test_due_follow_ups(store: Store, people: dict[str, Person]) -> None:
    with store.write("follow") as work:
        for name, days, state in (
            ("dana", 0, FollowUpState.OPEN),
            ("amy", 1, FollowUpState.OPEN),
            ("olga", -3, FollowUpState.DONE),
        ):
            work.save(
                FollowUp(
                    id=work.new_id(),
                    person_id=people[name].id,
                    due_on=TODAY + timedelta(days=days),
                    state=state,
                    created_at=work.now,
                )
            )
    with store.read() as reader:
        assert names(reader, which=PeopleFilter.FOLLOW_UP_DUE) == ["Dana Ruiz"]


def test_orders(store: Store, people: dict[str, Person]) -> None:
    with store.write("contact") as work:
        for name, hours in (("dana", 2), ("firm", 1)):
            work.save(
                ContactEntry(
                    id=work.new_id(),
                    person_id=people[name].id,
                    at=books.NOON - timedelta(hours=hours),
                    channel=Channel.CALL,
                )
            )
        work.update(Person, people["olga"].id, created_at=books.NOON + timedelta(days=1))
    with store.read() as reader:
        assert names(reader, sort=PeopleSort.LAST_CONTACT)[:2] == ["Casa Catering", "Dana Ruiz"]
        assert names(reader, sort=PeopleSort.NEWEST)[0] == "Olga Brandt"
        assert [row.stage for row in everybody(reader, sort=PeopleSort.STAGE)] == [
            Stage.NEW,
            Stage.NEW,
            Stage.DEMO_BOOKED,
            Stage.WON,
        ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dan", ["Dana Ruiz"]),
        ("da\0 dan", ["Dana Ruiz"]),
        ("RUIZ dana", ["Dana Ruiz"]),
        ("angstrom", ["Amy Ångström"]),
        ("5055550142", ["Dana Ruiz"]),
        ("0049 505 555 0142", ["Dana Ruiz"]),  # the same nine last digits
        ("505-555", ["Dana Ruiz"]),
        ("dana@example", ["Dana Ruiz"]),
        ("alder", ["Dana Ruiz"]),
        ("knives", ["Dana Ruiz"]),
        ("vip", ["Olga Brandt"]),
        ("casa cat", ["Casa Catering"]),
        ("zzz", []),
        ('"', []),
        ("'); DROP TABLE person; --", []),
        ("* OR NEAR(", []),
        ("\u202e", []),
        ("x" * 10_000, []),
    ],
)
def test_search(store: Store, people: dict[str, Person], typed: str, found: list[str]) -> None:
    with store.read() as reader:
        assert names(reader, text=typed) == found
        assert [hit.name for hit in suggest_people(reader, typed)] == found


def test_a_number_is_found_however_it_is_written(store: Store, people: dict[str, Person]) -> None:
    with store.read() as reader:
        for typed in ("+1 505 555 0142", "001 505 555 01 42", "(505) 555-0142"):
            assert [hit.name for hit in suggest_people(reader, typed)] == ["Dana Ruiz"], typed


def test_every_word_must_begin_a_word() -> None:
    assert match_words('da "ru') == '"da"* AND "ru"*'
    assert match_words("- * '") == '""'
    assert match_words("da\0ru") == '"da"* AND "ru"*'


def test_without_words_the_newest_are_suggested(store: Store, people: dict[str, Person]) -> None:
    with store.read() as reader:
        assert [hit.name for hit in suggest_people(reader, "  ", 2)] == ["Casa Catering", "Olga Brandt"]


def test_names_come_before_notes(store: Store, people: dict[str, Person]) -> None:
    with store.write("note") as work:
        work.update(Person, people["olga"].id, note="friend of Dana")
    with store.read() as reader:
        assert [hit.name for hit in suggest_people(reader, "dana")] == ["Dana Ruiz", "Olga Brandt"]


def test_deleted_people_are_nowhere(store: Store, people: dict[str, Person]) -> None:
    with store.write("gone") as work:
        delete_person(work, people["olga"].id)
        delete_person(work, people["firm"].id)
    with store.read() as reader:
        assert names(reader) == ["Amy Ångström", "Dana Ruiz"]
        assert suggest_people(reader, "olga") == []
        assert suggest_people(reader, "casa") == []
        assert person_name(reader, people["olga"].id) == "Olga Brandt"
        assert person_card(reader, people["olga"].id) is None
        assert person_name(reader, None) == ""


@pytest.mark.parametrize(
    ("kind", "typed", "owner"),
    [
        (ReachKind.PHONE, "001 505 555 0142", "Dana Ruiz"),
        (ReachKind.MOBILE, "505.555.0142", "Dana Ruiz"),
        (ReachKind.MOBILE, "0142", None),
        (ReachKind.EMAIL, "DANA@example.com", "Dana Ruiz"),
        (ReachKind.EMAIL, "dana", None),
        (ReachKind.WEB, "dana@example.com", None),
    ],
)
def test_doubles(store: Store, people: dict[str, Person], kind: ReachKind, typed: str, owner: str | None) -> None:
    with store.read() as reader:
        owners = owners_of(reader, kind, typed)
        assert [found.name for found in owners] == ([owner] if owner else [])
        assert owners_of(reader, kind, typed, except_person=people["dana"].id) == []


def test_values_in_use(store: Store, people: dict[str, Person]) -> None:
    with store.read() as reader:
        assert lead_sources(reader) == ["Fair", "Friend"]
        assert tags_in_use(reader) == ["VIP"]


def test_figures_count_what_was_bought(store: Store, people: dict[str, Person]) -> None:
    with store.write("more") as work:
        books.add_order(work, person_id=people["amy"].id)
        draft = books.add_order(work, person_id=people["amy"].id)
        work.update(Order, draft.id, state=OrderState.DRAFT)
    with store.read() as reader:
        card = person_card(reader, people["amy"].id)
    assert card is not None
    figures = card.figures
    assert (figures.orders, figures.bought, figures.average, figures.owed) == (2, 16162, 8081, 15162)
    assert card.name == "Amy Ångström"
    assert card.roles == (Role.CUSTOMER,)


def test_what_happened_is_told_newest_first(store: Store, people: dict[str, Person]) -> None:
    amy = people["amy"]
    with store.write("past") as work:
        work.save(
            ContactEntry(
                id=work.new_id(),
                person_id=amy.id,
                at=books.NOON + timedelta(days=1),
                channel=Channel.VISIT,
                outcome=Outcome.REACHED,
                text="Brought the pan",
            )
        )
        demo = work.save(
            Demo(id=work.new_id(), host_id=people["olga"].id, day=TODAY + timedelta(days=2), created_at=work.now)
        )
        work.save(guest_of(demo.id, amy.id))
        record_consent(work, amy.id, channel=Channel.EMAIL, given=True, wording="May I?")
        order = work.find(Order, person_id=amy.id)[0]
    with store.write("paper", barrier=True) as work:
        books.issue(work, order)
    with store.read() as reader:
        past = happenings_of(reader, amy.id, 20)
        kinds = [h.kind for h in past]
        assert kinds[:2] == [HappeningKind.GUEST, HappeningKind.CONTACT]
        assert set(kinds[2:]) == {HappeningKind.ORDER, HappeningKind.CONSENT}
        assert past[0].text == "Olga Brandt"
        assert past[1].text == "Brought the pan"
        assert [h.day for h in past] == sorted((h.day for h in past), reverse=True)
        assert len(happenings_of(reader, amy.id, 2)) == 2
        card = person_card(reader, amy.id, happenings=2)
        assert card is not None
        assert card.more
        assert len(card.happenings) == 2


def test_the_latest_consent_counts_and_undo_brings_the_one_before(store: Store, people: dict[str, Person]) -> None:
    dana = people["dana"].id
    app = App(store)

    def say(given: bool) -> None:
        app.run(record_consent, dana, channel=Channel.EMAIL, given=given, wording="May I?")

    def now() -> list[tuple[Channel, bool]]:
        with store.read() as reader:
            return [(c.channel, c.given) for c in current_consents(reader, dana)]

    assert now() == []
    say(True)
    assert now() == [(Channel.EMAIL, True)]
    say(False)
    assert now() == [(Channel.EMAIL, False)]
    app.undo()
    assert now() == [(Channel.EMAIL, True)]
    with store.read() as reader:
        assert len(reader.find(Consent, person_id=dana)) == 3


def test_nobody(store: Store) -> None:
    with store.read() as reader:
        assert person_card(reader, UUID(int=1)) is None
        assert everybody(reader) == []
