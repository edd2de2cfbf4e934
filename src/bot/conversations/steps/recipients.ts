/** The second question: who is written to. */
import type { SourceCount } from "../../../app/people/subscribers.ts";
import { shorten } from "../../../words/markup.ts";
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
  /** What is kept under a name; absent in a dialogue that an older version began. */
  readonly kept?: readonly KeptAudience[];
}

interface KeptAudience {
  readonly name: string;
  readonly count: number;
  readonly isSubscribers: boolean;
}

/** Sources that are offered as buttons; the rest is reached through all of them. */
const MOST_SOURCES = 8;
const MOST_AUDIENCES = 20;
const LONGEST_LABEL = 24;

function audienceNow({ dialogue, parts }: Talk): Promise<Audience> {
  return dialogue.perform(async () => {
    const { subscribers } = parts.app;
    const isReachable = (await parts.app.channels()).some((channel) => channel.name === "telegram");
    const kept = await keptNow(parts, isReachable);
    if (!isReachable) return { count: 0, sources: [], kept };
    return {
      kept,
      count: await subscribers.count(),
      sources: (await subscribers.bySource()).slice(0, MOST_SOURCES),
    };
  });
}

/** The audiences with somebody in them; by conditions only where subscribers can be reached. */
async function keptNow({ app }: Talk["parts"], isReachable: boolean): Promise<readonly KeptAudience[]> {
  const kept: KeptAudience[] = [];
  for (const { name, kind } of await app.audiences.all()) {
    if (kept.length === MOST_AUDIENCES) break;
    const isSubscribers = kind === "conditions";
    if (isSubscribers && !isReachable) continue;
    // One that can't be read is not offered, and keeps nobody from choosing another.
    const { count = 0 } = (await app.audiences.look(name).catch(() => undefined)) ?? {};
    if (count > 0) kept.push({ name, count, isSubscribers });
  }
  return kept;
}

/** Whom a press means: all subscribers, those of one source or an audience, each by its place. */
function peopleMeant(answer: Answer, { sources, kept = [] }: Audience): Given | undefined {
  if (answer.kind !== "button") return undefined;
  if (answer.choice === "subscribers") return { kind: "source", source: { kind: "subscribers" } };
  const [, at] = /^kept=(\d+)$/.exec(answer.choice) ?? [];
  const audience = at === undefined ? undefined : kept[Number(at)];
  if (audience) {
    const { name, isSubscribers } = audience;
    return {
      kind: "source",
      source: { kind: "audience", name, ...(isSubscribers ? { isSubscribers } : {}) },
    };
  }
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
  return peopleMeant(answer, pending.audience) ?? sourceFrom(talk, answer);
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

function audienceRows(words: Words, { count, sources, kept = [] }: Audience): Button[][] {
  const named = kept.map(({ name, count: here }, index) => [
    {
      label: words.plain("button-audience", { name: shorten(name, LONGEST_LABEL), count: here }),
      choice: `kept=${index}`,
    },
  ]);
  if (count === 0) return named;
  const all = { label: words.plain("button-subscribers", { count }), choice: "subscribers" };
  const bySource = sources.map(({ source, count: here }, index) => [
    { label: words.plain("button-subscribers-from", { source, count: here }), choice: `from=${index}` },
  ]);
  return [[all], ...bySource, ...named];
}
