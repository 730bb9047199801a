"""The buyer's right to cancel: rules as dated data, deadlines with reasons, notices. Never legal advice.

``rule_for`` finds the rule of a sale, ``deadline`` its last day, ``judge`` a notice, ``refund_due`` the day of the
refund, ``payment_allowed`` bans on payment; ``text_for`` and ``notice_of`` the paper. The files are in
``resources/legal`` and read by ``directsell.legal``.
"""

from directsell.domain.cooling_off.choosing import RuleChoice, TextChoice, advice_of, rule_for, text_for
from directsell.domain.cooling_off.deadlines import (
    Deadline,
    PaymentAnswer,
    Verdict,
    deadline,
    judge,
    payment_allowed,
    period,
    refund_due,
)
from directsell.domain.cooling_off.facts import GoodsException, SaleFacts, SalePlace, Visit
from directsell.domain.cooling_off.notices import (
    GoodsCount,
    Notice,
    check_notice,
    notice_of,
    slip_note_of,
    statement_of,
)
from directsell.domain.cooling_off.packs import read_pack
from directsell.domain.cooling_off.rules import Advice, Certainty, Check, Pack, Rule, Trigger, Unit
from directsell.domain.cooling_off.steps import Step, Why
from directsell.domain.cooling_off.texts import LegalText

__all__ = [
    "Advice",
    "Certainty",
    "Check",
    "Deadline",
    "GoodsCount",
    "GoodsException",
    "LegalText",
    "Notice",
    "Pack",
    "PaymentAnswer",
    "Rule",
    "RuleChoice",
    "SaleFacts",
    "SalePlace",
    "Step",
    "TextChoice",
    "Trigger",
    "Unit",
    "Verdict",
    "Visit",
    "Why",
    "advice_of",
    "check_notice",
    "deadline",
    "judge",
    "notice_of",
    "payment_allowed",
    "period",
    "read_pack",
    "refund_due",
    "rule_for",
    "slip_note_of",
    "statement_of",
    "text_for",
]
