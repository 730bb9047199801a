"""The exchange layer; see docs/architecture.md for what may live here."""
