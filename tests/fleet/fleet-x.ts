/**
 * A fake X for a fleet: its accounts, people of whom a fifth are not there, and a wire to it for each process, by which it
 * knows who asked. Its record is the judge: it lives outside of everything that is killed.
 */
import type { FakeX } from "../support/fake-x/fake-x.ts";
import { openFakeX } from "../support/fake-x/fake-x.ts";
import type { RouteName } from "../support/fake-x/faults.ts";
import { seededFaults } from "../support/fake-x/faults.ts";
import type { FakePerson } from "../support/fake-x/options.ts";
import type { Meeting } from "./aiming.ts";
import type { FleetPerson } from "./people.ts";

export interface XSettings {
  readonly people: readonly FleetPerson[];
  readonly accounts: number;
  readonly seed: number;
  /** Told of each call before it is answered. */
  readonly meet: (meeting: Meeting) => void;
}

const QUARTER_MS = 15 * 60_000;

/** How long an answer takes, in ms: what is killed, frozen or started meanwhile finds sends and questions under way. */
export const ANSWER_MS = 40;

const questions: ReadonlySet<RouteName> = new Set(["usersBy", "userByName", "conversationEvents", "events"]);

export function openFleetX({ people, accounts, seed, meet }: XSettings): Promise<FakeX> {
  // Some answers are lost, as on any day, beside what the kills do.
  const seeded = seededFaults(seed, { cutBefore: 0.005, cutAfter: 0.01, brokenAfter: 0.005 }, [
    "sendMessage",
  ]);
  return openFakeX({
    accounts: Array.from({ length: accounts }, (_, index) => ({
      name: `sender_${index}`,
      app: `app_${index}`,
    })),
    people: people.filter(({ channel }) => channel === "x").flatMap(onX),
    faults(call) {
      const { host, route } = call;
      if (route === "sendMessage") meet({ host, channel: "x", deed: "message" });
      else if (questions.has(route)) meet({ host, channel: "x", deed: "question" });
      return seeded(call);
    },
    delayMs: ANSWER_MS,
    // What binds are the accounts' own caps: X's windows are wide, also for the questions after every kill and start.
    windows: {
      dm: { count: 400, windowMs: QUARTER_MS },
      events: { count: 20_000, windowMs: QUARTER_MS },
      me: { count: 20_000, windowMs: QUARTER_MS },
      lookUp: { count: 20_000, windowMs: QUARTER_MS },
    },
  });
}

function onX({ name, kind }: FleetPerson): readonly FakePerson[] {
  if (kind === "missing") return [];
  return [kind === "reachable" ? { name } : { name, state: kind }];
}

/** How often X was asked to send a message, whatever came of it. */
export const sendsAsked = (x: FakeX): number => x.calls.filter(({ route }) => route === "sendMessage").length;
