"""The pages, a package each. No page knows another; the shell makes them by key (page_factories)."""
