"""The documents layer; see docs/architecture.md for what may live here."""
