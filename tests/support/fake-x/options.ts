/** What a fake X is made of: its accounts, its people, its limits, its prices and its moods. */
import type { DocumentVersion } from "./documents.ts";
import type { FaultOf } from "./faults.ts";
import type { RefusalName } from "./refusals.ts";
import type { SearchMood } from "./routes/search.ts";

export interface FakeXOptions {
  /** Those whose keys are known here, each a person too; all belong to one app unless they say otherwise. */
  readonly accounts: readonly FakeAccount[];
  readonly people?: readonly FakePerson[];
  /** Windows that differ from {@link publishedWindows}, so that a test need not wait for 15 minutes. */
  readonly windows?: Partial<Windows>;
  /** The OpenAPI document that every question is held to; the newest one where absent. */
  readonly document?: DocumentVersion;
  /** Names that `users/by` answers with `resource-unavailable`, and names that it says nothing of. */
  readonly unanswered?: { readonly unavailable?: readonly string[]; readonly leftOut?: readonly string[] };
  /** A message shows in the lists only so long after it was written, in ms. */
  readonly listsLateMs?: number;
  /** Messages that the lists do not show for the moment, by id. */
  readonly hides?: (messageId: string) => boolean;
  /** How long every answer takes, in ms of the wall clock. */
  readonly delayMs?: number;
  /** What goes wrong, call by call. */
  readonly faults?: FaultOf;
  /** Credits in thousandths of a dollar, counted down by {@link prices}; absent: no end of them. */
  readonly credits?: number;
  /** ms since the epoch; the wall clock unless a test brings its own. */
  readonly now?: () => number;
  /** Refuses the text a person last got from this account; off, so that a message sent twice is seen as such. */
  readonly refusesRepeats?: boolean;
  /** `users/by/username` answers 404 for a name that nobody has, as the guide says; else 200 with `errors`. */
  readonly missingNameIs404?: boolean;
  /** Somebody new follows between two pages of followers, so that each page begins with the last row of the one before. */
  readonly followersMove?: boolean;
  /** How the n-th search comes out, from 1; as asked for where it says nothing. */
  readonly searchMood?: (search: number) => SearchMood | undefined;
}

export interface FakeAccount {
  /** Also its username: 1 to 15 letters, digits and `_`. */
  readonly name: string;
  /** Accounts of one app share its key and its day limit. */
  readonly app?: string;
  /** What the app may do for this account; `readWriteDm` unless said otherwise. */
  readonly permission?: "readWrite" | "readWriteDm";
  readonly troubles?: readonly Trouble[];
}

/** From its n-th message on, an account is refused. */
export interface Trouble {
  /** 1 for the first message that this account tries to send. */
  readonly atMessage: number;
  readonly refusal: RefusalName;
  /** How often; for ever where absent. */
  readonly times?: number;
}

export type PersonState =
  "ok" | "suspended" | "missing" | "protected" | "noDms" | "verifiedOnly" | { readonly renamedTo: string };

export interface FakePerson {
  readonly name: string;
  readonly displayName?: string;
  /** Decimal, at most 19 digits; one of 19 digits is made up where absent. */
  readonly id?: string;
  readonly state?: PersonState;
  /** Names of those who follow this person, newest first; each is made a person if it is none yet. */
  readonly followers?: readonly string[];
}

export interface Window {
  readonly count: number;
  readonly windowMs: number;
}

/** Every window there is; each holds for one account, `appDay` for an app. */
export interface Windows {
  /** Sends of an account; the recipients share one bucket. */
  readonly dm: Window;
  readonly dmDay: Window;
  readonly appDay: Window;
  readonly me: Window;
  readonly lookUp: Window;
  readonly events: Window;
  readonly followers: Window;
  readonly search: Window;
  readonly post: Window;
}

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** As published on docs.x.com for user tokens, August 2026. */
export const publishedWindows: Windows = {
  dm: { count: 15, windowMs: QUARTER_MS },
  dmDay: { count: 1440, windowMs: DAY_MS },
  appDay: { count: 1440, windowMs: DAY_MS },
  me: { count: 75, windowMs: QUARTER_MS },
  lookUp: { count: 900, windowMs: QUARTER_MS },
  events: { count: 15, windowMs: QUARTER_MS },
  followers: { count: 300, windowMs: QUARTER_MS },
  search: { count: 300, windowMs: QUARTER_MS },
  post: { count: 900, windowMs: QUARTER_MS },
};

/** In thousandths of a dollar (docs.x.com pricing, August 2026): a message sent, and each row that is read. */
export const prices = { message: 15, user: 10, event: 10, post: 5 } as const;
