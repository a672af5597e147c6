"""A run of forge inside pytest, from the arguments of a session to what it leaves behind."""
