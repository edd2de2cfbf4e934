/**
 * Amending what was sent: taking messages back, or mending their text, where the platform can. A job of its own beside the
 * campaign, with a record of its own: `claim`, then the call, then an ending for each person. Both are asked for again when
 * nobody knows what a call came to, because a message that is gone or mended already stays so; so that nothing is sent
 * anew, whatever is killed.
 */
import type { NewMessage } from "../campaign-change.ts";
import type { Ordinal } from "../recipient.ts";
import type { Reason } from "../reasons/reason.ts";

export type AmendmentKind = "takeBack" | "mend";

/** Whose messages: everybody's who has one, those of one revision of the campaign, or one person's. */
export type AmendmentScope =
  | { readonly kind: "all" }
  | { readonly kind: "revision"; readonly revision: number }
  | { readonly kind: "name"; readonly username: string };

/**
 * running    entered by beginning and going on; left by pause, stop, and when everybody has an ending.
 * paused     entered by a person, or because nothing can be asked of the platform (`why`); left by going on or stop.
 * stopped    entered by a person, never left: whoever has no ending keeps the message.
 * finished   everybody has an ending.
 */
export type AmendmentStatus = "running" | "paused" | "stopped" | "finished";

/** What is put in the place of a text. */
export interface MendedMessage extends NewMessage {
  /** Formatting and buttons of each message stay as they are; there are no `extras` then. */
  readonly keepsExtras?: true;
}

export interface Amendment {
  /** From 1 in each campaign. */
  readonly number: number;
  readonly kind: AmendmentKind;
  readonly scope: AmendmentScope;
  /** What is put in the place of the text; present exactly where it mends. */
  readonly message?: MendedMessage;
  /** How many messages it was about when it began. */
  readonly count: number;
  /** As in a campaign's consent. */
  readonly by: string;
  /** ms since the epoch: what was sent later is none of its affair. */
  readonly at: number;
  readonly status: AmendmentStatus;
  /** Why it paused by itself. */
  readonly why?: Reason;
}

/** Lines of the record of a campaign's amendments; short keys: `n` number, `r` ordinal, `at` ms since the epoch. */
export type AmendmentEntry =
  | ({ readonly t: "begin"; readonly n: number; readonly at: number } & Pick<
      Amendment,
      "kind" | "scope" | "message" | "count" | "by"
    >)
  | {
      readonly t: "status";
      readonly n: number;
      readonly status: AmendmentStatus;
      readonly why?: Reason;
      readonly at: number;
    }
  /** The call is about to begin. */
  | { readonly t: "claim"; readonly n: number; readonly r: Ordinal; readonly at: number }
  /** The platform said yes, or that it is so already. */
  | { readonly t: "done"; readonly n: number; readonly r: Ordinal; readonly at: number }
  /** The message surely stayed as it was. */
  | { readonly t: "kept"; readonly n: number; readonly r: Ordinal; readonly why: Reason; readonly at: number }
  /** Asked for again and again, and nobody knows. */
  | {
      readonly t: "uncertain";
      readonly n: number;
      readonly r: Ordinal;
      readonly why: Reason;
      readonly at: number;
    };

/** How one person's message fared in one amendment. */
export interface AmendedState {
  readonly number: number;
  readonly kind: AmendmentKind;
  /** `claimed`: the call may be under way, and is made again after a crash. */
  readonly state: "claimed" | "done" | "kept" | "uncertain";
  readonly why?: Reason;
  readonly at: number;
}

/** Tells whether a message that was sent with a revision, to a name, is in the scope. */
export function isInScope(
  scope: AmendmentScope,
  { username, revision = 0 }: { readonly username: string; readonly revision?: number },
): boolean {
  switch (scope.kind) {
    case "all":
      return true;
    case "revision":
      return revision === scope.revision;
    case "name":
      return username === scope.username;
  }
}

/** Tells whether two ask for the very same, so that one goes on with the other. */
export function asksTheSame(one: Asked, other: Asked): boolean {
  const [text, same] = [one.message, other.message];
  const isSameText =
    text?.text === same?.text &&
    text?.keepsExtras === same?.keepsExtras &&
    JSON.stringify(text?.extras) === JSON.stringify(same?.extras);
  return one.kind === other.kind && isSameScope(one.scope, other.scope) && isSameText;
}

type Asked = Pick<Amendment, "kind" | "scope" | "message">;

function isSameScope(one: AmendmentScope, other: AmendmentScope): boolean {
  switch (one.kind) {
    case "all":
      return other.kind === "all";
    case "revision":
      return other.kind === "revision" && other.revision === one.revision;
    case "name":
      return other.kind === "name" && other.username === one.username;
  }
}
