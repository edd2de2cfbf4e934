// @ts-check
/** Times, days, sizes and counts as each language writes them: Persian digits and the Solar Hijri calendar in Persian. */
import { words } from "./words.js";

/** @typedef {import("./words.js").Language} Language */

const locales = { en: "en-GB", fa: "fa-IR-u-ca-persian" };

/**
 * @param {number} unixSeconds
 * @param {Language} language
 */
export function clockTime(unixSeconds, language) {
  const options = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit" });
  return new Intl.DateTimeFormat(locales[language], options).format(unixSeconds * 1000);
}

/**
 * @param {number} unixSeconds
 * @param {Language} language
 */
export function fullTime(unixSeconds, language) {
  const options = /** @type {const} */ ({ dateStyle: "full", timeStyle: "medium" });
  return new Intl.DateTimeFormat(locales[language], options).format(unixSeconds * 1000);
}

/**
 * @param {number} unixSeconds
 * @param {Language} language
 */
export function dayName(unixSeconds, language) {
  const then = new Date(unixSeconds * 1000);
  const now = new Date();
  const daysAgo = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (daysAgo === 0) return words[language].today;
  if (daysAgo === 1) return words[language].yesterday;
  const year = then.getFullYear() === now.getFullYear() ? undefined : /** @type {const} */ ("numeric");
  return new Intl.DateTimeFormat(locales[language], { day: "numeric", month: "long", year }).format(then);
}

/** @param {Date} date */
function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/**
 * @param {number} count
 * @param {Language} language
 */
export function number(count, language) {
  return new Intl.NumberFormat(locales[language]).format(count);
}

/**
 * @param {number} bytes
 * @param {Language} language
 */
export function fileSize(bytes, language) {
  const units = /** @type {const} */ (["byte", "kilobyte", "megabyte"]);
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  return new Intl.NumberFormat(locales[language], {
    style: "unit",
    unit: units[step],
    // Persian writes no "kB".
    unitDisplay: step === 0 || language === "fa" ? "long" : "short",
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1000 ** step);
}
