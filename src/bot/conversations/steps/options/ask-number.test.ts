import { expect, test } from "vitest";
import { days, percent, wholeNumber } from "./ask-number.ts";

test("a share is taken with its sign or word, in either language's digits, and nothing else is", () => {
  const shares = ["50", "50%", " 50 % ", "%50", "۵۰٪", "٪۵۰", "۵۰ درصد", "50 percent", "50 per cent"];
  expect(shares.filter((text) => percent(text, 99) !== 50)).toEqual([]);
  const others = ["0%", "100%", "50%%", "5.5%", "%", "half", "-5%"];
  expect(others.filter((text) => percent(text, 99) !== undefined)).toEqual([]);
});

test("a number of people is no share", () => {
  expect([wholeNumber("50%", 99), wholeNumber("1,500", 2000)]).toEqual([undefined, 1500]);
});

test("days are taken with their unit and as the buttons write them", () => {
  const typed = ["3", "3 days", "after 3 days", "۳", "۳ روز", "۳روز", "پس از ۳ روز", "بعد از ۳ روز"];
  expect(typed.filter((text) => days(text, 30) !== 3)).toEqual([]);
  const others = ["three days", "3 weeks", "after", "روز", "31 days", "0 days", "1.5 days"];
  expect(others.filter((text) => days(text, 30) !== undefined)).toEqual([]);
});
