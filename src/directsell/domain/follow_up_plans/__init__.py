"""Follow-up programmes at work (rule D19): steps as data, what happened to a person, and what follows. No storage."""
