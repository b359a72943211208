/* The panel beside the drawing: what is known about a node, a group or an edge. */
(function (root) {
  "use strict";
  const pic = (root.waPicture = root.waPicture || {});

  /** An element of the page. Text is text: nothing here reads markup. */
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  }
  pic.make = make;

  const SVG = "http://www.w3.org/2000/svg";

  function shape(path, kind, size, inside) {
    const svg = document.createElementNS(SVG, "svg");
    for (const [key, value] of Object.entries({ viewBox: "0 0 12 12", width: size, height: size, class: kind, "aria-hidden": "true" })) {
      svg.setAttribute(key, value);
    }
    const drawn = document.createElementNS(SVG, "path");
    drawn.setAttribute("d", path);
    drawn.setAttribute("class", inside || "pic-shape");
    svg.append(drawn);
    return svg;
  }

  function section(title, entries) {
    if (!entries.length) return null;
    return make("section", {}, make("h4", {}, title), make("ul", {}, ...entries.map((each) => make("li", {}, ...[each].flat()))));
  }

  function finding(badge) {
    const words = [shape(pic.SHAPES[badge.severity], "pic-" + badge.severity, 11), " " + badge.severity + ": "];
    const target = "finding-" + badge.fault;
    words.push(document.getElementById(target) ? make("a", { href: "#" + target }, badge.rule) : badge.rule);
    return words;
  }

  const place = (each) => (each.path ? make("span", { class: "picview-place" }, pic.fileAndLine(each)) : "");

  const part = (each) => [make("code", {}, each.address), place(each)];

  function go(node) {
    return make("button", { type: "button", class: "picview-link", "data-go": node.address }, pic.nameOf(node));
  }

  function why(edge) {
    const reasons = [edge.via && "because of " + edge.via, edge.inferred && "inferred, not stated"].filter(Boolean);
    return reasons.length ? make("span", { class: "picview-place" }, reasons.join("; ")) : "";
  }

  function connections(scene, address) {
    const node = (each) => scene.leaves.get(each).node;
    const known = scene.picture.edges.filter((edge) => scene.leaves.has(edge.source) && scene.leaves.has(edge.target));
    const out = known.filter((edge) => edge.source === address);
    const back = known.filter((edge) => edge.target === address);
    return [
      section("From here", out.map((edge) => [pic.verb(edge) + " ", go(node(edge.target)), why(edge)])),
      section("To here", back.map((edge) => [go(node(edge.source)), ": " + pic.verb(edge), why(edge)])),
    ];
  }

  function path(item) {
    const names = [];
    for (let box = item.parent; box && box.group; box = box.parent) names.unshift(box.group.label);
    return names.join(" \u203a ");
  }

  function outcome(scene, { mark }) {
    if (!mark) return [];
    const word = make("strong", {}, mark.word.charAt(0).toUpperCase() + mark.word.slice(1));
    const sign = shape(pic.OUTCOME_SHAPES[mark.kind], "pic-outcome-" + mark.kind, 12, "pic-outcome-shape");
    return [make("h4", {}, scene.picture.story), make("p", {}, sign, " ", word), mark.said ? make("p", {}, mark.said) : null];
  }

  function ofNode(scene, item) {
    const { node } = item;
    const also = node.also_in.map((id) => scene.boxes.get(id)).filter(Boolean).map((box) => box.group.label);
    return [
      make("p", { class: "picview-kind" }, pic.typeInWords(node.type)),
      make("p", {}, make("code", {}, node.address)),
      make("p", {}, place(node)),
      make("p", {}, "In " + path(item) + (also.length ? "; also in " + also.join(", ") : "")),
      node.doubt ? make("p", { class: "picview-doubt" }, node.doubt) : null,
      ...outcome(scene, node),
      section("Findings", node.badges.map(finding)),
      ...connections(scene, node.address),
      section("Parts", node.parts.map(part)),
    ];
  }

  function ofGroup(scene, item) {
    const { group } = item;
    const said = pic.exposure(group);
    const byType = new Map();
    for (const node of item.nodes) byType.set(node.type, (byType.get(node.type) || 0) + 1);
    const counted = [...byType].sort((one, other) => other[1] - one[1]);
    const tally = pic.tallyInWords(pic.tally(item.holders));
    const word = item.shut ? "Expand" : "Collapse";
    return [
      group.address ? make("p", {}, make("code", {}, group.address)) : null,
      said ? make("p", { class: "picview-kind" }, said.charAt(0).toUpperCase() + said.slice(1)) : null,
      group.note ? make("p", {}, group.note) : null,
      make("p", {}, pic.count(item.nodes.length, "resource") + (tally ? "; " + tally : "")),
      item.bare ? null : make("p", {}, make("button", { type: "button", "data-toggle": item.key }, word)),
      section("Findings", group.badges.map(finding)),
      section("Parts", group.parts.map(part)),
      section("Resources", counted.map(([type, count]) => count + " \u00d7 " + pic.typeInWords(type))),
    ];
  }

  function ofEdge(scene, edge) {
    return [
      section(
        pic.KIND_NAMES[edge.kind],
        edge.edges.map((each) => {
          const [from, to] = [each.source, each.target].map((address) => scene.leaves.get(address).node);
          return [go(from), " " + pic.verb(each) + " ", go(to), why(each)];
        }),
      ),
    ];
  }

  /** Fills the panel with what is known about an item or an edge of the scene. */
  pic.showDetails = function (panel, scene, shown) {
    const name = shown.node ? pic.nameOf(shown.node) : shown.group ? shown.group.label : "Connection";
    const content = shown.node ? ofNode(scene, shown) : shown.group ? ofGroup(scene, shown) : ofEdge(scene, shown);
    panel.replaceChildren(
      make("button", { type: "button", class: "picview-close", "aria-label": "Close the details" }, "\u00d7"),
      make("h3", { tabindex: "-1" }, name),
      ...content.filter(Boolean),
    );
    panel.hidden = false;
    panel.scrollTop = 0;
  };
})(globalThis);
