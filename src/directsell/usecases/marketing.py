"""What a seller does with segments, campaigns and templates: save and delete them, keep files. What is written: messages.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from directsell.domain.campaign_results import check_campaign
from directsell.domain.errors import DomainError
from directsell.domain.ids import named_id
from directsell.domain.marketing import Campaign, CampaignCost, CampaignFile, Segment, Template
from directsell.domain.message_texts import check_template
from directsell.domain.segments import Group, check_segment, rules_text
from directsell.i18n import N_
from directsell.store.queries.segments import segment_uses
from directsell.store.work import Work
from directsell.usecases.sample_templates import SAMPLE_TEMPLATES
from directsell.usecases.verbs import usecase

LARGEST_FILE = 20_000_000
FILE_KINDS = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
}


@usecase(N_("Segment {name}"))
def save_segment(work: Work, segment_id: UUID, *, name: str, group: Group, note: str = "") -> Segment:
    """Store a segment, new or changed.

    Raises:
        DomainError: as ``domain.segments.check_segment``.
    """
    check_segment(name, group)
    known = work.find_one(Segment, segment_id)
    work.describe(name=name.strip())
    return work.save(
        Segment(
            id=segment_id,
            name=name.strip(),
            rules=rules_text(group),
            note=note.strip(),
            created_at=work.now if known is None else known.created_at,
        )
    )


@usecase(N_("Delete segment {name}"))
def delete_segment(work: Work, segment_id: UUID) -> None:
    """Remove a segment.

    Raises:
        DomainError: ``segment.in_use`` while a campaign or a follow-up programme names it.
    """
    segment = work.get(Segment, segment_id)
    uses = segment_uses(work, segment_id)
    if uses:
        raise DomainError("segment.in_use", name=uses[0])
    work.describe(name=segment.name)
    work.delete(segment)


@usecase(N_("Campaign {name}"))
def save_campaign(work: Work, campaign: Campaign, costs: Sequence[CampaignCost]) -> Campaign:
    """Store a campaign with its costs, new or changed; the costs replace those that are stored.

    Raises:
        DomainError: as ``domain.campaign_results.check_campaign``.
    """
    check_campaign(campaign, costs)
    work.describe(name=campaign.name.strip())
    saved = work.save(replace(campaign, name=campaign.name.strip()))
    work.replace_all(work.find(CampaignCost, campaign_id=campaign.id), costs)
    return saved


@usecase(N_("Delete campaign {name}"))
def delete_campaign(work: Work, campaign_id: UUID) -> None:
    """Remove a campaign with its costs and files; who was contacted in it stays in the log."""
    campaign = work.get(Campaign, campaign_id)
    work.describe(name=campaign.name)
    work.delete(*work.find(CampaignCost, campaign_id=campaign_id))
    work.delete(*work.find(CampaignFile, campaign_id=campaign_id), campaign)


@usecase(N_("File {file} for campaign {name}"))
def add_campaign_file(work: Work, campaign_id: UUID, *, name: str, content: bytes) -> CampaignFile:
    """Keep a leaflet or picture with a campaign.

    Raises:
        DomainError: ``campaign.file_kind`` (no PDF and no picture) or ``campaign.file_large``.
    """
    mime = _mime(name, content)
    if not mime:
        raise DomainError("campaign.file_kind", name=name)
    if len(content) > LARGEST_FILE:
        raise DomainError("campaign.file_large", name=name, most=LARGEST_FILE // 1_000_000)
    campaign = work.get(Campaign, campaign_id)
    work.describe(name=campaign.name, file=name)
    position = max((f.position for f in work.find(CampaignFile, campaign_id=campaign_id)), default=0) + 1
    sha = work.put_file(content, mime)
    return work.save(
        CampaignFile(id=work.new_id(), campaign_id=campaign_id, name=name, sha256=sha, mime=mime, position=position)
    )


_MARKS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)


def _mime(name: str, content: bytes) -> str:
    """Return what a file is by its first bytes, if its name says the same; "" for anything else."""
    stem, dot, ending = name.rpartition(".")
    kind = FILE_KINDS.get(dot + ending.casefold(), "") if stem else ""
    return kind if any(content.startswith(mark) and mime == kind for mark, mime in _MARKS) else ""


@usecase(N_("Remove file {file} of campaign"))
def remove_campaign_file(work: Work, file_id: UUID) -> None:
    """Take a file from a campaign."""
    file = work.get(CampaignFile, file_id)
    work.describe(file=file.name)
    work.delete(file)


@usecase(N_("Template {name}"))
def save_template(work: Work, template: Template) -> Template:
    """Store a template, new or changed.

    Raises:
        DomainError: as ``domain.message_texts.check_template``.
    """
    check_template(template.name, template.subject, template.body)
    work.describe(name=template.name.strip())
    return work.save(replace(template, name=template.name.strip()))


@usecase(N_("Delete template {name}"))
def delete_template(work: Work, template_id: UUID) -> None:
    """Remove a template; what was written with it stays in the log."""
    template = work.get(Template, template_id)
    work.describe(name=template.name)
    work.delete(template)


@usecase(N_("Sample texts"))
def add_sample_templates(work: Work, language: str) -> int:
    """Add the texts that come with the program in a language (German or English); returns how many were new.

    Their ids follow from their names, so asking twice, or on two laptops, adds nothing twice; changed ones stay as they are.
    """
    code = "de" if language.startswith("de") else "en"
    added = 0
    for position, sample in enumerate(SAMPLE_TEMPLATES[code]):
        key = named_id("template", code, sample.key)
        if work.find_one(Template, key) is not None:
            continue
        added += 1
        work.save(
            Template(
                id=key,
                name=sample.name,
                channel=sample.channel,
                language=code,
                subject=sample.subject,
                body=sample.body,
                position=position,
                created_at=work.now,
            )
        )
    return added
