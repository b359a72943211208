"""Expressions and block bodies, evaluated in three values."""
