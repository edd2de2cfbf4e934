/**
 * What keeps Peyk or one of its commands from its work, as whoever runs it is told: a code with its particulars, worded
 * where it is read (locales: `trouble-<code>`). An error that carries one has a message too, in English, for logs and
 * programs.
 */

/** What is wrong with a setting, said after its name and, where it may be shown, its value. */
export const settingTroubles = [
  "notBotToken",
  "notBoolean",
  "notTelegramId",
  "notOneOf",
  "notTimeZone",
  "notWindow",
  "notPort",
  "notMessages",
  "notDatabase",
  "notWorkerName",
  "notSeconds",
  "notSecondsBetween",
  "notWait",
  "notMinutes",
  "notLeads",
  "notPosts",
  "notServer",
  "notApiKey",
  "notBlueskyName",
  "notAppPassword",
  "notPath",
  "notExpanded",
] as const;
export type SettingTrouble = (typeof settingTroubles)[number];

/** All others, by what they are about. */
export const otherTroubles = [
  // settings: a line of its own each
  "setting",
  "settingValue",
  "settingHidden",
  "operatorsMissing",
  "blueskyHalf",
  "storeNoDatabase",
  "settingsForeign",
  "settingsNotUtf8",
  "settingsUnreadable",
  "settingsOpen",
  "redirected",
  // another process
  "anotherPeyk",
  "anotherPeykProcess",
  "anotherPeykHost",
  "takenOver",
  "chatTakenOver",
  "namesHeld",
  "portInUse",
  // files
  "dataFolder",
  "foreignFile",
  "halfRestored",
  // moving house
  "folderMoving",
  "folderReturning",
  "folderMoved",
  "folderMovedWordGone",
  "houseFilling",
  "houseEmptying",
  "houseClosed",
  "houseInUse",
  "houseNotEmpty",
  "houseOfAnother",
  "houseNotToMove",
  "moveNoDatabase",
  "moveCampaigns",
  "moveTwice",
  "moveDiffers",
  "moveNotEmpty",
  "moveNone",
  "moveOver",
  // backups
  "notBackup",
  "backupCut",
  "backupDamaged",
  "backupVersion",
  "restoreNotEmpty",
  "nothingToBackUp",
  "document",
  "identity",
  "team",
  "notJson",
  "noDocument",
  "otherVersion",
  "noFile",
  "unfit",
  "otherCampaign",
  "otherCampaignsFolder",
  "recipientsLost",
  "journalGone",
  "setAside",
  "keptAs",
  "linesLeftOut",
  "optOutsLeftOut",
  "about",
  "damagedLine",
  "lineNoEntry",
  "lineNoText",
  "lineNoJson",
  "lineNoList",
  "lineNoUsername",
  "lineTooManyValues",
  "lineUnclear",
  "lineContradicts",
  "journalAlone",
  "guardGone",
  "guardEmptied",
  "erasuresWait",
  "checkpoint",
  // the file of a message
  "messageSeveralWays",
  "messageLetters",
  "messageNoText",
  // the file of the X accounts
  "accounts",
  "accountsMissing",
  "accountsUnreadable",
  "accountsNoFile",
  "accountsOpen",
  "accountsNotUtf8",
  "accountsNoList",
  "accountsNone",
  "accountsTwice",
  "accountsSame",
  "accountsNoAccount",
  "accountsStranger",
  "accountsKey",
  "keyMissing",
  "keyEmpty",
  "keyNoNumber",
  "keyTooSmall",
  "keyBadName",
  // the file of the operator's own gateway
  "gateway",
  "gatewayNone",
  "gatewayStranger",
  "gatewayPart",
  "gatewayTooLarge",
  "gatewayAddress",
  "gatewayHttps",
  "gatewayNear",
  "gatewaySecret",
  "gatewayChoice",
  "gatewayNoAccount",
  "gatewayTwice",
  // the copy in PostgreSQL
  "noDatabase",
  "nothingToCopy",
  "alreadyThere",
  // everything in PostgreSQL
  "onlyShared",
  "storeAway",
  "storeBack",
  "storeSilent",
  "backUpDatabase",
  "restoreDatabase",
  "restoreNoFile",
  "databasePutBack",
  // what the system answers
  "systemDenied",
  "systemMissing",
  "systemReadOnly",
  "systemFull",
  "systemNoFolder",
  "systemFolder",
  "systemTooManyFiles",
  "systemPort",
  "systemOther",
  "unexpected",
] as const;

export type TroubleCode = SettingTrouble | (typeof otherTroubles)[number];

export interface Trouble {
  readonly code: TroubleCode;
  /** Names and numbers, or what is wrong in turn. */
  readonly with?: Readonly<Record<string, string | number | Trouble>>;
}

/** An error with a trouble, where nobody needs a class of its own for it. */
export class TroubledError extends Error {
  readonly trouble: Trouble;

  constructor(message: string, trouble: Trouble = { code: "unexpected", with: { text: message } }) {
    super(message);
    this.trouble = trouble;
  }
}

/** What was thrown, with the name of what it is about before it. */
export function troubleAbout(name: string, error: unknown): TroubledError {
  const text = error instanceof Error ? error.message : String(error);
  const [what] = troublesOf(error);
  return new TroubledError(`${name}: ${text}`, what && { code: "about", with: { name, what } });
}

/** A broken file that was moved out of the way. */
export function keptAside(error: Error, keptAs: string): TroubledError {
  const [what] = troublesOf(error);
  return new TroubledError(
    `${error.message}. It was kept as ${keptAs}.`,
    what && { code: "keptAs", with: { what, path: keptAs } },
  );
}

/**
 * The troubles that an error or its cause carries, or that its code of the system stands for; none where nobody knows.
 * @param otherwise What is told then
 */
export function troublesOf(error: unknown, otherwise?: string): readonly Trouble[] {
  const known = knownTroubles(error);
  if (known.length > 0 || otherwise === undefined) return known;
  return [{ code: "unexpected", with: { text: otherwise } }];
}

function knownTroubles(error: unknown): readonly Trouble[] {
  if (!(error instanceof Error)) return [];
  if ("troubles" in error && Array.isArray(error.troubles)) return error.troubles.filter(isTrouble);
  if ("trouble" in error && isTrouble(error.trouble)) return [error.trouble];
  const known = systemTrouble(error);
  return known ? [known] : knownTroubles(error.cause);
}

function isTrouble(value: unknown): value is Trouble {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string";
}

const systemCodes: Readonly<Record<string, TroubleCode>> = {
  EACCES: "systemDenied",
  EPERM: "systemDenied",
  ENOENT: "systemMissing",
  EROFS: "systemReadOnly",
  ENOTDIR: "systemNoFolder",
  EISDIR: "systemFolder",
  EMFILE: "systemTooManyFiles",
  ENFILE: "systemTooManyFiles",
  EADDRINUSE: "systemPort",
};

/** No room: a write that fails so names no path. */
const NO_ROOM = /^(?:ENOSPC|EDQUOT)$/;

/** What the system answers, with the path that it was about. */
function systemTrouble(error: Error): Trouble | undefined {
  const { code, path, port, syscall } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (typeof code !== "string" || !/^E[A-Z0-9]+$/.test(code)) return undefined;
  if (syscall === "connect") return undefined; // another machine did not answer: whoever connected knows what is said of it
  if (NO_ROOM.test(code)) return { code: "systemFull", with: { system: code } };
  const place = path ?? (port === undefined ? "" : String(port));
  return place === ""
    ? undefined
    : { code: systemCodes[code] ?? "systemOther", with: { system: code, place } };
}
