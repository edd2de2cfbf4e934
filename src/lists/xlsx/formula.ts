/** A link that a formula makes. */
export interface FormulaLink {
  readonly address: string;
  /** What the cell shows; the address where no other name is given. */
  readonly text: string;
}

const LINK = /^\s*(?:_xlfn\.)?HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:\)|[,;]\s*(?:"((?:[^"]|"")*)"\s*\))?)/i;

/**
 * Reads where `HYPERLINK("https://…", "a name")` leads. Undefined for every other formula, and where the address is
 * computed: what it was when the file was saved is not in the file.
 */
export function linkInFormula(formula: string): FormulaLink | undefined {
  const [, quoted = "#", name = quoted] = LINK.exec(formula) ?? [];
  if (quoted.startsWith("#")) return undefined; // a place in the same workbook
  return { address: unquoted(quoted), text: unquoted(name) };
}

function unquoted(text: string): string {
  return text.replaceAll('""', '"');
}
