"""Readers of both dialects; each turns files into units of declared resources."""
