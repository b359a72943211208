// Opens a page in Chromium, uses its picture as a reader would, and prints what was seen as JSON.
// Usage: node explore.mjs CHROMIUM PAGE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [program, page_] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu"] });
const seen = { troubles: [], requests: [] };

async function open(scheme) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: scheme });
  const page = await context.newPage();
  page.on("console", (message) => seen.troubles.push(message.text()));
  page.on("pageerror", (error) => seen.troubles.push(String(error)));
  page.on("request", (request) => seen.requests.push(request.url()));
  await page.goto(pathToFileURL(page_).href);
  await page.waitForSelector(".picview-world [data-key]");
  return page;
}

const page = await open("light");
const world = page.locator(".picview-world");
const names = () => world.locator(".pic-press").evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
const settled = (text) => page.waitForFunction((wanted) => document.querySelector(".picview-status").textContent.includes(wanted), text);
const details = () => page.locator(".picview-details").innerText();

// A small picture is open. By keyboard alone: one stop of the Tab key, then Page Down through all.
seen.outline = await names();
seen.stops = await world.locator("[tabindex='0']").count();
await world.locator("[tabindex='0']").focus();
await page.keyboard.press("Home");
const walked = [await focused()];
for (const _ of seen.outline.slice(1)) {
  await page.keyboard.press("PageDown");
  walked.push(await focused());
}
seen.walked = walked;
seen.ring = await page.evaluate(() => getComputedStyle(document.activeElement).strokeWidth);
await page.keyboard.press("Home");
await page.keyboard.press("ArrowDown");
seen.below = await focused();

// A large one is an outline: a closed group opens and closes; focus stays.
await page.locator(".picview-unit").selectOption("1");
await page.waitForFunction(() => document.querySelector(".picview-drawing").getAttribute("aria-label").includes("large"));
seen.start = await names();
const shut = world.locator("[aria-expanded='false']").first();
await shut.focus();
seen.closed = await focused();
await page.keyboard.press("Enter");
await settled("expanded");
seen.opened = [await focused(), (await names()).length];
await page.keyboard.press("Enter");
await settled("collapsed");
seen.closedAgain = (await names()).length;

// From a finding elsewhere in the page to its node, with the groups around it opened, and back.
await page.locator("#to-node").click();
await page.waitForFunction(() => document.activeElement.closest(".picview-world"));
seen.shown = [await focused(), await details()];
seen.findings = await page.locator(".picview-details a[href^='#finding-']").evaluateAll((all) => all.map((each) => each.getAttribute("href")));
await page.keyboard.press("Enter");
seen.inDetails = await page.evaluate(() => document.activeElement.textContent);
await page.keyboard.press("Escape");
seen.back = [await focused(), await page.locator(".picview-details").isVisible()];

// Filter, and search.
const edges = () => world.locator(".pic-edge").count();
seen.edges = [await edges()];
await page.locator(".picview-kinds input[value='data']").uncheck();
await page.waitForFunction(() => !document.querySelector(".picview-world .pic-data.pic-edge"));
seen.edges.push(await edges());
await page.locator(".picview-search input").fill("kms");
seen.results = await page.locator(".picview-search [data-find]").evaluateAll((all) => all.map((each) => each.dataset.find));
await page.keyboard.press("Enter");
await page.waitForFunction(() => document.activeElement.closest(".picview-world"));
seen.searched = await focused();

// The other unit, by the choice at the top.
await page.locator(".picview-unit").selectOption("0");
await page.waitForFunction(() => document.querySelector(".picview-drawing").getAttribute("aria-label").includes("shop"));
seen.other = (await names()).length;
seen.scripts = await page.evaluate(() => Boolean(globalThis.hacked));

// Accessibility, in both themes. Evaluated by the debugger, which no policy concerns.
seen.axe = [];
for (const each of [page, await open("dark")]) {
  await each.evaluate(axe);
  const { violations } = await each.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  for (const { id, impact, nodes } of violations) {
    if (impact === "serious" || impact === "critical") seen.axe.push(`${id}: ${nodes.map((node) => node.html).join("\n").slice(0, 600)}`);
  }
}
await browser.close();
console.log(JSON.stringify(seen));
