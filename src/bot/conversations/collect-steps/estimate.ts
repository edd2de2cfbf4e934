/** The last look before anything is asked of a source: what it takes at least, and what it costs. */
import type { CollectionEstimate, Cycle } from "../../../app/leads/leads.ts";
import { dollars } from "../../../words/lead-lines.ts";
import type { View } from "../../views/view.ts";
import { listLabel } from "../../../words/list-label.ts";
import type { Words } from "../../../words/words.ts";
import type { ChosenSource, CollectState } from "../collect-state.ts";
import { requestFrom } from "../collect-state.ts";
import type { Talk, Turn } from "../step.ts";
import { exitOf, exits, paragraphs } from "../step.ts";

interface Shown {
  readonly cycle: Cycle;
  readonly list: string;
  readonly estimate: CollectionEstimate | null;
}

/** Shows the estimate; the request begins with a press and with nothing else. */
export async function estimateStep({ dialogue, parts }: Talk, state: CollectState): Promise<Turn> {
  const request = requestFrom(state);
  for (;;) {
    const shown = await dialogue.perform(async (): Promise<Shown> => {
      const estimate = await parts.app.leads.estimate(request);
      return {
        cycle: parts.app.leads.defaultCycle(),
        list: listLabel(parts.app.leads.listNameFor(request.targets) ?? "", state.targets),
        estimate: "ok" in estimate ? null : estimate,
      };
    });
    await dialogue.ask((words) => estimateView(words, state, shown));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind !== "button") continue;
    if (answer.choice === "cycles") state.cycle = shown.cycle;
    else delete state.cycle;
    return "next";
  }
}

function estimateView(words: Words, { source, targets, count = 0 }: CollectState, shown: Shown): View {
  const { list, estimate, cycle } = shown;
  const inCycles = { minutes: Math.round(cycle.everyMs / 60_000), count: cycle.leads };
  const facts = [
    words.say(source?.targetKind === "search" ? "estimate-what-each" : "estimate-what", {
      source: words.plain(`source-${source?.name ?? ""}`),
      texts: words.codes(targets),
      count,
    }),
    words.say("estimate-list", { list }),
    ...(estimate ? estimateLines(estimate, source, words) : []),
  ];
  return {
    text: paragraphs(facts.join("\n"), words.say("estimate-rule")),
    rows: [
      [{ label: words.plain("button-collect-start"), choice: "go" }],
      [{ label: words.plain("button-collect-cycles", inCycles), choice: "cycles" }],
      exits(words, "later"),
    ],
  };
}

function estimateLines(
  { fromBefore, fewestCalls, leastCost, cautiousCost = leastCost, pricesAsOf: date = "" }: CollectionEstimate,
  source: ChosenSource | undefined,
  words: Words,
): string[] {
  const items = source?.targetKind === "search" ? "posts" : "people";
  const before = fromBefore > 0 ? [words.say("collect-from-before", { count: fromBefore, items })] : [];
  const lines = [...before, words.say("estimate-calls", { count: fewestCalls })];
  if (leastCost === undefined || cautiousCost === undefined) return lines;
  const cost = dollars(cautiousCost);
  const price =
    cautiousCost === leastCost
      ? words.say("estimate-cost", { cost, date })
      : words.say("estimate-cost-range", { least: dollars(leastCost), cost, date });
  return [...lines, price];
}
