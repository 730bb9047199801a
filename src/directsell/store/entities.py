"""Which records are stored where: tables, field groups, derived columns, indexes. No SQLAlchemy, no SQL text.

A *group* is a set of fields that only make sense together; concurrent edits are merged group by group. A
*derived* column follows from the record and is local: recomputed at every save, never journalled or synced.
A *local* column is a cache kept by the store itself (see derive.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from directsell.domain import (
    catalog,
    demos,
    duplicates,
    follow_up_programmes,
    followups,
    invoicing,
    marketing,
    merges,
    objections,
    orders,
    payments,
    people,
    relations,
    settings,
)
from directsell.domain.records import Record


@dataclass(frozen=True, slots=True)
class Entity:
    """How one kind of record is stored. A *ledger* is only ever appended to."""

    record: type[Record]
    table: str
    ledger: bool = False
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    derived: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    local: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)


_ADDRESS = ("street", "extra", "postcode", "city", "region", "country")

ENTITIES: tuple[Entity, ...] = (
    Entity(settings.Device, "device"),
    Entity(settings.Setting, "setting"),
    Entity(
        people.Person,
        "person",
        groups={
            "name": ("kind", "salutation", "given", "family", "company"),
            "stage": ("stage", "stage_on", "lost_reason"),
        },
        derived={"sort_key": people.sort_key, "sound_key": duplicates.sound_key},
        indexes=(
            ("sort_key",),
            ("sound_key",),
            ("stage", "sort_key"),
            ("stage", "stage_on"),
            ("created_at",),
            ("birthday",),
            ("reference",),
            ("customer_number",),
            ("merged_into",),
            ("referred_by",),
            ("campaign_id",),
        ),
        references={"referred_by": "person", "merged_into": "person", "campaign_id": "campaign"},
    ),
    Entity(people.PersonRole, "person_role", indexes=(("person_id",), ("role",)), references={"person_id": "person"}),
    Entity(people.PersonTag, "person_tag", indexes=(("person_id",), ("tag",)), references={"person_id": "person"}),
    Entity(
        people.ReachPoint,
        "reach_point",
        groups={"value": ("kind", "value")},
        derived={"reach_key": people.reach_key},
        indexes=(("person_id",), ("reach_key",)),
        references={"person_id": "person"},
    ),
    Entity(
        people.Address,
        "address",
        groups={"address": _ADDRESS},
        indexes=(("person_id",),),
        references={"person_id": "person"},
    ),
    Entity(
        people.Consent,
        "consent",
        ledger=True,
        indexes=(("person_id",),),
        references={"person_id": "person", "reverses_id": "consent"},
    ),
    Entity(catalog.Brand, "brand"),
    Entity(
        catalog.Product,
        "product",
        derived={
            "code_key": lambda product: catalog.product_key(product.code),
            "sort_key": lambda product: people.fold(product.name),
        },
        indexes=(("code_key",), ("sort_key",), ("barcode",), ("code",), ("category", "sort_key")),
        references={"brand_id": "brand"},
    ),
    Entity(catalog.PriceList, "price_list", references={"brand_id": "brand"}),
    Entity(
        catalog.Price,
        "price",
        groups={"price": ("amount", "valid_from", "valid_to")},
        indexes=(("product_id", "price_list_id", "valid_from"),),
        references={"product_id": "product", "price_list_id": "price_list"},
    ),
    Entity(catalog.TaxRateEntry, "tax_rate", groups={"rate": ("label", "ppm")}, indexes=(("tax_class", "valid_from"),)),
    Entity(
        catalog.HostProgramme,
        "host_programme",
        groups={"rules": ("rules", "currency")},
        indexes=(("family_id", "valid_from"),),
        references={"brand_id": "brand"},
    ),
    Entity(
        demos.Demo,
        "demo",
        groups={"when": ("day", "starts", "ends", "zone"), "place": _ADDRESS},
        indexes=(("day",), ("host_id",), ("state", "day")),
        references={"host_id": "person", "programme_id": "host_programme", "parent_id": "demo"},
    ),
    Entity(
        demos.DemoGuest,
        "demo_guest",
        indexes=(("demo_id",), ("person_id",)),
        references={"demo_id": "demo", "person_id": "person"},
    ),
    Entity(
        orders.Order,
        "sales_order",
        groups={
            "money": ("currency", "tax_profile"),
            "discount": ("customer_discount_ppm", "discount_ppm", "discount"),
            "state": ("state", "delivered_on", "lost_reason"),
            "offer": ("valid_until", "terms"),
            "right": ("cancel_by", "cooling_rule"),
        },
        local=("total", "owed", "buyer"),
        indexes=(
            ("ordered_on",),
            ("ordered_on", "state", "currency", "total", "buyer"),  # sales of a period without looking at the orders
            ("buyer", "currency", "ordered_on", "total"),  # what somebody spent, likewise
            ("person_id", "ordered_on"),
            ("demo_id",),
            ("state", "ordered_on"),
            ("state", "deliver_on"),
            ("owed", "currency", "ordered_on"),  # debts and their sum without looking at the orders
            ("reference",),
        ),
        references={"person_id": "person", "demo_id": "demo"},
    ),
    Entity(
        orders.OrderLine,
        "order_line",
        groups={
            "product": ("product_id", "code", "name", "unit"),
            "price": ("unit_price", "tax_class"),
            "discount": ("discount_ppm", "discount"),
        },
        local=("buyer", "day"),
        indexes=(("order_id", "position"), ("product_id", "buyer", "day")),
        references={"order_id": "sales_order", "product_id": "product"},
    ),
    Entity(
        payments.Payment,
        "payment",
        ledger=True,
        indexes=(("order_id",), ("person_id",), ("paid_on",)),
        references={"order_id": "sales_order", "person_id": "person", "reverses_id": "payment"},
    ),
    Entity(
        invoicing.IssuedPaper,
        "issued_paper",
        ledger=True,
        indexes=(("order_id",), ("person_id",), ("issued_on",), ("number",), ("kind", "issued_on")),
        references={"order_id": "sales_order", "person_id": "person", "cancels_id": "issued_paper"},
    ),
    Entity(
        demos.CoHost,
        "co_host",
        indexes=(("demo_id",),),
        references={"demo_id": "demo", "person_id": "person"},
    ),
    Entity(demos.CoachingTouch, "coaching_touch", indexes=(("demo_id",), ("due_on",)), references={"demo_id": "demo"}),
    Entity(demos.PackingItem, "packing_item", indexes=(("demo_id",),), references={"demo_id": "demo"}),
    Entity(
        demos.Wish,
        "wish",
        indexes=(("person_id",), ("demo_id",), ("product_id",)),
        references={"person_id": "person", "product_id": "product", "demo_id": "demo"},
    ),
    Entity(
        demos.CashCount,
        "cash_count",
        ledger=True,
        indexes=(("demo_id",),),
        references={"demo_id": "demo", "reverses_id": "cash_count"},
    ),
    Entity(
        demos.DemoCost,
        "demo_cost",
        groups={"amount": ("amount", "currency")},
        indexes=(("demo_id",),),
        references={"demo_id": "demo"},
    ),
    Entity(orders.Withdrawal, "withdrawal", indexes=(("order_id",),), references={"order_id": "sales_order"}),
    Entity(
        orders.Signature,
        "signature",
        ledger=True,
        indexes=(("order_id",),),
        references={"order_id": "sales_order", "reverses_id": "signature"},
    ),
    Entity(
        people.ContactEntry,
        "contact_entry",
        indexes=(("person_id", "at"), ("at",), ("campaign_id",)),
        references={
            "person_id": "person",
            "demo_id": "demo",
            "order_id": "sales_order",
            "campaign_id": "campaign",
            "template_id": "template",
        },
    ),
    Entity(
        followups.FollowUp,
        "follow_up",
        groups={"state": ("state", "outcome", "closed_at")},
        indexes=(("state", "due_on"), ("person_id",), ("order_id",), ("demo_id",), ("programme_id", "state")),
        references={
            "person_id": "person",
            "order_id": "sales_order",
            "demo_id": "demo",
            "product_id": "product",
            "programme_id": "follow_up_programme",
        },
    ),
    Entity(
        follow_up_programmes.FollowUpProgramme,
        "follow_up_programme",
        groups={"steps": ("anchor", "steps")},
        references={"brand_id": "brand", "segment_id": "segment"},
    ),
    Entity(
        objections.Objection,
        "objection",
        indexes=(("person_id",), ("kind", "result")),
        references={"person_id": "person", "demo_id": "demo"},
    ),
    Entity(
        relations.Relation,
        "relation",
        indexes=(("person_id",), ("other_id",)),
        references={"person_id": "person", "other_id": "person"},
    ),
    Entity(
        relations.ProfileQuestion,
        "profile_question",
        groups={"answer": ("kind", "choices")},
        references={"brand_id": "brand"},
    ),
    Entity(
        relations.ProfileAnswer,
        "profile_answer",
        indexes=(("person_id",), ("question_id",)),
        references={"person_id": "person", "question_id": "profile_question"},
    ),
    Entity(
        merges.PersonMerge,
        "person_merge",
        indexes=(("kept_id",), ("dropped_id",)),
        references={"kept_id": "person", "dropped_id": "person"},
    ),
    Entity(merges.Erasure, "erasure", indexes=(("person_id",),), references={"person_id": "person"}),
    Entity(marketing.Segment, "segment"),
    Entity(
        marketing.Campaign,
        "campaign",
        indexes=(("starts_on",),),
        references={"segment_id": "segment", "brand_id": "brand"},
    ),
    Entity(
        marketing.CampaignCost,
        "campaign_cost",
        groups={"amount": ("amount", "currency")},
        indexes=(("campaign_id",),),
        references={"campaign_id": "campaign"},
    ),
    Entity(
        marketing.CampaignFile,
        "campaign_file",
        groups={"file": ("name", "sha256", "mime")},
        indexes=(("campaign_id",),),
        references={"campaign_id": "campaign"},
    ),
    Entity(marketing.Template, "template", references={"brand_id": "brand"}),
)

BY_RECORD: dict[type[Record], Entity] = {entity.record: entity for entity in ENTITIES}
BY_TABLE: dict[str, Entity] = {entity.table: entity for entity in ENTITIES}
