/** A process that serves until it is told to stop: all of it, or a part of it where several share a database. */

import type { Reason } from "../domain/reasons/reason.ts";

/** `worker`: everything but the chat and the pages. `chat`: those alone. */
export type ServedPart = "everything" | "worker" | "chat";

/** Where it is, and how it stands. */
export type ServingNews =
  /** It could not be started because the database is away, and is once that is back. */
  | {
      readonly kind: "waiting";
      readonly why: Reason;
      /** In the database's words; holds no secret. */
      readonly said: string;
    }
  | {
      readonly kind: "running";
      readonly part: ServedPart;
      /** Address of the playground's chat page, with the key that opens it; absent where there is none. */
      readonly pageUrl?: string;
      /** Address of the monitoring page, with its key; absent where there is none. */
      readonly monitorUrl?: string;
      /** What this process is called among those that share the database; absent where it is alone. */
      readonly worker?: string;
    }
  | { readonly kind: "stopping" }
  /** It ends by itself. */
  | { readonly kind: "failed"; readonly error: unknown };

export interface ServingEnd {
  readonly isFailed: boolean;
  /** A campaign goes on when somebody serves again. */
  readonly isUnfinished: boolean;
}
