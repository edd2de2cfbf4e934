/** What `peyk doctor` looks at: the settings, what is kept, and how the accounts fare. */
import type { DoctorWords } from "../app/health/finding.ts";
import type { Config, LoadedConfig } from "../config.ts";
import { systemClock } from "../lib/clock.ts";
import type { Unpacked } from "../storage/files/backup/unpacked-backup.ts";
import { refuseMoved } from "../storage/files/folder/moved.ts";
import { joined, joinedNames } from "../words/joined.ts";
import { momentText } from "../words/moment-text.ts";
import { bareReason } from "../words/reason-text.ts";
import { errorText, troubleText } from "../words/trouble-text.ts";
import type { Words } from "../words/words.ts";

/** @param backup Its file, to be looked at in place of the data folder */
export async function examineAll(loaded: LoadedConfig, words: Words, backup?: string) {
  if (backup === undefined) {
    if (inDatabase(loaded)) return examinedDatabase(loaded, words);
    if (loaded.ok) await refuseMoved(loaded.config.dataDir);
    return examined(loaded, words);
  }
  const { withUnpacked } = await import("../storage/files/backup/unpacked-backup.ts");
  return withUnpacked(backup, (unpacked) => examined(loaded, words, unpacked));
}

/** Wrong settings are a finding like any other; what they hide is looked at by the defaults. */
async function examined(loaded: LoadedConfig, words: Words, unpacked?: Unpacked) {
  const [{ examine }, { createFileArchive }] = await Promise.all([
    import("../app/health/doctor.ts"),
    import("../storage/files/archive/archive.ts"),
  ]);
  const { dataDir } = loaded.ok ? loaded.config : { dataDir: "data" };
  return examine({
    ...(await everywhere(loaded, words)),
    archive: createFileArchive(unpacked?.path ?? dataDir),
    ...(unpacked ? { backupOf: unpacked.madeAt } : {}),
    ...(loaded.ok && !unpacked ? { accounts: () => checkedAccounts(loaded.config) } : {}),
  });
}

function inDatabase(loaded: LoadedConfig): loaded is InDatabase {
  return loaded.ok && loaded.config.store === "postgres" && loaded.config.databaseUrl !== undefined;
}

type InDatabase = LoadedConfig & {
  readonly ok: true;
  readonly config: Config & { readonly databaseUrl: string };
};

/** Its tables are only looked into where they are this version's: nothing is changed, not even they. */
async function examinedDatabase(loaded: InDatabase, words: Words) {
  const [{ examine }, { lookIntoDatabase }] = await Promise.all([
    import("../app/health/doctor.ts"),
    import("./stores/postgres/postgres-archive.ts"),
  ]);
  await using looked = await lookIntoDatabase(loaded.config.databaseUrl, systemClock);
  const { database, archive } = looked;
  return await examine({
    ...(await everywhere(loaded, words)),
    database,
    ...(archive ? { archive } : {}),
    accounts: () => checkedAccounts(loaded.config),
  });
}

async function everywhere(loaded: LoadedConfig, words: Words) {
  const { createDayOf } = await import("../domain/accounts/calendar-day.ts");
  return {
    configProblems: loaded.ok ? [] : loaded.problems.map((one) => troubleText(one, words)),
    configNotes: loaded.notes.map((one) => troubleText(one, words)),
    clock: systemClock,
    dayOf: createDayOf(loaded.ok ? loaded.config.timeZone : "UTC"),
    words: doctorWords(words),
  };
}

function doctorWords(words: Words): DoctorWords {
  return {
    say: (id, variables) => words.plain(id, variables),
    reason: (why) => bareReason(why, words),
    limit: (name) => words.plain(`limit-${name}`),
    moment: (at) => momentText(at, words),
    clauses: (texts) => joined(texts, words, "; "),
    names: (names) => joinedNames(names, words),
    error: (error) => errorText(error, words),
    trouble: (trouble) => troubleText(trouble, words),
  };
}

async function checkedAccounts(config: Config) {
  const [{ checkChannels }, { botOf }] = await Promise.all([
    import("./check-channels.ts"),
    import("./bot-of.ts"),
  ]);
  const { openTelegram } = botOf(config);
  return checkChannels({ ...config, ...(openTelegram ? { telegram: await openTelegram() } : {}) });
}
