#!/usr/bin/env bash
# elkjs 0.12.1, of the npm registry, run by Node.js.
#
# `layout` writes its result into the graph that it is given, and resolves to that same object. Without `INCLUDE_CHILDREN` it routes no edge
# that leaves a group, and says nothing of it. So a graph that is laid out again keeps the old route of such an edge: it leads to where the
# node was, while the node is somewhere else. A program that draws what comes back draws a line into the void, or a line in one case and
# none in the next, for the same graph. A new graph for each layout avoids it.
#
# Seen, for an edge from a node in a group to a node outside of it, which grows before the second layout:
#   the first layout, across groups: the edge ends at x = 91, where the node begins
#   the second, of the same object, group by group: the node begins at x = 86, the edge still ends at x = 91
#   the second, of a new object: the node begins at x = 86, the edge has no route
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --no-save --prefix "$folder" elkjs@0.12.1 > /dev/null
cat > ask.js <<'JS'
const assert = require("node:assert");
const ELK = require("elkjs/lib/elk.bundled.js");

const graph = (across, size) => ({
  id: "root",
  layoutOptions: { "elk.algorithm": "layered", ...(across ? { "elk.hierarchyHandling": "INCLUDE_CHILDREN" } : {}) },
  children: [
    { id: "group", children: [{ id: "inner", width: 30, height: 30 }] },
    { id: "outer", width: size, height: size },
  ],
  edges: [{ id: "edge", sources: ["inner"], targets: ["outer"] }],
});
const seen = (of) => [of.children[1].x, of.edges[0].sections?.[0].endPoint.x];

(async () => {
  const elk = new ELK();
  const used = graph(true, 30);
  assert.strictEqual(await elk.layout(used), used);
  const first = seen(used);
  used.layoutOptions = graph(false, 300).layoutOptions;
  used.children[1].width = used.children[1].height = 300;
  await elk.layout(used);
  const second = seen(used);
  const anew = seen(await elk.layout(graph(false, 300)));
  for (const [name, [node, end]] of Object.entries({ first, second, anew })) console.log(`${name}: node at ${node}, edge to ${end}`);
  assert.deepStrictEqual({ first, second, anew }, { first: [91, 91], second: [86, 91], anew: [86, undefined] });
})();
JS
node ask.js
