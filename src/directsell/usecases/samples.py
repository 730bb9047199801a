"""A sample business to look around in: invented people and goods, made through the ordinary verbs. Nothing is special."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID

from directsell.domain.catalog import Brand, Product
from directsell.domain.countries import country
from directsell.domain.demos import Demo, DemoKind, DemoState, Reply, guest_of
from directsell.domain.followups import Reason
from directsell.domain.orders import Handover, OrderLine, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Address, Channel, Outcome, Person, ReachKind, ReachPoint, Role, Stage
from directsell.domain.settings import Business
from directsell.domain.taxes import TaxRate
from directsell.i18n import N_
from directsell.store.queries.orders import blank_order, order_view
from directsell.store.work import Work
from directsell.usecases import catalog, demos, followups, orders, payments, people, settings
from directsell.usecases.sample_marketing import make_marketing
from directsell.usecases.sample_prospects import make_prospects
from directsell.usecases.sample_texts import SAMPLES, Goods, Guest, Sample
from directsell.usecases.verbs import usecase


@usecase(N_("Sample business"), origin="system")
def make_sample(work: Work, language: str) -> None:
    """Fill an empty book with a sample business in the language of the user (German, else English).

    Every date lies around today, so that the Today page has something to say.
    """
    sample = SAMPLES["de"] if language.startswith("de") else SAMPLES["en"]
    _Maker(work, sample).make()


class _Maker:
    def __init__(self, work: Work, sample: Sample) -> None:
        self.work = work
        self.sample = sample
        self._brand = Brand(id=work.new_id(), name=sample.brand, commission_ppm=250_000)

    def make(self) -> None:
        """Make the business, then the goods, the people, the demos and the orders."""
        self._set_up()
        goods = {item.code: self._product(item) for item in self.sample.goods}
        known = [self._person(place, guest) for place, guest in enumerate(self.sample.guests)]
        for number in range(10):
            self._past_demo(number, known, goods)
        self._coming_demos(known)
        self._open_things(known, goods)
        make_prospects(self.work, self.sample, known, tuple(goods.values()))
        make_marketing(self.work, "de" if self.sample is SAMPLES["de"] else "en", self.sample.country, known)

    def _set_up(self) -> None:
        work, sample = self.work, self.sample
        home = country(sample.country)
        business = Business(
            name=sample.seller,
            tagline=sample.tagline,
            street=sample.street,
            postcode=sample.postcode,
            city=sample.city,
            region=sample.region,
            country=sample.country,
            phone=sample.phone,
            email=sample.email,
            tax_label=home.tax_label,
            currency=home.currency,
            language=home.language,
            zone=home.zone,
            invoice_format=home.invoice_format,
            slip_format=home.slip_format,
            window=home.window,
            slip_terms=sample.slip_terms,
            terms=sample.terms,
            sample=True,
        )
        rates = tuple(TaxRate(label, ppm, tax_class) for tax_class, label, ppm in sample.rates)
        settings.set_up_business(
            work, business, replace(home.profile(), rates=rates, exempt_classes=sample.exempt_classes)
        )
        catalog.save_brand(work, self._brand)

    def _product(self, item: Goods) -> Product:
        price = Decimal(item.price)
        product = Product(
            id=self.work.new_id(),
            brand_id=self._brand.id,
            code=item.code,
            name=item.name,
            category=item.category,
            barcode=item.barcode,
            page=item.page,
            tax_class=item.tax_class,
            wholesale=(price * Decimal("0.75")).quantize(Decimal("0.01")),
            created_at=self.work.now,
        )
        return catalog.save_product(self.work, product, price=price, currency=country(self.sample.country).currency)

    def _person(self, place: int, guest: Guest) -> Person:
        work = self.work
        person = Person(
            id=work.new_id(),
            given=guest.given,
            family=guest.family,
            lead_source=self.sample.sources[place % len(self.sample.sources)],
            need=guest.need,
            birthday=_birthday(work.today, place),
            note=guest.note,
            created_at=work.now - timedelta(days=300 - 9 * place),
        )
        mail = (
            f"{guest.given}.{guest.family}@example.com".casefold().replace(" ", "").encode("ascii", "ignore").decode()
        )
        return people.save_person(
            work,
            people.PersonForm(
                person=person,
                reach=(
                    ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value=guest.phone),
                    ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.EMAIL, value=mail, position=1),
                ),
                addresses=(
                    Address(
                        id=work.new_id(),
                        person_id=person.id,
                        street=guest.street,
                        postcode=self.sample.postcode,
                        city=self.sample.city,
                        region=self.sample.region,
                    ),
                ),
                roles=frozenset({Role.PROSPECT}),
                tags=guest.tags,
            ),
        )

    def _past_demo(self, number: int, known: list[Person], goods: dict[str, Product]) -> None:
        """One evening about every three weeks, with a host, guests and their orders, delivered two weeks later."""
        work = self.work
        day = work.today - timedelta(days=12 + 24 * number)
        host = known[(number * 3) % len(known)]
        guests = [known[(number * 3 + step) % len(known)] for step in range(1, 7)]
        demo = self._demo(host, day, DemoState.PLANNED)
        for guest in guests:
            work.save(replace(guest_of(demo.id, guest.id, Reply.ACCEPTED), attended=True))
        codes = list(goods)
        for step, guest in enumerate(guests[: 3 + number % 3]):
            picks = [
                (codes[(number + step) % len(codes)], 1),
                (codes[(2 * number + 3 * step + 1) % len(codes)], 1 + step % 2),
            ]
            order_id = self._order(guest, demo, day, picks, goods)
            if number:
                orders.deliver_order(work, order_id, delivered_on=day + timedelta(days=14))
                self._asked(guest, day + timedelta(days=16))
                if (number, step) != (1, 1):
                    self._pay(order_id, (PaymentMethod.CASH, PaymentMethod.CARD)[step % 2])
        if number:
            work.save(replace(demo, state=DemoState.SETTLED))
        else:
            work.save(replace(demo, state=DemoState.SUBMITTED))

    def _demo(self, host: Person, day: date, state: DemoState) -> Demo:
        address = next(iter(self.work.find(Address, person_id=host.id)))
        demo = Demo(
            id=self.work.new_id(),
            kind=DemoKind.HOME_PARTY,
            state=state,
            title=self.sample.demo_title.format(name=host.given),
            host_id=host.id,
            day=day,
            starts=time(19, 30),
            ends=time(22, 0),
            zone=country(self.sample.country).zone,
            street=address.street,
            postcode=address.postcode,
            city=address.city,
            region=address.region,
            expected_guests=8,
            created_at=self.work.now,
        )
        return demos.save_demo(self.work, demo)

    def _order(
        self, person: Person, demo: Demo, day: date, picks: list[tuple[str, int]], goods: dict[str, Product]
    ) -> UUID:
        work = self.work
        order = blank_order(work, work.new_id(), now=work.now, today=day, person_id=person.id, demo_id=demo.id)
        prices = {item.code: Decimal(item.price) for item in self.sample.goods}
        lines = tuple(
            OrderLine(
                id=work.new_id(),
                order_id=order.id,
                position=place,
                product_id=goods[code].id,
                code=code,
                name=goods[code].name,
                quantity=Decimal(quantity),
                unit_price=prices[code],
                tax_class=goods[code].tax_class,
            )
            for place, (code, quantity) in enumerate(picks, start=1)
        )
        order = replace(
            order, state=OrderState.PLACED, handover=Handover.TO_CUSTOMER, deliver_on=day + timedelta(days=14)
        )
        return orders.save_order(work, orders.OrderForm(order=order, lines=lines)).id

    def _pay(self, order_id: UUID, method: PaymentMethod) -> None:
        view = order_view(self.work, order_id)
        if view.balance:
            payments.take_payment(
                self.work, order_id, method=method, amount=view.balance, paid_on=view.order.delivered_on
            )

    def _asked(self, person: Person, day: date) -> None:
        """Two days after the goods came, the seller asked how they do."""
        at = self.work.now - (self.work.today - day)
        words = self.sample.happy
        people.log_contact(self.work, person.id, channel=Channel.CALL, outcome=Outcome.REACHED, text=words, at=at)

    def _coming_demos(self, known: list[Person]) -> None:
        work = self.work
        for number, ahead in enumerate((5, 19)):
            host = known[number + 4]
            demo = self._demo(host, work.today + timedelta(days=ahead), DemoState.CONFIRMED)
            for step, reply in enumerate((Reply.ACCEPTED, Reply.ACCEPTED, Reply.MAYBE, Reply.INVITED, Reply.DECLINED)):
                work.save(guest_of(demo.id, known[(number * 5 + step + 6) % len(known)].id, reply))

    def _open_things(self, known: list[Person], goods: dict[str, Product]) -> None:
        """What is due today and soon, and prospects on their way."""
        work = self.work
        words = self.sample.follow_ups
        for step, (text, reason) in enumerate(zip(words, (Reason.LEAD, Reason.CALL_BACK, Reason.OTHER), strict=False)):
            followups.plan_follow_up(
                work, known[-1 - step].id, due_on=work.today - timedelta(days=step), reason=reason, text=text
            )
        for step, stage in enumerate((Stage.NEW, Stage.CONTACTED, Stage.QUALIFIED)):
            people.change_stage(work, known[-1 - step].id, stage)
        people.log_contact(
            work, known[-2].id, channel=Channel.CALL, outcome=Outcome.CALL_BACK, text=self.sample.follow_ups[1]
        )


def _birthday(today: date, place: int) -> str:
    day = today + timedelta(days=(place * 37 + 2) % 365)
    day = day if (day.month, day.day) != (2, 29) else day + timedelta(days=1)
    return f"{1960 + (place * 7) % 42}-{day.month:02d}-{day.day:02d}"
