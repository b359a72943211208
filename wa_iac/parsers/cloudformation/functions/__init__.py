"""The intrinsic functions, evaluated in three values."""
