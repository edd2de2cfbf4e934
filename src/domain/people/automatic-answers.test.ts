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
  "[Auto-reply] Back on Monday",
  "Out of office: back on Monday. Urgent? Call Sara.",
  "This message was sent automatically.",
  "We're on holiday and will get back to you in May.",
  "Thanks for reaching out! Our team will be in touch soon.",
  "این پیام به صورت خودکار ارسال شده است.",
  "در مرخصی هستم و پس از بازگشت پاسخ می‌دهم.",
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
  "Is this an automatic message?",
  "This is an automated message, right?",
  "Automatic messages are a pest",
  "I hate every automated reply",
  "Thanks for your message! We will be there at 8.",
  "I'm on holiday. See you next week",
  "I was out of office yesterday, sorry. Yes please!",
  "Are you out of the office on Friday?",
  "این پیام خودکار است؟",
  "پاسخ خودکار نفرستید لطفاً، زنگ بزنید",
  "در مرخصی هستم، می‌آیم",
  "می‌شود خارج از ساعت کاری بیایم؟",
  "خارج از ساعت کاری می‌آیم",
  "پیام شما دریافت شد، به زودی می‌آیم",
  "/ by the way",
  "مرخصی می‌گیرم و می‌آیم",
  "پیام شما دریافت شد، ممنون",
  "باشه",
  "",
])("takes %j for a person's", (text) => {
  expect(isAutomaticAnswer(text)).toBe(false);
});
