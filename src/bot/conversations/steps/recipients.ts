/** The second question: who is written to. */
import type { SourceCount } from "../../../app/people/subscribers.ts";
import { originText } from "../../../words/list-origin.ts";
import type { Button, View } from "../../views/view.ts";
import type { Words } from "../../../words/words.ts";
import type { Answer } from "../answer.ts";
import type { DraftState } from "../draft-state.ts";
import type { Note, Step, Talk, Turn } from "../step.ts";
import { exitOf, exits, lines, paragraphs } from "../step.ts";
import { takeList } from "./list/import-list.ts";
import type { Given } from "./list/list-source.ts";
import { sourceFrom } from "./list/list-source.ts";
import { meantList } from "./list/several-lists.ts";

/** Takes a list pasted or as a file, shows what cleaning found, and takes another one for as long as it is wanted. */
export const recipientsStep: Step = { name: "recipients", run: askRecipients };

async function askRecipients(talk: Talk, state: DraftState): Promise<Turn> {
  let note: Note | undefined;
  let waiting: Answer | undefined;
  const audience = await audienceNow(talk);
  for (;;) {
    const given = await nextGiven(talk, state, { audience, waiting, note });
    [waiting, note] = [undefined, undefined];
    if (given.kind === "note") note = given.note;
    else if (given.kind === "answer") {
      const exit = exitOf(given.answer);
      if (exit) return exit;
      if (given.answer.choice === "keep" && state.list) return "next";
    } else {
      const taken = await takeList(talk, state, given.source);
      if (taken.kind === "turn") return taken.turn;
      if (taken.kind === "note") note = taken.note;
      if (taken.kind === "answer") {
        const meant = await meantList(talk, state, taken.answer);
        if (typeof meant === "string") return meant;
        waiting = meant;
      }
    }
  }
}

/** The bot's subscribers as they can be chosen from. */
interface Audience {
  readonly count: number;
  readonly sources: readonly SourceCount[];
}

/** Sources that are offered as buttons; the rest is reached through all of them. */
const MOST_SOURCES = 8;

function audienceNow({ dialogue, parts }: Talk): Promise<Audience> {
  return dialogue.perform(async () => {
    const { subscribers } = parts.app;
    const isReachable = (await parts.app.channels()).some((channel) => channel.name === "telegram");
    if (!isReachable) return { count: 0, sources: [] };
    return {
      count: await subscribers.count(),
      sources: (await subscribers.bySource()).slice(0, MOST_SOURCES),
    };
  });
}

/** The subscribers that a press means: all of them, or those of one source by its place. */
function subscribersMeant(answer: Answer, { sources }: Audience): Given | undefined {
  if (answer.kind !== "button") return undefined;
  if (answer.choice === "subscribers") return { kind: "source", source: { kind: "subscribers" } };
  const [, place] = /^from=(\d+)$/.exec(answer.choice) ?? [];
  const meant = place === undefined ? undefined : sources[Number(place)];
  return meant && { kind: "source", source: { kind: "subscribers", source: meant.source } };
}

interface Asking {
  readonly audience: Audience;
  readonly note: Note | undefined;
}

interface Pending extends Asking {
  /** What was sent in place of an answer to the report. */
  readonly waiting: Answer | undefined;
}

/** The list that came with the opening comes before what anybody is asked. */
async function nextGiven(talk: Talk, state: DraftState, pending: Pending): Promise<Given> {
  const { source } = state;
  delete state.source;
  if (source) return { kind: "source", source };
  const answer = pending.waiting ?? (await ask(talk, state, pending));
  return subscribersMeant(answer, pending.audience) ?? sourceFrom(talk, answer);
}

async function ask(talk: Talk, state: DraftState, asking: Asking): Promise<Answer> {
  await talk.dialogue.ask((words) => recipientsQuestion(words, state, asking));
  return talk.dialogue.next();
}

function recipientsQuestion(words: Words, { id = "", list }: DraftState, { audience, note }: Asking): View {
  const kept = list && words.say("list-kept", { count: list.valid, origin: originText(list.origin, words) });
  return {
    text: note ? lines(note(words), kept) : paragraphs(words.say("ask-recipients", { id }), kept),
    rows: [
      ...audienceRows(words, audience),
      list ? [{ label: words.plain("button-keep"), choice: "keep" }] : [],
      exits(words, "later"),
    ],
  };
}

function audienceRows(words: Words, { count, sources }: Audience): Button[][] {
  if (count === 0) return [];
  const all = { label: words.plain("button-subscribers", { count }), choice: "subscribers" };
  const bySource = sources.map(({ source, count: here }, index) => [
    { label: words.plain("button-subscribers-from", { source, count: here }), choice: `from=${index}` },
  ]);
  return [[all], ...bySource];
}
