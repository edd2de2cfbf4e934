import { once } from "node:events";
import type { Socket } from "node:net";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { connectTo, sessionOptions } from "./connection.ts";

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

test.each([
  ["postgres://h/peyk?sslmode=require", "postgres://h/peyk?sslmode=verify-full"],
  ["postgres://h/peyk?a=b&sslmode=prefer&c=d", "postgres://h/peyk?a=b&sslmode=verify-full&c=d"],
  ["postgres://h/peyk?sslmode=verify-ca", "postgres://h/peyk?sslmode=verify-full"],
  ["postgres://h/peyk?sslmode=disable", "postgres://h/peyk?sslmode=disable"],
  ["postgres://h/peyk?sslmode=require&uselibpqcompat=true", undefined],
  ["postgres://h/peyk", undefined],
])("%s asks of SSL what the client takes it for, and no warning is printed for it", (url, said = url) => {
  expect(sessionOptions(url).connectionString).toBe(said);
});

test("an address that names a file which is not there fails with one line for people", async () => {
  const url = "postgres://peyk:secret@127.0.0.1:1/peyk?sslrootcert=/nowhere/root.crt";
  const failed = await connectTo(url).catch((error: unknown) => error);
  expect(failed).toMatchObject({ name: "ExternalStoreError", isTransient: false });
  expect(String(failed)).toContain("/nowhere/root.crt");
  expect(String(failed)).not.toContain("secret");
});
