/**
 * What every channel promises, whatever it sends through: each adapter runs this suite, and its own manifest says which
 * cases hold for it. The engine relies on nothing beyond these sentences.
 *
 * An adapter's test hands over what it is able to do and how to open it in front of a service that keeps an account of
 * its own (see simulator.test.ts, x.test.ts and telegram.test.ts): the suite judges by what people really got, never by
 * what the channel says it did. Members that are optional belong to one ability; a channel without it leaves them out.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChannelManifest, ReadBack } from "../../src/channels/channel.ts";
import { testMending, testTakingBack } from "./channel-amending.ts";
import { testChecks, testFormatting, testKnowing, testReplies } from "./channel-abilities.ts";
import type { ChannelUnderTest, Under } from "./channel-under-test.ts";
import { request, send } from "./channel-under-test.ts";

/** What a channel is said to be able to do; its manifest must say the same. */
export type Abilities = Pick<
  ChannelManifest,
  "looksUp" | "honoursDedupKey" | "readsBack" | "readsReplies" | "extras" | "amends"
> & {
  /** It has `check`. */
  readonly checks?: boolean;
  /** It finds out who is behind a name. */
  readonly knows?: boolean;
};

/** Registers the contract's cases for one adapter: those for everyone, and those for what it is able to do. */
export function channelContract(
  name: string,
  abilities: Abilities,
  open: () => Promise<ChannelUnderTest>,
): void {
  describe(`${name} keeps the channel's contract`, () => {
    let it: ChannelUnderTest;
    const under = (): ChannelUnderTest => it;
    beforeEach(async () => {
      it = await open();
    });
    afterEach(() => it.close());

    testManifest(under, abilities);
    testSending(under);
    testRefusals(under);
    if (abilities.honoursDedupKey) testDedupKeys(under);
    if (abilities.readsBack) testReadingBack(under);
    if (abilities.looksUp) testLookingUp(under);
    if (abilities.knows) testKnowing(under);
    if (abilities.readsReplies) testReplies(under);
    if (abilities.checks) testChecks(under);
    if (abilities.extras?.formatting) testFormatting(under);
    if (abilities.amends?.takesBack) testTakingBack(under);
    if (abilities.amends?.mends) testMending(under);
  });
}

async function readBack(it: ChannelUnderTest, username: string, text?: string): Promise<ReadBack> {
  const asked = { ...(await request(it, username, text)), claimedAt: it.claimedAt ?? 0 };
  return it.run(it.channel.readBack!(asked, new AbortController().signal));
}

function testManifest(under: Under, abilities: Abilities): void {
  test("has the methods its manifest promises and no others", () => {
    const it = under();
    const { manifest } = it.channel;
    const { checks = false, knows = false, ...promised } = abilities;
    expect(manifest).toMatchObject(promised);
    expect("check" in it.channel).toBe(checks);
    expect(it.known !== undefined).toBe(knows);
    expect("replies" in it.channel).toBe(manifest.readsReplies ?? false);
    expect("readBack" in it.channel).toBe(manifest.readsBack);
    expect("lookUp" in it.channel).toBe(manifest.looksUp);
    expect("takeBack" in it.channel).toBe(manifest.amends?.takesBack !== undefined);
    expect("mend" in it.channel).toBe(manifest.amends?.mends ?? false);
    expect(manifest.maxMessageLength).toBeGreaterThan(0);
  });

  test("names its accounts, each once", async () => {
    const it = under();
    const names = (await it.channel.accounts()).map((account) => account.name);
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
  });
}

function testSending(under: Under): void {
  test("delivers one message to one name and answers its id", async () => {
    const it = under();
    const [first, second] = [await send(it, it.reachable[0]!), await send(it, it.reachable[1]!)];
    expect(first).toEqual({ kind: "delivered", messageId: expect.stringMatching(/./) });
    expect(second.kind === "delivered" && second.messageId).not.toBe(
      first.kind === "delivered" && first.messageId,
    );
    expect(await it.received(it.reachable[0]!)).toBe(1);
    expect(await it.received(it.reachable[2]!)).toBe(0);
  });

  test("says it doesn't know when the signal fires after the request left", async () => {
    const it = under();
    const stop = new AbortController();
    const username = it.timesOut.delivered;
    const sending = it.channel.send(await request(it, username), stop.signal);
    await it.whenLeft(username);
    stop.abort();
    expect((await sending).kind).toBe("uncertain");
  });

  test("says it doesn't know when no answer comes, whether or not the message arrived", async () => {
    const it = under();
    expect((await send(it, it.timesOut.delivered)).kind).toBe("uncertain");
    expect((await send(it, it.timesOut.lost)).kind).toBe("uncertain");
    expect(await it.received(it.timesOut.delivered)).toBe(1);
    expect(await it.received(it.timesOut.lost)).toBe(0);
  });

  test("asks for its permit once nothing is waited for any more, and calls nobody when refused", async ({
    skip,
  }) => {
    const it = under();
    if (!it.channel.manifest.waitsBeforeCall) return skip();
    const [refused, failed, allowed] = it.reachable;
    const { signal } = new AbortController();
    const permitted = async (username: string, permit: () => Promise<boolean>) =>
      it.run(it.channel.send(await request(it, username), signal, permit));
    expect(await permitted(refused!, async () => false)).toMatchObject({ kind: "withdrawn", uncalled: true });
    const full = new Error("ENOSPC");
    await expect(permitted(failed!, () => Promise.reject(full))).rejects.toBe(full);
    const answer = await permitted(allowed!, async () => (await it.received(allowed!)) === 0);
    expect(answer.kind).toBe("delivered");
    expect([await it.received(refused!), await it.received(failed!)]).toEqual([0, 0]);
  });

  test("takes a message of the greatest length it promises", async () => {
    const it = under();
    const text = "x".repeat(it.channel.manifest.maxMessageLength);
    const sending = it.channel.send(await request(it, it.reachable[0]!, text), new AbortController().signal);
    expect((await it.run(sending)).kind).toBe("delivered");
  });
}

function testRefusals(under: Under): void {
  test("tells a name that doesn't exist from one that takes no messages", async () => {
    const it = under();
    expect(await send(it, it.missing)).toMatchObject({ kind: "recipient", state: "notFound" });
    expect(await send(it, it.refusing)).toMatchObject({ kind: "recipient", state: "refused" });
    expect((await it.received(it.missing)) + (await it.received(it.refusing))).toBe(0);
  });

  test("sends nothing once the signal has fired, and says that nothing left", async () => {
    const it = under();
    const username = it.reachable[0]!;
    const answer = await it.run(it.channel.send(await request(it, username), AbortSignal.abort()));
    expect(["unavailable", "throttled", "withdrawn"]).toContain(answer.kind);
    expect(await it.received(username)).toBe(0);
  });

  test("refuses a message that is too long or empty as our own mistake", async () => {
    const it = under();
    const username = it.reachable[0]!;
    const { signal } = new AbortController();
    for (const text of ["x".repeat(it.channel.manifest.maxMessageLength + 1), " "]) {
      expect(await it.run(it.channel.send(await request(it, username, text), signal))).toMatchObject({
        kind: "rejected",
      });
    }
    expect(await it.received(username)).toBe(0);
  });

  test("sends nothing from an account it doesn't have", async () => {
    const it = under();
    const stranger = { ...(await request(it, it.reachable[0]!)), account: "nobody's account" };
    const answer = await it.run(it.channel.send(stranger, new AbortController().signal));
    expect(answer.kind).toBe("account");
    expect(await it.received(it.reachable[0]!)).toBe(0);
  });

  test("shows no message in the reasons it gives", async () => {
    const it = under();
    const text = "our secret recipe";
    for (const username of [it.missing, it.refusing, it.timesOut.delivered, it.timesOut.lost]) {
      const sending = it.channel.send(await request(it, username, text), new AbortController().signal);
      expect(JSON.stringify(await it.run(sending))).not.toContain(text);
    }
  });
}

function testDedupKeys(under: Under): void {
  test("delivers at most once for one key, also after a restart", async () => {
    const it = under();
    const [username, late] = [it.reachable[0]!, it.timesOut.delivered];
    const first = await send(it, username);
    expect(await send(it, username)).toEqual(first);
    await send(it, late);
    await it.reopen();
    expect(await send(it, username)).toEqual(first);
    expect((await send(it, late)).kind).toBe("delivered");
    expect([await it.received(username), await it.received(late)]).toEqual([1, 1]);
  });

  test("delivers once for one key tried twice at the same time", async () => {
    const it = under();
    const username = it.reachable[0]!;
    const [one, other] = await it.run(Promise.all([send(it, username), send(it, username)]));
    expect(one).toEqual(other);
    expect(await it.received(username)).toBe(1);
  });
}

function testReadingBack(under: Under): void {
  test("tells afterwards what arrived, also after a restart", async () => {
    const it = under();
    const { delivered, lost } = it.timesOut;
    const answer = await send(it, it.reachable[0]!);
    for (const username of [delivered, lost]) await send(it, username);
    await it.reopen();
    expect(await readBack(it, it.reachable[0]!)).toEqual(answer);
    expect(await readBack(it, delivered)).toMatchObject({ kind: "delivered" });
    expect(await readBack(it, lost)).toEqual({ kind: "absent" });
    expect(await readBack(it, it.reachable[1]!)).toEqual({ kind: "absent" });
  });

  test("takes no other message for the one asked about", async () => {
    const it = under();
    await send(it, it.reachable[0]!);
    expect(await readBack(it, it.reachable[0]!, "Another message.")).toEqual({ kind: "absent" });
  });

  test("never calls absent what is still under way", async () => {
    const it = under();
    const username = it.timesOut.lost;
    const { signal } = new AbortController();
    const asked = { ...(await request(it, username)), claimedAt: it.claimedAt ?? 0 };
    const [, answer] = await it.run(
      Promise.all([it.channel.send(asked, signal), it.channel.readBack!(asked, signal)]),
    );
    expect(answer.kind).not.toBe("absent");
  });

  test("answers unknown when it is stopped while reading back", async () => {
    const it = under();
    const asked = { ...(await request(it, it.reachable[0]!)), claimedAt: it.claimedAt ?? 0 };
    const answer = await it.run(it.channel.readBack!(asked, AbortSignal.abort()));
    expect(answer.kind).toBe("unknown");
  });
}

function testLookingUp(under: Under): void {
  test("names those who surely don't exist and no one else", async () => {
    const it = under();
    const names = [it.missing, it.refusing, ...it.reachable];
    const missing = await it.run(it.channel.lookUp!(names, new AbortController().signal));
    expect([...missing]).toEqual([it.missing]);
  });

  test("takes as many names at once as it says, and tells each apart", async () => {
    const it = under();
    const { lookUpBatch = 10 } = it.channel.manifest;
    const others = Array.from({ length: lookUpBatch - 2 }, (_, index) => `nobody_${index}`);
    const names = [it.reachable[0]!, ...others, it.reachable[1]!];
    const missing = await it.run(it.channel.lookUp!(names, new AbortController().signal));
    expect(missing.has(it.reachable[0]!) || missing.has(it.reachable[1]!)).toBe(false);
    expect(await it.received(it.reachable[0]!)).toBe(0);
  });
}
