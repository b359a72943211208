/* Text in a drawing: made safe for markup, measured without a browser, shortened to a width. */
(function (root) {
  "use strict";
  const pic = (root.waPicture = root.waPicture || {});

  const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

  /* What XML does not allow, and what changes the direction of the text around it. */
  const ODD = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;
  const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(^|[^\ud800-\udbff])[\udc00-\udfff]/g;

  /** Text for an element or a quoted attribute. Every text that anyone else wrote goes through here. */
  pic.escape = function (text) {
    return String(text)
      .replace(ODD, "\ufffd")
      .replace(LONE, "$1\ufffd")
      .replace(/[&<>"']/g, (mark) => MARKS[mark]);
  };

  /* Widths of the fonts that look like Helvetica, in thousandths of their size. */
  const WIDTHS = new Map();
  for (const [width, letters] of [
    [191, "'"],
    [222, "ijl"],
    [260, "|"],
    [278, " !,./:;I[\\]ft"],
    [333, "()-`r{}"],
    [355, '"'],
    [389, "*"],
    [469, "^"],
    [500, "Jckvxyzs"],
    [556, "#$0123456789?L_abdeghnopqu"],
    [584, "+<=>~"],
    [611, "FTZ"],
    [667, "&ABEKPSVXY"],
    [722, "CDHNRUw"],
    [778, "GOQ"],
    [833, "Mm"],
    [889, "%"],
    [944, "W"],
    [1015, "@"],
  ]) {
    for (const letter of letters) WIDTHS.set(letter, width);
  }
  const UNKNOWN = 600;
  const WIDE = 1000;
  const ROOM = 1.04; /* the reader's font may be a little wider than ours */

  /** The width of a text in pixels. `size` is the font's, in pixels. */
  pic.measure = function (text, size, bold) {
    let sum = 0;
    for (const letter of text) {
      sum += WIDTHS.get(letter) || (letter.codePointAt(0) > 0x2e7f ? WIDE : UNKNOWN);
    }
    return (sum * size * ROOM * (bold ? 1.07 : 1)) / 1000;
  };

  /** The text, or its beginning and its end around an ellipsis if it is wider than `width` pixels. */
  pic.shorten = function (text, width, size, bold) {
    const clean = text.replace(/\s+/g, " ").slice(0, 400);
    if (pic.measure(clean, size, bold) <= width) return clean;
    const letters = Array.from(clean);
    let low = 1;
    let high = letters.length - 1;
    const cut = (kept) => {
      const head = Math.ceil(kept * 0.6);
      const tail = kept - head;
      return letters.slice(0, head).join("").trimEnd() + "\u2026" + (tail ? letters.slice(-tail).join("").trimStart() : "");
    };
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (pic.measure(cut(middle), size, bold) <= width) low = middle;
      else high = middle - 1;
    }
    return cut(low);
  };

  /** "3 findings", "1 finding". */
  pic.count = (number, word) => number + " " + word + (number === 1 ? "" : "s");
})(globalThis);
