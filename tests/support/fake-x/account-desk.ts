/** The accounts with their keys, what they may do, and what troubles them. */
import { createHash } from "node:crypto";
import type { FakeAccount, Trouble } from "./options.ts";
import type { Population, Person } from "./population.ts";
import type { Reply } from "./refusals.ts";
import { refusals } from "./refusals.ts";
import type { Keys } from "./signature.ts";

export interface Account extends Keys {
  readonly name: string;
  readonly app: string;
  readonly permission: "readWrite" | "readWriteDm";
  readonly person: Person;
  /** Messages it tried to send. */
  tried: number;
  troubles: { readonly trouble: Trouble; left: number }[];
}

/** Troubles of the whole account, not only of its messages. */
const wholeAccount: readonly string[] = ["locked", "suspended", "unauthorized", "badToken", "notEnrolled"];

export class AccountDesk {
  readonly #accounts: readonly Account[];

  constructor(given: readonly FakeAccount[], people: Population) {
    this.#accounts = given.map((one) => opened(one, people.everNamed(one.name)));
  }

  get all(): readonly Account[] {
    return this.#accounts;
  }

  withToken(accessToken: string | undefined): Account | undefined {
    return this.#accounts.find((one) => one.accessToken === accessToken);
  }

  named(name: string): Account {
    const account = this.#accounts.find((one) => one.name === name);
    if (!account) throw new Error(`there is no account ${name}`);
    return account;
  }

  /** What stands in the way of this call; counts messages that are tried. */
  obstacle(account: Account, isMessage: boolean): Reply | undefined {
    if (isMessage) account.tried += 1;
    const active = account.troubles.find(({ trouble, left }) => {
      const concerns = isMessage || wholeAccount.includes(trouble.refusal);
      return concerns && left > 0 && account.tried >= trouble.atMessage;
    });
    if (!active) return undefined;
    active.left -= 1;
    return refusals[active.trouble.refusal];
  }
}

function opened(
  { name, app = "app", permission = "readWriteDm", troubles = [] }: FakeAccount,
  person: Person,
): Account {
  return {
    name,
    app,
    permission,
    person,
    tried: 0,
    troubles: troubles.map((trouble) => ({ trouble, left: trouble.times ?? Infinity })),
    ...madeUpKeys(name, app, person.id),
  };
}

/** Keys that look like X's; the secrets hold signs that a careless signature encodes wrongly. */
function madeUpKeys(name: string, app: string, id: string): Keys {
  return {
    apiKey: digest(`key of ${app}`).slice(0, 25),
    apiSecret: `${digest(`secret of ${app}`)}!*'()+/~`,
    accessToken: `${id}-${digest(`token of ${name}`).slice(0, 40)}`,
    accessSecret: `${digest(`secret of ${name}`)}&=%25`,
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
