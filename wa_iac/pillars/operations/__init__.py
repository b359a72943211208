"""Operational excellence."""
