/**
 * The port to how the accounts of each channel stand.
 * Written in the verbs of those who use it and free of any file, connection or single process; tests/contracts/ holds every
 * implementation to it. What writes resolves when the change is durable.
 */
import type {
  AccountStanding,
  ChannelChange,
  ChannelHealth,
  ChannelStanding,
} from "../../domain/accounts/channel-health.ts";

/**
 * How the accounts of each channel stand: advice for after a restart and for whoever else sends through them, never proof
 * of who was written to. A change is made of what is stored at that moment, so of two at once none is lost; a change may
 * be asked more than once.
 */
export interface AccountStore {
  /** A channel that never had any trouble has none. */
  read(channel: string): Promise<ChannelHealth>;
  /** Puts what `to` makes of how one account stands in its place and answers that; undefined: it is well. */
  update(
    channel: string,
    account: string,
    to: (from: AccountStanding | undefined) => AccountStanding | undefined,
  ): Promise<AccountStanding | undefined>;
  /** The same for the channel as a whole. */
  updateChannel(channel: string, to: ChannelChange): Promise<ChannelStanding>;
}
