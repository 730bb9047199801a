"""How each page is made at its first visit; the imports wait until then, so that the first paint need not."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from directsell.ui.session import Session
from directsell.ui.shell import PageFactory


def _today(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.today import TodayPage

    return TodayPage(session, parent)


def _people(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.people import PeoplePage

    return PeoplePage(session, parent)


def _pipeline(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.pipeline import PipelinePage

    return PipelinePage(session, parent)


def _demos(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.demos import DemosPage

    return DemosPage(session, parent)


def _orders(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.orders import OrdersPage

    return OrdersPage(session, parent)


def _products(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.products import ProductsPage

    return ProductsPage(session, parent)


def _marketing(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.marketing import MarketingPage

    return MarketingPage(session, parent)


def _documents(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.documents import DocumentsPage

    return DocumentsPage(session, parent)


def _history(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.history import HistoryPage

    return HistoryPage(session, parent)


def _settings(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.settings import SettingsPage

    return SettingsPage(session, parent)


def _programmes(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.programmes import ProgrammesPage

    return ProgrammesPage(session, parent)


def _follow_up_programmes(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.follow_up_programmes import FollowUpProgrammesPage

    return FollowUpProgrammesPage(session, parent)


def _desk(session: Session, parent: QWidget) -> QWidget:
    from directsell.ui.pages.desk import DeskPage

    return DeskPage(session, parent)


def factories() -> dict[str, PageFactory]:
    """Return page key -> factory."""
    return {
        "today": _today,
        "people": _people,
        "pipeline": _pipeline,
        "demos": _demos,
        "orders": _orders,
        "products": _products,
        "marketing": _marketing,
        "documents": _documents,
        "history": _history,
        "settings": _settings,
        "desk": _desk,
        "programmes": _programmes,
        "follow_up_programmes": _follow_up_programmes,
    }
