"""From paths to a report: discovery, building the graph, running rules, suppressions."""
