/**
 * The one door that all deeds pass: whatever is asked of Peyk, from wherever, goes through here, and what its rule says is
 * recorded. Promises that the beginning of a deed is on disk before the deed is, and its end before it is answered; a deed
 * that can't be recorded is not done.
 */
import type { Right } from "../../domain/roles/role.ts";
import { may } from "../../domain/roles/role.ts";
import { NotAllowedError } from "../team/not-allowed.ts";
import type { Actor } from "../../domain/history/actor.ts";
import type { About, Ended, RecordedDeed } from "../../domain/history/entry.ts";
import { InTheNameOf } from "../../lib/in-the-name-of.ts";
import type { App } from "../app.ts";
import type { Acting } from "./history.ts";
import type { RecordingParts } from "./recording-parts.ts";
import { createTakingOut } from "./taking-out.ts";
import { createHistoryLook } from "./look-at-history.ts";
import { rules } from "./rules.ts";

/** What does it, and records nothing itself. */
type UseCases = Omit<App, keyof Acting>;

type Came = Omit<Ended, "t" | "of">;

/** What a rule is, once nobody knows any more of what. */
interface AnyRule {
  readonly needs?: Right;
  readonly deed: RecordedDeed | ((...args: readonly unknown[]) => RecordedDeed);
  readonly about?: (...args: readonly unknown[]) => About;
  readonly alsoAbout?: (target: object, ...args: readonly unknown[]) => Promise<About>;
  readonly came?: (result: unknown) => Came;
}

/** Records what is done through it. */
export function recordedApp(app: UseCases, parts: RecordingParts): App {
  const acting = new InTheNameOf<Actor>(parts.actor);
  const mayAct = (right: Right): boolean =>
    acting.who.kind !== "operator" || may(app.team.roleOf(acting.who.id), right);
  const wrapped = wrap(() => app, rules, { ...parts, acting, mayAct });
  if (!isWhole(wrapped)) throw new Error("something that can be asked has no rule");
  return {
    ...wrapped,
    as: (who, work) => acting.as(who, work),
    history: createHistoryLook(parts.history),
    takingOut: createTakingOut({ ...parts, who: () => acting.who, mayAct }),
  };
}

function isWhole(wrapped: object): wrapped is UseCases {
  return Object.keys(rules).every((name) => name in wrapped);
}

interface Within extends RecordingParts {
  readonly acting: InTheNameOf<Actor>;
  /** By the role that whoever acts has at this moment, also in a dialogue that began when it was another. */
  readonly mayAct: (right: Right) => boolean;
}

type Call = (...args: readonly unknown[]) => unknown;

/** Only what has a rule can be asked. @param target What does it; it may be another by the time it is asked */
function wrap(target: () => object, ruled: object, within: Within): object {
  const parts = Object.entries(ruled).map(([name, rule]: [string, unknown]) => {
    const part = (): unknown => Reflect.get(target(), name);
    const call: Call = (...args) => {
      const found = part();
      return isCall(found) ? Reflect.apply(found, target(), args) : undefined;
    };
    if (isCall(part())) return [name, isRule(rule) ? recorded(call, rule, { ...within, target }) : call];
    return [name, isObject(rule) ? wrap(() => objectIn(part()), rule, within) : part()];
  });
  return Object.fromEntries(parts);
}

function recorded(call: Call, rule: AnyRule, within: Within & { readonly target: () => object }): Call {
  const { history, clock, acting, mayAct, target } = within;
  return async (...given) => {
    // Names that can be read once only are there for the record and for the deed.
    const args = given.map((one) => (isReadOnce(one) ? [...one] : one));
    const deed = typeof rule.deed === "string" ? rule.deed : rule.deed(...args);
    const about = inShort({
      ...(rule.about ? rule.about(...args) : { campaign: String(args[0]) }),
      ...(await rule.alsoAbout?.(target(), ...args).catch(() => ({}))),
    });
    const of = await history.append({ t: "begun", deed, by: acting.who, about }, clock.now());
    const ended = (came: Came) => history.append({ t: "ended", of, ...came }, clock.now());
    const needed = rule.needs ?? "act";
    if (!mayAct(needed)) {
      await ended({ end: "refused", problem: "role" });
      throw new NotAllowedError(needed);
    }
    let result: unknown;
    try {
      result = await call(...args);
    } catch (error) {
      await ended({ end: "failed" });
      throw error;
    }
    await ended(rule.came ? rule.came(result) : cameBy(result));
    return result;
  };
}

/** No name of a campaign, a list or a tag is longer; what was typed for one may be anything. */
const LONGEST_NAME = 64;

function inShort({ campaign, list, ...about }: About): About {
  return {
    ...about,
    ...(campaign === undefined ? {} : { campaign: campaign.slice(0, LONGEST_NAME) }),
    ...(list === undefined ? {} : { list: list.slice(0, LONGEST_NAME) }),
  };
}

function isCall(one: unknown): one is Call {
  return typeof one === "function";
}

function isRule(rule: unknown): rule is AnyRule {
  return isObject(rule) && "deed" in rule;
}

function isObject(one: unknown): one is object {
  return typeof one === "object" && one !== null;
}

function objectIn(one: unknown): object {
  return isObject(one) ? one : {};
}

function isReadOnce(one: unknown): one is Iterable<unknown> {
  return isObject(one) && Symbol.iterator in one && "next" in one;
}

function cameBy(result: unknown): Came {
  if (result === false) return { end: "refused" };
  if (!isObject(result) || !("ok" in result) || result.ok !== false) return { end: "done" };
  const problem =
    "problem" in result && typeof result.problem === "string" ? { problem: result.problem } : {};
  return { end: "refused", ...problem };
}
