"""Questions to the store, a module for each feature: functions of a Reader that return frozen rows. Nothing is written."""
