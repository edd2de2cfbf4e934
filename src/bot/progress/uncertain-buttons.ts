/**
 * Buttons under what was told once, which lead to recipients who are uncertain. Such a message is never drawn anew, so its
 * button is taken away once nobody is left behind it; which messages have one is on disk with who follows what.
 */
import { UnreadableRecordError } from "../../domain/errors.ts";
import type { Api } from "grammy";
import { GrammyError } from "grammy";
import type { App } from "../../app/app.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import { isRefused } from "../calls/outgoing-lane.ts";
import type { OperatorBook } from "../operator-book.ts";
import { uncertainButton } from "../views/campaigns/uncertain-button.ts";
import { keyboardOf } from "../views/view.ts";
import type { Followers } from "./followers.ts";

interface UncertainButtonsParts {
  readonly app: Pick<App, "view">;
  readonly api: Api;
  readonly operators: OperatorBook;
  readonly followers: Followers;
}

/** Of one campaign in one chat, so many at most are known: those of before are taken away when they are pressed. */
const MOST_KNOWN = 10;

export class UncertainButtons {
  readonly #parts: UncertainButtonsParts;

  constructor(parts: UncertainButtonsParts) {
    this.#parts = parts;
  }

  /** A message was sent with a button for each of these campaigns. */
  async put(chatId: number, messageId: number, campaignIds: readonly CampaignId[]): Promise<void> {
    for (const id of campaignIds) {
      const known = [...this.#known(chatId, id), messageId].slice(-MOST_KNOWN);
      await this.#parts.followers.put(chatId, id, { uncertainIn: known });
    }
  }

  /** There may be something to take away. */
  has(chatId: number, campaignId: CampaignId): boolean {
    return this.#known(chatId, campaignId).length > 0;
  }

  /**
   * Takes one button away, once nobody of the campaign is uncertain.
   * @throws GrammyError, HttpError that leaving the button would not cure, a 429 above all
   */
  async takeOne(chatId: number, campaignId: CampaignId): Promise<"called" | "silent"> {
    const [messageId, ...left] = this.#known(chatId, campaignId);
    if (messageId === undefined || (await this.#uncertain(campaignId)) !== 0) return "silent";
    const view = { text: "", rows: await this.#otherRows(chatId, campaignId, messageId) };
    try {
      await this.#parts.api.editMessageReplyMarkup(chatId, messageId, { reply_markup: keyboardOf(view) });
    } catch (error) {
      if (!(error instanceof GrammyError) || !isRefused(error)) throw error; // else it is gone, or without it already
    }
    await this.#parts.followers.put(chatId, campaignId, { uncertainIn: left });
    return "called";
  }

  /** What else can be pressed under a message that told of several campaigns. */
  async #otherRows(chatId: number, campaignId: CampaignId, messageId: number) {
    const words = this.#parts.operators.wordsFor(chatId);
    const others = this.#parts.followers
      .all()
      .filter((one) => one.chatId === chatId && one.campaignId !== campaignId)
      .filter(({ uncertainIn = [] }) => uncertainIn.includes(messageId));
    const rows = [];
    for (const { campaignId: id } of others) {
      const count = await this.#uncertain(id);
      if (count !== 0) rows.push([uncertainButton(id, count, words)]);
    }
    return rows;
  }

  #known(chatId: number, campaignId: CampaignId): readonly number[] {
    return this.#parts.followers.get(chatId, campaignId)?.uncertainIn ?? [];
  }

  /** "?" where nobody knows: the campaign can't be read. */
  async #uncertain(campaignId: CampaignId): Promise<number | "?"> {
    try {
      return (await this.#parts.app.view(campaignId))?.counts.uncertain ?? 0;
    } catch (error) {
      if (error instanceof UnreadableRecordError) return "?";
      throw error;
    }
  }
}
