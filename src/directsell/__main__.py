"""``python -m directsell``: nothing but the call."""

from __future__ import annotations

from directsell.bootstrap import main

if __name__ == "__main__":
    raise SystemExit(main())
