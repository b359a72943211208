"""Roles, policy templates and connectors of SAM: what one resource may do with another."""
