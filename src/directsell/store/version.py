"""The version of the schema and the mark of our files; apart from schema.py so that opening needs no SQLAlchemy."""

VERSION = 1
APPLICATION_ID = 0x44534C31  # "DSL1" tells a database of ours from any other SQLite file
