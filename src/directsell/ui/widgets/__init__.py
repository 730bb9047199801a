"""The parts that pages are made of. They know no page and no route."""
