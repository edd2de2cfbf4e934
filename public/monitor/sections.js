// @ts-check
/** From what Peyk says to elements. */
import { element } from "../shared/dom.js";
import { chartParts } from "./charts.js";

/** @typedef {import("../../src/web/view.ts").Tile} Tile */
/** @typedef {import("../../src/web/view.ts").Stretch} Stretch */
/** @typedef {import("../../src/web/view.ts").Progress} Progress */
/** @typedef {import("../../src/web/view.ts").Card} Card */
/** @typedef {import("../../src/web/view.ts").Section} Section */

/** @param {readonly Tile[]} tiles */
export function overview(tiles) {
  return element("dl", "tiles overview", ...tiles.map(tile));
}

/** @param {Tile} one */
function tile({ label, value }) {
  return element("div", "tile", element("dt", "", label), element("dd", "", value));
}

/** @param {Section} one */
export function section({ key, title, note, empty, tiles, cards, foot }) {
  const made = element(
    "section",
    `part part-${key}`,
    element("header", "part-head", element("h2", "", title), note && element("p", "", note)),
    empty && element("p", "empty", empty),
    tiles && element("dl", "tiles", ...tiles.map(tile)),
    cards && cards.length > 0 ? element("div", "cards", ...cards.map(card)) : undefined,
    foot && element("p", "foot", foot),
  );
  made.dataset["key"] = key;
  return made;
}

/** @param {Card} one */
function card({ key, name, badge, note, progress, chart, lines }) {
  const made = element(
    "article",
    "card",
    element(
      "header",
      "card-head",
      element("h3", "", bdi(name)),
      note && element("span", "note", note),
      element("span", `badge tone-${badge.tone}`, badge.text),
    ),
    ...(progress ? progressParts(progress) : []),
    ...(chart ? chartParts(chart) : []),
    lines.length > 0 ? element("ul", "lines", ...lines.map((line) => element("li", "", line))) : undefined,
  );
  made.dataset["key"] = key;
  return made;
}

/** @param {Progress} progress */
function progressParts({ text, percent, stretches }) {
  const bar = element("div", "stretches", ...stretches.map(stretch));
  bar.setAttribute("role", "img");
  bar.setAttribute("aria-label", `${text} (${percent})`);
  const named = stretches.filter(({ label }) => label !== undefined);
  return [
    element("p", "done", element("span", "", text), element("strong", "", percent)),
    bar,
    ...(named.length > 0 ? [element("dl", "legend", ...named.map(legendEntry))] : []),
  ];
}

/** @param {Stretch} one */
function stretch({ state, count }) {
  const made = element("span", `stretch state-${state}`);
  made.style.flexGrow = String(count);
  return made;
}

/** @param {Stretch} one */
function legendEntry({ state, count, label = "", value = "" }) {
  const term = element("dt", "", element("span", `dot state-${state}`), label);
  return element("div", count === 0 ? "entry none" : "entry", term, element("dd", "", value));
}

/** @param {string} text */
function bdi(text) {
  return element("bdi", "", text);
}
