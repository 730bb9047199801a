"""Reading and writing foreign files: tables and vCards, strictly and within limits. No database, no Qt, no verbs."""
