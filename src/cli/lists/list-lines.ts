/** What cleaning a list and looking over a message found, in English, for the terminal. */
import type { InvalidReason } from "../../domain/people/username.ts";
import type { InvalidRow, ListProblem, ListReport } from "../../app/lists/list-report.ts";
import type { MessageProblem } from "../../app/drafts/draft.ts";
import { whatWasReadLines } from "./what-was-read.ts";

const reasonWords: Readonly<Record<InvalidReason, string>> = {
  spaces: "a username has no spaces",
  tooShort: "too short",
  tooLong: "too long",
  characters: "characters that no username has",
  notAProfileLink: "a link, but not to a profile",
  phoneNumber: "a phone number, not a username",
  email: "an email address, not a username",
  empty: "no name in it",
  placeholder: "a word for nothing, not a name",
  reserved: "a page or a heading, not a person",
  optedOut: "the list says that this person left or opted out",
  bot: "the list says that this is a bot",
  surplusCells: "more cells than columns; it is not sure which belong together",
  unreadable: "letters that can't be read in this encoding",
};

/** Says why a text is no username. */
export function reasonText(reason: InvalidReason): string {
  return reasonWords[reason];
}

/** Tells what was read, and the first rows that are no recipients with the reason. */
export function reportLines(report: ListReport): readonly string[] {
  const { origin, read, valid, duplicates, invalid, firstInvalid } = report;
  const counts = `${read} lines read: ${duplicates} repeated, ${invalid} unusable`;
  return [
    `${origin}: ${valid} names${skippedText(report)}. ${counts}.`,
    ...whatWasReadLines(report),
    ...invalidLines(firstInvalid),
  ];
}

/** Those of the names that won't be written to, each counted once. */
function skippedText({ alreadySent, suppressed, contactedLately = 0 }: ListReport): string {
  const skipped = [
    ...(alreadySent > 0 ? [`${alreadySent} sent before`] : []),
    ...(suppressed > 0 ? [`${suppressed} on the do-not-send list`] : []),
    ...(contactedLately > 0 ? [`${contactedLately} written to lately`] : []),
  ];
  return skipped.length === 0 ? "" : ` (skipped: ${skipped.join(", ")})`;
}

/** A line for each row that names nobody, with the reason. */
export function invalidLines(rows: readonly InvalidRow[]): string[] {
  return rows.map(
    ({ line, text, reason }) => `  Line ${line} ${JSON.stringify(text)}: ${reasonWords[reason]}.`,
  );
}

/** Says why a file gave no list, and what to do. */
export function listProblemText(
  problem: Exclude<ListProblem, { problem: "question" }>,
  file: string,
): string {
  switch (problem.problem) {
    case "picture":
    case "video":
    case "pdf":
    case "otherFile":
      return `${file} is ${kindWords[problem.problem]}. Give a list of usernames as .txt, .csv, .xlsx or .json.`;
    case "empty":
      return `${file} is empty. Give a list with at least one username.`;
    case "tooBig":
      return `${file} is larger than ${problem.maxBytes >> 20} MB. Split it and send the parts under the same --task-id.`;
    case "zipBomb":
      return `${file} unpacks to far more than a list can be, so it was not opened. Save it as .csv or .txt.`;
    case "passwordProtected":
      return `${file} is protected by a password. Save it without one, or as .csv.`;
    case "foreignSpreadsheet":
      return `${file} is an .${problem.format} spreadsheet, which Peyk doesn't read. Save it as .xlsx or .csv.`;
    case "broken": {
      const line = problem.line === undefined ? "" : `, line ${problem.line},`;
      if (problem.format === "quote")
        return `${file}${line} opens a quotation mark that is never closed. Close or delete it.`;
      return `${file}${line} can't be read as .${problem.format}. Save it again, or as .csv with UTF-8.`;
    }
    case "stopped": {
      const line = problem.line === undefined ? "" : ` at line ${problem.line}`;
      return `${file} ${stopWords[problem.reason]}${line}, so reading it was ended. Nobody was added. Save the list alone as .csv or .txt.`;
    }
    case "noUsableName":
      return [
        `${file}: ${problem.read} lines read, and none holds a usable name.`,
        ...invalidLines(problem.firstInvalid),
      ].join("\n");
  }
}

const stopWords = {
  takesTooLong: "takes far longer to read than a list of its size should",
  needsTooMuchMemory: "takes far more memory than a list of its size should",
  holdsTooMuch: "holds far more than a list can",
  failed: "can't be read, and it is not known why",
} as const;

const kindWords = {
  picture: "a picture",
  video: "a video",
  pdf: "a PDF, from which names can't be read reliably",
  otherFile: "not a list that Peyk can read",
} as const;

const extraWords = { formatting: "Formatting", attachments: "An attachment", buttons: "A button" } as const;

/** Says what is wrong with a message. */
export function messageProblemText(problem: MessageProblem): string {
  switch (problem.problem) {
    case "empty":
      return "The message is empty. Give it with --message or --message-file.";
    case "tooLong":
      return `The message has ${problem.length} characters; ${problem.max} is the most.`;
    case "unknownVariables":
      return `The message uses ${braced(problem.unknown)}, which no column of the list fills. There are: ${braced(problem.known)}.`;
    case "brokenVariable":
      return `${JSON.stringify(problem.text)} in the message is not a whole variable. Write {{name}} or {{name|friend}}.`;
    case "notTaken":
      return `${extraWords[problem.extra]} can't be sent through this channel. Leave it out or choose another one.`;
  }
}

function braced(names: readonly string[]): string {
  return names.map((name) => `{{${name}}}`).join(", ");
}
