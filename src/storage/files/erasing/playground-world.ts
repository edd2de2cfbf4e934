/** What was said in the playground's chats, without one person; places and lengths stay, for the chats are read again. */
import type { ChangeLine, PersonMatch } from "../../ports/erased/person-match.ts";
import { isObject, maskedDeep } from "../../ports/erased/person-match.ts";

/** Fields of the playground's world in which people's words and names stand. */
const WORLD_TEXTS =
  /^(?:text|caption|data|callback_data|url|title|(?:first_|last_|user|file_)?name|label|description)$/;

export function worldWithout(match: PersonMatch): ChangeLine {
  return (line) => {
    const masked = maskedDeep(line, match, (field) => WORLD_TEXTS.test(field));
    return match.isSaidIn(JSON.stringify(line)) ? hiddenDeep(masked, match) : masked;
  };
}

/** What is said to them, by them or about them goes as a whole, for their values stand in it; and what they are called. */
function hiddenDeep(value: unknown, match: PersonMatch): unknown {
  if (Array.isArray(value)) return value.map((one) => hiddenDeep(one, match));
  if (!isObject(value)) return value;
  const isThem = match.aliasOfId(value["id"]) !== undefined;
  const goes = (field: string): boolean =>
    field === "text" || field === "caption" || (isThem && /^(?:first|last)_name$/.test(field));
  return Object.fromEntries(
    Object.entries(value).map(([field, one]) => [
      field,
      typeof one === "string" && goes(field) ? "*".repeat(one.length) : hiddenDeep(one, match),
    ]),
  );
}
