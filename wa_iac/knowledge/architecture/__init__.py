"""The architecture of a unit, read from its graph: what each resource is for, where it is, and what flows between resources."""
