/** What the bot on a bench keeps, in a database as the program keeps it there. */
import { tmpdir } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { createPostgresFront } from "../../src/composition/stores/postgres/postgres-front.ts";
import { openDatabase } from "../../src/storage/postgres/database.ts";
import { ownStore } from "../support/own-store.ts";
import { askOnce } from "../support/postgres/ask-once.ts";
import { emptyDatabase } from "../support/postgres/test-database.ts";
import type { BenchChat, Documents } from "./bench-chat.ts";
import { documentsFrom, updateIn } from "./bench-chat.ts";

/** Databases of earlier benches: making one costs more than most dialogues. */
/** Nothing is being written down once nothing was for so many looks, each so many ms after the one before. */
const QUIET_LOOKS = 8;
const LOOK_MS = 2;

const free: string[] = [];

const AN_UPLOAD = `
with put as (insert into peyk.uploads (id, at, is_whole) values ('upload:left-by-a-kill', peyk.now(), true) returning id)
insert into peyk.upload_pieces (upload_id, number, piece) select id, 0, $1 from put`;

const AN_UPDATE = `
insert into peyk.updates (update_id, number, content, deaths, was_alone, is_done)
select $1, coalesce(max(number), 0) + 1, $2, $3, true, false from peyk.updates`;

export async function openChatInDatabase(): Promise<BenchChat> {
  const url = free.pop() ?? (await ownStore())["DATABASE_URL"] ?? "";
  await emptyDatabase(url);
  const asked = new Set<Promise<unknown>>();
  const database = openDatabase({
    url,
    connections: 2,
    around: (_sql, ask) => {
      const answer = ask();
      asked.add(answer);
      void answer.catch(() => undefined).then(() => asked.delete(answer));
      return answer;
    },
  });
  const front = createPostgresFront({
    database,
    wakes: { on: () => ({ [Symbol.dispose]: () => undefined }) }, // nobody is taken out of what is kept
    dataDir: tmpdir(),
    onProblem: (error) => {
      throw error;
    },
  });
  const held: { documents?: Documents; chat?: AsyncDisposable; spool?: AsyncDisposable } = {};
  return {
    get documents() {
      if (!held.documents) throw new Error("no bot was given any yet");
      return held.documents;
    },
    ...(front.sent ? { sent: front.sent } : {}),
    async open() {
      const chat = await front.openChat();
      const spool = await chat.openSpool([]);
      const documents = await documentsFrom((description) => chat.document(description));
      Object.assign(held, { chat, spool, documents });
      return {
        ...documents,
        spool,
        uploads: chat.uploads,
        keepAside: (update) => chat.keepAside(update),
      };
    },
    async close() {
      await held.spool?.[Symbol.asyncDispose]();
      await held.chat?.[Symbol.asyncDispose]();
    },
    uploaded: async () => (await askOnce(url, "select id from peyk.uploads")).map(({ id }) => String(id)),
    putUpload: async (content) => void (await askOnce(url, AN_UPLOAD, [Buffer.from(content)])),
    ageUploads: async () => void (await askOnce(url, "update peyk.uploads set at = 0")),
    putUpdate: async (update, deaths) =>
      void (await askOnce(url, AN_UPDATE, [updateIn(update).update_id, JSON.stringify(update), deaths])),
    async written() {
      // Whoever waited for it, or for an answer of the Bot API, may have more to write.
      for (let quiet = 0; quiet < QUIET_LOOKS; quiet = asked.size > 0 ? 0 : quiet + 1) {
        await Promise.allSettled(asked);
        await pause(LOOK_MS);
      }
    },
    setAside: async () =>
      (await askOnce(url, "select content from peyk.updates_set_aside order by number")).map(({ content }) =>
        updateIn(content),
      ),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      free.push(url);
    },
  };
}
