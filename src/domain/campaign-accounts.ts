/** Through which accounts a campaign goes. Pure. */
import type { Campaign, CampaignAccount } from "./campaign.ts";

type Accounts = Pick<Campaign, "accounts" | "formerAccounts">;

/** Other accounts in the place of the present ones; nobody who was written to through one that is left out is forgotten. */
export function withAccounts(
  { accounts: before, formerAccounts = [] }: Accounts,
  accounts: readonly CampaignAccount[],
): Accounts {
  const kept = new Set(accounts.map(({ name }) => name));
  const known = new Set([...formerAccounts, ...before.map(({ name }) => name)]);
  const former = [...known].filter((name) => !kept.has(name));
  return { accounts, ...(former.length > 0 ? { formerAccounts: former } : {}) };
}

/** Every account that it goes through or ever went through: people answer these, and they have its use on them. */
export function everyAccount({ accounts, formerAccounts = [] }: Accounts): readonly string[] {
  return [...accounts.map(({ name }) => name), ...formerAccounts];
}

/**
 * The accounts of these names, each with the caps it has in the campaign. One that joins gets the caps that all others
 * share, and its own where they differ.
 * @param known What is set up now
 */
export function accountsNamed(
  names: readonly string[],
  present: readonly CampaignAccount[],
  known: readonly CampaignAccount[],
): readonly CampaignAccount[] {
  const [first, ...others] = present;
  const shared =
    first && others.every(({ caps }) => JSON.stringify(caps) === JSON.stringify(first.caps))
      ? first.caps
      : undefined;
  return names.flatMap((name) => {
    const own = present.find((one) => one.name === name);
    const setUp = known.find((one) => one.name === name);
    if (own) return [own];
    return setUp ? [{ name, caps: shared ?? setUp.caps }] : [];
  });
}

/** How many all of them send a day at most; undefined where one has no such limit. */
export function mostADay(accounts: readonly CampaignAccount[]): number | undefined {
  let sum = 0;
  for (const { caps } of accounts) {
    if (caps.perDay === undefined) return undefined;
    sum += caps.perDay;
  }
  return sum;
}
