"""The Host programmes page: samples, editing with errors in their rows, versions, drafts, the tester; the demo's choice."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from directsell.domain.catalog import HostProgramme
from directsell.domain.demos import Demo
from directsell.domain.host_programmes.checks import rules_from
from directsell.domain.host_programmes.rules import Gift, Measure
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.ui.navigation import Route
from directsell.ui.pages.demos import DemosPage
from directsell.ui.pages.programmes import ProgrammesPage
from directsell.ui.pages.programmes.fields import read_gifts, write_gifts
from directsell.ui.pages.settings.programmes import ProgrammesSection
from directsell.usecases.parties import save_programme
from tests.ui.conftest import Desk

WEIGHTED = next(sample for sample in SAMPLES if sample.key == "us-steps-weighted")


@pytest.fixture
def page(desk: Desk) -> ProgrammesPage:
    return desk.show(ProgrammesPage(desk.session))


@pytest.fixture
def sample(desk: Desk, page: ProgrammesPage) -> ProgrammesPage:
    page.take_sample(WEIGHTED)
    desk.settle()
    return page


def stored(desk: Desk) -> list[HostProgramme]:
    return desk.session.app.read(lambda reader: reader.find(HostProgramme, "valid_from"))


def type_into(field: object, text: str) -> None:
    field.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(field, text)  # type: ignore[arg-type]


def test_a_sample_is_one_click(desk: Desk, sample: ProgrammesPage) -> None:
    (programme,) = stored(desk)
    assert rules_from(programme.rules) == WEIGHTED.rules
    assert programme.name == WEIGHTED.name
    assert sample.editor is not None
    assert sample.editor.rules() == WEIGHTED.rules
    assert list(sample.items) == [programme.id]


def test_the_tester_answers_scenario_a_and_says_why(sample: ProgrammesPage) -> None:
    tester = sample.tester
    assert tester is not None
    type_into(tester.sales, "413.70")
    assert "$62.06" in tester.credit.accessibleName()
    assert tester.rights.accessibleName().endswith("3")
    assert "15% of $413.70: credit $62.06" in tester.lines()
    type_into(tester.sales, "100")
    assert "Sales $100.00: the first step begins at $150.00." in tester.lines()


def test_an_error_stands_in_its_row_and_nothing_is_stored(desk: Desk, sample: ProgrammesPage) -> None:
    assert sample.editor is not None
    step = sample.editor.ladders[0].steps.rows[1]
    type_into(step.start, "100")  # type: ignore[attr-defined]
    sample.save()
    desk.settle()
    assert step.fields["start"].error() == "Each step begins higher than the one before."
    assert rules_from(stored(desk)[0].rules) == WEIGHTED.rules
    type_into(step.start, "260")  # type: ignore[attr-defined]
    sample.save()
    desk.settle()
    assert rules_from(stored(desk)[0].rules).ladders[0].rungs[1].start == 260_00
    assert desk.said[-1] == "Host programme saved"


def test_steps_conditions_and_weights_are_added_and_removed(desk: Desk, sample: ProgrammesPage) -> None:
    editor = sample.editor
    assert editor is not None
    editor.ladders[0].steps.add_button.click()
    editor.conditions.add_button.click()
    row = editor.conditions.rows[0]
    row.measure.set_value(Measure.BUYERS)  # type: ignore[attr-defined]
    row.measure.changed.emit()  # type: ignore[attr-defined]
    type_into(editor.conditions.rows[0].least, "3")  # type: ignore[attr-defined]
    editor.weights.rows[1].cross.click()
    sample.save()
    desk.settle()
    rules = rules_from(stored(desk)[0].rules)
    assert [rung.start for rung in rules.ladders[0].rungs] == [150_00, 250_00, 400_00, 1_000_00, 2_000_00]
    assert [(condition.measure, condition.least) for condition in rules.conditions] == [(Measure.BUYERS, 3)]
    assert len(rules.weights) == 1


def test_an_empty_programme_asks_for_its_name_and_a_reward(desk: Desk, page: ProgrammesPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page.commands()[0].run()
    assert page.editor is not None
    page.save()
    assert "name" in page.editor._fields["name"].error()
    type_into(page.editor.name, "My steps")
    type_into(page.editor.ladders[0].steps.rows[0].benefit.share, "10")  # type: ignore[attr-defined]
    page.save()
    desk.settle()
    assert [programme.name for programme in stored(desk)] == ["My steps"]


def test_a_new_version_belongs_to_the_family(desk: Desk, sample: ProgrammesPage) -> None:
    (first,) = stored(desk)
    sample.version_button.click()
    assert sample.editor is not None
    sample.editor.valid_from.set_value(date(2027, 1, 1))
    type_into(sample.editor.shipping, "6")
    sample.save()
    desk.settle()
    old, new = stored(desk)
    assert old == first
    assert (new.family_id, new.valid_from) == (first.id, date(2027, 1, 1))
    assert rules_from(new.rules).shipping == 600
    assert len(sample.items) == 2


def test_what_was_typed_comes_back(desk: Desk, sample: ProgrammesPage) -> None:
    assert sample.editor is not None
    type_into(sample.editor.shipping, "7.50")
    sample.settle()
    again = desk.show(ProgrammesPage(desk.session))
    again.show_route(Route("programmes", str(stored(desk)[0].id)))
    assert again.editor is not None
    assert again.editor.shipping.value() == 750
    again.discard_button.click()
    assert again.editor is not None
    assert again.editor.shipping.value() == 500


def test_a_version_in_use_is_not_deleted(desk: Desk, sample: ProgrammesPage) -> None:
    (programme,) = stored(desk)
    with desk.write() as work:
        made = Demo(id=work.new_id(), day=date(2026, 7, 1), programme_id=programme.family_id, created_at=work.now)
        work.save(made)
    sample.delete_button.click()
    desk.settle()
    assert "1 demos use this programme" in desk.complained[-1]
    with desk.write() as work:
        work.update(Demo, made.id, programme_id=None)
    sample.delete_button.click()
    desk.settle()
    assert stored(desk) == []
    assert not sample.items


def test_gifts_are_written_in_one_line() -> None:
    gifts = (Gift(name="Apron, red", quantity=2), Gift(name="Spatula"))
    assert write_gifts(gifts) == "2 × Apron, red; Spatula"
    assert read_gifts("2 x Apron, red;  Spatula ;") == gifts


def test_a_demo_chooses_its_programme_in_its_form(desk: Desk, sample: ProgrammesPage) -> None:
    (programme,) = stored(desk)
    with desk.write() as work:
        demo = work.save(Demo(id=work.new_id(), title="Evening", day=date(2026, 7, 1), created_at=work.now))
    page = desk.show(DemosPage(desk.session))
    page.form.edit(demo)
    assert page.form.programme.value() is None
    page.form.programme.set_value(programme.family_id)
    page.form.touch()
    page.form.save_button.click()
    desk.settle()
    found = desk.session.app.read(lambda reader: reader.get(Demo, demo.id))
    assert found.programme_id == programme.family_id
    page.form.start()
    assert page.form.programme.value() == programme.family_id  # the only one there is


def test_the_settings_lead_to_the_programmes(desk: Desk, sample: ProgrammesPage) -> None:
    section = desk.show(ProgrammesSection(desk.session, sample))
    assert len(section.rows) == 1
    desk.session.app.run(
        save_programme,
        HostProgramme(
            id=(key := desk.session.new_id()),
            family_id=key,
            name="Other",
            currency="USD",
            valid_from=date(2026, 1, 1),
            rules="{}",
        ),
        WEIGHTED.rules,
    )
    desk.settle()
    assert len(section.rows) == 2
    section.open_button.click()
    assert desk.routes[-1] == Route("programmes")
