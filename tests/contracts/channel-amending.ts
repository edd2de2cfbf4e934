/** The cases of the channel contract for taking back and mending what was sent. */
import { expect, test } from "vitest";
import type { Amended, MendRequest, SentRequest } from "../../src/channels/channel.ts";
import type { ChannelUnderTest, Under } from "./channel-under-test.ts";
import { send } from "./channel-under-test.ts";

async function sent(it: ChannelUnderTest, username: string): Promise<SentRequest> {
  const answer = await send(it, username);
  const [account] = await it.channel.accounts();
  const messageId = answer.kind === "delivered" ? answer.messageId : "";
  return { account: account!.name, username, messageId, sentAt: it.amending!.now() };
}

const { signal } = new AbortController();
const takeBack = (it: ChannelUnderTest, one: SentRequest): Promise<Amended> =>
  it.run(it.channel.takeBack!(one, signal));
const mend = (it: ChannelUnderTest, one: SentRequest, more: Partial<MendRequest> = {}): Promise<Amended> =>
  it.run(it.channel.mend!({ ...one, text: "Mended.", isCaption: false, ...more }, signal));

/** Cases for channels that take back. */
export function testTakingBack(under: Under): void {
  test("takes a message back, and nobody else's; once more is answered as done", async () => {
    const it = under();
    const [one, other] = [await sent(it, it.reachable[0]!), await sent(it, it.reachable[1]!)];
    expect(await takeBack(it, one)).toEqual({ kind: "amended" });
    await it.reopen();
    expect(await takeBack(it, one)).toEqual({ kind: "amended" });
    expect(await it.amending!.inboxOf(one.username)).toEqual([]);
    expect(await it.amending!.inboxOf(other.username)).toHaveLength(1);
  });

  test("takes back nothing that is older than it says, and touches nothing then", async ({ skip }) => {
    const it = under();
    const { withinMs } = it.channel.manifest.amends?.takesBack ?? {};
    if (withinMs === undefined) return skip();
    const one = await sent(it, it.reachable[0]!);
    await it.amending!.pass(withinMs + 1000);
    expect(await takeBack(it, one)).toMatchObject({ kind: "recipient", why: "tooOldToTakeBack" });
    expect(await it.amending!.inboxOf(one.username)).toHaveLength(1);
  });

  test("takes back nothing once the signal has fired", async () => {
    const it = under();
    const one = await sent(it, it.reachable[0]!);
    const answer = await it.run(it.channel.takeBack!(one, AbortSignal.abort()));
    expect(["unavailable", "throttled", "withdrawn"]).toContain(answer.kind);
    expect(await it.amending!.inboxOf(one.username)).toHaveLength(1);
  });
}

/** Cases for channels that mend. */
export function testMending(under: Under): void {
  test("puts another text in the place of one, sends no second message, and the same once more is done", async () => {
    const it = under();
    const [one, other] = [await sent(it, it.reachable[0]!), await sent(it, it.reachable[1]!)];
    for (const _ of [1, 2]) expect(await mend(it, one)).toEqual({ kind: "amended" });
    expect(await it.amending!.inboxOf(one.username)).toEqual([it.amending!.seen("Mended.")]);
    expect(await it.amending!.inboxOf(other.username)).not.toContain(it.amending!.seen("Mended."));
  });

  test("mends at any age, and nothing that was taken back or never was", async () => {
    const it = under();
    const [one, gone] = [await sent(it, it.reachable[0]!), await sent(it, it.reachable[1]!)];
    await takeBack(it, gone);
    await it.amending!.pass(72 * 3_600_000);
    expect(await mend(it, one)).toEqual({ kind: "amended" });
    expect(await mend(it, gone)).toMatchObject({ kind: "recipient" });
    expect(await it.amending!.inboxOf(gone.username)).toEqual([]);
  });

  test("refuses a text that is too long or empty as our own mistake, and the message stays", async () => {
    const it = under();
    const one = await sent(it, it.reachable[0]!);
    for (const text of ["x".repeat(it.channel.manifest.maxMessageLength + 1), " "])
      expect(await mend(it, one, { text })).toMatchObject({ kind: "rejected" });
    expect(await it.amending!.inboxOf(one.username)).not.toContain(it.amending!.seen(" "));
  });
}
