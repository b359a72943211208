"""Typed resources, one module for each AWS service, with both dialects' bindings and AWS's defaults."""
