import { IdNumbers } from "../lib/id-numbers.ts";

export class NameSet {
  readonly #numbers = new IdNumbers();
  get size(): number {
    return this.#numbers.size;
  }
  add(name: string): boolean {
    const before = this.#numbers.size;
    return this.#numbers.add(name) === before;
  }
}
