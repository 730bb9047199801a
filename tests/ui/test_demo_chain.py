"""The tree of the party chain on a demo: what stands where, keys, mouse, right to left, and big chains."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from directsell.domain.demos import Demo, DemoState
from directsell.domain.ids import named_id
from directsell.store.queries.chains import Node
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.demos import DemosPage
from directsell.ui.pages.demos.chain import ChainTree
from directsell.ui.pages.demos.chain_layout import children_of, rows_of
from tests.fixtures import books
from tests.ui.conftest import Desk

TODAY = books.NOON.date()


def book_chain(desk: Desk, *parents: int | None, **fields: Any) -> list[Demo]:
    """Save demos; each is booked at the one whose place is given."""
    made: list[Demo] = []
    with desk.write() as work:
        for number, parent in enumerate(parents):
            demo = Demo(
                id=work.new_id(),
                title=f"Demo {number}",
                day=TODAY + timedelta(days=number),
                state=DemoState.CANCELLED if number == 4 else DemoState.PLANNED,
                parent_id=None if parent is None else made[parent].id,
                created_at=work.now,
            )
            made.append(work.save(demo))
    return made


@pytest.fixture
def demos(desk: Desk) -> list[Demo]:
    return book_chain(desk, None, 0, 0, 1, 1)


@pytest.fixture
def page(desk: Desk, demos: list[Demo], scripted: ScriptedDialogs) -> DemosPage:
    shown = desk.show(DemosPage(desk.session))
    shown.show_route(Route("demos", str(demos[1].id)))
    desk.settle()
    return shown


@pytest.fixture
def tree(page: DemosPage) -> ChainTree:
    page.detail.scroll_to(page.detail.chain)
    return page.detail.chain.tree


def press(desk: Desk, tree: ChainTree, key: Qt.Key) -> None:
    QTest.keyClick(tree, key)
    desk.settle()


def test_each_demo_stands_beside_the_one_at_which_it_was_booked(
    page: DemosPage, tree: ChainTree, demos: list[Demo]
) -> None:
    assert page.detail.chain.isVisible()
    places = [tree.place(demo.id) for demo in demos]
    assert places[0].right() < places[1].left() == places[2].left()
    assert places[1].right() < places[3].left() == places[4].left()
    assert places[3].center().y() < places[1].center().y() < places[4].center().y() < places[2].center().y()
    assert tree.current == demos[1].id
    words = tree.accessibleDescription()
    assert "Demo 1" in words
    assert "0 orders" in words
    assert "2 bookings" in words
    assert "booked at Demo 0's" in words
    assert "Called off" in tree.words(tree._nodes[demos[4].id])


def test_keys_go_through_the_tree_and_open_a_demo(
    desk: Desk, page: DemosPage, tree: ChainTree, demos: list[Demo]
) -> None:
    tree.setFocus()
    ways = (
        (Qt.Key.Key_Right, 3),
        (Qt.Key.Key_Down, 4),
        (Qt.Key.Key_Down, 4),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_Down, 2),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Home, 0),
    )
    for key, place in ways:
        press(desk, tree, key)
        assert tree.current == demos[place].id
    press(desk, tree, Qt.Key.Key_Return)
    assert desk.routes[-1] == Route("demos", str(demos[0].id))


def test_a_click_opens_a_demo_and_the_one_that_shows_stays(
    desk: Desk, page: DemosPage, tree: ChainTree, demos: list[Demo]
) -> None:
    before = list(desk.routes)
    QTest.mouseClick(tree, Qt.MouseButton.LeftButton, pos=tree.place(demos[1].id).center().toPoint())
    desk.settle()
    assert desk.routes == before
    QTest.mouseClick(tree, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert desk.routes == before
    QTest.mouseClick(tree, Qt.MouseButton.LeftButton, pos=tree.place(demos[3].id).center().toPoint())
    desk.settle()
    assert desk.routes[-1] == Route("demos", str(demos[3].id))


def test_right_to_left_the_tree_grows_to_the_left(
    themed: QApplication, desk: Desk, page: DemosPage, tree: ChainTree, demos: list[Demo]
) -> None:
    tree.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert tree.place(demos[1].id).right() < tree.place(demos[0].id).left()
    press(desk, tree, Qt.Key.Key_Left)
    assert tree.current == demos[3].id
    press(desk, tree, Qt.Key.Key_Right)
    assert tree.current == demos[1].id
    tree.grab()


def test_a_demo_without_a_chain_shows_none(desk: Desk, page: DemosPage) -> None:
    (alone,) = book_chain(desk, None)
    page.show_route(Route("demos", str(alone.id)))
    desk.settle()
    assert not page.detail.chain.isVisible()


def test_a_big_chain_scrolls_to_what_the_keys_reach(desk: Desk, page: DemosPage, tree: ChainTree) -> None:
    made = book_chain(desk, None, *([0] * 40), *range(1, 9))
    page.show_route(Route("demos", str(made[0].id)))
    desk.settle()
    area = page.detail.chain._area
    assert tree.height() > area.height()
    tree.setFocus()
    for _step in range(3):
        press(desk, tree, Qt.Key.Key_Right)
    for _step in range(30):
        press(desk, tree, Qt.Key.Key_Down)
    assert tree.current is not None
    spot = tree.mapTo(area.viewport(), tree.place(tree.current).center().toPoint())
    assert area.viewport().rect().contains(spot)


def node(number: int, parent: int | None, depth: int) -> Node:
    def key(n: int) -> UUID:
        return named_id("node", str(n))

    return Node(
        demo_id=key(number),
        parent_id=None if parent is None else key(parent),
        depth=depth,
        name=str(number),
        day=date(2026, 1, 1),
        state=DemoState.PLANNED,
        orders=0,
        sales=0,
        bookings=0,
    )


@given(st.lists(st.integers(min_value=0, max_value=50), max_size=40))
def test_no_two_demos_of_a_generation_share_a_place(choices: list[int]) -> None:
    below: dict[int, list[int]] = {0: []}
    for number, choice in enumerate(choices, start=1):
        below[number] = []
        below[choice % number].append(number)
    nodes: list[Node] = []

    def walk(number: int, parent: int | None, depth: int) -> None:
        nodes.append(node(number, parent, depth))
        for child in below[number]:
            walk(child, number, depth + 1)

    walk(0, None, 0)
    rows = rows_of(nodes)
    for one in nodes:
        alike = sorted(rows[other.demo_id] for other in nodes if other.depth == one.depth)
        assert all(after - before >= 1 for before, after in itertools.pairwise(alike))
        children = [rows[key] for key in children_of(nodes)[one.demo_id]]
        if children:
            assert rows[one.demo_id] == (min(children) + max(children)) / 2
