import type { DraftExtras } from "../../app/drafts/draft.ts";
import type { Talk } from "./step.ts";

/** Removes the file of a message that nobody will send; a started campaign has a copy of its own. */
export async function forgetFile({ dialogue, parts }: Talk, extras: DraftExtras | undefined): Promise<void> {
  const path = extras?.attachment?.path;
  if (path !== undefined) await dialogue.perform(() => parts.uploads.remove(path).then(() => null));
}
