"""DirectSell: the program of people who sell in person. Only the version lives here."""

__version__ = "0.1.0"
