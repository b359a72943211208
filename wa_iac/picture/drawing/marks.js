/* Marks at nodes: what follows for each from a failure, by color, shape and word. */
(function (root) {
  "use strict";
  const pic = (root.waPicture = root.waPicture || {});

  /* The gravest first. */
  pic.OUTCOMES = ["stops", "unknown", "degrades", "recovers", "unaffected"];
  pic.OUTCOME_NAMES = {
    stops: "stops",
    unknown: "unknown",
    degrades: "degrades",
    recovers: "recovers",
    unaffected: "unaffected",
  };

  /* On a grid of 12 by 12, to fill by the rule of even and odd. */
  pic.OUTCOME_SHAPES = {
    stops: "M2 0l4 4 4-4 2 2-4 4 4 4-2 2-4-4-4 4-2-2 4-4-4-4z",
    unknown: "M2.6 4a3.4 3.4 0 1 1 4.9 3c-.6.3-.6.6-.6 1.4H5.1c0-1.7.2-2.4 1.2-3A1.6 1.6 0 1 0 4.4 4zM5 9.8h2v2H5z",
    degrades: "M6 0a6 6 0 1 1-.01 0zM6 1.8v8.4a4.2 4.2 0 0 0 0-8.4z",
    recovers: "M6 2.2V0l4 3.2-4 3.2V4.2a2.9 2.9 0 1 0 2.9 2.9h2A4.9 4.9 0 1 1 6 2.2z",
    unaffected: "M.8 6.6l1.6-1.6 2.5 2.5 4.7-5.2 1.6 1.5-6.2 6.9z",
  };

  /** The marks of nodes, counted: {worst, total, counts}; `worst` is "" if there is none. */
  pic.outcomes = function (nodes) {
    const counts = {};
    let total = 0;
    for (const { mark } of nodes) {
      if (!mark) continue;
      counts[mark.kind] = (counts[mark.kind] || 0) + 1;
      total += 1;
    }
    return { total, counts, worst: pic.OUTCOMES.find((each) => counts[each]) || "" };
  };

  /** The counts in words: "2 stops, 1 degrades". */
  pic.outcomesInWords = ({ counts }) =>
    pic.OUTCOMES.filter((each) => counts[each]).map((each) => counts[each] + " " + pic.OUTCOME_NAMES[each]).join(", ");

  pic.outcomeShape = (kind, transform) =>
    pic.tag("path", { d: pic.OUTCOME_SHAPES[kind], transform, class: "pic-outcome-shape", "fill-rule": "evenodd" });

  /* A pill whose left edge is at `x`. `said` explains it. */
  function pill(kind, word, said, x, y) {
    const width = 27 + pic.measure(word, 12, true);
    const inner =
      pic.tag("title", {}, pic.escape(said)) +
      pic.tag("rect", { width, height: 18, rx: 9, class: "pic-outcome-pill" }) +
      pic.outcomeShape(kind, "translate(6 4) scale(.85)") +
      pic.tag("text", { x: 20, y: 13.5, class: "pic-outcome-word" }, pic.escape(word));
    return pic.tag("g", { class: "pic-outcome pic-outcome-" + kind, transform: "translate(" + x + " " + y + ")" }, inner);
  }

  /* Below the lines of a card, on its edge. */
  const LOWER = 6;

  /** The mark of a node on the lower edge of its card; "" if it has none. */
  pic.nodeMark = ({ mark }, height) => (mark ? pill(mark.kind, pic.shorten(mark.word, 150, 12, true), mark.said || mark.word, 8, height - LOWER) : "");

  /** The mark of a group that fails itself, from `x` on: {markup, width}. */
  pic.failingMark = function (group, x, y) {
    if (!group.fails) return { markup: "", width: 0 };
    const markup = pill("stops", "fails", group.label + " fails", x, y);
    return { markup, width: 27 + pic.measure("fails", 12, true) };
  };

  /** The gravest marks in a closed group, on its lower edge; "" if there are none. */
  pic.groupMark = function (nodes, height) {
    const found = pic.outcomes(nodes);
    return found.worst ? pill(found.worst, found.counts[found.worst] + " " + pic.OUTCOME_NAMES[found.worst], pic.outcomesInWords(found), 8, height - LOWER) : "";
  };

  pic.markClass = ({ mark }) => (mark ? " pic-marked pic-outcome-" + mark.kind : "");
})(globalThis);
