import type { Channel } from "../channels/channel.ts";
import type { DayOf } from "../domain/accounts/calendar-day.ts";
import type { Caps } from "../domain/accounts/limits.ts";
import type { PutBackFolder } from "../domain/restored-mark.ts";
import type { Amender } from "../engine/amending/amender.ts";
import type { SendWindow } from "../domain/when/send-window.ts";
import type { Windows } from "../domain/when/windows.ts";
import type { HeardAnswers } from "../engine/answers/heard-answers.ts";
import type { StoreAway } from "../engine/store-away.ts";
import type { Replier } from "../engine/answers/replier.ts";
import type { Engine } from "../engine/engine.ts";
import type { MadeFile } from "../lib/files/made-file.ts";
import type { ListReader } from "../lists/list-reader.ts";
import type { AudienceStore, TagStore } from "../storage/ports/audiences.ts";
import type { AmendmentStore } from "../storage/ports/amendments.ts";
import type { AnswerStore } from "../storage/ports/answers.ts";
import type { OwnReplyStore } from "../storage/ports/own-replies.ts";
import type { Duties } from "../storage/ports/duties.ts";
import type { CampaignReads } from "../storage/ports/reads.ts";
import type { PersonReads } from "../storage/ports/person-reads.ts";
import type { CampaignStore } from "../storage/ports/campaigns.ts";
import type { LedgerStore } from "../storage/ports/ledger.ts";
import type { Erasing } from "../storage/ports/erasing.ts";
import type { ListStore } from "../storage/ports/lists.ts";
import type { ContactHistory, SubscriberStore } from "../storage/ports/people.ts";
import type { OpenSent } from "./drafts/draft-extras.ts";
import type { DrawGrowth } from "./growth/growth-picture.ts";
import type { DrawReport } from "./report/report-picture.ts";
import type { Welcoming } from "./welcome/welcome.ts";
import type { RecordingParts } from "./history/recording-parts.ts";
import type { WebhookStore } from "../storage/ports/webhooks.ts";
import type { WebhookRunner } from "./hooks/webhook-runner.ts";
import type { ApiTokenStore } from "../storage/ports/api-tokens.ts";
import type { EventFeed, EventHub } from "./event-hub.ts";
import type { LeadsParts } from "./leads/leads-parts.ts";
import type { Team } from "./team/team.ts";
import type { SyncControl } from "./sync-control.ts";

/** What the use cases are made of. */
export interface AppParts extends LeadsParts, Pick<RecordingParts, "history" | "actor"> {
  readonly amender: Amender;
  readonly amendments: AmendmentStore;
  readonly team: Team;
  /** What this data was put back from; absent: it never was. */
  readonly putBack?: PutBackFolder;
  readonly engine: Engine;
  readonly campaigns: CampaignStore;
  readonly ledgers: LedgerStore;
  /** For campaigns that are not open here. */
  readonly reads: CampaignReads;
  /** Who does what, of several processes; absent where one does everything. */
  readonly duties?: Pick<Duties, "holders">;
  /** What is kept, while it is away; absent where it is this process's own. */
  readonly away?: StoreAway;
  /** Looks for one person in all that is kept. */
  readonly person: PersonReads;
  readonly lists: ListStore;
  readonly reader: ListReader;
  /** Reads what operators sent; absent: it lies on this disk. */
  readonly openSent?: OpenSent;
  readonly subscribers: SubscriberStore;
  readonly audiences: AudienceStore;
  readonly welcoming: Pick<Welcoming, "notice">;
  readonly tags: TagStore;
  /** Takes in what people write back. */
  readonly answers: HeardAnswers;
  readonly answerStore: AnswerStore;
  /** Sends what operators write back. */
  readonly replier: Replier;
  readonly ownReplies: OwnReplyStore;
  /** Whether what somebody wrote means "write to me no more". */
  readonly isStop: (text: string) => boolean;
  readonly contacts: ContactHistory;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly events: EventHub;
  /** The same events by number, for whoever reads them in their own time. */
  readonly feed: EventFeed;
  /** What lets other programs in. */
  readonly apiTokens: ApiTokenStore;
  /** Where events are posted to, and who posts them. */
  readonly webhookStore: WebhookStore;
  readonly webhookRunner: WebhookRunner;
  readonly sync: SyncControl;
  readonly erasing: Erasing;
  /** Puts everything that is kept into one file. */
  readonly backup: () => Promise<MadeFile>;
  /** Draws the report's picture. */
  readonly draw: DrawReport;
  readonly drawGrowth: DrawGrowth;
  readonly timeZone: string;
  /** The send window of a campaign that is given none (`SEND_WINDOW`); absent: none. */
  readonly usualWindow?: SendWindow;
  /** How send windows stand. */
  readonly windows: Windows;
  readonly dayOf: DayOf;
  /** Caps of an account for which nothing else is chosen (`MAX_PER_ACCOUNT`). */
  readonly defaultCaps: Caps;
}
