/** What the history takes of other programs' ways in and out: their names, and never a token, a secret or an address. */
import type { Tokens } from "../hooks/tokens.ts";
import type { Webhooks } from "../hooks/webhooks.ts";
import { named } from "./named.ts";
import type { RulesFor } from "./rule.ts";

export const tokens: RulesFor<Tokens> = {
  add: { deed: "addToken", needs: "own", about: ({ name }) => named(name) },
  revoke: { deed: "revokeToken", needs: "own", about: named },
  list: "reads",
  whose: "reads",
};

export const webhooks: RulesFor<Webhooks> = {
  add: { deed: "addWebhook", needs: "own", about: ({ name }) => named(name) },
  remove: { deed: "removeWebhook", needs: "own", about: named },
  rotate: { deed: "rotateWebhook", needs: "own", about: named },
  resume: { deed: "resumeWebhook", needs: "own", about: named },
  test: "reads",
  list: "reads",
  told: "theirs",
  watch: "reads",
};
