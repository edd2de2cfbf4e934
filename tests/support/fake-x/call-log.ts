/** What was asked and what was answered, for tests to read afterwards. */
import type { RouteName } from "./faults.ts";

export interface LoggedCall {
  readonly number: number;
  readonly at: number;
  readonly method: string;
  /** Host and port that the caller asked: those who come over wires of their own are told apart by it. */
  readonly host: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Absent for a path that is no route. */
  readonly route: RouteName | undefined;
  /** Whose keys signed it; absent where the signature did not hold. */
  readonly account: string | undefined;
  /** What was answered, or would have been had nothing gone wrong on the way; 0: it never got that far. */
  readonly status: number;
  /** What went wrong on the way. */
  readonly fault: "cut" | "silent" | "answer" | undefined;
}

export class CallLog {
  readonly #calls: LoggedCall[] = [];
  readonly #ofRoute = new Map<RouteName, number>();

  get calls(): readonly LoggedCall[] {
    return this.#calls;
  }

  /** Numbers a call: of all, and of its route. */
  begin(route: RouteName, numberOfAll: number): { readonly number: number; readonly ofRoute: number } {
    const ofRoute = (this.#ofRoute.get(route) ?? 0) + 1;
    this.#ofRoute.set(route, ofRoute);
    return { number: numberOfAll, ofRoute };
  }

  add(call: LoggedCall): void {
    this.#calls.push(call);
  }
}
