/* The interactive picture of a page: it reads the data block, draws what is open, and answers mouse, touch and keyboard. */
(function (root) {
  "use strict";
  const pic = (root.waPicture = root.waPicture || {});
  const PREFIX = "drawn-";

  /** Sets up the picture in a `<section class="picview">`; returns {go, ready, data}, or null if there is none. */
  pic.view = function (section) {
    const part = (name) => section.querySelector(".picview-" + name);
    const data = JSON.parse(document.getElementById(section.dataset.source).textContent);
    if (!data.pictures.length) return null;
    const [stage, svg, world, panel, status] = ["stage", "drawing", "world", "details", "status"].map(part);
    const window_ = pic.viewport(stage, world);
    const elk = new root.ELK();
    const states = data.pictures.map((picture) => ({ picture, ...pic.firstState(picture), focus: null, fitted: false }));
    let state = states[0];
    let scene = null;
    let chosen = null; /* the key of the item, or the edge, that the panel shows */
    let turn = 0;

    const here = () => ({ unit: state.picture.unit, environment: state.picture.environment, story: state.picture.story || "" });
    const say = (words) => (status.textContent = words);
    const covered = () => {
      const beside = panel.offsetWidth < stage.clientWidth;
      return { right: beside ? panel.offsetWidth : 0, bottom: beside ? 0 : panel.offsetHeight };
    };
    const element = (key) => [...world.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    const press = (key) => element(key)?.querySelector(".pic-press");
    const item = (key) => scene.items.get(key);
    const area = (each) => (each.node || pic.isPiece(each) ? each : { x: each.x, y: each.y, width: each.width, height: 32 });

    /* Draws the state anew. `still` is the key of an item that keeps its place on the screen. */
    async function draw(still) {
      const mine = (turn += 1);
      const before = still && scene && item(still);
      const next = pic.scene(state.picture, state.closed, state.kinds);
      const size = await pic.place(next, elk);
      if (mine !== turn) return;
      const focused = world.contains(document.activeElement);
      next.items = new Map([...next.seen.values()].concat([...next.boxes.values()]).filter((each) => each.width).map((each) => [each.key, each]));
      scene = next;
      world.innerHTML = pic.draw(scene, { interactive: true, prefix: PREFIX });
      svg.setAttribute("aria-label", "Picture of " + state.picture.name);
      window_.resize(size.width, size.height);
      const after = still && item(still);
      if (before && after) window_.shift((before.x - after.x) * window_.view.k, (before.y - after.y) * window_.view.k);
      if (!state.fitted && stage.clientWidth) {
        window_.fit(true);
        state.fitted = true;
      }
      if (!item(state.focus)) state.focus = world.querySelector("[data-key]")?.dataset.key || null;
      press(state.focus)?.setAttribute("tabindex", "0");
      if (focused) press(state.focus)?.focus({ preventScroll: true });
      mark();
    }

    /* What is chosen, and what edges connect with it. */
    function mark() {
      svg.classList.toggle("has-choice", Boolean(chosen));
      const related = new Set([chosen]);
      for (const each of world.querySelectorAll(".pic-edge")) {
        const { from, to } = each.dataset;
        const touches = from === chosen || to === chosen;
        each.classList.toggle("is-related", touches || each === chosen);
        if (touches) related.add(from).add(to);
      }
      for (const each of world.querySelectorAll("[data-key]")) {
        each.classList.toggle("is-chosen", each.dataset.key === chosen);
        each.classList.toggle("is-related", related.has(each.dataset.key));
      }
    }

    function choose(key, byKeyboard) {
      chosen = key;
      pic.showDetails(panel, scene, item(key));
      mark();
      if (byKeyboard) panel.querySelector("h3").focus();
    }

    function close() {
      const inside = panel.contains(document.activeElement);
      panel.hidden = true;
      chosen = null;
      mark();
      if (inside) press(state.focus)?.focus({ preventScroll: true });
    }

    function focusOn(key) {
      press(state.focus)?.setAttribute("tabindex", "-1");
      state.focus = key;
      const target = press(key);
      target.setAttribute("tabindex", "0");
      target.focus({ preventScroll: true });
      window_.reveal(area(item(key)), covered());
    }

    async function toggle(key) {
      const { group, shut, bare, nodes } = item(key);
      if (bare) return;
      if (shut) state.closed.delete(group.id);
      else state.closed.add(group.id);
      state.focus = key;
      await draw(key);
      say(group.label + (shut ? " expanded, " : " collapsed, ") + pic.count(nodes.length, "resource"));
      if (chosen === key) choose(key, false);
    }

    /* Shows a resource by its address, or by that of one of its parts; false if the picture has none. */
    async function go(address, options) {
      const { unit, environment, story, keyboard } = options;
      const fits = (each) =>
        (unit === undefined || each.picture.unit === unit) &&
        (environment === undefined || each.picture.environment === environment) &&
        (story === undefined || (each.picture.story || "") === story);
      const holds = ({ picture }) =>
        [...picture.nodes, ...picture.groups].find(
          (holder) => holder.address === address || holder.parts.some((each) => each.address === address),
        );
      const found = [state, ...states].find((each) => fits(each) && holds(each));
      if (!found) return false;
      const target = holds(found);
      await turnTo(found, false);
      const parents = new Map(state.picture.groups.map((group) => [group.id, group.parent]));
      const closedBefore = state.closed.size;
      for (let id = target.type ? target.group : target.parent; id; id = parents.get(id)) state.closed.delete(id);
      if (state.closed.size !== closedBefore || !scene || scene.picture !== state.picture) await draw();
      const { key } = target.type ? scene.leaves.get(target.address) : scene.boxes.get(target.id);
      section.scrollIntoView({ block: "nearest" });
      choose(key, false);
      window_.center(area(item(key)), covered());
      focusOn(key);
      if (keyboard) say(pic.nameOf(target.type ? target : { address: "", label: target.label }));
      return true;
    }

    async function turnTo(next, redraw) {
      if (next !== state) {
        state = next;
        close();
        state.fitted = false;
        const select = part("unit");
        if (select) select.value = String(states.indexOf(state));
        kinds();
        await draw();
      } else if (redraw) await draw();
    }

    function kinds() {
      for (const box of section.querySelectorAll(".picview-kinds input")) {
        const count = state.picture.edges.filter((edge) => edge.kind === box.value).length;
        box.checked = state.kinds.has(box.value);
        box.disabled = !count;
        box.parentElement.querySelector("output").textContent = String(count);
        box.parentElement.querySelector("g").innerHTML = pic.sample(box.value, false);
      }
    }

    stage.addEventListener("click", (event) => {
      if (window_.moved() || panel.contains(event.target)) return;
      const target = event.target.closest("[data-key]");
      const edge = event.target.closest(".pic-edge");
      if (target) {
        const { key } = target.dataset;
        focusOn(key);
        if (event.target.closest(".pic-toggle") || item(key).shut) toggle(key);
        else choose(key, event.detail === 0);
      } else if (edge) {
        chosen = edge;
        const { from, to } = edge.dataset;
        const shown = scene.edges.find(
          (each) => each.source.key === from && each.target.key === to && edge.classList.contains("pic-" + each.kind),
        );
        pic.showDetails(panel, scene, shown);
        mark();
      } else close();
    });

    panel.addEventListener("click", (event) => {
      const { go: address, toggle: key } = event.target.dataset;
      if (event.target.closest(".picview-close")) close();
      else if (address !== undefined) go(address, { ...here(), keyboard: true });
      else if (key !== undefined) toggle(key);
    });

    const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

    /* The nearest item in a direction: what lies aside counts more than what lies ahead. */
    function neighbor(key, [right, down]) {
      const middle = (each) => [area(each).x + area(each).width / 2, area(each).y + area(each).height / 2];
      const [x, y] = middle(item(key));
      let best = null;
      for (const each of scene.items.values()) {
        const [left, top] = middle(each);
        const ahead = (left - x) * right + (top - y) * down;
        const aside = Math.abs((left - x) * down) + Math.abs((top - y) * right);
        if (each.key !== key && ahead > 4 && (!best || ahead + 2.5 * aside < best.cost)) best = { key: each.key, cost: ahead + 2.5 * aside };
      }
      return best && best.key;
    }

    const inOrder = () => [...world.querySelectorAll("[data-key]")].map((each) => each.dataset.key);

    const KEYS = {
      Enter: (key) => (item(key).node || item(key).bare ? choose(key, true) : toggle(key)),
      " ": (key) => KEYS.Enter(key),
      i: (key) => choose(key, true),
      Home: () => focusOn(inOrder()[0]),
      End: () => focusOn(inOrder().at(-1)),
      PageDown: (key) => focusOn(inOrder()[Math.min(inOrder().indexOf(key) + 1, inOrder().length - 1)]),
      PageUp: (key) => focusOn(inOrder()[Math.max(inOrder().indexOf(key) - 1, 0)]),
      "+": () => window_.by(1.25),
      "=": () => window_.by(1.25),
      "-": () => window_.by(0.8),
      0: () => window_.fit(false),
    };

    section.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !panel.hidden) {
        close();
        event.preventDefault();
        return;
      }
      const target = event.target.closest?.("[data-key]");
      if (!target || event.ctrlKey || event.metaKey || event.altKey) return;
      const { key } = target.dataset;
      if (ARROWS[event.key]) {
        const next = neighbor(key, ARROWS[event.key]);
        if (next) focusOn(next);
      } else if (Object.hasOwn(KEYS, event.key)) KEYS[event.key](key);
      else return;
      event.preventDefault();
    });

    const ACTIONS = {
      in: () => window_.by(1.25),
      out: () => window_.by(0.8),
      fit: () => window_.fit(false),
      open: async () => {
        state.closed.clear();
        await draw();
        say("Everything is expanded.");
      },
      shut: async () => {
        state.closed = pic.outline(state.picture);
        await draw();
        window_.fit(true);
        say("Groups are collapsed.");
      },
      screen: () => (document.fullscreenElement ? document.exitFullscreen() : section.requestFullscreen()),
    };
    part("tools").addEventListener("click", (event) => {
      const action = event.target.closest("[data-action]")?.dataset.action;
      if (action) ACTIONS[action]();
    });
    part("tools").addEventListener("change", (event) => {
      if (event.target.matches(".picview-unit")) turnTo(states[Number(event.target.value)], true);
      if (!event.target.closest(".picview-kinds")) return;
      if (event.target.checked) state.kinds.add(event.target.value);
      else state.kinds.delete(event.target.value);
      draw(state.focus);
    });
    pic.search(part("search"), () => state.picture, (address) => go(address, here()), say);

    for (const name of ["tools", "stage", "help"]) part(name).hidden = false;
    part("list").open = false;
    kinds();
    new ResizeObserver(() => {
      if (scene && !state.fitted && stage.clientWidth) {
        window_.fit(true);
        state.fitted = true;
      }
    }).observe(stage);
    const ready = draw();
    return { go, ready, data };
  };

  /* Links from elsewhere: `data-node` with `data-unit`, or `href="#node-..."`. */
  function listen(view) {
    const anchors = new Map();
    for (const { unit, environment, story = "", nodes, groups } of view.data.pictures) {
      for (const each of [...nodes, ...groups]) if (each.anchor) anchors.set(each.anchor, { address: each.address, unit, environment, story });
    }
    const follow = ({ address, ...which }) => view.go(address, { ...which, keyboard: true });
    document.addEventListener("click", async (event) => {
      const link = event.target.closest?.("[data-node], a[href^='#node-']");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const { node, unit, environment, story } = link.dataset;
      const goal = node !== undefined ? { address: node, unit, environment, story } : anchors.get(link.getAttribute("href").slice(1));
      if (!goal) return;
      event.preventDefault();
      if (await follow(goal)) history.pushState(null, "", link.getAttribute("href") || location.href);
    });
    const byHash = () => {
      const goal = anchors.get(location.hash.slice(1));
      if (goal) follow(goal);
    };
    root.addEventListener("hashchange", byHash);
    view.ready.then(byHash);
  }

  function start() {
    for (const section of document.querySelectorAll(".picview")) {
      const view = pic.view(section);
      if (view) listen(view);
    }
  }

  /* After the page has been shown: ELK takes a moment to start. */
  if (root.document) root.addEventListener("load", () => root.setTimeout(start, 0));
})(globalThis);
