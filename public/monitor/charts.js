// @ts-check
/** A campaign's attempts over time and by account, drawn of elements: they follow the page's colours, width and direction. */
import { element } from "../shared/dom.js";

/** @typedef {import("../../src/web/view.ts").Chart} Chart */
/** @typedef {import("../../src/web/view.ts").Stretch} Stretch */

/** @param {Chart} chart */
export function chartParts({ overTime, accounts }) {
  return [
    element(
      "figure",
      "chart",
      element("figcaption", "", element("strong", "", overTime.title), " ", overTime.note),
      element("span", "scale", overTime.most),
      element("div", "columns", ...overTime.columns.map((one) => column(one, overTime.highest))),
      element("div", "moments", ...overTime.moments.map((moment) => element("span", "", moment))),
    ),
    element(
      "figure",
      "chart",
      element("figcaption", "", element("strong", "", accounts.title)),
      ...accounts.rows.map((row) => account(row, accounts.highest)),
      accounts.more === undefined ? undefined : element("p", "note", accounts.more),
    ),
  ];
}

/** @param {Chart["overTime"]["columns"][number]} one @param {number} highest */
function column({ text, stretches }, highest) {
  const made = element("div", "column", bar(stretches, highest, "height"));
  made.title = text;
  return made;
}

/** @param {Chart["accounts"]["rows"][number]} row @param {number} highest */
function account({ name, value, stretches }, highest) {
  return element(
    "div",
    "account",
    element("bdi", "", name),
    element("span", "", value),
    bar(stretches, highest, "width"),
  );
}

/** @param {readonly Stretch[]} stretches @param {number} highest @param {"height" | "width"} side */
function bar(stretches, highest, side) {
  const total = stretches.reduce((sum, { count }) => sum + count, 0);
  const parts = stretches.filter(({ count }) => count > 0).map(part);
  const made = element("div", "bar", ...parts);
  made.style[side] = `${highest > 0 ? (total / highest) * 100 : 0}%`;
  return made;
}

/** @param {Stretch} one */
function part({ state, count }) {
  const made = element("span", `state-${state}`);
  made.style.flexGrow = String(count);
  return made;
}
