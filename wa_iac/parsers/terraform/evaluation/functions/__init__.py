"""Terraform's functions, by name.

A function receives values of three cases. Functions of known scalars only are plain Python, registered with `scalar`. The
others build trees, and raise `Blocked` if they need content that is unknown.
"""

from __future__ import annotations

from .call import call

__all__ = ["call"]
