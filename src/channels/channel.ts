/**
 * The port to where messages go. Small and in the engine's words; a channel says in its manifest what it can do, and
 * the shared contract suite (tests/contracts/channel.ts) holds it to that.
 */
import type { Answer } from "../domain/fault.ts";
import type { Caps, Limit } from "../domain/limits.ts";

/** What a channel can do; the engine asks nothing a manifest does not promise. */
export interface ChannelManifest {
  /** Id in documents and on the command line: `simulator`, `x`, `telegram`. */
  readonly name: string;
  /** The channel can tell beforehand which names exist (`lookUp`). */
  readonly looksUp: boolean;
  /** Sending again with the same key surely delivers at most once. */
  readonly honoursDedupKey: boolean;
  /** The channel can be asked afterwards whether a send arrived (`readBack`). */
  readonly readsBack: boolean;
  /** Limits the platform publishes for each account; the engine never goes above them. */
  readonly publishedLimits: readonly Limit[];
  /** Longest message in characters (UTF-16 code units). */
  readonly maxMessageLength: number;
  /** True where real people receive messages: a statement of consent is then demanded. */
  readonly reachesPeople: boolean;
}

export interface ChannelAccount {
  readonly name: string;
  /** Caps that come with the account; the operator may choose lower ones. */
  readonly caps: Caps;
}

/** One message to one name. */
export interface SendRequest {
  readonly account: string;
  readonly username: string;
  readonly text: string;
  /** The same for every attempt at this campaign's message to this name, and for no other. */
  readonly dedupKey: string;
}

/** Asks whether a send that began at `claimedAt` arrived. */
export interface ReadBackRequest extends SendRequest {
  /** ms since the epoch */
  readonly claimedAt: number;
}

export type ReadBack =
  | { readonly kind: "delivered"; readonly messageId: string }
  /** Surely not delivered, and it won't be any more. */
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly why: string };

export interface Channel extends AsyncDisposable {
  readonly manifest: ChannelManifest;
  accounts(): Promise<readonly ChannelAccount[]>;
  /** Delivers one message. Answers faults as values; must answer `uncertain` when the signal fires after the request left. */
  send(request: SendRequest, signal: AbortSignal): Promise<Answer>;
  /** Present exactly when the manifest says `readsBack`. */
  readBack?(request: ReadBackRequest, signal: AbortSignal): Promise<ReadBack>;
  /** Present exactly when the manifest says `looksUp`. Answers the names that surely do not exist. */
  lookUp?(usernames: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>;
}
