import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { cp, readdir } from "node:fs/promises";
import type { Server, Socket } from "node:net";
import { createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { holdName } from "./exclusive-name.ts";
import { systemClock } from "../../../lib/clock.ts";
import { LeaseLostError, LeaseTakenError, openLease, readLease } from "./lease.ts";

let folder: string;
let data: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lease-"));
  data = join(folder, "data");
});

afterEach(() => rmSync(folder, { recursive: true }));

const clock = { now: () => 1234, sleep: () => Promise.resolve() };

function leaseFile(): { version: number; value: Record<string, unknown> } {
  return JSON.parse(readFileSync(join(data, "lease.json"), "utf8"));
}

/** What a Peyk that doesn't see this machine's names does when it starts: it takes the next epoch. */
function takeOver(): void {
  const { value } = leaseFile();
  rmSync(join(data, "lease.json"));
  const taken = { ...value, epoch: Number(value["epoch"]) + 1, holder: "somebody-else" };
  writeFileSync(join(data, "lease.json"), JSON.stringify({ version: 1, value: taken }));
}

describe("the lease", () => {
  test("counts the starts and says who holds it", async () => {
    for (const epoch of [1, 2, 3]) {
      await using lease = await openLease(data, clock);
      lease.assertHeld();
      expect(lease.epoch).toBe(epoch);
      const record = { epoch, pid: process.pid, host: hostname(), startedAt: 1234 };
      expect(leaseFile()).toMatchObject({ version: 1, value: record });
    }
    expect((await readdir(data)).toSorted()).toEqual(["identity.json", "lease.json"]);
  });

  test("is had by one at a time", async () => {
    const first = await openLease(data, systemClock);
    await expect(openLease(data, systemClock)).rejects.toThrow(LeaseTakenError);
    await first[Symbol.asyncDispose]();
    const second = await openLease(data, systemClock);
    await second[Symbol.asyncDispose]();
    expect(second.epoch).toBe(2);
  });

  test("is given to one of many who start at the same time on a new folder", async () => {
    const openings = await Promise.allSettled(Array.from({ length: 8 }, () => openLease(data, systemClock)));
    const leases = openings.filter((opening) => opening.status === "fulfilled");
    for (const { value } of leases) await value[Symbol.asyncDispose]();
    expect(leases).toHaveLength(1);
    for (const opening of openings)
      if (opening.status === "rejected") expect(opening.reason).toBeInstanceOf(LeaseTakenError);
  });

  test("of a copied folder is the original's, and another folder has its own", async () => {
    await using held = await openLease(data, systemClock);
    await cp(data, join(folder, "copy"), { recursive: true });
    await expect(openLease(join(folder, "copy"), systemClock)).rejects.toThrow(LeaseTakenError);
    await using other = await openLease(join(folder, "other"), systemClock);
    expect([held.epoch, other.epoch]).toEqual([1, 1]);
  });

  test("is lost when another machine took the next epoch", async () => {
    await using lease = await openLease(data, systemClock);
    lease.assertHeld();
    takeOver();
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
  });

  test("is lost when its file is gone", async () => {
    await using lease = await openLease(data, systemClock);
    rmSync(join(data, "lease.json"));
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
  });

  test("survives that its file is touched or put back", async () => {
    await using lease = await openLease(data, systemClock);
    const path = join(data, "lease.json");
    utimesSync(path, 1, 1);
    lease.assertHeld();
    const content = readFileSync(path);
    rmSync(path);
    writeFileSync(path, content);
    lease.assertHeld();
    expect(lease.epoch).toBe(1);
  });

  test("is given on a file that can't be understood, which is kept and said", async () => {
    await (await openLease(data, systemClock))[Symbol.asyncDispose]();
    for (const [nth, content] of ["", "{", '{"version":2,"value":{}}', "\0\0\0"].entries()) {
      writeFileSync(join(data, "lease.json"), content);
      const said: string[] = [];
      await using lease = await openLease(data, systemClock, ({ message }) => void said.push(message));
      lease.assertHeld();
      expect(said).toEqual([
        expect.stringContaining(`kept as ${join(data, `lease.json.broken-${nth + 1}`)}`),
      ]);
    }
  });

  test("is lost to whoever set the damaged file aside", async () => {
    await using first = await openLease(data, systemClock);
    const path = join(data, "lease.json");
    writeFileSync(path, "{");
    rmSync(join(data, "identity.json"));
    await using second = await openLease(data, systemClock);
    second.assertHeld();
    expect(() => first.assertHeld()).toThrow(LeaseLostError);
  });

  test.each(["", "{", '{"version":1,"value":{"id":7}}'])(
    "isn't given when it can't be known which data this is, and says what to do (%j)",
    async (content) => {
      await (await openLease(data, systemClock))[Symbol.asyncDispose]();
      writeFileSync(join(data, "identity.json"), content);
      await expect(openLease(data, systemClock)).rejects.toThrow(/identity\.json can't be used: .*backup/);
      rmSync(join(data, "identity.json"));
      await (await openLease(data, systemClock))[Symbol.asyncDispose]();
    },
  );
});

describe("a name held where it is a socket file", () => {
  const name = `peyk-test-${process.pid}`;
  const path = join(tmpdir(), `${name}.sock`);

  test("is had by one at a time and leaves no file", async () => {
    const first = await holdName(name, "darwin");
    expect(existsSync(path)).toBe(true);
    expect(await holdName(name, "darwin")).toBeUndefined();
    await first?.[Symbol.asyncDispose]();
    expect(existsSync(path)).toBe(false);
  });

  test("is taken from a process that was killed and left its file", async () => {
    writeFileSync(path, "");
    const held = await holdName(name, "darwin");
    expect(held?.name).toBe(name);
    await held?.[Symbol.asyncDispose]();
  });
});

/** The names of sockets that the kernel shows to every user. */
const seen = (): string[] =>
  readFileSync("/proc/net/unix", "utf8")
    .split("\n")
    .flatMap((line) => /@(peyk-[0-9a-f]+)/.exec(line)?.[1] ?? []);

/** Takes what the last holder had, and answers as the stranger likes. */
async function squat(label: string, onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer(onConnection);
  server.listen({ path: `\0${label}` });
  await once(server, "listening");
  return server;
}

/** Starts once on new data and tells by which name it could be seen, its process being gone since. */
async function labelOfDeadHolder(): Promise<string> {
  const before = new Set(seen());
  const lease = await openLease(data, clock);
  const [label = ""] = seen().filter((one) => !before.has(one));
  await lease[Symbol.asyncDispose]();
  const { value } = leaseFile();
  writeFileSync(
    join(data, "lease.json"),
    JSON.stringify({ version: 1, value: { ...value, pid: 2 ** 22 + 1 } }),
  );
  return label;
}

describe.skipIf(process.platform !== "linux")(
  "a stranger who sits on a name that was seen on this machine",
  () => {
    test.each<[string, (socket: Socket) => void]>([
      ["hangs up", (socket) => void socket.destroy()],
      ["lies", (socket) => void socket.end("0".repeat(64))],
      ["says nothing", (socket) => void socket.on("error", () => undefined)],
    ])("and %s keeps nobody from starting, and a second one still sees the first", async (_how, answer) => {
      const label = await labelOfDeadHolder();
      expect(label).toMatch(/^peyk-[0-9a-f]{102}$/);
      const sockets: Socket[] = [];
      const stranger = await squat(label, (socket) => {
        sockets.push(socket);
        answer(socket);
      });
      try {
        expect(await readLease(data)).toMatchObject({ isHeld: false });
        await using lease = await openLease(data, clock);
        lease.assertHeld();
        await expect(openLease(data, systemClock)).rejects.toThrow(LeaseTakenError);
        expect(await readLease(data)).toMatchObject({ isHeld: true });
      } finally {
        for (const socket of sockets) socket.destroy();
        stranger.close();
      }
    });

    test("does not let two start when it goes away meanwhile", async () => {
      const stranger = await squat(await labelOfDeadHolder(), (socket) => void socket.destroy());
      await using lease = await openLease(data, clock);
      stranger.close();
      await once(stranger, "close");
      lease.assertHeld();
      await expect(openLease(data, systemClock)).rejects.toThrow(LeaseTakenError);
    });

    test("can't read the data's id off the name", async () => {
      await using lease = await openLease(data, clock);
      lease.assertHeld();
      const { value } = JSON.parse(readFileSync(join(data, "identity.json"), "utf8"));
      expect(readFileSync("/proc/net/unix", "utf8")).not.toContain(value.id);
    });
  },
);
