/** What a program's calls open, and how whatever goes wrong there reaches it. */
import { loadConfig } from "../config.ts";
import type { Core } from "./core-order.ts";
import { botOf } from "./bot-of.ts";
import { openCore } from "./core.ts";
import { ClientError, DataExtractionError, PeykError, ValidationError } from "../domain/errors.ts";
import { systemClock } from "../lib/clock.ts";
import { ownLogin } from "../lib/files/private-files.ts";
import { BrokenDocumentError } from "../lib/files/stored-document.ts";
import { CorruptLogError } from "../lib/log/log-lines.ts";
import { troubleText } from "../words/trouble-text.ts";
import type { Words } from "../words/words.ts";
import { createLexicon } from "../words/words.ts";
import type { CampaignSenderOptions } from "../library/options.ts";

/**
 * Opens the data folder for as long as the work takes.
 * @param warn Told what no call asked about
 * @throws {PeykError}
 */
export async function withCore<T>(
  options: CampaignSenderOptions,
  warn: (message: string) => void,
  work: (core: Core) => Promise<T>,
): Promise<T> {
  const loaded = loadConfig();
  if (!loaded.ok)
    throw new ValidationError(loaded.problems.map((one) => troubleText(one, english())).join("\n"));
  const { dataDir = loaded.config.dataDir, concurrency, channel = "simulator", accounts } = options;
  const settings = {
    ...loaded.config,
    ...botOf(loaded.config),
    dataDir,
    actor: { kind: "library", name: ownLogin() } as const,
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(channel === "simulator" ? { simulatorAccounts: accounts } : {}),
  };
  try {
    const core = await openCore(settings, { error: warn });
    try {
      return await work(core);
    } finally {
      await core.close();
    }
  } catch (error) {
    throw asPeykError(error);
  }
}

/** Whatever a program meets is a {@link PeykError}; what it came from is its cause. */
function asPeykError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof PeykError) return error;
  const isUnreadable = error instanceof CorruptLogError || error instanceof BrokenDocumentError;
  return new (isUnreadable ? DataExtractionError : ClientError)(error.message, { cause: error });
}

/** Errors are for the program's author, so they are in English. */
export function english(): Words {
  return createLexicon({ clock: systemClock, timeZone: "UTC" }).en;
}
