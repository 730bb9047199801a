"""The kit: widgets without any knowledge of the program. Import from the modules, or the common names from here."""
