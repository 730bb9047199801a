"""What stands behind lists on the screen. No SQL, no widgets."""
