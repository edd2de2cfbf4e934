/** Tells everybody who may act that the database is away, and that it is back; both once, and nothing of it is kept. */
import type { Api } from "grammy";
import type { App } from "../../app/app.ts";
import type { StoreWord } from "../../app/health/store-watch.ts";
import type { Words } from "../../words/words.ts";
import type { BotLog } from "../bot-log.ts";
import { problemOf } from "../calls/outgoing-lane.ts";
import type { OperatorBook } from "../operator-book.ts";
import { sendView } from "../views/view.ts";

export interface StoreTellerParts {
  readonly app: Pick<App, "watchStore">;
  readonly api: Api;
  readonly operators: OperatorBook;
  readonly log: BotLog;
}

export class StoreTeller {
  readonly #parts: StoreTellerParts;
  readonly #speaking = new Set<Promise<void>>();
  #unwatch: (() => void) | undefined;

  constructor(parts: StoreTellerParts) {
    this.#parts = parts;
  }

  open(): void {
    const { app, operators } = this.#parts;
    this.#unwatch ??= app.watchStore((word) => {
      for (const id of operators.ids) if (operators.may(id, "act")) this.#tell(id, word);
    });
  }

  /** Resolves when the calls under way have ended. */
  async close(): Promise<void> {
    this.#unwatch?.();
    await Promise.all(this.#speaking);
  }

  #tell(chatId: number, word: StoreWord): void {
    const { api, operators, log } = this.#parts;
    const text = textOf(word, operators.wordsFor(chatId));
    const told = sendView(api, chatId, { text })
      .then(() => undefined)
      .catch((error: unknown) => log.warn({ problem: problemOf(error) }, "nobody was told of the database"))
      .finally(() => this.#speaking.delete(told));
    this.#speaking.add(told);
  }
}

function textOf(word: StoreWord, words: Words): string {
  if (word.kind === "away") return words.say("trouble-storeAway");
  return words.say("trouble-storeBack", { seconds: word.seconds });
}
