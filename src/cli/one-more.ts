/** Reads an option that may be given several times: each comes behind those before. */
export function oneMore(given: string, before: readonly string[]): readonly string[] {
  return [...before, given];
}
