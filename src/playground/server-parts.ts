import type { ApiContext } from "./api/api-context.ts";
import type { CallJournal } from "./api/call-journal.ts";
import type { Sample } from "./page/sample.ts";
import type { PersonSide } from "./world/person-side.ts";

/** What the routes of the playground serve. */
export interface ServerParts {
  readonly context: ApiContext;
  readonly token: string;
  /** Opens the chat page. */
  readonly key: string;
  readonly journal: CallJournal;
  readonly side: PersonSide;
  readonly samples: readonly Sample[];
  /** Answers what is none of the playground's, on the same port; undefined: nobody does. */
  readonly beside: ((request: Request) => Promise<Response> | undefined) | undefined;
  /** Fires when the playground closes. */
  readonly closing: AbortSignal;
}
