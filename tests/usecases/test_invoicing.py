"""Papers through the App: numbers without gaps, bytes that stay, cancelling and issuing anew, undo's barrier."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from directsell.domain.demos import Demo
from directsell.domain.errors import DomainError
from directsell.domain.invoicing import IssuedPaper, PaperKind, seal_of
from directsell.domain.orders import OrderState
from directsell.domain.papers import Paper
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Address
from directsell.domain.settings import Business
from directsell.store.queries.papers import active_papers, paper_bytes
from directsell.usecases.invoicing import cancel_paper, issue_paper, withdraw_papers
from directsell.usecases.orders import MoneyTaken, OrderForm, delete_order, save_order
from directsell.usecases.papers import preview_of
from directsell.usecases.settings import save_business
from tests.fixtures.shops import Shop

SLIP, INVOICE = PaperKind.ORDER_SLIP, PaperKind.INVOICE


def issue(shop: Shop, name: str, kind: PaperKind = SLIP) -> IssuedPaper:
    """Enter an order of one peeler and issue a paper of it."""
    return shop.app.run(issue_paper, shop.enter(name, ("CV-110", "1")).order.id, kind)


def test_numbers_run_per_kind_without_a_gap(shop: Shop) -> None:
    numbers = [issue(shop, name).number for name in ("Amy", "Beth", "Carla")]
    invoices = [issue(shop, name, INVOICE).number for name in ("Dee", "Ella")]
    assert numbers == ["B-A-2026-0001", "B-A-2026-0002", "B-A-2026-0003"]
    assert invoices == ["R-A-2026-0001", "R-A-2026-0002"]


def test_a_deleted_draft_and_a_refused_paper_use_no_number(shop: Shop) -> None:
    draft = shop.enter("Doris", ("CV-110", "1"), state=OrderState.DRAFT)
    shop.app.run(delete_order, draft.order.id)
    empty = shop.enter("Amy", state=OrderState.DRAFT)
    with pytest.raises(DomainError, match="order.empty"):
        shop.app.run(issue_paper, empty.order.id, SLIP)
    assert issue(shop, "Beth").number == "B-A-2026-0001"


def test_the_year_starts_a_new_run(shop: Shop) -> None:
    issue(shop, "Amy")
    shop.clock.advance(days=330)
    assert issue(shop, "Beth").number == "B-A-2027-0001"


def test_the_bytes_are_kept_with_their_hash_and_chained(shop: Shop) -> None:
    first, second = issue(shop, "Amy"), issue(shop, "Beth", INVOICE)
    content = shop.app.read(paper_bytes, second)
    assert content.startswith(b"%PDF")
    assert hashlib.sha256(content).hexdigest() == second.sha256
    assert second.previous == first.seal
    assert second.seal == seal_of(first.seal, second.number, second.sha256, second.issued_at)


def test_the_paper_says_what_the_order_says(shop: Shop) -> None:
    money = (MoneyTaken(method=PaymentMethod.CASH, amount=2000),)
    view = shop.enter("Ella", ("CV-204", "1"), ("CV-518", "1"), shipping=500, payments=money)
    paper = Paper.from_json(shop.app.run(issue_paper, view.order.id, SLIP).content)
    assert (paper.goods, paper.shipping, paper.total, paper.paid, paper.balance_due) == (6700, 500, 7595, 2000, 5595)
    assert [(tax.ppm, tax.base, tax.tax) for tax in paper.taxes] == [(77_500, 5100, 395)]
    assert [(line.code, line.amount) for line in paper.lines] == [("CV-204", 4600), ("CV-518", 2100)]
    assert paper.customer.name == "Ella"


def test_a_letter_abroad_names_the_country_as_the_post_wants_it(laden: Shop) -> None:
    view = laden.enter("Anna", ("TF-75", "1"))
    person_id = laden.person("Anna")

    def lines(country: str) -> tuple[str, ...]:
        with laden.app.store.write("test") as work:
            known = next(iter(work.find(Address, person_id=person_id)), None)
            address = known or Address(id=work.new_id(), person_id=person_id, street="Seeweg 2", city="Chur")
            work.save(replace(address, postcode="7000", country=country))
        return laden.app.read(preview_of, view.order.id, INVOICE, laden.clock.today()).customer.lines

    assert lines("DE") == lines("") == ("Seeweg 2", "7000 Chur")
    assert lines("CH") == ("Seeweg 2", "7000 Chur", "SCHWEIZ")
    assert lines("US")[-1] == "VEREINIGTE STAATEN"


@pytest.mark.parametrize(
    ("country", "region", "printed"),
    [
        ("US", "NM", "5 Plaza Court, Santa Fe, NM 87501"),
        ("US", "", "5 Plaza Court, Santa Fe 87501"),
        ("DE", "NM", "5 Plaza Court, 87501 Santa Fe"),
    ],
)
def test_the_place_of_sale_stands_in_the_order_of_its_country(
    shop: Shop, country: str, region: str, printed: str
) -> None:
    with shop.app.store.write("test") as work:
        demo = Demo(
            id=work.new_id(),
            day=shop.clock.today(),
            street="5 Plaza Court",
            postcode="87501",
            city="Santa Fe",
            region=region,
            country=country,
            created_at=work.now,
        )
        work.save(demo)
    view = shop.enter("Amy", ("CV-110", "1"), demo_id=demo.id)
    assert shop.app.read(preview_of, view.order.id, INVOICE, shop.clock.today()).place_of_sale == printed


def test_issuing_a_draft_places_it(shop: Shop) -> None:
    draft = shop.enter("Amy", ("CV-110", "1"), state=OrderState.DRAFT)
    shop.app.run(issue_paper, draft.order.id, SLIP)
    assert shop.view(draft.order.id).order.state is OrderState.PLACED


def test_a_paper_is_issued_once(shop: Shop) -> None:
    paper = issue(shop, "Amy")
    assert paper.order_id is not None
    with pytest.raises(DomainError) as refused:
        shop.app.run(issue_paper, paper.order_id, SLIP)
    assert (refused.value.code, refused.value.params["number"]) == ("paper.already_issued", paper.number)
    assert shop.app.run(issue_paper, paper.order_id, INVOICE).number == "R-A-2026-0001"


def test_nothing_before_a_number_can_be_undone(shop: Shop) -> None:
    issue(shop, "Amy")
    assert shop.app.undo_step is None
    shop.enter("Beth", ("CV-110", "1"))
    assert shop.app.undo_step is not None


def test_cancel_and_issue_anew(shop: Shop) -> None:
    slip = issue(shop, "Amy")
    assert slip.order_id is not None
    void = shop.app.run(cancel_paper, slip.id, reason="wrong quantity")
    assert (void.kind, void.number, void.total) == (PaperKind.SLIP_VOID, "V-A-2026-0001", -slip.total)
    assert shop.app.read(active_papers, slip.order_id) == []
    view = shop.view(slip.order_id)
    more = shop.line(view.order, "CV-402")
    shop.app.run(save_order, OrderForm(order=view.order, lines=(*view.lines, more)))
    again = shop.app.run(issue_paper, slip.order_id, SLIP)
    assert again.number == "B-A-2026-0002"
    assert again.total == shop.view(slip.order_id).totals.total


def test_an_invoice_is_cancelled_by_a_credit_note(shop: Shop) -> None:
    invoice = issue(shop, "Amy", INVOICE)
    note = shop.app.run(cancel_paper, invoice.id, reason="returned")
    paper = Paper.from_json(note.content)
    assert (note.kind, note.number, paper.reference) == (PaperKind.CREDIT_NOTE, "S-A-2026-0001", invoice.number)
    assert paper.total == -invoice.total


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_cancellation_needs_a_reason(shop: Shop, reason: str) -> None:
    slip = issue(shop, "Amy")
    with pytest.raises(DomainError) as refused:
        shop.app.run(cancel_paper, slip.id, reason=reason)
    assert (refused.value.code, refused.value.field) == ("paper.no_reason", "reason")


def test_a_paper_is_cancelled_once_and_never_a_cancellation(shop: Shop) -> None:
    slip = issue(shop, "Amy")
    void = shop.app.run(cancel_paper, slip.id, reason="mistake")
    with pytest.raises(DomainError, match="paper.already_cancelled"):
        shop.app.run(cancel_paper, slip.id, reason="mistake")
    with pytest.raises(DomainError, match="paper.is_cancellation"):
        shop.app.run(cancel_paper, void.id, reason="mistake")


def test_all_papers_of_an_order_are_taken_back_in_one_step(shop: Shop) -> None:
    money = (MoneyTaken(method=PaymentMethod.CASH, amount=500),)
    view = shop.enter("Amy", ("CV-110", "1"), payments=money)
    for kind in (SLIP, INVOICE):
        shop.app.run(issue_paper, view.order.id, kind)
    cancelling = shop.app.run(withdraw_papers, view.order.id, reason="wrong person")
    assert [paper.kind for paper in cancelling] == [PaperKind.SLIP_VOID, PaperKind.CREDIT_NOTE]
    assert shop.view(view.order.id).paid == 500
    with pytest.raises(DomainError, match="paper.nothing_to_cancel"):
        shop.app.run(withdraw_papers, view.order.id, reason="again")


def test_papers_and_order_are_cancelled_together_or_not_at_all(shop: Shop) -> None:
    money = (MoneyTaken(method=PaymentMethod.CASH, amount=500),)
    paid = shop.enter("Amy", ("CV-110", "1"), payments=money)
    shop.app.run(issue_paper, paid.order.id, SLIP)
    with pytest.raises(DomainError, match="order.has_payments"):
        shop.app.run(withdraw_papers, paid.order.id, reason="changed her mind", cancel=True)
    assert len(shop.app.read(active_papers, paid.order.id)) == 1
    unpaid = shop.enter("Beth", ("CV-110", "1"))
    shop.app.run(issue_paper, unpaid.order.id, SLIP)
    shop.app.run(withdraw_papers, unpaid.order.id, reason="changed her mind", cancel=True)
    assert shop.view(unpaid.order.id).order.state is OrderState.CANCELLED
    assert issue(shop, "Carla").number == "B-A-2026-0003"


def test_a_clock_that_was_set_back_is_noticed(shop: Shop) -> None:
    issue(shop, "Amy")
    shop.clock.advance(days=-2)
    order_id = shop.enter("Beth", ("CV-110", "1")).order.id
    with pytest.raises(DomainError, match="paper.date_back") as refused:
        shop.app.run(issue_paper, order_id, SLIP)
    assert refused.value.params["last"] == date(2026, 2, 13)  # a date, so that the sentence writes it as the user does
    assert shop.app.run(issue_paper, order_id, SLIP, accept_older_date=True).number == "B-A-2026-0002"


def test_a_paper_needs_the_sellers_address(shop: Shop) -> None:
    order_id = shop.enter("Amy", ("CV-110", "1")).order.id
    shop.app.run(save_business, Business(name="Willow Carter"))
    with pytest.raises(DomainError, match="paper.no_address"):
        shop.app.run(issue_paper, order_id, SLIP)


def test_german_papers_carry_the_tax_inside(laden: Shop) -> None:
    view = laden.enter("Anna", ("SET-1", "1"), ("TF-75", "1"))
    paper = Paper.from_json(laden.app.run(issue_paper, view.order.id, INVOICE).content)
    assert paper.prices_include_tax
    assert (paper.total, paper.net, [tax.tax for tax in paper.taxes]) == (11390, 9571, [1819])
    assert paper.language == "de_DE"
