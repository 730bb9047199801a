"""What filters, ways, obstacles and fields of texts are called; a filter as a sentence. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from directsell.domain.contact_choices import Channel
from directsell.domain.mailings import LabelKind
from directsell.domain.message_texts import TextField
from directsell.domain.message_ways import Obstacle, Way
from directsell.domain.people import Rank, Role, Stage
from directsell.domain.segments import NEXT_MONTH, THIS_MONTH, Goods, Group, Match, Rule, RuleKind
from directsell.i18n import N_, Language, _, ngettext
from directsell.ui.terms import term

KINDS: dict[RuleKind, str] = {
    RuleKind.BOUGHT: N_("Bought"),
    RuleKind.LAPSED: N_("Bought, but not lately"),
    RuleKind.SPENT: N_("Value bought"),
    RuleKind.TIMES: N_("Number of orders"),
    RuleKind.WISH: N_("Wish list"),
    RuleKind.BIRTHDAY: N_("Birthday in"),
    RuleKind.SOURCE: N_("Lead source"),
    RuleKind.TAG: N_("Tag"),
    RuleKind.ROLE: N_("Role"),
    RuleKind.STAGE: N_("Stage"),
    RuleKind.RANK: N_("Rank"),
    RuleKind.PLACE: N_("Town or postcode"),
    RuleKind.LANGUAGE: N_("Language"),
    RuleKind.CONSENT: N_("Consent to"),
    RuleKind.CAMPAIGN: N_("Campaign"),
    RuleKind.CONTACTED: N_("Contacted"),
    RuleKind.ATTENDED: N_("Attended a demo"),
    RuleKind.HOSTED: N_("Hosted a demo"),
    RuleKind.ADDED: N_("Added"),
}
GOODS: dict[Goods, str] = {
    Goods.ANYTHING: N_("anything"),
    Goods.PRODUCT: N_("product"),
    Goods.CATEGORY: N_("category"),
    Goods.BRAND: N_("brand"),
}
WAYS: dict[Way, tuple[str, str]] = {
    Way.MAIL: (N_("E-mail"), "mail"),
    Way.WHATSAPP: (N_("WhatsApp"), "message-circle"),
    Way.SMS: (N_("Text message (SMS)"), "message-circle"),
    Way.CLIPBOARD: (N_("Copy the text"), "copy"),
    Way.LETTER: (N_("Letters"), "printer"),
    Way.LABEL: (N_("Address labels"), "tag"),
}
OBSTACLES: dict[Obstacle, str] = {
    Obstacle.NO_CONSENT: N_("no consent"),
    Obstacle.WITHDRAWN: N_("consent withdrawn"),
    Obstacle.NO_ADDRESS: N_("no address"),
    Obstacle.NO_NUMBER: N_("no usable phone number"),
    Obstacle.NO_EMAIL: N_("no e-mail address"),
    Obstacle.DONE_BEFORE: N_("written to already"),
}
FIELDS: dict[TextField, str] = {
    TextField.SALUTATION: N_("Salutation"),
    TextField.GIVEN: N_("Given name"),
    TextField.FAMILY: N_("Family name"),
    TextField.NAME: N_("Whole name"),
    TextField.COMPANY: N_("Company"),
    TextField.CITY: N_("Town"),
    TextField.LAST_PRODUCT: N_("Product bought last"),
    TextField.LAST_ORDER_DATE: N_("Day of the last order"),
    TextField.WISH: N_("Wish noted last"),
    TextField.DEMO_DATE: N_("Day of the next demo"),
    TextField.DEMO_TIME: N_("Time of the next demo"),
    TextField.DEMO_PLACE: N_("Place of the next demo"),
    TextField.AMOUNT_OWED: N_("Amount owed"),
    TextField.TODAY: N_("Today’s date"),
    TextField.MY_NAME: N_("My name"),
    TextField.MY_BUSINESS: N_("My business"),
    TextField.MY_PHONE: N_("My phone"),
    TextField.MY_EMAIL: N_("My e-mail"),
    TextField.MY_WEB: N_("My web page"),
}
LABELS: dict[LabelKind, str] = {
    LabelKind.A4_24: N_("A4, 24 labels of 70 × 37 mm"),
    LabelKind.A4_21: N_("A4, 21 labels of 63.5 × 38.1 mm"),
    LabelKind.A4_14: N_("A4, 14 labels of 99.1 × 38.1 mm"),
    LabelKind.LETTER_30: N_("US Letter, 30 labels of 2⅝ × 1 in (5160)"),
    LabelKind.LETTER_10: N_("US Letter, 10 labels of 4 × 2 in (5163)"),
}
# Saying, and its opposite. {what}: goods; {when}: "in the last 90 days" or nothing; {value}: what is compared with.
_SENTENCES: dict[RuleKind, tuple[str, str]] = {
    RuleKind.BOUGHT: (N_("bought {what} {when}"), N_("did not buy {what} {when}")),
    RuleKind.LAPSED: (N_("bought {what}, but not {when}"), N_("not: bought {what}, but not {when}")),
    RuleKind.SPENT: (N_("bought for {value} {when}"), N_("did not buy for {value} {when}")),
    RuleKind.TIMES: (N_("ordered {value} {when}"), N_("did not order {value} {when}")),
    RuleKind.WISH: (N_("wishes {what}"), N_("does not wish {what}")),
    RuleKind.BIRTHDAY: (N_("birthday in {value}"), N_("birthday not in {value}")),
    RuleKind.SOURCE: (N_("lead source {value}"), N_("lead source other than {value}")),
    RuleKind.TAG: (N_("tag {value}"), N_("without the tag {value}")),
    RuleKind.ROLE: (N_("is {value}"), N_("is not {value}")),
    RuleKind.STAGE: (N_("stage {value}"), N_("stage other than {value}")),
    RuleKind.RANK: (N_("rank {value}"), N_("rank other than {value}")),
    RuleKind.PLACE: (N_("lives in {value}"), N_("does not live in {value}")),
    RuleKind.LANGUAGE: (N_("language {value}"), N_("language other than {value}")),
    RuleKind.CONSENT: (N_("agreed to {value}"), N_("did not agree to {value}")),
    RuleKind.CAMPAIGN: (N_("in the campaign {value}"), N_("not in the campaign {value}")),
    RuleKind.CONTACTED: (N_("contacted {when}"), N_("not contacted {when}")),
    RuleKind.ATTENDED: (N_("attended a demo {when}"), N_("attended no demo {when}")),
    RuleKind.HOSTED: (N_("hosted a demo {when}"), N_("hosted no demo {when}")),
    RuleKind.ADDED: (N_("added {when}"), N_("not added {when}")),
}
_NEVER = {RuleKind.BOUGHT: N_("never bought {what}")}


def filter_sentence(group: Group, names: Mapping[str, str], language: Language, currency: str) -> str:
    """Return a filter in words: "bought Serum, but not in the last 90 days, birthday in March".

    Args:
        group: the filter, complete or half-typed.
        names: of products, brands and campaigns by their id as text (queries.segments.subject_names).
        language: writes amounts and months.
        currency: of amounts.
    """
    if group.is_empty:
        return _("everybody")
    return _group(group, names, language, currency)


def _group(group: Group, names: Mapping[str, str], language: Language, currency: str) -> str:
    parts = [rule_sentence(rule, names, language, currency) for rule in group.rules]
    parts += [
        _("({parts})").format(parts=_group(inner, names, language, currency))
        for inner in group.groups
        if not inner.is_empty
    ]
    joint = _("{first}, {second}") if group.match is Match.ALL else _("{first} or {second}")
    text = parts[0]
    for part in parts[1:]:
        text = joint.format(first=text, second=part)
    return _("not ({parts})").format(parts=text) if group.negated else text


def rule_sentence(rule: Rule, names: Mapping[str, str], language: Language, currency: str) -> str:
    """Return one rule in words; what is not chosen yet is an ellipsis."""
    yes, no = _SENTENCES[rule.kind]
    words = no if rule.negated else yes
    if rule.negated and rule.days is None:
        words = _NEVER.get(rule.kind, words)
    when = ""
    if rule.days is not None:
        when = ngettext("in the last day", "in the last {days} days", rule.days).format(days=language.number(rule.days))
    text = _(words).format(
        what=_what(rule, names), when=when, value=value_words(rule, names, language, currency) or "…"
    )
    return " ".join(text.split())


def _what(rule: Rule, names: Mapping[str, str]) -> str:
    name = names.get(rule.subject, "") or ("" if rule.goods in (Goods.PRODUCT, Goods.BRAND) else rule.subject) or "…"
    if rule.goods is Goods.ANYTHING:
        return _("anything")
    if rule.goods is Goods.PRODUCT:
        return name
    if rule.goods is Goods.BRAND:
        return _("something of {brand}").format(brand=name)
    return _("something of the category {name}").format(name=name)


def value_words(rule: Rule, names: Mapping[str, str], language: Language, currency: str) -> str:
    """Return what a rule compares with, in words; "" where nothing is chosen."""
    if rule.kind is RuleKind.SPENT:
        return _range(rule, lambda amount: language.money(amount, currency))
    if rule.kind is RuleKind.TIMES:
        return _range(rule, lambda count: ngettext("{n} time", "{n} times", count).format(n=language.number(count)))
    if rule.kind is RuleKind.RANK:
        return term(Rank(rule.subject)) if rule.subject in set(Rank) else ""
    if not rule.subject:
        return ""
    if rule.kind is RuleKind.BIRTHDAY:
        return month_name(rule.subject, language)
    if rule.kind is RuleKind.CAMPAIGN:
        return names.get(rule.subject, "")
    if rule.kind is RuleKind.LANGUAGE:
        return Language.load(rule.subject).name
    kinds = {RuleKind.ROLE: Role, RuleKind.STAGE: Stage, RuleKind.CONSENT: Channel}
    kind = kinds.get(rule.kind)
    return rule.subject if kind is None or rule.subject not in set(kind) else term(kind(rule.subject))


def _range(rule: Rule, write: Callable[[int], str]) -> str:
    if rule.low is None and rule.high is None:
        return ""
    if rule.high is None:
        return _("{least} or more").format(least=write(rule.low or 0))
    if rule.low is None:
        return _("at most {most}").format(most=write(rule.high))
    return _("{least} to {most}").format(least=write(rule.low), most=write(rule.high))


def month_name(subject: str, language: Language) -> str:
    """Return a month of a birthday rule as people say it."""
    if subject == THIS_MONTH:
        return _("this month")
    if subject == NEXT_MONTH:
        return _("next month")
    return language.formats.months_alone[int(subject) - 1]


def way_name(way: Way) -> str:
    """Return what a way is called."""
    return _(WAYS[way][0])


def obstacle_words(obstacle: Obstacle) -> str:
    """Return why somebody is left out."""
    return _(OBSTACLES[obstacle])
