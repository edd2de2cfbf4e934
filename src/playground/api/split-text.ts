/** Cuts a text that is too long for one message the way Telegram's own apps do before sending it. */

/**
 * Cuts at the last line end that fits, else at the last space, else anywhere but inside a character.
 * @param max Longest part, in UTF-16 units
 * @returns At least one part, none longer than `max`
 */
export function splitText(text: string, max: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const end = cut(rest, max);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^[\n ]/, "");
  }
  return [...parts, rest];
}

function cut(text: string, max: number): number {
  for (const mark of ["\n", " "]) {
    const at = text.lastIndexOf(mark, max);
    if (at > max / 2) return at;
  }
  const last = text.charCodeAt(max - 1);
  return last >= 0xd800 && last <= 0xdbff ? max - 1 : max;
}
