/** Where names stand in a campaign's lists, and with which values at which revision: each file is read once, and no other line of it. */
import { join } from "node:path";
import type { Ordinal, Recipient, Variables } from "../../../domain/recipient.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import { scanLines } from "../../../lib/log/line-scan.ts";
import type { CampaignList } from "../../../domain/campaign.ts";
import { parseRecipient } from "../lists/recipient-line.ts";

/** Somebody in a list. */
export interface NamedRecipient {
  readonly ordinal: Ordinal;
  readonly username: string;
  readonly origin: string;
  /** With the values that counted at a revision of the campaign. */
  readonly at: (revision: number) => Recipient;
}

interface Version {
  readonly revision: number;
  readonly variables: Variables;
}

/** In list order. @throws when a list is missing, holds another number of people than it should, or can't be read */
export async function namedRecipients(
  folder: string,
  lists: readonly CampaignList[],
  names: readonly string[],
): Promise<readonly NamedRecipient[]> {
  const found: NamedRecipient[] = [];
  let first = 0;
  for (const list of lists) {
    const versions = new Map<Ordinal, Version[]>();
    const usernames = new Map<Ordinal, string>();
    for (const { revision, file, columns } of [{ revision: 0, ...list }, ...(list.corrections ?? [])]) {
      if (revision > 0 && versions.size === 0) break;
      const mayBeLonger = revision === 0 && list.grows === true;
      const wanted = { names, count: list.count, mayBeLonger };
      await scanList(join(folder, file), wanted, (place, { username, values }) => {
        const of = versions.get(place) ?? [];
        versions.set(place, of);
        usernames.set(place, username);
        of.push({ revision, variables: variablesOf(columns, values) });
      });
    }
    for (const [place, of] of versions)
      found.push(recipientOf(first + place, usernames.get(place) ?? "", { of, origin: list.origin }));
    first += list.count;
  }
  return found;
}

function recipientOf(
  ordinal: Ordinal,
  username: string,
  { of, origin }: { readonly of: readonly Version[]; readonly origin: string },
): NamedRecipient {
  const at = (revision: number): Recipient => {
    const counted = of.findLast((one) => one.revision <= revision) ?? of[0];
    return { ordinal, username, variables: counted?.variables ?? {} };
  };
  return { ordinal, username, origin, at };
}

interface Wanted {
  readonly names: readonly string[];
  readonly count: number;
  /** What stands behind so many people does not count. */
  readonly mayBeLonger: boolean;
}

async function scanList(
  path: string,
  { names, count, mayBeLonger }: Wanted,
  take: (place: number, line: ReturnType<typeof parseRecipient>) => void,
): Promise<void> {
  const lines = await scanLines(path, {
    texts: names.map((name) => `[${JSON.stringify(name)}`),
    isWanted: (bytes, start, end) =>
      bytes[start] !== BRACKET || bytes[start + 1] !== QUOTE || bytes[end - 1] !== END_BRACKET,
    onLine(text, lineNumber) {
      const line = parseRecipient(text);
      if (lineNumber <= count && names.includes(line.username)) take(lineNumber - 1, line);
    },
  });
  if (mayBeLonger ? lines < count : lines !== count)
    throw new TroubledError(`${path} holds ${lines} recipients where ${count} are expected`, {
      code: "recipientsLost",
      with: { path, lines, count },
    });
}

const [BRACKET, END_BRACKET, QUOTE] = [0x5b, 0x5d, 0x22];

function variablesOf(columns: readonly string[], values: readonly string[]): Variables {
  return Object.fromEntries(columns.map((column, index) => [column, values[index] ?? ""]));
}
