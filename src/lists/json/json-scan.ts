/** Finds its way in JSON text without reading it: where values begin and end, and on which line. */

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Parses JSON; undefined, which JSON can't say, when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Finds where a value ends, by brackets and quotes alone: whether it is valid, parsing it will tell. */
export function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(text, at);
      if (depth === 0) return at + 1;
    } else if (code === OPEN_BRACKET || code === OPEN_BRACE) depth++;
    else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (code === COMMA && depth === 0) return at;
  }
  return text.length;
}

/** Position of the quote that closes the string. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

/** Position of the next letter that is no blank. */
export function skipBlank(text: string, start: number): number {
  let at = start;
  for (
    let code = text.charCodeAt(at);
    code === SPACE || (code >= TAB && code <= CARRIAGE_RETURN);
    code = text.charCodeAt(at)
  )
    at++;
  return at;
}

/** Line of a position, from 1. */
export function lineAt(text: string, position: number): number {
  return 1 + lineEndsBetween(text, 0, position);
}

/** Counts the lines that end between two positions. */
export function lineEndsBetween(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === LINE_FEED) count++;
  return count;
}
