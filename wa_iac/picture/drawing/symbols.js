/* Our own symbols on a grid of 16 by 16, as paths to stroke. They are told apart by shape, not by color. */
(function (root) {
  "use strict";
  const pic = (root.waPicture = root.waPicture || {});

  pic.SYMBOLS = {
    compute: "M4.5 4.5h7v7h-7zM6.5 2v2.5M9.5 2v2.5M6.5 11.5V14M9.5 11.5V14M2 6.5h2.5M2 9.5h2.5M11.5 6.5H14M11.5 9.5H14",
    containers: "M2.5 8.5h5v5h-5zM8.5 8.5h5v5h-5zM5.5 2.5h5v5h-5z",
    storage: "M2.5 4.5l1.6 8.2c1.6 1.3 6.2 1.3 7.8 0l1.6-8.2M2.5 4.5c0-2.4 11-2.4 11 0s-11 2.4-11 0z",
    database: "M3 4c0-2.4 10-2.4 10 0v8c0 2.4-10 2.4-10 0zM3 4c0 2.4 10 2.4 10 0M3 8c0 2.4 10 2.4 10 0",
    network: "M6.5 2.5h3v3h-3zM2 10.5h3v3H2zM11 10.5h3v3h-3zM8 5.5V8M3.5 10.5V8h9v2.5",
    integration: "M2 5h10M9 2l3 3-3 3M14 11H4M7 8l-3 3 3 3",
    analytics: "M2 14h12M4 11.5V9M8 11.5V3M12 11.5v-5",
    security: "M8 2l5 1.8v4c0 3-2 5-5 6.2-3-1.2-5-3.2-5-6.2v-4zM5.7 8l1.6 1.7 3-3.3",
    management: "M2 5h12M2 11h12M5 3v4M11 9v4",
    other: "M8 2a6 6 0 1 0 .01 0zM5.3 8h.01M8 8h.01M10.7 8h.01",
    account: "M4.5 12.5a3 3 0 0 1-.3-6 4 4 0 0 1 7.7-.6 3.3 3.3 0 0 1 .1 6.6z",
    region: "M4 14V2.5h8L10 5.2 12 8H4",
    vpc: "M2.5 2.5h11v11h-11zM6 6h4v4H6z",
    zone: "M2.5 13.5v-7L8 2.5l5.5 4v7zM8 13.5v-4",
    subnet: "M2.5 2.5h11v11h-11zM8 2.5v11M2.5 8h11",
  };

  /* The shapes of severities, on a grid of 12 by 12, to fill. */
  pic.SHAPES = {
    critical: "M3.6 0h4.8L12 3.6v4.8L8.4 12H3.6L0 8.4V3.6z",
    high: "M6 .5L12 11.5H0z",
    medium: "M6 0l6 6-6 6-6-6z",
    low: "M6 1a5 5 0 1 0 .01 0z",
  };

  /* The heads of arrows, pointing right, their tip at 0,0. */
  pic.HEADS = {
    network: "M0 0l-8-4v8z",
    data: "M0 0l-9-4.5 2.5 4.5-2.5 4.5z",
    identity: "M0 0l-4.5-3.5L-9 0l4.5 3.5z",
    uses: "M-7-3.5L0 0l-7 3.5",
  };

  pic.KIND_NAMES = { network: "Network", data: "Data", identity: "Identity", uses: "Other references" };
})(globalThis);
