/** Opens what is known of people whatever the campaign, and of those who run Peyk. */
import type { Clock } from "../../../lib/clock.ts";
import type { Opened } from "../../../lib/opened.ts";
import { ANSWERS_FILE, openAnswerStore } from "../../../storage/files/answers/answer-store.ts";
import { OWN_REPLIES_FILE, openOwnReplyStore } from "../../../storage/files/answers/own-reply-store.ts";
import { openAudienceStore } from "../../../storage/files/audiences/audience-store.ts";
import { TAGS_FILE, openTagStore } from "../../../storage/files/audiences/tag-store.ts";
import { createIdentities } from "../../../storage/files/people/identities.ts";
import { createInboxes } from "../../../storage/files/people/inboxes.ts";
import { openReplyCursorStore } from "../../../storage/files/people/reply-cursor-store.ts";
import { SUBSCRIBERS_FILE, openSubscriberStore } from "../../../storage/files/people/subscriber-store.ts";
import type { ErasedNames } from "../../../storage/files/people/suppression-store.ts";
import { SUPPRESSION_FILE, openSuppressionStore } from "../../../storage/files/people/suppression-store.ts";
import { TEAM_FILE, openTeamStore } from "../../../storage/files/team/team-store.ts";

/** What every store is guarded by. */
export interface Guards {
  /** Throws when this process may write no more. */
  readonly beforeWrite: () => void;
  readonly onProblem: (error: Error) => void;
}

/** Where stores are opened, and by what they go. */
export interface StorePlace {
  readonly dataDir: string;
  /** A file of the folder by its name. */
  readonly fileOf: (name: string) => string;
  readonly clock: Clock;
  readonly guards: Guards;
  readonly opened: Opened;
}

export async function openPeople(
  { dataDir, fileOf, clock, guards, opened }: StorePlace,
  erased: ErasedNames | undefined,
) {
  const { beforeWrite, onProblem } = guards;
  return {
    suppression: opened.hold(
      await openSuppressionStore(fileOf(SUPPRESSION_FILE), { clock, ...guards, erased }),
    ),
    subscribers: opened.hold(await openSubscriberStore(fileOf(SUBSCRIBERS_FILE), beforeWrite, onProblem)),
    identities: opened.hold(createIdentities(dataDir, beforeWrite, onProblem)),
    inboxes: createInboxes(clock),
    audiences: await openAudienceStore(dataDir, { clock, ...guards }),
    tags: opened.hold(await openTagStore(fileOf(TAGS_FILE), beforeWrite, onProblem)),
    ownReplies: opened.hold(await openOwnReplyStore(fileOf(OWN_REPLIES_FILE), beforeWrite, onProblem)),
    answerStore: opened.hold(await openAnswerStore(fileOf(ANSWERS_FILE), guards)),
    cursors: await openReplyCursorStore(fileOf("reply-cursors.json"), guards),
    teamStore: await openTeamStore(fileOf(TEAM_FILE), beforeWrite),
  };
}
