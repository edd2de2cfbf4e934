/**
 * Every test file that starts a Peyk, by the store it keeps everything in. `tests/architecture/stores.test.ts` holds each to
 * exactly one place here, so that nobody forgets the other store.
 */

/** Those that pass on files and on PostgreSQL. */
export const onBoth: readonly string[] = [
  "tests/bot/corrected-list.test.ts",
  "tests/browser/campaign-story.test.ts",
  "tests/browser/leads-story.test.ts",
  "tests/cli/add-names.test.ts",
  "tests/cli/amending.test.ts",
  "tests/cli/answering.test.ts",
  "tests/cli/between-front-ends.test.ts",
  "tests/cli/collect.test.ts",
  "tests/cli/corrected-list.test.ts",
  "tests/cli/do-not-send.test.ts",
  "tests/cli/list-options.test.ts",
  "tests/cli/other-campaigns.test.ts",
  "tests/cli/posts.test.ts",
  "tests/cli/same-campaign.test.ts",
  "tests/cli/send.test.ts",
  "tests/cli/task-ids.test.ts",
  "tests/model/approval.test.ts",
  "tests/model/preview-is-sent.test.ts",
  "tests/model/start-again.test.ts",
  "tests/web/api.test.ts",
];

/** Those that run on files alone, by why they do. */
export const onFiles: Readonly<Record<string, readonly string[]>> = {
  "a data folder is what they are about: its lease, its files, what is damaged in it, who else has it open": [
    "tests/cli/beside-a-running-peyk.test.ts",
    "tests/cli/data-folder.test.ts",
    "tests/cli/private-files.test.ts",
    "tests/crash/backup.test.ts",
    "tests/crash/damaged-stores.test.ts",
    "tests/crash/erase.test.ts",
    "tests/crash/lease.test.ts",
    "tests/crash/stale-process.test.ts",
  ],
  "with everything in PostgreSQL there is no copy to keep there": [
    "tests/cli/sync.test.ts",
    "tests/crash/sync-kills.test.ts",
    "tests/sync/running-program.test.ts",
  ],
  "nothing is kept by what they ask": [
    "tests/cli/terminal.test.ts",
    "tests/documented-options.test.ts",
    "tests/lists/corpus-everywhere.test.ts",
    "tests/lists/reader-process.test.ts",
  ],
  "they bring a PostgreSQL of their own": [
    "tests/cli/serving.test.ts",
    "tests/crash/duty-kills.test.ts",
    "tests/fleet/fleet-run.test.ts",
    "tests/postgres/core.test.ts",
    "tests/postgres/rights.test.ts",
    "tests/postgres/two-cores.test.ts",
  ],
  "not tried on PostgreSQL yet": [
    "src/library.test.ts",
    "tests/bluesky/real-network.test.ts",
    "tests/bot/killed.test.ts",
    "tests/cli/campaign-commands.test.ts",
    "tests/cli/persian-walk.test.ts",
    "tests/cli/saved-texts.test.ts",
    "tests/cli/taking-out.test.ts",
    "tests/cli/who.test.ts",
    "tests/crash/real-kills.test.ts",
    "tests/model/approval-doors.test.ts",
    "tests/strain/strain.test.ts",
    "tests/telegram/answers-end-to-end.test.ts",
    "tests/telegram/subscriber-campaign.test.ts",
    "tests/web/program.test.ts",
    "tests/x/answers-in-chat.test.ts",
    "tests/x/chat-posts.test.ts",
    "tests/x/chat-stops.test.ts",
    "tests/x/chat-x-campaign.test.ts",
    "tests/x/kill-x-campaign.test.ts",
    "tests/x/silent-names.test.ts",
    "tests/x/stops-campaign.test.ts",
  ],
};
