/**
 * A fake X for a fleet: five accounts, people of whom a fifth are not there, and a wire to it for each process, by which it
 * knows who asked. Its record is the judge: it lives outside of everything that is killed.
 */
import type { FakeX } from "../support/fake-x/fake-x.ts";
import { openFakeX } from "../support/fake-x/fake-x.ts";
import type { Call } from "../support/fake-x/faults.ts";
import { seededFaults } from "../support/fake-x/faults.ts";
import type { FakePerson } from "../support/fake-x/options.ts";

export interface WorldSettings {
  readonly names: number;
  readonly accounts: number;
  readonly seed: number;
  /** Told of each call before it is answered. */
  readonly onCall: (call: Call) => void;
}

/** Who a name is to X. */
export type PersonKind = "reachable" | "missing" | "suspended" | "noDms";

export function kindOf(index: number): PersonKind {
  if (index % 5 === 4) return "missing";
  if (index % 30 === 8) return "suspended";
  return index % 30 === 13 ? "noDms" : "reachable";
}

export const nameAt = (index: number): string => `person_${index}`;

const QUARTER_MS = 15 * 60_000;

export function openFleetWorld(settings: WorldSettings): Promise<FakeX> {
  const { names, accounts, seed, onCall } = settings;
  // Some answers are lost, as on any day, beside what the kills do.
  const seeded = seededFaults(seed, { cutBefore: 0.005, cutAfter: 0.01, brokenAfter: 0.005 }, [
    "sendMessage",
  ]);
  return openFakeX({
    accounts: Array.from({ length: accounts }, (_, index) => ({
      name: `sender_${index}`,
      app: `app_${index}`,
    })),
    people: Array.from({ length: names }, (_, index) => personAt(index)).flat(),
    faults(call) {
      onCall(call);
      return seeded(call);
    },
    // Long enough that what is killed, frozen or started meanwhile finds sends and questions under way.
    delayMs: 40,
    // What binds are the accounts' own caps: X's windows are wide, also for the questions after every kill and start.
    windows: {
      dm: { count: 400, windowMs: QUARTER_MS },
      events: { count: 20_000, windowMs: QUARTER_MS },
      me: { count: 20_000, windowMs: QUARTER_MS },
      lookUp: { count: 20_000, windowMs: QUARTER_MS },
    },
  });
}

function personAt(index: number): readonly FakePerson[] {
  const [name, kind] = [nameAt(index), kindOf(index)];
  if (kind === "missing") return [];
  return [kind === "reachable" ? { name } : { name, state: kind }];
}
