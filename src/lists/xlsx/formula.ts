/**
 * Reads where `HYPERLINK("https://…", "a name")` leads. Undefined for every other formula, and where the address is
 * computed: what it was when the file was saved is not in the file.
 */
export function addressInFormula(formula: string): string | undefined {
  const quoted = /^\s*(?:_xlfn\.)?HYPERLINK\(\s*"((?:[^"]|"")*)"\s*[,;)]/i.exec(formula)?.[1];
  return quoted === undefined || quoted.startsWith("#") ? undefined : quoted.replaceAll('""', '"');
}
