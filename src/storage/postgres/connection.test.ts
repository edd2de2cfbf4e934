import { once } from "node:events";
import type { Socket } from "node:net";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { connectTo } from "./connection.ts";

/** "You are in" and "ready for a query", as PostgreSQL says them (protocol 3.0: `R` and `Z`). */
const WELCOME = Buffer.from("5200000008000000005a0000000549", "hex");

/** A database that lets everybody in, and after that neither answers nor hangs up. */
async function openSilentDatabase() {
  const guests: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (guest) => {
    guests.push(guest.on("error", () => undefined));
    guest.once("data", () => guest.write(WELCOME));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `postgres://peyk:secret@127.0.0.1:${port}/peyk`,
    async [Symbol.asyncDispose]() {
      for (const guest of guests) guest.destroy();
      await once(server.close(), "close");
    },
  };
}

test("a database that hangs keeps nobody waiting who wants to leave", async () => {
  await using database = await openSilentDatabase();
  const idle = await connectTo(database.url, 10);
  await idle[Symbol.asyncDispose]();
  const busy = await connectTo(database.url, 10);
  const asked = busy.query("select 1").catch((error: unknown) => error);
  await busy[Symbol.asyncDispose]();
  expect(await asked).toMatchObject({ isTransient: true, message: "PostgreSQL: Connection terminated" });
});

test("an address that names a file which is not there fails with one line for people", async () => {
  const url = "postgres://peyk:secret@127.0.0.1:1/peyk?sslrootcert=/nowhere/root.crt";
  const failed = await connectTo(url).catch((error: unknown) => error);
  expect(failed).toMatchObject({ name: "ExternalStoreError", isTransient: false });
  expect(String(failed)).toContain("/nowhere/root.crt");
  expect(String(failed)).not.toContain("secret");
});
