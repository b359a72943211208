"""Fixes: found for the findings of a report, and written into files or as differences."""
