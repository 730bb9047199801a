"""Bringing in what other programs wrote: sales, people, products. Each import is one transaction and one undo."""

from directsell.usecases.imports.people import PeopleImport, import_people
from directsell.usecases.imports.products import ProductsImport, import_products
from directsell.usecases.imports.sales import SalesImport, import_sales

__all__ = ["PeopleImport", "ProductsImport", "SalesImport", "import_people", "import_products", "import_sales"]
