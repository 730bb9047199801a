"""Sentences about segments, campaigns, templates and messages. Codes and words only."""

from directsell.i18n import N_

MARKETING: dict[str, str] = {
    "segment.name": N_("Enter a name for the segment."),
    "segment.subject": N_("Rule {rule} is not complete: choose what it is about."),
    "segment.days": N_("Rule {rule}: enter a number of days from 1 to {most}."),
    "segment.range": N_("Rule {rule}: enter from, to, or both; “to” is not below “from”."),
    "segment.too_many": N_("A segment has at most {most} rules, in groups that are not nested deeper than four times."),
    "segment.unreadable": N_(
        "The rules of this segment cannot be read. A newer version of the program may have made them."
    ),
    "segment.in_use": N_("“{name}” uses this segment. Choose another one there first."),
    "campaign.name": N_("Enter a name for the campaign."),
    "campaign.dates": N_("The campaign ends before it begins."),
    "campaign.cost": N_("Say for each cost what it was for, with an amount that is not negative."),
    "campaign.file_kind": N_("“{name}” is no PDF and no picture."),
    "campaign.file_large": N_("“{name}” is larger than {most} MB."),
    "template.name": N_("Enter a name for the template."),
    "template.empty": N_("Enter the text."),
    "template.field": N_("“{name}” is not a field. Choose one from “Insert field”, or write the braces twice."),
    "template.field_like": N_("“{name}” is not a field. Did you mean “{meant}”?"),
    "template.long": N_("The text is longer than {most} characters."),
    "label.start": N_("The sheet has {most} labels: enter a number from 1 to {most}."),
    "message.consent": N_("{name} has not agreed to be contacted this way."),
}
