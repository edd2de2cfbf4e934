/**
 * The port to how the accounts of each channel stood.
 * Written in the verbs of those who use it and free of any file, connection or single process; tests/contracts/ holds every
 * implementation to it. What writes resolves when the change is durable.
 */
import type { ChannelHealth } from "../../domain/accounts/channel-health.ts";

/** How the accounts of each channel stood: advice for after a restart, never proof of who was written to. */
export interface HealthStore {
  /** As last saved; undefined for a channel that never was. */
  get(channel: string): ChannelHealth | undefined;
  save(channel: string, health: ChannelHealth): Promise<void>;
}
