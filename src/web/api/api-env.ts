import type { App } from "../../app/app.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Locale } from "../../words/locale.ts";
import type { Lexicon, Words } from "../../words/words.ts";

/** What is known of a call once it is let in. */
export interface ApiEnv {
  Variables: {
    /** Name of the token: whoever did it. */
    actor: string;
    words: Words;
  };
}

/** What the part of the application is that other programs use. */
export type ApiApp = Pick<
  App,
  | "nameCampaign"
  | "channels"
  | "listOfRows"
  | "importList"
  | "discardList"
  | "checkMessage"
  | "plan"
  | "preview"
  | "start"
  | "campaigns"
  | "view"
  | "pause"
  | "resume"
  | "cancel"
  | "retryFailed"
  | "results"
  | "suppress"
  | "tokens"
  | "as"
  | "feed"
  | "when"
>;

export interface ApiParts {
  readonly app: ApiApp;
  readonly clock: Clock;
  readonly lexicon: Lexicon;
  /** Of whoever asks for no language. */
  readonly defaultLocale: Locale;
  /** Throws when this process does not own its data any more. */
  readonly assertHeld: () => void;
}
