/** What the ledger promises, broken. */
import type { Mutation } from "./mutation.ts";

const CLAIMING = "storage/files/ledger/claiming.ts";
const LEDGER = "storage/files/ledger/ledger.ts";
const INTERRUPTIONS = "storage/files/ledger/interruptions.ts";
const JOINING = "storage/files/ledger/joining.ts";
const CONTRACT = "tests/contracts/file-ledger.test.ts";

export const ledgerMutations: readonly Mutation[] = [
  {
    what: "the claim reaches the disk after the call began",
    file: CLAIMING,
    from: "await written;",
    to: "void written;",
    seenBy: ["tests/crash/file-faults.test.ts"],
  },
  {
    what: "not debited in the claim",
    file: "domain/journal-fold.ts",
    from: "this.#budget.debit(entry.a, entry.at);",
    to: "",
    seenBy: [CONTRACT, "src/domain/journal-fold.test.ts"],
  },
  {
    what: "a follow-up goes to whoever has the name by now",
    file: CLAIMING,
    from: "if (isOtherPerson(",
    to: "if (false && isOtherPerson(",
    seenBy: [CONTRACT],
  },
  {
    what: "a claim that was left is planned again",
    file: INTERRUPTIONS,
    from: "...(waits ? notCalled(at) : interrupted)",
    to: "...notCalled(at)",
    seenBy: [CONTRACT, "tests/crash/file-faults.test.ts"],
  },
  {
    what: "no look at the lease before the call",
    file: LEDGER,
    from: "    beforeWrite();\n    if (!this.#isOpen(claim) || closedNow",
    to: "    if (!this.#isOpen(claim) || closedNow",
    seenBy: [CONTRACT],
  },
  {
    what: "no look at the lease before a campaign is opened",
    file: "storage/files/ledger/ledger-store.ts",
    from: "parts.beforeWrite(); // whoever",
    to: "// whoever",
    seenBy: [CONTRACT],
  },
  {
    what: "the sweep takes the owner's own claims too",
    file: INTERRUPTIONS,
    from: "id <= last",
    to: "id <= last || true",
    seenBy: [CONTRACT],
  },
  {
    what: "an old claim settles a new one",
    file: LEDGER,
    from: "return id === idOf(this.#parts.fold.openClaim(ordinal)) && !this.#settling.has(ordinal);",
    to: "return id !== '' && this.#parts.fold.openClaim(ordinal) !== undefined && !this.#settling.has(ordinal);",
    seenBy: [CONTRACT],
  },
  {
    what: "the claim does not ask how the campaign is stored",
    file: CLAIMING,
    from: "if (why) return passed.answer(closed(why, at));",
    to: "",
    seenBy: [CONTRACT],
  },
  {
    what: "who is behind a name counts for nothing",
    file: CLAIMING,
    from: 'return writtenTo === recipient.ordinal ? undefined : { reason: "duplicate" };',
    to: 'return writtenTo === -1 ? { reason: "duplicate" } : undefined;',
    seenBy: [CONTRACT],
  },
  {
    what: "two ask about somebody uncertain at once",
    file: LEDGER,
    from: "if (!isUncertain || this.#pursued.has(claim.id)) return false;",
    to: "if (!isUncertain) return false;",
    seenBy: [CONTRACT],
  },
  {
    what: "two endings at once are both taken",
    file: LEDGER,
    from: " && !this.#settling.has(ordinal);",
    to: ";",
    seenBy: [CONTRACT, "tests/model/engine-model.test.ts"],
  },
  {
    what: "an ending is taken whatever the state",
    file: LEDGER,
    from: "if (!this.#isOpen(claim) || !this.#fits(ordinal, settlement)) return false;",
    to: "if (!this.#isOpen(claim)) return false;",
    seenBy: [CONTRACT],
  },
  {
    what: "who may have answered is written to before that is read",
    file: "storage/files/ledger/unheard.ts",
    from: "if (isHeard(inbox, since, now)) continue;",
    to: "if (isHeard(inbox, since, now) || now > 0) continue;",
    seenBy: [CONTRACT, "src/engine/answers/hearing.test.ts"],
  },
  {
    what: "whoever joins is on disk and not in memory",
    file: JOINING,
    from: "fold.grow(fold.size + list.count);",
    to: "",
    seenBy: [CONTRACT, "tests/crash/joining.test.ts"],
  },
  {
    what: "whoever is there already joins again",
    file: JOINING,
    from: "if (isKnown(line.username)) met.known++;",
    to: "if (isKnown(line.username) && met.known < 0) met.known++;",
    seenBy: [CONTRACT, "tests/crash/joining.test.ts"],
  },
  {
    what: "two lists join at once",
    file: JOINING,
    from: "const added = this.#last.then(() => this.#add(names));",
    to: "const added = this.#add(names);",
    seenBy: [CONTRACT],
  },
  {
    what: "whom one account alone may write to is written to by another",
    file: JOINING,
    from: "if (list.through !== undefined) fold.due.bind(list.through, fold.size, list.count);",
    to: "",
    seenBy: [CONTRACT],
  },
  {
    what: "a journal that can't be read is debited at every look",
    file: "storage/files/ledger/replay.ts",
    from: "      if (isRead) budget.debit(account, at);",
    to: "      budget.debit(account, at);",
    seenBy: ["src/storage/files/ledger/fold-snapshot.test.ts", CONTRACT],
  },
  {
    what: "what can't be read is read anew at every look",
    file: "storage/files/ledger/unreadable.ts",
    from: "if (isDamage(cause)) this.#known.set(",
    to: "if (isDamage(cause) && id === '') this.#known.set(",
    seenBy: ["tests/crash/unreadable-journal.test.ts", "src/storage/files/campaigns/campaign-reads.test.ts"],
  },
  {
    what: "whoever looks takes the claims of a living process for abandoned",
    file: "storage/files/campaigns/campaign-reads.ts",
    from: "(await this.#parts.isOwned()) ? [] : interruptions(fold)",
    to: "((await this.#parts.isOwned()) && fold.size < 0) ? [] : interruptions(fold)",
    seenBy: ["src/storage/files/campaigns/campaign-reads.test.ts"],
  },
  {
    what: "a damaged snapshot is believed",
    file: "storage/files/ledger/fold-snapshot.ts",
    from: 'if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32LE(end)) throw new UselessSnapshotError("is damaged");',
    to: "",
    seenBy: ["src/storage/files/ledger/fold-snapshot.test.ts"],
  },
  {
    what: "a snapshot is made of claims that are not on disk yet",
    file: "storage/files/ledger/snapshots.ts",
    from: "while (this.#ahead > 0);",
    to: "while (this.#ahead < 0);",
    seenBy: ["src/storage/files/ledger/snapshots.test.ts"],
  },
  {
    what: "a campaign whose journal is gone begins anew",
    file: "storage/files/campaigns/campaign-folders.ts",
    from: "if (!(await exists(journal)))",
    to: "if (journal === '')",
    seenBy: ["src/storage/files/campaigns/campaign-store.test.ts"],
  },
];
