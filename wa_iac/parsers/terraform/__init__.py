"""Terraform: from directories of `.tf` files to declared resources."""

from __future__ import annotations

from .units import read_modules

__all__ = ["read_modules"]
