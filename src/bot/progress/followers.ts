/** Which chats follow which campaigns, and in which message; kept across restarts. */
import type { Document, Followed, ProgressMessages } from "../documents.ts";

/** The record of followers. */
export class Followers {
  readonly #document: Document<ProgressMessages>;

  constructor(document: Document<ProgressMessages>) {
    this.#document = document;
  }

  of(campaignId: string): readonly Followed[] {
    return this.#document.get().filter((one) => one.campaignId === campaignId);
  }

  get(chatId: number, campaignId: string): Followed | undefined {
    return this.of(campaignId).find((one) => one.chatId === chatId);
  }

  all(): readonly Followed[] {
    return this.#document.get();
  }

  /** Makes the chat a follower, or changes what is kept about it. */
  async put(
    chatId: number,
    campaignId: string,
    change: { readonly messageId?: number | undefined; readonly summarised?: boolean } = {},
  ): Promise<void> {
    await this.#document.update((all) => {
      const before = all.find((one) => isOf(one, chatId, campaignId)) ?? {
        chatId,
        campaignId,
        summarised: false,
      };
      const { messageId, ...after } = { ...before, ...change };
      const next = messageId === undefined ? after : { ...after, messageId };
      return [...all.filter((one) => !isOf(one, chatId, campaignId)), next];
    });
  }

  async remove(chatId: number, campaignId: string): Promise<void> {
    await this.#document.update((all) => all.filter((one) => !isOf(one, chatId, campaignId)));
  }
}

function isOf(one: Followed, chatId: number, campaignId: string): boolean {
  return one.chatId === chatId && one.campaignId === campaignId;
}
