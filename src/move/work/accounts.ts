/** How the accounts of each channel stand: one document in a folder, a value an account in the database. */
import { join } from "node:path";
import { z } from "zod";
import { readDocument } from "../../lib/files/stored-document.ts";
import { channelHealthSchema } from "../../storage/ports/documents/account-standing.ts";
import { fitted } from "../../storage/postgres/fitted.ts";
import { documentsOf, documentsUnder, ifAny, ifThere, putDocument, writeDocument } from "../documents.ts";
import type { Mover } from "../piece.ts";

const FILE = "accounts.json";
const format = { version: 1, schema: z.record(z.string(), channelHealthSchema) };

export const accounts: Mover = {
  inFolder: (dataDir) =>
    ifThere(dataDir, FILE, async (to) => {
      for (const [channel, health] of Object.entries(
        (await readDocument(join(dataDir, FILE), format)) ?? {},
      )) {
        const { accounts: standings, ...standing } = health;
        if (Object.keys(standing).length > 0) await putDocument(to, "channels", channel, standing);
        for (const [account, one] of Object.entries(standings))
          await putDocument(to, `accounts/${channel}`, account, one);
      }
    }),
  async inDatabase(database) {
    const [channels, standings] = [
      await documentsOf(database, "channels"),
      await documentsUnder(database, "accounts/"),
    ];
    const names = [...new Set([...channels.keys(), ...standings.keys()])];
    const value = Object.fromEntries(
      names.map((channel) => [
        channel,
        { ...Object(channels.get(channel)), accounts: Object.fromEntries(standings.get(channel) ?? []) },
      ]),
    );
    return ifAny(FILE, names.length > 0, (_from, dataDir) =>
      writeDocument(join(dataDir, FILE), 1, fitted(format.schema, value, "accounts")),
    );
  },
};
