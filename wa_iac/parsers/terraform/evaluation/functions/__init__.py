"""Terraform's functions, by name.

A function gets values of three cases. Those that only read known scalars are plain Python behind `scalar`; the others build
trees, and raise `Blocked` where they need a content that is unknown.
"""

from __future__ import annotations

from .call import call

__all__ = ["call"]
