"""The events of SAM's functions and state machines."""
