"""Knowledge about resources that no single property gives: read off the graph, for rules to ask. There are no verdicts in it."""
