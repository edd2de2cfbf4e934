/**
 * The port to where messages go. Small and in the engine's words; a channel says in its manifest what it can do, and
 * the shared contract suite (tests/contracts/channel.ts) holds it to that.
 */
import type { AmendingAbilities } from "../domain/amending/next-amending.ts";
import type { Answer, Fault } from "../domain/fault.ts";
import type { CopiedContent } from "../domain/copied-content.ts";
import type { Caps, Limit } from "../domain/accounts/limits.ts";
import type { KnownPerson, Variables } from "../domain/recipient.ts";
import type { Reason } from "../domain/reasons/reason.ts";

/** What a channel can do; the engine asks nothing a manifest does not promise. */
export interface ChannelManifest {
  /** Id in documents and on the command line: `simulator`, `x`, `telegram`. */
  readonly name: string;
  /** The channel can ask about many names at once beforehand (`lookUp`). */
  readonly looksUp: boolean;
  /** Names in one question of `lookUp`; absent where it does not look up. */
  readonly lookUpBatch?: number;
  /** Sending again with the same key surely delivers at most once. */
  readonly honoursDedupKey: boolean;
  /** The channel can be asked afterwards whether a send arrived (`readBack`). */
  readonly readsBack: boolean;
  /**
   * A message that can't be found is believed not to have arrived only after so long, in ms, and after two looks apart:
   * the platform's list may be late. Absent: the first look is believed.
   */
  readonly absentAfterMs?: number;
  /** The channel can read what people write back (`replies`): stop words become opt-outs. */
  readonly readsReplies?: boolean;
  /** What people write back reaches Peyk, by `replies` or because it is written to our bot; absent: it does not. */
  readonly hearsAnswers?: true;
  /** Limits the platform publishes for each account; the engine never goes above them. */
  readonly publishedLimits: readonly Limit[];
  /** Sends that one account may have under way; absent: as many as this process has at all. */
  readonly sendsAtOnce?: number;
  /** Longest message in characters (UTF-16 code units). */
  readonly maxMessageLength: number;
  /** The same beside an attachment, where that is less. */
  readonly maxCaptionLength?: number;
  /** True where real people receive messages: a statement of consent is then demanded. */
  readonly reachesPeople: boolean;
  /** What a message can be beside plain text; absent: plain text only. */
  readonly extras?: {
    readonly formatting: boolean;
    readonly attachments: boolean;
    readonly buttons: boolean;
    /** Messages of an operator's chat can be copied; absent: no. */
    readonly copies?: boolean;
  };
  /** Under every message stands a button by which its person leaves; absent: no. */
  readonly hasLeaveButton?: true;
  /** What the platform charges; absent where it is free. */
  readonly prices?: Prices;
  /**
   * The channel waits between being asked to send and its call (a limit, a question beforehand), and asks for its permit right
   * before the call: whoever still waits when the process dies was surely not written to.
   */
  readonly waitsBeforeCall?: boolean;
  /** What can be done about messages that were sent; absent: nothing. */
  readonly amends?: AmendingAbilities;
  /** False where the operator's usual cap (`MAX_PER_ACCOUNT`) makes no sense; absent: it holds. */
  readonly takesUsualCap?: boolean;
}

/** Prices in US dollars, with the day they were read off the platform's own page. */
export interface Prices {
  readonly perMessage: number;
  readonly perLookUp: number;
  /** For each message that a person writes back and we read. */
  readonly perReply: number;
  /** YYYY-MM-DD */
  readonly asOf: string;
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
  /** The platform's own id of whom it is for, where that is known: it goes to them, whoever has the name by now. */
  readonly personId?: string;
  readonly text: string;
  /** The same for every attempt at this campaign's message to this name, and for no other. */
  readonly dedupKey: string;
  /** What else the list says of this person, by column; a channel that needs no more than the name leaves it alone. */
  readonly values?: Variables;
  /** Present only where the manifest says the channel takes them. */
  readonly extras?: MessageExtras;
}

/** What a message has beside its text, the same for everybody. */
export interface MessageExtras {
  /** The text is Telegram-style HTML (`<b>`, `<i>`, `<a href>` …); absent: it is plain. */
  readonly format?: "html";
  readonly attachment?: {
    readonly kind: "photo" | "document";
    readonly name: string;
    /** The same for the same content, and for no other. */
    readonly key: string;
    /** Reads it from its start; fails when it can't be read. */
    readonly open: () => AsyncIterable<Uint8Array>;
  };
  /** Is copied; the text, unless empty, stands in its caption's place. */
  readonly copy?: CopiedContent;
  /** Links under the message, one a row. */
  readonly buttons?: readonly { readonly label: string; readonly url: string }[];
}

/** One message that was sent. */
export interface SentRequest {
  readonly account: string;
  readonly username: string;
  /** As the answer to the send gave it. */
  readonly messageId: string;
  /** When it was sent, ms since the epoch. */
  readonly sentAt: number;
}

/** Another text for one message that was sent; its file stays. */
export interface MendRequest extends SentRequest {
  readonly text: string;
  readonly extras?: Pick<MessageExtras, "format" | "buttons">;
  /** The message has a file, and the text stands under it. */
  readonly isCaption: boolean;
}

/**
 * What came of amending a message: it is as was asked, or was already; or a fault, by whose kind the message stayed as it
 * was, but for `uncertain`: then it may be asked again, which does no harm.
 */
export type Amended = { readonly kind: "amended" } | Fault;

/** Asks whether a send that began at `claimedAt` arrived. */
export interface ReadBackRequest extends SendRequest {
  /** ms since the epoch */
  readonly claimedAt: number;
}

export type ReadBack =
  | { readonly kind: "delivered"; readonly messageId: string }
  /** Not to be found, and nothing is under way any more. */
  | { readonly kind: "absent" }
  /** `retryAt`: the platform wants to be asked then and no sooner, ms since the epoch. */
  | { readonly kind: "unknown"; readonly why: Reason; readonly retryAt?: number };

export type { KnownPerson };

/** How an account fares by the platform's own word. */
export type AccountCheck =
  | {
      readonly kind: "well";
      /** The account's name on the platform, without `@`. */
      readonly username: string;
      /** What the platform last said of its limits; none before the first answer. */
      readonly limits: readonly AccountLimit[];
      /** Questions about other things than the account itself that were not answered; absent: all were. */
      readonly unanswered?: readonly UnansweredQuestion[];
    }
  | { readonly kind: "trouble"; readonly trouble: "resting" | "locked" | "loggedOut"; readonly why: Reason }
  /** `isRefused`: asking again will not help, unlike where there was no answer. */
  | { readonly kind: "unknown"; readonly why: Reason; readonly isRefused?: boolean };

/** Something that an account may not ask, or can't for now. */
export interface UnansweredQuestion {
  readonly about: "messages";
  readonly why: Reason;
  /** False: it passes by itself. */
  readonly isRefused: boolean;
}

/** One limit of an account as its headers tell it; `resetsAt` in ms since the epoch. */
export interface AccountLimit {
  readonly name: "messages15Min" | "messages24H" | "appMessages24H";
  readonly count: number;
  readonly left: number;
  readonly resetsAt: number;
}

/** Something a person wrote to one of our accounts. */
export interface Reply {
  /** The platform's id of the message; of one message there may be several replies, one for each name of its person. */
  readonly id: string;
  /** The platform's id of the person. */
  readonly personId?: string;
  /** Normalised; the name under which we wrote to them where that is known. */
  readonly username: string;
  readonly text: string;
  /** ms since the epoch */
  readonly at: number;
}

/** Asks what people wrote to an account, one page at a time. */
export interface RepliesRequest {
  readonly account: string;
  /** As the last answer gave it; absent: nothing was read yet. */
  readonly cursor?: string;
  /** Without a cursor everything since then is read, ms since the epoch. */
  readonly since: number;
}

/**
 * A part of what was written; the next question asks with the answer's `cursor`. The cursor never passes what was not given,
 * so a reading that is cut off goes on. `isStart`: a reading began with this part; `isEnd`: with it everything is read that
 * was there when the reading began, and nothing that came since.
 */
export type Replies =
  | {
      readonly kind: "replies";
      readonly replies: readonly Reply[];
      readonly cursor: string;
      readonly isStart: boolean;
      readonly isEnd: boolean;
    }
  /** `retryAt` infinity: not before somebody has mended something. */
  | { readonly kind: "notNow"; readonly retryAt: number; readonly why: Reason };

/**
 * The leave to send, asked for right before each call, when nothing is waited for any more. False: the message was taken
 * back, and the call must not be made; the channel answers `withdrawn`.
 */
export type Permit = () => boolean | Promise<boolean>;

export interface Channel extends AsyncDisposable {
  readonly manifest: ChannelManifest;
  accounts(): Promise<readonly ChannelAccount[]>;
  /**
   * Delivers one message. Answers faults as values; must answer `uncertain` when the signal fires after the request left.
   * @param permit Asked for by a channel that `waitsBeforeCall`; absent: it may always call
   */
  send(request: SendRequest, signal: AbortSignal, permit?: Permit): Promise<Answer>;
  /** Present exactly when the manifest says `readsBack`. */
  readBack?(request: ReadBackRequest, signal: AbortSignal): Promise<ReadBack>;
  /**
   * Present exactly when the manifest says `looksUp`. Asks about names that are soon to be written to, at most
   * `lookUpBatch` of them, and remembers the answer, so that `send` need not ask. Answers the names that surely can't be
   * written to. A batch that could not be asked about throws and changes nothing: `send` asks for itself.
   */
  lookUp?(usernames: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** The account's limits as the platform last told them; absent or undefined: the manifest's hold. */
  limitsOf?(account: string): readonly Limit[] | undefined;
  /** Asks the platform how an account fares; absent where there is nobody to ask. */
  check?(account: string, signal: AbortSignal): Promise<AccountCheck>;
  /** Present exactly where the manifest says so in `amends`: takes a message back, so that the person sees it no more. */
  takeBack?(request: SentRequest, signal: AbortSignal): Promise<Amended>;
  /** Present exactly where the manifest says so in `amends`: puts another text in the place of a message's. */
  mend?(request: MendRequest, signal: AbortSignal): Promise<Amended>;
  /** Present exactly when the manifest says `readsReplies`. */
  replies?(request: RepliesRequest, signal: AbortSignal): Promise<Replies>;
}
