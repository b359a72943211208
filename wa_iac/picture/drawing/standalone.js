/* A picture as an SVG document: everything open, with a heading and a legend. */
(function (root) {
  "use strict";
  const pic = (root.waPicture = root.waPicture || {});
  const EDGE = 24;
  const ROW = 22;

  /* The legend's entries, each {width, markup}: only what the picture has. */
  function legend(scene) {
    const entries = [];
    const add = (name, mark, room) => {
      const width = room + 8 + pic.measure(name, 12);
      entries.push({ width, markup: mark + pic.tag("text", { x: room + 8, y: 4, class: "pic-note" }, pic.escape(name)) });
    };
    for (const kind of pic.KINDS) {
      if (scene.edges.some((edge) => edge.kind === kind)) add(pic.KIND_NAMES[kind], pic.sample(kind, false), 32);
    }
    const inferred = scene.edges.find((edge) => edge.inferred);
    if (inferred) add("inferred, not stated", pic.sample(inferred.kind, true), 32);
    const { counts } = pic.tally(scene.top.holders);
    for (const severity of pic.SEVERITIES.filter((each) => counts[each])) {
      const shape = pic.tag("path", { d: pic.SHAPES[severity], transform: "translate(0 -6)", class: "pic-shape" });
      add(severity, pic.tag("g", { class: "pic-" + severity }, shape), 12);
    }
    for (const kind of pic.OUTCOMES.filter((each) => pic.outcomes(scene.top.nodes).counts[each])) {
      add(pic.OUTCOME_NAMES[kind], pic.tag("g", { class: "pic-outcome-" + kind }, pic.outcomeShape(kind, "translate(0 -6)")), 12);
    }
    return entries;
  }

  /* Entries in lines of at most `width`; returns {markup, height}. */
  function flow(entries, width) {
    let [x, y, markup] = [0, 0, ""];
    for (const entry of entries) {
      if (x && x + entry.width > width) [x, y] = [0, y + ROW];
      markup += pic.tag("g", { transform: `translate(${Math.round(x)} ${y})` }, entry.markup);
      x += entry.width + 22;
    }
    return { markup, height: entries.length ? y + ROW : 0 };
  }

  /** The SVG document of a picture; `style` is its style sheet. */
  pic.standalone = async function (picture, style, elk) {
    const scene = pic.scene(picture, new Set(), new Set(pic.KINDS));
    const size = await pic.place(scene, elk);
    const { name } = picture;
    const width = Math.max(size.width, 480, Math.min(pic.measure(name, 18, true), 1200));
    const top = EDGE + 32 + 22; /* a badge reaches over its node */
    const key = flow(legend(scene), width);
    const notes = picture.notes.map((note, at) =>
      pic.tag("text", { y: at * 18, class: "pic-note" }, pic.escape(pic.shorten(note, width, 12))),
    );
    const bottom = top + size.height + 28;
    const height = bottom + key.height + notes.length * 18 + EDGE / 2;
    const words = pic.tally(scene.top.holders);
    const about = [picture.story, pic.outcomesInWords(pic.outcomes(scene.top.nodes)), pic.count(picture.nodes.length, "resource"), pic.tallyInWords(words)].filter(Boolean).join(", ");
    const inner =
      pic.tag("title", {}, pic.escape(name)) +
      pic.tag("desc", {}, pic.escape(name + ": " + about + ".")) +
      pic.tag("style", {}, pic.escape(style)) +
      pic.tag("rect", { width: width + 2 * EDGE, height, class: "pic-ground" }) +
      pic.tag("text", { x: EDGE, y: EDGE + 14, class: "pic-title" }, pic.escape(pic.shorten(name, width, 18, true))) +
      pic.tag("text", { x: EDGE, y: EDGE + 32, class: "pic-note" }, pic.escape(about)) +
      pic.tag("g", { transform: `translate(${EDGE} ${top})` }, pic.draw(scene, { interactive: false, prefix: "" })) +
      pic.tag("g", { class: "pic-legend", transform: `translate(${EDGE} ${bottom})` }, key.markup) +
      pic.tag("g", { transform: `translate(${EDGE} ${bottom + key.height})` }, notes.join(""));
    const attributes = {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${Math.ceil(width + 2 * EDGE)} ${Math.ceil(height)}`,
      width: Math.ceil(width + 2 * EDGE),
      height: Math.ceil(height),
      class: "wa-picture",
      role: "graphics-document document",
      lang: "en",
    };
    return pic.tag("svg", attributes, inner);
  };
})(globalThis);
