/** Which chats follow which campaigns, and in which message; kept across restarts. */
import type { Document, Followed, ProgressMessages } from "../documents.ts";

/** The record of followers. Chats that may not follow any more are in it but are never answered. */
export class Followers {
  readonly #document: Document<ProgressMessages>;
  readonly #mayFollow: (chatId: number) => boolean;
  #indexed: ProgressMessages | undefined;
  readonly #byCampaign = new Map<string, Followed[]>();

  constructor(document: Document<ProgressMessages>, mayFollow: (chatId: number) => boolean) {
    this.#document = document;
    this.#mayFollow = mayFollow;
  }

  /** The campaign's followers; asked at every event of a campaign, so it costs no more with many campaigns. */
  of(campaignId: string): readonly Followed[] {
    this.#index();
    return this.#allowed(this.#byCampaign.get(campaignId) ?? []);
  }

  get(chatId: number, campaignId: string): Followed | undefined {
    return this.of(campaignId).find((one) => one.chatId === chatId);
  }

  all(): readonly Followed[] {
    this.#index();
    return this.#allowed([...this.#byCampaign.values()].flat());
  }

  /** By the role that they have at this moment. */
  #allowed(followed: readonly Followed[]): readonly Followed[] {
    return followed.filter(({ chatId }) => this.#mayFollow(chatId));
  }

  #index(): void {
    const stored = this.#document.get();
    if (stored === this.#indexed) return;
    this.#indexed = stored;
    this.#byCampaign.clear();
    for (const one of stored)
      this.#byCampaign.set(one.campaignId, [...(this.#byCampaign.get(one.campaignId) ?? []), one]);
  }

  /** Makes the chat a follower, or changes what is kept about it. */
  async put(
    chatId: number,
    campaignId: string,
    change: {
      readonly messageId?: number | undefined;
      readonly summarised?: boolean;
      readonly uncertainIn?: number[];
    } = {},
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
