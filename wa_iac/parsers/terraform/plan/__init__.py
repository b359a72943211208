"""Plans: the output of `terraform show -json`, read into the same declared resources as the source."""

from __future__ import annotations
