/* A placed scene as SVG markup. No DOM, no style attributes, no handlers: it runs in any JavaScript engine and under a strict policy. */
(function (root) {
  "use strict";
  const pic = (root.waPicture = root.waPicture || {});
  const text = pic.escape;
  const num = (value) => String(Math.round(value * 10) / 10);

  /* An element; attributes that are null are left out. `inner` is markup already. */
  function tag(name, attributes, inner) {
    let start = "<" + name;
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined) start += " " + key + '="' + (typeof value === "number" ? num(value) : text(value)) + '"';
    }
    return inner === undefined || inner === "" ? start + "/>" : start + ">" + inner + "</" + name + ">";
  }

  const title = (...lines) => tag("title", {}, text(lines.filter(Boolean).join("\n")));

  /* What the button's label says already. */
  const hidden = (inner) => (inner ? tag("g", { "aria-hidden": "true" }, inner) : "");

  /*
   * A node or a group's header: an image, or in a page a button, which lies over what is drawn and under what has a title of its own. The
   * button holds no text, since what it shows may be shortened, and its label is not.
   */
  function thing({ attributes, label, size, about, below, above, expanded }, options) {
    if (!options.interactive) return tag("g", { ...attributes, role: "img", "aria-label": label }, title(...about) + below + above);
    const { width, height } = size;
    const button = { width, height, rx: 8, class: "pic-press", role: "button", tabindex: "-1", "aria-expanded": expanded, "aria-label": label };
    return tag("g", { ...attributes, role: "none" }, title(...about) + hidden(below) + tag("rect", button) + hidden(above));
  }
  const words = (content, x, y, kind) => tag("text", { x, y, class: kind }, text(content));
  const at = (x, y) => "translate(" + num(x) + " " + num(y) + ")";
  const glyph = (name, x, y, scale, kind) =>
    tag("path", { d: pic.SYMBOLS[name], transform: at(x, y) + (scale === 1 ? "" : " scale(" + scale + ")"), class: kind });

  /** A badge: a pill whose right edge is at `x`, with the shape and color of the worst severity. Returns {markup, width}. */
  function badge(tally, x, y) {
    if (!tally.total) return { markup: "", width: 0 };
    const width = 25 + pic.measure(String(tally.total), 12, true);
    const inner =
      title(pic.tallyInWords(tally)) +
      tag("rect", { width, height: 18, rx: 9, class: "pic-pill" }) +
      tag("path", { d: pic.SHAPES[tally.worst], transform: "translate(6 4) scale(.85)", class: "pic-shape" }) +
      words(String(tally.total), 19, 13.5, "pic-number");
    return { markup: tag("g", { class: "pic-badge pic-" + tally.worst, transform: at(x - width, y) }, inner), width };
  }
  pic.badge = badge;

  const ORDINARY = /^(this|main|default|self)\b/;

  /** A node's name for people; one that says nothing gets its module's in front: "eks · this". */
  pic.nameOf = function (node) {
    const module = /(?:^|\.)module\.([^.[]+)(?:\[[^\]]*\])?\.(?!module\.)/.exec(node.address);
    return module && ORDINARY.test(node.label) ? module[1] + " \u00b7 " + node.label : node.label;
  };

  const place = (each) => (each.path ? each.path + ":" + each.line : "");

  function nodeInWords(scene, item) {
    const node = item.node;
    const around = item.parent.group ? "in " + item.parent.group.label : "";
    const mark = node.mark && pic.OUTCOME_NAMES[node.mark.kind];
    return [pic.nameOf(node), mark, pic.typeInWords(node.type), around, alsoIn(scene, node), pic.tallyInWords(pic.tally([node])), node.doubt]
      .filter(Boolean)
      .join(", ");
  }

  function alsoIn(scene, node) {
    const others = node.also_in.map((id) => scene.boxes.get(id)).filter(Boolean);
    return others.length ? "also in " + others.map((box) => box.group.label).join(", ") : "";
  }

  function drawNode(scene, item, options) {
    const node = item.node;
    const { width, height } = item;
    const pill = badge(pic.tally([node]), width - 8, -9);
    const room = width - 58;
    const others = node.also_in.length ? " \u00b7 +" + pic.count(node.also_in.length, "place") : "";
    const kind = pic.shorten(pic.typeInWords(node.type), room - pic.measure(others, 12) - (node.doubt ? 14 : 0), 12) + others;
    const about = [node.address, place(node), alsoIn(scene, node), node.doubt, node.mark && node.mark.said];
    const card =
      tag("rect", { width, height, rx: 8, class: "pic-card" }) +
      tag("rect", { x: 9, y: 11, width: 32, height: 32, rx: 7, class: "pic-tile" }) +
      glyph(node.category, 13, 15, 1.5, "pic-glyph") +
      words(pic.shorten(pic.nameOf(node), room, 14, true), 50, 24, "pic-name") +
      words(kind, 50, 42, "pic-kind");
    const doubt = node.doubt ? tag("g", { class: "pic-doubt" }, title(node.doubt) + words("?", width - 16, 41, "pic-question")) : "";
    const attributes = {
      id: options.prefix + node.anchor,
      class: "pic-node pic-" + node.category + (node.doubt ? " pic-unplaced" : "") + pic.markClass(node),
      transform: at(item.x, item.y),
      "data-key": item.key,
      "data-address": node.address,
    };
    const label = nodeInWords(scene, item);
    return thing({ attributes, label, size: item, about, below: card, above: doubt + pic.nodeMark(node, height) + pill.markup }, options);
  }

  const EXPOSURE = new Map([
    [true, "public"],
    [false, "private"],
    [null, "public or private?"],
  ]);

  /** What a subnet's header says of its routes; empty for other groups. */
  pic.exposure = (group) => (group.kind === "subnet" ? EXPOSURE.get(group.public) : "");

  function groupSymbol(box) {
    return box.group.kind === "category" && box.nodes.length ? box.nodes[0].category : box.group.kind === "category" ? "other" : box.group.kind;
  }

  function groupInWords(box) {
    const count = pic.count(box.nodes.length, "resource");
    return [box.group.label, box.group.fails ? "fails" : "", pic.exposure(box.group), count, pic.tallyInWords(pic.tally(box.shut ? box.holders : [box.group]))].filter(Boolean).join(", ");
  }

  /* The button that closes or opens a group, in a square of 18. */
  const toggle = (x, y, shut) =>
    tag(
      "g",
      { class: "pic-toggle", transform: at(x, y) },
      title(shut ? "Expand" : "Collapse") +
        tag("rect", { width: 18, height: 18, rx: 4 }) +
        tag("path", { d: shut ? "M5 9h8M9 5v8" : "M5 9h8" }),
    );

  function chip(group, x, y) {
    const said = pic.exposure(group);
    if (!said) return { markup: "", width: 0 };
    const width = pic.measure(said, 11, true) + 12;
    const inner = tag("rect", { width, height: 16, rx: 8 }) + words(said, 6, 12, "pic-said");
    return { markup: tag("g", { class: "pic-chip", transform: at(x, y) }, inner), width };
  }

  const boxClass = (box) =>
    "pic-box pic-" + box.group.kind + (box.group.public === true ? " pic-public" : "") + (box.shut ? " pic-shut" : "") + (box.group.fails ? " pic-fails" : "");

  function drawHeader(box, options) {
    const { group } = box;
    const button = options.interactive && !box.bare ? toggle(box.width - 26, 8, box.shut) : "";
    const right = box.width - (button ? 32 : 10);
    /* Open, a group has its own findings; closed, all those inside. */
    const pill = badge(pic.tally(box.shut ? box.holders : [group]), right, 8);
    const end = right - pill.width - 8;
    let inner = glyph(groupSymbol(box), 9, 9, 1, "pic-mark");
    if (pic.isPiece(box)) {
      inner += words(pic.shorten(group.label, end - 30, 14, true), 30, box.bare ? 19 : 23, "pic-label");
      const said = pic.exposure(group);
      const second = box.bare && group.note.startsWith(said) ? group.note : [said, box.bare ? group.note : ""].filter(Boolean).join(" \u00b7 ");
      const count = box.bare ? "" : pic.count(box.nodes.length, "resource") + (second ? " \u00b7 " : "");
      const fails = group.fails ? "fails \u00b7 " : "";
      inner += words(pic.shorten(fails + count + second, box.width - 40, 12), 30, box.bare ? 35 : 44, "pic-note");
    } else {
      const { label, used } = pic.header(box);
      const fails = pic.failingMark(group, 38 + used, 9);
      const start = 38 + used + (fails.width ? fails.width + 8 : 0);
      const said = chip(group, start, 9);
      const after = start + (said.width ? said.width + 8 : 0);
      const note = end - after > 30 ? pic.shorten(group.note, end - after, 12) : "";
      inner += words(label, 30, 23, "pic-label") + fails.markup + said.markup + (note ? words(note, after, 23, "pic-note") : "");
    }
    const attributes = {
      id: group.address ? options.prefix + group.anchor : null,
      class: "pic-header",
      transform: at(box.x, box.y),
      "data-key": box.key,
      "data-address": group.address || null,
    };
    const size = pic.isPiece(box) ? box : { width: box.width, height: 32 };
    const about = [group.label, group.address, group.note];
    const below = (pic.isPiece(box) ? drawPiece(box) : "") + inner;
    const expanded = box.bare ? null : String(!box.shut);
    const marks = box.shut ? pic.groupMark(box.nodes, box.height) : "";
    return thing({ attributes, label: groupInWords(box), size, about, below, above: marks + pill.markup + button, expanded }, options);
  }

  /* A closed group, as a stack, or an empty one. */
  function drawPiece(box) {
    const { width, height } = box;
    const behind = box.bare ? "" : tag("rect", { x: 5, y: 5, width, height, rx: 8, class: boxClass(box) });
    return behind + tag("rect", { width, height, rx: 8, class: boxClass(box) + " pic-hit" });
  }

  /* Open boxes, behind everything, the outer ones first. */
  function drawBoxes(item) {
    if (pic.isPiece(item)) return "";
    const { x, y, width, height } = item;
    const own = item.group ? tag("rect", { x, y, width, height, rx: 8, class: boxClass(item) }) : "";
    return own + item.children.map(drawBoxes).join("");
  }

  /* Orthogonal lines with round corners. */
  function line({ points, curve }) {
    if (curve) {
      const [start, one, other, stop] = points.map((point) => num(point.x) + " " + num(point.y));
      return "M" + start + "C" + one + " " + other + " " + stop;
    }
    let d = "M" + num(points[0].x) + " " + num(points[0].y);
    for (let i = 1; i < points.length - 1; i += 1) {
      const [before, here, after] = [points[i - 1], points[i], points[i + 1]];
      const first = Math.hypot(here.x - before.x, here.y - before.y);
      const second = Math.hypot(after.x - here.x, after.y - here.y);
      const round = Math.min(6, first / 2, second / 2);
      const toward = (other, length) =>
        num(here.x + ((other.x - here.x) * round) / (length || 1)) + " " + num(here.y + ((other.y - here.y) * round) / (length || 1));
      d += "L" + toward(before, first) + "Q" + num(here.x) + " " + num(here.y) + " " + toward(after, second);
    }
    const last = points[points.length - 1];
    return d + "L" + num(last.x) + " " + num(last.y);
  }

  const itemName = (item) => (item.node ? pic.nameOf(item.node) : item.group.label);

  function drawEdge(scene, edge, options) {
    const said = edge.edges.slice(0, 12).map((each) => {
      const [from, to] = [scene.leaves.get(each.source).node, scene.leaves.get(each.target).node];
      return pic.nameOf(from) + " " + pic.edgeInWords(each, pic.nameOf(to));
    });
    if (edge.edges.length > said.length) said.push("and " + (edge.edges.length - said.length) + " more");
    const end = edge.points[edge.points.length - 1];
    const before = edge.points[edge.points.length - 2];
    const turn = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI;
    const d = line(edge);
    const weight = edge.edges.length > 5 ? 2.6 : edge.edges.length > 1 ? 2 : 1.4;
    const inner =
      title(...said) +
      (options.interactive ? tag("path", { d, class: "pic-reach" }) : "") +
      tag("path", { d, class: "pic-line", "stroke-width": weight }) +
      tag("path", { d: pic.HEADS[edge.kind], transform: at(end.x, end.y) + " rotate(" + num(turn) + ")", class: "pic-head" });
    return tag(
      "g",
      {
        class: "pic-edge pic-" + edge.kind + (edge.inferred ? " pic-inferred" : "") + (edge.curve ? " pic-curve" : ""),
        "data-from": edge.source.key,
        "data-to": edge.target.key,
        role: "img",
        "aria-label": itemName(edge.source) + " to " + itemName(edge.target) + ", " + pic.KIND_NAMES[edge.kind].toLowerCase(),
      },
      inner,
    );
  }

  function drawItems(scene, item, options) {
    if (item.node) return drawNode(scene, item, options);
    const inner = pic.isPiece(item) ? "" : item.children.map((each) => drawItems(scene, each, options)).join("");
    if (!item.group) return inner;
    return tag("g", { role: "group", "aria-label": item.group.label }, drawHeader(item, options) + inner);
  }

  /** The drawing of a placed scene, to put into a `<svg>` or a `<g>`. `options`: {interactive, prefix of ids}. */
  pic.draw = function (scene, options) {
    const edges = scene.edges.filter((edge) => edge.points).map((edge) => drawEdge(scene, edge, options));
    return (
      tag("g", { class: "pic-boxes", "aria-hidden": "true" }, drawBoxes(scene.top)) +
      tag("g", { class: "pic-edges", "aria-hidden": options.interactive ? "true" : null }, edges.join("")) +
      tag("g", { class: "pic-items" }, drawItems(scene, scene.top, options))
    );
  };
  /** A line of a kind of edge, 32 long, for legends. */
  pic.sample = function (kind, inferred) {
    const drawn =
      tag("path", { d: "M0 0H32", class: "pic-line", "stroke-width": 1.4 }) +
      tag("path", { d: pic.HEADS[kind], transform: at(32, 0), class: "pic-head" });
    return tag("g", { class: "pic-edge pic-" + kind + (inferred ? " pic-inferred" : "") }, drawn);
  };
  pic.tag = tag;
  pic.fileAndLine = place;
})(globalThis);
