/** What does not belong into a Persian line that a person reads, whatever said it. */

const FSI = "\u2068";
const PDI = "\u2069";
const innermost = /\u2068([^\u2068\u2069]*)\u2069/g;

/** What is called so in Persian too. */
const properNames = /\b(?:API|CSV|English|JSON|PDF|PostgreSQL|SSL|UTF-8)\b/g;

/** Several words of English in a row, and no command to type. */
const englishSentence = /^(?!peyk |--).*[A-Za-z]{2,},? [a-z]{2,} [a-z]{2,}/;

const isoMoment = /\d{4}-\d\d-\d\dT\d\d:/;

/**
 * Names what is wrong with each line: English words, Latin digits or an ISO moment outside of what stands apart, a sentence
 * of English within it, and isolates that are doubled, empty or not closed.
 * @param text With its isolates
 */
export function strangersIn(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => strangersInLine(line).map((what) => `${what}: ${line.trim()}`));
}

function strangersInLine(line: string): string[] {
  const [bare, apart] = taken(line);
  const isSaid = /[\u0600-\u06FF]/.test(bare) || /\p{L}\S*\s+\S*\p{L}/u.test(bare);
  const found = {
    "is not closed": line.split(FSI).length !== line.split(PDI).length,
    "stands apart twice": /\u2068\u2068[^\u2068\u2069]*\u2069\u2069/.test(line),
    "stands apart empty": line.includes(FSI + PDI),
    "is a moment for machines": isoMoment.test(line),
    "is English": isSaid && /[A-Za-z]{2}/.test(bare),
    "has Latin digits": isSaid && /\d/.test(bare),
    "holds an English sentence": apart.some((part) => englishSentence.test(part)),
  };
  return Object.entries(found).flatMap(([what, isSo]) => (isSo ? [what] : []));
}

/** The line without what stands apart in it, and that. */
function taken(line: string): [bare: string, apart: readonly string[]] {
  const apart: string[] = [];
  let bare = line;
  for (let before = ""; before !== bare;) {
    before = bare;
    bare = bare.replace(innermost, (_, part: string) => {
      apart.push(part);
      return " ";
    });
  }
  return [bare.replaceAll(properNames, ""), apart];
}
