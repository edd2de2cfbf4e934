/** A channel whose every answer a test decides, with an inbox of its own that says who really got what. */
import type { Channel, ChannelManifest, ReadBack, SendRequest } from "../../../src/channels/channel.ts";
import type { Answer } from "../../../src/domain/fault.ts";
import type { Effect } from "../memory-stores.ts";
import { noCrash } from "../memory-stores.ts";

/** What happens to one send: whether the message arrives, and what the channel says of it. */
export interface Turn {
  readonly arrives: boolean;
  readonly answer: Answer;
}

export const yes: Turn = { arrives: true, answer: { kind: "delivered", messageId: "m" } };
export const lostYes: Turn = { arrives: true, answer: { kind: "uncertain", why: "connectionBroke" } };
export const lostNo: Turn = { arrives: false, answer: { kind: "uncertain", why: "connectionBroke" } };

export interface ScriptedChannelOptions {
  readonly manifest?: Partial<ChannelManifest>;
  readonly effect?: Effect;
  /** Decides a send; `nth` counts the sends to this name from 1. */
  readonly turn?: (request: SendRequest, nth: number) => Turn | Promise<Turn>;
  readonly accounts?: readonly string[];
  /** What it can do beyond sending. */
  readonly abilities?: Partial<Pick<Channel, "limitsOf" | "lookUp" | "check" | "replies" | "readBack">>;
  /** What the people have got, and the dedup keys they know: kept outside when it must outlive the process. */
  readonly inbox?: Map<string, number>;
  readonly keys?: Set<string>;
}

export interface ScriptedChannel extends Channel {
  /** Messages that arrived, by name: the judge. */
  readonly inbox: Map<string, number>;
  /** Every call, in order. */
  readonly calls: SendRequest[];
}

export function createScriptedChannel(options: ScriptedChannelOptions = {}): ScriptedChannel {
  const { effect = noCrash, turn = () => yes, accounts = ["one"] } = options;
  const { inbox = new Map<string, number>(), keys = new Set<string>() } = options;
  const calls: SendRequest[] = [];
  const manifest: ChannelManifest = {
    name: "scripted",
    looksUp: false,
    honoursDedupKey: false,
    readsBack: false,
    publishedLimits: [],
    maxMessageLength: 4096,
    reachesPeople: false,
    ...options.manifest,
  };
  const deliver = (request: SendRequest): void => {
    const isRepeat = manifest.honoursDedupKey && keys.has(request.dedupKey);
    keys.add(request.dedupKey);
    if (!isRepeat) inbox.set(request.username, (inbox.get(request.username) ?? 0) + 1);
  };
  const readBack = ({ username }: SendRequest): Promise<ReadBack> =>
    Promise.resolve(inbox.has(username) ? { kind: "delivered", messageId: "m" } : { kind: "absent" });
  return {
    manifest,
    inbox,
    calls,
    accounts: () => Promise.resolve(accounts.map((name) => ({ name, caps: {} }))),
    async send(request, _signal, permit) {
      if (manifest.waitsBeforeCall) {
        await effect("before wait");
        if (!((await permit?.()) ?? true))
          return { kind: "withdrawn", why: "stoppedBeforeCall", uncalled: true };
      }
      await effect("before call");
      calls.push(request);
      const nth = calls.filter(({ username }) => username === request.username).length;
      const { arrives, answer } = await turn(request, nth);
      if (arrives) deliver(request);
      await effect("after call");
      return answer;
    },
    ...(manifest.readsBack ? { readBack } : {}),
    ...options.abilities,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
