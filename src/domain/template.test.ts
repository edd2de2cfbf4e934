import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Template } from "./template.ts";
import {
  columnKey,
  fixedText,
  parseTemplate,
  renderTemplate,
  unknownVariables,
  usesVariables,
  variablesOf,
} from "./template.ts";

function templateOf(text: string): Template {
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new Error(`broken at ${parsed.broken}`);
  return parsed.template;
}

const render = (text: string, variables: Record<string, string> = {}): string =>
  renderTemplate(templateOf(text), { username: "ali_1", variables });

test("a variable becomes the recipient's value", () => {
  expect(render("Hi {{name}}, see {{ city }}!", { name: "Sara", city: "Yazd" })).toBe("Hi Sara, see Yazd!");
});

test("the fallback stands in for a blank or missing value", () => {
  expect(render("Hi {{name|dear friend}}", {})).toBe("Hi dear friend");
  expect(render("Hi {{ name | friend }}", { name: "  " })).toBe("Hi friend");
  expect(render("Hi {{name}}", {})).toBe("Hi ");
  expect(render("{{name|a|b}}", {})).toBe("a|b");
});

test("columns are found whatever their case, blanks and letters", () => {
  expect(render("{{FIRST name}}", { First_Name: "Sara" })).toBe("Sara");
  expect(render("سلام {{نام}}", { نام: "سارا" })).toBe("سلام سارا");
  expect(render("{{كد ملي}}", { "کد ملی": "1" })).toBe("1");
  expect(columnKey("نام\u200Cکاربری")).toBe(columnKey("نام کاربری"));
});

test("the username is always known", () => {
  expect(render("@{{username}} {{نام کاربری}} {{Username}}")).toBe("@ali_1 ali_1 ali_1");
  expect(unknownVariables(templateOf("{{username}}"), [])).toEqual([]);
});

test("names of an object's own machinery are no values", () => {
  expect(render("{{constructor|x}}{{__proto__|y}}")).toBe("xy");
});

test("values are not read as templates", () => {
  expect(render("{{a}}", { a: "{{b}}", b: "no" })).toBe("{{b}}");
});

test("single braces are ordinary text", () => {
  expect(render("{a} } { {{{name}}}", { name: "Sara" })).toBe("{a} } { {Sara}");
});

test.each([
  ["Hi {{name, how are you", "{{name, how are you"],
  ["Hi {{name\nnext", "{{name"],
  ["Hi {{}} you", "{{}}"],
  ["Hi {{ | friend}}", "{{ | friend}}"],
  ["Hi {{name} you", "{{name} you"],
  ["Hi {name}} you", "{name}}"],
  ["{{{name}}}}}", "}}"],
  ["{{a {{b}}", "{{a"],
])("%j is reported with %j", (text, shown) => {
  expect(parseTemplate(text)).toEqual({ ok: false, broken: shown });
});

test("unknown variables are named as written, each once", () => {
  const template = templateOf("{{Name}} {{Town}} {{town|x}} {{username}}");
  expect(unknownVariables(template, ["name"])).toEqual(["Town"]);
  expect(variablesOf(template).map(({ key }) => key)).toEqual(["name", "town", "username"]);
});

test("tells whether recipients get different texts, and how long the common part is", () => {
  expect(usesVariables(templateOf("plain"))).toBe(false);
  expect(usesVariables(templateOf("{{a}}"))).toBe(true);
  expect(fixedText(templateOf("ab{{c}}de"))).toBe("abde");
});

test("a text without double braces renders as itself", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!text.includes("{{") && !text.includes("}}"));
      expect(render(text)).toBe(text);
    }),
  );
});

test("every text either renders or is reported, and what is reported stands in it", () => {
  const text = fc
    .array(fc.constantFrom("{", "}", "{{", "}}", "|", "a", " ", "\n"))
    .map((all) => all.join(""));
  fc.assert(
    fc.property(text, (one) => {
      const parsed = parseTemplate(one);
      if (!parsed.ok) expect(one).toContain(parsed.broken);
      else expect(one).toContain(renderTemplate(parsed.template, { username: "", variables: {} })[0] ?? "");
    }),
  );
});
