/** What the channel contract works on, and how it sends. */
import type { Channel, SendRequest } from "../../src/channels/channel.ts";
import type { KnownPerson } from "../../src/domain/recipient.ts";
import type { Answer } from "../../src/domain/fault.ts";

/** A channel under test, with the people at its other end. */
export interface ChannelUnderTest {
  readonly channel: Channel;
  /** Names that exist and take messages, never written to before; at least three. */
  readonly reachable: readonly string[];
  readonly missing: string;
  readonly refusing: string;
  /** Names whose first message times out after it left: once it arrives, once it is lost. */
  readonly timesOut: { readonly delivered: string; readonly lost: string };
  /** A moment before everything that is sent here, ms since the epoch; absent where it doesn't matter: the epoch. */
  readonly claimedAt?: number;
  /** What a claim knows of a name by what the channel found out; absent where names are all there is. */
  known?(username: string): KnownPerson;
  /** Lets a person leave the channel; for those that know of it without asking (`known`). */
  leave?(username: string): Promise<void>;
  /** A person answers the account that wrote to them; for channels that read replies. */
  writeBack?(username: string, text: string): Promise<void>;
  /** Resolves when the request for this name has left and before any answer; needs no {@link ChannelUnderTest.run}. */
  whenLeft(username: string): Promise<void>;
  /** How many messages this name really got, by the platform's own account of things. */
  received(username: string): Promise<number>;
  /** For channels that take back or mend. */
  readonly amending?: {
    /** The platform's own time. */
    now(): number;
    /** Lets so much of the platform's time pass, ms. */
    pass(ms: number): Promise<void>;
    /** What stands in somebody's inbox now, by the platform's own account of things. */
    inboxOf(username: string): Promise<readonly string[]>;
    /** A text as {@link inboxOf} tells it. */
    seen(text: string): string;
  };
  /** Waits for a promise, letting the channel's time pass. */
  run<T>(promise: Promise<T>): Promise<T>;
  /** Stops the channel and opens it anew on what it kept. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** The channel of the case that runs. */
export type Under = () => ChannelUnderTest;

/** A message to one name from the channel's first account. */
export async function request(
  it: ChannelUnderTest,
  username: string,
  text = "Hello, this is a test.",
): Promise<SendRequest> {
  const [account] = await it.channel.accounts();
  return { account: account!.name, username, text, dedupKey: `contract:${username}` };
}

/** Sends it and waits for the answer. */
export async function send(it: ChannelUnderTest, username: string): Promise<Answer> {
  return it.run(it.channel.send(await request(it, username), new AbortController().signal));
}
