"""The blocks of a module and their evaluation: instances, module calls, variables, providers, data sources."""
