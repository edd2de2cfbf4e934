/** Who was erased: hashes under the very key of the other side, and what is still to be carried out. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../../lib/files/atomic-file.ts";
import { readDocument } from "../../lib/files/stored-document.ts";
import { ERASED_FILE, ERASED_KEY_FILE, erasedFormat } from "../../storage/files/erasing/erased-store.ts";
import { ADD, ALL, KEEP_KEY, KEY } from "../../storage/postgres/erasing/erased-sql.ts";
import { padded, underWaySchema } from "../../storage/postgres/erasing/erased-store.ts";
import { fitted } from "../../storage/postgres/fitted.ts";
import { documentsOf, ifAny, ifThere, putDocument, writeDocument } from "../documents.ts";
import { inBatches } from "../lines.ts";
import type { Mover } from "../piece.ts";

const BATCH = 5000;
const KIND = "erasing";

export const erased: Mover = {
  inFolder: (dataDir) =>
    ifThere(dataDir, ERASED_FILE, async (to) => {
      const stored = await readDocument(join(dataDir, ERASED_FILE), erasedFormat);
      if (!stored) return;
      const { hashes, ...underWay } = stored;
      for await (const some of inBatches([hashes], BATCH)) await to.query(ADD, [some]);
      await putDocument(to, KIND, "", underWay);
    }),
  async inDatabase(database) {
    const underWay = (await documentsOf(database, KIND)).get("");
    const { rows } = await database.query<{ alias: string }>(ALL);
    return ifAny(ERASED_FILE, rows.length > 0 || underWay !== undefined, (_from, dataDir) =>
      writeDocument(join(dataDir, ERASED_FILE), 1, {
        hashes: rows.map(({ alias }) => alias),
        ...fitted(underWaySchema, underWay ?? { pending: [], tell: [] }, KIND),
      }),
    );
  },
};

export const erasedKey: Mover = {
  inFolder: (dataDir) =>
    ifThere(dataDir, ERASED_KEY_FILE, async (to) => {
      const key = Buffer.from((await readFile(join(dataDir, ERASED_KEY_FILE), "utf8")).trim(), "hex");
      await to.query(KEEP_KEY, [key, padded(key, 0x36), padded(key, 0x5c)]);
    }),
  async inDatabase(database) {
    const { rows } = await database.query<{ key: Buffer }>(KEY);
    const [found] = rows;
    return ifAny(ERASED_KEY_FILE, found !== undefined, (_from, dataDir) =>
      writeFileAtomically(join(dataDir, ERASED_KEY_FILE), `${found?.key.toString("hex") ?? ""}\n`),
    );
  },
};
