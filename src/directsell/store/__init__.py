"""The data of one business: schema, one writer with its journal, readers, keys, backups. The only home of SQL."""
