import fc from "fast-check";
import { expect, test } from "vitest";
import { textOfHtml } from "../../lib/text/html-text.ts";
import { createRenderer } from "./renderer.ts";

const recipient = (name: string) => ({ ordinal: 0, username: "ali_1", variables: { name } });

test("values stand in plain text as they are", () => {
  expect(createRenderer({ message: "Hi {{name}}" })(recipient("<b>&"))).toBe("Hi <b>&");
});

test("a value can neither break nor forge the formatting of a message in HTML", () => {
  const message = '<b>{{name|<i>friend</i>}}</b> <a href="https://a.example/{{name}}">here</a>';
  const render = createRenderer({ message, extras: { format: "html" } });
  expect(render(recipient('"><a href="x">'))).toContain("<b>&quot;&gt;&lt;a href=&quot;x&quot;&gt;</b>");
  expect(render(recipient(""))).toContain("<b><i>friend</i></b>");
});

test("whatever the value, a reader of the HTML sees exactly it", () => {
  const render = createRenderer({ message: "<b>{{name}}</b>", extras: { format: "html" } });
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(textOfHtml(render(recipient(name)))).toBe(name.trim());
    }),
  );
});
