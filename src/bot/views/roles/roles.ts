/** Who has which role, as the owner sees it, and what can be done about one of them. */
import type { Role, TeamMember } from "../../../app/team/team.ts";
import { givenRoles } from "../../../domain/roles/role.ts";
import { telegramIdIn } from "../../../domain/roles/telegram-id.ts";
import type { Words } from "../../../words/words.ts";
import type { Button, View } from "../view.ts";
import { shorten } from "../../../words/markup.ts";

const MOST_BUTTONS = 20;
/** A phone shows some 36 characters of a button. */
const LONGEST_NAME = 18;

/** What the buttons carry: `r:<word>:<Telegram id>`. */
export const roleWords = [...givenRoles, "ask", "none"] as const;
export type RoleWord = (typeof roleWords)[number];

export function roleChoice(word: RoleWord, id: number): string {
  return `r:${word}:${id}`;
}

export function readRolePress(data: string): { readonly word: RoleWord; readonly id: number } | undefined {
  const [, given, digits = ""] = /^r:(\w+):(\d+)$/.exec(data) ?? [];
  const word = roleWords.find((one) => one === given);
  const id = telegramIdIn(digits);
  return word && id !== undefined ? { word, id } : undefined;
}

/** @param nameOf What somebody is called where it is known */
export function rolesView(
  members: readonly TeamMember[],
  {
    nameOf,
    needsApproval,
    words,
  }: {
    readonly needsApproval: boolean;
    readonly nameOf: (member: Pick<TeamMember, "id" | "name">) => string;
    readonly words: Words;
  },
): View {
  const lines = members.map((one) =>
    words.say("roles-line", { name: nameOf(one), id: String(one.id), role: words.plain(`role-${one.role}`) }),
  );
  const others = members.filter(({ role }) => role !== "owner").slice(0, MOST_BUTTONS);
  return {
    text: [
      words.say("roles-title"),
      ...lines,
      "",
      words.say(needsApproval ? "approval-is-on" : "approval-is-off"),
      "",
      words.say("roles-how"),
    ].join("\n"),
    rows: [
      ...others.map((one): Button[] => [
        {
          label: words.plain("button-role-of", {
            name: shorten(nameOf(one), LONGEST_NAME),
            role: words.plain(`role-${one.role}`),
          }),
          choice: roleChoice("ask", one.id),
        },
      ]),
      [
        {
          label: words.plain(needsApproval ? "button-approval-off" : "button-approval-on"),
          choice: `approval:${needsApproval ? "off" : "on"}`,
        },
      ],
    ],
  };
}

/** The roles that somebody can be given. @param role The one they have */
export function roleQuestion(
  { id, name, role }: { readonly id: number; readonly name: string; readonly role: Role | undefined },
  words: Words,
): View {
  const now =
    role === undefined
      ? words.say("roles-has-none", { name })
      : words.say("roles-has", { name, role: words.plain(`role-${role}`) });
  const meanings = givenRoles.map((one) =>
    words.say("roles-meaning", {
      role: words.plain(`role-${one}`),
      meaning: words.plain(`role-meaning-${one}`),
    }),
  );
  const give = givenRoles
    .filter((one) => one !== role)
    .map((one): Button[] => [{ label: words.plain(`button-role-${one}`), choice: roleChoice(one, id) }]);
  const take: Button[] =
    role === undefined ? [] : [{ label: words.plain("button-role-none"), choice: roleChoice("none", id) }];
  return { text: [now, "", ...meanings].join("\n"), rows: [...give, take] };
}
