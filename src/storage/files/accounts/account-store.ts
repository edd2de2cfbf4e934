/** How the accounts of each channel stand, in `data/accounts.json`; each change is made of what stands there. */
import { z } from "zod";
import type { ChannelHealth } from "../../../domain/accounts/channel-health.ts";
import type { DocumentParts } from "../../../lib/files/document.ts";
import { openDocument } from "../../../lib/files/document.ts";
import type { AccountStore } from "../../ports/accounts.ts";
import { channelHealthSchema } from "../../ports/documents/account-standing.ts";

type Channels = Readonly<Record<string, ChannelHealth>>;

export interface AccountStoreOptions {
  /** Throws when this process may write no more. */
  readonly beforeWrite?: () => void;
  /** Told when the file can't be understood: it was set aside, and every account counts as well. */
  readonly onProblem: (error: Error) => void;
}

const none: ChannelHealth = { accounts: {} };

/** Opens the document; the file is first written when an account gets into trouble. */
export async function openAccountStore(path: string, parts: AccountStoreOptions): Promise<AccountStore> {
  const { beforeWrite = () => undefined, onProblem } = parts;
  const format: DocumentParts<Channels> = {
    version: 1,
    schema: z.record(z.string(), channelHealthSchema),
    initial: {},
    beforeWrite,
    onSetAside: onProblem,
  };
  const document = await openDocument(path, format);
  const change = async (name: string, to: (from: ChannelHealth) => ChannelHealth) => {
    const changed = await document.update((all) => ({ ...all, [name]: to(all[name] ?? none) }));
    return changed?.[name] ?? none;
  };
  return {
    read: async (channel) => document.get()[channel] ?? none,
    async update(channel, name, to) {
      const changed = await change(channel, (from) => {
        const { [name]: standing, ...accounts } = from.accounts;
        const next = to(standing);
        return { ...from, accounts: next ? { ...accounts, [name]: next } : accounts };
      });
      return changed.accounts[name];
    },
    async updateChannel(channel, to) {
      const { accounts: _, ...standing } = await change(channel, ({ accounts, ...from }) => ({
        ...to(from),
        accounts,
      }));
      return standing;
    },
  };
}
