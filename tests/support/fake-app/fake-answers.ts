/** Answers as the application handles them, in memory; whom which campaign wrote to is what a test says. */
import type { Answers } from "../../../src/app/people/answers.ts";
import { createAnswers } from "../../../src/app/people/answers.ts";
import { AmendmentFold } from "../../../src/domain/amending/amendment-fold.ts";
import type { Campaign } from "../../../src/domain/campaign.ts";
import type { CampaignEvent } from "../../../src/domain/campaign-event.ts";
import { HeardAnswers } from "../../../src/engine/answers/heard-answers.ts";
import { Replier } from "../../../src/engine/answers/replier.ts";
import type { SendRequest } from "../../../src/channels/channel.ts";
import { createMemoryOwnReplies } from "../memory-own-replies.ts";
import type { Clock } from "../../../src/lib/clock.ts";
import type { AnswerStore } from "../../../src/storage/ports/answers.ts";
import type { SubscriberStore } from "../../../src/storage/ports/people.ts";
import { createMemoryAnswers } from "../memory-answers.ts";
import { createScriptedChannel } from "../scripted/scripted-channel.ts";
import { whoRow } from "../one-person.ts";

export interface FakeAnswers {
  readonly answers: Answers;
  readonly answerStore: AnswerStore;
  readonly heardAnswers: HeardAnswers;
  /** By name: the campaign that wrote to somebody last. */
  readonly wroteTo: Map<string, string>;
  readonly replier: Replier;
  /** What was sent back to people. */
  readonly repliedTo: readonly SendRequest[];
  /** Whether the bot's account may send now. */
  readonly limits: { isUsedUp: boolean };
}

interface Parts {
  readonly clock: Clock;
  readonly subscribers: SubscriberStore;
  readonly campaigns: ReadonlyMap<string, Campaign>;
  readonly emit: (event: CampaignEvent) => void;
}

const prices = { perMessage: 0.015, perLookUp: 0.01, perReply: 0.01, asOf: "2026-08-22" };

export function createFakeAnswers({ clock, subscribers, campaigns, emit }: Parts): FakeAnswers {
  const wroteTo = new Map<string, string>();
  const answerStore = createMemoryAnswers();
  const latest = (name: string) => (wroteTo.has(name) ? 0 : undefined);
  const heardAnswers = new HeardAnswers({
    answers: answerStore,
    campaigns: { all: async () => [...campaigns.values()] },
    contacts: { since: async () => ({ latest, latestFrom: (name) => wroteTo.get(name) }) },
    clock,
    costs: (channel) => channel === "x",
    emit,
    log: console,
  });
  const hearing = { hearsAnswers: true } as const;
  const limits = { isUsedUp: false };
  const isCapped = (): boolean => limits.isUsedUp;
  const telegram = createScriptedChannel({ manifest: { ...hearing, name: "telegram" } });
  const channels = new Map([
    ["telegram", telegram],
    ["x", createScriptedChannel({ manifest: { ...hearing, name: "x", prices } })],
  ]);
  const ownReplies = createMemoryOwnReplies();
  const replier = new Replier({
    answers: answerStore,
    replies: ownReplies,
    channels,
    ledgers: { debitTestSend: async () => "debited" },
    pool: async () => ({ readyAt: () => (isCapped() ? Infinity : 0) }),
    addressOf: ({ username }) => username,
    whyNot: async () => undefined,
    clock,
    log: console,
  });
  const answers = createAnswers({
    replier,
    ownReplies,
    clock,
    repliesTo: (number) => ownReplies.to(number),
    heardAnswers: heardAnswers,
    store: answerStore,
    subscribers,
    channels,
    answers: async () => answerStore,
    campaigns: {
      all: async () => [...campaigns.values()],
      get: async (id) => campaigns.get(id),
    },
    person: {
      behind: async () => [],
      inCampaign: async ({ message }, [username = ""]) => [{ ...whoRow("", { username }), text: message }],
      unreadable: async () => [],
      suppressed: async () => [],
      isErased: async () => false,
      records: async () => [],
      onLists: async () => ({ found: [], unreadable: [] }),
    },
    amendments: { read: async () => new AmendmentFold() },
    isOpen: async () => false,
    manifestOf: () => undefined,
    now: () => clock.now(),
  });
  return { answers, answerStore, heardAnswers, wroteTo, replier, repliedTo: telegram.calls, limits };
}
