"""Suppressions: read as they are written, applied to findings, and checked themselves."""
