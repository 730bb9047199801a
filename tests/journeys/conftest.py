"""Journeys: whole ways through the program."""

from __future__ import annotations

import os

collect_ignore = [] if hasattr(os, "fork") else ["test_faults.py"]  # its victims are forked
