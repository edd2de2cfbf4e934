/**
 * Who may do what, as a person reads it: what a role is for, and not how the rules say it. The rules of the program are held
 * to this table; a command, a button or a deed without a line here fails, and so does a line that nobody needs.
 *
 * Stranger: anybody who writes to the bot. Subscriber: who pressed Start, and is written to. Viewer: sees how everything
 * stands, and takes nothing out of it. Approver: a viewer who says of others' campaigns that they may go out. Operator:
 * sends, changes, stops, collects, takes out. Owner: also decides who may do that, lets programs in, and erases people.
 */
export const everybody = ["stranger", "subscriber", "viewer", "approver", "operator", "owner"] as const;
export type Person = (typeof everybody)[number];

/** What is done, and by whom it can be. */
export type WhoMay = ReadonlyMap<string, ReadonlySet<Person>>;

function table(text: string): WhoMay {
  const [heads = "", ...lines] = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (heads.split(/ +/).join() !== everybody.join()) throw new Error("the columns are others");
  return new Map(
    lines.map((line) => {
      const [deed = "", ...marks] = line.split(/ {2,}/);
      if (marks.length !== everybody.length || marks.some((mark) => mark !== "yes" && mark !== "-"))
        throw new Error(`a line that can't be read: ${line}`);
      return [deed, new Set(everybody.filter((_, at) => marks[at] === "yes"))] as const;
    }),
  );
}

/** What is typed. Anything else that is sent may be an answer in a dialogue, of which only operators have any. */
export const typing = table(`
                  stranger  subscriber  viewer  approver  operator  owner
  /start          yes       yes         yes     yes       yes       yes
  /stop           yes       yes         yes     yes       yes       yes
  /unsubscribe    yes       yes         yes     yes       yes       yes
  /language       yes       yes         yes     yes       yes       yes
  /subscribe      -         -           yes     yes       yes       yes
  /help           -         -           yes     yes       yes       yes
  /status         -         -           yes     yes       yes       yes
  /campaigns      -         -           yes     yes       yes       yes
  /who            -         -           yes     yes       yes       yes
  /answers        -         -           yes     yes       yes       yes
  /report         -         -           yes     yes       yes       yes
  /texts          -         -           yes     yes       yes       yes
  /leads          -         -           yes     yes       yes       yes
  /audiences      -         -           yes     yes       yes       yes
  /subscribers    -         -           yes     yes       yes       yes
  /growth         -         -           yes     yes       yes       yes
  /suppressed     -         -           yes     yes       yes       yes
  /history        -         -           yes     yes       yes       yes
  /accounts       -         -           yes     yes       yes       yes
  /sync           -         -           yes     yes       yes       yes
  /alerts         -         -           yes     yes       yes       yes
  /log            -         -           yes     yes       yes       yes
  /sendback       -         -           -       yes       yes       yes
  /new            -         -           -       -         yes       yes
  /pause          -         -           -       -         yes       yes
  /resume         -         -           -       -         yes       yes
  /cancel         -         -           -       -         yes       yes
  /retry          -         -           -       -         yes       yes
  /change         -         -           -       -         yes       yes
  /schedule       -         -           -       -         yes       yes
  /collect        -         -           -       -         yes       yes
  /tag            -         -           -       -         yes       yes
  /untag          -         -           -       -         yes       yes
  /welcome        -         -           -       -         yes       yes
  /suppress       -         -           -       -         yes       yes
  /unsuppress     -         -           -       -         yes       yes
  /backup         -         -           -       -         yes       yes
  /tokens         -         -           -       -         -         yes
  /webhooks       -         -           -       -         -         yes
  /roles          -         -           -       -         -         yes
  /no_command     -         -           yes     yes       yes       yes
  any words       -         -           -       -         yes       yes
`);

/** What is pressed, by what the button carries; K stands for a key of ten characters. */
export const pressing = table(`
                       stranger  subscriber  viewer  approver  operator  owner
  leave                yes       yes         yes     yes       yes       yes
  c:open:K             -         -           yes     yes       yes       yes
  c:report:K           -         -           yes     yes       yes       yes
  c:details:K          -         -           yes     yes       yes       yes
  c:uncertain:K        -         -           yes     yes       yes       yes
  c:pause:K            -         -           -       -         yes       yes
  c:resume:K           -         -           -       -         yes       yes
  c:goOn:K             -         -           -       -         yes       yes
  c:more:K             -         -           -       -         yes       yes
  c:first:K            -         -           -       -         yes       yes
  c:startNow:K         -         -           -       -         yes       yes
  c:askCancel:K        -         -           -       -         yes       yes
  c:cancel:K           -         -           -       -         yes       yes
  c:askEndFollow:K     -         -           -       -         yes       yes
  c:endFollow:K        -         -           -       -         yes       yes
  c:retry:K            -         -           -       -         yes       yes
  c:change:K           -         -           -       -         yes       yes
  c:again:K            -         -           -       -         yes       yes
  c:amendPause:K       -         -           -       -         yes       yes
  c:amendResume:K      -         -           -       -         yes       yes
  c:amendStop:K        -         -           -       -         yes       yes
  c:results:K          -         -           -       -         yes       yes
  c:csv:K              -         -           -       -         yes       yes
  c:json:K             -         -           -       -         yes       yes
  c:askCleanup:K       -         -           -       -         yes       yes
  c:cleanup:K          -         -           -       -         yes       yes
  c:keep:K             -         -           -       -         yes       yes
  u:check:K:K          -         -           -       -         yes       yes
  u:sent:K:K           -         -           -       -         yes       yes
  u:askAgain:K:K       -         -           -       -         yes       yes
  u:again:K:K          -         -           -       -         yes       yes
  u:skip:K:K           -         -           -       -         yes       yes
  u:undecided:K:K      -         -           -       -         yes       yes
  v:next:K:K           -         -           yes     yes       yes       yes
  v:look:K:K           -         -           yes     yes       yes       yes
  v:keep:K:K           -         -           -       -         yes       yes
  v:allSent:K:K        -         -           -       -         yes       yes
  v:askAllAgain:K:K    -         -           -       -         yes       yes
  v:allAgain:K:K       -         -           -       -         yes       yes
  v:allSkip:K:K        -         -           -       -         yes       yes
  w:page:0:ali         -         -           yes     yes       yes       yes
  w:block:0:ali        -         -           -       -         yes       yes
  w:askAllow:0:ali     -         -           -       -         yes       yes
  w:allow:0:ali        -         -           -       -         yes       yes
  w:resolve:0:ali      -         -           -       -         yes       yes
  w:askBack:0:ali      -         -           -       -         yes       yes
  w:back:0:ali         -         -           -       -         yes       yes
  w:keep:0:ali         -         -           -       -         yes       yes
  w:tags:0:ali         -         -           -       -         yes       yes
  w:export:0:ali       -         -           -       -         yes       yes
  w:askErase:0:ali     -         -           -       -         -         yes
  w:erase:0:ali        -         -           -       -         -         yes
  l:open:K             -         -           yes     yes       yes       yes
  l:targets:K          -         -           yes     yes       yes       yes
  l:pause:K            -         -           -       -         yes       yes
  l:resume:K           -         -           -       -         yes       yes
  l:askCancel:K        -         -           -       -         yes       yes
  l:cancel:K           -         -           -       -         yes       yes
  l:export:K           -         -           -       -         yes       yes
  l:csv:K              -         -           -       -         yes       yes
  l:xlsx:K             -         -           -       -         yes       yes
  l:json:K             -         -           -       -         yes       yes
  l:jsonl:K            -         -           -       -         yes       yes
  l:askSuppress:K      -         -           -       -         yes       yes
  l:suppress:K         -         -           -       -         yes       yes
  l:askReset:K         -         -           -       -         yes       yes
  l:reset:K            -         -           -       -         yes       yes
  l:keep:K             -         -           -       -         yes       yes
  h:0:                 -         -           yes     yes       yes       yes
  h:file:              -         -           -       -         yes       yes
  dns:0:               -         -           yes     yes       yes       yes
  dns:file             -         -           -       -         yes       yes
  an:card:1:K          -         -           yes     yes       yes       yes
  an:who:1:K           -         -           yes     yes       yes       yes
  an:block:1:K         -         -           -       -         yes       yes
  as:1:K               -         -           -       -         yes       yes
  ak:on:x              -         -           -       -         yes       yes
  ak:off:x             -         -           -       -         yes       yes
  ak:ask:x             -         -           -       -         yes       yes
  ak:leave:x           -         -           -       -         yes       yes
  aud:look:K           -         -           yes     yes       yes       yes
  aud:ask:K            -         -           -       -         yes       yes
  aud:remove:K         -         -           -       -         yes       yes
  aud:keep:K           -         -           -       -         yes       yes
  wt:on:K:ali          -         -           -       -         yes       yes
  wt:off:K:ali         -         -           -       -         yes       yes
  text:look:a          -         -           yes     yes       yes       yes
  text:delete:a        -         -           -       -         yes       yes
  welcome:on:0         -         -           -       -         yes       yes
  welcome:off:0        -         -           -       -         yes       yes
  growth:7             -         -           yes     yes       yes       yes
  language:en          -         -           yes     yes       yes       yes
  language:fa          -         -           yes     yes       yes       yes
  log:all              -         -           yes     yes       yes       yes
  quiet:off            -         -           yes     yes       yes       yes
  quiet:22-7           -         -           yes     yes       yes       yes
  sync:look            -         -           yes     yes       yes       yes
  sync:usual           -         -           -       -         yes       yes
  sync:real-time       -         -           -       -         yes       yes
  sync:off             -         -           -       -         yes       yes
  go:campaigns         -         -           yes     yes       yes       yes
  go:new               -         -           -       -         yes       yes
  go:draft             -         -           -       -         yes       yes
  go:sample            -         -           -       -         yes       yes
  go:collect           -         -           -       -         yes       yes
  go:optouts           -         -           -       -         yes       yes
  go:audience          -         -           -       -         yes       yes
  go:welcome           -         -           -       -         yes       yes
  go:use-K             -         -           -       -         yes       yes
  go:aud-K             -         -           -       -         yes       yes
  go:write-ali         -         -           -       -         yes       yes
  go:change-text-K     -         -           -       -         yes       yes
  go:again-failed-K    -         -           -       -         yes       yes
  over:new             -         -           -       -         yes       yes
  over:stay            -         -           -       -         yes       yes
  over:sample          -         -           -       -         yes       yes
  over:collect         -         -           -       -         yes       yes
  over:optouts         -         -           -       -         yes       yes
  over:audience        -         -           -       -         yes       yes
  over:welcome         -         -           -       -         yes       yes
  over:use-K           -         -           -       -         yes       yes
  over:aud-K           -         -           -       -         yes       yes
  over:write-ali       -         -           -       -         yes       yes
  over:change-text-K   -         -           -       -         yes       yes
  over:again-failed-K  -         -           -       -         yes       yes
  at:K:1:UTC           -         -           -       -         yes       yes
  d:0:0:go             -         -           -       -         yes       yes
  a:ok:K:K             -         -           -       yes       yes       yes
  a:back:K:K           -         -           -       yes       yes       yes
  approval:on          -         -           -       -         -         yes
  approval:off         -         -           -       -         -         yes
  r:ask:1              -         -           -       -         -         yes
  r:none:1             -         -           -       -         -         yes
  r:operator:1         -         -           -       -         -         yes
  r:approver:1         -         -           -       -         -         yes
  r:viewer:1           -         -           -       -         -         yes
  hook:look:a          -         -           -       -         -         yes
  hook:test:a          -         -           -       -         -         yes
  hook:rotate:a        -         -           -       -         -         yes
  hook:resume:a        -         -           -       -         -         yes
  hook:remove:a        -         -           -       -         -         yes
  hook:wipe            -         -           -       -         -         yes
  token:revoke:a       -         -           -       -         -         yes
  token:wipe           -         -           -       -         -         yes
  of:another:age       -         -           -       -         yes       yes
`);

/** What is done at last, by whatever way it was asked for in the chat: also in a dialogue that began under another role. */
export const doing = table(`
                          stranger  subscriber  viewer  approver  operator  owner
  approve                 -         -           -       yes       yes       yes
  sendBack                -         -           -       yes       yes       yes
  start                   -         -           -       -         yes       yes
  testSend                -         -           -       -         yes       yes
  pause                   -         -           -       -         yes       yes
  resume                  -         -           -       -         yes       yes
  confirmRestored         -         -           -       -         yes       yes
  backup                  -         -           -       -         yes       yes
  goFirst                 -         -           -       -         yes       yes
  cancelFollowUps         -         -           -       -         yes       yes
  cancel                  -         -           -       -         yes       yes
  retryFailed             -         -           -       -         yes       yes
  resolve                 -         -           -       -         yes       yes
  resolveAll              -         -           -       -         yes       yes
  exportResults           -         -           -       -         yes       yes
  exportPerson            -         -           -       -         yes       yes
  honourCheckpoint        -         -           -       -         yes       yes
  cleanup                 -         -           -       -         yes       yes
  addNames                -         -           -       -         yes       yes
  change                  -         -           -       -         yes       yes
  amend                   -         -           -       -         yes       yes
  steerAmending           -         -           -       -         yes       yes
  startNow                -         -           -       -         yes       yes
  moveStart               -         -           -       -         yes       yes
  answers.keep            -         -           -       -         yes       yes
  answers.reply           -         -           -       -         yes       yes
  answers.replyIfAlone    -         -           -       -         yes       yes
  audiences.keep          -         -           -       -         yes       yes
  audiences.define        -         -           -       -         yes       yes
  audiences.rename        -         -           -       -         yes       yes
  audiences.remove        -         -           -       -         yes       yes
  audiences.tag           -         -           -       -         yes       yes
  audiences.untag         -         -           -       -         yes       yes
  welcome.begin           -         -           -       -         yes       yes
  welcome.turn            -         -           -       -         yes       yes
  suppress.add            -         -           -       -         yes       yes
  suppress.remove         -         -           -       -         yes       yes
  suppress.importList     -         -           -       -         yes       yes
  leads.collect           -         -           -       -         yes       yes
  leads.pause             -         -           -       -         yes       yes
  leads.resume            -         -           -       -         yes       yes
  leads.cancel            -         -           -       -         yes       yes
  leads.reset             -         -           -       -         yes       yes
  leads.exportLeads       -         -           -       -         yes       yes
  leads.addToSuppression  -         -           -       -         yes       yes
  sync.start              -         -           -       -         yes       yes
  sync.stop               -         -           -       -         yes       yes
  team.give               -         -           -       -         -         yes
  team.take               -         -           -       -         -         yes
  team.requireApproval    -         -           -       -         -         yes
  tokens.add              -         -           -       -         -         yes
  tokens.revoke           -         -           -       -         -         yes
  webhooks.add            -         -           -       -         -         yes
  webhooks.remove         -         -           -       -         -         yes
  webhooks.rotate         -         -           -       -         -         yes
  webhooks.resume         -         -           -       -         -         yes
  erase                   -         -           -       -         -         yes
`);

/** What a button of that line carries. */
export function dataOf(line: string): string {
  return line.replaceAll(/(?<=[:-])K(?=:|$)/g, "aaaaaaaaaa");
}
