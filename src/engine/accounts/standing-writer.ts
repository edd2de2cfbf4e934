import type { AccountChange, ChannelChange } from "../../domain/accounts/channel-health.ts";
import { rememberedAt, wellAccount } from "../../domain/accounts/channel-health.ts";
import type { Clock } from "../../lib/clock.ts";
import type { AccountStore } from "../../storage/ports/accounts.ts";

export interface StandingWriterParts {
  readonly store: AccountStore;
  readonly channel: string;
  readonly clock: Pick<Clock, "now">;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Keeps on disk how a channel's accounts stand, one account at a time. No send waits for it: what a crash loses is at most
 * one more refusal by the platform, never a second message. Changes of one account during a write share the next one, and
 * what could not be written is with the next change.
 */
export class StandingWriter {
  readonly #parts: StandingWriterParts;
  readonly #accounts = new Map<string, AccountChange[]>();
  #channel: ChannelChange[] = [];
  #writing: Promise<void> | undefined;

  constructor(parts: StandingWriterParts) {
    this.#parts = parts;
  }

  /** An account stands otherwise. */
  account(name: string, change: AccountChange): void {
    this.#accounts.set(name, [...(this.#accounts.get(name) ?? []), change]);
    this.#writing ??= this.#write();
  }

  /** The channel as a whole does. */
  channel(change: ChannelChange): void {
    this.#channel.push(change);
    this.#writing ??= this.#write();
  }

  /** Resolves when every change so far is on disk, or was reported as lost. */
  async idle(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    await Promise.resolve(); // changes made in one go are one change
    try {
      while (this.#channel.length > 0 || this.#accounts.size > 0) await this.#writeAll();
    } catch (error) {
      this.#parts.onProblem(error);
    }
    this.#writing = undefined;
  }

  async #writeAll(): Promise<void> {
    const { store, channel, clock } = this.#parts;
    const ofAll = this.#channel.length;
    if (ofAll > 0) await store.updateChannel(channel, inOrder(this.#channel.slice(0, ofAll)));
    this.#channel = this.#channel.slice(ofAll);
    for (const [name, changes] of this.#accounts) {
      const change = inOrder(changes);
      await store.update(channel, name, (from = wellAccount) => rememberedAt(change(from), clock.now()));
      const since = this.#accounts.get(name)?.slice(changes.length) ?? [];
      if (since.length > 0) this.#accounts.set(name, since);
      else this.#accounts.delete(name);
    }
  }
}

function inOrder<T>(changes: readonly ((from: T) => T)[]): (from: T) => T {
  return (from) => changes.reduce((standing, change) => change(standing), from);
}
