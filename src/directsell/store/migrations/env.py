"""Alembic asks for this file; migrations are run in-process by upgrade.py, never through it."""
