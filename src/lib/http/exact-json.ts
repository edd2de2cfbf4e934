/** Reads JSON without losing a digit: a whole number that is too large for a number becomes the text it was written as. */

/** Strings first, so that digits inside them are passed over; then numbers, whole or not. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** The largest exact number has 16 digits. */
const MANY_DIGITS = /\d{16}/;
const WHOLE = /^-?\d{16,}$/;

/**
 * Parses as `JSON.parse` does, but for whole numbers beyond `Number.MAX_SAFE_INTEGER`: ids of platforms have 19 digits
 * and come as numbers now and then.
 * @throws {SyntaxError}
 */
export function parseExactJson(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  return MANY_DIGITS.test(text) ? JSON.parse(text.replace(TOKEN, quotedIfLarge)) : parsed;
}

function quotedIfLarge(token: string): string {
  return WHOLE.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}
