/** Who answered, in what is told of a campaign and its people. */
import type { CampaignId } from "../../domain/campaign.ts";
import type { AnswerReads } from "../../storage/ports/answers.ts";
import type { ResultRow, Results } from "../amending/amended-results.ts";

/** What a view of a campaign says of answers. */
export interface AnsweredView {
  /** Recipients who answered, automatic answers left out; absent: nobody did, as far as answers are kept. */
  readonly answered?: number;
}

/** A view with how many answered. */
export async function withAnswered<T extends object>(
  view: T | undefined,
  id: CampaignId,
  answers: Pick<AnswerReads, "answered">,
): Promise<(T & AnsweredView) | undefined> {
  if (!view) return undefined;
  const { size } = await answers.answered(id);
  return size === 0 ? view : { ...view, answered: size };
}

/** The results with the moment at which each person answered first. */
export async function withAnswers(
  results: Results | undefined,
  id: CampaignId,
  answers: Pick<AnswerReads, "answered">,
): Promise<Results | undefined> {
  if (!results) return undefined;
  const answered = await answers.answered(id);
  return answered.size === 0 ? results : { ...results, rows: answeredRows(results.rows, answered) };
}

async function* answeredRows(
  rows: AsyncIterable<ResultRow>,
  answered: ReadonlyMap<string, number>,
): AsyncGenerator<ResultRow> {
  for await (const row of rows) {
    const answeredAt = answered.get(row.username);
    yield answeredAt === undefined ? row : { ...row, answeredAt };
  }
}
