import type { ChainState } from "../../domain/history/chain.ts";

interface Saying {
  /** A sentence of the terminal. */
  say(id: string, variables?: Readonly<Record<string, number>>): string;
}

/** What is wrong with the history, in one sentence; undefined: it is whole. */
export function historyProblem(state: ChainState, words: Saying): string | undefined {
  switch (state.kind) {
    case "whole":
      return undefined;
    case "altered":
    case "misplaced":
      return words.say(`cli-doctor-history-${state.kind}`, { number: state.n });
    case "missing":
    case "cutOff":
      return words.say(`cli-doctor-history-${state.kind}`, {
        from: state.from,
        to: state.to,
      });
    case "headAnew":
      return words.say("cli-doctor-history-headAnew", { count: state.count });
    case "noHead":
    case "gone":
    case "another":
    case "noKey":
      return words.say(`cli-doctor-history-${state.kind}`);
  }
}
