/*
 * Places a scene. ELK lays out whatever edges connect, over the borders of groups; what no edge connects is packed around it, since
 * layers would make a long column of it. So each group without edges over its border is laid out alone.
 */
(function (root) {
  "use strict";
  const pic = (root.waPicture = root.waPicture || {});

  pic.SIZE = { width: 216, height: 54, closed: 60, bare: 44 };
  const PADDING = { top: 44, side: 14, bottom: 14 };
  const GAP = 18;
  const SHAPE = 1.6; /* width to height, as of a screen */
  const HEADER = 240;

  const OPTIONS = {
    "elk.algorithm": "layered",
    "elk.hierarchyHandling": "INCLUDE_CHILDREN",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.json.edgeCoords": "ROOT",
    "elk.json.shapeCoords": "ROOT",
    "elk.randomSeed": "1",
    "elk.padding": "[top=0,left=0,bottom=0,right=0]",
    "elk.spacing.nodeNode": "18",
    "elk.spacing.edgeNode": "14",
    "elk.spacing.edgeEdge": "10",
    "elk.layered.spacing.nodeNodeBetweenLayers": "44",
    "elk.layered.spacing.edgeNodeBetweenLayers": "16",
    "elk.layered.spacing.edgeEdgeBetweenLayers": "10",
    "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
    "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
    "elk.layered.nodePlacement.bk.fixedAlignment": "BALANCED",
  };

  /** What the header of an open group says: {label, width of the label, width that the header needs}. */
  pic.header = function (box) {
    const label = pic.shorten(box.group.label, HEADER, 14, true);
    const used = pic.measure(label, 14, true);
    const said = pic.exposure(box.group);
    const chip = said ? pic.measure(said, 11, true) + 20 : 0;
    const fails = box.group.fails ? pic.measure("fails", 12, true) + 35 : 0;
    return { label, used, width: 38 + used + fails + chip + Math.min(pic.measure(box.group.note, 12), 150) + 76 };
  };

  const sizeOf = (item) => ({
    width: pic.SIZE.width,
    height: item.node ? pic.SIZE.height : item.bare ? pic.SIZE.bare : pic.SIZE.closed,
  });

  /* The ancestors of an item up to one of them: the item below `box`. */
  function below(item, box) {
    let each = item;
    while (each.parent !== box) each = each.parent;
    return each;
  }

  function meeting(one, other) {
    let [left, right] = [one.parent, other.parent];
    while (left !== right) {
      if (left.depth >= right.depth) left = left.parent;
      else right = right.parent;
    }
    return left;
  }

  /* The items in sets of connected ones, in their order. */
  function components(items, pairs) {
    const head = new Map(items.map((item) => [item, item]));
    const find = (item) => {
      let each = item;
      while (head.get(each) !== each) {
        head.set(each, head.get(head.get(each)));
        each = head.get(each);
      }
      return each;
    };
    for (const [one, other] of pairs) head.set(find(other), find(one));
    const sets = new Map();
    for (const item of items) {
      const first = find(item);
      if (!sets.has(first)) sets.set(first, []);
      sets.get(first).push(item);
    }
    return [...sets.values()];
  }

  /* Blocks are {w, h, put(x, y)}; `put` writes places into items. Equal small ones form a grid, then all fill rows from the top. */
  function grid(blocks) {
    const [width, height] = [Math.max(...blocks.map((each) => each.w)), Math.max(...blocks.map((each) => each.h))];
    const columns = Math.max(1, Math.round(Math.sqrt((blocks.length * (height + GAP) * SHAPE) / (width + GAP))));
    const rows = Math.ceil(blocks.length / columns);
    return {
      w: Math.min(columns, blocks.length) * (width + GAP) - GAP,
      h: rows * (height + GAP) - GAP,
      put: (x, y) =>
        blocks.forEach((each, at) => each.put(x + (at % columns) * (width + GAP), y + Math.floor(at / columns) * (height + GAP))),
    };
  }

  function skyline(blocks, limit) {
    let line = [{ x: 0, y: 0, w: limit }];
    const places = [];
    let [width, height] = [0, 0];
    for (const each of blocks) {
      let best = null;
      for (const [at, step] of line.entries()) {
        if (step.x + each.w > limit) break;
        let y = 0;
        for (let next = at; next < line.length && line[next].x < step.x + each.w + GAP; next += 1) y = Math.max(y, line[next].y);
        if (!best || y < best.y) best = { x: step.x, y };
      }
      places.push(best);
      width = Math.max(width, best.x + each.w);
      height = Math.max(height, best.y + each.h);
      const [from, to] = [best.x, best.x + each.w + GAP];
      const rest = [];
      for (const step of line) {
        const end = step.x + step.w;
        if (step.x < from) rest.push({ x: step.x, y: step.y, w: Math.min(end, from) - step.x });
        if (end > to) rest.push({ x: Math.max(step.x, to), y: step.y, w: end - Math.max(step.x, to) });
      }
      rest.push({ x: from, y: best.y + each.h + GAP, w: to - from });
      line = rest.sort((one, other) => one.x - other.x);
    }
    return { width, height, places };
  }

  function pack(blocks) {
    if (!blocks.length) return { w: 0, h: 0, put: () => undefined };
    const small = blocks.filter((each) => each.small);
    const all = blocks.filter((each) => !each.small);
    if (small.length) all.push(grid(small));
    if (all.length === 1) return { w: all[0].w, h: all[0].h, put: all[0].put };
    all.sort((one, other) => other.h - one.h || other.w - one.w);
    const widest = Math.max(...all.map((each) => each.w));
    const area = all.reduce((sum, each) => sum + (each.w + GAP) * (each.h + GAP), 0);
    let best = null;
    for (const factor of [0.85, 1, 1.15, 1.3, 1.5, 1.8]) {
      const tried = skyline(all, Math.max(widest, Math.sqrt(area * SHAPE) * factor));
      tried.cost = cost(tried);
      if (!best || tried.cost < best.cost - 0.5) best = tried;
    }
    return {
      w: best.width,
      h: best.height,
      put: (x, y) => all.forEach((each, at) => each.put(x + best.places[at].x, y + best.places[at].y)),
    };
  }

  /* The ends of a curve between two items, with its handles: from side to side, in the direction in which they lie. */
  function reach(source, target) {
    const [from, to] = [source, target].map((item) => ({ x: item.x + item.width / 2, y: item.y + item.height / 2 }));
    const apart = Math.abs(to.x - from.x) - (source.width + target.width) / 2;
    const sideways = apart > 20;
    const between = Math.abs(to.y - from.y) - (source.height + target.height) / 2;
    if (!sideways && between > 2 * GAP) {
      /* One above the other, with something between: around it, down on the right and up on the left. */
      const side = to.y > from.y ? 1 : -1;
      const [start, stop] = [from, to].map((each, at) => ({ x: each.x + (side * [source, target][at].width) / 2, y: each.y }));
      const out = (side > 0 ? Math.max : Math.min)(start.x, stop.x) + side * Math.min(90, 24 + between * 0.12);
      return [start, { x: out, y: start.y }, { x: out, y: stop.y }, stop];
    }
    const sign = sideways ? Math.sign(to.x - from.x) : Math.sign(to.y - from.y) || 1;
    const end = (center, item, way) =>
      sideways
        ? { x: center.x + (way * item.width) / 2, y: center.y }
        : { x: center.x, y: center.y + (way * item.height) / 2 };
    const [start, stop] = [end(from, source, sign), end(to, target, -sign)];
    const bend = Math.max(24, (sideways ? Math.abs(stop.x - start.x) : Math.abs(stop.y - start.y)) * 0.4) * sign;
    const handle = (point, way) => (sideways ? { x: point.x + way * bend, y: point.y } : { x: point.x, y: point.y + way * bend });
    return [start, handle(start, 1), handle(stop, -1), stop];
  }

  /* Each group says the direction: it is not inherited. */
  const directed = (shape, direction) =>
    shape.children
      ? {
          ...shape,
          layoutOptions: { ...shape.layoutOptions, "elk.direction": direction },
          children: shape.children.map((child) => directed(child, direction)),
          ...(shape.edges && { edges: shape.edges.map((edge) => ({ ...edge })) }), /* ELK writes into them */
        }
      : { ...shape };

  const cost = ({ width, height }) => Math.max(width / SHAPE, height);
  const sprawls = (one, other) => cost({ width: one.w, height: one.h }) > 2 * SPRAWL * cost({ width: other.w, height: other.h }) + 200;
  const MANY_PIECES = 80;
  const SPRAWL = 1.8;
  const FEW_EDGES = 16;

  /* Whether edges are too many for lines that one can follow. */
  const dense = (edges, pieces) => edges.length > FEW_EDGES && edges.length > 1.7 * pieces;

  /* ELK gives up on some graphs. There is always a simpler layout; null stands for what it could not do. */
  async function attempt(work) {
    try {
      return await work();
    } catch {
      return null;
    }
  }

  /* A layout to try: {w, h, put}. `flat` lays each group out alone; edges between groups are curves then. */
  async function layout(scene, elk, flat) {
    const inside = new Map();
    const leaving = new Set();
    const curves = new Set();
    for (const edge of scene.edges) {
      const box = meeting(edge.source, edge.target);
      if (flat && (edge.source.parent !== box || edge.target.parent !== box)) {
        curves.add(edge);
        continue;
      }
      if (!inside.has(box)) inside.set(box, []);
      inside.get(box).push(edge);
      for (const end of [edge.source, edge.target]) {
        for (let each = end; each.parent !== box; each = each.parent) leaving.add(each);
      }
    }
    const edgesIn = (box) => inside.get(box) || [];
    const parts = (box) =>
      components(
        box.children,
        edgesIn(box).map((edge) => [below(edge.source, box), below(edge.target, box)]),
      );

    const piece = (item) => {
      const { width, height } = sizeOf(item);
      return { w: width, h: height, small: true, put: (x, y) => Object.assign(item, { x, y, width, height }) };
    };

    /* A group that no edge leaves. */
    const island = async (box) => {
      if (pic.isPiece(box)) return piece(box);
      const content = pack(await blocks(parts(box), box));
      const width = Math.max(content.w + 2 * PADDING.side, pic.header(box).width);
      const height = content.h + PADDING.top + PADDING.bottom;
      return {
        w: width,
        h: height,
        put: (x, y) => {
          Object.assign(box, { x, y, width, height });
          content.put(x + PADDING.side, y + PADDING.top);
        },
      };
    };

    const blocks = async (sets, box) => {
      const found = [];
      for (const items of sets) {
        const among = new Set(items);
        const edges = flat ? edgesIn(box).filter((edge) => among.has(edge.source)) : [];
        const whole = items.length > 1 && !dense(edges, items.length) ? await attempt(() => connected(items, box)) : null;
        const alone = [];
        if (!whole || flat) for (const each of items) alone.push(await island(each));
        if (whole && !(flat && sprawls(whole, pack(alone)))) found.push(whole);
        else {
          for (const edge of edgesIn(box)) if (among.has(below(edge.source, box))) curves.add(edge);
          found.push(...alone);
        }
      }
      return found;
    };

    /* Items that edges connect: ELK places them. */
    const connected = async (items, box) => {
      const shelves = new Map();
      const shapes = new Map();
      const describe = async (item) => {
        shapes.set(item.key, item);
        if (pic.isPiece(item)) return { id: item.key, ...sizeOf(item) };
        const sets = parts(item);
        const children = [];
        for (const each of sets.filter((set) => set.some((one) => leaving.has(one))).flat()) children.push(await describe(each));
        const alone = await blocks(sets.filter((set) => !set.some((one) => leaving.has(one))), item);
        edges.push(...edgesIn(item));
        if (alone.length) {
          const shelf = pack(alone);
          shelves.set("shelf:" + item.key, shelf);
          children.push({ id: "shelf:" + item.key, width: shelf.w, height: shelf.h });
        }
        return {
          id: item.key,
          children,
          layoutOptions: {

            "elk.padding": `[top=${PADDING.top},left=${PADDING.side},bottom=${PADDING.bottom},right=${PADDING.side}]`,
            "elk.nodeSize.constraints": "MINIMUM_SIZE",
            "elk.nodeSize.minimum": `(${pic.header(item).width},${PADDING.top + PADDING.bottom})`,
          },
        };
      };
      const edges = [];
      const children = [];
      for (const item of items) children.push(await describe(item));
      const among = new Set(items);
      for (const edge of edgesIn(box)) if (among.has(below(edge.source, box))) edges.push(edge);
      const described = edges.filter((edge) => shapes.has(edge.source.key) && shapes.has(edge.target.key));
      const graph = {
        id: "root",
        children,
        edges: described.map((edge) => ({ id: edge.id, sources: [edge.source.key], targets: [edge.target.key] })),
      };
      /* Rightward or downward, whichever comes nearer to the shape of a screen. */
      let placed = null;
      for (const direction of ["RIGHT", "DOWN"]) {
        const tried = await elk.layout(directed({ ...graph, layoutOptions: OPTIONS }, direction));
        if (!placed || cost(tried) * (direction === "DOWN" ? 1.1 : 1) < cost(placed)) placed = tried;
      }
      return {
        w: placed.width,
        h: placed.height,
        put: (x, y) => {
          const settle = (shape) => {
            const [left, upper] = [x + shape.x, y + shape.y];
            if (shelves.has(shape.id)) shelves.get(shape.id).put(left, upper);
            else Object.assign(shapes.get(shape.id), { x: left, y: upper, width: shape.width, height: shape.height });
            for (const child of shape.children || []) settle(child);
          };
          placed.children.forEach(settle);
          placed.edges.forEach((each, at) => {
            const [section] = each.sections;
            const points = [section.startPoint, ...(section.bendPoints || []), section.endPoint];
            described[at].points = points.map((point) => ({ x: x + point.x, y: y + point.y }));
          });
        },
      };
    };

    const content = pack(await blocks(parts(scene.top), scene.top));
    return {
      width: content.w,
      height: content.h,
      put: () => {
        content.put(0, 0);
        for (const edge of curves) Object.assign(edge, { curve: true, points: reach(edge.source, edge.target) });
      },
    };
  }

  /**
   * Gives each visible item x, y, width and height, and each edge `points`; returns {width, height}.
   *
   * ELK routes edges over the borders of groups, if they are few and it does not pull the groups far apart.
   */
  pic.place = async function (scene, elk) {
    const pieces = new Set(scene.seen.values()).size;
    const flat = await layout(scene, elk, true);
    let best = flat;
    if (pieces <= MANY_PIECES && !dense(scene.edges, pieces)) {
      const whole = await attempt(() => layout(scene, elk, false));
      if (whole && cost(whole) <= SPRAWL * cost(flat)) best = whole;
    }
    best.put();
    return { width: best.width, height: best.height };
  };
})(globalThis);
