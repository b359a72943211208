/* Pan and zoom of a drawing: mouse, touch, wheel. */
(function (root) {
  "use strict";
  const pic = (root.waPicture = root.waPicture || {});
  const LEAST = 0.04;
  const MOST = 3;
  const READABLE = 0.7; /* the least scale at first, on a narrow screen */
  const WIDE = 900;
  const LEAST_WIDE = 0.52; /* on a wide one, where more is seen at once */
  const LOW = 420; /* pixels: the least height of a stage */
  const STILL = 4; /* pixels that a click may move */
  const MARGIN = 16;

  /** A viewport of `stage` on `world`, a `<g>`. `moved()` says whether the last press was a drag rather than a click. */
  pic.viewport = function (stage, world) {
    const view = { x: 0, y: 0, k: 1 };
    let size = { width: 1, height: 1 };
    let dragged = false;
    const show = () => world.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.k})`);
    const box = () => stage.getBoundingClientRect();

    function zoom(factor, x, y) {
      const k = Math.min(MOST, Math.max(LEAST, view.k * factor));
      view.x = x - ((x - view.x) * k) / view.k;
      view.y = y - ((y - view.y) * k) / view.k;
      view.k = k;
      show();
    }

    const wanted = (width, whole) => Math.max(whole, width < WIDE ? READABLE : LEAST_WIDE);

    /* The whole drawing; `readable` rather keeps its letters readable and shows its beginning. */
    function fit(readable) {
      const { width, height } = box();
      if (!width || !height) return;
      const whole = Math.min(1.1, (width - 2 * MARGIN) / size.width, (height - 2 * MARGIN) / size.height);
      view.k = Math.max(LEAST, readable ? wanted(width, whole) : whole);
      view.x = Math.max(MARGIN, (width - size.width * view.k) / 2);
      view.y = Math.max(MARGIN, (height - size.height * view.k) / 2);
      show();
    }

    /* A stage need not be higher than a small drawing. */
    function lower() {
      stage.style.height = "";
      const { width, height } = box();
      const k = wanted(width, Math.min(1.1, (width - 2 * MARGIN) / size.width));
      const needed = Math.max(LOW, size.height * k + 2 * MARGIN);
      if (needed < height) stage.style.height = `${Math.ceil(needed)}px`;
    }

    /* What is left of the stage beside or above what covers it: {right, bottom}. */
    function free(covered) {
      const { width, height } = box();
      return { width: Math.max(80, width - covered.right), height: Math.max(80, height - covered.bottom) };
    }

    /* Moves as little as possible until a rectangle of the drawing is inside. */
    function reveal(rectangle, covered) {
      const { width, height } = free(covered);
      const shift = (start, length, room) => {
        if (start < MARGIN || length > room - 2 * MARGIN) return MARGIN - start;
        return start + length > room - MARGIN ? room - MARGIN - start - length : 0;
      };
      view.x += shift(view.x + rectangle.x * view.k, rectangle.width * view.k, width);
      view.y += shift(view.y + rectangle.y * view.k, rectangle.height * view.k, height);
      show();
    }

    /* Puts the middle of a rectangle into the middle, large enough to read. */
    function center(rectangle, covered) {
      const { width, height } = free(covered);
      view.k = Math.max(view.k, 0.8);
      view.x = width / 2 - (rectangle.x + Math.min(rectangle.width, 400) / 2) * view.k;
      view.y = height / 2 - (rectangle.y + Math.min(rectangle.height, 200) / 2) * view.k;
      show();
    }

    const pointers = new Map();
    const spread = () => {
      const [one, other] = [...pointers.values()];
      return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, length: Math.hypot(one.x - other.x, one.y - other.y) || 1 };
    };
    let pressed = null;
    stage.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (pointers.size === 1) [dragged, pressed] = [false, { x: event.clientX, y: event.clientY }];
    });
    stage.addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const two = pointers.size === 2 ? spread() : null;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (two) {
        const now = spread();
        const { left, top } = box();
        [view.x, view.y, dragged] = [view.x + now.x - two.x, view.y + now.y - two.y, true];
        zoom(now.length / two.length, now.x - left, now.y - top);
      } else if (dragged || Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > STILL) {
        if (!dragged) stage.setPointerCapture(event.pointerId);
        dragged = true;
        view.x += event.clientX - before.x;
        view.y += event.clientY - before.y;
        show();
      }
    });
    for (const name of ["pointerup", "pointercancel"]) {
      stage.addEventListener(name, (event) => pointers.delete(event.pointerId));
    }
    stage.addEventListener(
      "wheel",
      (event) => {
        /* The wheel scrolls the page, unless the drawing is the page. */
        if (!event.ctrlKey && !event.metaKey && !stage.closest("[data-whole-page]")) return;
        event.preventDefault();
        const { left, top } = box();
        const lines = event.deltaMode === 1 ? 16 : 1;
        zoom(Math.exp((-event.deltaY * lines) / (event.ctrlKey ? 200 : 500)), event.clientX - left, event.clientY - top);
      },
      { passive: false },
    );

    return {
      view,
      fit,
      reveal,
      center,
      moved: () => dragged,
      resize: (width, height) => {
        size = { width, height };
        lower();
      },
      by: (factor) => zoom(factor, box().width / 2, box().height / 2),
      shift: (x, y) => {
        [view.x, view.y] = [view.x + x, view.y + y];
        show();
      },
    };
  };
})(globalThis);
