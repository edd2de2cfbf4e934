/**
 * The port to what lets other programs in.
 * Written in the verbs of those who use it and free of any file, connection or single process; tests/contracts/ holds every
 * implementation to it. What writes resolves when the change is durable.
 */
import type { ApiToken } from "../../domain/hooks/api-token.ts";

export interface ApiTokenStore {
  /** The oldest first. */
  all(): Promise<readonly ApiToken[]>;
  /**
   * Adds one, unless its name is taken, also by one that comes at the same moment. Added again with the same hash, as after
   * a crash, it is there already.
   */
  add(token: ApiToken, most: number): Promise<"added" | "taken" | "full">;
  /** Answers false when there was none of that name. */
  remove(name: string): Promise<boolean>;
}
