/** The cases of the channel contract for abilities beyond sending: who a person is, answers, checks, formatting. */
import { expect, test } from "vitest";
import type { Replies } from "../../src/channels/channel.ts";
import type { Answer } from "../../src/domain/fault.ts";
import type { ChannelUnderTest, Under } from "./channel-under-test.ts";
import { request, send } from "./channel-under-test.ts";

const read = async (it: ChannelUnderTest, cursor?: string, signal = new AbortController().signal) => {
  const [account] = await it.channel.accounts();
  const asked = { account: account!.name, since: 0, ...(cursor === undefined ? {} : { cursor }) };
  return it.run(it.channel.replies!(asked, signal));
};
const textsOf = (answer: Replies) =>
  answer.kind === "replies" ? answer.replies.map(({ username, text }) => [username, text]) : answer.kind;

const check = async (it: ChannelUnderTest, signal = new AbortController().signal) => {
  const [account] = await it.channel.accounts();
  return it.run(it.channel.check!(account!.name, signal));
};

/** Cases for channels with `known`. */
export function testKnowing(under: Under): void {
  test("knows a person by the same id from a message on, each by another, also after a restart", async () => {
    const it = under();
    const [one, other] = [it.reachable[0]!, it.reachable[1]!];
    await send(it, one);
    await send(it, other);
    const ids = [one, other].map((name) => it.known!(name).personId);
    expect(ids[0]).toMatch(/./);
    expect(ids[1]).toMatch(/./);
    expect(ids[0]).not.toBe(ids[1]);
    await it.reopen();
    expect([one, other].map((name) => it.known!(name).personId)).toEqual(ids);
  });

  test("knows nobody it never heard of, and says of nobody that they left who did not", () => {
    const it = under();
    expect(it.known!(it.missing).personId).toBeUndefined();
    for (const name of [it.missing, ...it.reachable]) expect(it.known!(name).hasLeft ?? false).toBe(false);
  });

  test("knows at once who left", async ({ skip }) => {
    const it = under();
    if (!it.leave) return skip();
    await it.leave(it.reachable[0]!);
    expect(it.known!(it.reachable[0]!).hasLeft).toBe(true);
    expect(it.known!(it.reachable[1]!).hasLeft ?? false).toBe(false);
  });
}

/** Cases for channels that read replies. */
export function testReplies(under: Under): void {
  test("reads what people write back, each once, from where it stood before on", async () => {
    const it = under();
    const username = it.reachable[0]!;
    await send(it, username);
    await it.writeBack!(username, "thank you");
    const first = await read(it);
    expect(textsOf(first)).toEqual([[username, "thank you"]]);
    const cursor = first.kind === "replies" ? first.cursor : "";
    expect(textsOf(await read(it, cursor))).toEqual([]);
    await it.writeBack!(username, "stop");
    await it.reopen();
    expect(textsOf(await read(it, cursor))).toEqual([[username, "stop"]]);
  });

  test("takes none of our own messages for an answer", async () => {
    const it = under();
    await send(it, it.reachable[0]!);
    expect(textsOf(await read(it))).toEqual([]);
  });

  test("says that it could not read now when it is stopped", async () => {
    expect((await read(under(), undefined, AbortSignal.abort())).kind).toBe("notNow");
  });
}

/** Cases for channels with `check`. */
export function testChecks(under: Under): void {
  test("tells under which name an account that is well writes, and sends nothing for it", async () => {
    const it = under();
    const answer = await check(it);
    expect(answer).toMatchObject({ kind: "well", username: expect.stringMatching(/^[^@]+$/) });
    for (const { count, left } of answer.kind === "well" ? answer.limits : [])
      expect(left).toBeLessThanOrEqual(count);
    expect(await it.received(it.reachable[0]!)).toBe(0);
  });

  test("calls no account well or ill that it could not ask about", async () => {
    expect((await check(under(), AbortSignal.abort())).kind).toBe("unknown");
  });
}

/** Cases for channels that take formatted text. */
export function testFormatting(under: Under): void {
  test("counts of formatted text what a reader sees", async () => {
    const it = under();
    const { maxMessageLength: most } = it.channel.manifest;
    const { signal } = new AbortController();
    const sendHtml = async (username: string, text: string): Promise<Answer> => {
      const plain = await request(it, username, text);
      return it.run(it.channel.send({ ...plain, extras: { format: "html" } }, signal));
    };
    const fits = `<b>${"x".repeat(most - 1)}</b>&amp;`;
    expect((await sendHtml(it.reachable[0]!, fits)).kind).toBe("delivered");
    expect((await sendHtml(it.reachable[1]!, `${fits}y`)).kind).toBe("rejected");
    expect(await it.received(it.reachable[1]!)).toBe(0);
  });

  test("refuses broken formatting as our own mistake", async () => {
    const it = under();
    const broken = {
      ...(await request(it, it.reachable[0]!, "<b>Hello")),
      extras: { format: "html" },
    } as const;
    const answer = await it.run(it.channel.send(broken, new AbortController().signal));
    expect(answer.kind).toBe("rejected");
    expect(await it.received(it.reachable[0]!)).toBe(0);
  });
}
