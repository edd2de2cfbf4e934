import { EventEmitter, once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LogWriteError, openAppendLog } from "./append-log.ts";
import type { LogFile } from "./log-file.ts";
import { openLogFile } from "./log-file.ts";
import { CorruptLogError } from "./log-lines.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "append-log-"));
  path = join(folder, "journal.jsonl");
});

afterEach(() => rmSync(folder, { recursive: true }));

async function linesOf(file: string): Promise<string[]> {
  const lines: string[] = [];
  const log = await openAppendLog(file, { onLine: (line) => lines.push(line) });
  await log[Symbol.asyncDispose]();
  return lines;
}

/** A real file of which single operations are replaced. */
function openWith(faults: (file: LogFile) => Partial<LogFile>) {
  return async (file: string): Promise<LogFile> => {
    const real = await openLogFile(file);
    return { ...real, ...faults(real) };
  };
}

function refuse(): never {
  throw new Error("the lease is lost");
}

function fault(code: string): Error {
  return Object.assign(new Error(`${code}: the disk says no`), { code });
}

describe("an append log", () => {
  test("has a line on disk when its append resolves, and keeps the order", async () => {
    const log = await openAppendLog(path);
    await log.append("one");
    expect(readFileSync(path, "utf8")).toBe("one\n");
    await log.appendMany(["two", "سه"]);
    expect(log.size).toBe(13);
    await log[Symbol.asyncDispose]();
    expect(await linesOf(path)).toEqual(["one", "two", "سه"]);
  });

  test("makes lines appended at the same time durable with one write and one sync", async () => {
    const calls: string[] = [];
    const openFile = openWith((real) => ({
      write: (bytes, offset) => (calls.push("write"), real.write(bytes, offset)),
      sync: () => (calls.push("sync"), real.sync()),
    }));
    await using log = await openAppendLog(path, { openFile });
    calls.length = 0;
    await Promise.all(Array.from({ length: 100 }, (_, index) => log.append(`${index}`)));
    expect(calls).toEqual(["write", "sync"]);
  });

  test("puts all who append again when woken into one batch, not into two halves", async () => {
    let syncs = 0;
    const openFile = openWith((real) => ({ sync: () => (syncs++, real.sync()) }));
    await using log = await openAppendLog(path, { openFile });
    syncs = 0;
    const sender = async (): Promise<void> => {
      for (let turn = 0; turn < 10; turn++) await log.append("x");
    };
    await Promise.all(Array.from({ length: 8 }, sender));
    expect(syncs).toBe(10);
  });

  test("resolves no append before the sync after its write has ended", async () => {
    const disk = new EventEmitter();
    let isSlow = false;
    const openFile = openWith((real) => ({
      sync: async () => void (isSlow ? await once(disk, "done") : await real.sync()),
    }));
    await using log = await openAppendLog(path, { openFile });
    isSlow = true;
    let isDurable = false;
    const appended = log.append("one").then(() => (isDurable = true));
    while (readFileSync(path, "utf8") === "") await new Promise(setImmediate);
    expect(isDurable).toBe(false);
    disk.emit("done");
    await appended;
    expect(isDurable).toBe(true);
  });

  test("finishes a write that the disk took only a part of", async () => {
    const openFile = openWith((real) => ({
      write: (bytes, offset) => real.write(bytes.subarray(0, offset + 3), offset),
    }));
    await using log = await openAppendLog(path, { openFile });
    await log.appendMany(["first line", "second line"]);
    expect(readFileSync(path, "utf8")).toBe("first line\nsecond line\n");
  });

  test("writes a batch of very many lines whole", async () => {
    const many = Array.from({ length: 30_000 }, (_, index) => `line ${index}`);
    const log = await openAppendLog(path);
    await log.appendMany(many);
    await log[Symbol.asyncDispose]();
    expect(await linesOf(path)).toEqual(many);
  });

  test("refuses a line that holds a newline", async () => {
    await using log = await openAppendLog(path);
    await expect(log.append("a\nb")).rejects.toThrow(TypeError);
    await log.append("c");
    expect(readFileSync(path, "utf8")).toBe("c\n");
  });
});

describe("opening an append log", () => {
  test("drops a torn last line and goes on after the last whole one", async () => {
    writeFileSync(path, 'whole\n{"torn":');
    const log = await openAppendLog(path);
    expect(log.size).toBe(6);
    expect(readFileSync(path, "utf8")).toBe("whole\n");
    await log.append("next");
    await log[Symbol.asyncDispose]();
    expect(await linesOf(path)).toEqual(["whole", "next"]);
  });

  test("drops nothing when this process may not write: another may be in the midst of that line", async () => {
    writeFileSync(path, 'whole\n{"half":');
    await expect(openAppendLog(path, { beforeWrite: refuse })).rejects.toThrow("the lease is lost");
    expect(readFileSync(path, "utf8")).toBe('whole\n{"half":');
  });

  test.each([1, 2, 3, 5, 8])("survives a cut %i bytes before the end, wherever that is", async (cut) => {
    const bytes = Buffer.from("aa\nپیک\nbbb\n");
    writeFileSync(path, bytes.subarray(0, bytes.length - cut));
    const whole = bytes
      .subarray(0, bytes.length - cut)
      .toString()
      .split("\n")
      .slice(0, -1);
    expect(await linesOf(path)).toEqual(whole);
    expect(await linesOf(path)).toEqual(whole);
  });

  test("names file and line of a line that can't be understood", async () => {
    writeFileSync(path, '{"a":1}\n\0\0\0\0\n{"a":2}\n');
    const opened = openAppendLog(path, { onLine: (line) => void JSON.parse(line) });
    await expect(opened).rejects.toThrow(CorruptLogError);
    await expect(opened).rejects.toMatchObject({ path, lineNumber: 2 });
    await expect(opened).rejects.toThrow(`${path}, line 2: `);
    expect(readFileSync(path, "utf8")).toHaveLength(21);
  });

  test("names the line that holds bytes which are no text", async () => {
    writeFileSync(path, "fine \uFFFD\nfine\n");
    appendFileSync(path, Buffer.from([0x61, 0xff, 0x0a]));
    await expect(linesOf(path)).rejects.toMatchObject({ path, lineNumber: 3 });
  });

  test("reads lines of many chunks, and lines longer than a chunk, once and in order", async () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => `${index} ${"پیک".repeat(index % 20)}`);
    lines.splice(20_000, 0, "long ".repeat(700_000));
    writeFileSync(path, `${lines.join("\n")}\n`);
    expect(await linesOf(path)).toEqual(lines);
  });

  test("syncs what it read, so that nothing is relied on that a power cut could take back", async () => {
    writeFileSync(path, "read\n");
    const calls: string[] = [];
    const openFile = openWith((real) => ({ sync: () => (calls.push("sync"), real.sync()) }));
    const log = await openAppendLog(path, { openFile, onLine: (line) => calls.push(line) });
    await log[Symbol.asyncDispose]();
    expect(calls).toEqual(["read", "sync"]);
  });

  test("fails in a folder that isn't there", async () => {
    await expect(openAppendLog(join(folder, "none", "x"))).rejects.toThrow("ENOENT");
  });
});

describe("a broken append log", () => {
  test("rejects everything waiting and everything later with the error of the first failed write", async () => {
    let writes = 0;
    const openFile = openWith((real) => ({
      write: (bytes, offset) => {
        if (++writes === 2) throw fault("ENOSPC");
        return real.write(bytes, offset);
      },
    }));
    await using log = await openAppendLog(path, { openFile });
    await log.append("one");
    const results = await Promise.allSettled([log.append("two"), log.append("three")]);
    const later = await log.append("four").catch((error: unknown) => error);
    expect(later).toBeInstanceOf(LogWriteError);
    expect(later).toMatchObject({ path, cause: { code: "ENOSPC" } });
    expect(results).toEqual([1, 2].map(() => ({ status: "rejected", reason: later })));
    expect(writes).toBe(2);
    expect(readFileSync(path, "utf8")).toBe("one\n");
  });

  test("writes nothing after half a line", async () => {
    const openFile = openWith((real) => ({
      write: (bytes, offset) => {
        if (offset > 0) throw fault("EIO");
        return real.write(bytes.subarray(0, 4), 0);
      },
    }));
    await using log = await openAppendLog(path, { openFile });
    await expect(log.append("something")).rejects.toThrow("EIO");
    await expect(log.append("more")).rejects.toThrow("EIO");
    expect(readFileSync(path, "utf8")).toBe("some");
    expect(await linesOf(path)).toEqual([]);
  });

  test("never tries a failed sync again, and rejects what was appended meanwhile", async () => {
    let syncs = 0;
    let during: Promise<void> | undefined;
    const openFile = openWith((real) => ({
      sync: async () => {
        if (++syncs === 1) return real.sync();
        during = log.append("meanwhile");
        during.catch(() => {});
        throw fault("EIO");
      },
    }));
    const log = await openAppendLog(path, { openFile });
    await expect(log.append("one")).rejects.toThrow("EIO");
    await expect(during).rejects.toThrow("EIO");
    await expect(log.appendMany(["two", "three"])).rejects.toThrow("EIO");
    await log[Symbol.asyncDispose]();
    expect(syncs).toBe(2);
  });

  test("goes on once there is room, where its lines stand each by itself, and leaves no half a line", async () => {
    let isFull = false;
    const noRoom = Object.assign(fault("ENOSPC"), { syscall: "write" });
    const openFile = openWith((real) => ({
      write: (bytes, offset) => {
        if (!isFull) return real.write(bytes, offset);
        if (offset > 0) throw noRoom;
        return real.write(bytes.subarray(0, 2), 0);
      },
    }));
    const log = await openAppendLog(path, { openFile, outlivesFullDisk: true });
    await log.append("one");
    isFull = true;
    await expect(Promise.all([log.append("two"), log.append("three")])).rejects.toThrow("ENOSPC");
    await expect(log.append("four")).rejects.toThrow("ENOSPC");
    isFull = false;
    await log.append("five");
    await log[Symbol.asyncDispose]();
    expect(readFileSync(path, "utf8")).toBe("one\nfive\n");
  });

  test("writes not a byte once the guard before each write has thrown", async () => {
    const lost = new Error("the lease is lost");
    let isHeld = true;
    await using log = await openAppendLog(path, {
      beforeWrite: () => {
        if (!isHeld) throw lost;
      },
    });
    await log.append("one");
    isHeld = false;
    await expect(log.append("two")).rejects.toBe(lost);
    isHeld = true;
    await expect(log.append("three")).rejects.toBe(lost);
    expect(readFileSync(path, "utf8")).toBe("one\n");
  });
});

describe("closing an append log", () => {
  test("flushes what waits, then refuses", async () => {
    const log = await openAppendLog(path);
    const waiting = log.append("last");
    await log[Symbol.asyncDispose]();
    await waiting;
    await expect(log.append("later")).rejects.toThrow(`${path} is closed`);
    expect(readFileSync(path, "utf8")).toBe("last\n");
  });

  test("twice closes the file once", async () => {
    let closed = 0;
    const openFile = openWith((real) => ({ close: () => (closed++, real.close()) }));
    const log = await openAppendLog(path, { openFile });
    await Promise.all([log[Symbol.asyncDispose](), log[Symbol.asyncDispose]()]);
    await log[Symbol.asyncDispose]();
    expect(closed).toBe(1);
  });
});
