"""The parts of an order form that the order page and the party desk share: goods, sums, money, drafts."""
