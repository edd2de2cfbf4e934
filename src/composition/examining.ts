/** What `peyk doctor` looks at: the settings, what is kept, and how the accounts fare. */
import type { Config, LoadedConfig } from "../config.ts";
import { systemClock } from "../lib/clock.ts";
import type { Unpacked } from "../storage/files/backup/unpacked-backup.ts";
import { refuseMoved } from "../storage/files/folder/moved.ts";
import { joined, joinedNames } from "../words/joined.ts";
import { momentText } from "../words/moment-text.ts";
import { bareReason } from "../words/reason-text.ts";
import { errorText, troubleText } from "../words/trouble-text.ts";
import type { Words } from "../words/words.ts";
import { inFiles } from "./in-files.ts";

/** @param backup Its file, to be looked at in place of the data folder */
export async function examineAll(loaded: LoadedConfig, words: Words, backup?: string) {
  if (loaded.ok) inFiles(loaded.config);
  if (backup === undefined) {
    if (loaded.ok) await refuseMoved(loaded.config.dataDir);
    return examined(loaded, words);
  }
  const { withUnpacked } = await import("../storage/files/backup/unpacked-backup.ts");
  return withUnpacked(backup, (unpacked) => examined(loaded, words, unpacked));
}

/** Wrong settings are a finding like any other; what they hide is looked at by the defaults. */
async function examined(loaded: LoadedConfig, words: Words, unpacked?: Unpacked) {
  const [{ examine }, { createFileArchive }, { createDayOf }] = await Promise.all([
    import("../app/health/doctor.ts"),
    import("../storage/files/archive.ts"),
    import("../domain/accounts/calendar-day.ts"),
  ]);
  const { dataDir, timeZone } = loaded.ok ? loaded.config : { dataDir: "data", timeZone: "UTC" };
  return examine({
    configProblems: loaded.ok ? [] : loaded.problems.map((one) => troubleText(one, words)),
    configNotes: loaded.notes.map((one) => troubleText(one, words)),
    archive: createFileArchive(unpacked?.path ?? dataDir),
    clock: systemClock,
    dayOf: createDayOf(timeZone),
    words: {
      say: (id, variables) => words.plain(id, variables),
      reason: (why) => bareReason(why, words),
      limit: (name) => words.plain(`limit-${name}`),
      moment: (at) => momentText(at, words),
      clauses: (texts) => joined(texts, words, "; "),
      names: (names) => joinedNames(names, words),
      error: (error) => errorText(error, words),
      trouble: (trouble) => troubleText(trouble, words),
    },
    ...(unpacked ? { backupOf: unpacked.madeAt } : {}),
    ...(loaded.ok && !unpacked ? { accounts: () => checkedAccounts(loaded.config) } : {}),
  });
}

async function checkedAccounts(config: Config) {
  const [{ checkChannels }, { botOf }] = await Promise.all([
    import("./check-channels.ts"),
    import("./bot-of.ts"),
  ]);
  const { openTelegram } = botOf(config);
  return checkChannels({ ...config, ...(openTelegram ? { telegram: await openTelegram() } : {}) });
}
