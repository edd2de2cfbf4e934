/** One language's sentences without markup. */
export interface PlainWords {
  /** A sentence without markup: button labels, short notices, contents of files. */
  plain(id: string, variables?: Readonly<Record<string, string | number>>): string;
}
