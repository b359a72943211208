"""Blocks that several services share: the zones that something is placed in, container definitions, Terraform's `lifecycle`, tags."""
