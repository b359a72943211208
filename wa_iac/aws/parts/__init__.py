"""Blocks that several services share: Availability Zones of a resource, container definitions, Terraform's `lifecycle`,
tags."""
