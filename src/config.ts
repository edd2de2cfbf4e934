/**
 * The settings a person gives before starting: the environment, and beneath it the file `.env`. Owns every variable's
 * name, meaning and default, and is the only reader of `process.env`. Promises that a wrong value stops the start with
 * one clear line each, all of them at once, and that no line shows a secret.
 */
import { hostname } from "node:os";
import { z } from "zod";
import type { Environment } from "./config/config-file.ts";
import type { TerminalEnvironment } from "./config/terminal.ts";
import { terminalOf } from "./config/terminal.ts";
import { readEnvFile, redirections } from "./config/config-file.ts";
import {
  databaseAddress,
  hides,
  missingBeside,
  path,
  says,
  sendWindow,
  seconds,
  serverAddress,
  systemTimeZone,
  troubleOfIssue,
  trueOrFalse,
  wholeNumber,
} from "./config/config-fields.ts";
import type { Worker } from "./config/worker-name.ts";
import { workerName, workerOf } from "./config/worker-name.ts";
import type { Trouble } from "./lib/trouble.ts";
import { withoutDirectionMarks } from "./lib/text/direction-marks.ts";
import type { SendWindow } from "./domain/when/send-window.ts";
import { typedWindow } from "./domain/when/window-text.ts";
import { timeZoneNamed } from "./domain/when/zone-name.ts";
import type { BlueskyLogin } from "./sources/bluesky/session.ts";
import type { TikTokAccess } from "./sources/tiktok/providers.ts";
import { tiktokProviders } from "./sources/tiktok/providers.ts";

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export const locales = ["en", "fa"] as const;
/** `files`: a folder, of one process at a time. `postgres`: a database, for any number of processes. */
export const storeKinds = ["files", "postgres"] as const;

export interface Config {
  /** Absent: the playground starts instead of Telegram. */
  readonly botToken?: string;
  /** Bot API server, without a slash at the end. */
  readonly telegramApiRoot: string;
  /** Pay with Stars for what goes beyond Telegram's free rate. */
  readonly telegramPaidBroadcast: boolean;
  /** Under every message to a subscriber stands a button to leave. */
  readonly telegramLeaveButton: boolean;
  /** Telegram ids of those who may control anything; the first is the owner. */
  readonly operatorIds: readonly number[];
  /** Folder of everything kept at run time, absolute or relative to the working directory. */
  readonly dataDir: string;
  readonly logLevel: (typeof logLevels)[number];
  readonly defaultLocale: (typeof locales)[number];
  /** IANA name, e.g. `Asia/Tehran`: where an account's day begins and ends. */
  readonly timeZone: string;
  /** The send window of a campaign that is given none; absent: it sends at any time. */
  readonly sendWindow?: SendWindow;
  /** On 127.0.0.1; 0 picks a free one. */
  readonly webPort: number;
  /** Absent, the next free port does as well as the default. */
  readonly isWebPortGiven: boolean;
  /** Messages an account may send a day unless the operator says otherwise. */
  readonly maxPerAccount: number;
  /** Where everything is kept: below `dataDir`, or in the database of `databaseUrl`. */
  readonly store: (typeof storeKinds)[number];
  /** PostgreSQL that keeps everything, or a copy; absent: there is none. Holds a password: never shown. */
  readonly databaseUrl?: string;
  /** What this process is called where several share a database; a number follows the name of the machine. */
  readonly worker: Worker;
  /** Seconds between two rounds of copying. */
  readonly syncIntervalS: number;
  /** Waits before saving is tried again after an error that passes, in ms. */
  readonly retryDelaysMs: readonly number[];
  /** How standing collections go unless the operator says otherwise. */
  readonly collectCycle: { readonly everyMs: number; readonly leads: number };
  /** Whoever answers one of these gets no more messages; absent: those Peyk knows in English and Persian. */
  readonly stopWords?: readonly string[];
  /** File with the keys of the X accounts; absent: there is no X here. */
  readonly xAccountsFile?: string;
  /** X's API, without a slash at the end. */
  readonly xApiBaseUrl: string;
  /** How long a message that can't be found on X may still turn up, in ms; absent: five minutes. */
  readonly xAbsentAfterMs?: number;
  /** File with the operator's own gateway; absent: there is none. */
  readonly webhookFile?: string;
  /** The provider of TikTok searches, with its key; absent: there is no TikTok here. */
  readonly tiktok?: TikTokAccess;
  /** Bluesky's public service, without a slash at the end. */
  readonly blueskyApiBaseUrl: string;
  /** The account that searches Bluesky for posts; absent: its public service shows none. */
  readonly blueskyLogin?: BlueskyLogin;
  /** Posts collected for each hashtag or keyword unless the operator says otherwise. */
  readonly postsPerHashtag: number;
}

/** The settings, or what is wrong with them; no trouble shows a secret. */
export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly Trouble[] };

export type { Environment } from "./config/config-file.ts";

/** The settings of this process, and what is worth knowing about where they stand. */
export type LoadedConfig = ConfigResult & {
  readonly notes: readonly Trouble[];
};

/** Bot API tokens: the bot's id, a colon, 35 characters (core.telegram.org/bots/api#authorizing-your-bot). */
const BOT_TOKEN = /^\d{3,20}:[\w-]{35}$/;
const BLUESKY_NAME = /^(?:did:[a-z]+:[a-z0-9.:%-]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+)$/;
const BLUESKY_APP_PASSWORD = /^[a-z0-9]{4}(?:-[a-z0-9]{4}){3}$/;
const DEFAULT_PORT = 8787;
/** Telegram ids have at most 52 significant bits (core.telegram.org/bots/api#user). */
const LARGEST_ID = 2 ** 52;

const given = z
  .string()
  .optional()
  .transform((text) => withoutDirectionMarks(text ?? "").trim() || undefined);

const schema = z.object({
  BOT_TOKEN: given.pipe(z.string().regex(BOT_TOKEN, hides("notBotToken")).optional()),
  TELEGRAM_API_ROOT: given.pipe(serverAddress().default("https://api.telegram.org")),
  TELEGRAM_PAID_BROADCAST: given.pipe(trueOrFalse(false)),
  TELEGRAM_LEAVE_BUTTON: given.pipe(trueOrFalse(true)),
  OPERATOR_IDS: given
    .transform((text) => [...new Set((text ?? "").split(/[\s,،;]+/).filter(Boolean))])
    .pipe(z.array(wholeNumber(1, LARGEST_ID, "notTelegramId"))),
  DATA_DIR: given.pipe(path().default("data")),
  LOG_LEVEL: given
    .transform((text) => text?.toLowerCase())
    .pipe(z.enum(logLevels, says("notOneOf", { names: logLevels.join(", ") })).default("info")),
  DEFAULT_LOCALE: given
    .transform((text) => text?.toLowerCase())
    .pipe(z.enum(locales, says("notOneOf", { names: locales.join(", ") })).default("en")),
  TIME_ZONE: given.pipe(
    z
      .string()
      .refine((text) => timeZoneNamed(text) !== undefined, says("notTimeZone"))
      .transform((text) => timeZoneNamed(text) ?? text)
      .prefault(systemTimeZone),
  ),
  SEND_WINDOW: given.pipe(sendWindow().optional()),
  WEB_PORT: given.pipe(wholeNumber(0, 65_535, "notPort").optional()),
  MAX_PER_ACCOUNT: given.pipe(wholeNumber(1, 1_000_000, "notMessages").default(4)),
  DATABASE_URL: given.pipe(
    z
      .string()
      // Never quoted: it holds a password wherever it is spelled wrongly.
      .refine((text) => databaseAddress(text) !== undefined, hides("notDatabase"))
      .transform((text) => databaseAddress(text) ?? text)
      .optional(),
  ),
  STORE: given
    .transform((text) => text?.toLowerCase())
    .pipe(z.enum(storeKinds, says("notOneOf", { names: storeKinds.join(", ") })).default("files")),
  WORKER_NAME: given.pipe(workerName().optional()),
  SYNC_INTERVAL: given.pipe(wholeNumber(1, 86_400, "notSeconds").default(300)),
  RETRY_DELAYS: given
    .transform((text) => (text ?? "0.1, 0.2, 0.4").split(/[\s,،;]+/).filter(Boolean))
    .pipe(z.array(seconds())),
  COLLECT_CYCLE_MINUTES: given.pipe(wholeNumber(1, 10_080, "notMinutes").default(20)),
  COLLECT_CYCLE_LEADS: given.pipe(wholeNumber(1, 1_000_000, "notLeads").default(1000)),
  STOP_WORDS: given.transform((text) =>
    text
      ?.split(/[,،;\n]+/)
      .map((word) => word.trim())
      .filter(Boolean),
  ),
  X_ACCOUNTS_FILE: given.pipe(path().optional()),
  WEBHOOK_FILE: given.pipe(path().optional()),
  X_API_BASE_URL: given.pipe(serverAddress().default("https://api.x.com")),
  X_ABSENT_AFTER: given.pipe(wholeNumber(10, 86_400, "notSecondsBetween").optional()),
  TIKTOK_PROVIDER: given
    .transform((text) => text?.toLowerCase())
    .pipe(
      z
        .enum(tiktokProviders, says("notOneOf", { names: tiktokProviders.join(", ") }))
        .default("scrapecreators"),
    ),
  TIKTOK_API_BASE_URL: given.pipe(serverAddress().optional()),
  TIKTOK_API_KEY: given.pipe(
    z
      .string()
      .regex(/^[!-~]+$/, hides("notApiKey"))
      .optional(),
  ),
  BLUESKY_API_BASE_URL: given.pipe(serverAddress().default("https://public.api.bsky.app")),
  BLUESKY_SERVICE_URL: given.pipe(serverAddress().default("https://bsky.social")),
  BLUESKY_IDENTIFIER: given
    .transform((text) => text?.replace(/^@/, "").toLowerCase())
    .pipe(z.string().regex(BLUESKY_NAME, hides("notBlueskyName")).optional()),
  BLUESKY_APP_PASSWORD: given.pipe(
    z
      .string()
      // Never quoted, and never the account's own password: that one could change the account.
      .regex(BLUESKY_APP_PASSWORD, hides("notAppPassword"))
      .optional(),
  ),
  POSTS_PER_HASHTAG: given.pipe(wholeNumber(1, 1_000_000, "notPosts").default(500)),
});

/** Every variable there is; .env.example explains each. */
export const variableNames: readonly string[] = Object.keys(schema.shape);

/** Checks the variables and turns them into frozen settings; reads nothing but its argument and the system's time zone. */
export function readConfig(env: Environment): ConfigResult {
  const parsed = schema.safeParse(env);
  const problems = [...(parsed.error?.issues ?? []).map(troubleOfIssue), ...missingBeside(env)];
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, config: configOf(parsed.data) };
}

/**
 * Reads the settings of this process: the environment first, then the file; a variable that is set but empty in the
 * environment hides the file's.
 * @param file Path of a file in .env format; it need not exist
 * @param env Variables that stand for the environment
 */
export function loadConfig(file = ".env", env: Environment = process.env): LoadedConfig {
  const fromFile = readEnvFile(file);
  if ("problem" in fromFile) return { ok: false, problems: [fromFile.problem], notes: [] };
  const { variables, notes } = fromFile;
  const read = readConfig({ ...variables, ...env });
  const problems = [...redirections(file, variables, env), ...(read.ok ? [] : read.problems)];
  return problems.length > 0 ? { ok: false, problems, notes } : { ...read, notes };
}

function configOf(variables: z.infer<typeof schema>): Config {
  const { BOT_TOKEN: botToken, X_ACCOUNTS_FILE: xAccountsFile, DATABASE_URL: databaseUrl } = variables;
  const { WEBHOOK_FILE: webhookFile } = variables;
  const { X_ABSENT_AFTER: absentAfterS } = variables;
  return Object.freeze({
    ...(botToken === undefined ? {} : { botToken }),
    telegramApiRoot: variables.TELEGRAM_API_ROOT,
    telegramPaidBroadcast: variables.TELEGRAM_PAID_BROADCAST,
    telegramLeaveButton: variables.TELEGRAM_LEAVE_BUTTON,
    operatorIds: Object.freeze(variables.OPERATOR_IDS),
    dataDir: variables.DATA_DIR,
    logLevel: variables.LOG_LEVEL,
    defaultLocale: variables.DEFAULT_LOCALE,
    timeZone: variables.TIME_ZONE,
    ...windowOf(variables),
    webPort: variables.WEB_PORT ?? DEFAULT_PORT,
    isWebPortGiven: variables.WEB_PORT !== undefined,
    maxPerAccount: variables.MAX_PER_ACCOUNT,
    store: variables.STORE,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    worker: workerOf(variables.WORKER_NAME, hostname()),
    syncIntervalS: variables.SYNC_INTERVAL,
    retryDelaysMs: Object.freeze(variables.RETRY_DELAYS.map((wait) => Math.round(wait * 1000))),
    ...(xAccountsFile === undefined ? {} : { xAccountsFile }),
    ...(webhookFile === undefined ? {} : { webhookFile }),
    ...(variables.STOP_WORDS ? { stopWords: Object.freeze(variables.STOP_WORDS) } : {}),
    xApiBaseUrl: variables.X_API_BASE_URL,
    ...(absentAfterS === undefined ? {} : { xAbsentAfterMs: absentAfterS * 1000 }),
    ...tiktokOf(variables),
    collectCycle: Object.freeze({
      everyMs: variables.COLLECT_CYCLE_MINUTES * 60_000,
      leads: variables.COLLECT_CYCLE_LEADS,
    }),
    blueskyApiBaseUrl: variables.BLUESKY_API_BASE_URL,
    ...blueskyLoginOf(variables),
    postsPerHashtag: variables.POSTS_PER_HASHTAG,
  });
}

/** A window that names no time zone is meant in the one of this Peyk. */
function windowOf({
  SEND_WINDOW: text,
  TIME_ZONE: timeZone,
}: z.infer<typeof schema>): Pick<Config, "sendWindow"> {
  const typed = text === undefined ? undefined : typedWindow(text, timeZone);
  if (typed?.kind !== "window") return {};
  return { sendWindow: { timeZone: typed.timeZone ?? timeZone, hours: typed.hours } };
}

function blueskyLoginOf(variables: z.infer<typeof schema>): { readonly blueskyLogin?: BlueskyLogin } {
  const { BLUESKY_IDENTIFIER: identifier, BLUESKY_APP_PASSWORD: appPassword } = variables;
  if (identifier === undefined || appPassword === undefined) return {};
  return {
    blueskyLogin: Object.freeze({ serviceUrl: variables.BLUESKY_SERVICE_URL, identifier, appPassword }),
  };
}

/** A provider without a key is nothing to ask. */
function tiktokOf(variables: z.infer<typeof schema>): { readonly tiktok?: TikTokAccess } {
  const { TIKTOK_PROVIDER: provider, TIKTOK_API_BASE_URL: baseUrl, TIKTOK_API_KEY: key } = variables;
  if (key === undefined) return {};
  return { tiktok: Object.freeze({ provider, key, ...(baseUrl === undefined ? {} : { baseUrl }) }) };
}

/** What the environment says of the terminal and of who sits before it. */
export function terminalFrom(env: Environment = process.env): TerminalEnvironment {
  return terminalOf(env);
}
