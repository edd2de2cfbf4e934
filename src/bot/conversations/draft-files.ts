import type { DraftExtras } from "../../app/drafts/draft.ts";
import type { Talk } from "./step.ts";

/** Removes the file of a text that nobody will send; a started campaign has a copy of its own. */
export async function forgetFile(
  { dialogue, parts }: Talk,
  extras: Pick<DraftExtras, "attachment"> | undefined,
): Promise<void> {
  const path = extras?.attachment?.path;
  if (path !== undefined) await dialogue.perform(() => parts.uploads.remove(path).then(() => null));
}

/** The same for all texts of a message. */
export async function forgetFiles(talk: Talk, extras: DraftExtras | undefined): Promise<void> {
  await forgetFile(talk, extras);
  for (const one of extras?.translations ?? []) await forgetFile(talk, one.extras);
}
