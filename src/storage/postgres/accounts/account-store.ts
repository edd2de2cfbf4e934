/** How the accounts of each channel stand: a value an account, and one for the channel as a whole. */
import { accountStandingSchema, channelStandingSchema } from "../../ports/documents/account-standing.ts";
import type { AccountStore } from "../../ports/accounts.ts";
import type { Queryable } from "../database.ts";
import { documentsIn } from "../documents/documents.ts";

export function createAccountStore(database: Queryable): AccountStore {
  const channels = documentsIn(database, { kind: "channels", schema: channelStandingSchema });
  const accountsOf = (channel: string) =>
    documentsIn(database, { kind: `accounts/${channel}`, schema: accountStandingSchema });
  return {
    async read(channel) {
      const standing = await channels.get(channel);
      return { ...standing, accounts: Object.fromEntries(await accountsOf(channel).all()) };
    },
    update: (channel, account, to) => accountsOf(channel).change(account, to),
    updateChannel: async (channel, to) => (await channels.change(channel, (from = {}) => to(from))) ?? {},
  };
}
