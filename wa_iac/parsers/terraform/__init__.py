"""Terraform modules."""
