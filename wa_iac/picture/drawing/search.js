/* Finding a resource of the picture by its address, its type or a part's address. */
(function (root) {
  "use strict";
  const pic = (root.waPicture = root.waPicture || {});
  const SHOWN = 10;

  /** The nodes that a text finds: those whose name begins with it first. */
  pic.find = function (picture, wanted) {
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const rank = (node) => (node.label.toLowerCase().startsWith(words[0]) ? 0 : node.address.toLowerCase().includes(words[0]) ? 1 : 2);
    const found = picture.nodes.filter((node) => {
      const text = [node.address, pic.typeInWords(node.type), ...node.parts.map((part) => part.address)].join("\n").toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return found.map((node) => [rank(node), node]).sort((one, other) => one[0] - other[0]).map((each) => each[1]);
  };

  /** A field with results below it. `current()` is the picture that is searched, `go(address)` follows a result. */
  pic.search = function (area, current, go, say) {
    const [field, list] = [area.querySelector("input"), area.querySelector("ul")];
    const shut = () => list.replaceChildren();

    function show() {
      const found = pic.find(current(), field.value);
      const entries = found.slice(0, SHOWN).map((node) => {
        const kind = pic.make("span", {}, pic.typeInWords(node.type));
        return pic.make("li", {}, pic.make("button", { type: "button", "data-find": node.address }, pic.make("span", {}, node.address), kind));
      });
      if (found.length > SHOWN) entries.push(pic.make("li", {}, "and " + (found.length - SHOWN) + " more"));
      list.replaceChildren(...entries);
      say(field.value.trim() ? pic.count(found.length, "resource") + " found" : "");
    }

    field.addEventListener("input", show);
    field.addEventListener("focus", show);
    area.addEventListener("click", (event) => {
      const button = event.target.closest("[data-find]");
      if (!button) return;
      shut();
      go(button.dataset.find);
    });
    area.addEventListener("focusout", (event) => {
      if (!area.contains(event.relatedTarget)) shut();
    });
    area.addEventListener("keydown", (event) => {
      const buttons = [...list.querySelectorAll("button")];
      const at = buttons.indexOf(document.activeElement);
      if (event.key === "Escape") {
        shut();
        field.focus();
        shut();
      } else if (event.key === "ArrowDown" && buttons.length) buttons[Math.min(at + 1, buttons.length - 1)].focus();
      else if (event.key === "ArrowUp" && at >= 0) (buttons[at - 1] || field).focus();
      else if (event.key === "Enter" && event.target === field && buttons.length) buttons[0].click();
      else return;
      event.preventDefault();
    });
  };
})(globalThis);
