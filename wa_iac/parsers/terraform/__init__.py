"""Terraform: from directories of `.tf` files to declared resources."""

from __future__ import annotations

from .read import read_modules

__all__ = ["read_modules"]
