/**
 * Why something did not go as it should: a closed set of codes, so that a journal keeps what happened and whoever shows it
 * says it in the reader's language (locales: `reason-<code>`). A reason without details is its code alone, as a text; one
 * with details is an object with the code and each detail apart. Both stand in journals and documents as they are.
 */

/** Reasons that say all by their code, by whom they come from. */
export const plainReasons = [
  // said by nobody in particular
  "unsaid",
  "noAnswerInTime",
  "connectionBroke",
  "serviceUnreachable",
  "serviceDown",
  "stoppedBeforeCall",
  "stoppedBeforeAnswer",
  "tooFast",
  "limitUsedUp",
  "noSuchAccount",
  "accountLimited",
  "accountLocked",
  "accountLoggedOut",
  // about one recipient
  "onDoNotSendList",
  "noSuchName",
  "nameLeft",
  "takesNoMessages",
  "verifiedOnly",
  "messageIdUnknown",
  "tooOldToTakeBack",
  "notOursToChange",
  "messageGone",
  "otherLanguage",
  // about the message
  "messageEmpty",
  "messageTooLong",
  "fileUnreadable",
  "copyGone",
  "copyRefused",
  "copyCutShort",
  // from the engine
  "interruptedBeforeCall",
  "interruptedBeforeRecord",
  "sentAgain",
  "didNotArrive",
  "stillUnderWay",
  "noAccountFree",
  "useUnknown",
  "answersUnreadable",
  "diskFull",
  "folderTakenOver",
  // from Telegram
  "blockedBot",
  "neverStartedBot",
  "unsubscribed",
  "telegramAccountDeleted",
  "telegramFormatting",
  "telegramButton",
  "telegramFileTooLarge",
  "telegramPicture",
  "telegramNoStars",
  "telegramToken",
  "telegramLongWait",
  "telegramUnexplained",
  "telegramUnreachable",
  "telegramCut",
  "telegramUnclear",
  // from X
  "xUnreachable",
  "xUnclear",
  "xWait",
  "xLongWait",
  "xAskLater",
  "xSilentOnName",
  "xAnswerNotKept",
  "xImpossibleName",
  "xPersonSuspended",
  "xPersonGone",
  "xUnexplained",
  "xRefusedQuestion",
  "xHasText",
  "xRefusesText",
  "xAutomated",
  "xAccountSuspended",
  "xAccountLocked",
  "xKeysRefused",
  "xKeysOfWrongKind",
  "xAppMayNotSend",
  "xAppMayNotRead",
  "xAppWithoutProject",
  "xNoCredits",
  "xSpendCap",
  "xMonthUsedUp",
  "xSenderNotHere",
  "xUndatedMessage",
  "xThirtyDays",
  "xNoSuchTarget",
  "xProtected",
  "xRefusesQuestion",
  "xRefusesPlace",
  "xNextUnclear",
  // from the operator's own gateway
  "gatewayNoId",
  "gatewayFailed",
  "gatewayRejects",
  "gatewaySignature",
  "gatewayAddress",
  "gatewayUnexplained",
  // from any source of leads
  "sourceNotSetUp",
  "sourceFailed",
  "sourceNotKept",
  "rowsUnreadable",
  "cursorUnknown",
  "placeUnreadable",
  // from a data provider
  "dataWait",
  "dataDown",
  "dataUnreadable",
  "dataIntercepted",
  "dataKeyRefused",
  "dataAddressUnknown",
  "dataNoCredits",
  "dataRefusesKeywords",
  "dataRefusesPlace",
  "dataRefusesQuestion",
  "dataEmptyFailure",
  "dataPlaceUnreadable",
  "dataMoreUnsaid",
  "dataEndUnsaid",
  "tiktokNothing",
  // from Bluesky
  "blueskyWait",
  "blueskyDown",
  "blueskyUnreadable",
  "blueskyIntercepted",
  "blueskyNotServed",
  "blueskyLoginOnly",
  "blueskyLoginRefused",
  "blueskySearchRefused",
  "blueskyHidden",
  "blueskyDeactivated",
  "blueskySuspended",
  "blueskyBlocked",
  "blueskyNoPost",
  "blueskyNoAccount",
  "blueskyRefusesQuestion",
  "blueskyRefusesPlace",
  "blueskyNextUnclear",
  // from PostgreSQL
  "pgSslMissing",
  "pgSslWanted",
  "pgCertificateHost",
  "pgCertificateExpired",
  "pgCertificateUnknown",
  "pgPasswordMissing",
  "pgPasswordWrong",
  "pgPooler",
  "pgFull",
  "pgNoDatabase",
  "pgNoRight",
  "pgUnreachable",
  "silentTooLong",
  "pgOtherFolder",
  "pgOtherSync",
  "pgNewer",
  "pgSchemaTaken",
] as const;

export type PlainReason = (typeof plainReasons)[number];

/** Reasons with details. Details are names and short texts without secrets, cleaned where they come from outside. */
export type DetailedReason =
  | { readonly code: "channelNotSetUp"; readonly channel: string }
  /** The system refused: the number it gave by name, e.g. `EACCES`. */
  | { readonly code: "systemError"; readonly system: string }
  /** PostgreSQL refused, with a code of its own appendix. */
  | { readonly code: "pgError"; readonly sqlstate: string }
  /** A mistake of the program or of something it uses; the kind of error, never its text. */
  | { readonly code: "unexpected"; readonly error: string }
  /** In the words of whoever said it: an earlier version of Peyk, or a later one. */
  | { readonly code: "foreign"; readonly text: string };

export type Reason = PlainReason | DetailedReason;
export type ReasonCode = PlainReason | DetailedReason["code"];

/** What stays the same whatever the language: for programs that read results. */
export function codeOf(reason: Reason): ReasonCode {
  return typeof reason === "string" ? reason : reason.code;
}
