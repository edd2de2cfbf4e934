import { expect, test } from "vitest";
import { isAutomaticAnswer } from "./automatic-answers.ts";

test.each([
  "/start",
  "/start poster",
  "/HELP@peyk_bot",
  "Automatic reply: I am away",
  "This is an automated response.",
  "I'm out of the office until Monday.",
  "Hi! I am on annual leave until 3 June, please write to Sara.",
  "Thank you for your message! We’ll get back to you within a day.",
  "This inbox is not monitored.",
  "این یک پاسخ خودکار است.",
  "پاسخ‌گوی خودکار: بعداً تماس می‌گیریم",
  "سلام، تا شنبه در مرخصی هستم.",
  "پیام شما دریافت شد، در اولین فرصت پاسخ می‌دهیم.",
  "الان خارج از ساعت كاري هستیم",
])("takes %j for automatic", (text) => {
  expect(isAutomaticAnswer(text)).toBe(true);
});

test.each([
  "Thanks!",
  "Thank you for your message, see you on Friday",
  "Is the office open on Friday?",
  "I'm on leave of my senses, count me in",
  "and/or",
  "/ by the way",
  "مرخصی می‌گیرم و می‌آیم",
  "پیام شما دریافت شد، ممنون",
  "باشه",
  "",
])("takes %j for a person's", (text) => {
  expect(isAutomaticAnswer(text)).toBe(false);
});
