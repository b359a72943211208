"""Plans: what `terraform show -json` prints, read into the same declared resources as the source."""

from __future__ import annotations
