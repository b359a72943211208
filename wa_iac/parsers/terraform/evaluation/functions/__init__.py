"""Terraform's functions, by name.

A function gets values of three cases. Functions that only read known scalars are plain Python behind `scalar`; the others build
trees, and raise `Blocked` if they need unknown content.
"""

from __future__ import annotations

from .call import call

__all__ = ["call"]
