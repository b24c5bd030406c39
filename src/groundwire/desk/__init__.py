"""The façade: one object that does everything, built from settings in one place."""
