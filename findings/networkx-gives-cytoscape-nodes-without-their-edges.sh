#!/usr/bin/env bash
# networkx 3.6.1 (PyPI) and cytoscape 3.35.0 (npm), run by Node.js.
#
# In a graph of infrastructure, whose nodes are addresses, an attribute `id` is what the provider gave the resource. `cytoscape_data` takes it for the
# node's own id, and still writes the edges between the nodes' names: they lead to nodes that are not there, and Cytoscape refuses the graph.
# Where the attribute is the name of another node, nothing is refused, and the edge begins at that one. `cytoscape_graph` of the same library reads
# it back well, for the name is in `value`, in place of an attribute of that name. `node_link_data`, of the same graph, keeps the edges: there the
# attribute `id` is gone. `ident`, the name of an attribute that no node has, avoids it for Cytoscape.
#
# Seen, for nodes "aws_sqs_queue.orders" (id https://sqs/orders) and "aws_sns_topic.orders", with an edge between them:
#   cytoscape_data, read by Cytoscape   Can not create edge … with nonexistent source `aws_sqs_queue.orders`
#   two nodes, each with the other's name as its id: the edge a -> c begins at the node that networkx calls b
#   node_link_data                      {'id': 'aws_sqs_queue.orders', 'value': 'v'}, without the provider's id
#   cytoscape_graph                     the nodes by their names; value is 'aws_sqs_queue.orders', and was 'v'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 2> /dev/null
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund cytoscape@3.35.0 > /dev/null
cat > write.py <<'PY'
import json
from pathlib import Path

import networkx as nx

graph = nx.DiGraph()
graph.add_node("aws_sqs_queue.orders", id="https://sqs/orders", value="v")
graph.add_edge("aws_sqs_queue.orders", "aws_sns_topic.orders")
Path("gone.json").write_text(json.dumps(nx.cytoscape_data(graph)))
Path("named.json").write_text(json.dumps(nx.cytoscape_data(graph, ident="no attribute")))
linked = nx.node_link_data(graph)["nodes"][0]
print("node_link_data:", linked)
assert linked == {"id": "aws_sqs_queue.orders", "value": "v"}
again = nx.cytoscape_graph(nx.cytoscape_data(graph))
print("cytoscape_graph:", dict(again.nodes))
assert list(again) == list(graph)
assert again.nodes["aws_sqs_queue.orders"]["value"] == "aws_sqs_queue.orders"

crossed = nx.DiGraph()
crossed.add_node("a", id="b")
crossed.add_node("b", id="a")
crossed.add_edge("a", "c")
Path("crossed.json").write_text(json.dumps(nx.cytoscape_data(crossed)))
PY
venv/bin/python write.py
cat > read.js <<'JS'
const assert = require("assert");
const cytoscape = require("cytoscape");

const read = (name) => cytoscape({ headless: true, elements: require(`./${name}.json`).elements });
assert.throws(() => read("gone"), (error) => {
  console.log("Cytoscape:", error.message);
  return error.message.endsWith("with nonexistent source `aws_sqs_queue.orders`");
});
console.log("edges, with ident:", read("named").edges().length);
assert.strictEqual(read("named").edges().length, 1);
const begin = read("crossed").edges()[0].source().data("name");
console.log("the edge from a begins at:", begin);
assert.strictEqual(begin, "b");
JS
node read.js
