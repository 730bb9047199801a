"""Read a big sales file whole and compare it with its known totals; run by hand or by the benchmarks, not by pytest.

python tests/exchange/real_sales_check.py FILE TOTALS.json prints one JSON object and fails when a figure differs.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from directsell.exchange.sales import SalesResult, read_sales
from directsell.exchange.suggestions import suggest
from directsell.exchange.tables import open_table


def figures(result: SalesResult) -> dict[str, object]:
    """Return the figures of a result in the shape of the totals file."""
    months: dict[str, Decimal] = defaultdict(Decimal)
    lines = [line for document in result.documents for line in document.lines]
    for document in result.documents:
        months[document.moment.strftime("%Y-%m")] += document.total
    cancelled = [document for document in result.documents if document.kind == "cancellation"]
    return {
        "lines": len(lines),
        "documents": len(result.documents),
        "cancel_documents": len(cancelled),
        "cancel_total": plain(sum((document.total for document in cancelled), Decimal())),
        "other": [document.number for document in result.documents if document.kind == "adjustment"],
        "customers": len({document.customer_id for document in result.documents if document.customer_id}),
        "codes": len({line.code for line in lines}),
        "lines_without_customer": sum(len(item.lines) for item in result.documents if not item.customer_id),
        "zero_price": sum(1 for line in lines if line.unit_price == 0),
        "negative_not_C": sum(
            sum(1 for line in document.lines if line.quantity < 0)
            for document in result.documents
            if document.kind != "cancellation"
        ),
        "no_description": sum(1 for line in lines if not line.description),
        "total": plain(sum((document.total for document in result.documents), Decimal())),
        "by_month": {month: plain(total) for month, total in sorted(months.items())},
    }


def plain(number: Decimal) -> str:
    """Return a number without trailing zeros."""
    return f"{number.normalize():f}"


def peak_mb() -> int:
    """Return the most memory that this process ever held; 0 where the system does not say (Windows)."""
    if sys.platform == "win32":
        return 0
    import resource

    unit = 1_048_576 if sys.platform == "darwin" else 1_024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def main(file: str, totals: str) -> int:
    """Check one file; the return value is the exit status."""
    start = time.perf_counter()
    table = open_table(Path(file))
    suggestion = suggest("sales", table)
    opened = time.perf_counter()
    result = read_sales(table, suggestion.mapping)
    done = time.perf_counter()
    found = figures(result)
    expected = json.loads(Path(totals).read_text(encoding="utf-8"))
    differences = {key: [found.get(key), value] for key, value in expected.items() if found.get(key) != value}
    report = {
        "open_seconds": round(opened - start, 3),
        "read_seconds": round(done - opened, 3),
        "peak_mb": peak_mb(),
        "rows": result.rows,
        "rejects": len(result.rejects),
        "findings": len(result.findings),
        "repeated_lines": result.repeated_lines,
        "differences": differences,
    }
    print(json.dumps(report, indent=1))
    complete = result.rows == expected["lines"] and not result.rejects
    return 0 if complete and not differences else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
