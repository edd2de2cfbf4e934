import { once } from "node:events";
import { connect, createServer } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { openWire } from "./wire.ts";

/** Answers what it is told, in capitals. */
async function openEcho() {
  const server = createServer((caller) =>
    caller.on("data", (said) => caller.write(String(said).toUpperCase())),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  const bound = server.address();
  return {
    port: typeof bound === "object" && bound ? bound.port : 0,
    [Symbol.asyncDispose]: async () => void (await once(server.close(), "close")),
  };
}

test("a dead wire holds everything back, and brings it when it is mended whole", async () => {
  await using echo = await openEcho();
  await using wire = await openWire(echo.port);
  const caller = connect(wire.port, "127.0.0.1");
  caller.write("one");
  expect(String((await once(caller, "data"))[0])).toBe("ONE");
  wire.deaden();
  caller.write("two");
  const late = once(caller, "data");
  const fresh = connect(wire.port, "127.0.0.1");
  fresh.write("three");
  await once(fresh, "connect");
  wire.mend("whole");
  expect(String((await late)[0])).toBe("TWO");
  expect(String((await once(fresh, "data"))[0])).toBe("THREE");
});

test("a wire that is cut, or mended broken, ends what went over it and takes new callers", async () => {
  await using echo = await openEcho();
  await using wire = await openWire(echo.port);
  for (const breaks of [() => wire.cut(), () => (wire.deaden(), wire.mend("broken"))]) {
    const caller = connect(wire.port, "127.0.0.1");
    caller.on("error", () => undefined);
    caller.write("one");
    await once(caller, "data");
    breaks();
    expect(await text(caller).catch(() => "")).toBe("");
  }
  const next = connect(wire.port, "127.0.0.1");
  next.write("again");
  expect(String((await once(next, "data"))[0])).toBe("AGAIN");
});
