"""What a seller does with demos: book, change, cancel, keep the guest list."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from directsell.domain.demos import Demo, DemoGuest, DemoState, Reply, check_demo, check_transition, guest_of
from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.history import EventKind
from directsell.domain.follow_up_programmes import Anchor
from directsell.domain.people import Person, Role, Stage
from directsell.i18n import N_
from directsell.store.queries.follow_up_plans import anchors
from directsell.store.work import Work
from directsell.usecases.follow_up_programmes import replan
from directsell.usecases.people import add_roles, advance
from directsell.usecases.verbs import usecase


@usecase(N_("Save demo {title}"))
def save_demo(work: Work, demo: Demo, guests: Iterable[DemoGuest] | None = None) -> Demo:
    """Store a demo, new or changed, and its guest list if one is given.

    The host gets the role of a host and moves on to "demo booked" in the pipeline.

    Raises:
        DomainError: ``demo.guests``, ``demo.times``, ``demo.transition``, ``record.missing`` for an unknown host.
    """
    check_demo(demo)
    known = work.find_one(Demo, demo.id)
    if known is not None:
        check_transition(known.state, demo.state)
    work.describe(title=demo.title)
    work.save(demo)
    if demo.host_id is not None and (known is None or known.host_id != demo.host_id):
        work.get(Person, demo.host_id)
        add_roles(work, demo.host_id, (Role.HOST,))
        advance(work, demo.host_id, Stage.DEMO_BOOKED)
    if guests is not None:
        work.replace_all(work.find(DemoGuest, demo_id=demo.id), guests)
    if known is None or (known.host_id, known.day, known.state) != (demo.host_id, demo.day, demo.state):
        _follow(work, demo, known)
    return demo


def _follow(work: Work, demo: Demo, known: Demo | None = None) -> None:
    """Let follow-ups follow the booking or the end of a demo: those of the host, and after a demo those of the guests."""
    kinds = (EventKind.BOOKING, EventKind.DEMO)
    for person_id in {demo.host_id, known.host_id if known is not None else None}:
        replan(work, person_id, *kinds)
    if Anchor.DEMO in anchors(work):
        for guest in work.find(DemoGuest, demo_id=demo.id, attended=True):
            replan(work, guest.person_id, EventKind.DEMO)


@usecase(N_("Change state of demo {title}"))
def change_demo_state(work: Work, demo_id: UUID, state: DemoState) -> Demo:
    """Take a demo one step further in its life; a demo that was held moves its host on to "demo done".

    Raises:
        DomainError: ``demo.transition``.
    """
    demo = work.get(Demo, demo_id)
    check_transition(demo.state, state)
    work.describe(title=demo.title)
    if demo.host_id is not None and state in (DemoState.CLOSING, DemoState.SUBMITTED):
        advance(work, demo.host_id, Stage.DEMO_DONE)
    changed = work.update(Demo, demo_id, state=state)
    _follow(work, changed)
    return changed


@usecase(N_("Delete demo {title}"))
def delete_demo(work: Work, demo_id: UUID) -> None:
    """Remove a demo that has no orders; one with orders is cancelled instead.

    Raises:
        DomainError: ``demo.has_orders``.
    """
    demo = work.get(Demo, demo_id)
    work.describe(title=demo.title)
    orders = work.value("SELECT count(*) FROM sales_order WHERE demo_id = ? AND deleted_at IS NULL", (demo_id,), 0)
    if orders:
        raise DomainError("demo.has_orders", count=orders)
    work.delete(*work.find(DemoGuest, demo_id=demo_id), demo)
    replan(work, demo.host_id, EventKind.BOOKING)


@usecase(N_("Invite guest"))
def invite_guest(work: Work, demo_id: UUID, person_id: UUID, *, reply: Reply = Reply.INVITED) -> DemoGuest:
    """Put a person on the guest list; somebody who is on it already only changes the reply."""
    work.get(Demo, demo_id)
    known = next(iter(work.find(DemoGuest, demo_id=demo_id, person_id=person_id)), None)
    if known is not None:
        return work.update(DemoGuest, known.id, reply=reply)
    add_roles(work, person_id, (Role.GUEST,))
    return work.save(guest_of(demo_id, person_id, reply))


@usecase(N_("Change guest"))
def save_guest(work: Work, guest: DemoGuest) -> DemoGuest:
    """Store reply, attendance and remarks of a guest.

    Raises:
        DomainError: ``demo.guests`` for an impossible number of companions.
    """
    if not 0 <= guest.brings <= 100:
        raise DomainError("demo.guests", field="brings")
    return work.save(guest)


@usecase(N_("Remove guest"))
def remove_guest(work: Work, guest_id: UUID) -> None:
    """Take a person off the guest list."""
    work.delete(work.get(DemoGuest, guest_id))
