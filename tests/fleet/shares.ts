/** How a fleet shared its work out, and what died in the midst of it: figures beside the judgement. Pure. */
import { ANSWER_MS } from "./fleet-x.ts";
import type { Life } from "./fleet-process.ts";
import type { SendCall } from "./judge.ts";

/** How an account was sent for. */
export interface HeldAccount {
  /** Calls to send by each process. */
  readonly byProcess: Readonly<Record<string, number>>;
  /** How often another process sent for it than the one before. */
  readonly handovers: number;
  /** The longest that it sent nothing between two calls, in s. */
  readonly longestRestS: number;
  /** Who sent most for it in each half a minute, by the last letter of the name; `-`: nobody. */
  readonly holders: string;
}

export interface Deaths {
  readonly killed: number;
  /** In a life in which a message had been sent. */
  readonly afterSending: number;
  /** While a message was under way. */
  readonly inMidCall: number;
}

const SLOT_MS = 30_000;

export function heldAccounts(calls: readonly SendCall[]): Readonly<Record<string, HeldAccount>> {
  const sorted = calls.toSorted((a, b) => a.at - b.at);
  const begun = sorted[0]?.at ?? 0;
  const names = [...new Set(sorted.map(({ account }) => account))].toSorted();
  return Object.fromEntries(
    names.map((name) => [
      name,
      heldAccount(
        sorted.filter(({ account }) => account === name),
        begun,
      ),
    ]),
  );
}

function heldAccount(calls: readonly SendCall[], begun: number): HeldAccount {
  const pairs = calls.slice(1).map((call, index) => [calls[index] ?? call, call] as const);
  const slots = new Map<number, SendCall[]>();
  for (const call of calls) {
    const slot = Math.floor((call.at - begun) / SLOT_MS);
    slots.set(slot, [...(slots.get(slot) ?? []), call]);
  }
  const last = Math.max(-1, ...slots.keys());
  return {
    byProcess: countBy(calls),
    handovers: pairs.filter(([before, call]) => before.process !== call.process).length,
    longestRestS: Math.round(Math.max(0, ...pairs.map(([before, call]) => call.at - before.at)) / 1000),
    holders: Array.from({ length: last + 1 }, (_, slot) => mostOf(slots.get(slot) ?? [])).join(""),
  };
}

function mostOf(calls: readonly SendCall[]): string {
  const [most] = Object.entries(countBy(calls)).toSorted(([, a], [, b]) => b - a);
  return most?.[0].at(-1) ?? "-";
}

export function countBy(calls: readonly SendCall[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { process } of calls) counts[process] = (counts[process] ?? 0) + 1;
  return counts;
}

export function deathsOf(lives: readonly Life[], calls: readonly SendCall[]): Deaths {
  const killed = lives.filter(({ how }) => how === "killed");
  const lately = ({ process, from, until = Infinity }: Life, ms: number): boolean =>
    calls.some(
      (call) => call.process === process && call.at >= Math.max(from, until - ms) && call.at <= until,
    );
  return {
    killed: killed.length,
    afterSending: killed.filter((life) => lately(life, Infinity)).length,
    inMidCall: killed.filter((life) => lately(life, ANSWER_MS)).length,
  };
}
