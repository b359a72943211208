"""The blocks of a module and what they come to: instances, module calls, variables, providers, data sources."""
