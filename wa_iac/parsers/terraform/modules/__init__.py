"""The blocks of a module, evaluated: instances, module calls, variables, providers, data sources."""
