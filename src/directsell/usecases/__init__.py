"""The verbs: one function, one transaction, one step of undo each. No Qt, no words for the screen, no SQL that writes."""
