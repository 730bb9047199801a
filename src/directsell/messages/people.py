"""Sentences about one person: merging, relations, profiles, erasing. Codes and words only."""

from directsell.i18n import N_

PEOPLE: dict[str, str] = {
    "merge.same": N_("This is one record. Choose another one to merge with."),
    "merge.undone": N_("These two were separated already."),
    "merge.further": N_("This record was merged into another one since. Separate those two first."),
    "relation.self": N_("Nobody is related to oneself. Choose somebody else."),
    "question.label": N_("Enter the question."),
    "question.choices": N_("Enter at least two answers to choose from, one in each line."),
    "answer.number": N_("Enter a number."),
    "answer.date": N_("This is not a date."),
    "answer.choice": N_("This answer is not among those to choose from."),
    "erase.open_orders": N_("This person has {count} open orders. Deliver and settle or cancel them first."),
    "erase.done": N_("The data of this person was erased already."),
}
