/**
 * A set that many hold at once: of a million people most were written to through the same account, and a set for each would
 * take some 200 bytes a name.
 */
export class SharedSet {
  readonly names: ReadonlySet<string>;
  /** The sets with one name more, as far as somebody holds or held them. */
  readonly #wider = new Map<string, SharedSet>();

  constructor(names: Iterable<string> = []) {
    this.names = new Set(names);
  }

  /** The set with one name more; everybody who asks gets the same one. */
  with(name: string): SharedSet {
    const known = this.#wider.get(name);
    if (known) return known;
    const wider = new SharedSet([...this.names, name]);
    this.#wider.set(name, wider);
    return wider;
  }
}
