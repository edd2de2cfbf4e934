/**
 * The port to where events are posted to.
 * Written in the verbs of those who use it and free of any file, connection or single process; tests/contracts/ holds every
 * implementation to it. What writes resolves when the change is durable.
 */
import type { Webhook } from "../../domain/hooks/webhook.ts";

export interface WebhookStore {
  /** The oldest first. */
  all(): Promise<readonly Webhook[]>;
  /**
   * Adds one, unless its name is taken, also by one that comes at the same moment. Added again with the same secret and
   * address, as after a crash, it is there already and stays as it is.
   */
  add(webhook: Webhook, most: number): Promise<"added" | "taken" | "full">;
  /** Puts what `to` makes of one in its place, and answers that; undefined: there is none, or `to` wants no change. */
  change(name: string, to: (from: Webhook) => Webhook | undefined): Promise<Webhook | undefined>;
  /** Answers false when there was none of that name. */
  remove(name: string): Promise<boolean>;
}
