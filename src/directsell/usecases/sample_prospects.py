"""Prospects of the sample business on their way: what was found out, what they object to, an open quote. Words: sample_texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from directsell.domain.catalog import Product
from directsell.domain.objections import Objection, ObjectionResult
from directsell.domain.orders import OrderLine, OrderState
from directsell.domain.people import BudgetLevel, Decider, Fit, NeedLevel, Person, Stage, Timing
from directsell.store.queries.orders import blank_order
from directsell.store.work import Work
from directsell.usecases.orders import OrderForm, save_order
from directsell.usecases.people import change_stage
from directsell.usecases.prospecting import Findings, qualify_person, save_objection
from directsell.usecases.sample_texts import Sample

_RESULTS = (ObjectionResult.OVERCOME, ObjectionResult.OVERCOME, ObjectionResult.STAYED, ObjectionResult.OPEN)
_FOUND = (
    Findings(
        need_level=NeedLevel.STRONG, budget_level=BudgetLevel.ENOUGH, decider=Decider.TOGETHER, timing=Timing.SOON
    ),
    Findings(need_level=NeedLevel.SOME, budget_level=BudgetLevel.TIGHT, fit=Fit.GOOD),
    Findings(need_level=NeedLevel.SOME, timing=Timing.LATER),
)


def make_prospects(work: Work, sample: Sample, known: Sequence[Person], goods: Sequence[Product]) -> None:
    """Qualify some prospects, note their objections, and offer one of them a quote.

    Args:
        work: the transaction.
        sample: the words.
        known: the people of the sample; the last ones are prospects.
        goods: its products.
    """
    for person, found in zip(reversed(known), reversed(_FOUND), strict=False):
        qualify_person(work, person.id, replace(found, need=person.need))
    for step, (kind, text, answer) in enumerate(sample.objections):
        result = _RESULTS[step % len(_RESULTS)]
        made = Objection(
            id=work.new_id(),
            person_id=known[-1 - step].id,
            kind=kind,
            text=text,
            answer=answer,
            result=result,
            at=work.now - timedelta(days=3 + 4 * step),
        )
        save_objection(work, made)
    _offer(work, sample, known[-4], goods[:2])


def _offer(work: Work, sample: Sample, person: Person, goods: Sequence[Product]) -> None:
    change_stage(work, person.id, Stage.DEMO_DONE)
    prices = {item.code: Decimal(item.price) for item in sample.goods}
    order = blank_order(work, work.new_id(), now=work.now, today=work.today, person_id=person.id)
    lines = tuple(
        OrderLine(
            id=work.new_id(),
            order_id=order.id,
            position=place,
            product_id=product.id,
            code=product.code,
            name=product.name,
            quantity=Decimal(1),
            unit_price=prices[product.code],
            discount_ppm=50_000,
            tax_class=product.tax_class,
        )
        for place, product in enumerate(goods, start=1)
    )
    end = work.today + timedelta(days=9)
    quote = replace(order, state=OrderState.QUOTED, valid_until=end, terms=sample.quote_terms)
    save_order(work, OrderForm(order=quote, lines=lines))
