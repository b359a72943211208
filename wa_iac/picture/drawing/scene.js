/* What of a picture is visible: boxes (groups) and leaves (nodes, closed groups), and the edges between them. */
(function (root) {
  "use strict";
  const pic = (root.waPicture = root.waPicture || {});

  pic.KINDS = ["network", "data", "identity", "uses"];
  pic.SEVERITIES = ["critical", "high", "medium", "low"];

  /** The number of findings by severity at nodes and groups: {total, worst, counts}; `worst` is "" if there are none. */
  pic.tally = function (holders) {
    const counts = { critical: 0, high: 0, medium: 0, low: 0 };
    let total = 0;
    for (const { badges } of holders) {
      for (const badge of badges) {
        counts[badge.severity] += 1;
        total += 1;
      }
    }
    return { total, counts, worst: pic.SEVERITIES.find((each) => counts[each]) || "" };
  };

  /** The tally in words: "3 findings: 1 high, 2 low"; "" if there are none. */
  pic.tallyInWords = function (tally) {
    if (!tally.total) return "";
    const parts = pic.SEVERITIES.filter((each) => tally.counts[each]).map((each) => tally.counts[each] + " " + each);
    return pic.count(tally.total, "finding") + ": " + parts.join(", ");
  };

  /**
   * The visible scene. `closed` holds the ids of collapsed groups, `kinds` the kinds of edges to show.
   *
   * An item is {key, node|group, parent, children, nodes, holders, shut}; `nodes` are those inside, however deep, `holders` these and
   * the groups there, itself among them: what may have findings.
   */
  pic.scene = function (picture, closed, kinds) {
    const top = { key: "top", parent: null, children: [], nodes: [], holders: [], depth: 0 };
    const boxes = new Map();
    for (const [at, group] of picture.groups.entries()) {
      boxes.set(group.id, { key: "group-" + at, group, parent: null, children: [], nodes: [], holders: [], shut: closed.has(group.id) });
    }
    for (const box of boxes.values()) {
      box.parent = boxes.get(box.group.parent) || top;
      box.parent.children.push(box);
    }
    for (const box of boxes.values()) {
      for (let around = box; around; around = around.parent) around.holders.push(box.group);
    }
    const leaves = new Map();
    for (const [at, node] of picture.nodes.entries()) {
      const leaf = { key: "node-" + at, node, parent: boxes.get(node.group) || top, children: [], nodes: [node], holders: [node] };
      leaves.set(node.address, leaf);
      leaf.parent.children.push(leaf);
      for (let box = leaf.parent; box; box = box.parent) {
        box.nodes.push(node);
        box.holders.push(node);
      }
    }
    /* Where something is drawn: in itself, or in the outermost closed box around it. */
    const seen = new Map();
    const walk = (item, drawn, depth) => {
      item.depth = depth;
      seen.set(item.key, drawn || item);
      const inside = drawn || (item.shut ? item : null);
      for (const child of item.children) walk(child, inside, depth + 1);
    };
    walk(top, null, 0);
    for (const box of boxes.values()) box.bare = !box.children.length;

    const merged = new Map();
    for (const edge of picture.edges) {
      const from = leaves.get(edge.source);
      const to = leaves.get(edge.target);
      if (!from || !to || !kinds.has(edge.kind)) continue;
      const source = seen.get(from.key);
      const target = seen.get(to.key);
      if (source === target) continue;
      const key = [source.key, target.key, edge.kind].join(" ");
      if (!merged.has(key)) merged.set(key, { id: "edge-" + merged.size, source, target, kind: edge.kind, edges: [], inferred: true });
      const one = merged.get(key);
      one.edges.push(edge);
      one.inferred = one.inferred && edge.inferred;
    }
    return { picture, top, boxes, leaves, seen, edges: [...merged.values()] };
  };

  /** Whether an item is drawn as one piece: a node, a closed group, an empty one. */
  pic.isPiece = (item) => Boolean(item.node || item.shut || item.bare);

  const MANY = 60;
  const MANY_USES = 40;

  /** The groups to close for an outline: categories and subnets of more than one resource, then the fullest VPCs and zones while too much is open. */
  pic.outline = function (picture) {
    const closed = new Set();
    const inside = new Map(picture.groups.map((group) => [group.id, 0]));
    for (const node of picture.nodes) inside.set(node.group, (inside.get(node.group) || 0) + 1);
    for (const { id, kind } of picture.groups) {
      if ((kind === "category" || kind === "subnet") && inside.get(id) > 1) closed.add(id);
    }
    const open = () => picture.nodes.filter((node) => !closed.has(node.group)).length;
    const fullest = picture.groups
      .filter(({ kind }) => kind === "vpc" || kind === "zone")
      .sort((one, other) => inside.get(other.id) - inside.get(one.id));
    for (const { id } of fullest) {
      if (open() <= MANY) break;
      closed.add(id);
    }
    return closed.size > 1 ? closed : new Set();
  };

  /** What a reader sees first: everything, or an outline if that is much; and no mere references if they are many. */
  pic.firstState = function (picture) {
    const uses = picture.edges.filter((edge) => edge.kind === "uses").length;
    const kinds = new Set(pic.KINDS.filter((kind) => kind !== "uses" || uses <= MANY_USES));
    return { kinds, closed: picture.nodes.length > MANY ? pic.outline(picture) : new Set() };
  };

  const VERBS = { network: "connects to", data: "sends to", identity: "uses", uses: "refers to" };

  /** What an edge's source does to its target. */
  pic.verb = (edge) => edge.label || VERBS[edge.kind];

  /** An edge as a sentence without its subject: "invokes f (by aws_lambda_permission.p, inferred)". */
  pic.edgeInWords = function (edge, name) {
    const why = [edge.via && "because of " + edge.via, edge.inferred && "inferred"].filter(Boolean).join(", ");
    return pic.verb(edge) + " " + name + (why ? " (" + why + ")" : "");
  };
})(globalThis);
