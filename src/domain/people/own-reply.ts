/**
 * What an operator writes back to somebody's answer, once to this one person: asked for, claimed right before the call,
 * settled by what came of it. A claim that nobody settles any more is uncertain, and is never made again; where the platform
 * can be asked it is looked for, until it is found, surely did not arrive, or is left to the operator.
 */
import type { Reason } from "../reasons/reason.ts";

export const ownReplyStates = ["planned", "claimed", "sent", "failed", "uncertain"] as const;
export type OwnReplyState = (typeof ownReplyStates)[number];

/** What an operator asks for. */
export interface AskedReply {
  /** Of the asking: asked again under the same id it is the same reply. */
  readonly id: string;
  /** Number of the answer that it is for. */
  readonly answer: number;
  readonly text: string;
  /** Who asked: Telegram id of an operator, or the name of a program. */
  readonly by: string;
  /** ms since the epoch */
  readonly at: number;
}

export interface OwnReply extends AskedReply {
  readonly state: OwnReplyState;
  /** Of the state, ms since the epoch. */
  readonly since: number;
  readonly why?: Reason;
  readonly messageId?: string;
  /** Of the last claim, ms since the epoch. */
  readonly claimedAt?: number;
  /** It is uncertain and nobody looks for it any more: who wants to know looks into the account. */
  readonly isLeft?: true;
  /** Whoever asked was told what came of it. */
  readonly isTold?: true;
}

export type ReplyEnding =
  | { readonly state: "sent"; readonly messageId: string }
  | { readonly state: "failed"; readonly why: Reason }
  /** `isLeft`: the platform can't be asked, or could not say. */
  | { readonly state: "uncertain"; readonly why: Reason; readonly isLeft?: true }
  /** Surely not delivered: it may be claimed again. */
  | { readonly state: "planned"; readonly why: Reason };

/** One thing that happened to a reply. */
export type ReplyEntry =
  | ({ readonly t: "ask" } & AskedReply)
  | { readonly t: "claim"; readonly id: string; readonly at: number }
  | { readonly t: "end"; readonly id: string; readonly at: number; readonly ending: ReplyEnding }
  | { readonly t: "told"; readonly id: string; readonly at: number };

/** All replies as they stand. */
export class OwnReplyBook {
  readonly #all = new Map<string, OwnReply>();

  /** Takes in what happened; false, and nothing changes, where it can't happen to the reply as it stands. */
  apply(entry: ReplyEntry): boolean {
    const after = afterEntry(this.#all.get(entry.id), entry);
    if (after) this.#all.set(entry.id, after);
    return after !== undefined;
  }

  get(id: string): OwnReply | undefined {
    return this.#all.get(id);
  }

  /** In the order in which they were asked for. */
  all(): readonly OwnReply[] {
    return [...this.#all.values()];
  }

  /** Takes what was written to these answers out of the replies; that there was one stays. */
  erase(answers: ReadonlySet<number>): void {
    for (const one of this.#all.values())
      if (answers.has(one.answer)) this.#all.set(one.id, { ...one, text: "" });
  }
}

/** How a reply stands by what happened; undefined where that can't happen to it as it stands. */
export function afterEntry(before: OwnReply | undefined, entry: ReplyEntry): OwnReply | undefined {
  if (entry.t !== "ask") return before && changed(before, entry);
  const { t: _, ...asked } = entry;
  return before ? undefined : { ...asked, state: "planned", since: entry.at };
}

function changed(before: OwnReply, entry: Exclude<ReplyEntry, { t: "ask" }>): OwnReply | undefined {
  switch (entry.t) {
    case "claim":
      return before.state === "planned"
        ? { ...before, state: "claimed", since: entry.at, claimedAt: entry.at }
        : undefined;
    case "end": {
      if (!mayEnd(before, entry.ending)) return undefined;
      const { why: _why, isLeft: _isLeft, isTold: _isTold, ...rest } = before;
      return { ...rest, ...entry.ending, since: entry.at };
    }
    case "told":
      return before.isTold ? undefined : { ...before, isTold: true };
  }
}

/** What is uncertain may be found out, or left; it is never planned again. */
function mayEnd({ state, isLeft }: OwnReply, ending: ReplyEnding): boolean {
  if (state === "planned" || state === "claimed") return true;
  if (state !== "uncertain" || isLeft || ending.state === "planned") return false;
  return ending.state !== "uncertain" || ending.isLeft === true;
}

/** The last of these that reached somebody, may have or still will, where it is somebody else's. */
export function lastByAnother(replies: readonly OwnReply[], by: string): OwnReply | undefined {
  const last = replies.findLast(({ state }) => state !== "failed");
  return last?.by === by ? undefined : last;
}

/** Something is still to be done about it, or to be told of it. */
export function isOpenReply({ state, isLeft, isTold }: OwnReply): boolean {
  return state === "planned" || state === "claimed" || (state === "uncertain" && !isLeft) || !isTold;
}
