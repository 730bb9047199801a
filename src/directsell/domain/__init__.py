"""Rules and records of the trade, pure: standard library only. No clock is read, nothing is stored, no sentences."""
