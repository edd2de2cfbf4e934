### Every word a person reads in the chat, in English. fa.ftl has the same ids in the same order, with the same variables.
### ISO() keeps a name apart from the sentence around it; CODE() does too and sets it as code. Ids come as strings, quantities as numbers.

## Commands, as Telegram's menu lists them

command-start = What Peyk does and where to begin
command-new = Prepare a campaign
command-campaigns = All campaigns
command-who = Everything about one person
command-answers = What people answered
command-status = How the current campaigns stand
command-pause = Pause a campaign
command-resume = Let a paused campaign go on
command-cancel = Leave a dialogue, or cancel a campaign
command-retry = Try the failed ones again
command-change = Change a campaign while it runs
command-schedule = Campaigns that wait for their start
command-report = Report: picture and results
command-texts = Messages that were saved to be used again
command-collect = Collect an exact number of leads
command-leads = Lists of leads and how collecting goes
command-suppress = Do-not-send list
command-suppressed = Who is on the do-not-send list
command-history = Who did what
command-roles = Who has which role
command-sendback = Send a campaign back instead of approving it
command-subscribers = Who is subscribed, and the link to share
command-growth = How many joined, left and blocked the bot, as a picture
command-audiences = People kept under a name, for the next campaign
command-tag = Put a tag on people, and see all tags
command-untag = Take a tag from people
command-welcome = Write once to each new subscriber
command-accounts = Account status
command-sync = The copy in PostgreSQL
command-backup = Everything that is kept, in one file
command-tokens = Let other programs in
command-webhooks = Tell other programs what happens
command-alerts = When to hear nothing of what has stopped
command-log = How much is written here while sending
command-language = English or فارسی
command-help = All commands
public-command-start = Subscribe
public-command-language = The language of the messages
public-command-stop = Unsubscribe

## Time

moment-today = today at { $time }
moment-tomorrow = tomorrow at { $time }
moment-date = { $date } at { $time }
moment-full = { $weekday }, { $date }, { $time } ({ ISO($zone) }, { ISO($offset) })
moment-full-utc = { $weekday }, { $date }, { $time } ({ ISO($zone) })
moment-problem-notUnderstood = This part could not be read: { ISO($text) }. Write a day and a time, like tomorrow 9:00, friday 18:30 or 2026-12-05 09:00.
moment-problem-noTime = The day is clear, but there is no time: add one, like 9:00 or 18:30.
moment-problem-noYear = This date can be read in several ways: write it with the whole year, like 2026-12-05.
moment-problem-noSuchDay = There is no such day in the calendar.
moment-problem-noSuchTime = There is no such time of day; hours go from 0 to 24.
moment-problem-skipped = The clocks go forward that night and skip this time. Choose another time.
moment-problem-past = That moment has passed: { $moment }.
moment-problem-tooFar = That is more than two years ahead: { $moment }. Is the year right?
moment-problem-otherWeekday = The weekday and the date don't match.
moment-problem-otherOffset = The clocks there are not that far from UTC then.
moment-problem-unknownZone = There is no time zone { ISO($text) }; names look like Asia/Tehran.
moment-problem-future = That day is still to come. Write one that is over, like 1 December 2026 or 2 weeks ago.
past-problem-notUnderstood = This part could not be read: { ISO($text) }. Write a day, like yesterday, 2 weeks ago, 1 November or 2026-11-01.
past-choice = This can be read in two ways. Which one?
moment-choice-twice = The clocks go back that night, so this time comes twice. Which one?
moment-choice-over = That time has passed today. Which one do you mean?
moment-choice-today = Today is that day. Which one do you mean?
moment-choice-next = Which one do you mean?
moment-choice-dayOrMonth = Which number is the month?
moment-choice-night = Which night do you mean?
moment-choice-halfDay = In which half of the day?
moment-choice-clockOrSpan = So long from now, or at that time of day?
window-problem-notUnderstood = This part could not be read: { ISO($text) }. Write days and hours, like mon-fri 9:00-18:00.
window-problem-halfDay = { ISO($text) } could end in the evening or the next morning: write it like 9:00-18:00.
window-problem-noSuchTime = { ISO($text) }: there are no such hours.
window-problem-twoWays = { ISO($text) } can be read in two ways. Write the days and hours in which it may send one by one, like sat-thu 9:00-18:00, or leave days out by themselves, like not on fridays.
window-problem-noHours = { ISO($text) }: the last days have no hours, and others do. Write theirs as well, or "all day".
window-problem-unknownZone = There is no time zone { ISO($text) }; names look like Asia/Tehran.
window-problem-neverOpen = That leaves no hour in which anything could be sent.
list-comma = { ", " }
window-text = { $hours } ({ ISO($zone) })
window-hours = { $days } { $from }–{ $to }
window-days = { $first }–{ $last }
window-working-days = Working days are taken as { $days } there ({ ISO($zone) }); name the days if you mean others.
window-every-day = every day
duration-seconds = { $seconds } s
duration-minutes = { $minutes } min
duration-hours = { $hours } h { $minutes } min
duration-days =
    { $days ->
        [one] 1 day
       *[other] { $days } days
    }

## Beginning

welcome =
    <b>Peyk</b> delivers one message to each name on a list, once, and can tell afterwards what happened to every single name.

    A campaign is a list of usernames, a message, a preview and your Start. Nothing is sent before that.
    Begin: /new
welcome-sample = 🧪 The sample campaign is ready to send to simulated people; nobody real is written to.
button-sample = 🧪 Try a sample campaign
button-new = ✉️ New campaign
button-campaigns = 📋 Campaigns
help-title = <b>Commands</b>
help-line = /{ $command } – { $meaning }
help-end = A list can be pasted, or sent as .txt, .csv, .xlsx or .json.
stranger = Messages written here are not read. /start subscribes you, /stop ends that.
went-wrong = Something went wrong here; the details are in the server's log. Campaigns that have started go on: /status shows them. If you were preparing one and it is not among them, nothing of it was sent.
nothing-asked = Nothing is being asked right now. /new prepares a campaign, /help lists all commands.
gone-button = This button is out of date. /status shows how things stand now.
old-copy = This is an old copy; it shows how things stood. /status brings the current message down.
unknown-command = { CODE($given) } is no command here. /help lists all of them.
unknown-command-meant = { CODE($given) } is no command here. Did you mean /{ $meant }? /help lists all of them.
forwarded-command = A forwarded command is not carried out. To have it done, please type it yourself.
too-many-messages = More messages came at once than can wait here; the last ones were not read. Please send again what matters.
press-waits = Telegram is slowing this chat down, or something before this press takes its time. It will be acted on in its turn; no need to press again.
update-set-aside = ⚠️ Peyk ended unexpectedly twice while it was handling { $what }. It is not handled again; it was kept in { CODE($path) } on the server. Everything else goes on.
aside-press = the press of a button
aside-file = the file { ISO($name) }
aside-text = the message “{ ISO($text) }”
aside-message = a message

## Dialogue

button-back = ↩️ Back
button-cancel = ❌ Cancel
button-continue = Continue
button-keep = Keep this
old-button = That question is already answered.
dialogue-cancelled = Cancelled. Nothing was sent.
draft-there = You were preparing { CODE($id) } { $moment } and did not start it.
draft-list =
    { $count ->
        [one] List: { ISO($file) }, 1 name.
       *[other] List: { ISO($file) }, { $count } names.
    }
draft-list-gone = Its list is not kept any more; you are asked for it again.
draft-message = The message is written.
draft-kept = What you prepared is kept for some days: /new offers it.
button-begin-anew = 🌱 Start afresh
button-draft = 📝 Go on with { $id }
dialogue-lost = Peyk was updated while you were preparing a campaign, and the preparation could not be kept. Nothing was sent; please begin again with /new.
dialogue-busy-new-campaign = A campaign is being prepared. Go on with it, or drop it?
dialogue-busy-collect = Leads are being asked for. Go on with that, or drop it?
dialogue-busy-opt-outs = A list for the do-not-send list is being asked for. Go on with that, or drop it?
dialogue-busy-change = A change of a campaign is being asked about. Go on with that, or drop it?
dialogue-busy-audience = An audience is being put together. Go on with it, or drop it?
dialogue-busy-welcome = The welcome is being written. Go on with it, or drop it?
button-go-on = Go on with it
button-start-over-campaign = Drop it, begin a campaign
button-start-over-collect = Drop it, collect leads
button-start-over-optouts = Drop it, do-not-send list
button-start-over-change = Drop it, change this campaign
button-start-over-audience = Drop it, choose subscribers
button-start-over-welcome = Drop it, write the welcome
dialogue-album = Several files came together; the first one was taken. To use another one, please send it by itself.
dialogue-goes-on = It goes on: please answer the last question above.
nothing-to-cancel = Nothing is open, and no campaign is under way.

## New campaign: name

ask-name =
    <b>New campaign</b>
    What is its name? It is also the task id: Latin letters, digits, <code>_</code>, <code>-</code> and <code>.</code>, at most 64, for example <code>spring-news</code>.
button-generate = Name it for me
name-kept = The name so far: { CODE($id) }
name-not-text = A name is text. Please type it, for example <code>spring-news</code>.
name-empty = That name is empty. Please type one, for example <code>spring-news</code>.
name-too-long = That name has { $length } characters; 64 is the most.
name-bad-start = A name begins with a Latin letter or a digit, not with { CODE($found) }.
name-bad-characters = A name can't contain { $found }. Latin letters, digits, <code>_</code>, <code>-</code> and <code>.</code> are fine.
name-space = a space
name-dots = A name can't contain two dots in a row.
name-badTaskId = { CODE($id) } can't be a name here.
name-device = Windows takes { CODE($id) } for a device and can't keep a folder of that name. Please choose another name.
name-dotAtEnd = A name can't end with a dot.
name-twoSpellings = There are two campaigns called { CODE($id) } that differ only in upper and lower case, so it isn't known which one is meant. Please choose another name.
name-exists =
    { CODE($id) } exists already ({ $status }; { $sent } of { $total } sent).
    The same name means the same campaign: new recipients are added to it, and whoever has its message already is skipped. Its message, accounts and limits stay as they are.
button-same-campaign = Add to this campaign
button-other-name = Choose another name
name-cancelled = { CODE($id) } was cancelled and takes nobody in any more. Please choose another name.

## Adding to a campaign

addition-title =
    { $count ->
        [0] <b>Adding to</b> { CODE($id) }: everybody on the list is in it already.
        [one] <b>Adding to</b> { CODE($id) }: 1 new name.
       *[other] <b>Adding to</b> { CODE($id) }: { $count } new names.
    }
addition-paused = It is paused, and a Start leaves it paused. Resume on its live message goes on with it.
addition-message = The message stays:
addition-through = Sent through { $channel }: { $accounts }
addition-consent = Consent: { ISO($consent) }
addition-hint =
    To change one of these, tap it; you are asked for it next.
    { $left ->
        [one] A change counts for the 1 recipient who is still to be written to
       *[other] A change counts for the { $left } recipients who are still to be written to
    }{ $sent ->
        [0] .
        [one] ; 1 has the message as it is.
       *[other] ; { $sent } have the message as it is.
    }
addition-no-channel = { CODE($id) } goes through something that is not set up here any more, and a campaign never changes its way. Please choose another name.
addition-subscribers = The bot's subscribers are reached through Telegram only, and { CODE($id) } goes through { $channel }. Please choose another list, or another name.
button-change-message = ✏️ Another message
button-change-message-chosen = ✅ Another message
button-change-accounts = ✏️ Other accounts or limits
button-change-accounts-chosen = ✅ Other accounts or limits
button-change-consent = ✏️ Another word on consent
button-change-consent-chosen = ✅ Another word on consent

## New campaign: recipients

ask-recipients =
    <b>Recipients</b> for { CODE($id) }
    Paste the usernames here, one a line, or send a file: .txt, .csv, .xlsx or .json, up to 20 MB. <code>@name</code>, <code>name</code> and profile links are all understood; other columns can be used in the message.
list-kept =
    { $count ->
        [one] The list so far: 1 name from { ISO($origin) }
       *[other] The list so far: { $count } names from { ISO($origin) }
    }
list-pasted = pasted text
list-several = More than one list came at once, and a campaign takes one at a time. Which one? To write to both, add the other one afterwards: /new with the same name.
button-list-stays = Keep the { $count } names from { $origin }
button-list-instead = Take { $name } instead
list-subscribers = all subscribers
list-subscribers-from = subscribers from { $source }
list-campaign = people of the campaign { ISO($id) }
list-leads = leads of { $list }
list-audience = audience { ISO($name) }
button-subscribers = 👥 All subscribers ({ $count })
button-subscribers-from = From { $source } ({ $count })
button-audience = 📇 { $name } ({ $count })
list-part =
    { $parts ->
        [one] Telegram cuts long texts into several messages, and this looks like the first of them.
       *[other] { $parts } parts have arrived.
    } Send the rest, or press Done.
button-done = Done
report-counts =
    { $valid ->
        [one] <b>1</b> name to write to.
       *[other] <b>{ $valid }</b> names to write to.
    } { $read ->
        [one] 1 line read:
       *[other] { $read } lines read:
    } { $duplicates } repeated, { $invalid } unusable.
report-already-sent =
    { $count ->
        [one] 1 of them has this campaign's message already and will be skipped.
       *[other] { $count } of them have this campaign's message already and will be skipped.
    }
report-suppressed =
    { $count ->
        [one] 1 of them is on the do-not-send list and will be skipped.
       *[other] { $count } of them are on the do-not-send list and will be skipped.
    }
report-contacted-lately =
    { $count ->
        [one] 1 of them got a message from another campaign lately and will be skipped.
       *[other] { $count } of them got a message from another campaign lately and will be skipped.
    }
report-all-sent = All of them have this campaign's message already. Please send another list.
report-invalid-row = Line { $line } { CODE($text) }: { $reason }.
report-invalid-empty = Line { $line }: { $reason }.
report-invalid-more =
    { $count ->
        [one] 1 more in the file above.
       *[other] { $count } more in the file above.
    }
report-invalid-file = They are also in the file above.
report-columns = Columns the message can use: { $columns }
button-another-list = Send another list
rejected-caption = The unusable lines, each with its reason.
invalid-spaces = a username has no spaces
invalid-tooShort = too short
invalid-tooLong = too long
invalid-characters = characters that no username has
invalid-notAProfileLink = a link, but not to a profile
invalid-phoneNumber = a phone number, not a username
invalid-email = an email address, not a username
invalid-empty = no name in it
invalid-placeholder = a word for nothing, not a name
invalid-reserved = a page or a heading, not a person
invalid-optedOut = the list says that this person left or opted out
invalid-bot = the list says that this is a bot
invalid-surplusCells = more cells than columns; it is not sure which belong together
invalid-bareAmongText = a word among sentences; a name says so there by @ or by a link
invalid-unreadable = letters that can’t be read in this encoding

## New campaign: what is wrong with a list

problem-picture = That is a picture. Send a list of usernames as .txt, .csv, .xlsx or .json, or paste the names here.
problem-video = That is a video. Send a list of usernames as .txt, .csv, .xlsx or .json, or paste the names here.
problem-voice = That is a sound recording. Send a list of usernames as .txt, .csv, .xlsx or .json, or paste the names here.
problem-sticker = That is a sticker. Send a list of usernames as .txt, .csv, .xlsx or .json, or paste the names here.
problem-pdf = That is a PDF, and names can't be read from it reliably. Send the list as .txt, .csv, .xlsx or .json, or paste the names here.
problem-otherFile = That file is not a list Peyk can read. Send it as .txt, .csv, .xlsx or .json, or paste the names here.
problem-otherKind = That is not a list. Send the usernames as .txt, .csv, .xlsx or .json, or paste them here.
problem-empty = There is nothing in it. Send a list with at least one username.
problem-gone = It is not kept here any more. Choose or send another list.
problem-tooBig = The file is larger than { $megabytes } MB. Split it and send one part now; the others can be added to the same campaign later.
problem-zipBomb = That file unpacks to far more than a list can be, so it was not opened. Send the list as .csv or .txt.
problem-passwordProtected = The file is protected by a password. Save it without one and send it again, or send the list as .csv.
problem-foreignSpreadsheet = That is a spreadsheet of the format { ISO($format) }, which Peyk doesn't read. Save it as .xlsx or .csv and send it again.
problem-broken-xlsx = The file says it is .xlsx but can't be opened as one. Save it again, or send it as .csv.
problem-broken-json = The file says it is .json but can't be read as one. Send a list of names, or a list of objects with a username.
problem-broken-json-line = The file can't be read as .json: line { $line } is wrong. Correct it and send it again.
problem-broken-csv = The file can't be read as .csv. Save it again as .csv with UTF-8, or send the names as .txt.
problem-broken-quote = A quotation mark in the file is never closed, so it is not clear where its cells end. Close or delete it and send the file again.
problem-broken-quote-line = The quotation mark that opens in line { $line } is never closed, so it is not clear where its cell ends. Close or delete it and send the file again.
problem-broken-csv-line = The file can't be read as .csv: line { $line } is wrong. Correct it and send it again.
problem-noUsableName =
    { $read ->
        [one] 1 line read, and it holds no usable name.
       *[other] { $read } lines read, and none holds a usable name.
    } Please send another list.
problem-notFetched = Telegram did not hand the file over. Please send it again.
problem-listGone = That file is no longer here. Please send it again.

## What a list leaves open

ask-list-column = <b>Which column holds the usernames?</b>
ask-list-sheet = <b>Which sheet is meant?</b> Names stand in several of them.
ask-list-in-json =
    { $count ->
        [one] <b>Is this list meant?</b> Its name says that the people on it are not to be written to, or another was asked for.
       *[other] <b>Which list is meant?</b> The file holds several with names.
    }
ask-list-headerRow = <b>Which line names the columns?</b> These are the first lines as they were read.
ask-list-encoding = <b>In which of these are the letters right?</b> The file does not say how its text is written down.
ask-column-several = More than one is called so or looks so. Each line below is one column with its first cells.
ask-column-unclear = Neither a heading nor what stands in them proves it. Each line below is one column with its first cells.
ask-column-notThere = Each line below is one column with its first cells.
ask-list-in-sheet = Sheet: { ISO($sheet) }
choose-by-button = Please answer with one of the buttons, or send another file.
column-line = line { $line }
sheet-sample =
    { $count ->
        [one] <b>{ ISO($sheet) }</b>, 1 row: { $samples }
       *[other] <b>{ ISO($sheet) }</b>, { $count } rows: { $samples }
    }
list-sample =
    { $count ->
        [one] <b>{ ISO($sheet) }</b>, 1 entry: { $samples }
       *[other] <b>{ ISO($sheet) }</b>, { $count } entries: { $samples }
    }
encoding-sample = <b>{ ISO($encoding) }</b>
button-column = { ISO($column) }: { ISO($sample) }
button-line = Line { $line }: { ISO($text) }
button-no-header = None: the first line is a person too
button-all-sheets = All of them
button-all-lists = All lists
button-page-before = ◀ Before
button-page-after = More ▶
button-another-way = 🔎 Read it another way
ask-another-way = What was read wrongly?
button-way-column = The column
button-way-headerRow = The line with the headings
button-way-sheet = The sheet
button-way-encoding = The letters

## How a list was read

read-names-all = They are: { $names }
read-names-first = The first: { $names }
read-names-middle = Among them: { $names }
read-names-last = The last: { $names }
read-column = Read from the column { ISO($column) }.
read-sheets =
    { $count ->
        [one] Sheet: { $names }
       *[other] Sheets: { $names }
    }
read-encoding = Read as { ISO($encoding) }.
read-left-out = Not read: { $what }.
left-hiddenSheets =
    { $count ->
        [one] 1 hidden sheet
       *[other] { $count } hidden sheets
    }
left-hiddenRows =
    { $count ->
        [one] 1 hidden row
       *[other] { $count } hidden rows
    }
left-filteredRows =
    { $count ->
        [one] 1 row that a filter hides
       *[other] { $count } rows that a filter hides
    }
left-hiddenColumns =
    { $count ->
        [one] 1 hidden column
       *[other] { $count } hidden columns
    }
left-totalsRows =
    { $count ->
        [one] 1 row of totals
       *[other] { $count } rows of totals
    }
left-repeatedHeaders =
    { $count ->
        [one] 1 repeated heading
       *[other] { $count } repeated headings
    }
left-otherLines =
    { $count ->
        [one] 1 title, comment or rule
       *[other] { $count } titles, comments or rules
    }
rejected-file = unusable-rows.csv
heading-line = Line
heading-text = Text
heading-why-not = Why it is not used
problem-stopped-takesTooLong = Reading that file takes far longer than a list of its size should, so it was ended. Nobody was added. Save the list alone as .csv or .txt and send that.
problem-stopped-needsTooMuchMemory = Reading that file takes far more memory than a list of its size should, so it was ended. Nobody was added. Save the list alone as .csv or .txt and send that.
problem-stopped-holdsTooMuch = That file holds far more than a list can, so reading it was ended. Nobody was added. Save the list alone as .csv or .txt and send that.
problem-stopped-failed = Reading that file failed, and it is not known why. Nobody was added. Save the list again, best as .csv or .txt, and send that.
problem-stopped-line = Line { $line } holds more than a million characters, so reading was ended. Nobody was added. Save the list alone as .csv or .txt and send that.

## New campaign: message

ask-message =
    <b>Message</b>
    Write the text, at most { $max } characters.
ask-message-columns =
    From the list you can use: { $variables }
    With a word for empty cells: <code>{"{{"}{ $example }|friend{"}}"}</code>
ask-message-no-columns = The list has only names, so the one variable is <code>{"{{username}}"}</code>.
message-kept = The message so far:
ask-message-extras = Bold, italics and links stay as you write them. A photo or a file with a caption of at most { $max } characters can be the message as well.
ask-message-copies = Anything else can be the message too: send or forward a video, a voice message, an album, a poll, a sticker or a place, and it is copied as it is.
message-file-too-big = That file is larger than { $megabytes } MB, the most a bot can fetch. Please send a smaller one.
message-empty = That message is empty. Please write one.
message-too-long = That message has { $length } characters; { $max } is the most.
message-unknown-variables = No column of the list fills { $unknown }. You can use: { $known }
message-not-taken-formatting = Bold, links and other formatting can't be sent this way. Write plain text, or send through something else.
message-not-taken-attachments = A photo or a file can't be sent this way. Leave it out, or send through something else.
message-not-taken-copies = A video, a voice message, a sticker, a poll or an album can't be sent this way. Write a text, or send through something else.
copy-refused-invoice = Telegram doesn't let an invoice be copied. Please send something else.
copy-refused-paidMedia = Telegram doesn't let media that people pay for be copied. Please send it as a plain photo or video.
copy-refused-giveaway = Telegram doesn't let a giveaway be copied. Please write a text with a link to it.
copy-refused-quiz = Telegram doesn't tell a bot the right answer of that quiz, and so it can't be copied. Please send a poll that is no quiz, or write a text.
copy-refused-protected = That message comes from a chat whose content is protected, and so it can't be copied. Please send the content itself.
copy-refused-service = That can't be a message: Telegram doesn't let it be copied. Please send a text, a photo, a video or the like.
copy-no-variables = Variables such as <code>{"{{username}}"}</code> can't be filled in there: it is copied as it is. Send it without them; a caption under a single photo, video, file or voice message may have them.
album-parts = { $count ->
    [one] One part of the album is here. Telegram sends the parts one by one; go on when all are here.
   *[other] { $count } parts of the album are here. Telegram sends the parts one by one; go on when all are here.
}
button-album-whole = That is the whole album
content-text = 📄 Text, copied
content-photo = 🖼 Photo, copied
content-document = 📎 File, copied
content-video = 🎬 Video
content-animation = 🎞 Animation
content-audio = 🎵 Music
content-voice = 🎤 Voice message
content-videoNote = ⏺ Video message
content-sticker = 🏷 Sticker
content-poll = 📊 Poll
content-location = 📍 Location
content-venue = 📍 Place
content-contact = 👤 Contact
content-dice = 🎲 Dice
content-livePhoto = 🖼 Live photo
content-richText = 📄 Rich text
content-album = 🖼 Album of { $count }
message-not-taken-buttons = Buttons can't be sent this way. Leave them out, or send through something else.
message-problem-in = In { $language }: { $problem }
message-broken-variable = { CODE($text) } is not a whole variable. Write it as <code>{"{{name}}"}</code> or <code>{"{{name|friend}}"}</code>.

## New campaign: through what

ask-channel =
    <b>Send through</b>
    What does the campaign go out through?
channel-simulator = Simulator
channel-x = X
channel-telegram = Telegram
channel-webhook = your gateway
no-channel = There is no account to send through yet. Whoever runs the server adds one: “Going live” in the README tells how.
accounts-asking = Checking the accounts…
accounts-none = No account is set up yet.
accounts-title = <b>Accounts</b>
account-name-of = { CODE($account) } ({ ISO($channel) }): { $used } of { $limit } sent today
account-name = { CODE($account) } ({ ISO($channel) }): { $used } sent today
account-worker = Sent through by worker { ISO($worker) }
account-well = ✅ Works, signed in as { CODE($username) }
account-unread = What people answer can't be read, stop words neither: { ISO($why) }.
account-trouble = ⚠️ { ISO($why) }
account-unknown = ❓ Could not be asked: { ISO($why) }
account-limit = { $name }: { $left } of { $count } left until { $moment }
sync-none = There is no database to copy to. Whoever runs the server puts its address into <code>DATABASE_URL</code> and restarts Peyk; <code>docs/sync.md</code> tells how.
sync-not-needed = Nothing is copied: everything is in the database itself.
sync-off = The copy in PostgreSQL is switched off.
sync-failed = ⚠️ It stopped by itself: { ISO($why) }
sync-on =
    <b>The copy in PostgreSQL is on</b>: { $seconds ->
        [1] in real time, every second
       *[other] every { $seconds } seconds
    }.
sync-often = Copying this often asks much of a database.
sync-not-yet = Nothing has been copied yet.
sync-last =
    Last copied { $moment }; { $count ->
        [one] 1 change
       *[other] { $count } changes
    } since it was switched on.
sync-opt-outs =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    } opted out in the database and will not be written to.
sync-standing-by = Another process is copying; this one takes over when that one stops.
sync-unreadable = ⚠️ Not copied: { $what }
sync-trouble = ⚠️ { ISO($why) }. It is tried again by itself.
sync-attempts = Tried again: { $retries }. Rounds that failed: { $failures }.
button-sync-usual = Switch on
button-sync-real-time = Switch on, in real time
button-sync-off = Switch off
button-sync-look = Look again
plan-title = <b>Plan</b> for { CODE($id) }
plan-to-send =
    { $count ->
        [one] <b>1</b> message
       *[other] <b>{ $count }</b> messages
    } through { $channel }.
plan-already-sent =
    { $count ->
        [one] 1 recipient has it already and is skipped.
       *[other] { $count } recipients have it already and are skipped.
    }
plan-suppressed =
    { $count ->
        [one] 1 name is on the do-not-send list and is left out.
       *[other] { $count } names are on the do-not-send list and are left out.
    }
plan-contacted-left-out =
    { $count ->
        [one] 1 name is left out: another campaign wrote to it lately.
       *[other] { $count } names are left out: other campaigns wrote to them lately.
    }
plan-other-campaign =
    { $count ->
        [one] 1 name is left out: it got the message of a campaign whose people are left out here.
       *[other] { $count } names are left out: they got the message of a campaign whose people are left out here.
    }
plan-contacted =
    👥 { $count ->
        [one] 1 of them got a message of another campaign in the last { $days } days:
       *[other] { $count } of them got a message of another campaign in the last { $days } days:
    }
plan-contacted-by = { CODE($id) }: { $count }, the last { $moment }
plan-nobody-left = Nobody is left to write to.
button-take-in = ✅ Left out: had one in { $days } days
button-leave-out = 👥 Leave these { $count } out
plan-corrected =
    { $count ->
        [one] 1 of them has another value in this list than before, and gets the new one.
       *[other] { $count } of them have other values in this list than before, and get the new ones.
    }
plan-too-long =
    ⚠️ { $count ->
        [one] 1 message is too long with its recipient's values. It is not sent and counts as failed; a list with a shorter value repairs it:
       *[other] { $count } messages are too long with their recipients' values. They are not sent and count as failed; a list with shorter values repairs them:
    } { $names }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }
plan-empty =
    ⚠️ { $count ->
        [one] 1 message is empty with its recipient's values. It is not sent and counts as failed; a list with a value repairs it:
       *[other] { $count } messages are empty with their recipients' values. They are not sent and count as failed; a list with values repairs them:
    } { $names }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }
plan-language = { $language } { $count }
plan-languages = 🌐 { $counted }; { $count ->
        [0] nobody gets the main text
        [one] 1 gets the main text
       *[other] { $count } get the main text
    }
plan-nobody = Nobody is left to write to: everyone on the list has this message already.
plan-no-account = No account is chosen. Tap at least one.
plan-account-limited = { CODE($account) }: at most { $limit } a day, { $used } used today
plan-account-free = { CODE($account) }: no daily limit, { $used } used today
plan-accounts-more =
    { $count ->
        [one] and 1 more account
       *[other] and { $count } more accounts
    }
plan-nothing-today = ⏳ Nothing goes out today: the limits or the send window leave no room. The first goes out { $moment }.
plan-finish =
    { $days ->
        [one] Done by about { $moment }.
       *[other] Done by about { $moment }, over { $days } days.
    }
plan-finish-unknown = No limit holds it up: it finishes as fast as the service allows.
plan-cost = Costs at most ${ NUMBER($total, minimumFractionDigits: 2, maximumFractionDigits: 2) } by the prices of { ISO($priced) }.
plan-rules-x = X allows automated messages only to people who asked for them in advance. Writing to strangers, or the same text from several accounts, can cost you the app and the accounts.
plan-rules-telegram = Only people who pressed Start on your bot can get this; everybody else counts as not found.
plan-hint = Tap an account to use it or leave it out. To set each account's daily limit, tap a number below or type one.
plan-limit-wrong = A daily limit is a whole number from 1 to { $most }.
button-account-on = ✅ { $account }
button-account-off = ▫️ { $account }
button-accounts-page = Accounts { $from }–{ $to } of { $total }
button-more-options = ⚙️ More options
options-title =
    <b>More options</b> for { CODE($id) }

    None of them is needed. Tap one to set it.
option-set = as you set it
number-wrong = Type a whole number from 1 to { $most }.
topic-excludes = Leave out people of
topic-excludes-value =
    { $count ->
        [one] 1 earlier campaign
       *[other] { $count } earlier campaigns
    }
topic-excludes-off = nobody
ask-excludes = The people of which earlier campaigns are left out? Whoever one of them wrote to, or may have, gets nothing.
ask-excludes-none = There is no earlier campaign.
button-excludes-all = All ({ $count })
topic-try-first = First a few
topic-try-first-off = no, all at once
topic-try-first-count =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
topic-try-first-value =
    { $count ->
        [one] { $count } person, then my word
       *[other] { $count } people, then my word
    }
ask-try-first =
    <b>First a few, then your word</b>
    Once so many have the message, Peyk waits, shows how they fared, and goes on when you say so. Whoever was not found, declined or failed does not count: they got nothing.

    Tap a number or type one.
topic-priority = Priority
topic-priority-off = in turn with the others
topic-priority-value = { $count } of 9
ask-priority =
    <b>Priority</b>
    Where campaigns share an account, the one with the higher priority sends first, and the others go on after it. Equal ones take turns.

    Tap a number or type one from 1 to 9.
topic-speed = Speed
topic-speed-off = as fast as allowed
ask-speed =
    <b>Speed</b>
    The most that may be sent. Each account's daily limit is set in the plan itself.

    Tap one to change it.
ask-speed-row = { $what }: how many at most? Tap a number or type one.
speed-published = The platform itself allows at most { $most }; nothing goes out above that.
speed-count = { $count }
speed-eachMinute = Each account, a minute
speed-eachHour = Each account, an hour
speed-allMinute = All together, a minute
speed-allHour = All together, an hour
speed-allDay = All together, a day
speed-eachMinute-value = { $count } a minute each
speed-eachHour-value = { $count } an hour each
speed-allMinute-value = { $count } a minute
speed-allHour-value = { $count } an hour
speed-allDay-value = { $count } a day
topic-spend-cap = Spend cap
topic-spend-cap-off = none
topic-spend-cap-value = { $count } US dollars
topic-follow-up = Follow-up
topic-follow-up-off = none
topic-follow-up-value = { $days }
follow-up-days =
    { $count ->
        [one] after { $count } day
       *[other] after { $count } days
    }
follow-up-line =
    { $count ->
        [one] Whoever has not answered after { $count } day gets:
       *[other] Whoever has not answered after { $count } days gets:
    }
ask-follow-up = Send a text for whoever does not answer. It goes to everybody who surely got the message, did not write back, did not opt out and did not decline, from the account that wrote to them and with the same limits and hours. At most { $most } follow-ups.
ask-follow-up-days = After how many days without an answer? Tap one or type a number from 1 to 30.
follow-up-one-language = A follow-up is one plain text for everybody, whatever language they got the message in.
follow-up-not-text = A follow-up is a plain text. Please write it.
follow-up-full = Both follow-ups are planned: { $most } is the most. Remove them to write others.
button-follow-up-off = Remove follow-ups
button-follow-up-none = No follow-up
button-end-follow = ⏹ End follow-ups
ask-spend-cap =
    <b>Spend cap</b>
    The campaign pauses before it could cost more than this. The highest possible cost counts: messages and look-ups, but no test sends and no reading of answers.

    Tap an amount or type one in US dollars, like 12.50.
topic-guard-rails = Guard rails
topic-guard-rails-off = as usual
topic-languages = 🌐 Languages
topic-languages-off = one text
ask-languages =
    <b>Languages</b>
    People get the text in their own language: the one they chose, else that of the list's column of languages, else that of their Telegram. Everybody else gets the main text.

    Tap a language, or type any other.
languages-main = Main text: { ISO($text) }
languages-text = { $language }: { ISO($text) }
language-unknown = That is no language I know. Please type its name, or its code such as <code>fa</code>.
ask-language-text =
    <b>{ $language }</b>
    Send the message in this language. A text alone goes with the main text's photo, file or video; what you send with it takes its place.
button-language-text = ✏️ { $language }
button-language-none = 🗑 No text in this language
topic-start = Starts
topic-start-off = at once
topic-send-window = Send window
topic-send-window-off = any time
ask-start = When should it start? Tap a time, or write a day and a time: tomorrow 9:00, friday 18:30, 2026-12-05 09:00.
button-at-once = ▶️ At once
button-in-an-hour = In an hour
button-this-evening = This evening, 18:00
button-tomorrow-morning = Tomorrow morning, 9:00
move-start-right = { CODE($id) } is to start { $moment }. Is that right?
moment-right = { $moment }. Is that right?
button-moment-right = ✅ Yes, then
ask-send-window = On which days and at which hours may it send? Tap, or write them: mon-fri 9:00-18:00, sat 10:00-14:00. Outside them it waits, then goes on by itself.
window-daytime = every day 9:00–21:00
window-office = mon–fri 9:00–18:00
window-quiet-night = quiet 22:00–8:00
window-right = It sends only { ISO($window) }. It is closed now and opens { $moment }. Is that right?
window-right-open = It sends only { ISO($window) }. It is open now, until { $moment }. Is that right?
button-window-right = ✅ Yes, only then
button-schedule = 🗓 Schedule
move-refused-unknownCampaign = { CODE($id) } is no longer here; nothing was changed.
move-refused-notNow = { CODE($id) } has begun or ended meanwhile, so its start was not moved.
move-refused-past = That moment has passed; the start was not moved.
rails-none = all off
rail-declined = declined
rail-failed = failed
rail-optedOut = opted out
rail-share = over { $share }%
rail-off = off
ask-guard-rails =
    <b>Guard rails</b>
    When more than these shares of at least 50 people decline, fail or opt out, the campaign pauses by itself and asks you to look. After you resume, only new results count.

    Tap one to change it.
ask-rail-declined = Above which share of people who declined should it pause? Tap one or type a number from 1 to 99.
ask-rail-failed = Above which share of failed messages should it pause? Tap one or type a number from 1 to 99.
ask-rail-optedOut = Above which share of people who opted out should it pause? Tap one or type a number from 1 to 99.
button-limit = { $count } a day
button-limit-chosen = ● { $count } a day
button-limit-none = No limit
button-limit-none-chosen = ● No limit
button-limit-own = Each account's own
button-limit-own-chosen = ● Each account's own

## New campaign: preview

preview-title = <b>Preview</b>: this is exactly what arrives.
preview-for = For { CODE($username) }:
preview-for-in = For { CODE($username) }, in { $language }:
preview-main-nobody = The main text, which nobody of the list gets so far, as { CODE($username) } would see it:
preview-language-nobody = In { $language }, which nobody of the list gets so far, as { CODE($username) } would see it:
preview-main-left = The main text, which nobody who is left gets, as { CODE($username) } would see it:
preview-language-left = In { $language }, which nobody who is left gets, as { CODE($username) } would see it:
preview-leave = Below it everybody finds a button to leave, in their own language.
preview-leave-album = Telegram shows no buttons under an album: whoever wants to leave writes <code>/stop</code>.
preview-copied = It is copied from this chat for every recipient: please don't delete it here before the campaign is over. If it is deleted, the campaign pauses and nobody is marked as failed.
preview-ask = Is it right?
button-test-send = Send a test
button-edit-message = Change the message
button-links = 🔗 Add link buttons
button-links-change = 🔗 Change the link buttons
button-no-links = No link buttons
ask-links =
    <b>Link buttons</b> under the message, one a line, at most { $most }:
    <code>Our shop | https://example.com</code>
links-wrong = { CODE($text) } is not a link button. Write its label, then <code>|</code>, then an address that begins with <code>https://</code>.
preview-refused = ⚠️ Telegram refuses this message as it is. Please change it.
preview-not-shown = ⚠️ The message could not be shown: the connection to Telegram failed. The message itself may be right; to see it, go back and come here again.
ask-test-name = To which username? One message goes out now, outside the campaign.
test-not-text = A username is text. Please type the name that gets the test message.
test-bad-name = { CODE($username) } is not a username: { $reason }. Please type another one.
test-sending = Sending a test message to { CODE($username) }. The answer appears below.
test-sent = ✅ The test message to { CODE($username) } was sent.
test-not-sent = ⚠️ The test message to { CODE($username) } was not sent: { ISO($why) }
test-uncertain = ❓ The test message to { CODE($username) } may have arrived; the service did not say ({ ISO($why) }).

## New campaign: consent and start

ask-consent =
    <b>Consent</b>
    Where does the permission to write to these people come from? One sentence, for example: they signed up for the newsletter in May. It is kept with the campaign.
button-consent-simulated = They are simulated people
consent-simulated = Simulated recipients; nobody real is written to.
consent-not-text = Please answer with one sentence of text.
consent-too-short = That is too short to say where the permission comes from. One sentence, please.
consent-too-long = That has { $length } characters; { $max } is the most.
confirm-start =
    <b>Ready</b>
    { $count ->
        [one] { CODE($id) } sends 1 message through { $channel }.
       *[other] { CODE($id) } sends { $count } messages through { $channel }.
    }
    Consent: { ISO($consent) }
    After Start you can pause or cancel at any time.
confirm-add =
    <b>Ready</b>
    { $added ->
        [0] { CODE($id) } gets no new names.
        [one] { CODE($id) } gets 1 new name.
       *[other] { CODE($id) } gets { $added } new names.
    }
    { $count ->
        [0] Nobody in it is left to write to.
        [one] In all it has 1 message to send through { $channel }.
       *[other] In all it has { $count } messages to send through { $channel }.
    }
    Consent: { ISO($consent) }
confirm-corrected =
    { $count ->
        [one] 1 recipient who is still to be written to gets the new value of this list.
       *[other] { $count } recipients who are still to be written to get the new values of this list.
    }
confirm-changes-message =
    { $left ->
        [one] <b>The message changes</b> for the 1 recipient of it who is still to be written to, and for the new names.
       *[other] <b>The message changes</b> for the { $left } recipients of it who are still to be written to, and for the new names.
    }
confirm-changes-accounts = <b>The accounts and limits change</b> for all that is sent from now on.
confirm-changes-consent = <b>The word on consent is added</b>; the one before is kept too.
button-start = ▶️ Start
started = { CODE($id) } has started. Its progress is below and stays up to date.
started-added =
    { CODE($id) } goes on with what you added: { $added ->
        [0] no new names
        [one] 1 new name
       *[other] { $added } new names
    }{ $corrected ->
        [0] {""}
       *[other] , and the new values for whoever is still to be written to
    }. Its progress is below and stays up to date.
started-put-back = { CODE($id) } is ready and waits: Peyk's data was put back from the backup of { $moment }, and whom campaigns wrote to after that is not known here. Resume below asks you first.
started-paused = { CODE($id) } has what you added. It stays paused, as somebody left it; Resume below goes on with it.
start-refused = { CODE($id) } was not started: the list is not kept any more, or its accounts can't be used as they are. /status shows what is there.
start-past = The moment at which { CODE($id) } was to start has passed. Nothing was sent; choose another time.
started-scheduled = { CODE($id) } is scheduled: { $moment }. Text, list and consent are kept as they are now; it starts by itself if Peyk is running then.
start-exists = Meanwhile somebody else started { CODE($id) } ({ $status }; { $sent } of { $total } sent). This is what it sends:
start-changed = Meanwhile somebody else changed { CODE($id) } ({ $status }; { $sent } of { $total } sent). It is now:
start-kept = Nothing of yours was sent, and nothing is lost: add your names to it, or give your campaign another name.

## The sample

sample-message =
    Hello {"{{name|friend}}"},
    this is a sample from Peyk. Nobody real receives it.
sample-failed = The sample list could not be read. Use /new with a list of your own.

## Campaigns

campaigns-title = <b>Campaigns</b>
campaigns-none = There are no campaigns yet. /new prepares one.
campaign-unreadable = ⚠️ { CODE($id) }: its record can't be read, so nothing is sent for it, and its accounts rest for about a day. On the server, { CODE($command) } says which line it is.
campaigns-line = { CODE($id) }: { $status }, { $sent } of { $total } sent
campaigns-line-generated = { CODE($id) } of { $date }: { $status }, { $sent } of { $total } sent
campaigns-more =
    { $count ->
        [one] and 1 older one
       *[other] and { $count } older ones
    }
status-none = No campaign is under way. /campaigns lists all of them.
status-scheduled = scheduled
status-running = sending
status-paused = paused
status-finished = finished
status-cancelled = cancelled

## One campaign, live

card-running = ▶️ { CODE($id) }: sending
card-scheduled = 🗓 { CODE($id) }: scheduled
card-paused = ⏸ { CODE($id) }: paused
card-finished = 🏁 { CODE($id) }: finished
card-cancelled = ❌ { CODE($id) }: cancelled
card-bar = { $bar } { $percent }%
card-sent = ✅ Sent: <b>{ $count }</b>
card-planned = 🕓 Planned: { $count }
card-claimed = 📨 In progress: { $count }
card-notFound = 🔍 Not found: { $count }
card-refused = 🙅 Declined: { $count }
card-failed = ⚠️ Failed: { $count }
card-uncertain = ❓ Uncertain: { $count } (may have arrived; not sent again)
card-skipped = ⏭ Skipped: { $count }
card-total = Total: { $count }
card-spent = 💵 Spent so far: at most ${ NUMBER($spent, minimumFractionDigits: 2, maximumFractionDigits: 3) } by the prices of { ISO($priced) }
card-spent-of = 💵 Spent so far: at most ${ NUMBER($spent, minimumFractionDigits: 2, maximumFractionDigits: 3) } of ${ NUMBER($cap, minimumFractionDigits: 2, maximumFractionDigits: 3) }, by the prices of { ISO($priced) }
card-behind = ⏫ First through the accounts it shares: { $ids }. It goes on with them after.
card-follow-up =
    { $count ->
        [one] ↪️ Whoever has not answered after { $count } day is followed up.
       *[other] ↪️ Whoever has not answered after { $count } days is followed up.
    }
card-follow-up-cancelled = ↪️ Follow-ups were ended; nobody else gets one.
card-follows-up = ↪️ Follow-up to { CODE($id) }: for whoever did not answer it.
card-rate = Rate: { $rate } a minute
card-left = Time left: about { $left }, done by about { $moment }
card-resting = 💤 { CODE($account) } rests until { $moment }
card-resting-open = 💤 { CODE($account) } rests
card-capped = 💤 { CODE($account) } has reached its limit; next send { $moment }
card-paced = 💤 The campaign has reached its own speed limit; next send { $moment }
card-paced-open = 💤 The campaign has reached its own speed limit
card-capped-open = 💤 { CODE($account) } has reached its limit
card-locked = 🔒 { CODE($account) } is locked and sends nothing. The reason and what to do: /accounts
card-loggedOut = 🔑 { CODE($account) } is logged out and sends nothing. Log it in again; the reason: /accounts
card-leftOut = 👤 { CODE($account) } alone may write to some who are left, and this campaign does not go through it. Add it again by Change, or cancel what is left.
card-resting-more =
    { $count ->
        [one] … and 1 more account: /accounts
       *[other] … and { $count } more accounts: /accounts
    }
card-error = Last error { $moment }: { ISO($why) }
card-error-name = Last error { $moment }, { CODE($username) }: { ISO($why) }
pause-operator = Paused by an operator.
pause-noAccount = Paused: no account can send now; the reasons are below, more by /accounts. Fix one, then press Resume.
pause-noAccount-until = Paused: no account can send now; the reasons are below. It goes on by itself { $moment }.
pause-capped =
    { $count ->
        [one] Paused: the account has reached today's limit ({ $limit }).
       *[other] Paused: all { $count } accounts have reached today's limit ({ $limit } each).
    } It goes on by itself { $moment }.
pause-unavailable = Paused: nothing can be sent through this service now ({ ISO($why) }). It is tried again { $moment }.
pause-window = Waiting: it sends only { $window }. It goes on by itself { $moment }.
pause-firstPaused = Waiting: { CODE($id) }, which this follows up, is held. It goes on by itself within a minute of that one.
pause-missed = It was to start { $moment }, and Peyk was not running then. Nothing was sent. Start it now, set another time, or cancel it.
card-starts = It starts by itself: { $moment }, in { $left }.
pause-unheard = Waiting: what people answered to { CODE($account) } can't be read ({ ISO($why) }). It is tried again { $moment }. All who are left were written to before and may have said stop.
pause-unheard-open = Paused: what people answered to { CODE($account) } can't be read ({ ISO($why) }). All who are left were written to before and may have said stop. It goes on once that account can be read again.
pause-rejected = Paused: the service would refuse every message ({ ISO($why) }). Put that right, then press Resume.
pause-full = Paused: the disk is full, so results can't be written. Nothing is sent until there is room; it goes on by itself then.
pause-storage = Paused: results can't be written to disk ({ ISO($why) }). Nothing is sent until they can; press Resume then.
pause-tried-first =
    { $count ->
        [one] Paused for your word: the first { $count } has the message. See below how it fared, then go on with everybody, try as many again, or change it first.
       *[other] Paused for your word: the first { $count } have the message. See below how they fared, then go on with everybody, try as many again, or change it first.
    }
pause-restored = Peyk's data was put back from the backup of { $moment }. What was sent after that is not known here, so nothing is sent before you say so. Resume asks you first.
pause-rail-declined = Paused by a guard rail: { $count } of { $of } declined, more than { $share }%. Look at the list and the text; after Resume only new answers count.
pause-rail-failed = Paused by a guard rail: { $count } of { $of } failed, more than { $share }%. Look at what went wrong; after Resume only new answers count.
pause-rail-optedOut = Paused by a guard rail: { $count } of { $of } opted out, more than { $share }%. Look at the list and the text; after Resume only new answers count.
pause-rail-newest = The newest: { $names }
pause-paced = Paused: the campaign has reached the speed limit set for it. It goes on by itself { $moment }, or raise it under Change.
pause-spend-cap = Paused: one more message could cost more than the cap of ${ NUMBER($cap, minimumFractionDigits: 2, maximumFractionDigits: 2) }. Spent so far: at most ${ NUMBER($spent, minimumFractionDigits: 2, maximumFractionDigits: 3) }. Raise the cap to go on.
button-pause = ⏸ Pause
button-resume = ▶️ Resume
button-first = ⏫ This one first
button-go-on-all = ▶️ Go on with everybody
button-more-first = { $count } more first
dollars-wrong = Type an amount in US dollars from 0.01 to { $most }, with a dot before the cents, like 12.50.
button-other-spend = ✏️ Another amount
button-more-spend = Allow up to ${ NUMBER($cap, minimumFractionDigits: 2, maximumFractionDigits: 2) }
button-start-now = ▶️ Start now
button-move-start = 🗓 Another time
button-cancel-campaign = ❌ Cancel campaign
button-retry = 🔁 Retry failed ({ $count })
button-uncertain = ❓ Uncertain ({ $count })
button-change = ✏️ Change
button-report = 📊 Report
button-details = 🔎 Details
button-results-csv = CSV
button-results-json = JSON
button-cleanup = 🧹 Delete temporary file

## Changing a campaign

change-title =
    <b>Change</b> { CODE($id) }
    { $left ->
        [0] Nobody is left to be written to, so a change touches nobody.
        [one] A change touches the 1 recipient who is still to be written to
       *[other] A change touches the { $left } recipients who are still to be written to
    }{ $left ->
        [0] {""}
       *[other] { $had ->
            [0] .
            [one] ; 1 has the message as it was.
           *[other] ; { $had } have the message as it was.
        }
    }
change-over = { CODE($id) } is { $status }; nothing of it can be changed any more.
change-text = ✏️ Text: { ISO($value) }
change-languages = 🌐 Languages: { ISO($value) }
change-names = 👥 More names: { ISO($value) }
change-accounts = 👤 Accounts: { ISO($value) }
change-limit = 🔢 Daily limit: { ISO($value) }
change-tryFirst = First a few: { $value }
change-start = Starts: { ISO($value) }
change-sendWindow = Send window: { ISO($value) }
change-guardRails = Guard rails: { $value }
change-speed = Speed: { $value }
change-priority = Priority: { $value }
change-spendCap = Spend cap: { $value }
change-limit-ask =
    How many messages a day may each account of { CODE($id) } send? Tap a number, or type one.
    Now: { $now }
change-accounts-count = { $count }
change-accounts-ask = <b>Which accounts send for { CODE($id) }?</b> Tap one to add it or to leave it out.
change-accounts-only = There is no other account that { CODE($id) } could go through. /accounts shows those that are set up.
change-accounts-a-day =
    { $left ->
        [one] 1 is left, through
       *[other] { $left } are left, through
    } { $count ->
        [one] 1 account
       *[other] { $count } accounts
    }: at most { $most } a day.
change-accounts-free =
    { $left ->
        [one] 1 is left, through
       *[other] { $left } are left, through
    } { $count ->
        [one] 1 account
       *[other] { $count } accounts
    }; one of them or more without a daily limit.
change-accounts-out = Left out: { $names }. What is on its way there still arrives, what people answer there is still read, and nothing new is sent through it.
button-accounts-apply =
    { $count ->
        [one] ✅ Send through this 1 account
       *[other] ✅ Send through these { $count } accounts
    }
change-names-count = { $count } so far
names-ask = <b>Add these to { CODE($id) }?</b>
names-new =
    { $count ->
        [one] 1 is new.
       *[other] { $count } are new.
    }
names-known =
    { $count ->
        [one] 1 is in the campaign already; nothing changes for them.
       *[other] { $count } are in the campaign already; nothing changes for them.
    }
names-suppressed =
    { $count ->
        [one] Of the new ones 1 is on the do-not-send list and gets nothing.
       *[other] Of the new ones { $count } are on the do-not-send list and get nothing.
    }
names-contacted-lately =
    { $count ->
        [one] Of the new ones 1 was written to by another campaign lately and is left out.
       *[other] Of the new ones { $count } were written to by other campaigns lately and are left out.
    }
names-other-campaign =
    { $count ->
        [one] Of the new ones 1 is among the people whom this campaign leaves out.
       *[other] Of the new ones { $count } are among the people whom this campaign leaves out.
    }
names-consent = Where the permission to write to them comes from, kept with the campaign:
button-names-add =
    { $count ->
        [one] ✅ Add 1 name
       *[other] ✅ Add { $count } names
    }
names-added =
    { $added ->
        [0] Nobody joined { CODE($id) }: everybody on the list was there already.
        [one] 1 joined { CODE($id) }.
       *[other] { $added } joined { CODE($id) }.
    } { $left ->
        [0] Nobody is left to be written to.
        [one] 1 is left to be written to.
       *[other] { $left } are left to be written to.
    }
names-nobody = Everybody on this list is in { CODE($id) } already. Send another list.
names-refused-unknownCampaign = { CODE($id) } is no longer here; nobody was added.
names-refused-over = { CODE($id) } has ended, so nobody can join it. A new campaign can have these people.
names-refused-noList = That list is no longer kept here; nobody was added. Please send it again.
names-refused-columns = The message of { CODE($id) } needs { $names }, and this list has no such column. Send a list that has it.
button-raise-limit = 🔢 Raise the daily limit
did-resume-waits = No account can send yet; it goes on by itself { $moment }.
change-text-ask =
    { $left ->
        [0] Nobody is left to be written to in { CODE($id) }, so this text would reach nobody.
        [one] The 1 recipient of { CODE($id) } who is still to be written to gets this text.
       *[other] The { $left } recipients of { CODE($id) } who are still to be written to get this text.
    } { $had ->
        [0] Nobody has another one yet.
        [one] 1 has the text before, or may have, and keeps it.
       *[other] { $had } have the text before, or may have, and keep it.
    }
button-change-apply = ✅ Use this text
button-without-file = 📎 Without the file
change-file-no-room = { CODE($name) } has no room for that many characters beside it ({ $max } at most), so this text would go without it.
change-done =
    { CODE($id) } is changed (revision { $revision }). { $left ->
        [0] Nobody is left to be written to.
        [one] It counts for the 1 recipient who is left.
       *[other] It counts for the { $left } recipients who are left.
    }
change-cancelled = Nothing was changed.
change-refused-unknownCampaign = { CODE($id) } is no longer here; nothing was changed.
change-refused-over = { CODE($id) } has ended meanwhile; nothing was changed.
change-refused-changed = Somebody else changed { CODE($id) } meanwhile, so your change was not made. Please look at it again.
change-refused-same = { CODE($id) } has exactly that already; nothing was changed.
change-refused-noAccount = A campaign needs at least one account; nothing was changed.
change-title-over = { CODE($id) } is { $status }. What it sent can still be amended.
button-again = 🔄 Again
again-ask = A new campaign from { CODE($id) }: its text and settings are there to be kept, and consent is asked anew. For whom?
again-uncertain =
    { $count ->
        [one] 1 is uncertain and may have the message already; in a new campaign it would be a second one.
       *[other] { $count } are uncertain and may have the message already; in a new campaign it would be a second one.
    }
button-again-everyone = Everyone ({ $count })
button-again-failed = Failed ({ $count })
button-again-notFound = Not found ({ $count })
button-again-uncertain = Uncertain ({ $count })
button-again-neverTried = Never tried ({ $count })
change-cannot-amend = What was sent through { $channel } can't be taken back or mended.
change-takeBack = ⏪ Take back: { $value }
change-mend = 🩹 Mend what was sent: { $value }
change-amended =
    { $count ->
        [0] none yet
       *[other] { $count }
    }

## Taking back and mending

amend-ask-takeBack =
    { $count ->
        [one] Take back whose message of { CODE($id) }? 1 can be taken back.
       *[other] Take back whose messages of { CODE($id) }? { $count } can be taken back.
    }
amend-ask-mend =
    { $count ->
        [one] Put another text in the place of whose message of { CODE($id) }? 1 can be mended.
       *[other] Put another text in the place of whose messages of { CODE($id) }? { $count } can be mended.
    }
amend-ask-name = For one person, write the username.
amend-revision = { $revision }. “{ ISO($text) }” ({ $count })
amend-too-old =
    { $count ->
        [one] 1 message is too old to be taken back and stays.
       *[other] { $count } messages are too old to be taken back and stay.
    }
amend-unknown =
    { $count ->
        [one] The id of 1 message is not known; it stays.
       *[other] The ids of { $count } messages are not known; they stay.
    }
amend-opted-out =
    { $count ->
        [one] 1 is on the do-not-send list and is given no other text.
       *[other] { $count } are on the do-not-send list and are given no other text.
    }
amend-unfit =
    { $count ->
        [one] With the values of 1 the text would be empty or too long; that message stays.
       *[other] With the values of { $count } the text would be empty or too long; those messages stay.
    }
amend-other-language =
    { $count ->
        [one] 1 has the message in another language ({ $languages }), for which there is no new text; it stays.
       *[other] { $count } have the message in other languages ({ $languages }), for which there is no new text; those messages stay.
    }
button-amend-languages = 🌐 New texts in other languages
amend-not-his = There is no message to that name that could be changed or taken back. Choose below, or type another username.
amend-nobody-takeBack = There is no message of { CODE($id) } that can be taken back.
amend-nobody-mend = There is no message of { CODE($id) } that can be mended.
amend-busy = Something is being taken back or mended in { CODE($id) } already. Let it end, or stop it on the card.
amend-unapproved = Campaigns need a second pair of eyes, and nobody else has seen this text. While { CODE($id) } is under way, change its text first and have it approved; then messages that were sent can be mended into that very text. Of one that is over the owner decides: /roles.
amend-changed = Other messages of { CODE($id) } were taken back or mended meanwhile. Nothing was done; look at the card, and begin once more if it is still wanted.
amend-cannot-takeBack = What { CODE($id) } sent can't be taken back.
amend-cannot-mend = What { CODE($id) } sent can't be mended.
amend-grows = The campaign is still sending: who gets the message until you confirm is included, who gets it later is not. Pause it first to leave nobody out.
amend-confirm-takeBack =
    { $count ->
        [one] Take back 1 message of { CODE($id) }? It disappears from the person's chat, and { CODE($id) } does not write to them again. This can't be undone.
       *[other] Take back { $count } messages of { CODE($id) }? They disappear from people's chats, and { CODE($id) } does not write to them again. This can't be undone.
    }
amend-confirm-mend =
    { $count ->
        [one] Put this text in the place of 1 message of { CODE($id) }? No new message is sent.
       *[other] Put this text in the place of { $count } messages of { CODE($id) }? No new message is sent.
    }
amend-begun-takeBack =
    { $count ->
        [one] 1 message of { CODE($id) } is being taken back. The card shows how it goes.
       *[other] { $count } messages of { CODE($id) } are being taken back. The card shows how it goes.
    }
amend-begun-mend =
    { $count ->
        [one] 1 message of { CODE($id) } is being mended. The card shows how it goes.
       *[other] { $count } messages of { CODE($id) } are being mended. The card shows how it goes.
    }
button-amend-all = All ({ $count })
button-amend-revision = Revision { $revision } ({ $count })
button-amend-takeBack = ⏪ Take back { $count }
button-amend-mend = 🩹 Mend { $count }
card-takenBack = ⏪ Taken back, or may be: { $count }
card-mended = 🩹 Mended, or may be: { $count }
card-amending-takeBack = ⏳ Taking back: { $done } of { $count }; { $kept } stay
card-amending-takeBack-paused = ⏸ Taking back is paused: { $done } of { $count }; { $kept } stay
card-amending-mend = ⏳ Mending: { $done } of { $count }; { $kept } stay as they were
card-amending-mend-paused = ⏸ Mending is paused: { $done } of { $count }; { $kept } stay as they were
button-amendPause-takeBack = ⏸ Pause taking back
button-amendPause-mend = ⏸ Pause mending
button-amendResume-takeBack = ▶️ Go on taking back
button-amendResume-mend = ▶️ Go on mending
button-stop-takeBack = ⏹ Stop taking back
button-stop-mend = ⏹ Stop mending
amend-did-pause = Paused. Messages being worked on right now are completed.
amend-did-resume = It goes on.
amend-did-stop = Stopped. Whoever is left keeps the message.
amend-no-file = A file can't replace what was sent; only the text is used.
amend-nothing = Nothing is being taken back or mended just now.

## Doing something to a campaign

which-pause = Pause which campaign?
which-resume = Resume which campaign?
which-cancel = Cancel which campaign?
which-retry = Retry the failed ones of which campaign?
which-change = Change which campaign?
which-schedule = Which campaign that waits for its start?
which-schedule-typed = Several campaigns wait for their start. Write whose it is before the moment, like { CODE($id) } { ISO($moment) } after { COMMAND("schedule") }.
which-report = Report on which campaign?
nothing-pause = No campaign is sending now. /campaigns lists all of them.
nothing-resume = No campaign is paused. /campaigns lists all of them.
nothing-retry = No campaign has failed recipients to try again. /campaigns lists all of them.
nothing-change = No campaign is sending or paused, so there is nothing to change. /campaigns lists all of them.
nothing-schedule = No campaign waits for its start. /new prepares one; its start is among the options of the plan.
nothing-report = There are no campaigns yet. /new prepares one.
no-such-campaign = There is no campaign { CODE($id) }. /campaigns lists all of them.
did-pause = Paused. Messages already on their way are completed.
did-resume = Resumed.
did-first = It now sends first through the accounts it shares.
did-more = It goes on, and waits for your word once more.
did-goOn = It goes on.
did-startNow = It starts now.
did-cancel = Cancelled. Nobody else is written to.
did-endFollow = Follow-ups are ended. Nobody else gets one.
nothing-left-endFollow = { ISO($id) } has no follow-ups to end.
did-retry = The failed ones are tried again.
did-cleanup = The temporary file is deleted.
not-now = Not possible now: { ISO($id) } is { $status }.
nothing-left-first = { $id } goes first already.
nothing-left-pause = Nothing to pause in { ISO($id) }.
nothing-left-resume = Nothing to resume in { ISO($id) }.
nothing-left-startNow = { ISO($id) } waits for no start.
nothing-left-cancel = Nothing to cancel in { ISO($id) }.
nothing-left-retry = Nothing to retry in { ISO($id) }.
nothing-left-cleanup = { ISO($id) } has no temporary file any more.
unknown-campaign = This campaign is no longer here.
confirm-cancel =
    { $left ->
        [one] Cancel { CODE($id) }? The 1 recipient still planned is not written to. This can't be undone.
       *[other] Cancel { CODE($id) }? The { $left } recipients still planned are not written to. This can't be undone.
    }
button-confirm-cancel = Yes, cancel it
confirm-endFollow = End the follow-ups of { CODE($id) }? Nobody else gets one, and that can't be undone. What was sent stays.
button-confirm-endFollow = Yes, end them
button-keep-campaign = No, let it be
confirm-cleanup = Delete the temporary file of { CODE($id) }? The results stay, and nobody gets a second message: the campaign itself remembers who got it.
button-confirm-cleanup = Yes, delete it
confirm-goOn =
    { $left ->
        [0] { CODE($id) } goes by data that was put back from the backup of { $moment }. Who got its message after that is not known here: whoever joins it may get it a second time. Check with whoever sent since, then decide.
        [one] { CODE($id) } goes by data that was put back from the backup of { $moment }. Whether the 1 recipient still planned got the message after that is not known here: if so, they get it a second time. Check with whoever sent since, then decide.
       *[other] { CODE($id) } goes by data that was put back from the backup of { $moment }. Which of the { $left } recipients still planned got the message after that is not known here: whoever did gets it a second time. Check with whoever sent since, then decide.
    }
button-confirm-goOn = Nobody did: go on
question-kept = Fine, nothing changed.
question-old = This question is too old to answer. Please ask again.

## Uncertain

uncertain-title =
    { $count ->
        [one] ❓ { CODE($id) }: 1 recipient is uncertain. The message may have arrived; it was not sent again.
       *[other] ❓ { CODE($id) }: { $count } recipients are uncertain. The message may have arrived; it was not sent again.
    }
uncertain-none = No uncertain recipients in { CODE($id) }.
uncertain-rest =
    { $count ->
        [0] These are all. One decision can be made for all of them.
        [one] 1 more is uncertain.
       *[other] { $count } more are uncertain.
    }
button-uncertain-next = Show the next of { $count }
button-uncertain-all = Decide for all { $count }
uncertain-look =
    { $count ->
        [one] ❓ { CODE($id) }: 1 recipient may have got the message; it was not sent again:
       *[other] ❓ { CODE($id) }: { $count } recipients may have got the message; it was not sent again:
    }
uncertain-name = { CODE($username) }
uncertain-names-more =
    { $count ->
        [one] and 1 more
       *[other] and { $count } more
    }
uncertain-others = Others have become uncertain or were settled since. Here they are as they stand now.
uncertain-kept =
    { $count ->
        [one] ❓ { CODE($id) }: 1 recipient stays uncertain for now.
       *[other] ❓ { CODE($id) }: { $count } recipients stay uncertain for now.
    }
button-all-sent = Count all { $count } as sent
button-all-again = Send to all { $count } again
button-all-skip = Skip all { $count }
button-undecided = Leave undecided for now
confirm-all-again =
    { $count ->
        [one] Send to 1 recipient again? If the first message did arrive, this person gets it twice.
       *[other] Send to { $count } recipients again? Whoever got the first message gets it twice.
    }
button-confirm-all-again = Yes, send to all { $count } again
resolved-again = 🕓 { CODE($username) } is planned again, as you chose.
resolved-all-sent =
    { $count ->
        [one] ✅ 1 counts as sent.
       *[other] ✅ { $count } count as sent.
    }
resolved-all-again =
    { $count ->
        [one] 🕓 1 is planned again, as you chose.
       *[other] 🕓 { $count } are planned again, as you chose.
    }
resolved-all-skip =
    { $count ->
        [one] ⏭ 1 is skipped.
       *[other] ⏭ { $count } are skipped.
    }
resolved-left =
    { $count ->
        [one] 1 was settled meanwhile and stays as it is.
       *[other] { $count } were settled meanwhile and stay as they are.
    }
uncertain-card = { CODE($username) }: sending began { $moment } with { CODE($account) }; the answer never came.
button-check = Check
button-count-sent = Count as sent
button-send-again = Send again
button-skip = Skip
confirm-again = Send to { CODE($username) } again? If the first message did arrive, this person gets it twice.
button-confirm-again = Yes, send again
resolved-sent = ✅ { CODE($username) } counts as sent.
resolved-planned = 🕓 { CODE($username) } did not get it and is planned again.
resolved-claimed = 📨 { CODE($username) } is being written to.
resolved-skipped = ⏭ { CODE($username) } is skipped.
resolved-notFound = 🔍 { CODE($username) } does not exist.
resolved-refused = 🙅 { CODE($username) } declined.
resolved-failed = ⚠️ { CODE($username) } did not get it.
resolved-uncertain = ❓ { CODE($username) } is still uncertain: the service can't tell.
resolved-already = This one is already decided.

## End of a campaign

summary-finished = 🏁 { CODE($id) } is finished.
summary-cancelled = ❌ { CODE($id) } was cancelled.
summary-sent =
    { $sent ->
        [one] <b>1</b> of { $total } sent, to no one twice.
       *[other] <b>{ $sent }</b> of { $total } sent, to no one twice.
    }
summary-sent-again =
    { $sent ->
        [one] <b>1</b> of { $total } sent.
       *[other] <b>{ $sent }</b> of { $total } sent.
    }
sent-again =
    { $count ->
        [one] By your choice 1 was sent to again; this person may have the message twice.
       *[other] By your choice { $count } were sent to again; they may have the message twice.
    }
summary-never-started = Not found means here: never pressed Start on the bot. A bot may write to nobody else.
summary-start-link = Send them this link; whoever presses Start there can be written to: { $link }
summary-time = It took { $duration }.
results-caption = What happened to every name of { CODE($id) }.
results-none = There are no results for { CODE($id) } yet.
results-too-big = The results file of { CODE($id) } is too large for Telegram. It is on the server: { CODE($path) }
## A backup

backup-begun = Making the backup. The file comes here when it is ready; everything else goes on meanwhile.
backup-caption =
    Backup of { $moment }. It holds the names and messages of people: keep it as you keep a list of customers.
    To check it: <code>peyk doctor --backup FILE</code>
    To put it into an empty folder: <code>peyk restore FILE</code>. There nothing is sent before you confirm it for each campaign.
backup-too-big = The backup is too large for Telegram. It is on the server: { CODE($path) }

## What has stopped

alert-stopped = 🔔 { CODE($id) } has stopped and waits for you.
alert-waits = 🔔 { CODE($id) } waits and goes on by itself.
alert-still = 🔔 { CODE($id) } still waits for you. It stopped { $moment }.
alert-paused-by = 🔔 { ISO($who) } paused { CODE($id) }.
alert-numbers = { $sent } of { $total } sent, { $left } still to be written to.
alert-failed = { $count } failed.
alert-uncertain = { $count } uncertain.
alert-may-be-known = You may have been told this already: Peyk was stopped at that moment.
button-show-campaign = 📋 Show the campaign
ask-quiet =
    When a campaign stops by itself, or a colleague pauses one, you are told in a message of its own; while it waits for a person you are reminded after an hour and then daily.
    In quiet hours all of that waits for the morning. Now: <b>{ $now }</b>
quiet-hours = { $from }:00 to { $to }:00
quiet-off = no quiet hours
button-quiet-off = No quiet hours
button-chosen = ● { $label }

## A campaign's details

details-title = 🔎 Details of { CODE($id) }
details-text = <b>Message</b>
details-attachment = 📎 { ISO($file) }
details-button = 🔗 { ISO($label) }: { $url }
details-consent = <b>Consent</b>, stated by { ISO($who) } { $moment }
details-lists = <b>Lists</b>
details-list =
    { ISO($file) }: { $count ->
        [one] { $count } name
       *[other] { $count } names
    }, { $moment }
details-list-again = { ISO($file) }: given again for other values, { $moment }
details-settings = <b>Settings</b>
details-through = Through { ISO($channel) }
details-account = { CODE($account) }: at most { $limit } a day
details-account-free = { CODE($account) }: no daily limit
details-former-accounts = Left out since: { $names }
details-not-within =
    { $count ->
        [one] Nobody whom another campaign wrote to in the last day
       *[other] Nobody whom another campaign wrote to in the last { $count } days
    }
details-excludes = Nobody whom { CODE($id) } wrote to
details-more =
    { $count ->
        [one] and 1 more
       *[other] and { $count } more
    }
details-history = <b>Who did what</b>
history-earlier =
    { $count ->
        [one] 1 earlier entry is not shown.
       *[other] { $count } earlier entries are not shown.
    }
history-created = { $moment }: created by { ISO($who) }
history-created-itself = { $moment }: created
history-consented = { $moment }: consent stated by { ISO($who) }: { ISO($text) }
history-changed = { $moment }: { $what } changed by { ISO($who) }
history-paused = { $moment }: paused by { ISO($who) }
history-paused-itself = { $moment }: paused by itself
history-resumed = { $moment }: resumed by { ISO($who) }
history-resumed-itself = { $moment }: resumed
history-retried = { $moment }: failed ones tried again by { ISO($who) }
history-retried-itself = { $moment }: failed ones tried again
history-scheduled = { $moment }: another start set by { ISO($who) }
history-scheduled-itself = { $moment }: another start set
history-started = { $moment }: started ahead of its time by { ISO($who) }
history-started-itself = { $moment }: started
history-cancelled = { $moment }: cancelled by { ISO($who) }
history-cancelled-itself = { $moment }: cancelled
history-takeBack =
    { $count ->
        [one] { $moment }: { ISO($who) } began to take 1 message back
       *[other] { $moment }: { ISO($who) } began to take { $count } messages back
    }
history-mend =
    { $count ->
        [one] { $moment }: { ISO($who) } began to mend 1 message
       *[other] { $moment }: { ISO($who) } began to mend { $count } messages
    }
history-finished-itself = { $moment }: finished
changed-message = message
changed-names = names
changed-values = values
changed-accounts = accounts
changed-settings = settings

## The report's picture

picture-title = Campaign report
picture-period = { $from } to { $until }
picture-since = since { $from }
picture-outcomes = Everybody on the list
outcome-takenBack = taken back, or may be
picture-share = { $count } · { $percent }%
picture-share-small = { $count } · under 1%
picture-time = Over time
picture-time-note = Attempts, one column is { $duration }
picture-time-none = Nobody has been tried yet
picture-accounts = Accounts
picture-account =
    { $count ->
        [one] { $count } sent
       *[other] { $count } sent
    }
picture-accounts-more =
    { $count ->
        [one] and one more account
       *[other] and { $count } more accounts
    }
picture-caption = How { CODE($id) } stands.
sheet-results = Results
sheet-leads = Leads
heading-username = Username
heading-state = State
heading-account = Account
heading-time = Time
heading-attempts = Attempts
heading-revision = Revision
heading-language = Language
heading-added = Added
heading-message-id = Message id
heading-reason = Reason
heading-note = Note
heading-reason-code = Reason code
state-planned = planned
state-claimed = in progress
state-sent = sent
state-notFound = not found
state-refused = declined
state-failed = failed
state-uncertain = uncertain
state-skipped = skipped
state-takenBack = taken back
state-maybeTakenBack = may be taken back
state-mended = sent, and mended
state-maybeMended = sent, and may be mended
skip-duplicate = skipped (repeated)
skip-optedOut = skipped (opted out)
skip-suppressed = skipped (do-not-send list)
skip-contactedLately = skipped (contacted lately)
skip-otherCampaign = skipped (another campaign wrote to them)
skip-earlierCheckpoint = skipped (already sent)
skip-answered = skipped (answered)
skip-otherPerson = skipped (the name is somebody else's now)
skip-cancelled = skipped (campaign cancelled)
skip-erased = skipped (their data was erased)
skip-leftInDoubt = skipped (left uncertain)

## The team: who may do what
role-owner = owner
role-operator = operator
role-approver = approver
role-viewer = viewer
role-meaning-operator = prepares, starts and steers campaigns, and approves those of others
role-meaning-approver = sees everything, and approves campaigns
role-meaning-viewer = sees how everything stands, and does nothing
role-cannot = Your role here is { $role }, which does not allow that. The owner can give you another one.
role-cannot-press = Your role, { $role }, does not allow that.
role-taken = Your role does not allow that any more; nothing was done.
role-got = You are { $role } here now: somebody who { $meaning }. /help lists what you can type.
role-lost = You have no role here any more. What you began and others go on with stays.
roles-title = <b>The team</b>
roles-line = { ISO($name) } ({ CODE($id) }): { $role }
roles-how = To give somebody a role: { CODE("/roles 12345 viewer") } with their Telegram id or @name, or forward a message of theirs here and answer to it with /roles. The roles are { CODE("operator") }, { CODE("approver") } and { CODE("viewer") }.
roles-who = Whom do you mean? Type their Telegram id or the @name of a subscriber, or forward a message of theirs here and answer to it with /roles. Where they hide who they are, Telegram does not tell it; then only the id will do.
roles-which = { CODE($given) } is no role. There are { CODE("operator") }, { CODE("approver") } and { CODE("viewer") }.
roles-has = { ISO($name) } is { $role } now.
roles-has-none = { ISO($name) } has no role now.
roles-meaning = <b>{ $role }</b>: { $meaning }
roles-given = { ISO($name) } is { $role } now.
roles-taken = { ISO($name) } has no role any more.
roles-same = { ISO($name) }: that is how it was already.
roles-theOwner = The owner is the first in OPERATOR_IDS, and stays it until the settings say otherwise.
roles-untold = They could not be told: they have not started this bot yet, or have blocked it.
approval-needed = Before it goes out, somebody else must approve it.
approval-sent-back = Sent back: { ISO($reason) }
approval-outside = { ISO($by) } started it outside this chat, and who that is can't be known here. If it was you, leave it to somebody else.
approval-how-back = Type why, and whoever made it is told: { CODE("/sendback ", $id, " the reason") }
approval-did = Approved as it stands.
approval-did-back = { CODE($id) } was sent back with your reason.
approval-told-back = { ISO($who) } sent { CODE($id) } back: { ISO($reason) }
approval-told-back-outside = { ISO($who) } sent { CODE($id) } back, which { ISO($by) } started outside this chat: { ISO($reason) }
approval-own = You made it or changed it, so somebody else must approve it.
approval-changed = It was changed since you saw it. Look at it again with /status.
approval-notNow = It waits for no approval now.
approval-is-on = <b>Second pair of eyes</b>: on. A campaign goes out only when somebody else has approved its text, list, limits, time and consent.
approval-is-off = <b>Second pair of eyes</b>: off. A campaign goes out when whoever prepared it starts it.
approval-on = On for every campaign from now on; what is under way goes on as it stands.
approval-off = Nobody has to approve anything from now on.
approval-card-title = <b>To be approved</b>
approval-card-more = All of it, with every text in full and the first and last name of each list, is under 🔎 Details.
approval-sheet-title = <b>All of what you approve</b> with { CODE($id) }
approval-text-in = <b>Message</b>, { $language }
approval-with-tags = Shown with its formatting tags.
approval-follow-up = <b>Follow-up</b>, { $after }, to whoever has not answered
approval-people =
    { $count ->
        [one] { $count } person: { ISO($files) }
       *[other] { $count } people: { ISO($files) }
    }
approval-consent = <b>Consent</b>
approval-list-names = First { CODE($first) }, last { CODE($last) }
approval-list-columns = Columns: { ISO($columns) }
approval-list-through = Only through { CODE($account) }
approval-list-grows = More people join it by themselves
approval-account = { CODE($account) }: { $limits }
approval-up-to =
    { $count ->
        [one] It waits once { $count } person has it
       *[other] It waits once { $count } people have it
    }
approval-stands-since = For whoever subscribes from { $moment } on; turned on or off last { $turned }
approval-follows-up = Follow-up { $count } of { CODE($id) }; not for whoever wrote back since { $moment }
approval-starts = Starts { $moment }, set by { ISO($who) }
approval-media = The message as people get it:
approval-media-in = The message as people get it, { $language }:
approval-media-hidden = ⚠️ Telegram did not show it. What it holds is described below.
button-approve = ✅ Approve
button-send-back = ↩️ Send back
button-approval-on = Have campaigns approved
button-approval-off = Approve no more
pause-approval = It waits for somebody else's approval of its text, list, limits, time and consent; any change asks for another one.
pause-sent-back = It was sent back with the reason “{ ISO($reason) }”. It waits for a change, and then for somebody else's approval.
button-role-of = { $name } – { $role }
button-role-operator = Make operator
button-role-approver = Make approver
button-role-viewer = Make viewer
button-role-none = Take the role away

## The history: who did what
button-history = 🧾 History
button-history-file = 📄 All of it as a file
deeds-not-whole = ⚠️ <b>The history is not whole.</b> { $problem }
deeds-heading =
    { $count ->
        [0] Nothing is recorded in the history yet.
        [one] <b>History</b>: 1 entry.
       *[other] <b>History</b>: { $count } entries, the newest first.
    }
deeds-of-campaign =
    { $count ->
        [0] Nothing is recorded of { CODE($id) } yet.
        [one] <b>History of</b> { CODE($id) }: 1 entry.
       *[other] <b>History of</b> { CODE($id) }: { $count } entries, the newest first.
    }
deeds-of-person =
    { $count ->
        [0] Nothing is recorded that was done to { CODE($name) } by name.
        [one] <b>Done to</b> { CODE($name) }: 1 entry.
       *[other] <b>Done to</b> { CODE($name) }: { $count } entries, the newest first.
    }
deeds-line = { $moment }, { ISO($who) }: { $what }
deeds-line-refused = { $moment }, { ISO($who) }: { $what } – refused as things stood
deeds-line-failed = { $moment }, { ISO($who) }: { $what } – it failed
deeds-line-unknown = { $moment }, { ISO($who) }: { $what } – under way, or Peyk was stopped over it
deeds-end-done = done
deeds-end-refused = refused
deeds-end-failed = failed
deeds-end-unknown = not known
deeds-by-id = operator { $id }
deeds-by-terminal = { $name } (command line)
deeds-by-library = { $name } (a program)
deeds-by-http = { $name } (over HTTP)
deeds-by-nobody = somebody
deeds-by-peyk = Peyk by itself
deeds-people =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
deeds-file-caption = The history as it is now. Each entry is sealed behind the one before; { CODE("peyk doctor") } tells whether any is missing.
sheet-history = History
heading-number = No.
heading-who = Who
heading-deed = Deed
heading-outcome = Outcome
deed-start = started { CODE($id) }
deed-scheduled = set a start for { CODE($id) }
deed-testSend = sent a test of { CODE($id) } to { $names }
deed-pause = paused { CODE($id) }
deed-resume = let { CODE($id) } go on
deed-goFirst = let { CODE($id) } go first
deed-cancelFollowUps = ended the follow-ups of { CODE($id) }
deed-cancel = cancelled { CODE($id) }
deed-retryFailed = had the failed ones of { CODE($id) } tried again
deed-startNow = started { CODE($id) } ahead of its time
deed-moveStart = set another start for { CODE($id) }
deed-change = changed { CODE($id) }: { $what }
deed-addNames = added { $names } to { CODE($id) }
deed-takeBack = had messages of { CODE($id) } taken back: { $names }
deed-mend = had messages of { CODE($id) } mended: { $names }
deed-pauseAmending = paused the taking back or mending in { CODE($id) }
deed-resumeAmending = let the taking back or mending in { CODE($id) } go on
deed-stopAmending = ended the taking back or mending in { CODE($id) }
deed-resolve = decided on { $names } in { CODE($id) }: { $what }
deed-honourCheckpoint = took a checkpoint into { CODE($id) }: { $names }
deed-cleanup = removed the checkpoint of { CODE($id) }
deed-export = took the results of { CODE($id) } as a file
deed-suppress = put { $names } on the do-not-send list
deed-unsuppress = took { $names } off the do-not-send list
deed-collect = had leads collected into { CODE($list) }
deed-pauseLeads = paused the collecting into { CODE($list) }
deed-resumeLeads = let the collecting into { CODE($list) } go on
deed-cancelLeads = ended the collecting into { CODE($list) }
deed-resetLeads = let { CODE($list) } be collected anew
deed-exportLeads = took the leads of { CODE($list) } as a file
deed-keepAudience = kept people under the name { CODE($list) }
deed-renameAudience = gave { CODE($list) } another name
deed-beginWelcome = began the welcome
deed-welcomeOn = turned the welcome on
deed-welcomeOff = turned the welcome off
deed-removeAudience = forgot who was kept under the name { CODE($list) }
deed-tag = put the tag { CODE($list) } on { $names }
deed-untag = took the tag { CODE($list) } off { $names }
deed-giveRole = gave { $names } the role { $what }
deed-takeRole = took the role of { $names }
deed-approvalOn = had every campaign approved by somebody else from then on
deed-approvalOff = let campaigns go out without anybody else's approval
deed-approve = approved { CODE($id) }
deed-sendBack = sent { CODE($id) } back
deed-answersOn = had the answers on { CODE($list) } shown
deed-answersOff = had the answers on { CODE($list) } shown no more
deed-replyTo = replied to answer { CODE($list) }
deed-replyTo-named = replied to { $names } (answer { CODE($list) })
deed-confirmRestored = let { CODE($id) } go on that was put back from a backup
deed-backup = made a backup
deed-erase = erased a person
deed-exportPerson = took all that is kept of { $names } as a file
deed-exportHistory = took the history as a file
deed-exportSuppressed = took the do-not-send list as a file
deed-restore = put everything back from a backup
deed-moveToDatabase = moved everything from the data folder into the database
deed-moveToFiles = moved everything from the database into the data folder
deed-addToken = made the token { CODE($list) } for another program
deed-revokeToken = revoked the token { CODE($list) }
deed-addWebhook = made the webhook { CODE($list) }
deed-removeWebhook = removed the webhook { CODE($list) }
deed-rotateWebhook = gave the webhook { CODE($list) } a new secret
deed-resumeWebhook = switched the webhook { CODE($list) } on again
deed-syncOn = switched the copy in PostgreSQL on
deed-syncOff = switched the copy in PostgreSQL off
deed-what-sent = it arrived
deed-what-again = send it again
deed-what-skip = leave it
deed-what-check = ask the service

## Restart

restarted = Peyk was restarted. { CODE($id) } goes on where it stopped: { $sent } of { $total } sent, none twice.
restarted-paused = Peyk was restarted. { CODE($id) } is paused where it stopped: { $sent } of { $total } sent, none twice.
restarted-again = Peyk was restarted. { CODE($id) } goes on where it stopped: { $sent } of { $total } sent.
restarted-paused-again = Peyk was restarted. { CODE($id) } is paused where it stopped: { $sent } of { $total } sent.
restarted-uncertain =
    { $count ->
        [one] 1 is uncertain and being checked; what stays open is behind the button.
       *[other] { $count } are uncertain and being checked; what stays open is behind the button.
    }

## Log

log-heading = <b>{ CODE($id) }</b>
log-uncertain =
    { $count ->
        [one] ❓ { $count } recipient is uncertain: the message may have arrived; not sent again.
       *[other] ❓ { $count } recipients are uncertain: the message may have arrived; not sent again.
    }
log-noCheckpoint = New campaign: nobody has its message yet.
log-checkpointLoaded = Checkpoint loaded with { $names } already sent.
log-alreadySent = { $names } already sent, skipping them.
log-skipped = { CODE($username) }: { $reason }.
log-optedOut = { CODE($username) } asked { CODE($account) } for no more messages and is on the do-not-send list.
log-looksAgain = Whether uncertain messages of { CODE($account) } arrived can be looked up again { $moment }.
log-unheard = What people answered to { CODE($account) } can't be read before { $moment } ({ ISO($why) }). Whoever was written to before waits for it, for they may have said stop.
log-unheard-open = What people answered to { CODE($account) } can't be read ({ ISO($why) }). Whoever was written to before waits for it, for they may have said stop.
log-checkpointSaved = Checkpoint saved with { $names }.
log-checkpointRemoved = Checkpoint removed.
log-settled-sent = { CODE($username) } marked as sent.
log-settled-notFound = { CODE($username) } not found.
log-settled-refused = { CODE($username) } declined.
log-settled-failed = { CODE($username) } failed ({ ISO($why) }).
log-settled-uncertain = { CODE($username) } is uncertain ({ ISO($why) }).
log-settled-planned = { CODE($username) } did not get it and is tried again ({ ISO($why) }).
log-account-capped = { CODE($account) } has reached its limit.
log-account-capped-until = { CODE($account) } has reached its limit; it sends again { $moment }.
log-account-resting = { CODE($account) } rests ({ ISO($why) }).
log-account-resting-until = { CODE($account) } rests until { $moment } ({ ISO($why) }).
log-account-locked = { CODE($account) } is locked.
log-account-loggedOut = { CODE($account) } is logged out; log it in again.
log-account-back = { CODE($account) } is back.
log-status-running = Sending.
log-status-scheduled = Scheduled.
log-status-paused = Paused.
log-status-finished = Finished.
log-status-cancelled = Cancelled.
log-takeBack-running = Messages are being taken back.
log-takeBack-paused = Taking back is paused.
log-takeBack-stopped = Taking back was stopped; what was not taken back stays.
log-takeBack-finished = Taking back is done. The results say whose message stayed and why.
log-takeBack-halted = Taking back has paused ({ ISO($why) }).
log-mend-running = Messages are being mended.
log-mend-paused = Mending is paused.
log-mend-stopped = Mending was stopped; what was not mended stays.
log-mend-finished = Mending is done. The results say whose message stayed as it was and why.
log-mend-halted = Mending has paused ({ ISO($why) }).
log-more = … and { $count } more.

## Do-not-send list

suppress-standing =
    { $count ->
        [0] Nobody is on the do-not-send list.
        [one] 1 name is on the do-not-send list. No campaign writes to it.
       *[other] { $count } names are on the do-not-send list. No campaign writes to them.
    }
suppress-how =
    <code>/suppress ali sara</code> adds names, <code>/unsuppress ali</code> takes them off, <code>/suppressed ali</code> looks for them.
button-suppress-look = 🔎 See who is on it
button-suppress-file = 📄 The whole list as a file
suppress-file = do-not-send-list.csv
suppress-file-caption = Everybody on the do-not-send list. The same file can be added again.
suppress-found =
    { $count ->
        [0] Nobody with { CODE($text) } in the name or the note is on the do-not-send list.
        [one] { $count } name with { CODE($text) } in it or its note is on the do-not-send list:
       *[other] { $count } names with { CODE($text) } in them or their notes are on the do-not-send list:
    }
suppress-line = { CODE($username) }: { $reason }, { $moment }
suppress-line-note = { CODE($username) }: { $reason }, { $moment } ({ ISO($note) })
button-opt-outs = 📄 Add a whole list
ask-opt-outs =
    Send the list of people who are not to be written to: .txt, .csv, .xlsx or .json up to 20 MB, or the names themselves. All sheets of a spreadsheet are read.
    They are put down as: { $reason }. Another reason is one tap below.
opt-outs-counts =
    { $read ->
        [one] 1 line read:
       *[other] { $read } lines read:
    } { $unchanged } on the list before, { $duplicates } repeated, { $invalid } unusable.
opt-outs-missed =
    { $count ->
        [one] <b>1 line names nobody that Peyk can read</b>, so it keeps nobody from being written to:
       *[other] <b>{ $count } lines name nobody that Peyk can read</b>, so they keep nobody from being written to:
    }
opt-outs-cancelled = Cancelled. Nobody was added to the do-not-send list.
suppress-added =
    { $count ->
        [0] They were on the do-not-send list already.
        [one] 1 name added. No campaign writes to it from now on.
       *[other] { $count } names added. No campaign writes to them from now on.
    }
suppress-removed =
    { $count ->
        [0] None of them was on the do-not-send list.
        [one] 1 name taken off the do-not-send list.
       *[other] { $count } names taken off the do-not-send list.
    }
suppress-invalid = Not usernames: { $texts }

## One person

who-how = Who? Type a name, a link or an id after the command, like <code>/who ali</code>, or answer to somebody's card with /who.
who-no-name = That is no name to look for: { $why }. Send a username, a link to a profile or an id.
who-title = 👤 <b>{ CODE($name) }</b>
who-nothing = Nothing is known of { CODE($name) }: in no campaign, on no list of leads, not on the do-not-send list, no subscriber. Names are compared letter by letter.
who-was-erased = ⛔ Erased: nobody writes to them, in whatever list they come. What they were is not known any more.
who-free = Not on the do-not-send list.
who-suppressed = ⛔ On the do-not-send list: { CODE($username) }, { $reason }, { $moment }
who-suppressed-note = ⛔ On the do-not-send list: { CODE($username) }, { $reason }, { $moment } ({ ISO($note) })
who-several =
    { $count ->
        [one] The name means one person.
       *[other] The name means { $count } people, each on a platform of their own or one after the other. Here is each:
    }
who-counts =
    { $count ->
        [one] In 1 campaign: { $counts }.
       *[other] In { $count } campaigns: { $counts }.
    }
who-count = { $count } { $state }
who-person = <b>{ $channel }</b>: { CODE($name) }
who-person-formerly = <b>{ $channel }</b>: { CODE($name) }, formerly { $names }
who-id = Id { CODE($id) }: whatever the name becomes, it is this person.
who-no-id = No id is known: under another name Peyk would take this person for somebody else.
who-no-campaign = In no campaign.
who-subscriber-active = Subscriber of the bot, { $moment }
who-subscriber-through = Subscriber of the bot, { $moment }, through { CODE($source) }
who-subscriber-stopped = Left the bot { $moment } and gets nothing from it.
who-subscriber-blocked = Blocked the bot { $moment } and gets nothing from it.
who-subscriber-deactivated = Telegram said { $moment } that the account is gone.
who-row = { $number }. { CODE($id) }: { $state }
who-row-at = { $number }. { CODE($id) }: { $state }, { $moment }
who-row-with = { $number }. { CODE($id) }: { $state }, { $moment }, with { CODE($account) }
who-row-attempts =
    { $count ->
        [one] At the first attempt.
       *[other] At attempt { $count }.
    }
who-row-name = In its list as { CODE($username) }.
who-row-why = Why: { $why }.
who-row-for = It was { CODE($id) } that wrote to them.
who-row-text = Text: “{ ISO($text) }”
who-row-text-in = Text in { $language }: “{ ISO($text) }”
who-row-text-revision-in = Text of revision { $revision } in { $language }: “{ ISO($text) }”
who-row-text-revision = Text of revision { $revision }: “{ ISO($text) }”
who-leads =
    { $count ->
        [one] On 1 list of leads:
       *[other] On { $count } lists of leads:
    }
who-lead = { CODE($list) }: found { $moment } ({ ISO($target) })
who-tags = 🏷 Tags: { $names }
who-unknown-tags = ⚠️ The tags can't be read: which of them they have is not known. On the server, { CODE($command) } says which line it is.
who-unknown-campaign = ⚠️ { CODE($name) } can't be read: what became of them there is not known. On the server, { CODE($command) } says which line it is.
who-unknown-leads = ⚠️ The list of leads { CODE($name) } can't be read: whether they are on it is not known.
who-unknown-people = ⚠️ The record of who is behind the names can't be read: other names of theirs are not known. On the server, { CODE($command) } says which line it is.
who-unknown-doNotSend = ⚠️ The do-not-send list can't be read: whether they are on it is not known. On the server, { CODE($command) } says which line it is.
who-unknown-answers = ⚠️ What people answered can't be read: what they answered is not known. On the server, { CODE($command) } says which line it is.
who-unknown-more =
    { $count ->
        [one] 1 more can't be read.
       *[other] { $count } more can't be read.
    }
who-blocked =
    { $count ->
        [0] On the do-not-send list already.
       *[other] On the do-not-send list. No campaign writes to them any more.
    }
who-allow-ask = Take { $names } off the do-not-send list? Campaigns may write to them again then.
who-allow-stop = They said themselves that they want nothing: only go on if they asked for messages again.
who-back-ask = Take back the message of { CODE($id) } to { CODE($username) }? It disappears from the person's chat, and { CODE($id) } does not write to them again. This can't be undone.
who-back-none = { CODE($username) } has no message of { CODE($id) } that can still be taken back.
who-kept = Left as it is.
button-who-export = 📄 All that is kept, as a file
who-export-caption = All that is kept of this person. Give it to nobody else.
button-who-erase = 🗑 Erase this person…
who-erase-ask =
    Erase all that is kept of { CODE($name) }? Names, texts and values go from campaigns, lists, leads, the do-not-send list and the copy in PostgreSQL. All exports that Peyk keeps go as well. This can't be undone.

    What stays is that they were written to, without who they are: they are never written to again, in whatever list they come. What is in this chat, in backups and in files that were sent stays where it is.

    Peyk stops for some seconds to do it, and what is being sent ends first.
button-who-erase-yes = Erase for good
who-erasing = Nobody writes to them any more. Peyk stops for a moment, erases, and goes on; you hear of it here.
who-erased = The person is erased. What Telegram shows in this chat you can delete yourself.
who-erase-not = There is nothing left to erase.
results-erased = (erased)
button-who = 👤 { $name }
button-who-resolve = ❓ Decide on { $id }
button-who-back = ⏪ Take back from { $id }
button-who-block = ⛔ Do not send
button-who-allow = Take off the do-not-send list
button-who-allow-yes = Yes, take off the list
button-who-keep = No, leave it
button-who-write = ✉️ Write to { $name }
button-who-tags = 🏷 Tags

## Answers

answer-title = 💬 { CODE($name) } wrote to you, { $moment }:
answer-title-to = 💬 { CODE($name) } answered { CODE($id) }, { $moment }:
answer-answered = They had got:
answer-automatic = A program seems to have written this: it does not count as an answer.
answer-erased = (erased)
answer-somebody = somebody
answer-passed-on = Passed on. A person will read it.
answer-replied = You wrote back, { $moment }:
answer-how-to-reply = Reply to this message, and they get your words from { CODE($account) }.
reply-sent = ✅ { CODE($name) } has your reply.
reply-waits = ⏳ Your reply to { CODE($name) } waits for the account's limit and goes out by itself; you are told.
reply-failed = ❌ { CODE($name) } did not get your reply: { ISO($why) }.
reply-uncertain = ❓ Your reply to { CODE($name) } may have arrived ({ ISO($why) }). It is not sent again by itself. Peyk looks into the conversation now and tells you what it finds.
reply-uncertain-left = ❓ Your reply to { CODE($name) } may have arrived, and that could not be found out ({ ISO($why) }). It is not sent again by itself; look into the account before you write once more.
reply-problem-noAnswer = Whom that card is about is not known here any more, so your reply was not sent. /answers shows the answers that are kept; reply to one of those cards.
reply-problem-empty = An empty reply is not sent.
reply-problem-notSetUp = The way through which they wrote is not set up here any more, so the reply was not sent.
reply-problem-tooLong = Your reply has { $length } characters, { $max } fit. It was not sent.
reply-problem-noText = Only text can be sent as a reply. This was not sent.
reply-another = { ISO($who) } replied to { CODE($name) } before you, { $moment }:
reply-another-ask = Yours was not sent. Send it too?
button-reply-too = 📨 Send mine too
reply-edited = An edit changes nothing: what goes to { CODE($name) } is your reply as you first wrote it. To say more, reply to the card once more.
answer-media-photo = [a photo]
answer-media-video = [a video]
answer-media-voice = [a voice message]
answer-media-audio = [a sound file]
answer-media-sticker = [a sticker]
answer-media-animation = [an animation]
answer-media-document = [a file]
answer-media-location = [a place]
answer-media-contact = [a contact]
answer-media-poll = [a poll]
answer-media-other = [something that is no text]
answers-title =
    { $count ->
        [0] 💬 Nobody has answered yet. Each answer comes here as a card of its own.
        [one] 💬 <b>{ $count } person answered</b>
       *[other] 💬 <b>{ $count } people answered</b>, the newest first
    }
answers-title-about =
    { $count ->
        [0] 💬 No answer is kept of { CODE($about) }: no campaign or person of this name answered or was answered.
        [one] 💬 <b>{ $count } person answered</b>: { CODE($about) }
       *[other] 💬 <b>{ $count } people answered</b>: { CODE($about) }, the newest first
    }
answers-title-nobody = 💬 <b>No person has answered so far.</b>
answers-automatic =
    { $count ->
        [one] { $count } message below was written by a program, as far as its words show it, and counts for nobody.
       *[other] { $count } messages below were written by programs, as far as their words show it, and count for nobody.
    }
answers-line = { $number }. { CODE($name) }, { $moment }: “{ ISO($text) }”
answers-line-to = { $number }. { CODE($name) } to { CODE($id) }, { $moment }: “{ ISO($text) }”
answers-channel-on = { $channel }: answers come to this chat and are kept.
answers-channel-off = { $channel }: answers are read for stop words only and are not kept.
answers-ask =
    Keep answers from { $channel } and show them here?
    Reading costs ${ NUMBER($spent, maximumFractionDigits: 3) } for each message in the accounts' inboxes (price of { CODE($day) }), your own messages among them. Peyk reads them in any case for stop words, so keeping the answers costs nothing on top. Only what people wrote whom a campaign wrote to is kept, and only operators see it: { $channel } asks that nobody else does.
answers-many =
    { $count ->
        [one] 💬 { $count } answer more came. /answers has it.
       *[other] 💬 { $count } answers more came. /answers has them all; the newest follow as cards.
    }
card-answered = 💬 Answered: { $count }
heading-answered = Answered
who-row-answer = 💬 Answered { $moment }: “{ ISO($text) }”
who-row-answer-automatic = 💬 Automatic answer { $moment }: “{ ISO($text) }”
who-row-follow-up = ↪️ Followed up { $moment }, unless they answer before.
who-row-answers-more =
    { $count ->
        [one] { $count } answer more.
       *[other] { $count } answers more.
    }
who-wrote = 💬 Wrote { $moment }, to no campaign: “{ ISO($text) }”
log-answered = { CODE($username) } answered.
cli-event-answered = { $username } answered.
cli-show-answered = Answered: { $count }
button-answer = 💬 { $number }
button-answer-who = 👤 Who is it
button-answers-on = 🔔 Answers from { $channel }
button-answers-off = 🔕 No answers from { $channel }

## Subscribers

subscribed = You are subscribed to { ISO($bot) }; its messages will arrive here. /stop ends that at once, whenever you like.
button-leave = 🔕 Unsubscribe
language-own-ask =
    In which language would you like the messages, where there are several?
    /language_fa { $fa }
    /language_en { $en }
    Or write any other behind the command: <code>/language Deutsch</code>
language-own-set = From now on you get messages in { $language }, where they are written in it.
language-not-subscribed = You are not subscribed, so no messages are sent to you. /start subscribes you.
subscribed-again = You are subscribed already. /stop ends that at once.
unsubscribed = You are unsubscribed: no more messages will be sent to you. /start subscribes you again.
not-subscribed = You are not subscribed, and nothing is sent to you. /start subscribes you.
operator-unsubscribed = You are unsubscribed: campaigns send you nothing any more. /subscribe subscribes you again.
operator-not-subscribed = You are not subscribed, and campaigns send you nothing. /subscribe subscribes you.
subscribers-count =
    { $count ->
        [0] Nobody is subscribed yet.
        [one] <b>1</b> subscriber.
       *[other] <b>{ $count }</b> subscribers.
    }
subscribers-source = { CODE($source) }: { $count }
subscribers-link =
    Whoever opens this link and presses Start is subscribed: { $link }
    A word of your own at its end tells later where people came from: { $example }
subscribers-self = /subscribe subscribes you too, so that a test can be sent to you; /stop ends that.
## Growth: joining, leaving and blocking over time

growth-title = Subscribers
growth-standing =
    { $count ->
        [one] 1 subscriber
       *[other] { $count } subscribers
    }
growth-period = { $from } to { $until }
growth-joined = Joined
growth-left = Left by their own word
growth-blocked = Blocked the bot
growth-gone = Account is gone
growth-count = { $count }
growth-time = Over time
growth-note-days =
    { $count ->
        [1] A column is a day: upwards who joined, downwards who left.
        [one] A column is { $count } day: upwards who joined, downwards who left.
       *[other] A column is { $count } days: upwards who joined, downwards who left.
    }
growth-sources = By the link they came by
growth-no-source = no link that says
growth-source = { $count } now: { $joined } joined, { $left } left, { $blocked } blocked
growth-sources-more =
    { $count ->
        [one] and 1 more
       *[other] and { $count } more
    }
growth-caption = 📈 { $figures } now; { $duration }: joined { $joined }, left { $left }, blocked { $blocked }, accounts gone { $gone }.
growth-days-wrong = How many days back? A whole number from 1 to 3650, like <code>/growth 90</code>; a word of a link behind it tells of those alone.
button-growth = 📈 Growth
button-growth-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
## Audiences: people kept under a name, and tags

audiences-title = 📇 <b>Audiences</b>: people kept under a name, for campaigns to come.
audiences-none = No audience is kept yet. When a list was read for a new campaign, the button “Keep under a name” keeps it.
audiences-rename-how = Another name: { CODE($command) }
audience-list =
    { $count ->
        [one] 📇 <b>{ ISO($name) }</b>: a list of <b>1</b> name, kept { $moment } ({ ISO($origin) }).
       *[other] 📇 <b>{ ISO($name) }</b>: a list of <b>{ $count }</b> names, kept { $moment } ({ ISO($origin) }).
    }
audience-conditions =
    { $count ->
        [0] 📇 <b>{ ISO($name) }</b>: subscribers by conditions, nobody now.
        [one] 📇 <b>{ ISO($name) }</b>: subscribers by conditions, <b>1</b> now.
       *[other] 📇 <b>{ ISO($name) }</b>: subscribers by conditions, <b>{ $count }</b> now.
    }
audience-frozen = Whoever meets them when a campaign is planned becomes its recipient, and stays so.
audience-defined = Kept as { CODE($name) }. /audiences shows it, and the next campaign offers it.
audience-ask =
    { $count ->
        [0] Which subscribers? Nobody meets this now.
        [one] Which subscribers? <b>1</b> meets this now.
       *[other] Which subscribers? <b>{ $count }</b> meet this now.
    }
audience-ask-values = Any of these, as many as you like:
audience-ask-campaign = Of which campaign?
audience-ask-since = Subscribed since when? Send a day, like yesterday, 2 weeks ago, 1 November or 2026-11-01.
audience-since-wrong = That is no day that can be used. { $problem }
audience-ask-name-new = Under which name are these conditions kept? Send the name, for example <code>regulars</code>.
audience-nothing-to-choose = There is nothing of that kind to choose from yet.
audience-cancelled = Nothing was kept.
condition-none = No condition: all subscribers.
condition-sources = Came through { $names }
condition-languages = Speak { $names }
condition-joinedSince = Subscribed since { $moment }
condition-got = Surely got { $names }
condition-notGot = Surely did not get { $names }
condition-answered = Answered { $names }
condition-notAnswered = Did not answer { $names }
condition-tags = With the tag { $names }
condition-withoutTags = Without the tag { $names }
button-condition-sources = Link they came by
button-condition-languages = Language
button-condition-joinedSince = Subscribed since
button-condition-got = Got a campaign
button-condition-notGot = Did not get one
button-condition-answered = Answered
button-condition-notAnswered = Did not answer
button-condition-tags = Tag
button-condition-withoutTags = Without a tag
button-condition-value = { $name } ({ $count })
button-condition-chosen = ✓ { $name } ({ $count })
button-condition-done = Done
button-condition-none = No such condition
button-conditions-keep = 📇 Keep under a name
button-audience-new = ➕ Choose subscribers
## Welcome: a campaign that stands and writes once to each new subscriber

welcome-none = 👋 There is no welcome. It is a campaign that writes once to everybody who presses Start from now on, also over restarts; whoever leaves and comes back gets it no second time.
welcome-on = 👋 <b>{ ISO($id) }</b> is on: whoever subscribes gets this once.
welcome-off = 👋 <b>{ ISO($id) }</b> is off: whoever subscribes gets nothing.
welcome-counts =
    { $total ->
        [0] Nobody has come since.
        [one] 1 has come: sent { $sent }, waiting { $left }, uncertain { $unknown }, others { $skipped }.
       *[other] { $total } have come: sent { $sent }, waiting { $left }, uncertain { $unknown }, others { $skipped }.
    }
welcome-campaign-how = Text, speed, send window, Pause and Cancel are on its card: { CODE($command) }. Another text is for those who come later.
welcome-exists = There is a welcome already. /welcome shows it; another text is set on its card.
welcome-noTelegram = Peyk has no bot of Telegram to send through here, so nobody can be welcomed.
welcome-notNow = The welcome could not be begun now. Try once more.
welcome-confirm = From now on everybody who presses Start gets this once. The permission is their pressing Start.
welcome-begun = 👋 The welcome is on as <b>{ ISO($id) }</b>. /welcome shows it and turns it off.
welcome-turned-on = The welcome is on: whoever subscribes from now on gets it.
welcome-turned-off = The welcome is off. Whoever came before and waits still gets it.
welcome-cancelled = No welcome was begun.
welcome-consent = They pressed Start on the bot
card-standing-on = 👋 Welcome: writes once to each new subscriber.
card-standing-off = 👋 Welcome, turned off: nobody joins.
button-welcome-new = 👋 Write the welcome
button-welcome-start = 👋 Begin
button-welcome-off = Turn off
button-welcome-on = Turn on
audience-among = Among them: { $names }
audience-tag-how = A tag for all of them: { CODE($command) }
audience-gone = There is no audience { CODE($name) }. /audiences shows those there are.
audience-kept =
    { $count ->
        [one] Kept as { CODE($name) }: 1 name. /audiences shows it, and the next campaign offers it.
       *[other] Kept as { CODE($name) }: { $count } names. /audiences shows them, and the next campaign offers them.
    }
audience-taken = There is an audience { CODE($name) } already. Send another name, or remove that one in /audiences.
audience-badName = That can't be a name: up to 40 letters, digits, blanks, dots and hyphens, with at least one letter.
audience-noList = The list is not there any more. Send it once more.
audience-ask-name = Under which name is this list kept? Send the name, for example <code>customers</code>.
audience-renamed = It is called { CODE($name) } now.
audience-remove-ask = Remove { CODE($name) }? Its people are not kept any more. Campaigns that were made from it stay as they are.
audience-removed = { CODE($name) } is removed.
button-audience-use = ✉️ Write to them
button-audience-remove = Remove
button-audience-remove-yes = Yes, remove
button-audience-stays = No, keep it
button-list-keep = 📇 Keep under a name
tags-title = 🏷 <b>Tags</b>
tags-none = Nobody has a tag yet.
tags-line = { CODE($tag) }: { $count }
tag-how =
    Put one on: { CODE("/tag vip ali sara") }
    On everybody of an audience: { CODE("/tag vip = customers") }
    Take it: { CODE("/untag vip ali") }
tag-added =
    { $count ->
        [one] 1 person has the tag { CODE($tag) } now.
       *[other] { $count } people have the tag { CODE($tag) } now.
    }
tag-added-before = { $count } had the tag { CODE($tag) } already.
tag-taken =
    { $count ->
        [one] The tag { CODE($tag) } was taken from 1 person.
       *[other] The tag { CODE($tag) } was taken from { $count } people.
    }
tag-taken-before = { $count } did not have the tag { CODE($tag) }.
tag-badTag = That can't be a tag: one word of up to 24 letters, digits, hyphens and underscores, with at least one letter.
tag-noAudience = There is no audience of that name. /audiences shows those there are.
tag-person = Tags of { CODE($name) }. A tap puts one on or takes it. A new one: { CODE($command) }
button-tag-on = ✓ { $tag }
button-tag-off = { $tag }

## Settings of one operator

ask-language = Which language shall Peyk speak with you?
button-english = English
button-persian = فارسی
language-set = Peyk speaks English with you now.
ask-log =
    How much shall Peyk write here while a campaign is sent?
    Now: <b>{ $now }</b>. The progress message and the summary always come.
log-off = nothing
log-important = what matters
log-all = every name
button-log-off = Nothing
button-log-important = What matters
button-log-all = Every name
log-set = From now on: { $now }.

## Reasons, each by its code

reason-unsaid = no reason given
reason-noAnswerInTime = no answer in time
reason-connectionBroke = the connection broke
reason-serviceUnreachable = the service can't be reached
reason-serviceDown = the service is down for a moment
reason-stoppedBeforeCall = stopped before the request left
reason-stoppedBeforeAnswer = stopped before the answer came
reason-tooFast = too many messages in a short time
reason-limitUsedUp = its limit is used up
reason-noSuchAccount = there is no such account
reason-accountLimited = the service limits this account for a while
reason-accountLocked = the service has locked this account
reason-accountLoggedOut = this account is logged out
reason-onDoNotSendList = this name is on the do-not-send list
reason-noSuchName = no such name
reason-nameLeft = no longer has this name
reason-takesNoMessages = takes no messages
reason-messageIdUnknown = the platform's id of the message is not known
reason-tooOldToTakeBack = too old to be taken back
reason-notOursToChange = the platform does not let this message be changed
reason-messageGone = the message is not there any more
reason-verifiedOnly = takes messages of verified senders only
reason-messageEmpty = the message is empty
reason-messageTooLong = the message is too long
reason-fileUnreadable = the file of the message can't be read on the server
reason-otherLanguage = the message is in another language than the text that was to replace it
reason-copyGone = the message to be copied is no longer in the operator's chat
reason-copyRefused = Telegram doesn't let this message be copied
reason-copyCutShort = a part of the album is no longer in the operator's chat, and only the rest arrived
reason-interruptedBeforeCall = interrupted before the request left
reason-interruptedBeforeRecord = interrupted before the answer was recorded
reason-sentAgain = the operator sends again
reason-didNotArrive = it did not arrive
reason-stillUnderWay = the message is still under way
reason-noAccountFree = no account may send now
reason-useUnknown = what was sent through it is unknown, because a campaign's record can't be read
reason-answersUnreadable = answers can't be read here
reason-diskFull = the disk is full
reason-folderTakenOver = another Peyk has taken over this data folder
reason-blockedBot = blocked the bot
reason-neverStartedBot = never pressed Start on the bot
reason-unsubscribed = has unsubscribed
reason-telegramAccountDeleted = the Telegram account is deleted
reason-telegramFormatting = Telegram can't read the formatting
reason-telegramButton = Telegram refuses a link button
reason-telegramFileTooLarge = the file is too large for Telegram
reason-telegramPicture = Telegram can't read the picture
reason-telegramNoStars = no Stars are left for paid messages
reason-telegramToken = Telegram does not know the bot's token any more
reason-telegramLongWait = Telegram asks for a wait of more than a day; it is asked again after one
reason-telegramUnexplained = Telegram refused it without a known reason
reason-telegramUnreachable = Telegram can't be reached
reason-telegramCut = the connection was cut before the answer
reason-telegramUnclear = Telegram did not say what became of it
reason-xUnreachable = X can't be reached
reason-xUnclear = X gave no clear answer
reason-xWait = X asks this account to wait
reason-xLongWait = X asks this account to wait for more than a day; it is asked again after 25 hours
reason-xAskLater = X asks to wait before it is asked again
reason-xSilentOnName = X gives no answer about this name
reason-xAnswerNotKept = what X said of this name could not be kept
reason-xImpossibleName = nobody on X can have such a name
reason-xPersonSuspended = X has suspended this person
reason-xPersonGone = X does not know this person any more
reason-xUnexplained = X refused it without saying why
reason-xRefusedQuestion = X refused the question
reason-xHasText = X says that it has this text already
reason-xRefusesText = X does not take this text
reason-xAutomated = X takes its messages for automated ones, so look at the account and its text
reason-xAccountSuspended = X has suspended this account
reason-xAccountLocked = X has locked this account until somebody unlocks it on x.com
reason-xKeysRefused = X does not accept its keys: make new ones, and check this machine's clock
reason-xKeysOfWrongKind = its keys are of a kind that may not send direct messages
reason-xAppMayNotSend = its X app may not send direct messages: allow it, then make new access tokens
reason-xAppMayNotRead = its X app may not read this: look at it on console.x.com
reason-xAppWithoutProject = its X app belongs to no project: add it to one on console.x.com
reason-xNoCredits = no X credits are left: buy some on console.x.com, then go on
reason-xSpendCap = the spend cap set on console.x.com is reached
reason-xMonthUsedUp = the month's use of X's API is used up
reason-xSenderNotHere = the account it went through is not set up here
reason-xUndatedMessage = X shows such a message, and not from when it is
reason-xThirtyDays = X lists messages for thirty days only
reason-xNoSuchTarget = X knows no such account or post
reason-xProtected = X does not show this: the account is protected
reason-xRefusesQuestion = X refuses this question
reason-xRefusesPlace = X refuses to go on from this page
reason-xNextUnclear = X does not say clearly what comes after this page
reason-gatewayNoId = your gateway took it and gave no id
reason-gatewayFailed = your gateway failed while it had the message
reason-gatewayRejects = your gateway does not take this message
reason-gatewaySignature = your gateway does not accept our signature: compare the secret on both sides
reason-gatewayAddress = nothing takes messages at the address of your gateway
reason-gatewayUnexplained = your gateway refused it without saying why
reason-sourceNotSetUp = this source is not set up here
reason-sourceFailed = the source failed unexpectedly
reason-sourceNotKept = the source's answer can't be kept
reason-rowsUnreadable = none of the rows on page after page can be read
reason-cursorUnknown = this cursor is unknown
reason-placeUnreadable = the place to go on from can't be read
reason-dataWait = the data provider asks for a pause
reason-dataDown = the data provider is out of order
reason-dataUnreadable = the data provider's answer can't be read
reason-dataIntercepted = something in front of the data provider answers in its place
reason-dataKeyRefused = the data provider does not accept the key
reason-dataAddressUnknown = the data provider does not know this address
reason-dataNoCredits = the data provider has no credits left for this key
reason-dataRefusesKeywords = the data provider refuses these keywords
reason-dataRefusesPlace = the data provider refuses to go on from this page
reason-dataRefusesQuestion = the data provider refuses the question and does not say why
reason-dataEmptyFailure = the data provider reports a failure and gives a page without anybody
reason-dataPlaceUnreadable = the data provider names a place to go on from that can't be read
reason-dataMoreUnsaid = the data provider has more and does not say where
reason-dataEndUnsaid = the data provider gives an empty page and does not say whether it is the last
reason-tiktokNothing = TikTok shows nothing for these keywords
reason-blueskyWait = Bluesky asks for a pause
reason-blueskyDown = Bluesky is out of order
reason-blueskyUnreadable = Bluesky's answer can't be read
reason-blueskyIntercepted = something in front of Bluesky answers in its place
reason-blueskyNotServed = this server does not answer Bluesky's questions
reason-blueskyLoginOnly = Bluesky shows this only to those who are logged in
reason-blueskyLoginRefused = Bluesky does not accept the name and the app password
reason-blueskySearchRefused = Bluesky does not understand this search
reason-blueskyHidden = Bluesky does not show this account or post
reason-blueskyDeactivated = its owner has deactivated this account; it may come back
reason-blueskySuspended = Bluesky has suspended this account or taken it down
reason-blueskyBlocked = this account is blocked
reason-blueskyNoPost = Bluesky knows no such post: deleted, or a slip in the link
reason-blueskyNoAccount = Bluesky knows no such account: renamed, deleted, or a slip in the name
reason-blueskyRefusesQuestion = Bluesky refuses the question and does not say why
reason-blueskyRefusesPlace = Bluesky refuses to go on from this page
reason-blueskyNextUnclear = Bluesky does not say clearly what comes after this page
reason-pgSslMissing = the database server has no SSL: take sslmode out of DATABASE_URL, or switch SSL on there
reason-pgSslWanted = the database server wants SSL: add ?sslmode=verify-full to DATABASE_URL
reason-pgCertificateHost = the database server's certificate is for another host name than the one in DATABASE_URL
reason-pgCertificateExpired = the database server's certificate has expired
reason-pgCertificateUnknown = nobody this machine trusts signed the database server's certificate: name its root with sslrootcert in DATABASE_URL
reason-pgPasswordMissing = the database server wants a password and DATABASE_URL has none
reason-pgPasswordWrong = user name or password in DATABASE_URL is wrong
reason-pgPooler = a connection pooler stands before the database: name the database itself in DATABASE_URL, or the pooler in its session mode
reason-pgFull = the database server has no connection left
reason-pgNoDatabase = there is no database of the name in DATABASE_URL: create it first
reason-pgNoRight = the role in DATABASE_URL lacks a right: an administrator runs what peyk sync --sql prints, and what else it needs is in docs/many-machines.md, for a copy in docs/sync.md
reason-pgUnreachable = the database can't be reached
reason-silentTooLong = this Peyk was silent for so long that others took over its work
reason-pgOtherFolder = the database keeps the copy of another data folder: give this one a database of its own
reason-pgOtherSync = another sync is at work on the same database
reason-pgNewer = a newer Peyk brought the database to tables that this one does not know
reason-pgSchemaTaken = the schema peyk of the database holds tables of something else: give Peyk a database of its own
reason-pgError = the database refuses it with { ISO($sqlstate) }
reason-channelNotSetUp = { $channel } is not set up here
reason-systemError = the system answers { ISO($system) }
reason-unexpected = an unexpected error, { ISO($error) }
reason-foreign = { ISO($text) }
limit-messages15Min = messages in 15 minutes
limit-messages24H = messages in 24 hours
limit-appMessages24H = messages of the whole app in 24 hours

## Collecting leads

button-collect = 🧲 Collect leads
collect-no-source = There is nothing to collect from: no source is set up. Ask whoever runs the server; the README tells how.
ask-source = Where do the leads come from?
source-simulator = Simulator: made-up people by keyword
source-simulator-posts = Simulator: made-up posts
source-x-followers = X: followers of an account
source-x-repliers = X: repliers to a post
source-x-posts = X: posts by hashtag or keyword
source-tiktok = TikTok: creators by keyword
source-bluesky-followers = Bluesky: followers of an account
source-bluesky-likers = Bluesky: people who liked a post
source-bluesky-repliers = Bluesky: repliers to a post
source-bluesky-posts = Bluesky: posts by hashtag or keyword
ask-targets-account = Whose followers? Send one or several accounts, each on its own line: <code>@name</code> or a link to the profile.
ask-targets-post = Which posts? Send one or several links to posts, each on its own line.
ask-targets-keywords = Which keywords? Send one search on each line, for example <code>coffee shop</code>.
ask-targets-search = Which hashtags or keywords? Send one search on each line, for example <code>#coffee</code> or <code>flat white</code>. A post must have all words of its line.
targets-kept = So far: { $texts }
targets-not-text = Please send it as text, one on each line.
targets-too-many = That is { $count } lines; at most { $most } go into one list.
collect-bad-target = { CODE($text) }: { $reason }.
target-empty = nothing is written there
target-notAName = this is no account name
target-notAPost = this is no link to a post
target-notASearch = this is neither a hashtag nor a keyword
target-tooLong = too long
ask-amount = How many different people? Tap a number, or send any whole number.
ask-amount-search = How many different posts of each? Tap a number, or send any whole number.
button-amount = { $count }
amount-wrong = Please send a whole number from 1 to { $most }.
estimate-what = Collect <b>{ $count }</b> different people from { $source }: { $texts }
estimate-what-each = Collect <b>{ $count }</b> different posts of each from { $source }: { $texts }
estimate-list = List: { CODE($list) }
estimate-calls =
    { $count ->
        [one] At least { $count } request to the source.
       *[other] At least { $count } requests to the source.
    }
estimate-cost = Costs at least { ISO($cost) } (prices of { ISO($date) }).
estimate-cost-range = Costs { ISO($least) } to { ISO($cost) } if nothing comes twice (prices of { ISO($date) }). Whether authors are charged for besides posts is not published.
estimate-rule = Exactly that many are delivered, each once. If the source has fewer, the list says so and why.
button-collect-start = ▶️ Collect
button-collect-cycles = 🗓 Every { $minutes } minutes, at most { $count }
collect-cancelled = Cancelled. Nothing was collected.
collect-begun-new = Collecting into { CODE($list) } has begun.
collect-begun-goesOn = The same request for { CODE($list) } was unfinished; it goes on where it stopped.
collect-begun-toldAgain = The same request for { CODE($list) } had ended already.
collect-from-before =
    { $count ->
        [one] { $items ->
            [posts] { $count } post
           *[people] { $count } person
        } from earlier pages is used first.
       *[other] { $count } { $items ->
            [posts] posts
           *[people] people
        } from earlier pages are used first.
    }
collect-busy = { CODE($list) } is busy with another request, for { $count }. Wait until it ends, or cancel it in /leads.
collect-other-kind = { CODE($list) } holds people or posts, and never both.
collect-refused = This can't be collected. Please begin again with /collect.
collect-card-idle = 🗂 List { CODE($list) }
collect-card-running = 🧲 Collecting into { CODE($list) }
collect-card-paused = ⏸ Collecting into { CODE($list) } is paused
collect-card-ended = 🏁 Collecting into { CODE($list) } has ended
collect-count = Collected: <b>{ $count }</b> of { $total }
collect-paused-operator = Paused by an operator.
collect-paused-restored = Paused: it was put back from a backup. Resume goes on from there.
collect-paused-creditsGone = Paused: the source has no credits left ({ ISO($why) }). Top up, then press Resume; nothing is lost.
collect-paused-accessLost = Paused: the source refuses access ({ ISO($why) }). Check the key in the settings, restart, then press Resume.
collect-paused-storage = Paused: something could not be saved ({ ISO($why) }). Free some space, then press Resume.
collect-wait-rateLimit = 💤 The source asks to wait; it goes on { $moment }.
collect-wait-callLimit = 💤 The limit on requests is used up; it goes on { $moment }.
collect-wait-cycle = 💤 The next cycle begins { $moment }.
collect-wait-unavailable = 💤 The source can't be reached; next try { $moment }.
collect-calls = Calls to the source: { $count }
collect-failed-calls = Of these, failed: { $count }
collect-duplicates = Duplicates skipped: { $count } (deduplication rate { $percent }%)
collect-unreadable = Rows without a readable author: { $count }
collect-average =
    { $items ->
        [posts] New posts a page: { $count }
       *[people] New people a page: { $count }
    }
collect-remaining = Calls still to come: about { $count }
collect-cost = Cost so far: { ISO($cost) }
collect-size =
    { $items ->
        [posts] Unique posts in the list: { $count }
       *[people] Different people in the list: { $count }
    }
collect-spare = Of these, kept for the next request: { $count }
collect-targets-more =
    { $count ->
        [one] … and { $count } more target
       *[other] … and { $count } more targets
    }
collect-target-open = ▫️ { $source }, { CODE($query) }: { $count }
collect-target-fault = ⚠️ { $source }, { CODE($query) }: { $count }; last answer: { ISO($why) }
collect-target-exhausted = ✅ { $source }, { CODE($query) }: { $count }, complete
collect-target-noNewPeople = ✅ { $source }, { CODE($query) }: { $count }, nothing new for several pages
collect-target-emptyPages = ⚠️ { $source }, { CODE($query) }: { $count }; only empty pages for now, although there is more
collect-target-cursorLoop = ⚠️ { $source }, { CODE($query) }: { $count }; the source led back to an earlier page
collect-target-unclear = ⚠️ { $source }, { CODE($query) }: { $count }; the source's answers can't be relied on ({ ISO($why) })
collect-target-gone = ⚠️ { $source }, { CODE($query) }: can't be collected ({ ISO($why) })
collect-target-twin = ▫️ { $source }, { CODE($query) }: the same as another target, which goes on in its place
collect-gap = The source says there are { $total } for { CODE($query) }, but gave { $count }.
collect-ended = List { CODE($list) }: <b>{ $count }</b> of { $total } collected.
collect-also-in = { CODE($query) } is the same account or post as a target of { $texts }, which was collected there too.
collect-end-targetReached = All that were asked for are there.
collect-end-sourceExhausted = The source has no more.
collect-end-noNewPeople = Several pages in a row had nothing new, so it was ended.
collect-end-emptyPages = Page after page was empty, and the source says that there is more. The next request goes on there.
collect-end-cursorLoop = The source led back to a page it had given before, so it was ended.
collect-end-unclear = The source's answers can't be relied on. The next request goes on where this one stopped.
collect-end-targetGone = The targets can't be collected: private, deleted or unknown.
collect-end-callLimit = The limit on requests was reached.
collect-end-creditsGone = The source has no credits left.
collect-end-accessLost = The source refuses access.
collect-end-cancelled = It was cancelled; what was collected stays.
collect-as-of = That there is no more is as of { $moment }. Reset the target to ask anew.
collect-status-idle = no request yet
collect-status-running = collecting
collect-status-paused = paused
collect-status-ended = ended
leads-title = <b>Lists of leads</b>
leads-line = { CODE($list) }: { $count }, { $status }
leads-unknown = This list is not there any more.
leads-not-now = That is not possible now.
leads-did-pause = Paused.
leads-did-resume = It goes on.
leads-did-cancel = Cancelled. What was collected stays.
leads-did-reset = It begins anew as soon as collecting goes on; nobody is taken twice.
leads-did-suppress =
    { $count ->
        [one] { $count } name was added to the do-not-send list.
       *[other] { $count } names were added to the do-not-send list.
    }
leads-suppress-unusable =
    { $count ->
        [one] { $count } name can't be added and was left out.
       *[other] { $count } names can't be added and were left out.
    }
leads-confirm-cancel =
    Cancel collecting into { CODE($list) }? { $items ->
        [posts] The { $count } posts it has stay.
       *[people] The { $count } people it has stay.
    }
leads-confirm-suppress =
    { $items ->
        [posts] Put the authors of all { $count } posts in { CODE($list) } on the do-not-send list?
       *[people] Put all { $count } people of { CODE($list) } on the do-not-send list?
    } No campaign will write to them.
leads-confirm-reset = Let { CODE($query) } begin anew? Its pages are asked for again, which may cost; nobody is taken twice.
leads-targets = Which target of { CODE($list) } should begin anew?
leads-nothing-begun = Nothing has been asked of a target yet; there is nothing to begin anew.
leads-ask-format =
    { $items ->
        [posts] All posts in { CODE($list) } as a file: of which kind?
       *[people] Everybody in { CODE($list) } as a file: of which kind?
    }
leads-caption =
    { $items ->
        [posts] The posts of { CODE($list) }.
       *[people] The people of { CODE($list) }.
    }
button-leads-pause = ⏸ Pause
button-leads-resume = ▶️ Resume
button-leads-askCancel = ❌ Cancel
button-leads-use = ✉️ Use as recipients
button-leads-use-authors = ✉️ Use the authors as recipients
button-leads-export = 📄 Export
button-leads-csv = CSV
button-leads-xlsx = Excel
button-leads-json = JSON
button-leads-jsonl = JSON Lines
button-leads-askSuppress = ⛔ To the do-not-send list
button-leads-targets = ↩️ Begin a target anew
button-leads-cancel = Yes, cancel it
button-leads-suppress = Yes, add them
button-leads-reset = Yes, begin anew
button-leads-keep = No, leave it
heading-display-name = Display name
heading-id = Id
heading-platform = Platform
heading-source = Source
heading-found = Found
kpi-title = <b>All collections so far</b>
kpi-jobs = Collections finished: { $count }
kpi-exact = Exactly as many as asked for: { $count } ({ $percent }%)
kpi-calls = Calls per collection, on average: { $count }
kpi-time = Time per collection, on average: { $left }
kpi-keywords = Asked for most: { $texts }
kpi-updated = Last change: { $moment }

## The interface for other programs

api-title-400 = The request can't be read
api-title-401 = A token is needed
api-title-403 = Not from here
api-title-404 = There is no such thing
api-title-409 = It does not fit what is there
api-title-413 = The request is too large
api-title-415 = The request is of another kind
api-title-422 = Something in the request is not right
api-title-429 = Too many requests
api-title-500 = It failed here
api-title-503 = This Peyk does not own its data any more
api-problem-notJson = The body is not JSON.
api-problem-badQuery = after, limit and wait are whole numbers: limit up to 1000, wait up to 30 seconds.
api-problem-noToken = Send a token of this Peyk along: Authorization: Bearer peyk_…
api-problem-foreign = Only programs on this computer are let in, and no web page.
api-problem-off = Other programs are let in once a token was made: peyk tokens add NAME, or /tokens in the chat.
api-problem-noSuchPath = There is nothing at this path. /api/openapi.json lists what there is.
api-problem-unknownCampaign = There is no campaign { $id }.
api-problem-otherRequest = { $id } was begun with something else. Another id begins another campaign; the same body as before is the same campaign.
api-problem-twoSpellings = { $ids } differ only in upper and lower case, so it is not sure which is meant.
api-problem-notNow =
    { $status ->
        [none] { $id } could not be begun just now. Send the same request again.
        [scheduled] { $id } waits for its start. Until then it can only be cancelled.
        [running] { $id } is sending. Ask again once it is paused or has ended.
        [paused] { $id } is paused, and what holds it has to end first: pause in GET /api/campaigns/{ $id } says what that is.
        [cancelled] { $id } was cancelled, for good. Begin another campaign under another id.
       *[finished] { $id } has ended, and there is nothing of it to go on with. Begin another campaign under another id.
    }
api-problem-tooLarge = The body is larger than { $megabytes } MB.
api-problem-mediaType = The body must be JSON: content-type: application/json.
api-problem-fields = Parts of the body are not as described; errors says which.
api-problem-taskId = "{ $id }" can't be an id. Use 1 to 64 of Latin letters, digits, "_", "-" and ".", beginning with a letter or digit.
api-problem-noChannel = Nothing called { $channel } is set up to send through. There is: { $names }.
api-problem-noAccount = { $channel } has no account to send through.
api-problem-unknownAccount = { $channel } has no account { $account }.
api-problem-needsConsent = { $channel } reaches real people. Say in consent where the permission to write to them comes from.
api-problem-nobody = Nobody in the list can be written to.
api-problem-noList = Nothing is kept here under the name that recipients gives.
api-problem-column = "{ $column }" can't name a column: no message could use it, or another column is called the same.
api-problem-message = The message can't be sent as it is; errors says why.
api-problem-past = startAt is over. Give a moment to come, or leave it out to start at once.
api-problem-window = The send window was not understood: { $why }
api-problem-noName = "{ $name }" is no username.
api-problem-tooFast = These are more requests than are answered. Ask again later.
api-problem-internal = It failed here, and nothing is known of why. What was asked for may have been done: look before you ask again.
api-problem-notOwner = Another process took over the data of this Peyk. Ask that one.
api-field-missing = is missing
api-field-unknown = is not known here
api-field-wrong = is not as described in /api/openapi.json

## Tokens of other programs

tokens-none = No other program is let in: there is no token.
tokens-how = Make one by /tokens and a name for it, e.g. /tokens shop. Whoever has it can start campaigns here.
tokens-title = { $count ->
    [one] One token lets another program in.
   *[other] { $count } tokens let other programs in.
  }
token-line = <b>{ $name }</b>, made { $moment }
token-added = The token of <b>{ $name }</b>, shown this once. Put it where the program keeps its secrets, then wipe it here.
    { CODE($token) }
token-wiped = The token was wiped from this chat. It goes on working.
token-badName = "{ $name }" can't name a token. Use up to 24 of Latin letters, digits, "_" and "-", beginning with a letter.
token-taken = There is a token called { $name } already. Revoke it first, or choose another name.
token-full = There are { $most } tokens already, and more are not kept. Revoke one first.
token-revoked = { $name } lets nobody in any more.
token-unknown = There is no token called { $name }.
button-token-wipe = Wipe it from the chat
button-token-revoke = Revoke { $name }
cli-command-tokens = tokens by which other programs are let in
cli-command-tokens-add = make a token and show it once
cli-command-tokens-revoke = let nobody in by a token any more
cli-argument-token = name of the token
cli-tokens-none = No other program is let in: there is no token. peyk tokens add NAME makes one.
cli-token-line = { $name }, made { $moment }
cli-token-added = The token of { $name }, shown this once:
cli-command-roles = who may do what in the chat
cli-command-roles-give = give somebody a role
cli-command-roles-take = take somebody's role
cli-argument-telegram-id = Telegram id of the person, a number
cli-argument-role = the role
cli-no-telegram-id = That is no Telegram id, which is a number. /who in the chat and peyk who tell a subscriber's.
cli-roles-nobody = Nobody may control campaigns in the chat: OPERATOR_IDS names nobody.
cli-roles-line = { $name } ({ $id }): { $role }
cli-roles-approval-on = A campaign goes out only when somebody else has approved it in the chat.
cli-roles-approval-off = Nobody has to approve what goes out; the owner can change that in the chat with /roles.
cli-roles-given = { $name } is { $role } now.
cli-roles-taken = { $name } has no role any more.
cli-roles-untold = They were not told.
cli-roles-same = { $name }: that is how it was already.
cli-roles-theOwner = The owner is the first in OPERATOR_IDS, and stays it until the settings say otherwise.
cli-roles-changed = The role of { $name } was decided on since this was looked at. Nothing was done; see peyk roles.

## Webhooks

webhooks-none = No other program is told what happens: there is no webhook.
webhooks-how = Make one by /webhooks, a name and an address, e.g. /webhooks shop https://shop.example/hooks. Behind them may stand the types of events that it wants, and the word near for an address on this machine or in a private network.
webhook-line = <b>{ $name }</b>: { $server }
webhook-all-types = It is told everything.
webhook-types = It is told of { $types }.
webhook-failing = It took nothing in { $count ->
    [one] one try
   *[other] { $count } tries
  }: { $reason }. Tried again { $moment }.
webhook-off-gone = Off since { $moment }: it answered that it wants no more (410).
webhook-off-away = Off since { $moment }: it took nothing for three days.
webhook-answered = it answered { $status }
webhook-added = The secret of <b>{ $name }</b>, shown this once. Put it where the other program checks signatures, then wipe it here.
    { CODE($secret) }
webhook-rotated-secret = The new secret of <b>{ $name }</b>, shown this once. For a day both the old and the new one sign.
    { CODE($secret) }
webhook-wiped = The secret was wiped from this chat. It goes on signing.
webhook-badName = "{ $name }" can't name a webhook. Use up to 24 of Latin letters, digits, "_" and "-", beginning with a letter.
webhook-taken = There is a webhook called { $name } already. Remove it first, or choose another name.
webhook-full = There are { $most } webhooks already, and more are not kept. Remove one first.
webhook-notAddress = That is no address of a server. Write it whole, e.g. https://shop.example/hooks.
webhook-notHttps = The address must begin with https: what is posted names people.
webhook-private = This address is on this machine or in a private network. Say that it may be: near in the chat, --near in a terminal.
webhook-badType = There are no events of type { $type }. There are: { $names }.
webhook-unknown = There is no webhook called { $name }.
webhook-removed = { $name } is told nothing any more.
webhook-resumed = { $name } is told again, from where it was.
webhook-rotated = { $name } has a new secret. For a day both the old and the new one sign.
webhook-test-taken = { $name } took the test.
webhook-test-failed = { $name } did not take the test: { $reason }.
webhook-alert-gone = The webhook { $name } ({ $server }) was switched off: it answered that it wants no more. What happens is kept for it for a while.
webhook-alert-away = The webhook { $name } ({ $server }) was switched off: it took nothing for three days. What happens is kept for it for a while.
button-webhook-look = Look at it
button-webhook-test = Send a test
button-webhook-rotate = New secret
button-webhook-resume = Go on with it
button-webhook-remove = Remove it
cli-command-webhooks = where events are posted to, signed
cli-command-webhooks-add = post events to an address, and show the secret once
cli-command-webhooks-remove = post there no more
cli-command-webhooks-test = post one test
cli-command-webhooks-rotate = sign with a new secret, for a day with the old one too
cli-command-webhooks-resume = go on where it was, after it failed or was switched off
cli-argument-webhook = name of the webhook
cli-argument-webhook-address = where to post, with https
cli-option-events = types of events, separated by commas; all where it is absent
cli-option-near = the address may be on this machine or in a private network
cli-webhooks-none = No other program is told what happens: there is no webhook. peyk webhooks add NAME ADDRESS makes one.
cli-webhook-added = The secret of { $name }, shown this once:

## The monitoring page

monitor-title = Peyk status
monitor-subtitle = Read-only. Control everything in the chat.
monitor-updated = Updated { $moment }
monitor-lost = Peyk does not answer. These are the last figures it gave; the page goes on by itself when it is back.
monitor-chat = Chat page
monitor-number = { $count }
monitor-percent = { $percent }%
monitor-of = { $count } of { $total }
monitor-tile-running = Campaigns under way
monitor-tile-sent = Messages sent, campaigns shown here
monitor-tile-uncertain = Uncertain
monitor-tile-accounts = Accounts that can send
monitor-tile-leads = Leads collected
monitor-campaigns = Campaigns
monitor-campaigns-note = Those under way, and those of the last day.
monitor-unreadable = can't be read
monitor-no-campaign = No campaign is under way. Send /new in the chat to prepare one.
monitor-older =
    { $count ->
        [one] 1 campaign ended before that; /campaigns in the chat lists it.
       *[other] { $count } campaigns ended before that; /campaigns in the chat lists them.
    }
monitor-through = through { $channel }
monitor-done = { $count } of { $total } done
monitor-sent-of = { $count } of { $total } sent
monitor-uncertain =
    { $count ->
        [one] ❓ 1 may have arrived; not sent again. It has been uncertain for { $duration }; to decide, open the campaign with /campaigns in the chat.
       *[other] ❓ { $count } may have arrived; not sent again. The oldest has been uncertain for { $duration }; to decide, open the campaign with /campaigns in the chat.
    }
monitor-workers = Workers
monitor-no-worker = No worker does anything at the moment. Is one running?
monitor-worker-accounts = { $count ->
    [0] no account
    [one] { $count } account
   *[other] { $count } accounts
  }
worker-sends = Sends through { ISO($accounts) }
worker-chat = Listens to the chat
worker-replies = Reads what people answer
worker-collecting = Collects leads
worker-followUps = Sends follow-ups
worker-webhooks = Posts to webhooks
worker-other = Does { ISO($duty) }
monitor-accounts = Accounts
monitor-no-account = No account is set up yet. Ask whoever runs the server; the README tells how.
monitor-account-active = can send
monitor-account-resting = resting
monitor-account-capped = limit reached
monitor-account-locked = locked
monitor-account-loggedOut = logged out
monitor-used =
    { $count ->
        [one] 1 message today
       *[other] { $count } messages today
    }
monitor-used-of = { $count } of { $limit } messages today
monitor-column = { $state }: { $count }
monitor-until = Until { $moment }
monitor-leads = Lists of leads
monitor-no-leads = There are no leads yet. Send /collect in the chat to collect some.
monitor-older-lists =
    { $count ->
        [one] 1 older list is not shown; /leads in the chat has it.
       *[other] { $count } older lists are not shown; /leads in the chat has them.
    }
monitor-kpis = Collecting, over all collections
monitor-no-kpis = No collection has finished yet. Send /collect in the chat to begin one.
monitor-kpi-jobs = Collections finished
monitor-kpi-exact = Exactly as many as asked for
monitor-kpi-accuracy = Accuracy
monitor-kpi-calls = Calls per collection
monitor-kpi-time = Time per collection
monitor-kpi-keywords = Asked for most
monitor-kpi-updated = Last change
monitor-keyword = { ISO($query) } ({ $count })
monitor-sync = The copy in PostgreSQL
monitor-sync-on = on
monitor-sync-off = off
monitor-sync-notConfigured = not set up
monitor-sync-notNeeded = not needed

## Listening, for whoever runs Peyk

listen-unreachable = Telegram can't be reached. Peyk keeps trying; running campaigns go on. If this lasts, look at the network of this machine, and at TELEGRAM_API_ROOT if it is set.
listen-conflict = Another program is listening with this bot token, most likely a second Peyk. Please end the other one. Peyk waits a minute for it.
listen-webhook = Another program has set a webhook for this bot token, so Telegram sends everything there. Please end that program, or remove its webhook. Peyk waits a minute for it.
listen-noSpace = What Telegram sends can't be written to the data folder, so nothing is read. Is the disk full? Peyk keeps trying, and nothing is lost.
command-disk-full = The disk is full, so the command ended. What it had done until then is kept. Please make room and give it again: nobody gets a message twice by that.
listen-reached = Listening to Telegram again.
listen-end-unauthorized = Telegram does not accept the bot token. Get the current one from @BotFather, set it as BOT_TOKEN and start again.
listen-end-conflict = Another program keeps listening with this bot token, so Peyk ends here. A token serves one program at a time: end the other one, or get a token of its own from @BotFather, and start again.
listen-end-webhook = Another program keeps a webhook set for this bot token, so Peyk ends here. End that program, or get a token of its own from @BotFather, and start again.

## The terminal

cli-about = One message to each name on a list, exactly once, and proof of what happened.
cli-help-after-error = (peyk --help and peyk COMMAND --help explain everything)
cli-help-general =
    Every command takes --json: one JSON object a line, the last one the summary.
    Exit codes: 0 done, 1 wrong input or failure, 3 stopped before the end (paused, interrupted, nothing left to send with).
    Settings come from the environment and .env: DATA_DIR, TIME_ZONE, MAX_PER_ACCOUNT and the rest of .env.example.
    The language is that of the environment (LC_ALL, LANG); PEYK_LANG=en or PEYK_LANG=fa chooses another.

    Begin here, nobody real is written to:
cli-help-send =
    The same --task-id is the same campaign: whoever has its message is skipped. So after a stop, a crash or a day's limit
    give the same command again. What a campaign has (message, accounts, consent) stays unless an option changes it; a list
    given again brings corrected values to whoever is still to be written to. Names may be written @name, name or as a
    link; other columns of the list are variables.
cli-help-suppress = Names on the list are skipped by every campaign, also by one that is running. The list outlives cleanup.
cli-help-collect =
    Collects exactly N different people, or posts, and stops; fewer only when the source has no more, and then says so. Stopped or
    killed, the same command goes on at the page where it was, a suite at the count where it was. Once it is over, the same
    command tells how it ended and asks nothing of the source; --again 2 collects as many others once more, and so does
    peyk leads reset followed by the same command. What a page brings beyond N waits for the next request.
    Without --cycle-minutes and --cycle-leads the pages follow one another; with either it goes in cycles (20 minutes, 1000
    leads unless COLLECT_CYCLE_MINUTES and COLLECT_CYCLE_LEADS say otherwise).

    Posts are searched by hashtag or keyword (x-posts, bluesky-posts): --per-target says how many of each, 500 unless
    POSTS_PER_HASHTAG says otherwise; a post counts for the first target that brings it. Quote hashtags: a bare # begins a
    comment in a shell. --dry-run says beforehand what it takes, and what that costs.

    Exit codes: 0 the number is reached or the source has no more, 1 wrong input or a target that is not there, 3 paused,
    interrupted, or the source's answers can't be relied on: the same command goes on.
cli-help-sync = May run while Peyk is at work. docs/sync.md says what is kept where and what comes back.
cli-help-doctor = Changes nothing, and may run while Peyk is at work.
cli-examples = Examples:
cli-title-usage = Usage:
cli-title-arguments = Arguments:
cli-title-options = Options:
cli-title-commands = Commands:
cli-help-option = display help for command
cli-help-command = display help for command
cli-default = default: { $value }
cli-choices = choices: { $values }
cli-usage-unknownOption = error: unknown option { $text }
cli-usage-unknownCommand = error: unknown command { $text }
cli-usage-missingArgument = error: missing required argument { $text }
cli-usage-optionMissingArgument = error: option { $text } argument missing
cli-usage-missingMandatoryOptionValue = error: required option '{ $text }' not specified
cli-usage-excessArguments = error: too many arguments
cli-usage-invalidArgument = error: { $text } is invalid. { $why }
cli-command-send = send a message to every name on a list, or go on with it
cli-command-status = how all campaigns stand, or everything about one
cli-command-resolve = decide on names that may or may not have got the message; without a decision, list them
cli-command-change = another text for everybody who is still to be written to; also beside a running Peyk
cli-command-add-names = add names to a campaign that is not over; also beside a running Peyk
cli-command-take-back = take back what a campaign sent, where the platform can; also beside a running Peyk
cli-command-mend = put another text in the place of what a campaign sent; also beside a running Peyk
cli-command-texts = messages that were saved under a name in the chat; also beside a running Peyk
cli-command-export = write what became of every name to a file
cli-command-report = draw how a campaign stands as a picture
cli-command-end-follow-ups = end a campaign's follow-ups for good; what was sent stays
cli-command-cleanup = remove a finished campaign's checkpoint; its journal and results stay
cli-command-import-checkpoint = honour a checkpoint of an older tool: whoever it marks as sent is skipped
cli-command-history = who did what: everything, or one campaign's, as lines or as a file
cli-argument-history = a campaign; without one, all of them
cli-option-history-name = what was done to this person
cli-option-history-format = as a file instead of lines: csv, xlsx or json
cli-option-history-count = how many lines, the newest; 50 unless told otherwise
cli-history-not-whole = The history is not whole: { $problem }
cli-history-more = { $count } more are older; --format csv gives all of them.
cli-command-who = everything that is kept of one person, by name, link or id
cli-command-erase = erase all that is kept of one person; they are never written to again
cli-argument-who = a username, a link to a profile, or an id
cli-command-answers = what people answered, of a campaign or a person too, the newest first
cli-argument-answers = a task id, or a person's name, link or id
cli-answers =
    { $count ->
        [0] No answers are kept of that.
        [one] { $count } answer:
       *[other] { $count } answers, the newest first:
    }
cli-answers-people =
    { $count ->
        [0] No person has answered so far: programs wrote these, as far as their words show it.
        [one] { $count } person answered; what programs wrote is not counted.
       *[other] { $count } people answered; what programs wrote is not counted.
    }
cli-answer = { $moment } { $name }: { $text }
cli-answer-to = { $moment } { $name } to { $id }: { $text }
cli-answer-replied = {"  "}You wrote back { $moment }: { $text } ({ $state })
cli-answer-replied-why = {"  "}You wrote back { $moment }: { $text } ({ $state }: { $why })
reply-state-planned = waits for the account
reply-state-claimed = is being sent
reply-state-sent = sent
reply-state-failed = not sent
reply-state-uncertain = may have arrived
cli-command-keep-answers = whether answers from X or Telegram are kept and shown, with the price of reading them
cli-argument-answer-channel = telegram or x; without one, both are told
cli-argument-on-off = on or off
cli-option-keep-answers-yes = switch on without a question
cli-answers-on = { $channel }: answers are kept and come to the operators' chats.
cli-answers-off = { $channel }: answers are read for stop words only and are not kept.
cli-answers-price = Reading costs ${ NUMBER($spent, maximumFractionDigits: 3) } for each message in the accounts' inboxes (price of { $day }), your own among them. They are read in any case for stop words, so keeping the answers costs nothing on top. Only what people wrote whom a campaign wrote to is kept, and only operators see it.
cli-answers-question = Keep answers from { $channel } and show them? (yes/no){" "}
cli-answers-needs-yes = Nobody is there to be asked. --yes switches it on without a question.
cli-answers-left = Nothing was changed.
cli-answers-on-or-off = Say on or off for { $channel }.
cli-answers-not-set-up = { $channel } is not set up here, so there are no answers to keep.
cli-command-reply = write back to whoever answered a campaign, from the account that wrote to them
cli-option-reply-message = your words, as they are
cli-reply-sent = { $name } has your reply, from { $account }.
cli-reply-waits = Your reply to { $name } waits: { $account } may not send now. It goes out by itself as soon as it may; peyk answers { $id } shows it.
cli-reply-waits-here = Your reply to { $name } waits: { $account } may not send now. It goes out by itself once it may and Peyk runs (npm start); peyk answers { $id } shows it.
cli-reply-failed = { $name } did not get your reply: { $why }.
cli-reply-uncertain = Your reply to { $name } may have arrived ({ $why }). It is not sent again by itself. Where the conversation can be looked into, Peyk does so while it runs; peyk answers { $id } shows what it found.
cli-reply-uncertain-left = Your reply to { $name } may have arrived, and that can't be found out from here ({ $why }). It is not sent again by itself; look into { $account } before you write once more.
cli-reply-noAnswer = What they answered is not kept here any more, so your reply was not sent.
cli-reply-nobody = No answer of { $name } to { $id } is kept, so there is nothing to reply to. peyk answers { $id } shows who answered.
cli-reply-no-name = That is nobody's name: { $why }
cli-command-audiences = people kept under a name, for campaigns to come; also beside a running Peyk
cli-command-audiences-keep = keep a list under a name
cli-command-audiences-show = who is meant by an audience now
cli-command-audiences-rename = give an audience another name
cli-command-audiences-remove = remove an audience; campaigns that were made from it stay as they are
cli-command-tags = tags of people: how many have which; also beside a running Peyk
cli-command-tags-add = put a tag on people, or on everybody of an audience
cli-command-tags-remove = take a tag from people, or from everybody of an audience
cli-argument-audience = name of an audience
cli-argument-audience-new = the name it is to have
cli-argument-tag = one word, such as vip
cli-argument-tagged = usernames, in any usual spelling
cli-option-tag-audience = everybody of this audience, in place of names
cli-audiences-none = No audience is kept.
cli-audience-list =
    { $count ->
        [one] { $name }: a list of 1 name, kept { $moment } ({ $origin })
       *[other] { $name }: a list of { $count } names, kept { $moment } ({ $origin })
    }
cli-audience-conditions =
    { $count ->
        [one] { $name }: subscribers by conditions, 1 now
       *[other] { $name }: subscribers by conditions, { $count } now
    }
cli-audience-condition = {"  "}{ $line }
cli-audience-defined = Kept as { $name }: { $count } now.
cli-audience-unknown-campaign = There is no campaign { $id } that went to subscribers.
cli-past-wrong = --joined-since: { $problem }
cli-past-choice = --joined-since can be read in two ways: { $names }. Write it as 2026-11-01.
cli-command-audiences-define = keep conditions on the bot's subscribers under a name; who meets them is looked up at each campaign
cli-option-source = came through a link with this word; may be given several times, any will do
cli-option-speaks = language, as fa; may be given several times, any will do
cli-option-joined-since = subscribed since a day, as yesterday, 1 November or 2026-11-01
cli-option-got = surely got this campaign; may be given several times, all must hold
cli-option-not-got = surely did not get this campaign; may be given several times
cli-option-answered = answered this campaign; may be given several times, all must hold
cli-option-not-answered = did not answer this campaign; may be given several times
cli-option-tagged = has this tag; may be given several times, any will do
cli-option-not-tagged = does not have this tag; may be given several times
cli-audience-among = Among them: { $names }
cli-audience-unreadable = { $name } can't be read: { $problem }
cli-audience-unknown = There is no audience { $name }. peyk audiences shows those there are.
cli-audience-telegram = { $name } is made of the bot's subscribers, whom only --channel telegram reaches.
cli-audience-nobody = Nobody is in { $name } now.
cli-audience-kept = Kept as { $name }: { $count }.
cli-audience-taken = There is an audience { $name } already.
cli-audience-badName = { $name } can't be a name: up to 40 letters, digits, blanks, dots and hyphens, with at least one letter.
cli-audience-noList = The list is not there any more.
cli-audience-renamed = It is called { $name } now.
cli-audience-removed = { $name } is removed.
cli-tags-none = Nobody has a tag.
cli-tag-line = { $tag }: { $count }
cli-tag-added = { $count } more have the tag { $tag } now, { $unchanged } had it before.
cli-tag-taken = The tag { $tag } was taken from { $count }; { $unchanged } did not have it.
cli-tag-badTag = { $tag } can't be a tag: one word of up to 24 letters, digits, hyphens and underscores, with at least one letter.
cli-tag-whom = Give names, or an audience with --audience, and not both.
cli-command-welcome = the campaign that writes once to each new subscriber; also beside a running Peyk
cli-command-welcome-on = begin the welcome, or turn it on for those who come from now on
cli-command-welcome-off = turn the welcome off; who waits still gets it
cli-command-growth = how many joined, left and blocked the bot over time, in words or as a picture; also beside a running Peyk
cli-option-days = so many days back, 30 unless given
cli-option-growth-source = only those who came by a link with this word
cli-option-growth-out = draws it into this PNG file; - is standard output
cli-growth-step = { $date }: { $joined } joined, { $left } left, { $blocked } blocked, { $gone } gone; then { $count }
cli-growth-source = { $source }: { $figures }
cli-growth-no-source = No link that says: { $figures }
cli-welcome-none = There is no welcome. peyk welcome on --message TEXT begins one.
cli-welcome-on = { $id } is on: whoever subscribes gets it once.
cli-welcome-off = { $id } is off: whoever subscribes gets nothing.
cli-welcome-text = There is a welcome already; peyk change { $id } --message TEXT gives it another text.
cli-welcome-turned-already = It was so already, or somebody turned it since.
cli-welcome-begun = The welcome is on as { $id }.
cli-argument-backup = a backup, as peyk backup or /backup made it
cli-command-suppress = the do-not-send list: add, remove, list, import
cli-command-suppress-add = put names on the list
cli-command-suppress-remove = take names off the list
cli-command-suppress-list = who is on the list, the latest first
cli-command-suppress-import = put everyone in a file on the list, of all its sheets unless some are named
cli-command-collect = collect an exact number of different people or posts from a source
cli-command-leads = lists of people and posts that were collected
cli-command-leads-status = everything about one list: its targets, its last request, every call
cli-command-leads-reset = let the targets begin anew, at their first page; nobody becomes a second lead
cli-command-leads-cancel = end the request under way; what it has stays
cli-command-leads-export = write everybody to a file
cli-command-leads-kpis = how well collecting works, over all requests
cli-command-doctor = check settings, files, clock, who uses the folder, and that the numbers of every campaign add up
cli-command-backup = put everything that is kept into one file, also while Peyk is at work
cli-command-restore = put a backup into an empty data folder, where nothing is sent before you confirm it
cli-command-move = move everything from the data folder into the empty database of DATABASE_URL, or back
cli-command-confirm-restored = let a campaign go on that was put back from a backup
cli-command-worker = do the work on what is in the database, without the chat (STORE=postgres)
cli-command-chat = have the chat and the pages, without the work (STORE=postgres)
cli-command-sync = copy campaigns, results, leads and the do-not-send list to the database in DATABASE_URL
cli-option-json = one JSON object a line
cli-option-list = usernames: .txt, .csv, .xlsx or .json; or subscribers[:SOURCE]
cli-option-from = in place of a list: the people of that campaign, with its text and settings
cli-option-states = with --from, only these of it: failed, notFound, uncertain, planned (never tried), everyone
cli-option-message = the message; {"{{column}}"} stands for a value of the list
cli-option-saved-text = the message, from those saved under a name in the chat
cli-option-message-file-for = a text file with the message in one language, as fa=FILE; as often as there are languages
cli-option-message-file = a text file with the message
cli-option-revision = only the messages of this revision
cli-option-name = only the message of this username
cli-option-yes = begin without a question
cli-option-channel = through what: simulator, x, telegram, webhook
cli-option-consent = where the permission to write to these people comes from; real channels need it
cli-option-task-id = name of the campaign; made up when absent
cli-option-max-per-account = messages an account may send a day
cli-option-not-within-days = leave out whom another campaign wrote to within so many days
cli-option-at = when it starts, like "tomorrow 9:00" or "2026-12-05 09:00"; the command waits for it
cli-option-try-first = write to so many first, then wait; given again it tries as many more, left out it goes on with everybody
cli-option-priority = 1 to 9: the campaign with the higher one goes first through accounts that several share
cli-option-per-minute = messages a minute at most, through all accounts together
cli-option-per-hour = messages an hour at most, through all accounts together
cli-option-per-day = messages a day at most, through all accounts together
cli-option-spend-cap = pause before it could cost more than so many US dollars, like 20 or 12.50
cli-option-follow-up = text for whoever does not answer, up to two; each needs its --follow-up-after
cli-option-follow-up-after = days without an answer after which the follow-up goes out, 1 to 30
cli-option-no-guard-rails = do not pause when many decline, fail or opt out
cli-option-window = days and hours in which it sends, like "mon-fri 9:00-18:00"; or always
cli-option-exclude-campaign = leave out whom that campaign wrote to or may have; may be given several times
cli-option-change-message = send this message from now on in a campaign that has another
cli-option-names-dry-run = show who would join, and add nobody
cli-option-text-only = the text alone: formatting, file and buttons that went with the one before are left out
cli-option-change-accounts = send through all accounts that are set up now in a campaign that has others
cli-option-resume = go on with a campaign that somebody paused
cli-option-concurrency = sends under way at the same time, at most
cli-option-send-dry-run = show the plan and three messages, send nothing
cli-option-verbose = say what happens to every name
cli-option-column = the list's column with the usernames, by its name or its number from 1
cli-option-sheet = a sheet to read; may be given again, and "all" reads every one
cli-option-header-row = the line that names the columns; 0: none does
cli-option-encoding = how the text is written down, e.g. windows-1256 or utf-16le
cli-option-all = decide on everybody who is uncertain
cli-option-resolve-dry-run = show whom that is about, decide nothing
cli-option-format = of the file
cli-option-out = where to, - is standard output; absent: a file in the data folder
cli-option-backup-out = where to, - is standard output; absent: a file of that moment's name here
cli-option-move-to-files = from the database into the data folder, which is empty or was moved there
cli-option-move-give-up = give up a move that was stopped on the way: everything stays on the side it came from
cli-option-erase-yes = do not ask first
cli-option-who-export = write all that is kept of the person into this file, as JSON
cli-option-doctor-backup = look at this backup in place of the data folder, without putting it back
cli-option-report-out = where to; { ISO("-") } is standard output; absent: { ISO("ID-report.png") } here
cli-report-not-png = { ISO($file) } does not end in { ISO(".png") }: the report is a picture of that kind.
cli-option-reason = why
cli-option-note = in your own words, kept with the names
cli-option-count = how many different people or posts, of all targets together
cli-option-per-target = as many of each target
cli-option-suite = several counts one after another, e.g. 50,100,250
cli-option-again = the same request for the n-th time, from 2; without it one that is over is told again
cli-option-collect-list = the list they go into; made from the targets when absent
cli-option-max-calls = pages asked of the source at most
cli-option-test = five pages at most
cli-option-collect-dry-run = say what it takes and costs at least, and ask nothing of the source
cli-option-cycle-minutes = collect in cycles, one every so many minutes
cli-option-cycle-leads = people or posts a cycle at most
cli-option-target = only this one, e.g. followers_mira
cli-option-watch = go on copying what changes, until it is stopped
cli-option-interval = between two rounds of --watch, from 1 (default: SYNC_INTERVAL, 300)
cli-option-check = copy nothing; say whether both sides are equal, and list differences
cli-option-sql = print what an administrator runs where this role may make no tables; touches no database
cli-argument-id = task id
cli-argument-source = x-followers, x-repliers, x-posts, tiktok, bluesky-followers …
cli-argument-targets = accounts, posts, hashtags or keywords; several take turns
cli-argument-name = username
cli-argument-decision = sent: it arrived; again: send it; skip: leave it
cli-line-number = Give the number of a line, or 0 for none.
cli-seconds-wrong = Give a whole number of seconds from 1 to 86400.
cli-unknown-failure = It failed for an unknown reason.
cli-status-running = unfinished
cli-count = { $count } { $state }
cli-paused-tried-first =
    { $count ->
        [one] It waits for your word: the first { $count } has the message. The same command tries as many more; without --try-first it goes on with everybody.
       *[other] It waits for your word: the first { $count } have the message. The same command tries as many more; without --try-first it goes on with everybody.
    }
cli-paused-approval = waiting for somebody else's approval in the chat
cli-paused-sent-back = sent back with the reason “{ $reason }”, waiting for a change, and then for somebody else's approval in the chat
cli-paused-restored = Peyk's data was put back from the backup of { $moment }, and what was sent after that is not known here. Once you are sure that nobody gets it twice: peyk confirm-restored { $id }
cli-spent = Spent so far: at most ${ NUMBER($spent, minimumFractionDigits: 2, maximumFractionDigits: 3) } by the prices of { $priced }
cli-spent-of = Spent so far: at most ${ NUMBER($spent, minimumFractionDigits: 2, maximumFractionDigits: 3) } of ${ NUMBER($cap, minimumFractionDigits: 2, maximumFractionDigits: 3) }, by the prices of { $priced }
cli-paused-operator = It was paused.
cli-paused-rejected = Every message would be refused: { $why }. Put that right, then send again.
cli-paused-full = The disk is full, so nothing more is sent. Make room, then send again.
cli-paused-storage = It could not be recorded what happens, so nothing more is sent: { $why }.
cli-paused-unheard = { $unheard } All who are left were written to before and may have said stop.
cli-paused-unavailable = Nothing can be sent for now: { $why }. It is tried again at { $moment }.
cli-paused-first = { $id }, which this follows up, is held. It goes on by itself within a minute of that one.
cli-paused-window = It sends only { $window }, and goes on then: { $moment }.
cli-paused-missed = It was to start at { $moment }, and nobody was there to start it. Nothing was sent. Give the command again with --at now, or with another moment.
cli-starts = It starts by itself: { $moment }, in { $left }. This command waits for it. Ended before, the campaign stays scheduled; npm start or the same command waits for it too.
cli-would-start = It would start: { $moment }
cli-sends-only = It sends only { $window }
cli-would-send = It would send only { $window }
cli-at-problem = --at { $text }: { $why }
cli-window-problem = --window { $text }: { $why }
cli-begun = { $id } has already started, so it can't be scheduled. Leave out --at to go on with it.
cli-paused-left = No account may send any more: { $why }. Mend one, then send again.
cli-paused-all-left = No account may send any more: all have left. Mend one, then send again.
cli-paused-one-capped = The account has reached its limit until { $moment }.
cli-paused-paced = The campaign has reached its own speed limit until { $moment }.
cli-paused-capped = All { $count } accounts have reached their limit until { $moment }.
cli-paused-until = No account may send before { $moment }.
cli-paused-until-why = No account may send before { $moment } ({ $why }).
cli-account-why = { $account }: { $why }
cli-account-left-out = { $account } alone may write to some who are left, and the campaign does not go through it
cli-unheard = What people answered to { $account } can't be read ({ $why }).
cli-unheard-until = What people answered to { $account } can't be read before { $moment } ({ $why }).
cli-event-noCheckpoint = No checkpoint: starting fresh.
cli-event-checkpointLoaded = Checkpoint loaded: { $count } already sent.
cli-event-alreadySent = { $count } already sent: skipping them.
cli-event-checkpointRemoved = Checkpoint removed.
cli-event-checkpointSaved = Checkpoint saved with { $count } names.
cli-event-skipped = { $username }: { $reason }.
cli-event-skipped-by = { $username }: { $reason } ({ $by }).
cli-event-optedOut = { $username } asked { $account } for no more messages and is on the do-not-send list.
cli-event-looksAgain = Whether uncertain messages of { $account } arrived can be looked up again at { $moment }.
cli-event-unheard = { $unheard } Whoever was written to before waits for it, for they may have said stop.
cli-event-settled = { $username }: { $state } through { $account }.
cli-event-settled-why = { $username }: { $state } through { $account } ({ $why }).
cli-event-sent = { $username }: marked as sent through { $account }.
cli-event-again = { $username }: not sent through { $account }, tried again ({ $why }).
cli-trouble-capped = { $account } has reached its limit
cli-trouble-resting = { $account } rests
cli-trouble-locked = { $account } is locked
cli-trouble-loggedOut = { $account } is logged out
cli-trouble-back = { $account } is back
cli-trouble-until = {" "}until { $moment }
cli-progress = { $bar } { $done }/{ $total } · { $counts }
cli-progress-rate = { $rate }/s
cli-progress-left = { $left } left
cli-no-campaigns = There are no campaigns yet. peyk send --help shows how to begin.
cli-campaign-line = { $id }: { $status }, { $counts }
cli-nobody = nobody
cli-gone = is gone
cli-problem-line = { $id }: { $problem }
cli-worker-line = { ISO($worker) }: { $does }
cli-is = { $id } is { $status }.
cli-show-recipients = {"  "}Recipients: { $count } ({ $counts })
cli-show-through = {"  "}Through: { $channel }, { $accounts }
cli-a-day = { $name } ({ $limit } a day)
cli-show-started = {"  "}Started: { $moment }
cli-show-ended = {"  "}Ended: { $moment }
cli-show-consent = {"  "}Consent: { $consent }
cli-show-uncertain = {"  "}Uncertain since { $moment }: { $names }
cli-names-more = { $names } and { $count } more
cli-no-such-campaign = There is no campaign "{ $id }". There is: { $known }.
cli-no-such-campaign-none = There is no campaign "{ $id }". There are none yet.
cli-follow-ups-ended = The follow-ups of { $id } are ended. Nobody else gets one; what was sent stays.
cli-follow-ups-none = { $id } has no follow-ups to end: none is planned or under way, or they were ended before.
cli-cleaned = The checkpoint of { $id } was removed. Its journal and results stay.
cli-clean-unfinished = { $id } is not finished, and its checkpoint is still needed. Finish it with peyk send, or cancel it.
cli-clean-nothing = { $id } has no checkpoint any more.
cli-backed-up = { $path } is the backup. It holds the names and messages of people: keep it as you keep the data folder. Check it with peyk doctor --backup { $path }
cli-restored =
    { $campaigns ->
        [one] The backup of { $moment } is in { $path }: { $campaigns } campaign.
       *[other] The backup of { $moment } is in { $path }: { $campaigns } campaigns.
    }
cli-put-back =
    { $campaigns ->
        [one] The database counts as put back, as it was about { $moment }: { $campaigns } campaign.
       *[other] The database counts as put back, as it was about { $moment }: { $campaigns } campaigns.
    }
cli-restored-since = Who asked for no messages after that moment, and who was erased after it, is not known here: put them on the do-not-send list and erase them once more.
cli-restored-paused =
    { $count ->
        [one] { $count } campaign was not finished. It waits for you: what was sent after the backup is not known here. peyk status names it, peyk confirm-restored ID lets it go on.
       *[other] { $count } campaigns were not finished. They wait for you: what was sent after the backup is not known here. peyk status names them, peyk confirm-restored ID lets one go on.
    }
cli-restored-collections =
    { $count ->
        [one] { $count } collection was under way and is paused.
       *[other] { $count } collections were under way and are paused.
    }
cli-move-piece = { $nth } of { $of }: { $piece }
cli-move-names = { $piece }: { $done } of { $names } names
cli-move-checked =
    { $names ->
        [one] Comparing both sides: a campaign of { $names } name was read
       *[other] Comparing both sides: a campaign of { $names } names was read
    }
cli-moved-database = Everything from { $path } is in the database.
cli-moved-folder = Everything from the database is in { $path }.
cli-moved-compared = Both sides say the same. Campaigns: { $campaigns }; names in them: { $names }, of these sent { $sent }, planned { $planned }, uncertain { $unknown }. Do-not-send list: { $suppressions }. Subscribers: { $recipients }. Lists of leads: { $lists }.
cli-moved-closed-folder = { $path } is closed: Peyk works with the database from now on, with STORE=postgres and this DATABASE_URL. Make a backup of the database before you delete what is in the folder. Exports and the log stay there.
cli-moved-closed-database = The database is closed: Peyk works with { $path } from now on, without STORE=postgres.
cli-move-given-up-folder = The move is given up. Everything is in { $path }, and the database is empty again.
cli-move-given-up-database = The move is given up. Everything is in the database.
cli-help-move =
    Stop every Peyk first. With STORE=postgres and DATABASE_URL everything that is in the data folder
    goes into that database, which must hold nothing of Peyk's. At the end both sides are counted and
    compared, and the folder is closed: nothing starts on it any more. With --to-files it goes back.
    A move that is stopped, however that happens, goes on with the same command. Nothing is sent by it.
cli-confirmed = { $id } may go on.
cli-confirmed-nothing = { $id } waits for no such word.
cli-erase-needs-yes = Nobody is there to be asked. --yes erases without a question.
cli-erase-question = Erase all that is kept of { $name }? All exports in the data folder go as well. This can't be undone. (yes/no){" "}
cli-erase-kept = Nothing was erased.
cli-erased = Erased. They are never written to again, in whatever list they come. Backups made before still hold them.
cli-erased-waits = They are written to no more, but the copy in PostgreSQL could not be reached: the name stays in erased.json until it is, at the next start. peyk doctor says when it is through.
cli-erasing = Nobody writes to them any more. The Peyk at work (process { $process }) erases as soon as nothing has its files open: npm start stops for a moment, peyk send does it at its end.
cli-erased-already = They are erased already.
cli-erase-no-name = That is nobody's name: { $why }
cli-resolve-both = Give a name and a decision, or --all and a decision.
cli-resolve-what = Say what became of { $name }: sent, again or skip.
cli-resolve-not = { $name } is not uncertain in { $id }, so there is nothing to decide.
cli-resolve-none = Nobody is uncertain in { $id }.
cli-resolve-list = { $count } may have got the message of { $id }; it was not sent again:
cli-resolve-line = {"  "}{ $username }, through { $account }, { $moment }
cli-resolved-one-sent = { $username } counts as sent now.
cli-resolved-one-again = { $username } is planned again; the next peyk send or start of Peyk sends it.
cli-resolved-one-again-at-work = { $username } is planned again; the Peyk at work sends it.
cli-resolved-one-skip = { $username } is left at that and won't be written to.
cli-resolved-all-sent = { $count } counted as sent.
cli-resolved-all-again = { $count } planned again; the next peyk send or start of Peyk sends to them.
cli-resolved-all-again-at-work = { $count } planned again; the Peyk at work sends to them.
cli-resolved-all-skip = { $count } left at that, and won't be written to.
cli-resolved-left = { $count } were settled meanwhile and stay as they are.
cli-changed =
    { $id } is changed (revision { $revision }). { $left ->
        [0] Nobody is left to be written to.
        [one] It counts for the 1 recipient who is left.
       *[other] It counts for the { $left } recipients who are left.
    }
cli-changed-beside = It keeps what went with the text before: { $beside }. --text-only leaves that out.
cli-not-changed-unknownCampaign = { $id } is no longer here; nothing was changed.
cli-not-changed-over = { $id } has ended; nothing of it can be changed.
cli-not-changed-changed = Somebody else changed { $id } meanwhile, so your change was not made.
cli-not-changed-same = { $id } has exactly that already; nothing was changed.
cli-not-changed-noAccount = A campaign needs at least one account; nothing was changed.
cli-names-later = They are written to at the next peyk send --task-id { $id } or start of Peyk.
cli-texts-none = No message is saved under a name yet. In the chat: More options, Save this text.
cli-texts-line = { $name } ({ $by }, { $moment }): { $text }
cli-texts-unknown = No message is saved as { $name }. There are: { $names }
cli-at-work = {" "}The Peyk at work (process { $process }) wrote it down.
cli-at-work-sends-another = The Peyk at work (process { $process }) sends one campaign only, and this would begin another. Nothing was done; ask again when that one has ended.
cli-at-work-other-version = The Peyk at work (process { $process }) is of another version and did not understand. Nothing was done.
cli-at-work-silent = The Peyk at work (process { $process }) did not answer. Nothing was done; the request was taken back.
cli-at-work-unanswered = The Peyk at work (process { $process }) has the request and has not answered yet. It may have done it already, or does it as soon as it can; { $look } shows it.
cli-from-and-list = Give --list or --from, not both.
cli-from-itself = --from { $id }: a new campaign needs a task id of its own.
cli-from-nobody = Nobody of { $id } is in these states.
cli-amend-plan-takeBack =
    { $count ->
        [one] 1 message of { $id } can be taken back. It disappears from the person's chat.
       *[other] { $count } messages of { $id } can be taken back. They disappear from people's chats.
    }
cli-amend-plan-mend =
    { $count ->
        [one] 1 message of { $id } can be mended. No new message is sent.
       *[other] { $count } messages of { $id } can be mended. No new message is sent.
    }
cli-amend-question-takeBack = Take them back? This can't be undone. [y/N]{" "}
cli-amend-question-mend = Mend them? [y/N]{" "}
cli-amend-needs-yes = Nothing was begun. Add --yes to begin.
cli-amend-not = Nothing was begun.
cli-amend-one-scope = Give --revision or --name, not both.
cli-amend-busy = Something is being taken back or mended in { $id } already. Let it end, or stop it in the chat.
cli-amend-unapproved = Campaigns need a second pair of eyes, and nobody else has seen this text. While { $id } is under way, change its text first and have it approved in the chat; then messages that were sent can be mended into that very text. Of one that is over the owner decides: /roles in the chat.
cli-amend-changed = Other messages of { $id } were taken back or mended since this was looked at. Nothing was done; see peyk status and ask once more if it is still wanted.
cli-amend-nobody-takeBack = There is no message of { $id } that can be taken back.
cli-amend-nobody-mend = There is no message of { $id } that can be mended.
cli-amend-cannot-takeBack = What { $id } sent can't be taken back: its platform does not allow it, or is not set up here.
cli-amend-cannot-mend = What { $id } sent can't be mended: its platform does not allow it, or is not set up here.
cli-amend-progress-takeBack = { $done } of { $count } taken back; { $kept } stay
cli-amend-progress-mend = { $done } of { $count } mended; { $kept } stay as they were
cli-amend-over-takeBack = { $id }: { $done } of { $count } messages taken back; { $kept } stay.
cli-amend-over-mend = { $id }: { $done } of { $count } messages mended; { $kept } stay as they were.
cli-amend-uncertain =
    { $count ->
        [one] 1 is uncertain in the end; peyk export shows which.
       *[other] { $count } are uncertain in the end; peyk export shows which.
    }
cli-amend-interrupted =
    { $atWork ->
        [yes] The Peyk at work goes on with it.
       *[no] Interrupted. The same command, or the next start of Peyk, goes on with it.
    }
cli-amend-paused = Somebody paused it; it goes on from the card in the chat.
cli-amend-paused-why = Paused: { $why }. The same command goes on with it.
cli-amend-stopped = Somebody stopped it; whoever is left keeps the message.
cli-checkpoint-noFile = { $file } can't be read: there is no such file.
cli-checkpoint-tooBig = { $file } is larger than any checkpoint.
cli-checkpoint-broken = { $file } is not a checkpoint. Expected {"{"}"task_id": "…", "sent_usernames": ["…"]{"}"}.
cli-checkpoint-noTaskId = { $file } names no task id. Add "task_id", or call it task_checkpoint_ID.json.
cli-checkpoint-badTaskId = { $file } has a task id that can't be used here.
cli-checkpoint-device = { $file } has a task id that Windows takes for a device. Give it another.
cli-checkpoint-dotAtEnd = { $file } has a task id with a dot at its end. Give it another.
cli-checkpoint-twoSpellings = { $file } has a task id of which there are two here that differ only in upper and lower case. Rename the folder of one of them.
cli-checkpoint-done = { $id }: { $names } in the checkpoint, { $added } of them new. They won't be written to.
cli-names =
    { $count ->
        [one] 1 name
       *[other] { $count } names
    }
cli-out-twice = --out - and --json both want standard output. Give one of them.
cli-out-failed = --out { $file } can't be written ({ $code }).
cli-cost = Costs at most ${ NUMBER($total, minimumFractionDigits: 2, maximumFractionDigits: 2) } by the prices of { $priced }.
cli-corrected = Other values than before in this list, which are sent: { $count }.
cli-left-out = Left out because another campaign wrote to them: { $count }.
cli-contacted = Other campaigns wrote to { $count } of them in the last { $days } days: { $each }. --not-within-days { $days } leaves them out.
cli-contacted-by = { $id } to { $count }, the last { $moment }
cli-unfit-tooLong = With the recipient's values the message is too long for { $count }: { $names }. They fail and are not written to; a list with other values repairs them.
cli-unfit-empty = With the recipient's values the message is empty for { $count }: { $names }. They fail and are not written to; a list with other values repairs them.
cli-dry-run = Dry run: { $count } messages through { $accounts } accounts of { $channel }.
cli-nothing-today = Nothing would go out today: the limits or the send window leave no room. The first would go out { $moment }.
cli-dry-run-end = Dry run: { $count } messages through { $accounts } accounts of { $channel }, expected end { $moment }.
cli-preview-in = For { $username }, in { $language }:
cli-preview = For { $username }:
cli-dry-run-over = Nothing was sent. Leave --dry-run out to send.
cli-interrupted-before = Interrupted before anything was sent.
cli-all-unusable = All unusable lines: { $path }
cli-sending = Sending { $id } through { $channel }. Ctrl+C pauses it.
cli-corrected-start =
    { $count ->
        [one] 1 recipient has
       *[other] { $count } recipients have
    } other values in this list than before; whoever is still to be written to gets the new ones.
cli-paused-by = { $id } was paused by { $who } and stays paused; its list is up to date. --resume goes on with it.
cli-somebody = somebody
cli-a-terminal = somebody at the terminal
cli-a-program = a program
cli-operator = operator { $name }
cli-waits-for-it = { $pause } This command waits for it.
cli-stands = { $id } is { $status }: { $counts } of { $total }.
cli-was-interrupted = It was interrupted.
cli-goes-on = { $why } The same command goes on where it stopped.
cli-some-uncertain = { $count } may or may not have arrived and were not sent again. Decide with: peyk resolve { $id } NAME sent|again|skip, or --all
cli-some-failed = { $count } failed: peyk export { $id } says why of each. The same command tries them again.
cli-some-again = { $count } were sent to again as you decided, and may have the message twice.
cli-simulated = Simulated recipients; nobody real is written to.
cli-needs-telegram = It needs BOT_TOKEN, the token of your bot.
cli-needs-x = It needs X_ACCOUNTS_FILE, a file with the keys of your accounts.
cli-needs-webhook = It needs WEBHOOK_FILE, a file with the address and the secret of your gateway.
cli-no-channel = --channel { $name } is not set up here. { $needs } There is: { $names }.
cli-no-channel-other = --channel { $name } is not set up here. There is: { $names }.
cli-none = none
cli-no-account = { $channel } has no account to send through. Add one to its settings.
cli-no-spend = Nothing is charged for sending through { $channel }, so --spend-cap would never hold anything. Leave it out.
cli-follow-up-pairs = Give as many --follow-up-after as --follow-up: each text needs its days.
cli-follow-up-notHeard = What people write back through { $channel } does not reach Peyk, so nobody knows who did not answer. Leave --follow-up out.
cli-follow-up-tooMany = At most { $most } follow-ups are sent.
cli-follow-up-days = --follow-up-after is a whole number from 1 to { $max }.
cli-follow-up-empty = A follow-up needs a text.
cli-exclude-itself = --exclude-campaign { $id } is the campaign itself: it writes to nobody twice.
cli-exclude-unknown = --exclude-campaign { $id }: there is no such campaign. See peyk status.
cli-needs-consent = { $channel } reaches real people. Say with --consent where the permission to write to them comes from.
cli-nobody-subscribed = --list: nobody is subscribed. People subscribe by pressing Start on the bot.
cli-nobody-subscribed-from = --list: nobody from { $source } is subscribed. People subscribe by pressing Start on the bot.
cli-no-message = There is no message. Give it with --message TEXT or --message-file FILE.
cli-two-messages = Both --message and --message-file are given. Leave one of them out.
cli-language-unknown = --message-file-for { $text }: expected a language and a file, such as fa=hello-fa.txt.
cli-language-twice = --message-file-for { $text }: this language is given twice. Leave one of them out.
cli-no-file = { $option } { $path }: there is no such file.
cli-file-unreadable = { $option } { $path } can't be read ({ $code }).
cli-unknown-error = unknown error
cli-no-plain-file = --list { $path } is not a file.
cli-id-badTaskId = --task-id "{ $id }" is no task id. Use 1 to 64 of Latin letters, digits, "_", "-" and ".", beginning with a letter or digit, e.g. spring-news.
cli-id-device = --task-id "{ $id }" is taken for a device by Windows. Choose another.
cli-id-dotAtEnd = --task-id "{ $id }" ends with a dot. Choose another.
cli-id-twoSpellings = --task-id "{ $id }": { $ids } differ only in upper and lower case. Choose another, or rename the folder of one.
cli-and = { $one } and { $other }
cli-is-cancelled = { $id } was cancelled and takes nobody in any more. Choose another --task-id.
cli-is-elsewhere = { $id } goes through { $own }, not { $channel }. Choose another --task-id.
cli-goes-through = { $id } goes through { $channel }. Choose another --task-id.
cli-is-changed = { $id } was changed by somebody else just now: peyk status { $id }. Nothing was sent; the same command looks again.
cli-is-not-now = { $id } can't be started as it stands: peyk status { $id }
cli-other-message = { $id } has another message:
cli-other-message-with = { $id } has another message, with { $beside }:
cli-beside-formatting = formatting
cli-beside-file = the file { $name }
cli-beside-languages = texts in { $languages }
cli-beside-links = { $count } links
cli-other-given = The one given is:
cli-other-end = Nothing was changed and nothing sent. Leave the message out to go on with the campaign's own, choose another --task-id, or say --change-message: then the { $left } who are still to be written to get the one given; { $sent } have the other already.
cli-report = { $origin }: { $count } names. { $read } lines read: { $duplicates } repeated, { $invalid } unusable.
cli-report-skipped = { $origin }: { $count } names (skipped: { $skipped }). { $read } lines read: { $duplicates } repeated, { $invalid } unusable.
cli-skipped-sent = { $count } sent before
cli-skipped-suppressed = { $count } on the do-not-send list
cli-skipped-lately = { $count } written to lately
cli-invalid-empty = {"  "}Line { $line }: { $reason }.
cli-invalid-line = {"  "}Line { $line } "{ $text }": { $reason }.
cli-list-picture = { $file } is a picture. Give a list of usernames as .txt, .csv, .xlsx or .json.
cli-list-video = { $file } is a video. Give a list of usernames as .txt, .csv, .xlsx or .json.
cli-list-pdf = { $file } is a PDF, from which names can't be read reliably. Give a list of usernames as .txt, .csv, .xlsx or .json.
cli-list-otherFile = { $file } is not a list that Peyk can read. Give a list of usernames as .txt, .csv, .xlsx or .json.
cli-list-empty = { $file } is empty. Give a list with at least one username.
cli-list-gone = { $file } is not kept here any more. Give another list.
cli-list-tooBig = { $file } is larger than { $megabytes } MB. Split it and send the parts under the same --task-id.
cli-list-zipBomb = { $file } unpacks to far more than a list can be, so it was not opened. Save it as .csv or .txt.
cli-list-passwordProtected = { $file } is protected by a password. Save it without one, or as .csv.
cli-list-foreignSpreadsheet = { $file } is an .{ $format } spreadsheet, which Peyk doesn't read. Save it as .xlsx or .csv.
cli-list-quote = { $file } opens a quotation mark that is never closed. Close or delete it.
cli-list-quote-line = { $file }, line { $line }, opens a quotation mark that is never closed. Close or delete it.
cli-list-broken = { $file } can't be read as .{ $format }. Save it again, or as .csv with UTF-8.
cli-list-broken-line = { $file }, line { $line }, can't be read as .{ $format }. Save it again, or as .csv with UTF-8.
cli-stopped-takesTooLong = { $file } takes far longer to read than a list of its size should
cli-stopped-needsTooMuchMemory = { $file } takes far more memory than a list of its size should
cli-stopped-holdsTooMuch = { $file } holds far more than a list can
cli-stopped-failed = { $file } can't be read, and it is not known why
cli-list-stopped = { $what }, so reading it was ended. Nobody was added. Save the list alone as .csv or .txt.
cli-list-stopped-line = { $what } at line { $line }, so reading it was ended. Nobody was added. Save the list alone as .csv or .txt.
cli-list-noUsableName = { $file }: { $read } lines read, and none holds a usable name.
cli-message-empty = The message is empty. Give it with --message or --message-file.
cli-message-tooLong = The message has { $length } characters; { $max } is the most.
cli-message-unknownVariables = The message uses { $unknown }, which no column of the list fills. There are: { $known }.
cli-message-brokenVariable = "{ $text }" in the message is not a whole variable. Write {"{{name}}"} or {"{{name|friend}}"}.
cli-message-formatting = Formatting can't be sent through this channel. Leave it out or choose another one.
cli-message-in = In { $language }: { $problem }
cli-message-copies = A copied message can't be sent through this channel. Leave it out or choose another one.
cli-message-attachments = An attachment can't be sent through this channel. Leave it out or choose another one.
cli-message-buttons = A button can't be sent through this channel. Leave it out or choose another one.
cli-place-sheet = { $file }, sheet { $sheet }
cli-ask-column-several = { $place }: several columns could hold the usernames. Choose with --column NAME or its number:
cli-ask-column-unclear = { $place }: neither a heading nor what stands below proves which column holds the usernames. Choose with --column NAME or its number:
cli-ask-column-notThere = { $place }: it has no column of the --column given. Give the name or the number of one of these:
cli-ask-headerRow = { $place }: it is unclear which line names the columns. Say it with --header-row N, or 0 for none:
cli-ask-sheets = { $place }: several sheets hold names. Choose with --sheet NAME (as often as needed) or --sheet all:
cli-ask-lists = { $place }: several lists in it hold names. Choose with --sheet NAME (as often as needed) or --sheet all:
cli-ask-list = { $place }: it is unclear whether its only list is meant. Choose with --sheet NAME (as often as needed) or --sheet all:
cli-ask-encoding = { $place }: its letters can be read in several ways. Choose the right one with --encoding:
cli-sheet-line = {"  "}{ $name }: { $count } rows: { $samples }
cli-column-line = {"  "}{ $number } { $name }: { $samples }
cli-column-more = {"  "}and { $count } more
cli-as-read = As it was read:
cli-row-line = {"  "}line { $line }: { $cells }
cli-they-are = {"  "}They are: { $names }.
cli-from-column = column "{ $name }"
cli-from-sheet = sheet "{ $name }"
cli-from-encoding = encoding { $name }
cli-read-from = {"  "}Read from: { $from }.
cli-not-read = {"  "}Not read: { $what }.
suppressed-from-damaged-line = from a damaged line
suppressed-optedOut = opted out
suppressed-complaint = complained
suppressed-blocked = not to be written to
cli-suppress-none = Nobody is on the do-not-send list.
cli-suppress-line = { $username }: { $reason }, { $moment }
cli-suppress-line-note = { $username }: { $reason }, { $moment } ({ $note })
cli-doctor-fine-history = The history is whole.
cli-doctor-history-altered = Entry { $number } is not as it was written. Somebody changed it, or the file is damaged.
cli-doctor-history-missing = Entries { $from } to { $to } are missing.
cli-doctor-history-misplaced = Entry { $number } stands where it was not written.
cli-doctor-history-cutOff = Its last entries are gone, from number { $from } to { $to }.
cli-doctor-history-noHead = The file history-head.json is gone, which says how many entries there must be; nobody can tell whether the last ones are missing.
cli-doctor-history-noKey = The file history/key is gone, without which nobody can tell whether an entry was changed. Put it back from a backup.
cli-doctor-history-headAnew =
    { $count ->
        [0] The file history-head.json, which says how many entries there must be, was gone, and was made anew when no entry was there. Nobody can tell what had been recorded before.
        [one] The file history-head.json, which says how many entries there must be, was gone, and was made anew when 1 entry was there. Nobody can tell whether later ones are missing.
       *[other] The file history-head.json, which says how many entries there must be, was gone, and was made anew when { $count } entries were there. Nobody can tell whether later ones are missing.
    }
cli-doctor-history-gone = It is gone: a history was begun in this folder, and nothing of it is left. Put the folder history and the file history-head.json back from a backup.
cli-doctor-history-another = It is not the one that was begun in this folder: that one is gone, and this was begun anew since or comes from another folder.
cli-doctor-fine-configuration = Every setting is valid.
cli-doctor-fine-clock = The clock agrees with the journals.
cli-doctor-fine-files = Every file can be read.
cli-doctor-fine-rows = Every row can be read.
cli-doctor-fine-invariants = The states add up, nobody has two sent records, and no account sent more than it may.
cli-doctor-account-well = { $account }: @{ $username } is well
cli-doctor-account-known = { $account }: @{ $username } is known
cli-doctor-limit = { $left } of { $count } { $name } left until { $moment }
cli-doctor-unread = its messages can't be read, stop words neither: { $why }
cli-doctor-account-trouble = { $account }: { $why }
cli-doctor-account-unknown = { $account } could not be asked: { $why }
cli-doctor-lease-never = Nobody has used this folder yet.
cli-doctor-lease-held = In use by process { $process } on { $host }, started { $moment }.
cli-doctor-lease-free = Free; last used by process { $process } on { $host }, started { $moment }.
cli-doctor-clock-says = The clock says { $moment }.
cli-doctor-clock-behind = The clock is { $minutes } min behind the last journal entry. Set it before sending: limits go by it.
cli-doctor-of = { $name }: { $problem }
cli-doctor-overdraft = { $account } sent { $messages } messages in the day from { $moment } although its limit is { $limit } ({ $campaigns }). Was the limit lowered since?
cli-doctor-contradicts = the journal contradicts itself: { $what }
cli-doctor-total = the states add up to { $total }, not to { $size }
cli-doctor-rows = { $rows } stand as “{ $state }” by the rows, and { $count } by the journal
cli-doctor-database = PostgreSQL { $version } answers.
cli-doctor-database-old = The database is PostgreSQL { $version }. Peyk needs 13 or later.
cli-doctor-connections =
    { $more ->
        [0] { $used } of { $most } connections of the server are in use: there is no room for one more process of Peyk. Raise max_connections, or stop what else connects.
        [one] { $used } of { $most } connections of the server are in use: room for one more process of Peyk.
       *[other] { $used } of { $most } connections of the server are in use: room for { $more } more processes of Peyk.
    }
cli-doctor-not-durable = fsync or full_page_writes is off on the server: after a power cut people could get a message twice. Switch both on.
cli-doctor-clock-slow = This machine's clock is { $seconds } s behind the database's. Limits and starts go by the database's; what this machine logs does not.
cli-doctor-clock-fast = This machine's clock is { $seconds } s ahead of the database's. Limits and starts go by the database's; what this machine logs does not.
cli-doctor-tables-none = There is nothing of Peyk in it yet. The first start makes its tables.
cli-doctor-tables-older = Its tables are at version { $number }. The next start brings them to { $known }.
cli-doctor-tables-newer = Its tables are at version { $number }, and this Peyk knows { $known }: take the newer version of Peyk that was here.
cli-doctor-nobody-works = No process of Peyk works on it now.
cli-doctor-who-works = At work: { $names }.
cli-doctor-left =
    { $count ->
        [one] { $count } message was being sent by a process that is gone. It counts as uncertain once its campaign goes on.
       *[other] { $count } messages were being sent by processes that are gone. They count as uncertain once their campaigns go on.
    }
cli-doctor-put-back = It was put back from a backup. At the next start everything that was begun waits for your word.
cli-doctor-journal-lost =
    it is finished, and nothing tells what became of { $count ->
        [one] one name
       *[other] { $count } names
    }: part of its journal.jsonl is lost. Put it back from a backup, and write to nobody of this list again before.
cli-doctor-journal-empty =
    its checkpoint says that { $count ->
        [one] one name was
       *[other] { $count } names were
    } sent to, and journal.jsonl holds nothing: it is lost. Put it back from a backup before this campaign goes on.
cli-doctor-strangers = the journal speaks of { $count } recipients that no list holds
cli-doctor-unmarked = { $count } were sent without a mark that their call left
cli-doctor-two-records = { $username } has two sent records
cli-greet-telegram = Peyk is running. Open a chat with your bot in Telegram and press Start.
cli-greet-playground = Peyk is running without a bot token, in the playground. Open { $url }
cli-greet-monitor = How everything stands, at a glance: { $url }
cli-greet-key = Keep what follows ?key= to yourself: it opens these pages, also after a restart.
cli-greet-stop = Press Ctrl+C to stop; running campaigns go on at the next start.
cli-greet-stop-shared = Press Ctrl+C to stop; the others who use the same database take over what this one does.
cli-greet-everything = This Peyk, { $worker }, shares the work with all others who use the same database.
cli-greet-worker = The worker { $worker } works on what is in the database. The chat and the pages are elsewhere.
cli-greet-chat = This Peyk, { $worker }, only has the chat and the pages. Sending is for the workers: peyk worker
cli-waiting = Peyk waits: { $reason } ({ ISO($said) }). It starts by itself once that is over; press Ctrl+C to stop.
cli-stopping = Stopping: what is in flight is being settled.
cli-stopped-unknown = Peyk stopped for an unknown reason.
cli-doctor-well = Everything is in order.
cli-doctor-backup = The backup of { $moment } is whole, and its checksums agree.
cli-doctor-wrong = { $count } wrong. Peyk changed nothing.
cli-sign-ok = ok{"   "}
cli-sign-note = note{" "}
cli-sign-wrong = WRONG
cli-check-configuration = configuration
cli-check-database = database
cli-check-lease = lease
cli-check-clock = clock
cli-check-files = files
cli-check-invariants = invariants
cli-check-history = history
cli-check-accounts = accounts
cli-finding = { $sign }  { $check }: { $text }
cli-suppress-added = { $count } put on the list.
cli-suppress-added-before = { $count } put on the list, { $unchanged } were so before.
cli-suppress-taken = { $count } taken off the list.
cli-suppress-taken-before = { $count } taken off the list, { $unchanged } were so before.
cli-suppress-no-name = "{ $text }" is no username: { $reason }.
cli-suppress-no-names-more = { $count } more are no usernames.
cli-sync-second = every second
cli-sync-seconds = every { $seconds } s
cli-sync-watching = Copying to the database { $often }. Ctrl+C stops it.
cli-sync-real-time = Copying to the database in real time: { $often }. Ctrl+C stops it.
cli-sync-remark = Warning: copying { $often } asks much of a database; 300 s are the default.
cli-suppress-read = { $read } lines read: { $duplicates } repeated, { $invalid } unusable.
cli-suppress-missed = Nobody named in these { $count } lines was put on the list. All of them: { $path }
cli-collect-one-number = Give one of --count, --suite and --per-target.
cli-collect-how-many = Say how many with --count N, of each with --per-target N, or several with --suite 50,100.
cli-collect-list-gone = The list { $list } is gone.
cli-begun-goesOn = { $list } goes on where it stopped. Ctrl+C stops it; the same command goes on.
cli-begun-toldAgain = This is request { $number } of { $list }, which is over. Nothing was asked of the source.
cli-begun-new = Collecting { $count } { $items } into { $list }.{ $spare } Ctrl+C stops it; the same command goes on.
cli-begun-each = Collecting { $count } { $items }, { $each } of each, into { $list }.{ $spare } Ctrl+C stops it; the same command goes on.
cli-spare = {" "}{ $count } are there from earlier pages.
cli-end-targetReached = That is all that was asked for.
cli-end-sourceExhausted = The source has no more.
cli-end-noNewPeople = The last pages brought nothing new.
cli-end-emptyPages = Page after page was empty, and the source says that there is more. The same command goes on there.
cli-end-cursorLoop = The source began to repeat its pages.
cli-end-unclear = The source's answers can't be relied on. The same command goes on where it stopped.
cli-end-targetGone = The source has nothing to give there: no such name, private, deleted, or a search that it does not take. Once that is mended, the same command goes on.
cli-end-callLimit = The limit on calls is reached.
cli-end-creditsGone = The source wants to be paid first.
cli-end-accessLost = The source does not accept its key.
cli-end-cancelled = It was cancelled.
cli-refused-source-needs = { $source } is not set up here. It needs { $setting }; .env.example says how. There is: { $known }.
cli-refused-source = { $source } is not set up here. There is: { $known }.
cli-target-empty = "{ $text }" is empty.
cli-target-notAName = "{ $text }" is no name of an account.
cli-target-notAPost = "{ $text }" is no link to a post.
cli-target-notASearch = "{ $text }" is neither a hashtag nor a keyword.
cli-target-tooLong = "{ $text }" is too long.
cli-refused-badCount = --count takes a whole number from 1.
cli-refused-badListName = --list takes letters, digits, _, - and ., 64 at most, and no name that ends in .jsonl.
cli-refused-otherKind = { $list } holds people or posts, and never both: name another list with --list.
cli-refused-badTime = It was asked for { $before } times so far: --again { $next } is the next one.
cli-refused-busy = { $list } is busy with a request for { $count }. The command that began it goes on with it; peyk leads cancel { $list } ends it.
cli-and-both = { $one } and { $other }
cli-figures-of = { $current } of { $target } ({ $percent }%)
cli-calls =
    { $count ->
        [one] 1 call
       *[other] { $count } calls
    }
cli-calls-failed = { $calls } ({ $failed } failed)
cli-figures-duplicates = { $count } duplicates skipped ({ $percent }%)
cli-figures-new = { $count } new a page
cli-figures-left = about { $calls } more
cli-unreadable-rows =
    { $count ->
        [one] 1 row without a readable author
       *[other] { $count } rows without a readable author
    }
cli-estimate = It takes at least { $calls }.
cli-estimate-cost = It takes at least { $calls } and { $cost } by the prices of { $day }.
cli-cost-range = { $least } to { $most }
cli-wait-rateLimit = The source asks for patience
cli-wait-callLimit = The source allows no more calls for the moment
cli-wait-cycle = This cycle has its number, the next one comes at its time
cli-wait-unavailable = The source could not be reached
cli-wait-line = { $wait }. It goes on { $until }.
cli-wait-end = { $wait }. The same command goes on later.
cli-wait-end-why = { $wait } ({ $why }). The same command goes on later.
cli-until-seconds = in { $seconds } s
cli-until-moment = at { $moment }
cli-fault = { $target }: { $why }.
cli-fault-attempt = { $target }: { $why } (attempt { $attempt } of { $of }).
cli-fault-again = {" "}It is asked again { $until }.
cli-target-end = { $target }: { $end }
cli-target-end-exhausted = no more.
cli-target-end-noNewPeople = nothing new on the last pages.
cli-target-end-emptyPages = only empty pages for now.
cli-target-end-cursorLoop = repeats its pages.
cli-target-end-unclear = its answers can't be relied on.
cli-target-end-gone = is not there.
cli-target-end-twin = the same as another target of the list, which goes on in its place.
cli-target-end-open = has more.
cli-target-line = { $target }: { $count } collected{ $beside }; { $end }
cli-target-declared = , { $count } seen of { $total } declared
cli-target-missing = {" "}({ $count } were not shown)
cli-target-unread = , { $rows }
cli-target-trouble = {" "}Last trouble: { $why }.
cli-as-of = That there is no more is as of { $day }; peyk leads reset { $list } asks anew.
cli-people = people
cli-posts = posts
cli-ending = { $list }: { $count } different { $items } of { $total }. { $why }
cli-also-in = {"  "}{ $query } is also in { $lists }, under whatever name: --list puts both into one.
cli-share = {" "}{ $count } of { $total }.
cli-once-more = To collect as many once more, give the command with --again 2 (then 3, 4 …).
cli-export-hint = peyk leads export { $list } --format csv writes them to a file.
cli-ending-paused = It is paused. The same command goes on.
cli-ending-restored = It was put back from a backup and is paused. The same command goes on.
cli-ending-paused-why = It is paused: { $why }. Once that is mended, the same command goes on.
cli-ending-interrupted = It was interrupted. The same command goes on where it stopped.
cli-suite = { $exact } of { $count } runs brought exactly their number.
cli-lists-none = There are no lists yet. peyk collect --help shows how to begin.
cli-list-line = { $list }: { $count } { $items }, { $done } of { $total } targets completed
cli-list-delivered = { $list }: { $count } { $items } delivered, { $more } more from the pages they came on.
cli-last-page = {" "}Last page: { $moment }.
cli-request-line = Request { $number }: { $figures }. { $ending }
cli-begins-anew = { $target } begins anew. Nobody becomes a second lead.
cli-begins-anew-all = Every target of { $list } begins anew. Nobody becomes a second lead.
cli-no-such-file = { $path }: there is no such file.
cli-request-over = The request is over. What it has stays in { $list }.
cli-written = Written: { $path }
cli-kpis-requests = Requests: { $count }, { $exact } with exactly their number ({ $percent }%).
cli-kpis-average =
    { $calls ->
        [one] { $calls } call
       *[other] { $calls } calls
    } and { $seconds } s on average.
cli-kpis-top = Most asked for: { $keywords }
cli-kpis-keyword = { $keyword } ({ $count })
cli-kpis-last = Last: { $moment }
cli-no-target = { $list } has no target { $target }. peyk leads status { $list } names them.
cli-no-request = { $list } has no request under way.
cli-no-list = There is no list "{ $list }". peyk leads shows those there are.
cli-sync-interval-alone = --interval only counts together with --watch.
cli-sync-other = Another sync is at work on this database; this one copied nothing. Stop one of them.
cli-sync-nothing = Nothing new to copy.
cli-sync-stopped = Stopped. { $rounds } rounds, { $lines } lines, { $retries } retries.
cli-sync-compared = { $campaigns } campaigns, { $recipients } recipients, { $suppressions } on the do-not-send list, { $leads } leads
cli-sync-difference = { $what }: here { $here }, in the database { $there }
cli-sync-thing-missing = nothing
cli-sync-behind = { $count } lines have not been copied yet.
cli-sync-equal = Equal: { $compared }.
cli-sync-different = Not equal: { $count } differences in { $compared }.

## What keeps Peyk from its work, each by its code

trouble-setting = { $setting }: { $problem }
trouble-settingValue = { $setting }: { $value } { $problem }
trouble-settingHidden = { $setting }: the value (not shown) { $problem }
trouble-notBotToken = is not a bot token (expected digits, a colon, 35 characters)
trouble-notBoolean = is neither true nor false
trouble-notTelegramId = is not a Telegram id
trouble-notOneOf = is not one of { $names }
trouble-notTimeZone = is not a time zone (expected a name like Asia/Tehran)
trouble-notWindow = is no send window (expected days and hours like mon-fri 09:00-18:00, or always)
trouble-notPort = is not a port (expected 0 to 65535)
trouble-notMessages = is not a number of messages (expected a whole number from 1)
trouble-notDatabase = is not the address of a database (expected postgres://name:password@host/database)
trouble-notWorkerName = is not a name for a worker (expected up to 40 letters and digits, with spaces, dots, _ or - between them)
trouble-notSeconds = is not a number of seconds (expected a whole number from 1)
trouble-notSecondsBetween = is not a number of seconds from 10 to 86400
trouble-notWait = is not a wait in seconds (expected a number from 0 to 600)
trouble-notMinutes = is not a number of minutes (expected 1 to 10080)
trouble-notLeads = is not a number of leads (expected a whole number from 1)
trouble-notPosts = is not a number of posts (expected a whole number from 1)
trouble-notServer = is not the address of a server (expected https://host or http://host:port)
trouble-notApiKey = is not a key (expected Latin letters, digits and signs, without blanks)
trouble-notBlueskyName = is no handle and no DID of Bluesky
trouble-notAppPassword = is not an app password (expected four groups of four, e.g. abcd-efgh-ijkl-mnop)
trouble-notPath = is a key or an address and no path (not shown)
trouble-notExpanded = starts with ~, which is not expanded here: write the full path
trouble-operatorsMissing = OPERATOR_IDS: is not set, so nobody could control the bot (expected your Telegram id)
trouble-blueskyHalf = BLUESKY_IDENTIFIER, BLUESKY_APP_PASSWORD: only one of them is set (expected both or neither)
trouble-storeNoDatabase = DATABASE_URL: is not set, and STORE=postgres keeps everything in that database (expected its address, like postgres://host:5432/peyk)
trouble-settingsForeign = { $file }: belongs to another user, so it is not read
trouble-settingsNotUtf8 = { $file }: is not saved as UTF-8 text
trouble-settingsUnreadable = { $file }: can't be read ({ $system })
trouble-settingsOpen = { $file } can be read by others on this machine. Run: chmod 600 { $file }
trouble-redirected = { $setting }: stands in { $file }, but { $secret } comes from the environment, and a file may not say where that goes. Set both in one place.
trouble-anotherPeyk = Another Peyk is using { $path }. Stop it first.
trouble-anotherPeykProcess = Another Peyk (process { $process }) is using { $path }. Stop it first.
trouble-anotherPeykHost = Another Peyk (process { $process } on { $host }) is using { $path }. Stop it first.
trouble-takenOver = Another Peyk took over { $path }. This one stops writing.
trouble-chatTakenOver = Another process of Peyk took over the chats. This one stops writing.
trouble-namesHeld = Programs of another user keep Peyk from starting: they hold the names by which it knows itself.
trouble-portInUse = WEB_PORT: { $port } is in use by another program. Set another one.
trouble-dataFolder = The data folder { $path } can't be made or written ({ $system }). Set DATA_DIR to a folder that this user may write to.
trouble-foreignFile = { $path } belongs to another user of this computer, so what it says can't be trusted. Move it away.
trouble-halfRestored = A backup was only half put back into { $path }, so it is no data yet. Run peyk restore again.
trouble-folderMoving = What is in { $path } is only half moved to a database. Run peyk move again, or peyk move --give-up to stay with the folder.
trouble-folderReturning = The database is only half moved to { $path }. Run peyk move --to-files again, or peyk move --give-up to stay with the database.
trouble-folderMoved = What was in { $path } was moved to a database on { $moment }, and nothing works with the folder any more. Set STORE=postgres and DATABASE_URL, or bring everything back with peyk move --to-files.
trouble-folderMovedWordGone = What was in { $path } was moved to a database, and moved.json, which says when, is gone. Nothing works with the folder, so that nobody is written to from both. Set STORE=postgres and DATABASE_URL, or put moved.json back.
trouble-houseFilling = What is in the database is only half moved there. Run peyk move again.
trouble-houseEmptying = The database is only half moved to a folder. Run peyk move --to-files again there.
trouble-houseClosed = Everything in the database was moved to a folder on { $moment }, and nothing works with the database any more. Take STORE=postgres away to work with the folder.
trouble-houseInUse =
    { $count ->
        [one] { $count } process of Peyk works with the database. Stop it first; after one that was killed wait a minute.
       *[other] { $count } processes of Peyk work with the database. Stop them first; after one that was killed wait a minute.
    }
trouble-houseNotEmpty = The database holds something of Peyk's already. Everything moves into an empty one: name another database in DATABASE_URL.
trouble-houseOfAnother = The database is half filled from another data folder. Go on with that move from there, or name another database in DATABASE_URL.
trouble-houseNotToMove = There is nothing in the database that could be moved to a folder: it is empty, or another move has it.
trouble-moveNoDatabase = Name the database: STORE=postgres and DATABASE_URL, like postgres://host:5432/peyk.
trouble-moveCampaigns = The campaign { $id } in { $path } can't be read, and what is known of its people would be lost on the way. peyk doctor says what is wrong with it.
trouble-moveTwice = Somebody or something stands twice in { $what }, which a database does not take. Nothing is closed; peyk move --give-up goes back to the folder.
trouble-moveDiffers = Both sides say different things of { $what }, so neither is taken for right. Nothing is lost: peyk move --give-up goes back to where everything came from.
trouble-moveNotEmpty = { $path } is not empty: { $name } is in it. Everything moves into an empty folder; name one with DATA_DIR.
trouble-moveNone = No move of { $path } is under way.
trouble-moveOver = All of it is moved already. Run the same command as before once more: it closes the other side.
trouble-notBackup = { $path } is no backup that Peyk made, or is damaged.
trouble-backupCut = { $path } is cut off: a part of the backup is missing. Fetch it again, or take another one.
trouble-backupDamaged = { $path } is damaged at { $name }. Fetch it again, or take another one.
trouble-backupVersion = { $path } was made by a later version of Peyk. Take that version, or a later one.
trouble-restoreNotEmpty = { $path } is not empty: { $name } is in it. A backup goes into an empty folder; name one with DATA_DIR, or move this one away.
trouble-nothingToBackUp = There is nothing in { $path } to back up: no Peyk was ever started there.
trouble-document = { $path } can't be used: { $what }
trouble-identity = { $path } can't be used: { $what }. Put it back from a backup. If there is none, stop every Peyk that uses this folder or a copy of it, delete the file, and start again.
trouble-team = { $path } can't be used: { $what }. It says who has which role, so nothing starts without it. Put it back from a backup. If there is none, move it away; then everybody has the role that OPERATOR_IDS gives them.
trouble-notJson = it is not JSON
trouble-noDocument = it is no document, {"{"}"version", "value"{"}"}
trouble-otherVersion = its version is { $found }, not { $known }
trouble-noFile = there is no such file
trouble-unfit = its values don't fit ({ $text })
trouble-otherCampaign = it is of the campaign { $id }
trouble-otherCampaignsFolder = { $id } belongs to a campaign whose files can't be used; they are kept. `peyk doctor` says what is wrong with them. Choose another name.
trouble-recipientsLost = { $path } holds { $lines } recipients, not { $count }. Put it back from a backup.
trouble-journalGone = { $path } is gone, and with it who was written to. Put it back from a backup; until then this campaign writes to nobody.
trouble-setAside = { $path }: was set aside because it could not be understood
trouble-keptAs = { $what }. It was kept as { $path }.
trouble-linesLeftOut =
    { $what }. It goes on without { $count ->
        [one] { $count } line
       *[other] { $count } lines
    }; the file as it was is kept as { $path }.
trouble-optOutsLeftOut = { $what } Look whether somebody said in them that they want no messages.
trouble-about = { $name }: { $what }
trouble-damagedLine = { $path }, line { $line }: { $what }
trouble-lineNoEntry = is no journal entry that this version knows
trouble-lineNoText = holds bytes that are no text
trouble-lineNoJson = is not JSON
trouble-lineNoList = is not of the form ["username","value",…]
trouble-lineNoUsername = has no username
trouble-lineTooManyValues = has more values than the list has columns
trouble-lineUnclear = can't be understood
trouble-lineContradicts = says of recipient number { $number } what the lines before it rule out
trouble-journalAlone = { $path } is the journal of a campaign whose { $file } is gone
trouble-guardEmptied = { $path } is empty and was not. What data/README.md says of it is lost with its lines: put it back from a backup.
trouble-guardGone = { $path } was kept here and is gone. What data/README.md says of it is lost with it: put it back from a backup.
trouble-erasuresWait =
    { $count ->
        [one] The erasing of one person is not through: their name stays
       *[other] The erasing of { $count } people is not through: their names stay
    } in { $file } until nothing has the data open, and the copy in PostgreSQL can be reached.
trouble-checkpoint = { $path } is not a checkpoint: expected {"{"}"task_id", "sent_usernames": [...]{"}"}. Mend it or move it away.
trouble-messageSeveralWays =
    { $name } can be read in more than one way:
    { $text }
    Save it as UTF-8 text.
trouble-messageLetters = { $name } has letters in line { $line } that can't be read. Save it as UTF-8 text.
trouble-messageNoText = { $name } is no text. Save it as UTF-8 text.
trouble-accounts = X_ACCOUNTS_FILE { $path }: { $what }
trouble-accountsMissing = there is no such file
trouble-accountsUnreadable = it can't be read ({ $system })
trouble-accountsNoFile = it is not a file
trouble-accountsOpen = others on this machine can read it, and it holds keys. Run: chmod 600 { $path }
trouble-accountsNotUtf8 = it is not saved as UTF-8 text
trouble-accountsNoList = it is no list of accounts: [ {"{"} … {"}"}, … ]
trouble-accountsNone = it names no account
trouble-accountsTwice = the name { $name } stands there twice
trouble-accountsSame = { $other } and { $name } are the same X account
trouble-accountsNoAccount = account { $number } is no account: {"{"} … {"}"}
trouble-accountsStranger = account { $number } has something that is none of { $names }
trouble-accountsKey = account { $number }, { $key } { $what }
trouble-keyMissing = is missing
trouble-keyEmpty = is empty
trouble-keyNoNumber = is no whole number
trouble-keyTooSmall = is less than 1
trouble-keyBadName = is not 1 to 40 Latin letters, digits, _ and -
trouble-gateway = WEBHOOK_FILE { $path }: { $what }
trouble-gatewayNone = it is no gateway: {"{"} … {"}"}
trouble-gatewayStranger = it has something that is none of { $names }
trouble-gatewayPart = { $key } { $what }
trouble-gatewayTooLarge = is more than 100000
trouble-gatewayAddress = is not the address of a server
trouble-gatewayHttps = is not https
trouble-gatewayNear = is on this machine or in a private network: "mayBeNear": true allows it
trouble-gatewaySecret = is not whsec_ followed by 24 to 64 bytes in base64
trouble-gatewayChoice = is neither true nor false
trouble-gatewayNoAccount = has no account in it
trouble-gatewayTwice = has an account twice
trouble-noDatabase = DATABASE_URL is not set. It names the PostgreSQL database to copy to.
trouble-nothingToCopy = There is nothing to copy yet: Peyk was never started on this data folder.
trouble-alreadyThere = There is nothing to sync: with STORE=postgres everything is in the database itself.
trouble-onlyShared = A part of Peyk by itself (peyk { $part }) needs a database that the others use too: set STORE=postgres and DATABASE_URL. In a folder one process does everything: npm start.
trouble-storeAway = The database can't be reached, or refuses what it is asked. Nothing is sent until it is back; Peyk goes on by itself then.
trouble-storeBack = The database is back after { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
  }. Peyk goes on.
trouble-storeSilent = This Peyk was silent for so long that others took over what it was sending. It goes on now; where it is not known whether a message arrived, that is looked up.
trouble-backUpDatabase = With STORE=postgres everything is in the database, and so is its backup made: { $command }
trouble-restoreDatabase = With STORE=postgres a backup is put into an empty database with { $command }. The next start notices it by itself, and what was begun waits for your word. After a server was wound back or a disk copied, say peyk restore without a file.
trouble-restoreNoFile = Name the file of the backup: peyk restore FILE
trouble-databasePutBack = The database was put back from a backup. Nothing that was begun in it goes on before you say so: peyk status shows what waits, peyk confirm-restored ID lets it go on.
trouble-systemDenied = { $place } can't be used: this user lacks the permission ({ $system }).
trouble-systemMissing = There is no { $place } ({ $system }).
trouble-systemReadOnly = { $place } can't be written: its disk is read-only ({ $system }).
trouble-systemFull = The disk is full, so nothing can be written ({ $system }). Please make room first.
trouble-systemNoFolder = { $place } is no folder, or something on the way to it is none ({ $system }).
trouble-systemFolder = { $place } is a folder and not a file ({ $system }).
trouble-systemTooManyFiles = { $place } could not be opened: too many files are open on this machine ({ $system }).
trouble-systemPort = The port { $place } is in use by another program ({ $system }).
trouble-systemOther = The system refused { $place } ({ $system }).
trouble-unexpected = { $text }
cli-sync-step-optOuts = opt-outs
cli-sync-step-campaigns = campaigns
cli-sync-step-connecting = connecting
cli-sync-step-lead = taking the lead
cli-sync-step-comparison = comparison
cli-sync-attempt = { $what }: attempt { $attempt } of { $of } failed: { $why }; { $end }.
cli-sync-again = again in { $seconds } s
cli-sync-given-up = given up for now
cli-sync-no-use = trying again would not help
cli-sync-restarted = { $feed } is not what it was (restored?). It is copied again from its start.
cli-sync-breaker-opened = The database is left alone until { $moment }.
cli-sync-breaker-closed = The database is back.
cli-sync-interval = The interval is { $seconds } s now.
cli-sync-copied = { $count } lines copied.
cli-sync-taken = { $count } opted out in the database: on the do-not-send list now.
cli-sync-refused = { $count } opt-outs in the database are no usernames.
cli-sync-waiting = { $count } opt-outs wait in the database: the running Peyk takes them in when its own sync is on.
cli-sync-not-copied = Not copied: { $what }

## Messages saved under a name

topic-saved-text = 📑 Save this text
topic-saved-text-off = not saved
button-saved-text = 📑 { $name }
button-text-replace = Replace it
button-text-delete = 🗑 Delete
ask-text-name =
    <b>Save this text</b>
    Type a name for it, at most 40 characters. Every operator finds it when the next message is asked for, and with /texts.
text-file-not-kept = Its text and buttons are kept; the file is not.
text-name-wrong = A name has letters, digits, spaces, dots and dashes, at least one letter, and at most 40 characters.
text-taken = There is a text named <b>{ $name }</b> already. Replace it, or type another name.
text-full = <b>{ $name }</b> was not saved: there are 40 texts already. Delete one with /texts.
texts-none = No text is saved. When a message is written, ⚙️ More options offers to save it.
texts-title = <b>Saved texts: { $count }</b>
text-about = Named by { $by }, { $moment }
text-deleted = <b>{ $name }</b> is deleted. Campaigns that use it keep their text.
text-rename-how = Another name for it: { CODE($command) }
text-rename-renamed = It is called <b>{ $name }</b> now.
text-rename-taken = <b>{ $name }</b> is the name of another text. Choose another one, or delete that text first.
text-gone = This text is not there any more.

## Several processes on one machine, to try them: npm run fleet

fleet-starting = Starting a PostgreSQL, three workers and the chat on this machine. Everything is kept in { $folder }
fleet-up-database = PostgreSQL is up.
fleet-up-chat = The chat is up.
fleet-up-workers = The workers are up.
fleet-page = Open the chat: { $url }
fleet-worker = Worker { $worker } is process { $pid }.
fleet-keys = Press a worker's number to kill it, and once more to have it back.
fleet-orders = From another terminal: npm run fleet:tell -- kill 2, and npm run fleet:tell -- start 2
fleet-stop = Press Ctrl+C to stop everything; the next npm run fleet goes on from here.
fleet-ended = { $name } ended by itself. { $said }
fleet-order-killed = Worker { $worker } was killed. The others take over its accounts within seconds.
fleet-order-started = Worker { $worker } is back.
fleet-order-isDown = Worker { $worker } is down already.
fleet-order-isUp = Worker { $worker } is up already.
fleet-order-noSuchWorker = There is no worker { $worker }: they are numbered from 1 to { $workers }.
fleet-runs-already = A fleet is running in { $folder } already.
fleet-runs-not = No fleet is running in { $folder }. Start one: npm run fleet
fleet-failed = That did not work: { $why }
fleet-as-root = PostgreSQL does not run as root; user nobody runs it then and must be able to get into this folder. As an ordinary user it needs nothing.
