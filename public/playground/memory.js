// @ts-check
/** What this browser remembers between visits; a browser that refuses to remember just starts afresh. */

/**
 * @param {string} key
 * @returns {string | undefined}
 */
export function recall(key) {
  try {
    return localStorage.getItem(`peyk.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    localStorage.setItem(`peyk.${key}`, value);
  } catch {
    // Private windows may refuse; the page works without.
  }
}
