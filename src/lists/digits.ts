/** Reads a number written in the digits of any script; NaN when the text is none. */
export function numberIn(text: string): number {
  return /^\p{Nd}+$/u.test(text)
    ? Number(text.replace(/\p{Nd}/gu, (digit) => String(valueOf(digit))))
    : Number.NaN;
}

/** Digits of a script stand in a row; the first of a row is its zero. */
function valueOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}
