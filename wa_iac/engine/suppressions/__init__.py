"""Suppressions: read, applied to findings, and checked themselves."""
