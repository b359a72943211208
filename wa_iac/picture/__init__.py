"""The picture of an architecture: its resources where they live, and what flows between them."""
