/** Taking back and mending in memory: what is asked for is noted, and a test says how it goes. */
import type { AmendmentPlan, AmendmentRequest, Amending } from "../../../src/app/amending/amending.ts";
import { isInScope } from "../../../src/domain/amending/amendment.ts";
import { revisionNumber } from "../../../src/domain/revision.ts";

export interface FakeAmending extends Amending {
  /** What a plan for everybody says; a test writes into it. */
  readonly amendmentPlan: { -readonly [F in keyof AmendmentPlan]: AmendmentPlan[F] };
  /** What was begun, and what was done to it. */
  readonly amendments: (AmendmentRequest | string)[];
}

const nobody = {
  count: 0,
  earlier: 0,
  tooOld: 0,
  unknown: 0,
  optedOut: 0,
  unfit: 0,
  otherLanguage: 0,
  revisions: [],
};

export function createFakeAmending(): FakeAmending {
  const fake: FakeAmending = {
    amendmentPlan: { ...nobody },
    amendments: [],
    async planAmendment(_id, { scope, message }) {
      const preview = message ? { preview: { username: "ali", text: message.text } } : {};
      if (scope.kind === "name") return { ...nobody, count: 1, ...preview };
      const revisions = fake.amendmentPlan.revisions.filter(({ revision }) =>
        isInScope(scope, { username: "", revision: revision - revisionNumber(0) }),
      );
      const count = revisions.reduce((sum, one) => sum + one.count, 0);
      return { ...fake.amendmentPlan, count, revisions, ...preview };
    },
    async amend(id, request) {
      const plan = await fake.planAmendment(id, request);
      if (!plan || plan.count === 0) return { ok: false, problem: "nobody" };
      fake.amendments.push(request);
      return { ok: true, count: plan.count, number: fake.amendments.length };
    },
    amendment: async () => undefined,
    async steerAmending(_id, deed) {
      fake.amendments.push(deed);
      return true;
    },
  };
  return fake;
}
