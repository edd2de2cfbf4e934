/** The X channel on a folder of its own, in front of a fake X whose time, and the channel's, stands still until moved. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { Channel } from "../../src/channels/channel.ts";
import { openXChannel } from "../../src/channels/x/x-channel.ts";
import { createFileBooks } from "../../src/composition/stores/files/file-books.ts";
import type { KnownPerson } from "../../src/domain/recipient.ts";
import { openIdentityStore } from "../../src/storage/files/people/identity-store.ts";
import type { FakeX } from "./fake-x/fake-x.ts";
import { openFakeX } from "./fake-x/fake-x.ts";
import type { FakeXOptions } from "./fake-x/options.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import { createVirtualClock } from "./virtual-clock.ts";

/** Longer than the channel waits for any answer. */
const LONGEST_WAIT_MS = 60_000;

export interface XBench extends AsyncDisposable {
  readonly x: FakeX;
  readonly clock: VirtualClock;
  readonly channel: Channel;
  readonly problems: readonly Error[];
  /** What a claim knows of a name. */
  known(username: string): KnownPerson;
  /** Waits for a promise; time passes only for calls that X lets without an answer. */
  run<T>(promise: Promise<T>): Promise<T>;
  /** Closes the channel and opens it anew on what it kept. */
  reopen(): Promise<void>;
}

/** @param options Of the fake X; one account, `news`, where none is given */
export async function openXBench(options: Partial<FakeXOptions> = {}): Promise<XBench> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-x-"));
  const clock = createVirtualClock();
  const x = await openFakeX({ accounts: [{ name: "news" }], now: () => clock.now(), ...options });
  const accountsFile = join(folder, "x-accounts.json");
  await writeFile(accountsFile, JSON.stringify(x.accountKeys), { mode: 0o600 });
  const problems: Error[] = [];
  let personBook = await openIdentityStore(join(folder, "x-people.jsonl"));
  const onProblem = (error: Error): void => void problems.push(error);
  const open = async (): Promise<Channel> =>
    openXChannel({
      accountsFile,
      personBook,
      apiBaseUrl: x.address,
      limits: await createFileBooks({ dataDir: folder, beforeWrite: () => undefined, onProblem }).xLimits(),
      clock,
      onProblem,
    });
  let channel = await open();
  let silences = 0;
  const silent = (): number => x.calls.filter(({ fault }) => fault === "silent").length;
  return {
    x,
    clock,
    problems,
    known: (username) => personBook.known(username),
    get channel() {
      return channel;
    },
    async run(promise) {
      const progress = { settled: false };
      const note = (): void => void (progress.settled = true);
      promise.then(note, note);
      while (!progress.settled) {
        await turn();
        if (silent() === silences) continue;
        silences = silent();
        await clock.advance(LONGEST_WAIT_MS);
      }
      return promise;
    },
    async reopen() {
      await channel[Symbol.asyncDispose]();
      await personBook[Symbol.asyncDispose]();
      personBook = await openIdentityStore(join(folder, "x-people.jsonl"));
      channel = await open();
    },
    async [Symbol.asyncDispose]() {
      await channel[Symbol.asyncDispose]();
      await personBook[Symbol.asyncDispose]();
      await x[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
