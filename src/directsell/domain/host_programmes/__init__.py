"""What a host earns: the rules as data, their evaluation, the coach, the redemption. No storage, no screens, no words."""
