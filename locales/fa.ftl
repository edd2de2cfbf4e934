### همهٔ جمله‌هایی که در گفت‌وگو خوانده می‌شود، به فارسی. شناسه‌ها، ترتیبشان و متغیرهایشان همان en.ftl است.
### ISO() نام، پسوند، نشانی و گزینه را از جملهٔ اطرافش جدا نگه می‌دارد؛ CODE() هم، و به شکل کد می‌نویسد؛ COMMAND() دستور گفت‌وگوست.
### هیچ نشان جهتی با دست نوشته نمی‌شود (docs/voice.md). شناسه‌ها رشته‌اند و مقدارها عدد.

## دستورها، آن‌طور که در منوی تلگرام دیده می‌شوند

command-start = پیک چه می‌کند و از کجا شروع کنیم
command-new = آماده‌کردن یک کمپین
command-campaigns = همهٔ کمپین‌ها
command-who = هر آنچه دربارهٔ یک شخص ثبت شده
command-answers = پاسخ‌های گیرنده‌ها
command-status = وضعیت کمپین‌های جاری
command-pause = توقف موقت یک کمپین
command-resume = ادامهٔ کمپین متوقف‌شده
command-cancel = ترک گفت‌وگو یا لغو یک کمپین
command-retry = تلاش دوباره برای ناموفق‌ها
command-change = تغییر کمپین در حین کار
command-schedule = کمپین‌هایی که منتظر زمان شروع‌اند
command-report = گزارش: تصویر و نتایج
command-texts = متن‌هایی که برای استفادهٔ دوباره ذخیره شده‌اند
command-collect = جمع‌آوری تعداد دقیقی سرنخ
command-leads = فهرست‌های سرنخ و روند جمع‌آوری
command-suppress = فهرست عدم ارسال
command-suppressed = نام‌های فهرست عدم ارسال
command-history = چه کسی چه کرد
command-roles = نقش هر کس در گروه
command-sendback = برگرداندن کمپینی که منتظر تأیید است
command-subscribers = تعداد مشترک‌ها و لینک اشتراک
command-growth = چند نفر مشترک شدند، رفتند یا مسدود کردند، با تصویر
command-audiences = کسانی که با یک نام برای کمپین‌های بعدی نگه داشته شده‌اند
command-tag = برچسب‌زدن به افراد و دیدن همهٔ برچسب‌ها
command-untag = برداشتن برچسب از افراد
command-welcome = نوشتن به هر مشترک تازه، یک بار
command-accounts = وضعیت حساب‌ها
command-sync = رونوشت در PostgreSQL
command-backup = همهٔ آنچه نگه داشته می‌شود، در یک فایل
command-tokens = راه دادن به برنامه‌های دیگر
command-webhooks = خبر دادن به برنامه‌های دیگر
command-alerts = چه ساعت‌هایی هشدار توقف نیاید
command-log = چقدر از روند ارسال اینجا نوشته شود
command-language = زبان گفت‌وگو (English یا فارسی)
command-help = همهٔ دستورها
public-command-start = اشتراک
public-command-language = زبان پیام‌ها
public-command-stop = لغو اشتراک

## زمان

moment-today = امروز ساعت { $time }
moment-tomorrow = فردا ساعت { $time }
moment-date = { $date } ساعت { $time }
moment-full = { $weekday } { $date }، ساعت { $time } ({ ISO($zone) }، { ISO($offset) })
moment-full-utc = { $weekday } { $date }، ساعت { $time } ({ ISO($zone) })
moment-problem-notUnderstood = این بخش خوانده نشد: { ISO($text) }. روز و ساعت را بنویسید، مثل «فردا ۹ صبح»، «جمعه ۱۸:۳۰» یا «۱۴۰۵/۹/۱۴ ساعت ۹».
moment-problem-noTime = روزش روشن است ولی ساعت ندارد. ساعت را هم بنویسید، مثل «۹ صبح» یا «۱۸:۳۰».
moment-problem-noYear = این تاریخ را چند جور می‌شود خواند. سال را کامل بنویسید، مثل «۱۴۰۵/۹/۱۴».
moment-problem-noSuchDay = چنین روزی در تقویم نیست.
moment-problem-noSuchTime = چنین ساعتی نداریم؛ ساعت از ۰ تا ۲۴ است.
moment-problem-skipped = آن شب ساعت را جلو می‌کشند و این زمان اصلاً نمی‌آید. زمان دیگری بنویسید.
moment-problem-past = این زمان گذشته است: { $moment }.
moment-problem-tooFar = این زمان بیش از دو سال دیگر است: { $moment }. سال را درست نوشته‌اید؟
moment-problem-otherWeekday = روز هفته با تاریخ نمی‌خواند.
moment-problem-otherOffset = ساعت آنجا در آن زمان این‌قدر با ساعت جهانی فاصله ندارد.
moment-problem-unknownZone = منطقهٔ زمانی { ISO($text) } وجود ندارد؛ نام‌ها مثل { ISO("Asia/Tehran") } است.
moment-problem-future = این روز هنوز نیامده است. روزی را بنویسید که گذشته، مثل «۱۰ مهر ۱۴۰۵» یا «دو هفته پیش».
past-problem-notUnderstood = این بخش خوانده نشد: { ISO($text) }. روز را بنویسید، مثل «دیروز»، «دو هفته پیش»، «اول مهر» یا «۱۴۰۵/۷/۱».
past-choice = این تاریخ را دو جور می‌شود خواند. کدام؟
moment-choice-twice = آن شب ساعت را عقب می‌کشند و این زمان دو بار می‌آید. کدام‌یک؟
moment-choice-over = این ساعت برای امروز گذشته است. کدام‌یک منظورتان است؟
moment-choice-today = امروز همان روز است. کدام‌یک منظورتان است؟
moment-choice-next = کدام‌یک منظورتان است؟
moment-choice-dayOrMonth = کدام عدد ماه است؟
moment-choice-night = کدام شب منظورتان است؟
moment-choice-halfDay = کدام نیمهٔ روز منظورتان است؟
moment-choice-clockOrSpan = منظورتان این‌قدر بعد از حالاست یا همین ساعت از روز؟
window-problem-notUnderstood = این بخش خوانده نشد: { ISO($text) }. روزها و ساعت‌ها را بنویسید، مثل «شنبه تا چهارشنبه ۹ تا ۱۸».
window-problem-halfDay = روشن نیست { ISO($text) } تا عصر است یا تا صبح فردا. مثل «۹:۰۰ تا ۱۸:۰۰» بنویسید.
window-problem-noSuchTime = چنین ساعت‌هایی نداریم: { ISO($text) }.
window-problem-twoWays = { ISO($text) } را دو جور می‌شود خواند. روزها و ساعت‌های ارسال را تک‌تک بنویسید، مثل «شنبه تا پنجشنبه ۹ تا ۱۸»؛ یا روزهای تعطیل را جدا بنویسید، مثل «جمعه‌ها تعطیل».
window-problem-noHours = در { ISO($text) } روزهای آخر ساعت ندارند ولی بقیه دارند. ساعت آن‌ها را هم بنویسید، یا «تمام روز».
window-problem-unknownZone = منطقهٔ زمانی { ISO($text) } وجود ندارد؛ نام‌ها مثل { ISO("Asia/Tehran") } است.
window-problem-neverOpen = با این بازه هیچ ساعتی برای ارسال نمی‌ماند.
list-comma = { "، " }
window-text = { $hours } ({ ISO($zone) })
window-hours = { $days } { $from } تا { $to }
window-days = { $first } تا { $last }
window-working-days = روزهای کاری آنجا ({ ISO($zone) }) این‌ها حساب شد: { $days }. اگر روزهای دیگری منظورتان است، نامشان را بنویسید.
window-every-day = هر روز
duration-seconds = { $seconds } ثانیه
duration-minutes = { $minutes } دقیقه
duration-hours = { $hours } ساعت و { $minutes } دقیقه
duration-days =
    { $days ->
        [one] { $days } روز
       *[other] { $days } روز
    }

## آغاز

welcome =
    <b>پیک</b> به هر نام در فهرست شما یک پیام می‌رساند، فقط یک بار، و در پایان نتیجهٔ هر نام را جداگانه گزارش می‌دهد.

    هر کمپین یک فهرست نام کاربری است، یک پیام، یک پیش‌نمایش و دستور شروع شما. پیش از آن چیزی فرستاده نمی‌شود.
    شروع: { COMMAND("new") }
welcome-sample = 🧪 کمپین نمونه برای گیرنده‌های شبیه‌سازی‌شده آماده است؛ به هیچ شخص واقعی پیامی نمی‌رسد.
button-sample = 🧪 اجرای کمپین نمونه
button-new = ✉️ کمپین تازه
button-campaigns = 📋 کمپین‌ها
help-title = <b>دستورها</b>
help-line = { RTL($meaning) }: { COMMAND($command) }
help-end = فهرست را می‌توانید همین‌جا بنویسید یا به‌صورت { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } بفرستید.
stranger = پیام‌های این گفت‌وگو خوانده نمی‌شود. { COMMAND("start") } شما را مشترک می‌کند و { COMMAND("stop") } اشتراک را لغو می‌کند.
went-wrong = اینجا مشکلی پیش آمد؛ جزئیاتش در گزارش سرور است. کمپین‌هایی که شروع شده‌اند ادامه دارند؛ { COMMAND("status") } آن‌ها را نشان می‌دهد. اگر کمپینی را آماده می‌کردید که در میان آن‌ها نیست، چیزی از آن ارسال نشده است.
nothing-asked = الان پرسشی باز نیست. برای ساختن کمپین { COMMAND("new") } و برای دیدن دستورها { COMMAND("help") } را بفرستید.
gone-button = این دکمه قدیمی است. وضعیت کنونی را با { COMMAND("status") } ببینید.
old-copy = این نسخه قدیمی است و وضعیت آن زمان را نشان می‌دهد. با { COMMAND("status") } پیام کنونی را پایین گفت‌وگو بیاورید.
unknown-command = دستور { CODE($given) } اینجا وجود ندارد. همهٔ دستورها را با { COMMAND("help") } ببینید.
unknown-command-meant = دستور { CODE($given) } اینجا وجود ندارد. منظورتان { COMMAND($meant) } بود؟ همهٔ دستورها را با { COMMAND("help") } ببینید.
forwarded-command = دستوری که از گفت‌وگوی دیگری فرستاده شود اجرا نمی‌شود. اگر می‌خواهید اجرا شود، لطفاً خودتان آن را بنویسید.
too-many-messages = پیام‌هایی که یک‌باره رسید بیش از اندازه بود و آخرین‌ها خوانده نشد. لطفاً هر چه لازم است دوباره بفرستید.
press-waits = تلگرام این گفت‌وگو را کند کرده، یا کاری پیش از این هنوز تمام نشده است. نوبت این دکمه هم می‌رسد؛ لازم نیست دوباره بزنید.
update-set-aside = ⚠️ پیک دو بار هنگام رسیدگی به { $what } از کار افتاد. دیگر به آن رسیدگی نمی‌شود؛ در { CODE($path) } روی سرور نگه داشته شده است. بقیهٔ کارها ادامه دارد.
aside-press = فشردن یک دکمه
aside-file = فایل { ISO($name) }
aside-text = پیام «{ ISO($text) }»
aside-message = یک پیام

## گفت‌وگو

button-back = ↩️ بازگشت
button-cancel = ❌ لغو
button-continue = ادامه
button-keep = همین بماند
old-button = به این پرسش قبلاً پاسخ داده‌اید.
dialogue-cancelled = لغو شد. چیزی فرستاده نشد.
draft-there = شما { $moment } داشتید کمپین { CODE($id) } را آماده می‌کردید ولی شروعش نکردید.
draft-list =
    { $count ->
        [one] فهرست: { ISO($file) }، ۱ نام.
       *[other] فهرست: { ISO($file) }، { $count } نام.
    }
draft-list-gone = فهرست گیرنده‌هایش دیگر در دسترس نیست و دوباره پرسیده می‌شود.
draft-message = متن پیام هم نوشته شده است.
draft-kept = آنچه آماده کردید چند روز می‌ماند؛ { COMMAND("new") } آن را پیشنهاد می‌کند.
button-begin-anew = 🌱 شروع از نو
button-draft = 📝 ادامهٔ { ISO($id) }
dialogue-lost = پیک هنگام آماده‌کردن کمپین شما به‌روز شد و آنچه آماده کرده بودید باقی نماند. چیزی فرستاده نشده است؛ لطفاً با { COMMAND("new") } دوباره شروع کنید.
dialogue-busy-new-campaign = هم‌اکنون کمپینی در دست آماده‌سازی است. همان را ادامه می‌دهید یا کنارش می‌گذارید؟
dialogue-busy-collect = هم‌اکنون گفت‌وگوی جمع‌آوری سرنخ باز است. همان را ادامه می‌دهید یا کنارش می‌گذارید؟
dialogue-busy-opt-outs = هم‌اکنون گفت‌وگوی افزودن به فهرست عدم ارسال باز است. همان را ادامه می‌دهید یا کنارش می‌گذارید؟
dialogue-busy-change = هم‌اکنون گفت‌وگوی تغییر یک کمپین باز است. همان را ادامه می‌دهید یا کنارش می‌گذارید؟
dialogue-busy-audience = هم‌اکنون دسته‌ای در دست ساختن است. همان را ادامه می‌دهید یا کنارش می‌گذارید؟
dialogue-busy-welcome = هم‌اکنون پیام خوشامد در دست نوشتن است. همان را ادامه می‌دهید یا کنارش می‌گذارید؟
button-go-on = همان را ادامه می‌دهم
button-start-over-campaign = کنار می‌گذارم؛ کمپین تازه
button-start-over-collect = کنار می‌گذارم؛ جمع‌آوری سرنخ
button-start-over-optouts = کنار می‌گذارم؛ فهرست عدم ارسال
button-start-over-change = کنار می‌گذارم؛ تغییر این کمپین
button-start-over-audience = کنار می‌گذارم؛ انتخاب مشترک‌ها
button-start-over-welcome = کنار می‌گذارم؛ پیام خوشامد
dialogue-album = چند فایل با هم رسید و اولی برداشته شد. برای استفاده از فایلی دیگر، لطفاً آن را جداگانه بفرستید.
dialogue-goes-on = ادامه می‌دهیم: لطفاً به آخرین پرسش بالا پاسخ دهید.
nothing-to-cancel = گفت‌وگویی باز نیست و کمپینی هم در جریان نیست.

## کمپین تازه: نام

ask-name =
    <b>کمپین تازه</b>
    نام کمپین چیست؟ همین نام شناسهٔ آن هم هست: حروف لاتین، رقم، <code>_</code>، <code>-</code> و <code>.</code>، حداکثر ۶۴ نویسه؛ مثلاً { CODE("spring-news") }.
button-generate = نام خودکار
name-kept = نام تا اینجا: { CODE($id) }
name-not-text = نام باید متن باشد. لطفاً آن را بنویسید؛ مثلاً { CODE("spring-news") }.
name-empty = نام خالی است. لطفاً نامی بنویسید؛ مثلاً { CODE("spring-news") }.
name-too-long = این نام { $length } نویسه دارد؛ حداکثر ۶۴ نویسه مجاز است.
name-bad-start = نام باید با حرف لاتین یا رقم شروع شود، نه با { CODE($found) }.
name-bad-characters = در نام نمی‌شود { $found } به کار برد. نام کمپین فقط با حروف لاتین، رقم، <code>_</code>، <code>-</code> و <code>.</code> نوشته می‌شود؛ مثلاً { CODE("nowruz-1405") }.
name-space = فاصله
name-dots = در نام نمی‌شود دو نقطه ({ ISO("..") }) پشت سر هم آورد.
name-badTaskId = نمی‌شود کمپین را { CODE($id) } نامید.
name-device = ویندوز { CODE($id) } را نام یک دستگاه می‌داند و نمی‌تواند پوشه‌ای به این نام نگه دارد. لطفاً نام دیگری بنویسید.
name-dotAtEnd = نام نباید به نقطه ختم شود.
name-twoSpellings = دو کمپین به نام { CODE($id) } هست که تنها در بزرگی و کوچکی حروف فرق دارند و معلوم نیست منظور کدام است. لطفاً نام دیگری بنویسید.
name-exists =
    کمپین { CODE($id) } از پیش هست ({ $status }؛ { $sent } از { $total } پیام ارسال شده).
    نام یکسان یعنی همان کمپین: گیرنده‌های تازه به آن اضافه می‌شوند و هرکس پیامش را گرفته است کنار گذاشته می‌شود. پیام، حساب‌ها و سقف‌هایش همان می‌مانند.
button-same-campaign = به همین کمپین اضافه شود
button-other-name = نام دیگری می‌نویسم
name-cancelled = کمپین { CODE($id) } لغو شده است و دیگر گیرنده‌ای نمی‌پذیرد. لطفاً نام دیگری بنویسید.

## افزودن به کمپین

addition-title =
    { $count ->
        [0] <b>افزودن به</b> { CODE($id) }: همهٔ نام‌های فهرست از پیش در آن هستند.
       *[other] <b>افزودن به</b> { CODE($id) }: { $count } نام تازه.
    }
addition-paused = این کمپین موقتاً متوقف است و با «شروع» هم متوقف می‌ماند. دکمهٔ «ادامه» در پیام زنده‌اش آن را راه می‌اندازد.
addition-message = پیام همان می‌ماند:
addition-through = ارسال از طریق { $channel }: { $accounts }
addition-consent = رضایت گیرنده‌ها: { ISO($consent) }
addition-hint =
    برای تغییر هرکدام، روی دکمه‌اش بزنید؛ در گام بعد پرسیده می‌شود.
    تغییر تنها برای { $left } گیرنده‌ای است که هنوز پیامی نگرفته‌اند{ $sent ->
        [0] .
       *[other] ؛ { $sent } نفر پیام را به همین شکل گرفته‌اند.
    }
addition-no-channel = راه ارسال کمپین { CODE($id) } دیگر اینجا برپا نیست و راه ارسال هیچ کمپینی عوض نمی‌شود. لطفاً نام دیگری بنویسید.
addition-subscribers = به مشترک‌ها تنها از طریق تلگرام می‌شود پیام فرستاد و { CODE($id) } از طریق { $channel } می‌فرستد. لطفاً فهرست یا نام دیگری انتخاب کنید.
button-change-message = ✏️ پیامی دیگر
button-change-message-chosen = ✅ پیامی دیگر
button-change-accounts = ✏️ حساب‌ها یا سقف‌های دیگر
button-change-accounts-chosen = ✅ حساب‌ها یا سقف‌های دیگر
button-change-consent = ✏️ شرح دیگری از رضایت
button-change-consent-chosen = ✅ شرح دیگری از رضایت

## کمپین تازه: گیرنده‌ها

ask-recipients =
    <b>گیرنده‌ها</b> برای { CODE($id) }
    نام‌های کاربری را همین‌جا بنویسید، هر کدام در یک سطر، یا یک فایل بفرستید: { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } تا ۲۰ مگابایت. نوشتن با { CODE("@name") }، بدون { ISO("@") } یا لینک پروفایل فرقی ندارد؛ ستون‌های دیگر فهرست را می‌توان در پیام به کار برد.
list-kept =
    { $count ->
        [one] فهرست تا اینجا: { $count } نام از { ISO($origin) }
       *[other] فهرست تا اینجا: { $count } نام از { ISO($origin) }
    }
list-pasted = متن نوشته‌شده
list-several = چند فهرست با هم رسید و هر کمپین هر بار یک فهرست می‌گیرد. کدام یکی؟ برای نوشتن به هر دو، بعداً با { COMMAND("new") } و همین نام فهرست دیگر را اضافه کنید.
button-list-stays = { $count } نام از { ISO($origin) } بماند
button-list-instead = به جایش { ISO($name) }
list-subscribers = همهٔ مشترک‌ها
list-subscribers-from = مشترک‌های آمده از { ISO($source) }
list-campaign = افراد کمپین { ISO($id) }
list-leads = سرنخ‌های { ISO($list) }
list-audience = دستهٔ { ISO($name) }
button-subscribers = 👥 همهٔ مشترک‌ها ({ $count })
button-subscribers-from = از { ISO($source) } ({ $count })
button-audience = 📇 { ISO($name) } ({ $count })
list-part =
    { $parts ->
        [one] تلگرام متن‌های بلند را چند تکه می‌کند و این به تکهٔ اول می‌ماند.
       *[other] تا اینجا { $parts } تکه رسیده است.
    } بقیه را بفرستید یا «تمام شد» را بزنید.
button-done = تمام شد
report-counts =
    { $valid ->
        [one] <b>{ $valid }</b> گیرنده.
       *[other] <b>{ $valid }</b> گیرنده.
    } { $read ->
        [one] { $read } سطر خوانده شد:
       *[other] { $read } سطر خوانده شد:
    } { $duplicates } تکراری، { $invalid } نامعتبر.
report-already-sent =
    { $count ->
        [one] { $count } نفر از آن‌ها پیام این کمپین را قبلاً گرفته است و کنار گذاشته می‌شود.
       *[other] { $count } نفر از آن‌ها پیام این کمپین را قبلاً گرفته‌اند و کنار گذاشته می‌شوند.
    }
report-suppressed =
    { $count ->
        [one] { $count } نفر از آن‌ها در فهرست عدم ارسال است و کنار گذاشته می‌شود.
       *[other] { $count } نفر از آن‌ها در فهرست عدم ارسال‌اند و کنار گذاشته می‌شوند.
    }
report-contacted-lately =
    { $count ->
        [one] { $count } نفر از آن‌ها به‌تازگی از کمپین دیگری پیام گرفته است و کنار گذاشته می‌شود.
       *[other] { $count } نفر از آن‌ها به‌تازگی از کمپین دیگری پیام گرفته‌اند و کنار گذاشته می‌شوند.
    }
report-all-sent = همهٔ آن‌ها پیام این کمپین را قبلاً گرفته‌اند. لطفاً فهرست دیگری بفرستید.
report-invalid-row = سطر { $line }: { CODE($text) } — { $reason }.
report-invalid-empty = سطر { $line }: { $reason }.
report-invalid-more =
    { $count ->
        [one] { $count } مورد دیگر در فایل بالا.
       *[other] { $count } مورد دیگر در فایل بالا.
    }
report-invalid-file = همین موارد در فایل بالا هم هست.
report-columns = ستون‌هایی که در پیام به کار می‌آیند: { $columns }
button-another-list = فهرست دیگری می‌فرستم
rejected-caption = سطرهای نامعتبر، هر کدام با دلیلش.
invalid-spaces = نام کاربری فاصله ندارد
invalid-tooShort = خیلی کوتاه است
invalid-tooLong = خیلی بلند است
invalid-characters = نویسه‌ای دارد که در نام کاربری نمی‌آید
invalid-notAProfileLink = لینک است، اما نه لینک یک پروفایل
invalid-phoneNumber = شمارهٔ تلفن است، نه نام کاربری
invalid-email = نشانی ایمیل است، نه نام کاربری
invalid-empty = نامی در آن نیست
invalid-placeholder = نشانهٔ جای خالی است، نه نام
invalid-reserved = نام یک صفحه یا عنوان ستون است، نه یک نفر
invalid-optedOut = خود فهرست می‌گوید این شخص رفته یا انصراف داده است
invalid-bot = خود فهرست می‌گوید این یک حساب خودکار است، نه یک شخص
invalid-surplusCells = خانه‌هایش از ستون‌ها بیشتر است و معلوم نیست کدام‌ها به هم تعلق دارند
invalid-bareAmongText = کلمه‌ای میان جمله‌هاست؛ نام کاربری در چنین متنی با { ISO("@") } یا لینک مشخص می‌شود
invalid-unreadable = حرف‌هایی دارد که با این رمزگذاری خوانده نمی‌شود

## کمپین تازه: ایراد فهرست

problem-picture = این یک تصویر است. فهرست نام‌های کاربری را به‌صورت { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } بفرستید، یا نام‌ها را همین‌جا بنویسید.
problem-video = این یک ویدئو است. فهرست نام‌های کاربری را به‌صورت { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } بفرستید، یا نام‌ها را همین‌جا بنویسید.
problem-voice = این یک فایل صوتی است. فهرست نام‌های کاربری را به‌صورت { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } بفرستید، یا نام‌ها را همین‌جا بنویسید.
problem-sticker = این یک استیکر است. فهرست نام‌های کاربری را به‌صورت { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } بفرستید، یا نام‌ها را همین‌جا بنویسید.
problem-pdf = این یک PDF است و نام‌ها را نمی‌شود با اطمینان از آن خواند. فهرست را به‌صورت { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } بفرستید، یا نام‌ها را همین‌جا بنویسید.
problem-otherFile = پیک نمی‌تواند از این فایل فهرست بخواند. آن را به‌صورت { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } بفرستید، یا نام‌ها را همین‌جا بنویسید.
problem-otherKind = این فهرست نیست. نام‌های کاربری را به‌صورت { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } بفرستید، یا همین‌جا بنویسید.
problem-empty = چیزی در آن نیست. فهرستی بفرستید که دست‌کم یک نام کاربری داشته باشد.
problem-gone = دیگر اینجا نگه داشته نمی‌شود. فهرست دیگری انتخاب کنید یا بفرستید.
problem-tooBig = حجم فایل از { $megabytes } مگابایت بیشتر است. آن را چند تکه کنید و اکنون یکی را بفرستید؛ بقیه را بعداً می‌شود به همین کمپین اضافه کرد.
problem-zipBomb = این فایل پس از بازشدن بسیار بزرگ‌تر از یک فهرست می‌شود و به همین دلیل باز نشد. فهرست را به‌صورت { ISO(".csv") } یا { ISO(".txt") } بفرستید.
problem-passwordProtected = این فایل با گذرواژه قفل شده است. آن را بدون گذرواژه ذخیره کنید و دوباره بفرستید، یا فهرست را به‌صورت { ISO(".csv") } بفرستید.
problem-foreignSpreadsheet = این صفحه‌گسترده از نوع { ISO($format) } است و پیک آن را نمی‌خواند. آن را به‌صورت { ISO(".xlsx") } یا { ISO(".csv") } ذخیره کنید و دوباره بفرستید.
problem-broken-xlsx = این فایل پسوند { ISO(".xlsx") } دارد ولی باز نمی‌شود. دوباره ذخیره‌اش کنید یا به‌صورت { ISO(".csv") } بفرستید.
problem-broken-json = این فایل پسوند { ISO(".json") } دارد ولی خوانده نمی‌شود. فهرستی از نام‌ها بفرستید، یا فهرستی که هر عضوش نام کاربری داشته باشد.
problem-broken-json-line = فایل { ISO(".json") } خوانده نمی‌شود: سطر { $line } ایراد دارد. درستش کنید و دوباره بفرستید.
problem-broken-csv = فایل { ISO(".csv") } خوانده نمی‌شود. آن را دوباره با UTF-8 ذخیره کنید یا نام‌ها را به‌صورت { ISO(".txt") } بفرستید.
problem-broken-quote = در این فایل یک نشانهٔ نقل‌قول باز مانده است و معلوم نیست خانه‌اش کجا تمام می‌شود. آن را ببندید یا پاک کنید و فایل را دوباره بفرستید.
problem-broken-quote-line = نشانهٔ نقل‌قولی که در سطر { $line } باز شده بسته نشده است و معلوم نیست خانه‌اش کجا تمام می‌شود. آن را ببندید یا پاک کنید و فایل را دوباره بفرستید.
problem-broken-csv-line = فایل { ISO(".csv") } خوانده نمی‌شود: سطر { $line } ایراد دارد. درستش کنید و دوباره بفرستید.
problem-noUsableName =
    { $read ->
        [one] { $read } سطر خوانده شد و نام قابل استفاده‌ای در آن نبود.
       *[other] { $read } سطر خوانده شد و در هیچ‌کدام نام قابل استفاده‌ای نبود.
    } لطفاً فهرست دیگری بفرستید.
problem-notFetched = تلگرام فایل را تحویل نداد. لطفاً دوباره بفرستید.
problem-listGone = آن فایل دیگر اینجا نیست. لطفاً دوباره بفرستید.

## آنچه فهرست روشن نمی‌کند

ask-list-column = <b>نام‌های کاربری در کدام ستون است؟</b>
ask-list-sheet = <b>کدام برگه منظور است؟</b> در چند برگه نام هست.
ask-list-in-json =
    { $count ->
        [one] <b>آیا همین فهرست منظور است؟</b> نام آن می‌گوید به این افراد پیام داده نشود، یا فهرست دیگری خواسته شده بود.
       *[other] <b>کدام فهرست منظور است؟</b> در این فایل چند فهرست نام هست.
    }
ask-list-headerRow = <b>عنوان ستون‌ها در کدام سطر است؟</b> این‌ها اولین سطرها هستند، همان‌طور که خوانده شدند.
ask-list-encoding = <b>در کدام‌یک حروف درست است؟</b> خود فایل نمی‌گوید متنش چگونه ذخیره شده است.
ask-column-several = بیش از یک ستون چنین عنوان یا محتوایی دارد. هر سطر زیر یک ستون است با اولین خانه‌هایش.
ask-column-unclear = نه عنوان ستون‌ها آن را نشان می‌دهد و نه محتوایشان. هر سطر زیر یک ستون است با اولین خانه‌هایش.
ask-column-notThere = هر سطر زیر یک ستون است با اولین خانه‌هایش.
ask-list-in-sheet = برگه: { ISO($sheet) }
choose-by-button = لطفاً با یکی از دکمه‌ها پاسخ دهید، یا فایل دیگری بفرستید.
column-line = سطر { $line }
sheet-sample =
    { $count ->
        [one] برگهٔ <b>{ ISO($sheet) }</b>، { $count } سطر: { $samples }
       *[other] برگهٔ <b>{ ISO($sheet) }</b>، { $count } سطر: { $samples }
    }
list-sample =
    { $count ->
        [one] فهرست <b>{ ISO($sheet) }</b>، { $count } مورد: { $samples }
       *[other] فهرست <b>{ ISO($sheet) }</b>، { $count } مورد: { $samples }
    }
encoding-sample = کدگذاری <b>{ ISO($encoding) }</b>
button-column = ستون { ISO($column) }: { ISO($sample) }
button-line = سطر { $line }: { ISO($text) }
button-no-header = هیچ‌کدام: سطر اول هم یک گیرنده است
button-all-sheets = همهٔ برگه‌ها
button-all-lists = همهٔ فهرست‌ها
button-page-before = ◀ قبلی
button-page-after = بعدی ▶
button-another-way = 🔎 جور دیگری خوانده شود
ask-another-way = کدام‌یک نادرست خوانده شد؟
button-way-column = ستون
button-way-headerRow = سطر عنوان‌ها
button-way-sheet = برگه
button-way-encoding = حروف

## فهرست چگونه خوانده شد

read-names-all = گیرنده‌ها: { $names }
read-names-first = اولین‌ها: { $names }
read-names-middle = از میان فهرست: { $names }
read-names-last = آخرین‌ها: { $names }
read-column = از ستون { ISO($column) } خوانده شد.
read-sheets =
    { $count ->
        [one] برگه: { $names }
       *[other] برگه‌ها: { $names }
    }
read-encoding = با کدگذاری { ISO($encoding) } خوانده شد.
read-left-out = خوانده نشد: { $what }.
left-hiddenSheets =
    { $count ->
        [one] { $count } برگهٔ پنهان
       *[other] { $count } برگهٔ پنهان
    }
left-hiddenRows =
    { $count ->
        [one] { $count } سطر پنهان
       *[other] { $count } سطر پنهان
    }
left-filteredRows =
    { $count ->
        [one] { $count } سطر که فیلتر پنهانش کرده است
       *[other] { $count } سطر که فیلتر پنهانشان کرده است
    }
left-hiddenColumns =
    { $count ->
        [one] { $count } ستون پنهان
       *[other] { $count } ستون پنهان
    }
left-totalsRows =
    { $count ->
        [one] { $count } سطر جمع
       *[other] { $count } سطر جمع
    }
left-repeatedHeaders =
    { $count ->
        [one] { $count } عنوان تکراری
       *[other] { $count } عنوان تکراری
    }
left-otherLines =
    { $count ->
        [one] { $count } سطر عنوان، توضیح یا خط جداکننده
       *[other] { $count } سطر عنوان، توضیح یا خط جداکننده
    }
rejected-file = سطرهای-نامعتبر.csv
heading-line = سطر
heading-text = متن
heading-why-not = چرا به کار نیامد
problem-stopped-takesTooLong = خواندن این فایل بسیار بیشتر از فهرستی به این اندازه طول می‌کشد و متوقف شد. کسی اضافه نشد. فقط خود فهرست را به‌صورت { ISO(".csv") } یا { ISO(".txt") } ذخیره کنید و بفرستید.
problem-stopped-needsTooMuchMemory = خواندن این فایل بسیار بیشتر از فهرستی به این اندازه حافظه می‌خواهد و متوقف شد. کسی اضافه نشد. فقط خود فهرست را به‌صورت { ISO(".csv") } یا { ISO(".txt") } ذخیره کنید و بفرستید.
problem-stopped-holdsTooMuch = این فایل بسیار بیشتر از یک فهرست در خود دارد و خواندنش متوقف شد. کسی اضافه نشد. فقط خود فهرست را به‌صورت { ISO(".csv") } یا { ISO(".txt") } ذخیره کنید و بفرستید.
problem-stopped-failed = این فایل خوانده نشد و دلیلش معلوم نیست. کسی اضافه نشد. فهرست را دوباره ذخیره کنید، بهتر از همه به‌صورت { ISO(".csv") } یا { ISO(".txt") }، و بفرستید.
problem-stopped-line = سطر { $line } بیش از یک میلیون نویسه دارد و خواندن متوقف شد. کسی اضافه نشد. فقط خود فهرست را به‌صورت { ISO(".csv") } یا { ISO(".txt") } ذخیره کنید و بفرستید.

## کمپین تازه: پیام

ask-message =
    <b>پیام</b>
    متن پیام را بنویسید؛ حداکثر { $max } نویسه.
ask-message-columns =
    از ستون‌های فهرست می‌توانید به کار ببرید: { $variables }
    برای خانه‌های خالی می‌توانید واژه‌ای بگذارید: { CODE("{{", $example, "|دوست عزیز}}") }
ask-message-no-columns = فهرست فقط نام دارد، پس تنها متغیر { CODE("{{username}}") } است.
message-kept = پیام تا اینجا:
ask-message-extras = متن پررنگ، کج و لینک‌دار همان‌طور که می‌نویسید می‌ماند. عکس یا فایل با شرحی حداکثر { $max } نویسه‌ای هم می‌تواند پیام باشد.
ask-message-copies = چیزهای دیگر هم می‌توانند پیام باشند: ویدئو، پیام صوتی، آلبوم، نظرسنجی، استیکر یا مکان را بفرستید یا هدایت کنید تا عیناً برای همه کپی شود.
message-file-too-big = این فایل بزرگ‌تر از { $megabytes } مگابایت است و بیش از این گرفتنی نیست. لطفاً فایل کوچک‌تری بفرستید.
message-empty = پیام خالی است. لطفاً متنی بنویسید.
message-too-long = این پیام { $length } نویسه دارد؛ حداکثر { $max } نویسه مجاز است.
message-unknown-variables = هیچ ستونی { $unknown } را پر نمی‌کند. این‌ها را می‌توانید به کار ببرید: { $known }
message-not-taken-formatting = از این طریق متنِ پررنگ، لینک و مانند آن فرستاده نمی‌شود. متن ساده بنویسید یا راه دیگری برای ارسال انتخاب کنید.
message-not-taken-attachments = از این طریق عکس و فایل فرستاده نمی‌شود. آن را بردارید یا راه دیگری برای ارسال انتخاب کنید.
message-not-taken-copies = از این طریق ویدئو، پیام صوتی، استیکر، نظرسنجی و آلبوم فرستاده نمی‌شود. متن بنویسید یا راه دیگری برای ارسال انتخاب کنید.
copy-refused-invoice = تلگرام اجازه نمی‌دهد صورت‌حساب کپی شود. لطفاً چیز دیگری بفرستید.
copy-refused-paidMedia = تلگرام اجازه نمی‌دهد عکس و ویدئوی پولی کپی شود. لطفاً آن را به‌صورت عکس یا ویدئوی عادی بفرستید.
copy-refused-giveaway = تلگرام اجازه نمی‌دهد قرعه‌کشی کپی شود. لطفاً متنی با لینکِ آن بنویسید.
copy-refused-quiz = تلگرام پاسخ درست این آزمون را به بات نمی‌گوید، پس نمی‌شود آن را کپی کرد. لطفاً نظرسنجی عادی بفرستید یا متن بنویسید.
copy-refused-protected = این پیام از گفت‌وگویی آمده که محتوایش محافظت‌شده است، پس نمی‌شود آن را کپی کرد. لطفاً خودِ محتوا را بفرستید.
copy-refused-service = این نمی‌تواند پیام باشد، چون تلگرام اجازه نمی‌دهد کپی شود. لطفاً متن، عکس، ویدئو یا مانند آن بفرستید.
copy-no-variables = متغیرهایی مانند { CODE("{{username}}") } آنجا پر نمی‌شوند، چون پیام عیناً کپی می‌شود. آن را بدون متغیر بفرستید؛ شرحِ زیر یک عکس، ویدئو، فایل یا پیام صوتیِ تنها می‌تواند متغیر داشته باشد.
album-parts = { $count } بخش از آلبوم رسیده است. تلگرام بخش‌ها را یکی‌یکی می‌فرستد؛ وقتی همه رسیدند ادامه دهید.
button-album-whole = آلبوم همین است
content-text = 📄 متن، کپی
content-photo = 🖼 عکس، کپی
content-document = 📎 فایل، کپی
content-video = 🎬 ویدئو
content-animation = 🎞 انیمیشن
content-audio = 🎵 موسیقی
content-voice = 🎤 پیام صوتی
content-videoNote = ⏺ پیام تصویری
content-sticker = 🏷 استیکر
content-poll = 📊 نظرسنجی
content-location = 📍 موقعیت
content-venue = 📍 مکان
content-contact = 👤 شمارهٔ تماس
content-dice = 🎲 تاس
content-livePhoto = 🖼 عکس زنده
content-richText = 📄 متن آراسته
content-album = 🖼 آلبوم { $count }تایی
message-not-taken-buttons = از این طریق دکمه فرستاده نمی‌شود. دکمه‌ها را بردارید یا راه دیگری برای ارسال انتخاب کنید.
message-problem-in = در متن { ISO($language) }: { $problem }
message-broken-variable = متغیر { CODE($text) } کامل نیست. آن را به شکل { CODE("{{name}}") } یا { CODE("{{name|دوست عزیز}}") } بنویسید.

## کمپین تازه: از چه راهی

ask-channel =
    <b>ارسال از طریق</b>
    کمپین از چه طریقی فرستاده شود؟
channel-simulator = شبیه‌ساز
channel-x = ایکس
channel-telegram = تلگرام
channel-webhook = درگاه شما
no-channel = هنوز حسابی برای ارسال نیست. از مدیر سرور بخواهید یکی اضافه کند؛ راهش در { ISO("README.fa.md") } آمده است.
accounts-asking = وضعیت حساب‌ها پرسیده می‌شود…
accounts-none = هنوز حسابی تنظیم نشده است.
accounts-title = <b>حساب‌ها</b>
account-name-of = حساب { CODE($account) } ({ ISO($channel) }): امروز { $used } از { $limit } پیام فرستاده
account-name = حساب { CODE($account) } ({ ISO($channel) }): امروز { $used } پیام فرستاده
account-worker = کارگزار { ISO($worker) } با آن ارسال می‌کند
account-well = ✅ مشکلی ندارد؛ نام آن { CODE($username) } است
account-unread = پاسخ‌های مردم خوانده نمی‌شود و انصراف‌ها هم: { ISO($why) }.
account-trouble = ⚠️ مشکل دارد: { ISO($why) }
account-unknown = ❓ پاسخی نداد: { ISO($why) }
account-limit = سقف «{ $name }»: تا { $moment }، { $left } از { $count } مانده است
sync-none = پایگاه داده‌ای برای رونوشت تعیین نشده است. از مدیر سرور بخواهید نشانی آن را در { CODE("DATABASE_URL") } بگذارد و پیک را دوباره راه بیندازد؛ راهش در { CODE("docs/sync.md") } آمده است.
sync-not-needed = رونوشتی لازم نیست: همه‌چیز در خود پایگاه داده است.
sync-off = رونوشت‌برداری در PostgreSQL خاموش است.
sync-failed = ⚠️ خودش از کار ایستاد: { ISO($why) }
sync-on =
    <b>رونوشت‌برداری در PostgreSQL روشن است</b>: { $seconds ->
        [1] لحظه‌ای، هر ثانیه
       *[other] هر { $seconds } ثانیه
    }.
sync-often = رونوشت‌برداری با این فاصلهٔ کوتاه بار سنگینی بر پایگاه داده می‌گذارد.
sync-not-yet = هنوز چیزی رونوشت نشده است.
sync-last = آخرین رونوشت: { $moment }؛ از زمان روشن‌شدن { $count } تغییر.
sync-opt-outs = { $count } نفر در پایگاه داده انصراف داده‌اند و دیگر به آن‌ها پیام فرستاده نمی‌شود.
sync-standing-by = برنامهٔ دیگری رونوشت برمی‌دارد؛ هر وقت بایستد، اینجا ادامه می‌یابد.
sync-unreadable = ⚠️ رونوشت نشد: { $what }
sync-trouble = ⚠️ مشکل: { ISO($why) }. خودبه‌خود دوباره تلاش می‌شود.
sync-attempts = تلاش دوباره: { $retries } بار؛ نوبت‌های ناموفق: { $failures }.
button-sync-usual = روشن‌کردن
button-sync-real-time = روشن‌کردن، لحظه‌ای
button-sync-off = خاموش‌کردن
button-sync-look = نگاه دوباره
plan-title = <b>برنامهٔ ارسال</b> برای { CODE($id) }
plan-to-send =
    { $count ->
        [one] <b>{ $count }</b> پیام
       *[other] <b>{ $count }</b> پیام
    } از طریق { $channel }.
plan-already-sent =
    { $count ->
        [one] { $count } گیرنده آن را قبلاً گرفته است و کنار گذاشته می‌شود.
       *[other] { $count } گیرنده آن را قبلاً گرفته‌اند و کنار گذاشته می‌شوند.
    }
plan-suppressed = { $count } نام در فهرست عدم ارسال است و کنار گذاشته می‌شود.
plan-contacted-left-out = { $count } نام کنار گذاشته می‌شود: کمپین‌های دیگر به‌تازگی برایشان پیام فرستاده‌اند.
plan-other-campaign = { $count } نام کنار گذاشته می‌شود: پیام کمپینی را گرفته‌اند که گیرنده‌هایش اینجا کنار گذاشته می‌شوند.
plan-contacted = 👥 { $count } نفر از آن‌ها در { $days } روز گذشته از کمپین دیگری پیام گرفته‌اند:
plan-contacted-by = از { CODE($id) }: { $count } نفر، آخرین بار { $moment }
plan-nobody-left = کسی نمانده است که پیامی به او برسد.
button-take-in = ✅ بدون گیرنده‌های { $days } روز گذشته
button-leave-out = 👥 این { $count } نفر کنار گذاشته شوند
plan-corrected = { $count } نفر از آن‌ها در این فهرست مقدار دیگری دارند و همین مقدار تازه برایشان می‌رود.
plan-too-long =
    ⚠️ پیام { $count } نفر با مقدارهای خودشان زیادی بلند می‌شود؛ ارسال نمی‌شود و ناموفق به شمار می‌آید. فهرستی با مقدار کوتاه‌تر آن را درست می‌کند: { $names }{ $more ->
        [0] {""}
       *[other] {" "}و { $more } نفر دیگر
    }
plan-empty =
    ⚠️ پیام { $count } نفر با مقدارهای خودشان خالی می‌ماند؛ ارسال نمی‌شود و ناموفق به شمار می‌آید. فهرستی با مقدار آن را درست می‌کند: { $names }{ $more ->
        [0] {""}
       *[other] {" "}و { $more } نفر دیگر
    }
plan-language = به { ISO($language) } { $count } نفر
plan-languages = 🌐 متن { ISO($counted) }؛ { $count ->
        [0] هیچ‌کس متن اصلی را نمی‌گیرد
       *[other] { $count } نفر متن اصلی را می‌گیرند
    }
plan-nobody = کسی برای ارسال نمانده است: همهٔ فهرست این پیام را قبلاً گرفته‌اند.
plan-no-account = حسابی انتخاب نشده است. دست‌کم روی یکی بزنید.
plan-account-limited = حساب { CODE($account) }: حداکثر { $limit } پیام در روز، امروز { $used } پیام فرستاده
plan-account-free = حساب { CODE($account) }: بدون سقف روزانه، امروز { $used } پیام فرستاده
plan-accounts-more =
    { $count ->
        [one] و { $count } حساب دیگر
       *[other] و { $count } حساب دیگر
    }
plan-nothing-today = ⏳ امروز چیزی فرستاده نمی‌شود؛ سقف‌ها یا بازهٔ ارسال جایی نگذاشته است. اولین پیام { $moment } می‌رود.
plan-finish =
    { $days ->
        [one] پایان تقریبی: { $moment }.
       *[other] پایان تقریبی: { $moment }، طی { $days } روز.
    }
plan-finish-unknown = سقف‌ها جلوی آن را نمی‌گیرند؛ با همان سرعتی که سرویس اجازه دهد تمام می‌شود.
plan-cost = هزینه حداکثر { NUMBER($total, minimumFractionDigits: 2, maximumFractionDigits: 2) } دلار است (بر پایهٔ قیمت‌های { ISO($priced) }).
plan-rules-x = ایکس پیام خودکار را فقط برای کسانی مجاز می‌داند که از پیش آن را خواسته‌اند. نوشتن به ناآشنایان، یا فرستادن یک متن از چند حساب، ممکن است به بسته‌شدن برنامه و حساب‌های شما بینجامد.
plan-rules-telegram = این پیام فقط به کسانی می‌رسد که خودشان در تلگرام دکمهٔ «شروع» ({ ISO("Start") }) را زده‌اند؛ بقیه «پیدا نشد» شمرده می‌شوند.
plan-hint = روی هر حساب بزنید تا به کار برود یا کنار گذاشته شود. سقف روزانهٔ هر حساب را با دکمه‌ها انتخاب کنید یا عددی بنویسید.
plan-limit-wrong = سقف روزانه عددی صحیح از ۱ تا { $most } است.
button-account-on = ✅ { $account }
button-account-off = ▫️ { $account }
button-accounts-page = حساب‌های { $from } تا { $to } از { $total }
button-more-options = ⚙️ تنظیمات بیشتر
options-title =
    <b>تنظیمات بیشتر</b> برای { CODE($id) }

    هیچ‌کدام لازم نیست. برای تنظیم، روی یکی بزنید.
option-set = به انتخاب شما
number-wrong = عددی صحیح از ۱ تا { $most } بنویسید.
topic-excludes = کنارگذاشتن افراد
topic-excludes-value =
    { $count ->
        [one] { $count } کمپین قبلی
       *[other] { $count } کمپین قبلی
    }
topic-excludes-off = هیچ‌کس
ask-excludes = افراد کدام کمپین‌های قبلی کنار گذاشته شوند؟ هر کس که یکی از آن‌ها به او نوشته یا شاید نوشته باشد چیزی نمی‌گیرد.
ask-excludes-none = کمپین قبلی‌ای نیست.
button-excludes-all = همه ({ $count })
topic-try-first = اول چند نفر
topic-try-first-off = نه، همه یک‌جا
topic-try-first-count = { $count } نفر
topic-try-first-value = { $count } نفر، بعد اجازهٔ من
ask-try-first =
    <b>اول چند نفر، بقیه با اجازهٔ شما</b>
    وقتی پیام به این تعداد نفر رسید، پیک می‌ایستد، نتیجه را نشان می‌دهد و با اجازهٔ شما ادامه می‌دهد. کسانی که پیدا نشدند، نپذیرفتند یا ارسال برایشان ناموفق بود شمرده نمی‌شوند، چون پیامی نگرفته‌اند.

    یکی از عددها را بزنید یا بنویسید.
topic-priority = اولویت
topic-priority-off = به‌نوبت با بقیه
topic-priority-value = { $count } از ۹
ask-priority =
    <b>اولویت</b>
    وقتی چند کمپین حساب مشترک دارند، کمپینی که اولویت بالاتری دارد اول می‌فرستد و بقیه بعد از آن ادامه می‌دهند. کمپین‌های هم‌اولویت به‌نوبت می‌فرستند.

    یکی از عددها را بزنید یا عددی از ۱ تا ۹ بنویسید.
topic-speed = سرعت
topic-speed-off = تا جایی که مجاز است
ask-speed =
    <b>سرعت</b>
    حداکثر چند پیام فرستاده شود. سقف روزانهٔ هر حساب در خود برنامهٔ ارسال تنظیم می‌شود.

    برای تغییر، روی یکی بزنید.
ask-speed-row = حداکثر چند پیام؟ «{ $what }». یکی از عددها را بزنید یا بنویسید.
speed-published = خود سرویس حداکثر { $most } پیام را اجازه می‌دهد؛ بیش از آن فرستاده نمی‌شود.
speed-count = { $count } پیام
speed-eachMinute = هر حساب، در دقیقه
speed-eachHour = هر حساب، در ساعت
speed-allMinute = همه با هم، در دقیقه
speed-allHour = همه با هم، در ساعت
speed-allDay = همه با هم، در روز
speed-eachMinute-value = هر حساب { $count } در دقیقه
speed-eachHour-value = هر حساب { $count } در ساعت
speed-allMinute-value = { $count } در دقیقه
speed-allHour-value = { $count } در ساعت
speed-allDay-value = { $count } در روز
topic-spend-cap = سقف هزینه
topic-spend-cap-off = ندارد
topic-spend-cap-value = { $count } دلار
topic-follow-up = پیگیری
topic-follow-up-off = ندارد
topic-follow-up-value = { $days }
follow-up-days =
    { $count ->
        [one] پس از { $count } روز
       *[other] پس از { $count } روز
    }
follow-up-line =
    { $count ->
        [one] هر کس تا { $count } روز پاسخ ندهد این را می‌گیرد:
       *[other] هر کس تا { $count } روز پاسخ ندهد این را می‌گیرد:
    }
ask-follow-up = متنی برای کسانی بنویسید که پاسخ نمی‌دهند. فقط برای کسی می‌رود که پیام حتماً به او رسیده، پاسخ نداده، انصراف نداده و آن را رد نکرده است؛ از همان حسابی که برایش نوشته است، با همان محدودیت‌ها و همان ساعت‌ها. حداکثر { $most } پیگیری.
ask-follow-up-days = پس از چند روز بی‌پاسخی؟ یکی را بزنید یا عددی از ۱ تا ۳۰ بنویسید.
follow-up-one-language = پیگیری یک متن ساده است و برای همه همان می‌رود، به هر زبانی که پیام را گرفته باشند.
follow-up-not-text = پیگیری فقط متن ساده است؛ همان را بنویسید.
follow-up-full = هر دو پیگیری آماده‌اند؛ بیشتر از { $most } پیگیری نمی‌شود. برای نوشتن متن‌های دیگر آن‌ها را بردارید.
button-follow-up-off = حذف پیگیری‌ها
button-follow-up-none = بدون پیگیری
button-end-follow = ⏹ پایان پیگیری‌ها
ask-spend-cap =
    <b>سقف هزینه</b>
    کمپین پیش از آنکه هزینه‌اش از این مبلغ بیشتر شود می‌ایستد. حداکثر هزینه حساب می‌شود: پیام‌ها و پیداکردن گیرنده‌ها، بدون ارسال آزمایشی و خواندن پاسخ‌ها.

    یکی از مبلغ‌ها را بزنید یا به دلار بنویسید، مثل «۱۲٫۵۰».
topic-guard-rails = توقف احتیاطی
topic-guard-rails-off = مثل همیشه
topic-languages = 🌐 زبان‌ها
topic-languages-off = یک متن
ask-languages =
    <b>زبان‌ها</b>
    هر کس متن را به زبان خودش می‌گیرد: زبانی که خودش انتخاب کرده، وگرنه زبانی که ستون زبان در فهرست می‌گوید، وگرنه زبان تلگرامش. بقیه متن اصلی را می‌گیرند.

    روی یک زبان بزنید یا نام زبان دیگری را بنویسید.
languages-main = متن اصلی: { ISO($text) }
languages-text = متن { ISO($language) }: { ISO($text) }
language-unknown = این زبان را نمی‌شناسم. لطفاً نام آن یا کدش، مانند { CODE("fa") }، را بنویسید.
ask-language-text =
    <b>متن { ISO($language) }</b>
    پیام را به این زبان بفرستید. متن تنها با عکس، فایل یا ویدئوی متن اصلی می‌رود؛ اگر همراهش چیزی بفرستید جای آن را می‌گیرد.
button-language-text = ✏️ متن { ISO($language) }
button-language-none = 🗑 بدون متن به این زبان
topic-start = زمان شروع
topic-start-off = همین حالا
topic-send-window = بازهٔ ارسال
topic-send-window-off = هر ساعتی
ask-start = چه زمانی شروع شود؟ یکی را بزنید یا روز و ساعت را بنویسید: «فردا ۹ صبح»، «جمعه ۱۸:۳۰»، «۱۴۰۵/۹/۱۴ ساعت ۹».
button-at-once = ▶️ همین حالا
button-in-an-hour = یک ساعت دیگر
button-this-evening = امروز عصر، ۱۸:۰۰
button-tomorrow-morning = فردا صبح، ۹:۰۰
move-start-right = شروع { CODE($id) }: { $moment }. درست است؟
moment-right = { $moment }. درست است؟
button-moment-right = ✅ بله، همین زمان
ask-send-window = در چه روزها و ساعت‌هایی بفرستد؟ یکی را بزنید یا بنویسید: «شنبه تا چهارشنبه ۹ تا ۱۸، پنجشنبه ۹ تا ۱۲». بیرون از این ساعت‌ها منتظر می‌ماند و بعد خودبه‌خود ادامه می‌دهد.
window-daytime = هر روز ۹:۰۰ تا ۲۱:۰۰
window-office = شنبه تا چهارشنبه ۹:۰۰ تا ۱۸:۰۰
window-quiet-night = سکوت ۲۲:۰۰ تا ۸:۰۰
window-right = فقط { ISO($window) } می‌فرستد. اکنون بسته است و { $moment } باز می‌شود. درست است؟
window-right-open = فقط { ISO($window) } می‌فرستد. اکنون باز است، تا { $moment }. درست است؟
button-window-right = ✅ بله، فقط همین ساعت‌ها
button-schedule = 🗓 زمان‌بندی شود
move-refused-unknownCampaign = کمپین { CODE($id) } دیگر اینجا نیست؛ چیزی تغییر نکرد.
move-refused-notNow = کمپین { CODE($id) } در این میان شروع شده یا به پایان رسیده است؛ زمان شروعش عوض نشد.
move-refused-past = آن زمان دیگر گذشته است؛ زمان شروع عوض نشد.
rails-none = همه خاموش
rail-declined = نپذیرفتن
rail-failed = ارسال ناموفق
rail-optedOut = انصراف
rail-share = بیش از { $share }٪
rail-off = خاموش
ask-guard-rails =
    <b>توقف احتیاطی</b>
    وقتی از دست‌کم ۵۰ نفر، درصدی بیش از این نپذیرند، انصراف دهند یا ارسال برایشان ناموفق باشد، کمپین خودبه‌خود می‌ایستد و از شما می‌خواهد نگاهی بیندازید. بعد از «ادامه» فقط نتیجه‌های تازه حساب می‌شود.

    برای تغییر، روی یکی بزنید.
ask-rail-declined = اگر چند درصد نپذیرند، کمپین بایستد؟ یکی را بزنید یا عددی از ۱ تا ۹۹ بنویسید.
ask-rail-failed = اگر ارسال برای چند درصد ناموفق باشد، کمپین بایستد؟ یکی را بزنید یا عددی از ۱ تا ۹۹ بنویسید.
ask-rail-optedOut = اگر چند درصد انصراف دهند، کمپین بایستد؟ یکی را بزنید یا عددی از ۱ تا ۹۹ بنویسید.
button-limit = { $count } در روز
button-limit-chosen = ● { $count } در روز
button-limit-none = بدون سقف
button-limit-none-chosen = ● بدون سقف
button-limit-own = سقف خود هر حساب
button-limit-own-chosen = ● سقف خود هر حساب

## کمپین تازه: پیش‌نمایش

preview-title = <b>پیش‌نمایش</b>: پیام دقیقاً به همین شکل می‌رسد.
preview-for = برای { CODE($username) }:
preview-for-in = برای { CODE($username) }، به زبان { ISO($language) }:
preview-main-nobody = متن اصلی، که فعلاً به هیچ‌کس از فهرست نمی‌رسد، آن‌طور که { CODE($username) } می‌دید:
preview-language-nobody = به زبان { ISO($language) }، که فعلاً به هیچ‌کس از فهرست نمی‌رسد، آن‌طور که { CODE($username) } می‌دید:
preview-main-left = متن اصلی، که به هیچ‌کس از باقی‌مانده‌ها نمی‌رسد، آن‌طور که { CODE($username) } می‌دید:
preview-language-left = به زبان { ISO($language) }، که به هیچ‌کس از باقی‌مانده‌ها نمی‌رسد، آن‌طور که { CODE($username) } می‌دید:
preview-leave = زیر پیام، هر کس دکمه‌ای به زبان خودش برای لغو اشتراک می‌بیند.
preview-leave-album = تلگرام زیر آلبوم دکمه نشان نمی‌دهد: هر کس بخواهد انصراف دهد { CODE("/stop") } می‌نویسد.
preview-copied = پیام برای هر گیرنده از همین گفت‌وگو کپی می‌شود: لطفاً تا پایان کمپین آن را اینجا پاک نکنید. اگر پاک شود، کمپین موقتاً متوقف می‌شود و کسی ناموفق به حساب نمی‌آید.
preview-ask = درست است؟
button-test-send = ارسال آزمایشی
button-edit-message = تغییر پیام
button-links = 🔗 افزودن دکمهٔ لینک‌دار
button-links-change = 🔗 تغییر دکمه‌های لینک‌دار
button-no-links = بدون دکمهٔ لینک‌دار
ask-links =
    <b>دکمه‌های لینک‌دار</b> زیر پیام، هر سطر یکی و حداکثر { $most } تا:
    مثلاً { CODE("فروشگاه ما | https://example.com") }
links-wrong = سطر { CODE($text) } دکمهٔ لینک‌دار نیست. اول نام دکمه، بعد <code>|</code> و بعد نشانی‌ای را بنویسید که با { CODE("https://") } شروع می‌شود.
preview-refused = ⚠️ تلگرام این پیام را به این شکل نمی‌پذیرد. لطفاً آن را تغییر دهید.
preview-not-shown = ⚠️ پیام نمایش داده نشد، چون ارتباط با تلگرام قطع شد. شاید خود پیام ایرادی نداشته باشد؛ برای دیدنش یک گام برگردید و دوباره بیایید.
ask-test-name = پیام آزمایشی به کدام نام کاربری برود؟ همین حالا یک پیام، جدا از کمپین، فرستاده می‌شود.
test-not-text = نام کاربری متن است. لطفاً نام کسی را بنویسید که پیام آزمایشی را می‌گیرد.
test-bad-name = عبارت { CODE($username) } نام کاربری نیست: { $reason }. لطفاً نام دیگری بنویسید.
test-sending = ارسال آزمایشی به { CODE($username) } شروع شد. نتیجه در ادامه می‌آید.
test-sent = ✅ پیام آزمایشی به { CODE($username) } ارسال شد.
test-not-sent = ⚠️ پیام آزمایشی به { CODE($username) } ارسال نشد: { ISO($why) }
test-uncertain = ❓ پیام آزمایشی به { CODE($username) } شاید رسیده باشد؛ سرویس پاسخ روشنی نداد ({ ISO($why) }).

## کمپین تازه: رضایت و شروع

ask-consent =
    <b>رضایت گیرنده‌ها</b>
    این افراد کجا رضایت داده‌اند که به آن‌ها پیام بدهید؟ یک جمله بنویسید؛ مثلاً: در اردیبهشت در خبرنامه ثبت‌نام کرده‌اند. این جمله با کمپین نگه داشته می‌شود.
button-consent-simulated = این‌ها شبیه‌سازی شده‌اند
consent-simulated = گیرنده‌ها شبیه‌سازی شده‌اند؛ به هیچ شخص واقعی پیامی نمی‌رسد.
consent-not-text = لطفاً با یک جملهٔ متنی پاسخ دهید.
consent-too-short = کوتاه‌تر از آن است که روشن کند رضایت از کجا آمده. لطفاً یک جمله بنویسید.
consent-too-long = این متن { $length } نویسه دارد؛ حداکثر { $max } نویسه مجاز است.
confirm-start =
    <b>آماده است</b>
    { $count ->
        [one] کمپین { CODE($id) } یک پیام از طریق { $channel } می‌فرستد.
       *[other] کمپین { CODE($id) } تعداد { $count } پیام از طریق { $channel } می‌فرستد.
    }
    رضایت گیرنده‌ها: { ISO($consent) }
    پس از شروع هر زمان می‌توانید آن را موقتاً متوقف یا لغو کنید.
confirm-add =
    <b>آماده</b>
    به { CODE($id) }{ $added ->
        [0] {" "}نام تازه‌ای اضافه نمی‌شود.
       *[other] {" "}{ $added } نام تازه اضافه می‌شود.
    }
    { $count ->
        [0] کسی در آن نمانده است که پیامی به او برسد.
       *[other] روی هم { $count } پیام از طریق { $channel } می‌فرستد.
    }
    رضایت گیرنده‌ها: { ISO($consent) }
confirm-corrected = { $count } گیرنده که هنوز پیام نگرفته‌اند، مقدار تازهٔ این فهرست را می‌گیرند.
confirm-changes-message = <b>پیام عوض می‌شود</b>؛ برای { $left } گیرندهٔ آن که هنوز پیامی نگرفته‌اند و برای نام‌های تازه.
confirm-changes-accounts = <b>حساب‌ها و سقف‌ها عوض می‌شوند</b>؛ برای هرچه از این پس ارسال شود.
confirm-changes-consent = <b>شرح تازهٔ رضایت اضافه می‌شود</b>؛ شرح قبلی هم نگه داشته می‌شود.
button-start = ▶️ شروع ارسال
started = کمپین { CODE($id) } شروع شد. روند کار در پیام زیر است و به‌روز می‌ماند.
started-added =
    آنچه اضافه کردید در { CODE($id) } هست: { $added ->
        [0] بدون نام تازه
       *[other] { $added } نام تازه
    }{ $corrected ->
        [0] {""}
       *[other] {" "}و مقدارهای تازه برای کسانی که هنوز پیام نگرفته‌اند
    }. روند کار در پیام زیر است و به‌روز می‌ماند.
started-put-back = کمپین { CODE($id) } آماده است و منتظر می‌ماند: داده‌های پیک از نسخهٔ پشتیبانِ { $moment } برگردانده شده و معلوم نیست پس از آن برای چه کسانی فرستاده شده است. دکمهٔ «ادامه» در پایین اول از شما می‌پرسد.
started-paused = آنچه اضافه کردید در { CODE($id) } هست. کمپین همان‌طور که متوقف شده بود موقتاً متوقف می‌ماند؛ دکمهٔ «ادامه» در پایین آن را راه می‌اندازد.
start-refused = کمپین { CODE($id) } شروع نشد: فهرستش دیگر نگه داشته نمی‌شود یا از حساب‌هایش نمی‌شود به این شکل استفاده کرد. { COMMAND("status") } نشان می‌دهد چه چیزی هست.
start-past = زمانی که قرار بود { CODE($id) } شروع شود گذشته است. چیزی فرستاده نشد؛ زمان دیگری انتخاب کنید.
started-scheduled = کمپین { CODE($id) } زمان‌بندی شد: { $moment }. متن، فهرست و رضایت همین‌طور که هست می‌ماند. اگر پیک آن موقع روشن باشد، خودبه‌خود شروع می‌شود.
start-exists = در این فاصله اپراتور دیگری { CODE($id) } را شروع کرده است ({ $status }؛ { $sent } از { $total } پیام ارسال شده). این را می‌فرستد:
start-changed = در این فاصله اپراتور دیگری { CODE($id) } را تغییر داده است ({ $status }؛ { $sent } از { $total } پیام ارسال شده). اکنون چنین است:
start-kept = از آنچه شما آماده کردید چیزی ارسال نشده و چیزی هم از دست نرفته است: نام‌هایتان را به آن اضافه کنید یا به کمپین خود نام دیگری بدهید.

## کمپین نمونه

sample-message =
    سلام {"{{name|دوست عزیز}}"}،
    این پیام نمونهٔ پیک است و به دست هیچ شخص واقعی نمی‌رسد.
sample-failed = فهرست نمونه خوانده نشد. با { COMMAND("new") } فهرست خودتان را بدهید.

## کمپین‌ها

campaigns-title = <b>کمپین‌ها</b>
campaigns-none = هنوز کمپینی نیست. یکی را با { COMMAND("new") } آماده کنید.
campaign-unreadable = ⚠️ کمپین { CODE($id) }: سابقهٔ آن خوانده نمی‌شود؛ برای آن چیزی فرستاده نمی‌شود و حساب‌هایش حدود یک روز استراحت می‌کنند. روی سرور، فرمان { CODE($command) } می‌گوید کدام سطر خراب است.
campaigns-line = کمپین { CODE($id) }: { $status }، { $sent } از { $total } پیام ارسال شده
campaigns-line-generated = کمپین { CODE($id) } ({ $date }): { $status }، { $sent } از { $total } پیام ارسال شده
campaigns-more =
    { $count ->
        [one] و { $count } کمپین قدیمی‌تر
       *[other] و { $count } کمپین قدیمی‌تر
    }
status-none = کمپینی در جریان نیست. همه را با { COMMAND("campaigns") } ببینید.
status-scheduled = زمان‌بندی‌شده
status-running = در حال اجرا
status-paused = موقتاً متوقف
status-finished = پایان‌یافته
status-cancelled = لغوشده

## یک کمپین، زنده

card-running = ▶️ کمپین { CODE($id) } در حال اجراست
card-scheduled = 🗓 کمپین { CODE($id) } زمان‌بندی شده است
card-paused = ⏸ کمپین { CODE($id) } موقتاً متوقف است
card-finished = 🏁 کمپین { CODE($id) } به پایان رسید
card-cancelled = ❌ کمپین { CODE($id) } لغو شد
card-bar = { RTL($bar) } { $percent }٪
card-sent = ✅ ارسال شد: <b>{ $count }</b>
card-planned = 🕓 در صف: { $count }
card-claimed = 📨 در حال ارسال: { $count }
card-notFound = 🔍 پیدا نشد: { $count }
card-refused = 🙅 نپذیرفتند: { $count }
card-failed = ⚠️ ناموفق: { $count }
card-uncertain = ❓ نامشخص: { $count } (شاید رسیده باشد؛ دوباره فرستاده نشد)
card-skipped = ⏭ کنار گذاشته شد: { $count }
card-total = مجموع: { $count }
card-spent = 💵 هزینه تا اینجا: حداکثر { NUMBER($spent, minimumFractionDigits: 2, maximumFractionDigits: 3) } دلار، به قیمت‌های { ISO($priced) }
card-spent-of = 💵 هزینه تا اینجا: حداکثر { NUMBER($spent, minimumFractionDigits: 2, maximumFractionDigits: 3) } از { NUMBER($cap, minimumFractionDigits: 2, maximumFractionDigits: 3) } دلار، به قیمت‌های { ISO($priced) }
card-behind = ⏫ با حساب‌های مشترک، اول این کمپین‌ها می‌فرستند: { $ids }. بعد نوبت این کمپین است.
card-follow-up =
    { $count ->
        [one] ↪️ هر کس تا { $count } روز پاسخ ندهد پیگیری می‌شود.
       *[other] ↪️ هر کس تا { $count } روز پاسخ ندهد پیگیری می‌شود.
    }
card-follow-up-cancelled = ↪️ پیگیری‌ها پایان یافت؛ دیگر کسی پیگیری نمی‌شود.
card-follows-up = ↪️ پیگیری { CODE($id) }: برای کسانی که به آن پاسخ ندادند.
card-rate = سرعت: { $rate } در دقیقه
card-left = زمان باقی‌مانده: حدود { $left } (پایان: { $moment })
card-resting = 💤 حساب { CODE($account) } در استراحت تا { $moment }
card-resting-open = 💤 حساب { CODE($account) } در استراحت است
card-capped = 💤 حساب { CODE($account) } به سقفش رسیده است؛ ارسال بعدی { $moment }
card-paced = 💤 سقف سرعتی که برای کل کمپین گذاشته‌اید پر شده است؛ ارسال بعدی { $moment }
card-paced-open = 💤 سقف سرعتی که برای کل کمپین گذاشته‌اید پر شده است
card-capped-open = 💤 حساب { CODE($account) } به سقفش رسیده است
card-locked = 🔒 حساب { CODE($account) } قفل شده است و چیزی نمی‌فرستد. دلیل و راهش در { COMMAND("accounts") }
card-loggedOut = 🔑 ورود حساب { CODE($account) } باطل شده است و چیزی نمی‌فرستد؛ دوباره واردش کنید. دلیل در { COMMAND("accounts") }
card-leftOut = 👤 به بعضی از باقی‌مانده‌ها فقط { CODE($account) } می‌تواند بنویسد و این کمپین از آن نمی‌فرستد. با «تغییر» دوباره اضافه‌اش کنید، یا باقی را لغو کنید.
card-resting-more =
    { $count ->
        [one] … و { $count } حساب دیگر: { COMMAND("accounts") }
       *[other] … و { $count } حساب دیگر: { COMMAND("accounts") }
    }
card-error = آخرین خطا، { $moment }: { ISO($why) }
card-error-name = آخرین خطا، { $moment }، برای { CODE($username) }: { ISO($why) }
pause-operator = به خواست یک اپراتور موقتاً متوقف شده است.
pause-noAccount = موقتاً متوقف شد: اکنون هیچ حسابی نمی‌تواند بفرستد؛ دلیل‌ها پایین آمده است و جزئیات در { COMMAND("accounts") }. یکی را درست کنید و «ادامه» را بزنید.
pause-noAccount-until = موقتاً متوقف شد: اکنون هیچ حسابی نمی‌تواند بفرستد؛ دلیل‌ها پایین آمده است. { $moment } خودبه‌خود ادامه می‌یابد.
pause-capped =
    { $count ->
        [one] موقتاً متوقف شد: حساب به سقف امروز ({ $limit } پیام) رسیده است.
       *[other] موقتاً متوقف شد: هر { $count } حساب به سقف امروز ({ $limit } پیام) رسیده‌اند.
    } { $moment } خودبه‌خود ادامه می‌یابد.
pause-unavailable = موقتاً متوقف شد: اکنون از این سرویس چیزی فرستاده نمی‌شود ({ ISO($why) }). { $moment } دوباره امتحان می‌شود.
pause-window = در انتظار بازهٔ ارسال: فقط { ISO($window) } می‌فرستد. { $moment } خودبه‌خود ادامه می‌یابد.
pause-firstPaused = در انتظار: { CODE($id) } که این کمپین پیگیری آن است متوقف نگه داشته شده است. تا یک دقیقه پس از ادامهٔ آن، این هم خودبه‌خود ادامه می‌یابد.
pause-missed = قرار بود { $moment } شروع شود، ولی پیک آن زمان روشن نبود. چیزی فرستاده نشده است. همین حالا شروعش کنید، زمان دیگری بگذارید یا لغوش کنید.
card-starts = خودبه‌خود شروع می‌شود: { $moment }، { $left } دیگر.
pause-unheard = در انتظار: پاسخ‌هایی که به { CODE($account) } رسیده هنوز خواندنی نیست ({ ISO($why) }). { $moment } دوباره امتحان می‌شود. به همهٔ باقی‌مانده‌ها قبلاً پیام رفته است و شاید انصراف داده باشند.
pause-unheard-open = موقتاً متوقف شد: پاسخ‌هایی که به { CODE($account) } رسیده خواندنی نیست ({ ISO($why) }). به همهٔ باقی‌مانده‌ها قبلاً پیام رفته است و شاید انصراف داده باشند. همین که پاسخ‌های این حساب خوانده شود، ادامه می‌یابد.
pause-rejected = موقتاً متوقف شد: سرویس هیچ پیامی را نمی‌پذیرد ({ ISO($why) }). این را درست کنید و «ادامه» را بزنید.
pause-full = موقتاً متوقف شد: دیسک پر است و نتیجه‌ها نوشته نمی‌شوند. تا جا باز نشود چیزی فرستاده نمی‌شود؛ بعد خودبه‌خود ادامه می‌یابد.
pause-storage = موقتاً متوقف شد: نتیجه‌ها روی دیسک نوشته نمی‌شوند ({ ISO($why) }). تا درست‌شدنش چیزی فرستاده نمی‌شود؛ بعد «ادامه» را بزنید.
pause-tried-first =
    { $count ->
        [one] منتظر اجازهٔ شماست: پیام به { $count } نفر اول رسید. نتیجه را پایین ببینید و بعد برای همه ادامه دهید، همین تعداد دیگر را امتحان کنید، یا اول چیزی را تغییر دهید.
       *[other] منتظر اجازهٔ شماست: پیام به { $count } نفر اول رسید. نتیجه را پایین ببینید و بعد برای همه ادامه دهید، همین تعداد دیگر را امتحان کنید، یا اول چیزی را تغییر دهید.
    }
pause-restored = داده‌های پیک از نسخهٔ پشتیبانِ { $moment } برگردانده شد. معلوم نیست پس از آن برای چه کسانی فرستاده شده؛ پس تا شما نگویید چیزی فرستاده نمی‌شود. «ادامه» اول از شما می‌پرسد.
pause-rail-declined = برای احتیاط متوقف شد: { $count } نفر از { $of } نفر نپذیرفتند و این بیش از { $share }٪ است. فهرست و متن را بازبینی کنید؛ بعد از «ادامه» فقط پاسخ‌های تازه حساب می‌شود.
pause-rail-failed = برای احتیاط متوقف شد: ارسال برای { $count } نفر از { $of } نفر ناموفق بود و این بیش از { $share }٪ است. ببینید چه پیش آمده است؛ بعد از «ادامه» فقط نتیجه‌های تازه حساب می‌شود.
pause-rail-optedOut = برای احتیاط متوقف شد: { $count } نفر از { $of } نفر انصراف دادند و این بیش از { $share }٪ است. فهرست و متن را بازبینی کنید؛ بعد از «ادامه» فقط انصراف‌های تازه حساب می‌شود.
pause-rail-newest = تازه‌ترین‌ها: { $names }
pause-paced = موقتاً متوقف شد: سقف سرعتی که برای کل کمپین گذاشته‌اید پر شده است. { $moment } خودبه‌خود ادامه می‌یابد؛ یا از «تغییر» بالاترش ببرید.
pause-spend-cap = موقتاً متوقف شد: یک پیام دیگر ممکن است هزینه را از سقف { NUMBER($cap, minimumFractionDigits: 2, maximumFractionDigits: 2) } دلار بگذراند. هزینه تا اینجا: حداکثر { NUMBER($spent, minimumFractionDigits: 2, maximumFractionDigits: 3) } دلار. برای ادامه، سقف را بالا ببرید.
button-pause = ⏸ توقف موقت
button-resume = ▶️ ادامه
button-first = ⏫ اول این کمپین
button-go-on-all = ▶️ ادامه برای همه
button-more-first = اول { $count } نفر دیگر
dollars-wrong = مبلغی به دلار از ۰٫۰۱ تا { $most } بنویسید؛ سنت‌ها بعد از ممیز، مثل «۱۲٫۵۰».
button-other-spend = ✏️ مبلغ دیگر
button-more-spend = تا { NUMBER($cap, minimumFractionDigits: 2, maximumFractionDigits: 2) } دلار
button-start-now = ▶️ همین حالا شروع شود
button-move-start = 🗓 زمان دیگر
button-cancel-campaign = ❌ لغو کمپین
button-retry = 🔁 تلاش دوباره برای ناموفق‌ها ({ $count })
button-uncertain = ❓ نامشخص‌ها ({ $count })
button-change = ✏️ تغییر
button-report = 📊 گزارش
button-details = 🔎 جزئیات
button-results-csv = فایل { ISO("CSV") }
button-results-json = فایل { ISO("JSON") }
button-cleanup = 🧹 پاک‌کردن فایل موقت

## تغییر کمپین

change-title =
    <b>تغییر</b> { CODE($id) }
    { $left ->
        [0] کسی در صف نمانده است، پس تغییر به کسی نمی‌رسد.
        [one] تغییر فقط به { $left } گیرنده‌ای می‌رسد که هنوز در صف است
       *[other] تغییر فقط به { $left } گیرنده‌ای می‌رسد که هنوز در صف‌اند
    }{ $left ->
        [0] {""}
       *[other] { $had ->
            [0] .
            [one] ؛ { $had } نفر پیام را به شکل قبلی دارد.
           *[other] ؛ { $had } نفر پیام را به شکل قبلی دارند.
        }
    }
change-over = کمپین { CODE($id) } { $status } است و دیگر چیزی از آن تغییر نمی‌کند.
change-text = ✏️ متن: { ISO($value) }
change-languages = 🌐 زبان‌ها: { ISO($value) }
change-names = 👥 افزودن نام: { ISO($value) }
change-accounts = 👤 حساب‌ها: { ISO($value) }
change-limit = 🔢 سقف روزانه: { ISO($value) }
change-tryFirst = اول چند نفر: { ISO($value) }
change-start = زمان شروع: { ISO($value) }
change-sendWindow = بازهٔ ارسال: { ISO($value) }
change-guardRails = توقف احتیاطی: { ISO($value) }
change-speed = سرعت: { ISO($value) }
change-priority = اولویت: { ISO($value) }
change-spendCap = سقف هزینه: { ISO($value) }
change-limit-ask =
    هر حساب { CODE($id) } حداکثر چند پیام در روز بفرستد؟ یکی از عددها را بزنید یا عددی بنویسید.
    اکنون: { $now }
change-accounts-count = { $count } حساب
change-accounts-ask = <b>کدام حساب‌ها برای { CODE($id) } بفرستند؟</b> هر کدام را بزنید تا اضافه یا کنار گذاشته شود.
change-accounts-only = حساب دیگری نیست که { CODE($id) } از طریق آن فرستاده شود. حساب‌های تنظیم‌شده در { COMMAND("accounts") }
change-accounts-a-day =
    { $left ->
        [one] { $left } نفر در صف است،
       *[other] { $left } نفر در صف‌اند،
    } از طریق { $count ->
        [one] { $count } حساب
       *[other] { $count } حساب
    }: حداکثر { $most } پیام در روز.
change-accounts-free =
    { $left ->
        [one] { $left } نفر در صف است،
       *[other] { $left } نفر در صف‌اند،
    } از طریق { $count ->
        [one] { $count } حساب
       *[other] { $count } حساب
    }؛ دست‌کم یکی از آن‌ها سقف روزانه ندارد.
change-accounts-out = کنار گذاشته شد: { $names }. پیامی که آنجا در راه است می‌رسد، پاسخ‌هایی که آنجا می‌آید همچنان خوانده می‌شود و پیام تازه‌ای از آن فرستاده نمی‌شود.
button-accounts-apply =
    { $count ->
        [one] ✅ ارسال از طریق همین { $count } حساب
       *[other] ✅ ارسال از طریق این { $count } حساب
    }
change-names-count = { $count } نفر تا اینجا
names-ask = <b>این‌ها به { CODE($id) } اضافه شوند؟</b>
names-new =
    { $count ->
        [one] { $count } نفر تازه است.
       *[other] { $count } نفر تازه‌اند.
    }
names-known =
    { $count ->
        [one] { $count } نفر از پیش در کمپین است و برایش چیزی تغییر نمی‌کند.
       *[other] { $count } نفر از پیش در کمپین‌اند و برایشان چیزی تغییر نمی‌کند.
    }
names-suppressed =
    { $count ->
        [one] از تازه‌ها { $count } نفر در فهرست عدم ارسال است و چیزی نمی‌گیرد.
       *[other] از تازه‌ها { $count } نفر در فهرست عدم ارسال‌اند و چیزی نمی‌گیرند.
    }
names-contacted-lately =
    { $count ->
        [one] از تازه‌ها { $count } نفر به‌تازگی از کمپین دیگری پیام گرفته است و کنار گذاشته می‌شود.
       *[other] از تازه‌ها { $count } نفر به‌تازگی از کمپین‌های دیگر پیام گرفته‌اند و کنار گذاشته می‌شوند.
    }
names-other-campaign =
    { $count ->
        [one] از تازه‌ها { $count } نفر از کسانی است که این کمپین کنارشان می‌گذارد.
       *[other] از تازه‌ها { $count } نفر از کسانی‌اند که این کمپین کنارشان می‌گذارد.
    }
names-consent = رضایت این گیرنده‌ها، که همراه کمپین نگه داشته می‌شود:
button-names-add =
    { $count ->
        [one] ✅ افزودن { $count } نام
       *[other] ✅ افزودن { $count } نام
    }
names-added =
    { $added ->
        [0] کسی به کمپین { CODE($id) } اضافه نشد: همهٔ نام‌های فهرست از پیش در آن بودند.
        [one] به کمپین { CODE($id) } { $added } نفر اضافه شد.
       *[other] به کمپین { CODE($id) } { $added } نفر اضافه شدند.
    } { $left ->
        [0] کسی در صف نمانده است.
        [one] { $left } نفر در صف است.
       *[other] { $left } نفر در صف‌اند.
    }
names-nobody = همهٔ نام‌های این فهرست از پیش در { CODE($id) } هستند. فهرست دیگری بفرستید.
names-refused-unknownCampaign = { CODE($id) } دیگر اینجا نیست؛ کسی اضافه نشد.
names-refused-over = { CODE($id) } به پایان رسیده است و کسی به آن اضافه نمی‌شود. برای این افراد کمپین تازه‌ای بسازید.
names-refused-noList = این فهرست دیگر نگه داشته نمی‌شود؛ کسی اضافه نشد. لطفاً دوباره بفرستید.
names-refused-columns = پیام { CODE($id) } به { $names } نیاز دارد و این فهرست چنین ستونی ندارد. فهرستی بفرستید که آن را داشته باشد.
button-raise-limit = 🔢 بالابردن سقف روزانه
did-resume-waits = هیچ حسابی هنوز نمی‌تواند بفرستد؛ { $moment } خودبه‌خود ادامه می‌یابد.
change-text-ask =
    { $left ->
        [0] در { CODE($id) } کسی در صف نمانده است، پس این متن به کسی نمی‌رسد.
        [one] این متن به { $left } گیرنده‌ای می‌رسد که در { CODE($id) } هنوز در صف است.
       *[other] این متن به { $left } گیرنده‌ای می‌رسد که در { CODE($id) } هنوز در صف‌اند.
    } { $had ->
        [0] هنوز کسی متن دیگری نگرفته است.
        [one] { $had } نفر متن قبلی را دارد یا شاید داشته باشد و همان برایش می‌ماند.
       *[other] { $had } نفر متن قبلی را دارند یا شاید داشته باشند و همان برایشان می‌ماند.
    }
button-change-apply = ✅ همین متن فرستاده شود
button-without-file = 📎 بدون فایل
change-file-no-room = همراه { CODE($name) } متن بیش از { $max } نویسه جا ندارد؛ این متن بدون فایل می‌رود.
change-done =
    کمپین { CODE($id) } تغییر کرد (نسخهٔ { $revision }). { $left ->
        [0] کسی در صف نمانده است.
        [one] برای { $left } گیرندهٔ باقی‌مانده به کار می‌رود.
       *[other] برای { $left } گیرندهٔ باقی‌مانده به کار می‌رود.
    }
change-cancelled = چیزی تغییر نکرد.
change-refused-unknownCampaign = کمپین { CODE($id) } دیگر اینجا نیست؛ چیزی تغییر نکرد.
change-refused-over = کمپین { CODE($id) } در این میان به پایان رسید؛ چیزی تغییر نکرد.
change-refused-changed = در این میان کس دیگری { CODE($id) } را تغییر داد؛ تغییر شما انجام نشد. لطفاً دوباره نگاهش کنید.
change-refused-same = کمپین { CODE($id) } همین حالا هم همین را دارد؛ چیزی عوض نشد.
change-refused-noAccount = هر کمپین دست‌کم یک حساب لازم دارد؛ چیزی تغییر نکرد.
change-title-over = کمپین { CODE($id) } { $status } است. آنچه فرستاده هنوز پس‌گرفتنی یا اصلاح‌شدنی است.
button-again = 🔄 دوباره
again-ask = کمپین تازه از روی { CODE($id) }: متن و تنظیماتش آماده است و رضایت از نو پرسیده می‌شود. برای چه کسانی؟
again-uncertain =
    { $count ->
        [one] وضع { $count } نفر نامشخص است و شاید پیام را داشته باشد؛ در کمپین تازه پیام دوم می‌شود.
       *[other] وضع { $count } نفر نامشخص است و شاید پیام را داشته باشند؛ در کمپین تازه پیام دوم می‌شود.
    }
button-again-everyone = همه ({ $count })
button-again-failed = ناموفق‌ها ({ $count })
button-again-notFound = پیدا نشده‌ها ({ $count })
button-again-uncertain = نامشخص‌ها ({ $count })
button-again-neverTried = امتحان‌نشده‌ها ({ $count })
change-cannot-amend = آنچه از طریق { $channel } فرستاده شد پس‌گرفتنی و اصلاح‌شدنی نیست.
change-takeBack = ⏪ پس‌گرفتن: { ISO($value) }
change-mend = 🩹 اصلاح ارسال‌شده‌ها: { ISO($value) }
change-amended =
    { $count ->
        [0] هنوز هیچ‌کدام
       *[other] { $count }
    }

## پس‌گرفتن و اصلاح

amend-ask-takeBack =
    { $count ->
        [one] پیام چه کسی از { CODE($id) } پس گرفته شود؟ { $count } پیام پس‌گرفتنی است.
       *[other] پیام چه کسانی از { CODE($id) } پس گرفته شود؟ { $count } پیام پس‌گرفتنی است.
    }
amend-ask-mend =
    { $count ->
        [one] متن پیام چه کسی از { CODE($id) } عوض شود؟ { $count } پیام اصلاح‌شدنی است.
       *[other] متن پیام چه کسانی از { CODE($id) } عوض شود؟ { $count } پیام اصلاح‌شدنی است.
    }
amend-ask-name = برای یک نفر، نام کاربری‌اش را بنویسید.
amend-revision = نسخهٔ { $revision }: «{ ISO($text) }» ({ $count })
amend-too-old =
    { $count ->
        [one] { $count } پیام قدیمی‌تر از آن است که پس گرفته شود؛ می‌ماند.
       *[other] { $count } پیام قدیمی‌تر از آن‌اند که پس گرفته شوند؛ می‌مانند.
    }
amend-unknown =
    { $count ->
        [one] شناسهٔ { $count } پیام معلوم نیست؛ می‌ماند.
       *[other] شناسهٔ { $count } پیام معلوم نیست؛ می‌مانند.
    }
amend-opted-out =
    { $count ->
        [one] { $count } نفر در فهرست عدم ارسال است و متن دیگری نمی‌گیرد.
       *[other] { $count } نفر در فهرست عدم ارسال‌اند و متن دیگری نمی‌گیرند.
    }
amend-unfit =
    { $count ->
        [one] با مقدارهای { $count } نفر، متن خالی یا بیش از اندازه بلند می‌شود؛ پیام او همان‌طور می‌ماند.
       *[other] با مقدارهای { $count } نفر، متن خالی یا بیش از اندازه بلند می‌شود؛ پیام آن‌ها همان‌طور می‌ماند.
    }
amend-other-language =
    { $count ->
        [one] پیام { $count } نفر به زبان دیگری است ({ ISO($languages) }) که متن تازه‌ای ندارد؛ همان‌طور می‌ماند.
       *[other] پیام { $count } نفر به زبان‌های دیگری است ({ ISO($languages) }) که متن تازه‌ای ندارند؛ همان‌طور می‌مانند.
    }
button-amend-languages = 🌐 متن تازه به زبان‌های دیگر
amend-not-his = برای این نام پیامی نیست که بشود عوضش کرد یا پس گرفت. از پایین انتخاب کنید یا نام کاربری دیگری بنویسید.
amend-nobody-takeBack = کمپین { CODE($id) } پیامی ندارد که پس‌گرفتنی باشد.
amend-nobody-mend = کمپین { CODE($id) } پیامی ندارد که اصلاح‌شدنی باشد.
amend-busy = در { CODE($id) } هم‌اکنون چیزی پس گرفته یا اصلاح می‌شود. بگذارید تمام شود یا در پیام زنده متوقفش کنید.
amend-unapproved = کمپین‌ها تأیید یک نفر دیگر را لازم دارند و کس دیگری این متن را ندیده است. تا { CODE($id) } تمام نشده، اول متنش را تغییر دهید تا تأیید شود؛ بعد می‌توان پیام‌های فرستاده‌شده را به همان متن اصلاح کرد. دربارهٔ کمپین تمام‌شده مالک تصمیم می‌گیرد: { COMMAND("roles") }.
amend-changed = در این میان پیام‌های دیگری از { CODE($id) } پس گرفته یا اصلاح شد. کاری انجام نشد؛ پیام زنده را ببینید و اگر هنوز لازم است دوباره شروع کنید.
amend-cannot-takeBack = آنچه { CODE($id) } فرستاده پس‌گرفتنی نیست.
amend-cannot-mend = آنچه { CODE($id) } فرستاده اصلاح‌شدنی نیست.
amend-grows = کمپین هنوز در حال ارسال است: پیام‌هایی که تا تأیید شما برسد هم جزو این کار است، اما پیام‌های بعد از آن نه. برای اینکه کسی جا نماند، اول کمپین را موقتاً متوقف کنید.
amend-confirm-takeBack =
    { $count ->
        [one] پس‌گرفتن { $count } پیام از { CODE($id) }؟ پیام از گفت‌وگوی گیرنده پاک می‌شود و { CODE($id) } دیگر به او نمی‌نویسد. این کار برگشت ندارد.
       *[other] پس‌گرفتن { $count } پیام از { CODE($id) }؟ پیام‌ها از گفت‌وگوی گیرنده‌ها پاک می‌شوند و { CODE($id) } دیگر به آن‌ها نمی‌نویسد. این کار برگشت ندارد.
    }
amend-confirm-mend =
    { $count ->
        [one] این متن جای { $count } پیام از { CODE($id) } را بگیرد؟ پیام تازه‌ای فرستاده نمی‌شود.
       *[other] این متن جای { $count } پیام از { CODE($id) } را بگیرد؟ پیام تازه‌ای فرستاده نمی‌شود.
    }
amend-begun-takeBack =
    { $count ->
        [one] پس‌گرفتن { $count } پیام از { CODE($id) } شروع شد. روند کار در پیام زنده است.
       *[other] پس‌گرفتن { $count } پیام از { CODE($id) } شروع شد. روند کار در پیام زنده است.
    }
amend-begun-mend =
    { $count ->
        [one] اصلاح { $count } پیام از { CODE($id) } شروع شد. روند کار در پیام زنده است.
       *[other] اصلاح { $count } پیام از { CODE($id) } شروع شد. روند کار در پیام زنده است.
    }
button-amend-all = همه ({ $count })
button-amend-revision = نسخهٔ { $revision } ({ $count })
button-amend-takeBack = ⏪ پس‌گرفتن { $count } پیام
button-amend-mend = 🩹 اصلاح { $count } پیام
card-takenBack = ⏪ پس گرفته شد (قطعی یا احتمالی): { $count }
card-mended = 🩹 اصلاح شد (قطعی یا احتمالی): { $count }
card-amending-takeBack = ⏳ پس‌گرفتن: { $done } از { $count }؛ { $kept } پیام می‌ماند
card-amending-takeBack-paused = ⏸ پس‌گرفتن موقتاً متوقف است: { $done } از { $count }؛ { $kept } پیام می‌ماند
card-amending-mend = ⏳ اصلاح: { $done } از { $count }؛ { $kept } پیام همان‌طور می‌ماند
card-amending-mend-paused = ⏸ اصلاح موقتاً متوقف است: { $done } از { $count }؛ { $kept } پیام همان‌طور می‌ماند
button-amendPause-takeBack = ⏸ توقف موقت پس‌گرفتن
button-amendPause-mend = ⏸ توقف موقت اصلاح
button-amendResume-takeBack = ▶️ ادامهٔ پس‌گرفتن
button-amendResume-mend = ▶️ ادامهٔ اصلاح
button-stop-takeBack = ⏹ پایان پس‌گرفتن
button-stop-mend = ⏹ پایان اصلاح
amend-did-pause = موقتاً متوقف شد. پیام‌هایی که همین حالا در دست‌اند تمام می‌شوند.
amend-did-resume = ادامه می‌یابد.
amend-did-stop = متوقف شد. پیام بقیه سر جایش می‌ماند.
amend-no-file = فایل را نمی‌شود جای پیام ارسال‌شده گذاشت؛ فقط متن عوض می‌شود.
amend-nothing = الان چیزی پس گرفته یا اصلاح نمی‌شود.

## کاری با یک کمپین

which-pause = کدام کمپین موقتاً متوقف شود؟
which-resume = کدام کمپین ادامه یابد؟
which-cancel = کدام کمپین لغو شود؟
which-retry = ناموفق‌های کدام کمپین؟
which-change = کدام کمپین تغییر کند؟
which-schedule = کدام کمپینِ زمان‌بندی‌شده؟
which-schedule-typed = چند کمپین منتظر زمان شروع‌اند. بعد از { COMMAND("schedule") } نام کمپین را پیش از زمان بنویسید، مثل { CODE($id) } { ISO($moment) }.
which-report = گزارش کدام کمپین؟
nothing-pause = اکنون کمپینی در حال ارسال نیست. همه را با { COMMAND("campaigns") } ببینید.
nothing-resume = کمپینی متوقف نیست. همه را با { COMMAND("campaigns") } ببینید.
nothing-retry = هیچ کمپینی گیرندهٔ ناموفق برای تلاش دوباره ندارد. همه را با { COMMAND("campaigns") } ببینید.
nothing-change = کمپینی در حال ارسال یا متوقف نیست؛ چیزی برای تغییر نیست. همه را با { COMMAND("campaigns") } ببینید.
nothing-schedule = کمپینی منتظر زمان شروع نیست. یکی را با { COMMAND("new") } آماده کنید؛ زمان شروع در «تنظیمات بیشتر» است.
nothing-report = هنوز کمپینی نیست. یکی را با { COMMAND("new") } آماده کنید.
no-such-campaign = کمپینی به نام { CODE($id) } نیست. همه را با { COMMAND("campaigns") } ببینید.
did-pause = موقتاً متوقف شد. پیام‌هایی که در راه‌اند به سرانجام می‌رسند.
did-resume = ادامه می‌یابد.
did-first = با حساب‌های مشترک، اول این کمپین می‌فرستد.
did-more = ادامه می‌یابد و باز منتظر اجازهٔ شما می‌ماند.
did-goOn = ادامه می‌یابد.
did-startNow = همین حالا شروع می‌شود.
did-cancel = لغو شد. دیگر برای کسی فرستاده نمی‌شود.
did-endFollow = پیگیری‌ها پایان یافت. دیگر کسی پیگیری نمی‌شود.
nothing-left-endFollow = کمپین { ISO($id) } پیگیری‌ای ندارد که پایان یابد.
did-retry = برای ناموفق‌ها دوباره تلاش می‌شود.
did-cleanup = فایل موقت پاک شد.
not-now = اکنون شدنی نیست: کمپین { ISO($id) } { $status } است.
nothing-left-first = کمپین { ISO($id) } همین حالا هم اول است.
nothing-left-pause = در { ISO($id) } چیزی برای توقف نیست.
nothing-left-resume = در { ISO($id) } چیزی برای ادامه نیست.
nothing-left-startNow = کمپین { ISO($id) } منتظر شروع نیست.
nothing-left-cancel = در { ISO($id) } چیزی برای لغو نیست.
nothing-left-retry = در { ISO($id) } گیرندهٔ ناموفقی برای تلاش دوباره نیست.
nothing-left-cleanup = کمپین { ISO($id) } دیگر فایل موقتی ندارد.
unknown-campaign = این کمپین دیگر اینجا نیست.
confirm-cancel =
    { $left ->
        [one] کمپین { CODE($id) } لغو شود؟ برای { $left } گیرنده‌ای که هنوز در صف است چیزی فرستاده نمی‌شود. این کار برگشت ندارد.
       *[other] کمپین { CODE($id) } لغو شود؟ برای { $left } گیرنده‌ای که هنوز در صف‌اند چیزی فرستاده نمی‌شود. این کار برگشت ندارد.
    }
button-confirm-cancel = بله، لغو شود
confirm-endFollow = پیگیری‌های { CODE($id) } پایان یابد؟ دیگر کسی پیگیری نمی‌شود و این کار برگشت ندارد. آنچه فرستاده شده می‌ماند.
button-confirm-endFollow = بله، پایان یابد
button-keep-campaign = نه، بماند
confirm-cleanup = فایل موقت { CODE($id) } پاک شود؟ نتیجه‌ها می‌مانند و کسی پیام دوم نمی‌گیرد: خود کمپین به یاد دارد که چه کسی پیام را گرفته است.
button-confirm-cleanup = بله، پاک شود
confirm-goOn =
    { $left ->
        [0] کمپین { CODE($id) } با داده‌هایی کار می‌کند که از نسخهٔ پشتیبانِ { $moment } برگردانده شده است. معلوم نیست چه کسانی پس از آن پیامش را گرفته‌اند؛ هر که به آن اضافه شود شاید بار دوم بگیرد. اول از کسی که پس از آن فرستاده بپرسید و بعد تصمیم بگیرید.
        [one] کمپین { CODE($id) } با داده‌هایی کار می‌کند که از نسخهٔ پشتیبانِ { $moment } برگردانده شده است. معلوم نیست { $left } گیرنده‌ای که هنوز در صف است پس از آن پیام را گرفته یا نه؛ اگر گرفته باشد، بار دوم هم می‌گیرد. اول از کسی که پس از آن فرستاده بپرسید و بعد تصمیم بگیرید.
       *[other] کمپین { CODE($id) } با داده‌هایی کار می‌کند که از نسخهٔ پشتیبانِ { $moment } برگردانده شده است. معلوم نیست کدام‌یک از { $left } گیرنده‌ای که هنوز در صف‌اند پس از آن پیام را گرفته‌اند؛ هر که گرفته باشد بار دوم هم می‌گیرد. اول از کسی که پس از آن فرستاده بپرسید و بعد تصمیم بگیرید.
    }
button-confirm-goOn = کسی نگرفته؛ ادامه بده
question-kept = بسیار خوب، چیزی تغییر نکرد.
question-old = این پرسش خیلی قدیمی است. لطفاً دوباره درخواست کنید.

## نامشخص‌ها

uncertain-title =
    { $count ->
        [one] ❓ در کمپین { CODE($id) } وضع { $count } گیرنده نامشخص است. پیام شاید رسیده باشد؛ دوباره فرستاده نشد.
       *[other] ❓ در کمپین { CODE($id) } وضع { $count } گیرنده نامشخص است. پیام شاید رسیده باشد؛ دوباره فرستاده نشد.
    }
uncertain-none = کمپین { CODE($id) } گیرندهٔ نامشخصی ندارد.
uncertain-rest =
    { $count ->
        [0] همه همین‌ها هستند. برای همه می‌شود یک‌جا تصمیم گرفت.
        [one] { $count } مورد نامشخص دیگر هست.
       *[other] { $count } مورد نامشخص دیگر هست.
    }
button-uncertain-next = نمایش بعدی‌ها ({ $count })
button-uncertain-all = تصمیم یک‌جا برای هر { $count } مورد
uncertain-look =
    { $count ->
        [one] ❓ کمپین { CODE($id) }: پیام { $count } گیرنده شاید رسیده باشد؛ دوباره فرستاده نشد:
       *[other] ❓ کمپین { CODE($id) }: پیام { $count } گیرنده شاید رسیده باشد؛ دوباره فرستاده نشد:
    }
uncertain-name = { CODE($username) }
uncertain-names-more =
    { $count ->
        [one] و { $count } مورد دیگر
       *[other] و { $count } مورد دیگر
    }
uncertain-others = از آن زمان کسان دیگری نامشخص شده‌اند یا تکلیف برخی روشن شده است. وضع کنونی را ببینید.
uncertain-kept =
    { $count ->
        [one] ❓ در کمپین { CODE($id) } فعلاً { $count } گیرنده نامشخص می‌ماند.
       *[other] ❓ در کمپین { CODE($id) } فعلاً { $count } گیرنده نامشخص می‌مانند.
    }
button-all-sent = هر { $count } مورد ارسال‌شده حساب شود
button-all-again = ارسال دوباره به هر { $count } نفر
button-all-skip = هر { $count } مورد کنار گذاشته شود
button-undecided = فعلاً نامشخص بماند
confirm-all-again =
    { $count ->
        [one] به { $count } گیرنده دوباره فرستاده شود؟ اگر پیام اول رسیده باشد، این شخص آن را دو بار می‌گیرد.
       *[other] به { $count } گیرنده دوباره فرستاده شود؟ هر که پیام اول به او رسیده باشد، آن را دو بار می‌گیرد.
    }
button-confirm-all-again = بله، ارسال دوباره به هر { $count } نفر
resolved-again = 🕓 پیام { CODE($username) } به خواست شما دوباره در صف قرار گرفت.
resolved-all-sent =
    { $count ->
        [one] ✅ پیام { $count } گیرنده ارسال‌شده به شمار آمد.
       *[other] ✅ پیام { $count } گیرنده ارسال‌شده به شمار آمد.
    }
resolved-all-again =
    { $count ->
        [one] 🕓 پیام { $count } گیرنده به خواست شما دوباره در صف قرار گرفت.
       *[other] 🕓 پیام { $count } گیرنده به خواست شما دوباره در صف قرار گرفت.
    }
resolved-all-skip =
    { $count ->
        [one] ⏭ { $count } گیرنده کنار گذاشته شد.
       *[other] ⏭ { $count } گیرنده کنار گذاشته شدند.
    }
resolved-left =
    { $count ->
        [one] تکلیف { $count } مورد در این میان روشن شده بود و همان‌طور می‌ماند.
       *[other] تکلیف { $count } مورد در این میان روشن شده بود و همان‌طور می‌ماند.
    }
uncertain-card = برای { CODE($username) }: ارسال { $moment } با حساب { CODE($account) } شروع شد و پاسخی نرسید.
button-check = بررسی
button-count-sent = ارسال‌شده حساب شود
button-send-again = ارسال دوباره
button-skip = کنار گذاشته شود
confirm-again = به { CODE($username) } دوباره فرستاده شود؟ اگر پیام اول رسیده باشد، این شخص آن را دو بار می‌گیرد.
button-confirm-again = بله، دوباره فرستاده شود
resolved-sent = ✅ پیام { CODE($username) } ارسال‌شده به شمار آمد.
resolved-planned = 🕓 پیام به { CODE($username) } نرسیده بود و دوباره در صف است.
resolved-claimed = 📨 پیام { CODE($username) } در حال ارسال است.
resolved-skipped = ⏭ گیرندهٔ { CODE($username) } کنار گذاشته شد.
resolved-notFound = 🔍 نام { CODE($username) } پیدا نشد.
resolved-refused = 🙅 گیرندهٔ { CODE($username) } نپذیرفت.
resolved-failed = ⚠️ پیام به { CODE($username) } نرسید.
resolved-uncertain = ❓ وضع { CODE($username) } همچنان نامشخص است: سرویس نمی‌تواند بگوید.
resolved-already = تکلیف این مورد قبلاً روشن شده است.

## پایان کمپین

summary-finished = 🏁 کمپین { CODE($id) } به پایان رسید.
summary-cancelled = ❌ کمپین { CODE($id) } لغو شد.
summary-sent =
    { $sent ->
        [one] پیام به <b>{ $sent }</b> نفر از { $total } گیرنده ارسال شد و هیچ‌کس دو پیام نگرفت.
       *[other] پیام به <b>{ $sent }</b> نفر از { $total } گیرنده ارسال شد و هیچ‌کس دو پیام نگرفت.
    }
summary-sent-again =
    { $sent ->
        [one] پیام به <b>{ $sent }</b> نفر از { $total } گیرنده ارسال شد.
       *[other] پیام به <b>{ $sent }</b> نفر از { $total } گیرنده ارسال شد.
    }
sent-again =
    { $count ->
        [one] به خواست شما برای { $count } نفر دوباره فرستاده شد؛ شاید دو بار گرفته باشد.
       *[other] به خواست شما برای { $count } نفر دوباره فرستاده شد؛ شاید دو بار گرفته باشند.
    }
summary-never-started = «پیدا نشد» در اینجا یعنی هرگز دکمهٔ «شروع» ({ ISO("Start") }) را نزده‌اند؛ در تلگرام فقط به کسانی می‌توان نوشت که خودشان شروع کرده باشند.
summary-start-link = این لینک را برایشان بفرستید؛ هر کس آنجا دکمهٔ «شروع» ({ ISO("Start") }) را بزند پیام می‌گیرد: { $link }
summary-time = زمان صرف‌شده: { $duration }.
results-caption = نتیجهٔ تک‌تک گیرنده‌های { CODE($id) }.
results-none = کمپین { CODE($id) } هنوز نتیجه‌ای ندارد.
results-too-big = فایل نتایج { CODE($id) } برای تلگرام زیادی بزرگ است. روی سرور اینجاست: { CODE($path) }
## A backup

backup-begun = نسخهٔ پشتیبان ساخته می‌شود. فایل که آماده شد همین‌جا می‌آید؛ بقیهٔ کارها ادامه دارد.
backup-caption =
    نسخهٔ پشتیبانِ { $moment }. نام‌ها و پیام‌های افراد در آن است؛ مثل فهرست مشتری‌ها از آن نگهداری کنید.
    بررسی: { CODE("peyk doctor --backup FILE") }
    برگرداندن به پوشه‌ای خالی: { CODE("peyk restore FILE") }. آنجا تا برای هر کمپین تأیید نکنید چیزی فرستاده نمی‌شود.
backup-too-big = نسخهٔ پشتیبان برای تلگرام زیادی بزرگ است. روی سرور اینجاست: { CODE($path) }

## What has stopped

alert-stopped = 🔔 کمپین { CODE($id) } متوقف شده و ادامه‌اش با شماست.
alert-waits = 🔔 کمپین { CODE($id) } منتظر مانده است و خودبه‌خود ادامه می‌یابد.
alert-still = 🔔 کمپین { CODE($id) } هنوز منتظر شماست. زمان توقف: { $moment }.
alert-paused-by = 🔔 کمپین { CODE($id) } را { ISO($who) } موقتاً متوقف کرد.
alert-numbers = از { $total } گیرنده برای { $sent } نفر ارسال شده و { $left } نفر مانده‌اند.
alert-failed = ناموفق: { $count }.
alert-uncertain = نامشخص: { $count }.
alert-may-be-known = شاید این را قبلاً دیده باشید: پیک درست در همان لحظه متوقف شد.
button-show-campaign = 📋 نمایش کمپین
ask-quiet =
    وقتی کمپینی خودبه‌خود متوقف شود یا همکاری آن را موقتاً متوقف کند، در پیامی جداگانه به شما گفته می‌شود؛ تا وقتی منتظر کسی است، پس از یک ساعت و سپس هر روز یادآوری می‌شود.
    در ساعت‌های سکوت این پیام‌ها نمی‌آیند و تا صبح می‌مانند. اکنون: <b>{ $now }</b>
quiet-hours = از { $from }:۰۰ تا { $to }:۰۰
quiet-off = بدون ساعت سکوت
button-quiet-off = بدون ساعت سکوت
button-chosen = ● { ISO($label) }

## A campaign's details

details-title = 🔎 جزئیات { CODE($id) }
details-text = <b>پیام</b>
details-attachment = 📎 فایل { ISO($file) }
details-button = 🔗 دکمهٔ { ISO($label) }: { $url }
details-consent = <b>رضایت گیرنده‌ها</b>، به گفتهٔ { ISO($who) }، { $moment }
details-lists = <b>فهرست‌ها</b>
details-list =
    فهرست { ISO($file) }: { $count ->
        [one] { $count } نام
       *[other] { $count } نام
    }، { $moment }
details-list-again = فهرست { ISO($file) }: مقدارهای تازه، { $moment }
details-settings = <b>تنظیمات</b>
details-through = ارسال از طریق { ISO($channel) }
details-account = حساب { CODE($account) }: حداکثر { $limit } پیام در روز
details-account-free = حساب { CODE($account) }: بدون سقف روزانه
details-former-accounts = کنار گذاشته شد: { $names }
details-not-within =
    { $count ->
        [one] بدون کسانی که کمپین دیگری در یک روز گذشته برایشان فرستاده است
       *[other] بدون کسانی که کمپین دیگری در { $count } روز گذشته برایشان فرستاده است
    }
details-excludes = بدون گیرنده‌های { CODE($id) }
details-more =
    { $count ->
        [one] و ۱ مورد دیگر
       *[other] و { $count } مورد دیگر
    }
details-history = <b>چه کسی چه کرد</b>
history-earlier =
    { $count ->
        [one] ۱ مورد قدیمی‌تر نشان داده نشده است.
       *[other] { $count } مورد قدیمی‌تر نشان داده نشده است.
    }
history-created = { $moment }: { ISO($who) } کمپین را ساخت
history-created-itself = { $moment }: کمپین ساخته شد
history-consented = { $moment }: { ISO($who) } رضایت را اعلام کرد: { ISO($text) }
history-changed = { $moment }: { ISO($who) } این‌ها را تغییر داد: { $what }
history-paused = { $moment }: { ISO($who) } کمپین را موقتاً متوقف کرد
history-paused-itself = { $moment }: کمپین خودبه‌خود موقتاً متوقف شد
history-resumed = { $moment }: { ISO($who) } کمپین را ادامه داد
history-resumed-itself = { $moment }: کمپین ادامه یافت
history-retried = { $moment }: { ISO($who) } ناموفق‌ها را دوباره در صف گذاشت
history-retried-itself = { $moment }: ناموفق‌ها دوباره در صف رفتند
history-scheduled = { $moment }: { ISO($who) } زمان شروع دیگری گذاشت
history-scheduled-itself = { $moment }: زمان شروع دیگری گذاشته شد
history-started = { $moment }: { ISO($who) } پیش از زمانش شروع کرد
history-started-itself = { $moment }: شروع شد
history-cancelled = { $moment }: { ISO($who) } کمپین را لغو کرد
history-cancelled-itself = { $moment }: کمپین لغو شد
history-takeBack = { $moment }: { ISO($who) } پس‌گرفتن { $count } پیام را شروع کرد
history-mend = { $moment }: { ISO($who) } اصلاح { $count } پیام را شروع کرد
history-finished-itself = { $moment }: کمپین به پایان رسید
changed-message = پیام
changed-names = گیرنده‌ها
changed-values = مقدارها
changed-accounts = حساب‌ها
changed-settings = تنظیمات

## The report's picture

picture-title = گزارش کمپین
picture-period = از { $from } تا { $until }
picture-since = از { $from }
picture-outcomes = همهٔ گیرنده‌ها
outcome-takenBack = پس گرفته شد (قطعی یا احتمالی)
picture-share = { $count } · { $percent }٪
picture-share-small = { $count } · کمتر از ۱٪
picture-time = در گذر زمان
picture-time-note = تلاش‌ها؛ هر ستون { $duration }
picture-time-none = هنوز برای هیچ‌کس تلاشی نشده است
picture-accounts = حساب‌ها
picture-account =
    { $count ->
        [one] { $count } ارسال
       *[other] { $count } ارسال
    }
picture-accounts-more =
    { $count ->
        [one] و یک حساب دیگر
       *[other] و { $count } حساب دیگر
    }
picture-caption = وضعیت { CODE($id) } در یک نگاه.
sheet-results = نتایج
sheet-leads = سرنخ‌ها
heading-username = نام کاربری
heading-state = وضعیت
heading-account = حساب
heading-time = زمان
heading-attempts = تعداد تلاش
heading-revision = نسخه
heading-language = زبان
heading-added = زمان افزودن
heading-message-id = شناسهٔ پیام
heading-reason = دلیل
heading-note = یادداشت
heading-reason-code = کد دلیل
state-planned = در صف
state-claimed = در حال ارسال
state-sent = ارسال شد
state-notFound = پیدا نشد
state-refused = نپذیرفت
state-failed = ناموفق
state-uncertain = نامشخص
state-skipped = کنار گذاشته شد
state-takenBack = پس گرفته شد
state-maybeTakenBack = شاید پس گرفته شده باشد
state-mended = ارسال و سپس اصلاح شد
state-maybeMended = ارسال شد و شاید اصلاح شده باشد
skip-duplicate = کنار گذاشته شد (تکراری)
skip-optedOut = کنار گذاشته شد (انصراف داده)
skip-suppressed = کنار گذاشته شد (در فهرست عدم ارسال)
skip-contactedLately = کنار گذاشته شد (به‌تازگی پیام گرفته)
skip-otherCampaign = کنار گذاشته شد (کمپین دیگری برایش پیام فرستاده)
skip-earlierCheckpoint = کنار گذاشته شد (قبلاً ارسال شده)
skip-answered = کنار گذاشته شد (پاسخ داده)
skip-otherPerson = کنار گذاشته شد (نام حالا مال کس دیگری است)
skip-cancelled = کنار گذاشته شد (کمپین لغو شد)
skip-erased = کنار گذاشته شد (داده‌هایش پاک شده)
skip-leftInDoubt = کنار گذاشته شد (نامشخص ماند)

## گروه: چه کسی چه می‌تواند بکند
role-owner = مالک
role-operator = اپراتور
role-approver = تأییدکننده
role-viewer = بیننده
role-meaning-operator = کمپین می‌سازد، شروع و هدایت می‌کند و کمپین دیگران را تأیید می‌کند
role-meaning-approver = همه چیز را می‌بیند و کمپین‌ها را تأیید می‌کند
role-meaning-viewer = وضعیت همه چیز را می‌بیند و کاری انجام نمی‌دهد
role-cannot = نقش شما در اینجا { ISO($role) } است و اجازهٔ این کار را نمی‌دهد. مالک می‌تواند نقش دیگری به شما بدهد.
role-cannot-press = نقش شما، { ISO($role) }، اجازهٔ این کار را نمی‌دهد.
role-taken = نقش شما دیگر اجازهٔ این کار را نمی‌دهد؛ چیزی انجام نشد.
role-got = نقش شما در اینجا حالا { ISO($role) } است: کسی که { $meaning }. با { COMMAND("help") } دستورهای خود را ببینید.
role-lost = دیگر در اینجا نقشی ندارید. کارهایی که شروع کرده‌اید سر جای خود می‌ماند.
roles-title = <b>گروه</b>
roles-line = نام { ISO($name) } ({ CODE($id) }): { ISO($role) }
roles-how = برای دادن نقش: { CODE("/roles 12345 viewer") } با شناسهٔ تلگرام یا نام آن شخص، یا پیامی از او را به اینجا هدایت کنید و در پاسخ به آن { COMMAND("roles") } بفرستید. نقش‌ها: اپراتور، تأییدکننده و بیننده.
roles-who = منظورتان چه کسی است؟ شناسهٔ تلگرام یا نام کاربری یک مشترک را بنویسید، یا پیامی از او را به اینجا هدایت کنید و در پاسخ به آن { COMMAND("roles") } بفرستید. اگر هویتش را پنهان کرده باشد تلگرام آن را نمی‌گوید و فقط شناسه به کار می‌آید.
roles-which = { CODE($given) } نقش نیست. نقش‌ها: اپراتور، تأییدکننده و بیننده.
roles-has = نقش { ISO($name) } حالا { ISO($role) } است.
roles-has-none = { ISO($name) } حالا نقشی ندارد.
roles-meaning = نقش <b>{ ISO($role) }</b>: { $meaning }
roles-given = نقش { ISO($name) } از حالا { ISO($role) } است.
roles-taken = از حالا { ISO($name) } نقشی ندارد.
roles-same = دربارهٔ { ISO($name) } از پیش همین‌طور بود.
roles-theOwner = مالک اولین شناسه در { ISO("OPERATOR_IDS") } است و تا تغییر تنظیم‌ها همان می‌ماند.
roles-untold = خبر به او نرسید: هنوز این بات را شروع نکرده یا آن را مسدود کرده است.
approval-needed = پیش از ارسال، یک نفر دیگر باید آن را تأیید کند.
approval-sent-back = برگردانده شد: { ISO($reason) }
approval-outside = این کمپین را { ISO($by) } بیرون از این گفت‌وگو شروع کرده و اینجا معلوم نیست او کیست. اگر خودتان بودید، تأییدش را به یک نفر دیگر بسپارید.
approval-how-back = دلیل را بنویسید تا به سازنده‌اش گفته شود: { CODE("/sendback ", $id, " دلیل") }
approval-did = همان‌طور که هست تأیید شد.
approval-did-back = کمپین { CODE($id) } با دلیل شما برگردانده شد.
approval-told-back = کمپین { CODE($id) } را { ISO($who) } برگرداند: { ISO($reason) }
approval-told-back-outside = کمپین { CODE($id) } را که { ISO($by) } بیرون از این گفت‌وگو شروع کرده بود { ISO($who) } برگرداند: { ISO($reason) }
approval-own = خودتان آن را ساخته یا تغییر داده‌اید؛ یک نفر دیگر باید تأییدش کند.
approval-changed = پس از آنکه دیدید تغییر کرده است. با { COMMAND("status") } دوباره ببینید.
approval-notNow = اکنون منتظر تأیید نیست.
approval-is-on = <b>تأیید یک نفر دیگر</b>: روشن. کمپین فقط وقتی ارسال می‌شود که یک نفر دیگر متن، فهرست، محدودیت‌ها، زمان و رضایت گیرنده‌هایش را تأیید کرده باشد.
approval-is-off = <b>تأیید یک نفر دیگر</b>: خاموش. کمپین با شروعِ سازنده‌اش ارسال می‌شود.
approval-on = از حالا برای همهٔ کمپین‌ها روشن است؛ آنچه در حال ارسال است همان‌طور ادامه می‌یابد.
approval-off = از حالا تأیید کسی لازم نیست.
approval-card-title = <b>آنچه تأیید می‌شود</b>
approval-card-more = همه‌چیز، با متن‌های کامل و نام اول و آخر هر فهرست، در «🔎 جزئیات» است.
approval-sheet-title = <b>همهٔ آنچه تأیید می‌کنید</b> در { CODE($id) }
approval-text-in = <b>پیام</b>، { ISO($language) }
approval-with-tags = با نشانه‌های قالب‌بندی نشان داده شده است.
approval-follow-up = <b>پیگیری</b>، { ISO($after) }، برای کسانی که پاسخ نداده‌اند
approval-people =
    { $count ->
        [one] { $count } نفر: { ISO($files) }
       *[other] { $count } نفر: { ISO($files) }
    }
approval-consent = <b>رضایت گیرنده‌ها</b>
approval-list-names = نام اول { CODE($first) }، نام آخر { CODE($last) }
approval-list-columns = ستون‌ها: { ISO($columns) }
approval-list-through = فقط از حساب { CODE($account) }
approval-list-grows = گیرنده‌های تازه خودبه‌خود به آن اضافه می‌شوند
approval-account = حساب { CODE($account) }: { ISO($limits) }
approval-up-to =
    { $count ->
        [one] وقتی پیام به { $count } نفر رسید، منتظر می‌ماند
       *[other] وقتی پیام به { $count } نفر رسید، منتظر می‌ماند
    }
approval-stands-since = برای کسانی که از { $moment } به بعد مشترک شوند؛ آخرین روشن یا خاموش شدن: { ISO($turned) }
approval-follows-up = پیگیری شمارهٔ { $count } کمپین { CODE($id) }؛ نه برای کسانی که از { $moment } پاسخ داده‌اند
approval-starts = شروع: { $moment }، به گفتهٔ { ISO($who) }
approval-media = پیام همان‌طور که گیرنده‌ها می‌بینند:
approval-media-in = پیام همان‌طور که گیرنده‌ها می‌بینند، { ISO($language) }:
approval-media-hidden = ⚠️ تلگرام آن را نشان نداد. محتوایش پایین‌تر آمده است.
button-approve = ✅ تأیید
button-send-back = ↩️ برگرداندن
button-approval-on = تأیید لازم شود
button-approval-off = تأیید لازم نباشد
pause-approval = منتظر است یک نفر دیگر متن، فهرست، محدودیت‌ها، زمان و رضایت گیرنده‌هایش را تأیید کند؛ هر تغییری تأیید تازه می‌خواهد.
pause-sent-back = با این دلیل برگردانده شد: «{ ISO($reason) }». منتظر تغییر است و بعد از آن منتظر تأیید یک نفر دیگر.
button-role-of = نقش { ISO($name) }: { ISO($role) }
button-role-operator = اپراتور شود
button-role-approver = تأییدکننده شود
button-role-viewer = بیننده شود
button-role-none = نقشش گرفته شود

## تاریخچه: چه کسی چه کرد
button-history = 🧾 تاریخچه
button-history-file = 📄 همهٔ تاریخچه در یک فایل
deeds-not-whole = ⚠️ <b>تاریخچه کامل نیست.</b> { $problem }
deeds-heading =
    { $count ->
        [0] هنوز چیزی در تاریخچه ثبت نشده است.
        [one] <b>تاریخچه</b>: { $count } مورد.
       *[other] <b>تاریخچه</b>: { $count } مورد، تازه‌ترین اول.
    }
deeds-of-campaign =
    { $count ->
        [0] هنوز چیزی از { CODE($id) } ثبت نشده است.
        [one] <b>تاریخچهٔ</b> { CODE($id) }: { $count } مورد.
       *[other] <b>تاریخچهٔ</b> { CODE($id) }: { $count } مورد، تازه‌ترین اول.
    }
deeds-of-person =
    { $count ->
        [0] کاری که به نام دربارهٔ { CODE($name) } شده باشد ثبت نشده است.
        [one] <b>کارهای انجام‌شده دربارهٔ</b> { CODE($name) }: { $count } مورد.
       *[other] <b>کارهای انجام‌شده دربارهٔ</b> { CODE($name) }: { $count } مورد، تازه‌ترین اول.
    }
deeds-line = { $moment }، { ISO($who) }: { $what }
deeds-line-refused = { $moment }، { ISO($who) }: { $what } – وضعیت اجازه نداد و انجام نشد
deeds-line-failed = { $moment }، { ISO($who) }: { $what } – ناموفق ماند
deeds-line-unknown = { $moment }، { ISO($who) }: { $what } – در حال انجام است، یا پیک وسط آن متوقف شد
deeds-end-done = انجام شد
deeds-end-refused = پذیرفته نشد
deeds-end-failed = ناموفق
deeds-end-unknown = نامشخص
deeds-by-id = اپراتور { ISO($id) }
deeds-by-terminal = خط فرمان ({ ISO($name) })
deeds-by-library = یک برنامه ({ ISO($name) })
deeds-by-http = از راه { ISO("HTTP") } ({ ISO($name) })
deeds-by-nobody = کسی
deeds-by-peyk = خود پیک
deeds-people = { $count } نفر
deeds-file-caption = تاریخچه تا این لحظه. هر مورد به مورد پیش از خود مهر شده است؛ دستور { CODE("peyk doctor") } نشان می‌دهد چیزی کم شده یا نه.
sheet-history = تاریخچه
heading-number = شماره
heading-who = چه کسی
heading-deed = کار
heading-outcome = نتیجه
deed-start = شروع کمپین { CODE($id) }
deed-scheduled = زمان‌بندی شروع { CODE($id) }
deed-testSend = ارسال آزمایشی { CODE($id) } به { $names }
deed-pause = توقف موقت { CODE($id) }
deed-resume = ادامهٔ { CODE($id) }
deed-goFirst = جلو انداختن { CODE($id) }
deed-cancelFollowUps = پایان دادن به پیگیری‌های { CODE($id) }
deed-cancel = لغو { CODE($id) }
deed-retryFailed = تلاش دوباره برای ناموفق‌های { CODE($id) }
deed-startNow = شروع { CODE($id) } پیش از زمانش
deed-moveStart = تغییر زمان شروع { CODE($id) }
deed-change = تغییر { CODE($id) }: { $what }
deed-addNames = افزودن { $names } به { CODE($id) }
deed-takeBack = پس‌گرفتن پیام‌های { CODE($id) }: { $names }
deed-mend = اصلاح پیام‌های { CODE($id) }: { $names }
deed-pauseAmending = توقف موقت پس‌گرفتن یا اصلاح در { CODE($id) }
deed-resumeAmending = ادامهٔ پس‌گرفتن یا اصلاح در { CODE($id) }
deed-stopAmending = پایان دادن به پس‌گرفتن یا اصلاح در { CODE($id) }
deed-resolve = تصمیم دربارهٔ { $names } در { CODE($id) }: { $what }
deed-honourCheckpoint = وارد کردن نقطهٔ ادامه در { CODE($id) }: { $names }
deed-cleanup = پاک کردن نقطهٔ ادامهٔ { CODE($id) }
deed-export = گرفتن فایل نتایج { CODE($id) }
deed-suppress = افزودن { $names } به فهرست عدم ارسال
deed-unsuppress = برداشتن { $names } از فهرست عدم ارسال
deed-collect = جمع‌آوری سرنخ در { CODE($list) }
deed-pauseLeads = توقف موقت جمع‌آوری در { CODE($list) }
deed-resumeLeads = ادامهٔ جمع‌آوری در { CODE($list) }
deed-cancelLeads = پایان دادن به جمع‌آوری در { CODE($list) }
deed-resetLeads = جمع‌آوری { CODE($list) } از نو
deed-exportLeads = گرفتن فایل سرنخ‌های { CODE($list) }
deed-keepAudience = نگه‌داشتن افراد با نام { CODE($list) }
deed-renameAudience = تغییر نام { CODE($list) }
deed-beginWelcome = شروع خوشامد
deed-welcomeOn = روشن کردن خوشامد
deed-welcomeOff = خاموش کردن خوشامد
deed-removeAudience = پاک کردن دستهٔ { CODE($list) }
deed-tag = گذاشتن برچسب { CODE($list) } روی { $names }
deed-untag = برداشتن برچسب { CODE($list) } از { $names }
deed-giveRole = دادن نقش { $what } به { $names }
deed-takeRole = گرفتن نقش { $names }
deed-approvalOn = لازم شدن تأیید یک نفر دیگر برای هر کمپین
deed-approvalOff = برداشتن لزوم تأیید کمپین‌ها
deed-approve = تأیید { CODE($id) }
deed-sendBack = برگرداندن { CODE($id) }
deed-answersOn = روشن کردن نمایش پاسخ‌ها در { CODE($list) }
deed-answersOff = خاموش کردن نمایش پاسخ‌ها در { CODE($list) }
deed-replyTo = جواب به پاسخ شمارهٔ { CODE($list) }
deed-replyTo-named = جواب به { $names } (پاسخ شمارهٔ { CODE($list) })
deed-confirmRestored = اجازهٔ ادامه به { CODE($id) } که از پشتیبان برگشته است
deed-backup = گرفتن پشتیبان
deed-erase = پاک‌کردن داده‌های یک شخص
deed-exportPerson = گرفتن همهٔ داده‌های { $names } در یک فایل
deed-exportHistory = گرفتن فایل تاریخچه
deed-exportSuppressed = گرفتن فایل فهرست عدم ارسال
deed-restore = برگرداندن همه چیز از پشتیبان
deed-moveToDatabase = بردن همه چیز از پوشهٔ داده به پایگاه داده
deed-moveToFiles = بردن همه چیز از پایگاه داده به پوشهٔ داده
deed-addToken = ساختن توکن { CODE($list) } برای برنامهٔ دیگر
deed-revokeToken = باطل کردن توکن { CODE($list) }
deed-addWebhook = ساختن وب‌هوک { CODE($list) }
deed-removeWebhook = حذف وب‌هوک { CODE($list) }
deed-rotateWebhook = رمز تازه برای وب‌هوک { CODE($list) }
deed-resumeWebhook = روشن کردن دوبارهٔ وب‌هوک { CODE($list) }
deed-syncOn = روشن کردن رونوشت در { ISO("PostgreSQL") }
deed-syncOff = خاموش کردن رونوشت در { ISO("PostgreSQL") }
deed-what-sent = رسیده است
deed-what-again = دوباره فرستاده شود
deed-what-skip = همان‌طور بماند
deed-what-check = از سرویس پرسیده شود

## راه‌اندازی دوباره

restarted = پیک دوباره راه‌اندازی شد. { CODE($id) } از همان‌جا ادامه می‌یابد: { $sent } از { $total } ارسال شده و هیچ‌کس دو پیام نگرفته است.
restarted-paused = پیک دوباره راه‌اندازی شد. { CODE($id) } همان‌جا که بود موقتاً متوقف است: { $sent } از { $total } ارسال شده و هیچ‌کس دو پیام نگرفته است.
restarted-again = پیک دوباره راه‌اندازی شد. { CODE($id) } از همان‌جا ادامه می‌یابد: { $sent } از { $total } ارسال شده است.
restarted-paused-again = پیک دوباره راه‌اندازی شد. { CODE($id) } همان‌جا که بود موقتاً متوقف است: { $sent } از { $total } ارسال شده است.
restarted-uncertain =
    { $count ->
        [one] { $count } مورد نامشخص است و بررسی می‌شود؛ آنچه روشن نشود با دکمهٔ زیر دیده می‌شود.
       *[other] { $count } مورد نامشخص است و بررسی می‌شود؛ آنچه روشن نشود با دکمهٔ زیر دیده می‌شود.
    }

## روند ارسال

log-heading = <b>کمپین { CODE($id) }</b>
log-uncertain =
    { $count ->
        [one] ❓ وضع { $count } گیرنده نامشخص شد؛ پیام شاید رسیده باشد؛ دوباره فرستاده نشد.
       *[other] ❓ وضع { $count } گیرنده نامشخص شد؛ پیام شاید رسیده باشد؛ دوباره فرستاده نشد.
    }
log-noCheckpoint = کمپین تازه است: هنوز کسی پیامش را نگرفته است.
log-checkpointLoaded = نقطهٔ ادامه خوانده شد؛ { $names } نام قبلاً ارسال شده است.
log-alreadySent = به { $names } نفر قبلاً ارسال شده است و کنار گذاشته می‌شوند.
log-skipped = نام { CODE($username) } { $reason }.
log-optedOut = گیرندهٔ { CODE($username) } در پاسخ به { CODE($account) } انصراف داد و به فهرست عدم ارسال رفت.
log-looksAgain = رسیدن پیام‌های نامشخص { CODE($account) } را { $moment } می‌توان دوباره بررسی کرد.
log-unheard = پاسخ‌هایی که به { CODE($account) } رسیده پیش از { $moment } خواندنی نیست ({ ISO($why) }). هر کس قبلاً پیام گرفته منتظر می‌ماند، چون شاید انصراف داده باشد.
log-unheard-open = پاسخ‌هایی که به { CODE($account) } رسیده خواندنی نیست ({ ISO($why) }). هر کس قبلاً پیام گرفته منتظر می‌ماند، چون شاید انصراف داده باشد.
log-checkpointSaved = نقطهٔ ادامه با { $names } نام ذخیره شد.
log-checkpointRemoved = نقطهٔ ادامه حذف شد.
log-settled-sent = پیام { CODE($username) } ارسال شد و علامت خورد.
log-settled-notFound = نام { CODE($username) } پیدا نشد.
log-settled-refused = گیرندهٔ { CODE($username) } نپذیرفت.
log-settled-failed = ارسال به { CODE($username) } ناموفق بود ({ ISO($why) }).
log-settled-uncertain = وضع { CODE($username) } نامشخص است ({ ISO($why) }).
log-settled-planned = پیام به { CODE($username) } نرسید و دوباره تلاش می‌شود ({ ISO($why) }).
log-account-capped = حساب { CODE($account) } به سقفش رسید.
log-account-capped-until = حساب { CODE($account) } به سقفش رسید؛ ارسال بعدی { $moment }.
log-account-resting = حساب { CODE($account) } به استراحت رفت ({ ISO($why) }).
log-account-resting-until = حساب { CODE($account) } تا { $moment } استراحت می‌کند ({ ISO($why) }).
log-account-locked = حساب { CODE($account) } قفل شد.
log-account-loggedOut = ورود حساب { CODE($account) } باطل شد؛ دوباره واردش کنید.
log-account-back = حساب { CODE($account) } برگشت.
log-status-running = در حال اجراست.
log-status-scheduled = زمان‌بندی شد.
log-status-paused = موقتاً متوقف شد.
log-status-finished = به پایان رسید.
log-status-cancelled = لغو شد.
log-takeBack-running = پیام‌ها پس گرفته می‌شوند.
log-takeBack-paused = پس‌گرفتن موقتاً متوقف است.
log-takeBack-stopped = پس‌گرفتن متوقف شد؛ آنچه پس گرفته نشد می‌ماند.
log-takeBack-finished = پس‌گرفتن تمام شد. در فایل نتایج آمده است که پیام چه کسی ماند و چرا.
log-takeBack-halted = پس‌گرفتن موقتاً متوقف شد ({ ISO($why) }).
log-mend-running = پیام‌ها اصلاح می‌شوند.
log-mend-paused = اصلاح موقتاً متوقف است.
log-mend-stopped = اصلاح متوقف شد؛ آنچه اصلاح نشد می‌ماند.
log-mend-finished = اصلاح تمام شد. در فایل نتایج آمده است که پیام چه کسی همان‌طور ماند و چرا.
log-mend-halted = اصلاح موقتاً متوقف شد ({ ISO($why) }).
log-more = … و { $count } مورد دیگر.

## فهرست عدم ارسال

suppress-standing =
    { $count ->
        [0] کسی در فهرست عدم ارسال نیست.
        [one] { $count } نام در فهرست عدم ارسال است. هیچ کمپینی به آن پیام نمی‌فرستد.
       *[other] { $count } نام در فهرست عدم ارسال است. هیچ کمپینی به آن‌ها پیام نمی‌فرستد.
    }
suppress-how =
    با { CODE("/suppress ali sara") } نام‌ها اضافه می‌شوند و با { CODE("/unsuppress ali") } برداشته می‌شوند؛ { CODE("/suppressed ali") } دنبالشان می‌گردد.
button-suppress-look = 🔎 دیدن نام‌های فهرست
button-suppress-file = 📄 همهٔ فهرست در یک فایل
suppress-file = فهرست-عدم-ارسال.csv
suppress-file-caption = همهٔ نام‌های فهرست عدم ارسال. همین فایل را می‌شود دوباره به فهرست اضافه کرد.
suppress-found =
    { $count ->
        [0] نامی که { CODE($text) } در آن یا در یادداشتش باشد در فهرست عدم ارسال نیست.
        [one] { $count } نام با { CODE($text) } در خود یا در یادداشتش در فهرست عدم ارسال است:
       *[other] { $count } نام با { CODE($text) } در خود یا در یادداشتش در فهرست عدم ارسال است:
    }
suppress-line = نام { CODE($username) }: { $reason }، { $moment }
suppress-line-note = نام { CODE($username) }: { $reason }، { $moment } ({ ISO($note) })
button-opt-outs = 📄 افزودن یک فهرست کامل
ask-opt-outs =
    فهرست کسانی را که نباید پیام بگیرند بفرستید: { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } تا ۲۰ مگابایت، یا خود نام‌ها. همهٔ برگه‌های صفحه‌گسترده خوانده می‌شود.
    دلیلی که برایشان نوشته می‌شود: { ISO($reason) }. دلیل دیگر را با یک لمس انتخاب کنید.
opt-outs-counts =
    { $read ->
        [one] { $read } سطر خوانده شد:
       *[other] { $read } سطر خوانده شد:
    } { $unchanged } نام قبلاً در فهرست بود، { $duplicates } تکراری، { $invalid } نامعتبر.
opt-outs-missed =
    { $count ->
        [one] <b>از { $count } سطر نامی خوانده نشد</b> و کسی که در آن است همچنان پیام می‌گیرد:
       *[other] <b>از { $count } سطر نامی خوانده نشد</b> و کسانی که در آن‌ها هستند همچنان پیام می‌گیرند:
    }
opt-outs-cancelled = لغو شد. کسی به فهرست عدم ارسال اضافه نشد.
suppress-added =
    { $count ->
        [0] این‌ها از پیش در فهرست عدم ارسال بودند.
        [one] { $count } نام اضافه شد. از این پس هیچ کمپینی به آن پیام نمی‌فرستد.
       *[other] { $count } نام اضافه شد. از این پس هیچ کمپینی به آن‌ها پیام نمی‌فرستد.
    }
suppress-removed =
    { $count ->
        [0] هیچ‌کدام در فهرست عدم ارسال نبود.
        [one] { $count } نام از فهرست عدم ارسال برداشته شد.
       *[other] { $count } نام از فهرست عدم ارسال برداشته شد.
    }
suppress-invalid = این‌ها نام کاربری نیستند: { $texts }

## یک شخص

who-how = چه کسی؟ نام، لینک یا شناسه را پس از دستور بنویسید، مثلاً { CODE("/who ali") }؛ یا در پاسخ به کارت یک نفر { COMMAND("who") } را بفرستید.
who-no-name = این نامی نیست که بشود دنبالش گشت: { ISO($why) }. نام کاربری، لینک پروفایل یا شناسه بفرستید.
who-title = 👤 نام <b>{ CODE($name) }</b>
who-nothing = دربارهٔ { CODE($name) } چیزی ثبت نشده است: نه در کمپینی هست، نه در فهرست سرنخ‌ها، نه در فهرست عدم ارسال و نه میان مشترک‌ها. نام‌ها حرف‌به‌حرف مقایسه می‌شوند.
who-was-erased = ⛔ داده‌هایش پاک شده است: در هر فهرستی هم بیاید، پیامی برایش فرستاده نمی‌شود. آنچه بوده دیگر معلوم نیست.
who-free = در فهرست عدم ارسال نیست.
who-suppressed = ⛔ در فهرست عدم ارسال: { CODE($username) }، { $reason }، { $moment }
who-suppressed-note = ⛔ در فهرست عدم ارسال: { CODE($username) }، { $reason }، { $moment } ({ ISO($note) })
who-several =
    { $count ->
        [one] این نام مال یک نفر است.
       *[other] این نام مال { $count } نفر است، هر کدام در یک پلتفرم یا یکی پس از دیگری. تک‌تک:
    }
who-counts =
    { $count ->
        [one] در { $count } کمپین: { $counts }.
       *[other] در { $count } کمپین: { $counts }.
    }
who-count = { RTL($state) }: { $count }
who-person = در <b>{ $channel }</b>: { CODE($name) }
who-person-formerly = در <b>{ $channel }</b>: { CODE($name) }، نام‌های قبلی { $names }
who-id = شناسه { CODE($id) }: نام هر چه بشود، همین شخص است.
who-no-id = شناسه‌ای معلوم نیست؛ اگر نامش عوض شود، پیک او را نفر دیگری به حساب می‌آورد.
who-no-campaign = در هیچ کمپینی نیست.
who-subscriber-active = مشترک، از { $moment }
who-subscriber-through = مشترک، از { $moment }، از راه { CODE($source) }
who-subscriber-stopped = اشتراکش را { $moment } لغو کرده و چیزی برایش فرستاده نمی‌شود.
who-subscriber-blocked = { $moment } پیک را مسدود کرده و چیزی برایش فرستاده نمی‌شود.
who-subscriber-deactivated = تلگرام { $moment } گفت که این حساب دیگر وجود ندارد.
who-row = کمپین { $number }، { CODE($id) }: { $state }
who-row-at = کمپین { $number }، { CODE($id) }: { $state }، { $moment }
who-row-with = کمپین { $number }، { CODE($id) }: { $state }، { $moment }، با حساب { CODE($account) }
who-row-attempts =
    { $count ->
        [one] در تلاش اول.
       *[other] در تلاش { $count }.
    }
who-row-name = در فهرست آن با نام { CODE($username) }.
who-row-why = دلیل: { ISO($why) }.
who-row-for = کمپین { CODE($id) } برایش پیام فرستاده است.
who-row-text = متن: «{ ISO($text) }»
who-row-text-in = متن به زبان { ISO($language) }: «{ ISO($text) }»
who-row-text-revision-in = متن نسخهٔ { $revision } به زبان { ISO($language) }: «{ ISO($text) }»
who-row-text-revision = متن نسخهٔ { $revision }: «{ ISO($text) }»
who-leads =
    { $count ->
        [one] در { $count } فهرست سرنخ:
       *[other] در { $count } فهرست سرنخ:
    }
who-lead = فهرست { CODE($list) }: { $moment } پیدا شد ({ ISO($target) })
who-tags = 🏷 برچسب‌ها: { $names }
who-unknown-tags = ⚠️ برچسب‌ها خوانده نمی‌شود؛ معلوم نیست این شخص کدام را دارد. روی سرور، { CODE($command) } می‌گوید کدام سطر است.
who-unknown-campaign = ⚠️ کمپین { CODE($name) } خوانده نمی‌شود و معلوم نیست آنجا با این شخص چه شده است. روی سرور، فرمان { CODE($command) } می‌گوید کدام سطر خراب است.
who-unknown-leads = ⚠️ فهرست سرنخ { CODE($name) } خوانده نمی‌شود و معلوم نیست این شخص در آن هست یا نه.
who-unknown-people = ⚠️ سابقهٔ اینکه هر نام مال کیست خوانده نمی‌شود و نام‌های دیگر این شخص معلوم نیست. روی سرور، فرمان { CODE($command) } می‌گوید کدام سطر خراب است.
who-unknown-doNotSend = ⚠️ فهرست عدم ارسال خوانده نمی‌شود و معلوم نیست این شخص در آن هست یا نه. روی سرور، فرمان { CODE($command) } می‌گوید کدام سطر خراب است.
who-unknown-answers = ⚠️ پاسخ‌ها خوانده نمی‌شوند و معلوم نیست این شخص چه پاسخی داده است. روی سرور، فرمان { CODE($command) } می‌گوید کدام سطر خراب است.
who-unknown-more =
    { $count ->
        [one] { $count } مورد دیگر هم خوانده نمی‌شود.
       *[other] { $count } مورد دیگر هم خوانده نمی‌شود.
    }
who-blocked =
    { $count ->
        [0] از پیش در فهرست عدم ارسال است.
       *[other] به فهرست عدم ارسال رفت. دیگر هیچ کمپینی به او پیام نمی‌فرستد.
    }
who-allow-ask = نام { $names } از فهرست عدم ارسال برداشته شود؟ کمپین‌ها آن وقت دوباره می‌توانند به او پیام بفرستند.
who-allow-stop = خودش گفته که پیام نمی‌خواهد؛ فقط اگر دوباره پیام خواسته است ادامه دهید.
who-back-ask = پیام { CODE($id) } به { CODE($username) } پس گرفته شود؟ پیام از گفت‌وگوی گیرنده پاک می‌شود و { CODE($id) } دیگر به او نمی‌نویسد. این کار برگشت ندارد.
who-back-none = نام { CODE($username) } پیامی از { CODE($id) } ندارد که هنوز پس‌گرفتنی باشد.
who-kept = همان‌طور که بود ماند.
button-who-export = 📄 همهٔ داده‌هایش، در یک فایل
who-export-caption = همهٔ آنچه دربارهٔ این شخص نگه داشته شده است. آن را به کس دیگری ندهید.
button-who-erase = 🗑 پاک‌کردن این شخص…
who-erase-ask =
    همهٔ داده‌های { CODE($name) } پاک شود؟ نام‌ها، متن‌ها و مقدارها از کمپین‌ها، فهرست‌ها، سرنخ‌ها، فهرست عدم ارسال و رونوشت PostgreSQL پاک می‌شوند. همهٔ خروجی‌هایی که پیک نگه داشته هم پاک می‌شوند. این کار برگشت ندارد.

    فقط این می‌ماند که برایش پیامی فرستاده شده، بی‌آنکه معلوم باشد کیست: در هر فهرستی هم بیاید، دیگر هیچ‌وقت چیزی برایش فرستاده نمی‌شود. آنچه در این گفت‌وگو، در نسخه‌های پشتیبان و در فایل‌های فرستاده‌شده است سر جایش می‌ماند.

    پیک برای این کار چند ثانیه متوقف می‌شود و اول ارسال‌های در جریان را تمام می‌کند.
button-who-erase-yes = برای همیشه پاک کن
who-erasing = دیگر چیزی برایش فرستاده نمی‌شود. پیک لحظه‌ای متوقف می‌شود، پاک می‌کند و ادامه می‌دهد؛ پایانش همین‌جا گفته می‌شود.
who-erased = داده‌های آن شخص پاک شد. آنچه تلگرام در این گفت‌وگو نشان می‌دهد را خودتان می‌توانید پاک کنید.
who-erase-not = چیزی برای پاک‌کردن نمانده است.
results-erased = (پاک‌شده)
button-who = 👤 نام { ISO($name) }
button-who-resolve = ❓ تصمیم دربارهٔ { ISO($id) }
button-who-back = ⏪ پس‌گرفتن از { ISO($id) }
button-who-block = ⛔ عدم ارسال
button-who-allow = برداشتن از فهرست عدم ارسال
button-who-allow-yes = بله، از فهرست برداشته شود
button-who-keep = نه، بماند
button-who-write = ✉️ نوشتن به { ISO($name) }
button-who-tags = 🏷 برچسب‌ها

## پاسخ‌ها

answer-title = 💬 پیامی از { CODE($name) }، { $moment }:
answer-title-to = 💬 پاسخ { CODE($name) } به { CODE($id) }، { $moment }:
answer-answered = متنی که گرفته بود:
answer-automatic = به نظر می‌رسد این را برنامه‌ای فرستاده است؛ پاسخ به حساب نمی‌آید.
answer-erased = (پاک شده)
answer-somebody = یک نفر
answer-passed-on = پیام شما به دست فرستنده رسید و خوانده می‌شود.
answer-replied = جوابی که دادید، { $moment }:
answer-how-to-reply = به همین پیام جواب بدهید تا نوشتهٔ شما از حساب { CODE($account) } به دستش برسد.
reply-sent = ✅ جواب شما به { CODE($name) } رسید.
reply-waits = ⏳ جواب شما به { CODE($name) } منتظر محدودیت حساب است و خودبه‌خود فرستاده می‌شود؛ خبرش می‌آید.
reply-failed = ❌ جواب شما به { CODE($name) } نرسید: { ISO($why) }.
reply-uncertain = ❓ جواب شما به { CODE($name) } شاید رسیده باشد ({ ISO($why) }). خودبه‌خود دوباره فرستاده نمی‌شود. پیک اکنون خود گفت‌وگو را نگاه می‌کند و آنچه ببیند به شما می‌گوید.
reply-uncertain-left = ❓ جواب شما به { CODE($name) } شاید رسیده باشد و معلوم نشد رسیده است یا نه ({ ISO($why) }). خودبه‌خود دوباره فرستاده نمی‌شود؛ پیش از نوشتن دوباره، خود حساب را ببینید.
reply-problem-noAnswer = اینجا دیگر معلوم نیست این پاسخ از کیست، برای همین جواب شما فرستاده نشد. { COMMAND("answers") } پاسخ‌های موجود را نشان می‌دهد؛ به یکی از همان‌ها جواب بدهید.
reply-problem-empty = جواب خالی فرستاده نمی‌شود.
reply-problem-notSetUp = راهی که این پیام از آن آمده دیگر اینجا راه‌اندازی نشده است؛ جواب فرستاده نشد.
reply-problem-tooLong = جواب شما { $length } نویسه دارد و { $max } نویسه جا می‌شود. فرستاده نشد.
reply-problem-noText = جواب فقط می‌تواند متن باشد. این فرستاده نشد.
reply-another = پیش از شما { ISO($who) } به { CODE($name) } جواب داده است، { $moment }:
reply-another-ask = جواب شما فرستاده نشد. آن هم فرستاده شود؟
button-reply-too = 📨 جواب من هم برود
reply-edited = ویرایش چیزی را عوض نمی‌کند: آنچه برای { CODE($name) } می‌رود همان است که اول نوشتید. اگر حرف دیگری هست، یک بار دیگر به کارت جواب بدهید.
answer-media-photo = [عکس]
answer-media-video = [ویدئو]
answer-media-voice = [پیام صوتی]
answer-media-audio = [فایل صوتی]
answer-media-sticker = [استیکر]
answer-media-animation = [گیف]
answer-media-document = [فایل]
answer-media-location = [موقعیت مکانی]
answer-media-contact = [شمارهٔ تماس]
answer-media-poll = [نظرسنجی]
answer-media-other = [چیزی که متن نیست]
answers-title =
    { $count ->
        [0] 💬 هنوز کسی پاسخ نداده است. هر پاسخ همین‌جا در یک کارت می‌آید.
        [one] 💬 <b>{ $count } نفر پاسخ داده است</b>
       *[other] 💬 <b>{ $count } نفر پاسخ داده‌اند</b>، تازه‌ترین‌ها اول
    }
answers-title-about =
    { $count ->
        [0] 💬 از { CODE($about) } پاسخی ثبت نشده است: نه کمپینی با این نام پاسخ گرفته و نه شخصی با این نام پاسخ داده است.
        [one] 💬 <b>{ $count } نفر پاسخ داده است</b>: { CODE($about) }
       *[other] 💬 <b>{ $count } نفر پاسخ داده‌اند</b>: { CODE($about) }، تازه‌ترین‌ها اول
    }
answers-title-nobody = 💬 <b>هنوز هیچ شخصی پاسخ نداده است.</b>
answers-automatic =
    { $count ->
        [one] { $count } پیامِ این فهرست، تا جایی که از متنش پیداست، خودکار است و به حساب کسی نمی‌آید.
       *[other] { $count } پیامِ این فهرست، تا جایی که از متنشان پیداست، خودکار است و به حساب کسی نمی‌آید.
    }
answers-line = پاسخ { $number } از { CODE($name) }، { $moment }: «{ ISO($text) }»
answers-line-to = پاسخ { $number } از { CODE($name) } به { CODE($id) }، { $moment }: «{ ISO($text) }»
answers-channel-on = در { $channel }: پاسخ‌ها به این گفت‌وگو می‌آیند و نگه داشته می‌شوند.
answers-channel-off = در { $channel }: پاسخ‌ها فقط برای یافتن کلمه‌های انصراف خوانده می‌شوند و نگه داشته نمی‌شوند.
answers-ask =
    پاسخ‌های { $channel } نگه داشته و اینجا نشان داده شوند؟
    خواندن هر پیام صندوق حساب‌ها { NUMBER($spent, maximumFractionDigits: 3) } دلار هزینه دارد (قیمت { CODE($day) })، پیام‌های خودتان هم جزو آن‌ها هستند. پیک برای کلمه‌های انصراف در هر حال آن‌ها را می‌خواند، پس نگه‌داشتن پاسخ‌ها هزینهٔ بیشتری ندارد. فقط نوشته‌های کسانی نگه داشته می‌شود که کمپینی برایشان پیام فرستاده است، و فقط اپراتورها آن را می‌بینند؛ خواست { $channel } همین است.
answers-many =
    { $count ->
        [one] 💬 { $count } پاسخ دیگر هم رسید. آن را با { COMMAND("answers") } ببینید.
       *[other] 💬 { $count } پاسخ دیگر هم رسید. همه را با { COMMAND("answers") } ببینید؛ تازه‌ترین‌ها در کارت‌های بعدی می‌آیند.
    }
card-answered = 💬 پاسخ دادند: { $count }
heading-answered = زمان پاسخ
who-row-answer = 💬 پاسخ داد، { $moment }: «{ ISO($text) }»
who-row-answer-automatic = 💬 پاسخ خودکار، { $moment }: «{ ISO($text) }»
who-row-follow-up = ↪️ اگر تا آن زمان پاسخ ندهد، پیگیری می‌شود: { $moment }.
who-row-answers-more =
    { $count ->
        [one] { $count } پاسخ دیگر هم هست.
       *[other] { $count } پاسخ دیگر هم هست.
    }
who-wrote = 💬 خودش نوشت، { $moment }، در پاسخ به هیچ کمپینی: «{ ISO($text) }»
log-answered = پاسخ از { CODE($username) } رسید.
cli-event-answered = پاسخ از { ISO($username) } رسید.
cli-show-answered = پاسخ دادند: { $count }
button-answer = 💬 پاسخ { $number }
button-answer-who = 👤 این شخص کیست
button-answers-on = 🔔 پاسخ‌های { $channel } بیاید
button-answers-off = 🔕 پاسخ‌های { $channel } نیاید

## مشترک‌ها

subscribed = شما مشترک { ISO($bot) } شدید و پیام‌هایش همین‌جا به دستتان می‌رسد. هر وقت بخواهید، { COMMAND("stop") } همان لحظه لغوش می‌کند.
button-leave = 🔕 لغو اشتراک
language-own-ask =
    پیام‌هایی را که به چند زبان نوشته شده‌اند به کدام زبان می‌خواهید؟
    زبان { ISO($fa) }: { COMMAND("language_fa") }
    زبان { ISO($en) }: { COMMAND("language_en") }
    یا زبان دیگری را بعد از دستور بنویسید: { CODE("/language Deutsch") }
language-own-set = از این پس پیام‌ها را به زبان { ISO($language) } می‌گیرید، اگر به آن نوشته شده باشند.
language-not-subscribed = شما مشترک نیستید، پس پیامی برایتان فرستاده نمی‌شود. { COMMAND("start") } شما را مشترک می‌کند.
subscribed-again = شما قبلاً مشترک شده‌اید. { COMMAND("stop") } همان لحظه لغوش می‌کند.
unsubscribed = اشتراک شما لغو شد و دیگر پیامی برایتان فرستاده نمی‌شود. { COMMAND("start") } دوباره شما را مشترک می‌کند.
not-subscribed = شما مشترک نیستید و چیزی برایتان فرستاده نمی‌شود. { COMMAND("start") } شما را مشترک می‌کند.
operator-unsubscribed = اشتراک شما لغو شد و دیگر هیچ کمپینی برایتان پیام نمی‌فرستد. { COMMAND("subscribe") } دوباره شما را مشترک می‌کند.
operator-not-subscribed = شما مشترک نیستید و کمپین‌ها برایتان چیزی نمی‌فرستند. { COMMAND("subscribe") } شما را مشترک می‌کند.
subscribers-count =
    { $count ->
        [0] هنوز کسی مشترک نشده است.
        [one] <b>{ $count }</b> مشترک.
       *[other] <b>{ $count }</b> مشترک.
    }
subscribers-source = از { CODE($source) }: { $count }
subscribers-link =
    هر کس این لینک را باز کند و دکمهٔ «شروع» ({ ISO("Start") }) را بزند مشترک می‌شود: { $link }
    کلمه‌ای به انتخاب شما در پایان لینک، بعدها نشان می‌دهد هر کس از کجا آمده است: { $example }
subscribers-self = با { COMMAND("subscribe") } خود شما هم مشترک می‌شوید تا بتوان برایتان ارسال آزمایشی کرد؛ { COMMAND("stop") } آن را لغو می‌کند.
## Growth: joining, leaving and blocking over time

growth-title = مشترک‌ها
growth-standing =
    { $count ->
        [one] ۱ مشترک
       *[other] { $count } مشترک
    }
growth-period = از { $from } تا { $until }
growth-joined = مشترک شدند
growth-left = خودشان رفتند
growth-blocked = مسدود کردند
growth-gone = حسابشان حذف شده
growth-count = { $count }
growth-time = در طول زمان
growth-note-days =
    { $count ->
        [1] هر ستون یک روز است: رو به بالا آمده‌ها، رو به پایین رفته‌ها.
        [one] هر ستون { $count } روز است: رو به بالا آمده‌ها، رو به پایین رفته‌ها.
       *[other] هر ستون { $count } روز است: رو به بالا آمده‌ها، رو به پایین رفته‌ها.
    }
growth-sources = بر اساس لینکی که از آن آمده‌اند
growth-no-source = بی‌نشانی از لینک
growth-source = اکنون { $count }: { $joined } آمده، { $left } رفته، { $blocked } مسدود
growth-sources-more =
    { $count ->
        [one] و ۱ مورد دیگر
       *[other] و { $count } مورد دیگر
    }
growth-caption = 📈 اکنون { $figures }؛ { $duration }: آمده { $joined }، رفته { $left }، مسدود { $blocked }، حساب‌های حذف‌شده { $gone }.
growth-days-wrong = چند روز پیش؟ یک عدد از ۱ تا ۳۶۵۰، مثل { CODE("/growth 90") }؛ کلمهٔ یک لینک پس از آن فقط همان‌ها را می‌گوید.
button-growth = 📈 روند مشترک‌ها
button-growth-days =
    { $count ->
        [one] { $count } روز
       *[other] { $count } روز
    }
## Audiences: people kept under a name, and tags

audiences-title = 📇 <b>دسته‌ها</b>: کسانی که با یک نام برای کمپین‌های بعدی نگه داشته شده‌اند.
audiences-none = هنوز دسته‌ای نگه داشته نشده است. وقتی فهرستی برای کمپین تازه خوانده شد، دکمهٔ «نگه‌داشتن با یک نام» آن را نگه می‌دارد.
audiences-rename-how = نام دیگر: { CODE($command) }
audience-list =
    { $count ->
        [one] 📇 <b>{ ISO($name) }</b>: فهرستی با <b>۱</b> نام، ثبت‌شده { $moment } ({ ISO($origin) }).
       *[other] 📇 <b>{ ISO($name) }</b>: فهرستی با <b>{ $count }</b> نام، ثبت‌شده { $moment } ({ ISO($origin) }).
    }
audience-conditions =
    { $count ->
        [0] 📇 <b>{ ISO($name) }</b>: مشترک‌ها با شرط، اکنون هیچ‌کس.
        [one] 📇 <b>{ ISO($name) }</b>: مشترک‌ها با شرط، اکنون <b>۱</b> نفر.
       *[other] 📇 <b>{ ISO($name) }</b>: مشترک‌ها با شرط، اکنون <b>{ $count }</b> نفر.
    }
audience-frozen = هر که هنگام آماده‌شدن کمپین این شرط‌ها را داشته باشد گیرندهٔ آن می‌شود و همان‌طور می‌ماند.
audience-defined = با نام { CODE($name) } نگه داشته شد. { COMMAND("audiences") } آن را نشان می‌دهد و کمپین بعدی پیشنهادش می‌کند.
audience-ask =
    { $count ->
        [0] کدام مشترک‌ها؟ اکنون کسی این شرط‌ها را ندارد.
        [one] کدام مشترک‌ها؟ اکنون <b>۱</b> نفر این شرط‌ها را دارد.
       *[other] کدام مشترک‌ها؟ اکنون <b>{ $count }</b> نفر این شرط‌ها را دارند.
    }
audience-ask-values = هر کدام از این‌ها، هر چند تا که بخواهید:
audience-ask-campaign = کدام کمپین؟
audience-ask-since = از چه روزی مشترک باشند؟ روز را بفرستید، مثل «دیروز»، «دو هفته پیش»، «اول مهر» یا «۱۴۰۵/۷/۱».
audience-since-wrong = این تاریخ پذیرفته نشد. { $problem }
audience-ask-name-new = این شرط‌ها با چه نامی نگه داشته شود؟ نام را بفرستید، مثلاً { CODE("همیشگی‌ها") }.
audience-nothing-to-choose = هنوز چیزی از این نوع برای انتخاب نیست.
audience-cancelled = چیزی نگه داشته نشد.
condition-none = بدون شرط: همهٔ مشترک‌ها.
condition-sources = آمده از { $names }
condition-languages = زبانشان { $names }
condition-joinedSince = مشترک از { ISO($moment) } به بعد
condition-got = حتماً گرفته‌اند: { $names }
condition-notGot = حتماً نگرفته‌اند: { $names }
condition-answered = پاسخ داده‌اند به { $names }
condition-notAnswered = پاسخ نداده‌اند به { $names }
condition-tags = با برچسب { $names }
condition-withoutTags = بدون برچسب { $names }
button-condition-sources = لینکی که از آن آمده‌اند
button-condition-languages = زبان
button-condition-joinedSince = مشترک از
button-condition-got = گیرندهٔ یک کمپین
button-condition-notGot = نگرفتن یک کمپین
button-condition-answered = پاسخ داده
button-condition-notAnswered = پاسخ نداده
button-condition-tags = برچسب
button-condition-withoutTags = بدون برچسب
button-condition-value = { ISO($name) } ({ $count })
button-condition-chosen = ✓ { ISO($name) } ({ $count })
button-condition-done = تمام شد
button-condition-none = بدون این شرط
button-conditions-keep = 📇 نگه‌داشتن با یک نام
button-audience-new = ➕ انتخاب مشترک‌ها
## Welcome: a campaign that stands and writes once to each new subscriber

welcome-none = 👋 پیام خوشامدی نیست. خوشامد کمپینی است که از این پس به هر که «شروع» را بزند یک بار می‌نویسد، با هر راه‌اندازی دوباره هم؛ کسی که برود و برگردد بار دوم آن را نمی‌گیرد.
welcome-on = 👋 کمپین <b>{ ISO($id) }</b> روشن است: هر که مشترک شود یک بار این را می‌گیرد.
welcome-off = 👋 کمپین <b>{ ISO($id) }</b> خاموش است: هر که مشترک شود چیزی نمی‌گیرد.
welcome-counts =
    { $total ->
        [0] از آن زمان کسی نیامده است.
        [one] ۱ نفر آمده: ارسال‌شده { $sent }، در صف { $left }، نامشخص { $unknown }، دیگر { $skipped }.
       *[other] { $total } نفر آمده‌اند: ارسال‌شده { $sent }، در صف { $left }، نامشخص { $unknown }، دیگر { $skipped }.
    }
welcome-campaign-how = متن، سرعت، بازهٔ ارسال، توقف موقت و لغو در کارت آن است: { CODE($command) }. متن دیگر برای کسانی است که بعداً می‌آیند.
welcome-exists = پیام خوشامد هست. { COMMAND("welcome") } آن را نشان می‌دهد؛ متن دیگر در کارتش نوشته می‌شود.
welcome-noTelegram = پیک اینجا باتی از تلگرام برای ارسال ندارد، پس به کسی نمی‌توان خوشامد گفت.
welcome-notNow = اکنون نشد خوشامد شروع شود. دوباره امتحان کنید.
welcome-confirm = از این پس هر که «شروع» را بزند یک بار این را می‌گیرد. رضایتشان همان زدن «شروع» است.
welcome-begun = 👋 خوشامد با نام <b>{ ISO($id) }</b> روشن شد. { COMMAND("welcome") } آن را نشان می‌دهد و خاموش می‌کند.
welcome-turned-on = خوشامد روشن شد: هر که از این پس مشترک شود آن را می‌گیرد.
welcome-turned-off = خوشامد خاموش شد. کسی که قبلاً آمده و در صف است هنوز آن را می‌گیرد.
welcome-cancelled = خوشامدی شروع نشد.
welcome-consent = دکمهٔ «شروع» را زده‌اند
card-standing-on = 👋 خوشامد: به هر مشترک تازه یک بار می‌نویسد.
card-standing-off = 👋 خوشامد، خاموش: کسی اضافه نمی‌شود.
button-welcome-new = 👋 نوشتن پیام خوشامد
button-welcome-start = 👋 شروع
button-welcome-off = خاموش
button-welcome-on = روشن
audience-among = از جمله: { $names }
audience-tag-how = یک برچسب برای همهٔ آن‌ها: { CODE($command) }
audience-gone = دسته‌ای به نام { CODE($name) } نیست. { COMMAND("audiences") } همهٔ دسته‌ها را نشان می‌دهد.
audience-kept =
    { $count ->
        [one] با نام { CODE($name) } نگه داشته شد: ۱ نام. { COMMAND("audiences") } آن را نشان می‌دهد و کمپین بعدی پیشنهادش می‌کند.
       *[other] با نام { CODE($name) } نگه داشته شد: { $count } نام. { COMMAND("audiences") } آن را نشان می‌دهد و کمپین بعدی پیشنهادش می‌کند.
    }
audience-taken = دسته‌ای به نام { CODE($name) } هست. نام دیگری بفرستید، یا آن را در { COMMAND("audiences") } حذف کنید.
audience-badName = این نام نمی‌شود: تا ۴۰ حرف، رقم، فاصله، نقطه و خط تیره، با دست‌کم یک حرف.
audience-noList = این فهرست دیگر نیست. دوباره بفرستیدش.
audience-ask-name = این فهرست با چه نامی نگه داشته شود؟ نام را بفرستید، مثلاً { CODE("مشتری‌ها") }.
audience-renamed = نامش اکنون { CODE($name) } است.
audience-remove-ask = { CODE($name) } حذف شود؟ افراد آن دیگر نگه داشته نمی‌شوند. کمپین‌هایی که از آن ساخته شده‌اند همان‌طور می‌مانند.
audience-removed = دستهٔ { CODE($name) } حذف شد.
button-audience-use = ✉️ نوشتن به آن‌ها
button-audience-remove = حذف
button-audience-remove-yes = بله، حذف شود
button-audience-stays = نه، بماند
button-list-keep = 📇 نگه‌داشتن با یک نام
tags-title = 🏷 <b>برچسب‌ها</b>
tags-none = هنوز کسی برچسبی ندارد.
tags-line = برچسب { CODE($tag) }: { $count }
tag-how =
    برای برچسب‌زدن: { CODE("/tag vip ali sara") }
    برای همهٔ یک دسته: { CODE("/tag vip = customers") }
    برای برداشتن: { CODE("/untag vip ali") }
tag-added =
    { $count ->
        [one] اکنون ۱ نفر دیگر برچسب { CODE($tag) } دارد.
       *[other] اکنون { $count } نفر دیگر برچسب { CODE($tag) } دارند.
    }
tag-added-before = { $count } نفر از قبل برچسب { CODE($tag) } داشتند.
tag-taken =
    { $count ->
        [one] برچسب { CODE($tag) } از ۱ نفر برداشته شد.
       *[other] برچسب { CODE($tag) } از { $count } نفر برداشته شد.
    }
tag-taken-before = { $count } نفر برچسب { CODE($tag) } نداشتند.
tag-badTag = این برچسب نمی‌شود: یک کلمه تا ۲۴ حرف، رقم، خط تیره و زیرخط، با دست‌کم یک حرف.
tag-noAudience = دسته‌ای با این نام نیست. { COMMAND("audiences") } همهٔ دسته‌ها را نشان می‌دهد.
tag-person = برچسب‌های { CODE($name) }. با هر ضربه یکی زده یا برداشته می‌شود. برچسب تازه: { CODE($command) }
button-tag-on = ✓ { ISO($tag) }
button-tag-off = { ISO($tag) }

## تنظیم‌های هر اپراتور

ask-language = پیک به چه زبانی با شما حرف بزند؟
button-english = English
button-persian = فارسی
language-set = از این پس پیک با شما فارسی حرف می‌زند.
ask-log =
    هنگام ارسال کمپین، پیک چقدر اینجا بنویسد؟
    اکنون: <b>{ $now }</b>. پیام روند کار و خلاصهٔ پایانی همیشه می‌آید.
log-off = هیچ
log-important = موارد مهم
log-all = تک‌تک نام‌ها
button-log-off = هیچ
button-log-important = موارد مهم
button-log-all = تک‌تک نام‌ها
log-set = از این پس: { $now }.

## دلیل‌ها، هر کدام با کدش

reason-unsaid = دلیلی گفته نشد
reason-noAnswerInTime = پاسخ به‌موقع نرسید
reason-connectionBroke = ارتباط قطع شد
reason-serviceUnreachable = سرویس در دسترس نیست
reason-serviceDown = سرویس موقتاً در دسترس نیست
reason-stoppedBeforeCall = پیش از ارسال درخواست متوقف شد
reason-stoppedBeforeAnswer = پیش از رسیدن پاسخ متوقف شد
reason-tooFast = پیام‌های زیاد در زمان کوتاه
reason-limitUsedUp = سهم این حساب فعلاً پر شده است
reason-noSuchAccount = چنین حسابی وجود ندارد
reason-accountLimited = سرویس این حساب را موقتاً محدود کرده است
reason-accountLocked = سرویس این حساب را قفل کرده است
reason-accountLoggedOut = ورود این حساب باطل شده است
reason-onDoNotSendList = این نام در فهرست عدم ارسال است
reason-noSuchName = چنین نامی نیست
reason-nameLeft = دیگر کسی این نام را ندارد
reason-takesNoMessages = پیام نمی‌پذیرد
reason-messageIdUnknown = شناسهٔ پیام معلوم نیست
reason-tooOldToTakeBack = قدیمی‌تر از آن است که پس گرفته شود
reason-notOursToChange = سرویس اجازهٔ تغییر این پیام را نمی‌دهد
reason-messageGone = پیام دیگر آنجا نیست
reason-verifiedOnly = فقط از فرستنده‌های تأییدشده پیام می‌پذیرد
reason-messageEmpty = پیام خالی است
reason-messageTooLong = پیام خیلی بلند است
reason-fileUnreadable = فایل پیام روی سرور خوانده نمی‌شود
reason-otherLanguage = پیام به زبانی غیر از متن جایگزین است
reason-copyGone = پیامی که باید کپی می‌شد دیگر در گفت‌وگوی اپراتور نیست
reason-copyRefused = تلگرام اجازه نمی‌دهد این پیام کپی شود
reason-copyCutShort = بخشی از آلبوم دیگر در گفت‌وگوی اپراتور نیست و فقط بقیه‌اش رسید
reason-interruptedBeforeCall = پیش از ارسال درخواست قطع شد
reason-interruptedBeforeRecord = پیش از ثبت پاسخ قطع شد
reason-sentAgain = اپراتور دوباره می‌فرستد
reason-didNotArrive = نرسیده بود
reason-stillUnderWay = پیام هنوز در راه است
reason-noAccountFree = اکنون هیچ حسابی نمی‌تواند بفرستد
reason-useUnknown = معلوم نیست از این حساب چه فرستاده شده، چون سابقهٔ یک کمپین خوانده نمی‌شود
reason-answersUnreadable = اینجا پاسخ‌ها خواندنی نیست
reason-diskFull = دیسک پر است
reason-folderTakenOver = پیک دیگری این پوشهٔ داده را در دست گرفته است
reason-blockedBot = این گفت‌وگو را مسدود کرده است
reason-neverStartedBot = هرگز دکمهٔ «شروع» ({ ISO("Start") }) را نزده است
reason-unsubscribed = اشتراکش را لغو کرده است
reason-telegramAccountDeleted = این حساب تلگرام حذف شده است
reason-telegramFormatting = تلگرام قالب‌بندی پیام را نمی‌پذیرد
reason-telegramButton = تلگرام یکی از دکمه‌های لینک‌دار را نمی‌پذیرد
reason-telegramFileTooLarge = فایل برای تلگرام بیش از حد بزرگ است
reason-telegramPicture = تلگرام نمی‌تواند تصویر را بخواند
reason-telegramNoStars = برای پیام‌های پولی ستاره‌ای نمانده است
reason-telegramToken = تلگرام دیگر این توکن را نمی‌شناسد
reason-telegramLongWait = تلگرام بیش از یک روز مکث خواسته است؛ پس از یک روز دوباره پرسیده می‌شود
reason-telegramUnexplained = تلگرام بدون دلیل شناخته‌شده‌ای نپذیرفت
reason-telegramUnreachable = تلگرام در دسترس نیست
reason-telegramCut = ارتباط پیش از رسیدن پاسخ قطع شد
reason-telegramUnclear = تلگرام نگفت که چه شد
reason-xUnreachable = ایکس در دسترس نیست
reason-xUnclear = ایکس پاسخ روشنی نداد
reason-xWait = ایکس خواسته است این حساب کمی صبر کند
reason-xLongWait = ایکس خواسته است این حساب بیش از یک روز صبر کند؛ پس از ۲۵ ساعت دوباره پرسیده می‌شود
reason-xAskLater = ایکس خواسته است کمی بعد پرسیده شود
reason-xSilentOnName = ایکس دربارهٔ این نام پاسخی نمی‌دهد
reason-xAnswerNotKept = آنچه ایکس دربارهٔ این نام گفت ذخیره نشد
reason-xImpossibleName = در ایکس چنین نامی ممکن نیست
reason-xPersonSuspended = ایکس حساب این شخص را تعلیق کرده است
reason-xPersonGone = ایکس دیگر این شخص را نمی‌شناسد
reason-xUnexplained = ایکس نپذیرفت و دلیلی نگفت
reason-xRefusedQuestion = ایکس این پرسش را نپذیرفت
reason-xHasText = ایکس می‌گوید این متن را قبلاً گرفته است
reason-xRefusesText = ایکس این متن را نمی‌پذیرد
reason-xAutomated = ایکس پیام‌هایش را خودکار می‌داند؛ حساب و متن پیام را بررسی کنید
reason-xAccountSuspended = ایکس این حساب را تعلیق کرده است
reason-xAccountLocked = ایکس این حساب را قفل کرده است؛ در سایت { ISO("x.com") } بازش کنید
reason-xKeysRefused = ایکس کلیدهایش را نمی‌پذیرد؛ کلید تازه بسازید و ساعت این دستگاه را هم بررسی کنید
reason-xKeysOfWrongKind = با این نوع کلید نمی‌شود پیام مستقیم فرستاد
reason-xAppMayNotSend = برنامهٔ ایکسِ آن اجازهٔ پیام مستقیم ندارد؛ اجازه بدهید و سپس توکن‌های تازه بسازید
reason-xAppMayNotRead = برنامهٔ ایکسِ آن اجازهٔ خواندن این را ندارد؛ در { ISO("console.x.com") } بررسی‌اش کنید
reason-xAppWithoutProject = برنامهٔ ایکسِ آن در هیچ پروژه‌ای نیست؛ در { ISO("console.x.com") } آن را به پروژه‌ای اضافه کنید
reason-xNoCredits = اعتبار ایکس تمام شده است؛ در { ISO("console.x.com") } اعتبار بخرید و ادامه دهید
reason-xSpendCap = هزینه به سقفی رسیده که در { ISO("console.x.com") } گذاشته‌اید
reason-xMonthUsedUp = سهم این ماه از API ایکس تمام شده است
reason-xSenderNotHere = حسابی که پیام از آن فرستاده شده اینجا تنظیم نشده است
reason-xUndatedMessage = ایکس چنین پیامی را نشان می‌دهد، ولی نه زمانش را
reason-xThirtyDays = ایکس پیام‌ها را فقط تا سی روز نشان می‌دهد
reason-xNoSuchTarget = ایکس چنین حساب یا پستی را نمی‌شناسد
reason-xProtected = ایکس این را نشان نمی‌دهد؛ حساب محافظت‌شده است
reason-xRefusesQuestion = ایکس این درخواست را نمی‌پذیرد
reason-xRefusesPlace = ایکس ادامه از این صفحه را نمی‌پذیرد
reason-xNextUnclear = ایکس روشن نمی‌گوید پس از این صفحه چه می‌آید
reason-gatewayNoId = درگاه شما پیام را پذیرفت، ولی شناسه‌ای نداد
reason-gatewayFailed = درگاه شما وقتی پیام را داشت از کار افتاد
reason-gatewayRejects = درگاه شما این پیام را قبول نمی‌کند
reason-gatewaySignature = درگاه شما امضای ما را قبول نمی‌کند؛ رمز را در هر دو سو مقایسه کنید
reason-gatewayAddress = در نشانی درگاه شما چیزی پیام نمی‌گیرد
reason-gatewayUnexplained = درگاه شما بدون توضیح قبول نکرد
reason-sourceNotSetUp = این منبع اینجا تنظیم نشده است
reason-sourceFailed = منبع به‌طور نامنتظره از کار افتاد
reason-sourceNotKept = پاسخ منبع را نمی‌شود نگه داشت
reason-rowsUnreadable = در چند صفحهٔ پیاپی هیچ ردیفی خوانده نشد
reason-cursorUnknown = منبع این صفحه را نمی‌شناسد
reason-placeUnreadable = جای ادامه خوانده نمی‌شود
reason-dataWait = سرویس داده خواسته است کمی صبر کنیم
reason-dataDown = سرویس داده فعلاً کار نمی‌کند
reason-dataUnreadable = پاسخ سرویس داده خوانده نمی‌شود
reason-dataIntercepted = چیزی پیش از سرویس داده به جای آن پاسخ می‌دهد
reason-dataKeyRefused = سرویس داده این کلید را نمی‌پذیرد
reason-dataAddressUnknown = سرویس داده این نشانی را نمی‌شناسد
reason-dataNoCredits = اعتبار این کلید در سرویس داده تمام شده است
reason-dataRefusesKeywords = سرویس داده این کلیدواژه‌ها را نمی‌پذیرد
reason-dataRefusesPlace = سرویس داده ادامه از این صفحه را نمی‌پذیرد
reason-dataRefusesQuestion = سرویس داده پرسش را نمی‌پذیرد و دلیلش را نمی‌گوید
reason-dataEmptyFailure = سرویس داده از خطا خبر می‌دهد و صفحه‌ای بدون نام فرستاده است
reason-dataPlaceUnreadable = جای ادامه‌ای که سرویس داده می‌گوید خوانا نیست
reason-dataMoreUnsaid = سرویس داده می‌گوید باز هم هست و نمی‌گوید کجا
reason-dataEndUnsaid = سرویس داده صفحه‌ای خالی داده و نگفته که صفحهٔ آخر است یا نه
reason-tiktokNothing = تیک‌تاک برای این کلیدواژه‌ها چیزی نشان نمی‌دهد
reason-blueskyWait = بلواسکای خواسته است کمی صبر کنیم
reason-blueskyDown = بلواسکای فعلاً کار نمی‌کند
reason-blueskyUnreadable = پاسخ بلواسکای خوانده نمی‌شود
reason-blueskyIntercepted = چیزی پیش از بلواسکای به جای آن پاسخ می‌دهد
reason-blueskyNotServed = این سرور به پرسش‌های بلواسکای پاسخ نمی‌دهد
reason-blueskyLoginOnly = بلواسکای این را فقط به کسانی که وارد شده‌اند نشان می‌دهد
reason-blueskyLoginRefused = بلواسکای این نام و گذرواژهٔ برنامه را نمی‌پذیرد
reason-blueskySearchRefused = بلواسکای این جست‌وجو را نمی‌فهمد
reason-blueskyHidden = بلواسکای این حساب یا پست را نشان نمی‌دهد
reason-blueskyDeactivated = صاحب این حساب آن را غیرفعال کرده است؛ شاید برگردد
reason-blueskySuspended = بلواسکای این حساب را تعلیق یا حذف کرده است
reason-blueskyBlocked = این حساب مسدود است
reason-blueskyNoPost = بلواسکای چنین پستی نمی‌شناسد: حذف شده یا لینکش نادرست است
reason-blueskyNoAccount = بلواسکای چنین حسابی نمی‌شناسد: نامش عوض شده، حذف شده یا نادرست نوشته شده است
reason-blueskyRefusesQuestion = بلواسکای پرسش را نمی‌پذیرد و دلیلش را نمی‌گوید
reason-blueskyRefusesPlace = بلواسکای ادامه از این صفحه را نمی‌پذیرد
reason-blueskyNextUnclear = بلواسکای روشن نمی‌گوید پس از این صفحه چه می‌آید
reason-pgSslMissing = سرور پایگاه داده SSL ندارد: از مدیر سرور بخواهید { ISO("sslmode") } را از { ISO("DATABASE_URL") } بردارد یا SSL را آنجا روشن کند
reason-pgSslWanted = سرور پایگاه داده SSL می‌خواهد: از مدیر سرور بخواهید { ISO("?sslmode=verify-full") } را به { ISO("DATABASE_URL") } اضافه کند
reason-pgCertificateHost = گواهی سرور پایگاه داده برای نام میزبان دیگری جز آنچه در { ISO("DATABASE_URL") } است صادر شده
reason-pgCertificateExpired = گواهی سرور پایگاه داده منقضی شده است
reason-pgCertificateUnknown = این دستگاه صادرکنندهٔ گواهی سرور پایگاه داده را نمی‌شناسد: ریشه‌اش را با { ISO("sslrootcert") } در { ISO("DATABASE_URL") } بگویید
reason-pgPasswordMissing = سرور پایگاه داده گذرواژه می‌خواهد و در { ISO("DATABASE_URL") } نیست
reason-pgPasswordWrong = نام کاربری یا گذرواژه در { ISO("DATABASE_URL") } نادرست است
reason-pgPooler = واسطه‌ای پیش از پایگاه داده است: در { ISO("DATABASE_URL") } خود پایگاه داده را بگویید، یا حالت نشست آن واسطه را
reason-pgFull = سرور پایگاه داده جای اتصال تازه ندارد
reason-pgNoDatabase = پایگاه داده‌ای به نامی که در { ISO("DATABASE_URL") } است نیست: اول آن را بسازید
reason-pgNoRight = نقشی که در { ISO("DATABASE_URL") } است مجوز لازم را ندارد: مدیر پایگاه داده خروجی { ISO("peyk sync --sql") } را اجرا کند؛ بقیهٔ آنچه لازم است در { ISO("docs/many-machines.md") } آمده و برای رونوشت در { ISO("docs/sync.md") }
reason-pgUnreachable = پایگاه داده در دسترس نیست
reason-silentTooLong = این پیک آن‌قدر خاموش ماند که دیگران کارش را به دست گرفتند
reason-pgOtherFolder = این پایگاه داده رونوشت پوشهٔ دادهٔ دیگری است: برای این یکی پایگاه دادهٔ جداگانه بدهید
reason-pgOtherSync = رونوشت‌برداری دیگری روی همین پایگاه داده در کار است
reason-pgNewer = نسخهٔ تازه‌تری از پیک جدول‌های این پایگاه داده را جلوتر برده است
reason-pgSchemaTaken = در بخش { ISO("peyk") } این پایگاه داده جدول‌های چیز دیگری هست: برای پیک پایگاه دادهٔ جداگانه بدهید
reason-pgError = پایگاه داده با خطای { ISO($sqlstate) } نپذیرفت
reason-channelNotSetUp = ارسال از طریق { $channel } اینجا تنظیم نشده است
reason-systemError = خطای { ISO($system) } از سیستم‌عامل
reason-unexpected = خطای پیش‌بینی‌نشدهٔ { ISO($error) }
reason-foreign = { ISO($text) }
limit-messages15Min = پیام در ۱۵ دقیقه
limit-messages24H = پیام در ۲۴ ساعت
limit-appMessages24H = پیام‌های کل برنامه در ۲۴ ساعت

## جمع‌آوری سرنخ

button-collect = 🧲 جمع‌آوری سرنخ
collect-no-source = منبعی برای جمع‌آوری تنظیم نشده است. از مدیر سرور بخواهید یکی تنظیم کند؛ راهش در { ISO("README.fa.md") } آمده است.
ask-source = سرنخ‌ها از کجا جمع شوند؟
source-simulator = شبیه‌ساز: افراد ساختگی با کلیدواژه
source-simulator-posts = شبیه‌ساز: پست‌های ساختگی
source-x-followers = ایکس: دنبال‌کننده‌های یک حساب
source-x-repliers = ایکس: پاسخ‌دهنده‌های یک پست
source-x-posts = ایکس: پست‌ها با هشتگ یا کلیدواژه
source-tiktok = تیک‌تاک: سازنده‌ها با کلیدواژه
source-bluesky-followers = بلواسکای: دنبال‌کننده‌های یک حساب
source-bluesky-likers = بلواسکای: لایک‌کننده‌های یک پست
source-bluesky-repliers = بلواسکای: پاسخ‌دهنده‌های یک پست
source-bluesky-posts = بلواسکای: پست‌ها با هشتگ یا کلیدواژه
ask-targets-account = دنبال‌کننده‌های چه کسی؟ یک یا چند حساب بفرستید، هر کدام در یک سطر: { CODE("@name") } یا لینک پروفایل.
ask-targets-post = کدام پست‌ها؟ لینک یک یا چند پست را بفرستید، هر کدام در یک سطر.
ask-targets-keywords = کدام کلیدواژه‌ها؟ در هر سطر یک جست‌وجو بنویسید؛ مثلاً «کافی‌شاپ تهران».
ask-targets-search = کدام هشتگ‌ها یا کلیدواژه‌ها؟ در هر سطر یک جست‌وجو بنویسید؛ مثلاً { CODE("#coffee") } یا { CODE("flat white") }. پست باید همهٔ واژه‌های سطرش را داشته باشد.
targets-kept = تا اینجا: { $texts }
targets-not-text = لطفاً به‌صورت متن بفرستید، هر کدام در یک سطر.
targets-too-many = این { $count } سطر است؛ در یک فهرست حداکثر { $most } سطر جا می‌شود.
collect-bad-target = مورد { CODE($text) }: { $reason }.
target-empty = چیزی نوشته نشده است
target-notAName = نام یک حساب نیست
target-notAPost = لینک یک پست نیست
target-notASearch = نه هشتگ است و نه کلیدواژه
target-tooLong = بیش از اندازه بلند است
ask-amount = چند نفر جمع شود (بدون تکرار)؟ یکی از عددها را بزنید یا هر عدد صحیحی بنویسید.
ask-amount-search = از هر کدام چند پست جمع شود (بدون تکرار)؟ یکی از عددها را بزنید یا هر عدد صحیحی بنویسید.
button-amount = { $count }
amount-wrong = لطفاً یک عدد صحیح از ۱ تا { $most } بفرستید.
estimate-what = جمع‌آوری <b>{ $count }</b> نفر بدون تکرار از «{ $source }»: { $texts }
estimate-what-each = جمع‌آوری <b>{ $count }</b> پست متفاوت از هر کدام، از «{ $source }»: { $texts }
estimate-list = فهرست: { CODE($list) }
estimate-calls =
    { $count ->
        [one] دست‌کم { $count } درخواست از منبع.
       *[other] دست‌کم { $count } درخواست از منبع.
    }
estimate-cost = هزینه دست‌کم { ISO($cost) } است (قیمت‌ها در تاریخ { ISO($date) }).
estimate-cost-range = اگر پست تکراری نیاید، هزینه { ISO($least) } تا { ISO($cost) } است (قیمت‌ها در تاریخ { ISO($date) }). اعلام نشده است که جز پست‌ها برای نویسنده‌ها هم پول گرفته می‌شود یا نه.
estimate-rule = دقیقاً همین تعداد تحویل می‌شود و هر کدام فقط یک بار. اگر منبع کمتر داشته باشد، تعداد و دلیلش گفته می‌شود.
button-collect-start = ▶️ شروع جمع‌آوری
button-collect-cycles = 🗓 هر { $minutes } دقیقه، حداکثر { $count } تا
collect-cancelled = لغو شد. چیزی جمع نشد.
collect-begun-new = جمع‌آوری در فهرست { CODE($list) } شروع شد.
collect-begun-goesOn = همین درخواست برای { CODE($list) } ناتمام بود؛ از همان‌جا ادامه می‌یابد.
collect-begun-toldAgain = همین درخواست برای { CODE($list) } قبلاً به پایان رسیده بود.
collect-from-before =
    { $count ->
        [one] اول { $count } { $items ->
            [posts] پست
           *[people] نفر
        } از صفحه‌های قبلی استفاده می‌شود.
       *[other] اول { $count } { $items ->
            [posts] پست
           *[people] نفر
        } از صفحه‌های قبلی استفاده می‌شوند.
    }
collect-busy = فهرست { CODE($list) } مشغول درخواست دیگری، به تعداد { $count }، است. تا پایانش صبر کنید یا در { COMMAND("leads") } لغوش کنید.
collect-other-kind = فهرست { CODE($list) } یا برای افراد است یا برای پست‌ها؛ هر دو با هم نمی‌شود.
collect-refused = این را نمی‌شود جمع کرد. لطفاً با { COMMAND("collect") } دوباره شروع کنید.
collect-card-idle = 🗂 فهرست { CODE($list) }
collect-card-running = 🧲 جمع‌آوری در فهرست { CODE($list) }
collect-card-paused = ⏸ جمع‌آوری در فهرست { CODE($list) } موقتاً متوقف است
collect-card-ended = 🏁 جمع‌آوری در فهرست { CODE($list) } به پایان رسید
collect-count = جمع شد: <b>{ $count }</b> از { $total }
collect-paused-operator = به خواست اپراتور متوقف شد.
collect-paused-restored = متوقف است: از نسخهٔ پشتیبان برگردانده شده. «ادامه» از همان‌جا پی می‌گیرد.
collect-paused-creditsGone = موقتاً متوقف شد: اعتبار منبع تمام شده است ({ ISO($why) }). آن را شارژ کنید و «ادامه» را بزنید؛ چیزی از دست نرفته است.
collect-paused-accessLost = موقتاً متوقف شد: منبع اجازهٔ دسترسی نمی‌دهد ({ ISO($why) }). کلید را در تنظیمات بررسی کنید، پیک را دوباره راه بیندازید و «ادامه» را بزنید.
collect-paused-storage = موقتاً متوقف شد: چیزی ذخیره نشد ({ ISO($why) }). کمی جا باز کنید و «ادامه» را بزنید.
collect-wait-rateLimit = 💤 منبع خواسته است کمی صبر کنیم؛ ادامه { $moment }.
collect-wait-callLimit = 💤 سقف درخواست‌ها پر شده است؛ ادامه { $moment }.
collect-wait-cycle = 💤 دور بعدی { $moment } شروع می‌شود.
collect-wait-unavailable = 💤 منبع در دسترس نیست؛ تلاش بعدی { $moment }.
collect-calls = درخواست‌ها از منبع: { $count }
collect-failed-calls = از این‌ها، ناموفق: { $count }
collect-duplicates = تکراری‌هایی که کنار گذاشته شد: { $count } (نرخ تکرار { $percent }٪)
collect-unreadable = ردیف‌هایی که نویسنده‌شان خوانده نشد: { $count }
collect-average =
    { $items ->
        [posts] پست تازه در هر صفحه: { $count }
       *[people] افراد تازه در هر صفحه: { $count }
    }
collect-remaining = درخواست‌های باقی‌مانده: حدود { $count }
collect-cost = هزینه تا اینجا: { ISO($cost) }
collect-size =
    { $items ->
        [posts] پست‌های یکتا در فهرست: { $count }
       *[people] افراد بدون تکرار در فهرست: { $count }
    }
collect-spare = از این‌ها، نگه‌داشته برای درخواست بعدی: { $count }
collect-targets-more =
    { $count ->
        [one] … و { $count } هدف دیگر
       *[other] … و { $count } هدف دیگر
    }
collect-target-open = ▫️ از «{ $source }»، { CODE($query) }: { $count }
collect-target-fault = ⚠️ از «{ $source }»، { CODE($query) }: { $count }؛ آخرین پاسخ: { ISO($why) }
collect-target-exhausted = ✅ از «{ $source }»، { CODE($query) }: { $count }، کامل شد
collect-target-noNewPeople = ✅ از «{ $source }»، { CODE($query) }: { $count }، در چند صفحهٔ پیاپی چیز تازه‌ای نبود
collect-target-emptyPages = ⚠️ از «{ $source }»، { CODE($query) }: { $count }؛ فعلاً فقط صفحهٔ خالی می‌آید، با اینکه باز هم هست
collect-target-cursorLoop = ⚠️ از «{ $source }»، { CODE($query) }: { $count }؛ منبع به صفحه‌ای قبلی برگشت
collect-target-unclear = ⚠️ از «{ $source }»، { CODE($query) }: { $count }؛ به پاسخ‌های منبع نمی‌شود تکیه کرد ({ ISO($why) })
collect-target-gone = ⚠️ از «{ $source }»، { CODE($query) }: جمع‌شدنی نیست ({ ISO($why) })
collect-target-twin = ▫️ از «{ $source }»، { CODE($query) }: همان هدف دیگر این فهرست است که به جایش ادامه می‌یابد
collect-gap = منبع می‌گوید برای { CODE($query) } تعداد { $total } مورد هست، ولی { $count } مورد داد.
collect-ended = فهرست { CODE($list) }: <b>{ $count }</b> از { $total } مورد جمع شد.
collect-also-in = مورد { CODE($query) } همان حساب یا پستی است که در { $texts } هم جمع شده است.
collect-end-targetReached = همهٔ تعداد خواسته‌شده آماده است.
collect-end-sourceExhausted = منبع دیگر چیزی ندارد.
collect-end-noNewPeople = در چند صفحهٔ پیاپی چیز تازه‌ای نبود؛ برای همین پایان یافت.
collect-end-emptyPages = صفحه‌ها پشت سر هم خالی بودند و منبع می‌گوید باز هم هست. درخواست بعدی از همان‌جا ادامه می‌دهد.
collect-end-cursorLoop = منبع به صفحه‌ای که قبلاً داده بود برگشت؛ برای همین پایان یافت.
collect-end-unclear = به پاسخ‌های منبع نمی‌شود تکیه کرد. درخواست بعدی از همان‌جا ادامه می‌دهد.
collect-end-targetGone = هدف‌ها جمع‌شدنی نیستند: خصوصی، حذف‌شده یا ناشناخته.
collect-end-callLimit = به سقف درخواست‌ها رسید.
collect-end-creditsGone = اعتبار منبع تمام شده است.
collect-end-accessLost = منبع اجازهٔ دسترسی نمی‌دهد.
collect-end-cancelled = لغو شد؛ آنچه جمع شده می‌ماند.
collect-as-of = اینکه دیگر چیزی نیست مربوط به { $moment } است. برای پرسیدن دوباره، هدف را از نو شروع کنید.
collect-status-idle = هنوز بدون درخواست
collect-status-running = در حال جمع‌آوری
collect-status-paused = موقتاً متوقف
collect-status-ended = پایان‌یافته
leads-title = <b>فهرست‌های سرنخ</b>
leads-line = فهرست { CODE($list) }: { $count }، { $status }
leads-unknown = این فهرست دیگر وجود ندارد.
leads-not-now = الان نمی‌شود.
leads-did-pause = موقتاً متوقف شد.
leads-did-resume = ادامه می‌یابد.
leads-did-cancel = لغو شد. آنچه جمع شده می‌ماند.
leads-did-reset = با ادامهٔ جمع‌آوری از نو شروع می‌شود؛ هیچ‌کس دو بار به شمار نمی‌آید.
leads-did-suppress =
    { $count ->
        [one] { $count } نام به فهرست عدم ارسال اضافه شد.
       *[other] { $count } نام به فهرست عدم ارسال اضافه شد.
    }
leads-suppress-unusable =
    { $count ->
        [one] { $count } نام افزودنی نیست و کنار گذاشته شد.
       *[other] { $count } نام افزودنی نیستند و کنار گذاشته شدند.
    }
leads-confirm-cancel =
    جمع‌آوری در { CODE($list) } لغو شود؟ { $items ->
        [posts] { $count } پستی که جمع شده‌اند می‌مانند.
       *[people] { $count } نفری که جمع شده‌اند می‌مانند.
    }
leads-confirm-suppress =
    { $items ->
        [posts] نویسنده‌های همهٔ { $count } پست فهرست { CODE($list) } به فهرست عدم ارسال اضافه شوند؟
       *[people] همهٔ { $count } نفر فهرست { CODE($list) } به فهرست عدم ارسال اضافه شوند؟
    } دیگر هیچ کمپینی به آن‌ها پیام نمی‌فرستد.
leads-confirm-reset = آیا { CODE($query) } از نو شروع شود؟ صفحه‌هایش دوباره خواسته می‌شوند که شاید هزینه داشته باشد؛ هیچ‌کس دو بار به شمار نمی‌آید.
leads-targets = کدام هدف از { CODE($list) } از نو شروع شود؟
leads-nothing-begun = هنوز از هیچ هدفی چیزی خواسته نشده است؛ چیزی نیست که از نو شروع شود.
leads-ask-format =
    { $items ->
        [posts] همهٔ پست‌های { CODE($list) } در یک فایل؛ از کدام نوع؟
       *[people] همهٔ افراد { CODE($list) } در یک فایل؛ از کدام نوع؟
    }
leads-caption =
    { $items ->
        [posts] پست‌های فهرست { CODE($list) }.
       *[people] افراد فهرست { CODE($list) }.
    }
button-leads-pause = ⏸ توقف موقت
button-leads-resume = ▶️ ادامه
button-leads-askCancel = ❌ لغو
button-leads-use = ✉️ ساخت کمپین با این افراد
button-leads-use-authors = ✉️ ساخت کمپین با نویسنده‌ها
button-leads-export = 📄 خروجی
button-leads-csv = فایل CSV
button-leads-xlsx = فایل اکسل
button-leads-json = فایل JSON
button-leads-jsonl = فایل JSON Lines
button-leads-askSuppress = ⛔ به فهرست عدم ارسال
button-leads-targets = ↩️ شروع دوبارهٔ یک هدف
button-leads-cancel = بله، لغو شود
button-leads-suppress = بله، اضافه شوند
button-leads-reset = بله، از نو شروع شود
button-leads-keep = نه، همین بماند
heading-display-name = نام نمایشی
heading-id = شناسه
heading-platform = پلتفرم
heading-source = منبع
heading-found = زمان یافتن
kpi-title = <b>همهٔ درخواست‌ها تا امروز</b>
kpi-jobs = درخواست‌های پایان‌یافته: { $count }
kpi-exact = دقیقاً به تعداد خواسته‌شده: { $count } ({ $percent }٪)
kpi-calls = میانگین درخواست از منبع در هر کدام: { $count }
kpi-time = میانگین زمان هر کدام: { $left }
kpi-keywords = بیشتر خواسته‌شده: { $texts }
kpi-updated = آخرین تغییر: { $moment }

## The interface for other programs

api-title-400 = درخواست خوانده نمی‌شود
api-title-401 = توکن لازم است
api-title-403 = از اینجا مجاز نیست
api-title-404 = چنین چیزی نیست
api-title-409 = با آنچه هست جور نیست
api-title-413 = درخواست بزرگ است
api-title-415 = درخواست از نوع دیگری است
api-title-422 = چیزی در درخواست درست نیست
api-title-429 = درخواست‌ها زیاد است
api-title-500 = اینجا انجام نشد
api-title-503 = داده‌ها دیگر در اختیار این پیک نیست
api-problem-notJson = متن درخواست { ISO("JSON") } نیست.
api-problem-badQuery = { ISO("after") }، { ISO("limit") } و { ISO("wait") } باید عدد صحیح باشند: { ISO("limit") } تا ۱۰۰۰ و { ISO("wait") } تا ۳۰ ثانیه.
api-problem-noToken = توکن این پیک را هم بفرستید: { ISO("Authorization: Bearer peyk_…") }
api-problem-foreign = فقط برنامه‌های همین دستگاه راه دارند، نه صفحه‌های وب.
api-problem-off = تا توکنی ساخته نشود برنامه‌ای راه ندارد: { ISO("peyk tokens add NAME") } یا { ISO("/tokens") } در گفت‌وگو.
api-problem-noSuchPath = در این مسیر چیزی نیست. فهرست آنچه هست در { ISO("/api/openapi.json") } آمده است.
api-problem-unknownCampaign = کمپینی به نام { ISO($id) } نیست.
api-problem-otherRequest = کمپین { ISO($id) } با درخواست دیگری شروع شده است. برای کمپین دیگر شناسهٔ دیگری بدهید؛ همان درخواست پیشین همان کمپین است.
api-problem-twoSpellings = فرق { $ids } فقط در کوچکی و بزرگی حروف است و معلوم نیست منظور کدام است.
api-problem-notNow =
    { $status ->
        [none] شروع کمپین { ISO($id) } همین حالا نشد. همان درخواست را دوباره بفرستید.
        [scheduled] کمپین { ISO($id) } هنوز شروع نشده است. تا آن وقت فقط می‌شود لغوش کرد.
        [running] کمپین { ISO($id) } در حال ارسال است. وقتی متوقف شد یا پایان یافت دوباره بخواهید.
        [paused] کمپین { ISO($id) } موقتاً متوقف است و اول باید علتش برطرف شود: { ISO("pause") } در { ISO("GET /api/campaigns/") }{ ISO($id) } علت را می‌گوید.
        [cancelled] کمپین { ISO($id) } برای همیشه لغو شده است. کمپین دیگری با شناسهٔ دیگری بسازید.
       *[finished] کمپین { ISO($id) } پایان یافته و کاری از آن نمانده است. کمپین دیگری با شناسهٔ دیگری بسازید.
    }
api-problem-tooLarge = متن درخواست از { $megabytes } مگابایت بزرگ‌تر است.
api-problem-mediaType = متن درخواست باید { ISO("JSON") } باشد: { ISO("content-type: application/json") }.
api-problem-fields = بخش‌هایی از درخواست آن‌طور که شرح داده شده نیست؛ { ISO("errors") } می‌گوید کدام.
api-problem-taskId = نوشتهٔ «{ ISO($id) }» شناسه نمی‌شود. ۱ تا ۶۴ حرف لاتین، رقم، { ISO("_") }، { ISO("-") } و { ISO(".") } بنویسید که با حرف یا رقم شروع شود.
api-problem-noChannel = راه ارسالی به نام { ISO($channel) } تنظیم نشده است. این‌ها هست: { $names }.
api-problem-noAccount = راه ارسال { ISO($channel) } حسابی برای ارسال ندارد.
api-problem-unknownAccount = راه ارسال { ISO($channel) } حسابی به نام { ISO($account) } ندارد.
api-problem-needsConsent = راه ارسال { ISO($channel) } به گیرنده‌های واقعی می‌رسد. در { ISO("consent") } بگویید اجازهٔ نوشتن به آن‌ها از کجاست.
api-problem-nobody = در فهرست کسی نیست که بتوان به او نوشت.
api-problem-noList = اینجا چیزی با نامی که در { ISO("recipients") } آمده نگه داشته نشده است.
api-problem-column = نوشتهٔ «{ ISO($column) }» نام ستون نمی‌شود: در پیام به کار نمی‌آید یا ستون دیگری همین نام را دارد.
api-problem-message = پیام به این صورت فرستادنی نیست؛ { ISO("errors") } می‌گوید چرا.
api-problem-past = زمان { ISO("startAt") } گذشته است. زمانی در آینده بدهید، یا برای شروع فوری آن را ننویسید.
api-problem-window = بازهٔ ارسال خوانده نشد: { ISO($why) }
api-problem-noName = نوشتهٔ «{ ISO($name) }» نام کاربری نیست.
api-problem-tooFast = درخواست‌ها بیش از آن است که پاسخ داده شود. کمی بعد بپرسید.
api-problem-internal = اینجا انجام نشد و علتش معلوم نیست. شاید آنچه خواسته بودید شده باشد؛ پیش از تکرار نگاه کنید.
api-problem-notOwner = برنامهٔ دیگری داده‌های این پیک را در اختیار گرفته است. از آن بپرسید.
api-field-missing = نوشته نشده است
api-field-unknown = اینجا شناخته نیست
api-field-wrong = آن‌طور که در { ISO("/api/openapi.json") } آمده نیست

## Tokens of other programs

tokens-none = هیچ برنامهٔ دیگری راه ندارد: توکنی نیست.
tokens-how = برای ساختن توکن، پس از { ISO("/tokens") } نامی بنویسید، مثلاً { ISO("/tokens shop") }. هر کس توکن را داشته باشد می‌تواند اینجا کمپین شروع کند.
tokens-title = { $count ->
    [one] یک توکن به برنامه‌ای دیگر راه می‌دهد.
   *[other] { $count } توکن به برنامه‌های دیگر راه می‌دهد.
  }
token-line = نام: { ISO($name) }، ساخته‌شده { $moment }
token-added = توکن { ISO($name) }: { CODE($token) }
    فقط همین یک بار دیده می‌شود. آن را در جای رمزهای برنامه بگذارید و بعد از اینجا پاک کنید.
token-wiped = توکن از این گفت‌وگو پاک شد. همچنان کار می‌کند.
token-badName = نوشتهٔ «{ ISO($name) }» نام توکن نمی‌شود. تا ۲۴ حرف لاتین، رقم، { ISO("_") } و { ISO("-") } بنویسید که با حرف شروع شود.
token-taken = توکنی به نام { ISO($name) } هست. اول آن را باطل کنید یا نام دیگری بدهید.
token-full = اکنون { $most } توکن هست و بیشتر نگه داشته نمی‌شود. اول یکی را باطل کنید.
token-revoked = توکن { ISO($name) } دیگر به کسی راه نمی‌دهد.
token-unknown = توکنی به نام { ISO($name) } نیست.
button-token-wipe = پاک شود از این گفت‌وگو
button-token-revoke = باطل شود: { ISO($name) }
cli-command-tokens = توکن‌هایی که به برنامه‌های دیگر راه می‌دهد
cli-command-tokens-add = ساختن توکن و نشان دادنش فقط یک بار
cli-command-tokens-revoke = باطل کردن توکن
cli-argument-token = نام توکن
cli-tokens-none = هیچ برنامهٔ دیگری راه ندارد: توکنی نیست. با { ISO("peyk tokens add NAME") } بسازید.
cli-token-line = نام: { ISO($name) }، ساخته‌شده { $moment }
cli-token-added = توکن { ISO($name) }، فقط همین یک بار دیده می‌شود:
cli-command-roles = چه کسی در گفت‌وگو چه کاری می‌تواند بکند
cli-command-roles-give = دادن نقش به یک نفر
cli-command-roles-take = گرفتن نقش یک نفر
cli-argument-telegram-id = شناسهٔ تلگرام آن شخص، یک عدد
cli-argument-role = نقش
cli-no-telegram-id = این شناسهٔ تلگرام نیست که یک عدد است. شناسهٔ مشترک‌ها را { ISO("/who") } در گفت‌وگو و { ISO("peyk who") } می‌گویند.
cli-roles-nobody = هیچ‌کس در گفت‌وگو کمپینی در اختیار ندارد: در { ISO("OPERATOR_IDS") } کسی نیامده است.
cli-roles-line = نام { ISO($name) } ({ ISO($id) }): { ISO($role) }
cli-roles-approval-on = کمپین فقط وقتی ارسال می‌شود که یک نفر دیگر آن را در گفت‌وگو تأیید کرده باشد.
cli-roles-approval-off = برای ارسال، تأیید کسی لازم نیست؛ مالک می‌تواند در گفت‌وگو با { ISO("/roles") } این را تغییر دهد.
cli-roles-given = نقش { ISO($name) } از حالا { ISO($role) } است.
cli-roles-taken = از حالا { ISO($name) } نقشی ندارد.
cli-roles-untold = به او خبر داده نشد.
cli-roles-same = دربارهٔ { ISO($name) } از پیش همین‌طور بود.
cli-roles-theOwner = مالک اولین شناسه در { ISO("OPERATOR_IDS") } است و تا تغییر تنظیم‌ها همان می‌ماند.
cli-roles-changed = از وقتی نگاه کردید دربارهٔ نقش { ISO($name) } تصمیم دیگری گرفته شده است. کاری انجام نشد؛ { ISO("peyk roles") } را ببینید.

## Webhooks

webhooks-none = به هیچ برنامهٔ دیگری خبر داده نمی‌شود: وب‌هوکی نیست.
webhooks-how = برای ساختنش پس از { CODE("/webhooks") } نام و نشانی بنویسید، مثلاً { CODE("/webhooks shop https://shop.example/hooks") }. پس از آن می‌توانید نوع رویدادها را بنویسید، و برای نشانی روی همین دستگاه یا در شبکهٔ خصوصی واژهٔ { CODE("near") } را.
webhook-line = نام: { ISO($name) }، نشانی: { CODE($server) }
webhook-all-types = از همه چیز باخبر می‌شود.
webhook-types = از این‌ها باخبر می‌شود: { ISO($types) }
webhook-failing = در { $count ->
    [one] یک بار تلاش
   *[other] { $count } بار تلاش
  } چیزی نگرفت: { $reason }. تلاش بعدی { $moment }.
webhook-off-gone = خاموش از { $moment }: پاسخ داد که دیگر نمی‌خواهد ({ ISO("410") }).
webhook-off-away = خاموش از { $moment }: سه روز چیزی نگرفت.
webhook-answered = پاسخش { ISO($status) } بود
webhook-added = رمز { ISO($name) }: { CODE($secret) }
    فقط همین یک بار دیده می‌شود. آن را به برنامهٔ دیگر بدهید تا امضا را بررسی کند و بعد از اینجا پاک کنید.
webhook-rotated-secret = رمز تازهٔ { ISO($name) }: { CODE($secret) }
    فقط همین یک بار دیده می‌شود. تا یک روز با رمز پیشین هم امضا می‌شود.
webhook-wiped = رمز از این گفت‌وگو پاک شد. همچنان امضا می‌کند.
webhook-badName = نوشتهٔ «{ ISO($name) }» نام وب‌هوک نمی‌شود. تا ۲۴ حرف لاتین، رقم، { ISO("_") } و { ISO("-") } بنویسید که با حرف شروع شود.
webhook-taken = وب‌هوکی به نام { ISO($name) } هست. اول آن را حذف کنید یا نام دیگری بدهید.
webhook-full = اکنون { $most } وب‌هوک هست و بیشتر نگه داشته نمی‌شود. اول یکی را حذف کنید.
webhook-notAddress = این نشانی سرور نیست. کامل بنویسید، مثلاً { CODE("https://shop.example/hooks") }.
webhook-notHttps = نشانی باید با { ISO("https") } شروع شود، چون در آنچه فرستاده می‌شود نام افراد هست.
webhook-private = این نشانی روی همین دستگاه یا در شبکهٔ خصوصی است. بگویید که مجاز است: در گفت‌وگو { ISO("near") } و در خط فرمان { ISO("--near") }.
webhook-badType = رویدادی از نوع { ISO($type) } نیست. این‌ها هست: { $names }.
webhook-unknown = وب‌هوکی به نام { ISO($name) } نیست.
webhook-removed = دیگر به { ISO($name) } خبر داده نمی‌شود.
webhook-resumed = از همان‌جا که مانده بود به { ISO($name) } خبر داده می‌شود.
webhook-rotated = وب‌هوک { ISO($name) } رمز تازه دارد. تا یک روز با رمز پیشین هم امضا می‌شود.
webhook-test-taken = وب‌هوک { ISO($name) } پیام آزمایشی را گرفت.
webhook-test-failed = وب‌هوک { ISO($name) } پیام آزمایشی را نگرفت: { $reason }.
webhook-alert-gone = وب‌هوک { ISO($name) } به نشانی { CODE($server) } خاموش شد: پاسخ داد که دیگر نمی‌خواهد. رویدادها مدتی برایش نگه داشته می‌شود.
webhook-alert-away = وب‌هوک { ISO($name) } به نشانی { CODE($server) } خاموش شد: سه روز چیزی نگرفت. رویدادها مدتی برایش نگه داشته می‌شود.
button-webhook-look = دیدن وب‌هوک
button-webhook-test = ارسال آزمایشی
button-webhook-rotate = رمز تازه
button-webhook-resume = ادامه
button-webhook-remove = حذف
cli-command-webhooks = جاهایی که رویدادها با امضا فرستاده می‌شود
cli-command-webhooks-add = فرستادن رویدادها به یک نشانی و نشان دادن رمز فقط یک بار
cli-command-webhooks-remove = دیگر به آن نشانی فرستاده نشود
cli-command-webhooks-test = یک ارسال آزمایشی
cli-command-webhooks-rotate = امضا با رمز تازه، و تا یک روز با رمز پیشین هم
cli-command-webhooks-resume = ادامه از همان‌جا، پس از شکست یا خاموش شدن
cli-argument-webhook = نام وب‌هوک
cli-argument-webhook-address = نشانی، با { ISO("https") }
cli-option-events = نوع رویدادها، جدا با ویرگول؛ اگر نباشد همه
cli-option-near = نشانی می‌تواند روی همین دستگاه یا در شبکهٔ خصوصی باشد
cli-webhooks-none = به هیچ برنامهٔ دیگری خبر داده نمی‌شود: وب‌هوکی نیست. با { ISO("peyk webhooks add NAME ADDRESS") } بسازید.
cli-webhook-added = رمز { ISO($name) }، فقط همین یک بار دیده می‌شود:

## صفحهٔ وضعیت

monitor-title = وضعیت پیک
monitor-subtitle = اینجا فقط نمایش داده می‌شود؛ کارها را در گفت‌وگو پیش ببرید.
monitor-updated = به‌روز شده: { $moment }
monitor-lost = پیک پاسخ نمی‌دهد. این‌ها آخرین عددهایی است که داده؛ با برگشتنش صفحه خودبه‌خود ادامه می‌یابد.
monitor-chat = صفحهٔ گفت‌وگو
monitor-number = { $count }
monitor-percent = { $percent }٪
monitor-of = { $count } از { $total }
monitor-tile-running = کمپین‌های جاری
monitor-tile-sent = پیام‌های ارسال‌شدهٔ کمپین‌های این صفحه
monitor-tile-uncertain = نامشخص
monitor-tile-accounts = حساب‌های آمادهٔ ارسال
monitor-tile-leads = سرنخ‌های جمع‌شده
monitor-campaigns = کمپین‌ها
monitor-campaigns-note = آنچه در جریان است یا در یک روز گذشته تمام شده.
monitor-unreadable = خوانده نمی‌شود
monitor-no-campaign = کمپینی در جریان نیست. برای آماده‌کردن یکی در گفت‌وگو { COMMAND("new") } را بفرستید.
monitor-older =
    { $count ->
        [one] { $count } کمپین پیش از آن به پایان رسیده است؛ در گفت‌وگو با { COMMAND("campaigns") } ببینید.
       *[other] { $count } کمپین پیش از آن به پایان رسیده‌اند؛ در گفت‌وگو با { COMMAND("campaigns") } ببینید.
    }
monitor-through = از طریق { $channel }
monitor-done = { $count } از { $total } انجام شده
monitor-sent-of = { $count } از { $total } ارسال شد
monitor-uncertain =
    { $count ->
        [one] ❓ { $count } پیام شاید رسیده باشد؛ دوباره فرستاده نشد. { $duration } است که وضعش نامشخص مانده؛ برای تصمیم‌گیری در گفت‌وگو با { COMMAND("campaigns") } کمپین را باز کنید.
       *[other] ❓ { $count } پیام شاید رسیده باشد؛ دوباره فرستاده نشد. قدیمی‌ترینشان { $duration } است که نامشخص مانده؛ برای تصمیم‌گیری در گفت‌وگو با { COMMAND("campaigns") } کمپین را باز کنید.
    }
monitor-workers = کارگزارها
monitor-no-worker = اکنون هیچ کارگزاری کاری در دست ندارد. آیا کارگزاری روشن است؟
monitor-worker-accounts = { $count ->
    [0] بدون حساب
   *[other] { $count } حساب
  }
worker-sends = ارسال با { ISO($accounts) }
worker-chat = گوش‌دادن به چت
worker-replies = خواندن پاسخ‌های گیرنده‌ها
worker-collecting = جمع‌کردن سرنخ‌ها
worker-followUps = فرستادن پیگیری‌ها
worker-webhooks = خبردادن به وب‌هوک‌ها
worker-other = انجام { ISO($duty) }
monitor-accounts = حساب‌ها
monitor-no-account = هنوز حسابی تنظیم نشده است. از مدیر سرور بخواهید؛ راهش در { ISO("README.fa.md") } آمده است.
monitor-account-active = آمادهٔ ارسال
monitor-account-resting = در استراحت
monitor-account-capped = به سقف رسیده
monitor-account-locked = قفل‌شده
monitor-account-loggedOut = ورود باطل‌شده
monitor-used =
    { $count ->
        [one] { $count } پیام امروز
       *[other] { $count } پیام امروز
    }
monitor-used-of = { $count } از { $limit } پیام امروز
monitor-column = { $state }: { $count }
monitor-until = تا { $moment }
monitor-leads = فهرست‌های سرنخ
monitor-no-leads = هنوز سرنخی نیست. برای جمع‌آوری در گفت‌وگو { COMMAND("collect") } را بفرستید.
monitor-older-lists =
    { $count ->
        [one] { $count } فهرست قدیمی‌تر نمایش داده نشده است؛ در گفت‌وگو با { COMMAND("leads") } ببینید.
       *[other] { $count } فهرست قدیمی‌تر نمایش داده نشده‌اند؛ در گفت‌وگو با { COMMAND("leads") } ببینید.
    }
monitor-kpis = جمع‌آوری، در همهٔ درخواست‌ها
monitor-no-kpis = هنوز درخواستی به پایان نرسیده است. برای شروع در گفت‌وگو { COMMAND("collect") } را بفرستید.
monitor-kpi-jobs = درخواست‌های پایان‌یافته
monitor-kpi-exact = دقیقاً به تعداد خواسته‌شده
monitor-kpi-accuracy = دقت
monitor-kpi-calls = میانگین درخواست از منبع
monitor-kpi-time = میانگین زمان
monitor-kpi-keywords = بیشتر خواسته‌شده
monitor-kpi-updated = آخرین تغییر
monitor-keyword = { ISO($query) } ({ $count })
monitor-sync = رونوشت در PostgreSQL
monitor-sync-on = روشن
monitor-sync-off = خاموش
monitor-sync-notConfigured = تنظیم‌نشده
monitor-sync-notNeeded = لازم نیست

## گوش‌دادن به تلگرام، برای کسی که پیک را اجرا می‌کند

listen-unreachable = تلگرام در دسترس نیست. پیک همچنان تلاش می‌کند و کمپین‌های در جریان ادامه دارند. اگر طول کشید، شبکهٔ این دستگاه و تنظیم { ISO("TELEGRAM_API_ROOT") } را بررسی کنید.
listen-conflict = برنامهٔ دیگری با همین توکن به تلگرام وصل است؛ به احتمال زیاد یک پیک دیگر. لطفاً آن یکی را ببندید. پیک یک دقیقه صبر می‌کند.
listen-webhook = برنامهٔ دیگری برای همین توکن وب‌هوک گذاشته است و تلگرام همه‌چیز را به آنجا می‌فرستد. لطفاً آن برنامه را ببندید یا وب‌هوکش را بردارید. پیک یک دقیقه صبر می‌کند.
listen-noSpace = آنچه تلگرام می‌فرستد در پوشهٔ داده‌ها نوشته نمی‌شود و برای همین چیزی خوانده نمی‌شود. آیا دیسک پر است؟ پیک همچنان تلاش می‌کند و چیزی از دست نمی‌رود.
command-disk-full = دیسک پر است و برای همین دستور ناتمام ماند. کارهایی که تا آن لحظه انجام شده بود محفوظ است. لطفاً جا باز کنید و دستور را دوباره بدهید؛ با این کار به کسی دو بار پیام نمی‌رود.
listen-reached = ارتباط با تلگرام دوباره برقرار شد.
listen-end-unauthorized = تلگرام توکن را نمی‌پذیرد. توکن کنونی را از { ISO("@BotFather") } بگیرید، در { ISO("BOT_TOKEN") } بگذارید و دوباره اجرا کنید.
listen-end-conflict = برنامهٔ دیگری همچنان با همین توکن به تلگرام وصل است و پیک بسته می‌شود. هر توکن در هر زمان فقط برای یک برنامه است: آن یکی را ببندید یا از { ISO("@BotFather") } توکن جداگانه‌ای بگیرید و دوباره اجرا کنید.
listen-end-webhook = برنامهٔ دیگری همچنان برای همین توکن وب‌هوک دارد و پیک بسته می‌شود. آن برنامه را ببندید یا از { ISO("@BotFather") } توکن جداگانه‌ای بگیرید و دوباره اجرا کنید.

## خط فرمان

cli-about = یک پیام به هر نامِ یک فهرست، فقط یک بار، با گزارش اینکه برای هر کدام چه پیش آمد.
cli-help-after-error = ({ ISO("peyk --help") } و { ISO("peyk COMMAND --help") } همه‌چیز را توضیح می‌دهند)
cli-help-general =
    هر فرمان { ISO("--json") } هم می‌پذیرد: در هر سطر یک شیء JSON و در پایان خلاصه.
    کدهای خروج: ۰ انجام شد، ۱ ورودی نادرست یا شکست، ۳ پیش از پایان متوقف شد (توقف موقت، قطع، یا نبودن حسابی برای ارسال).
    تنظیم‌ها از متغیرهای محیط و فایل { ISO(".env") } خوانده می‌شوند: { ISO("DATA_DIR") }، { ISO("TIME_ZONE") }، { ISO("MAX_PER_ACCOUNT") } و بقیهٔ { ISO(".env.example") }.
    زبان همان زبان محیط است ({ ISO("LC_ALL") }، { ISO("LANG") })؛ با { ISO("PEYK_LANG=en") } یا { ISO("PEYK_LANG=fa") } زبان دیگری انتخاب می‌شود.

    از اینجا شروع کنید؛ به هیچ شخص واقعی پیامی نمی‌رسد:
cli-help-send =
    شناسهٔ یکسان در { ISO("--task-id") } یعنی همان کمپین: هرکس پیامش را گرفته باشد کنار گذاشته می‌شود. پس بعد از توقف، خرابی یا پرشدن سقف روز
    همان فرمان را دوباره بدهید. آنچه کمپین دارد (پیام، حساب‌ها، رضایت) می‌ماند، مگر گزینه‌ای آن را عوض کند؛ فهرستی که دوباره داده شود
    مقدارهای تازه را به کسانی می‌رساند که هنوز پیامی نگرفته‌اند. نام‌ها را به شکل { ISO("@name") }، { ISO("name") } یا لینک می‌توان نوشت؛
    ستون‌های دیگر فهرست متغیرهای پیام‌اند.
cli-help-suppress = هر کمپینی، حتی اگر در جریان باشد، نام‌های این فهرست را کنار می‌گذارد. پاک‌کردن فایل موقت به این فهرست کاری ندارد.
cli-help-collect =
    دقیقاً همان تعداد نفر یا پستِ بدون تکرار را جمع می‌کند و می‌ایستد؛ کمتر فقط وقتی که منبع بیشتر ندارد، و آن را می‌گوید. اگر متوقف یا
    کشته شود، همان فرمان از همان صفحه ادامه می‌دهد. پس از پایان، همان فرمان می‌گوید کار چگونه تمام شد و از منبع چیزی نمی‌خواهد؛
    با { ISO("--again 2") } به همان تعداد از دیگران جمع می‌شود، و همین‌طور با { ISO("peyk leads reset") } و سپس همان فرمان. آنچه یک صفحه بیش از
    تعداد خواسته‌شده بیاورد برای درخواست بعدی می‌ماند.
    بدون { ISO("--cycle-minutes") } و { ISO("--cycle-leads") } صفحه‌ها پشت سر هم خواسته می‌شوند؛ با هر کدام، کار دوره‌ای می‌شود (۲۰ دقیقه، ۱۰۰۰
    سرنخ، مگر { ISO("COLLECT_CYCLE_MINUTES") } و { ISO("COLLECT_CYCLE_LEADS") } چیز دیگری بگویند).

    پست‌ها با هشتگ یا کلیدواژه جست‌وجو می‌شوند ({ ISO("x-posts") }، { ISO("bluesky-posts") }): { ISO("--per-target") } می‌گوید از هر کدام چند تا، که اگر
    { ISO("POSTS_PER_HASHTAG") } چیز دیگری نگوید ۵۰۰ است. هشتگ را در نقل‌قول بگذارید، چون { ISO("#") } در پوسته شروع توضیح است. { ISO("--dry-run") } پیشاپیش
    می‌گوید چه می‌برد و چقدر هزینه دارد.

    کدهای خروج: ۰ تعداد کامل شد یا منبع بیشتر ندارد، ۱ ورودی نادرست یا هدفی که نیست، ۳ متوقف، قطع‌شده، یا پاسخ‌هایی که نمی‌شود به
    آن‌ها تکیه کرد: همان فرمان ادامه می‌دهد.
cli-help-sync = در کنار پیکِ در حال کار هم اجرا می‌شود. { ISO("docs/sync.md") } می‌گوید چه چیزی کجا نگه داشته می‌شود و چه چیزی برمی‌گردد.
cli-help-doctor = چیزی را تغییر نمی‌دهد و در کنار پیکِ در حال کار هم اجرا می‌شود.
cli-examples = نمونه‌ها:
cli-title-usage = روش نوشتن:
cli-title-arguments = ورودی‌ها:
cli-title-options = گزینه‌ها:
cli-title-commands = فرمان‌ها:
cli-help-option = راهنمای همین فرمان
cli-help-command = راهنمای یک فرمان
cli-default = پیش‌فرض: { ISO($value) }
cli-choices = یکی از: { $values }
cli-usage-unknownOption = گزینهٔ { ISO($text) } شناخته نیست.
cli-usage-unknownCommand = فرمان { ISO($text) } شناخته نیست.
cli-usage-missingArgument = ورودی { ISO($text) } داده نشده است.
cli-usage-optionMissingArgument = مقدار گزینهٔ { ISO($text) } داده نشده است.
cli-usage-missingMandatoryOptionValue = گزینهٔ { ISO($text) } لازم است و داده نشده است.
cli-usage-excessArguments = ورودی‌ها بیش از اندازه‌اند.
cli-usage-invalidArgument = مقدار { ISO($text) } پذیرفته نیست. { $why }
cli-command-send = یک پیام به همهٔ نام‌های یک فهرست، یا ادامهٔ آن
cli-command-status = وضعیت همهٔ کمپین‌ها، یا همه‌چیز دربارهٔ یکی
cli-command-resolve = تصمیم دربارهٔ گیرنده‌های نامشخص؛ بدون تصمیم، فهرستشان
cli-command-change = متنی دیگر برای همهٔ کسانی که هنوز در صف‌اند؛ کنار پیکِ در حال کار هم می‌شود
cli-command-add-names = افزودن نام به کمپینی که تمام نشده؛ کنار پیکِ در حال کار هم می‌شود
cli-command-take-back = پس‌گرفتن پیام‌های یک کمپین، جایی که پلتفرم اجازه دهد؛ کنار پیکِ در حال کار هم می‌شود
cli-command-mend = گذاشتن متنی دیگر جای پیام‌های ارسال‌شدهٔ یک کمپین؛ کنار پیکِ در حال کار هم می‌شود
cli-command-texts = پیام‌هایی که در گفت‌وگو با نامی ذخیره شده‌اند؛ کنار پیکِ در حال کار هم می‌شود
cli-command-export = نوشتن نتیجهٔ تک‌تک نام‌ها در فایل
cli-command-report = گزارش تصویری وضعیت کمپین
cli-command-end-follow-ups = پایان همیشگی پیگیری‌های یک کمپین؛ آنچه فرستاده شده می‌ماند
cli-command-cleanup = پاک‌کردن فایل موقت کمپینی که به پایان رسیده؛ سابقه و نتیجه‌هایش می‌مانند
cli-command-import-checkpoint = پذیرفتن نقطهٔ ادامهٔ ابزاری قدیمی: هرکس در آن ارسال‌شده باشد کنار گذاشته می‌شود
cli-command-history = چه کسی چه کرد: همه، یا فقط یک کمپین؛ روی صفحه یا در فایل
cli-argument-history = یک کمپین؛ بدون آن، همه
cli-option-history-name = کارهایی که دربارهٔ این شخص شد
cli-option-history-format = به‌جای سطرها یک فایل: { ISO("csv") }، { ISO("xlsx") } یا { ISO("json") }
cli-option-history-count = چند سطر از تازه‌ترین‌ها؛ اگر نگویید ۵۰
cli-history-not-whole = تاریخچه کامل نیست: { $problem }
cli-history-more = { $count } مورد دیگر قدیمی‌تر است؛ گزینهٔ { ISO("--format csv") } همه را می‌دهد.
cli-command-who = هر آنچه دربارهٔ یک شخص ثبت شده، با نام، لینک یا شناسه
cli-command-erase = پاک‌کردن همهٔ داده‌های یک شخص؛ دیگر هیچ‌وقت چیزی برایش فرستاده نمی‌شود
cli-argument-who = نام کاربری، لینک پروفایل یا شناسه
cli-command-answers = پاسخ گیرنده‌ها، همه یا از یک کمپین یا یک شخص، تازه‌ترین‌ها اول
cli-argument-answers = شناسهٔ کمپین، یا نام، لینک یا شناسهٔ یک شخص
cli-answers =
    { $count ->
        [0] پاسخی از آن نگه داشته نشده است.
        [one] { $count } پاسخ:
       *[other] { $count } پاسخ، تازه‌ترین‌ها اول:
    }
cli-answers-people =
    { $count ->
        [0] هنوز هیچ شخصی پاسخ نداده است: این‌ها، تا جایی که از متنشان پیداست، پیام خودکارند.
        [one] { $count } نفر پاسخ داده است؛ پیام خودکار شمرده نمی‌شود.
       *[other] { $count } نفر پاسخ داده‌اند؛ پیام خودکار شمرده نمی‌شود.
    }
cli-answer = از { ISO($name) }، { $moment }: «{ ISO($text) }»
cli-answer-to = از { ISO($name) } به { ISO($id) }، { $moment }: «{ ISO($text) }»
cli-answer-replied = {"  "}جواب شما، { $moment }: «{ ISO($text) }» ({ $state })
cli-answer-replied-why = {"  "}جواب شما، { $moment }: «{ ISO($text) }» ({ $state }: { ISO($why) })
reply-state-planned = منتظر حساب است
reply-state-claimed = در حال ارسال
reply-state-sent = ارسال شد
reply-state-failed = ارسال نشد
reply-state-uncertain = شاید رسیده باشد
cli-command-keep-answers = پاسخ‌های ایکس یا تلگرام نگه داشته و نشان داده شوند یا نه، با هزینهٔ خواندنشان
cli-argument-answer-channel = { ISO("telegram") } یا { ISO("x") }؛ بدون آن، هر دو
cli-argument-on-off = { ISO("on") } روشن، { ISO("off") } خاموش
cli-option-keep-answers-yes = روشن‌کردن بدون پرسش
cli-answers-on = در { $channel }: پاسخ‌ها نگه داشته می‌شوند و به گفت‌وگوی اپراتورها می‌آیند.
cli-answers-off = در { $channel }: پاسخ‌ها فقط برای یافتن کلمه‌های انصراف خوانده می‌شوند و نگه داشته نمی‌شوند.
cli-answers-price = خواندن هر پیام صندوق حساب‌ها { NUMBER($spent, maximumFractionDigits: 3) } دلار هزینه دارد (قیمت { ISO($day) })، پیام‌های خودتان هم جزو آن‌ها هستند. برای کلمه‌های انصراف در هر حال خوانده می‌شوند، پس نگه‌داشتن پاسخ‌ها هزینهٔ بیشتری ندارد. فقط نوشته‌های کسانی نگه داشته می‌شود که کمپینی برایشان پیام فرستاده است، و فقط اپراتورها آن را می‌بینند.
cli-answers-question = پاسخ‌های { $channel } نگه داشته و نشان داده شوند؟ (بله/نه){" "}
cli-answers-needs-yes = کسی نیست که از او پرسیده شود. { ISO("--yes") } بدون پرسش روشن می‌کند.
cli-answers-left = چیزی تغییر نکرد.
cli-answers-on-or-off = برای { $channel } بنویسید { ISO("on") } یا { ISO("off") }.
cli-answers-not-set-up = اینجا { $channel } راه‌اندازی نشده است و پاسخی نیست که نگه داشته شود.
cli-command-reply = جواب به کسی که به کمپین پاسخ داده، از همان حسابی که برایش نوشته است
cli-option-reply-message = نوشتهٔ شما، همان‌طور که هست
cli-reply-sent = جواب شما از { ISO($account) } به { ISO($name) } رسید.
cli-reply-waits = جواب شما به { ISO($name) } منتظر است: { ISO($account) } اکنون نمی‌تواند بفرستد. همین که بتواند، خودبه‌خود فرستاده می‌شود؛ { ISO("peyk answers ", $id) } نشانش می‌دهد.
cli-reply-waits-here = جواب شما به { ISO($name) } منتظر است: { ISO($account) } اکنون نمی‌تواند بفرستد. همین که بتواند و پیک در حال کار باشد ({ ISO("npm start") })، خودبه‌خود فرستاده می‌شود؛ { ISO("peyk answers ", $id) } نشانش می‌دهد.
cli-reply-failed = جواب شما به { ISO($name) } نرسید: { ISO($why) }.
cli-reply-uncertain = جواب شما به { ISO($name) } شاید رسیده باشد ({ ISO($why) }). خودبه‌خود دوباره فرستاده نمی‌شود. هر جا بشود گفت‌وگو را دید، پیک تا وقتی در حال کار است نگاهش می‌کند؛ { ISO("peyk answers ", $id) } نتیجه را نشان می‌دهد.
cli-reply-uncertain-left = جواب شما به { ISO($name) } شاید رسیده باشد و از اینجا معلوم نمی‌شود رسیده است یا نه ({ ISO($why) }). خودبه‌خود دوباره فرستاده نمی‌شود؛ پیش از نوشتن دوباره، خود { ISO($account) } را ببینید.
cli-reply-noAnswer = پاسخ این شخص دیگر اینجا نیست؛ جواب شما فرستاده نشد.
cli-reply-nobody = پاسخی از { ISO($name) } به { ISO($id) } ثبت نشده و چیزی نیست که جوابش داده شود. { ISO("peyk answers ", $id) } نشان می‌دهد چه کسانی پاسخ داده‌اند.
cli-reply-no-name = این نام کسی نیست: { ISO($why) }
cli-command-audiences = کسانی که با یک نام برای کمپین‌های بعدی نگه داشته شده‌اند؛ کنار پیکِ در حال کار هم می‌شود
cli-command-audiences-keep = نگه‌داشتن یک فهرست با یک نام
cli-command-audiences-show = اکنون چه کسانی در یک دسته‌اند
cli-command-audiences-rename = دادن نامی دیگر به یک دسته
cli-command-audiences-remove = حذف یک دسته؛ کمپین‌هایی که از آن ساخته شده‌اند همان‌طور می‌مانند
cli-command-tags = برچسب‌های افراد: هر برچسب را چند نفر دارند؛ کنار پیکِ در حال کار هم می‌شود
cli-command-tags-add = برچسب‌زدن به افراد یا به همهٔ یک دسته
cli-command-tags-remove = برداشتن برچسب از افراد یا از همهٔ یک دسته
cli-argument-audience = نام یک دسته
cli-argument-audience-new = نامی که باید بگیرد
cli-argument-tag = یک کلمه، مثلاً { ISO("vip") }
cli-argument-tagged = نام‌های کاربری، به هر شکل رایج
cli-option-tag-audience = همهٔ افراد این دسته، به جای نام‌ها
cli-audiences-none = دسته‌ای نگه داشته نشده است.
cli-audience-list =
    { $count ->
        [one] دستهٔ { ISO($name) }: فهرستی با ۱ نام، ثبت‌شده { ISO($moment) } ({ ISO($origin) })
       *[other] دستهٔ { ISO($name) }: فهرستی با { $count } نام، ثبت‌شده { ISO($moment) } ({ ISO($origin) })
    }
cli-audience-conditions =
    { $count ->
        [one] دستهٔ { ISO($name) }: مشترک‌ها با شرط، اکنون ۱ نفر
       *[other] دستهٔ { ISO($name) }: مشترک‌ها با شرط، اکنون { $count } نفر
    }
cli-audience-condition = {"  "}{ $line }
cli-audience-defined = با نام { ISO($name) } نگه داشته شد: اکنون { $count } نفر.
cli-audience-unknown-campaign = کمپینی با شناسهٔ { ISO($id) } که به مشترک‌ها رفته باشد نیست.
cli-past-wrong = تاریخ { ISO("--joined-since") } خوانده نشد: { $problem }
cli-past-choice = تاریخ { ISO("--joined-since") } را دو جور می‌شود خواند: { $names }. مثلاً «۱۴۰۵/۷/۱» بنویسید.
cli-command-audiences-define = نگه‌داشتن شرط‌هایی برای مشترک‌ها با یک نام؛ در هر کمپین دیده می‌شود چه کسانی آن را دارند
cli-option-source = آمده از لینکی با این کلمه؛ چند بار هم می‌شود و هر کدام کافی است
cli-option-speaks = زبان، مثلاً { ISO("fa") }؛ چند بار هم می‌شود و هر کدام کافی است
cli-option-joined-since = مشترک از این روز، مثل «دیروز»، «اول مهر» یا «۱۴۰۵/۷/۱»
cli-option-got = این کمپین را حتماً گرفته؛ چند بار هم می‌شود و همه لازم است
cli-option-not-got = این کمپین را حتماً نگرفته؛ چند بار هم می‌شود
cli-option-answered = به این کمپین پاسخ داده؛ چند بار هم می‌شود و همه لازم است
cli-option-not-answered = به این کمپین پاسخ نداده؛ چند بار هم می‌شود
cli-option-tagged = این برچسب را دارد؛ چند بار هم می‌شود و هر کدام کافی است
cli-option-not-tagged = این برچسب را ندارد؛ چند بار هم می‌شود
cli-audience-among = از جمله: { $names }
cli-audience-unreadable = دستهٔ { ISO($name) } خوانده نمی‌شود: { $problem }
cli-audience-unknown = دسته‌ای به نام { ISO($name) } نیست. { ISO("peyk audiences") } همهٔ دسته‌ها را نشان می‌دهد.
cli-audience-telegram = دستهٔ { ISO($name) } از مشترک‌هاست و فقط با { ISO("--channel telegram") } می‌توان به آن‌ها نوشت.
cli-audience-nobody = اکنون کسی در دستهٔ { ISO($name) } نیست.
cli-audience-kept = با نام { ISO($name) } نگه داشته شد: { $count } نام.
cli-audience-taken = دسته‌ای به نام { ISO($name) } هست.
cli-audience-badName = این نام نمی‌شود: { ISO($name) }. تا ۴۰ حرف، رقم، فاصله، نقطه و خط تیره، با دست‌کم یک حرف.
cli-audience-noList = این فهرست دیگر نیست.
cli-audience-renamed = نامش اکنون { ISO($name) } است.
cli-audience-removed = دستهٔ { ISO($name) } حذف شد.
cli-tags-none = کسی برچسبی ندارد.
cli-tag-line = برچسب { ISO($tag) }: { $count }
cli-tag-added = اکنون { $count } نفر دیگر برچسب { ISO($tag) } دارند؛ { $unchanged } نفر از قبل داشتند.
cli-tag-taken = برچسب { ISO($tag) } از { $count } نفر برداشته شد؛ { $unchanged } نفر نداشتند.
cli-tag-badTag = این برچسب نمی‌شود: { ISO($tag) }. یک کلمه تا ۲۴ حرف، رقم، خط تیره و زیرخط، با دست‌کم یک حرف.
cli-tag-whom = نام‌ها را بنویسید، یا دسته‌ای را با { ISO("--audience") }، نه هر دو را.
cli-command-welcome = کمپینی که به هر مشترک تازه یک بار می‌نویسد؛ کنار پیکِ در حال کار هم می‌شود
cli-command-welcome-on = شروع خوشامد، یا روشن‌کردن آن برای کسانی که از این پس می‌آیند
cli-command-welcome-off = خاموش‌کردن خوشامد؛ کسی که در صف است هنوز آن را می‌گیرد
cli-command-growth = چند نفر در طول زمان مشترک شدند، رفتند یا مسدود کردند، به متن یا تصویر؛ کنار پیکِ در حال کار هم می‌شود
cli-option-days = این تعداد روز پیش؛ اگر گفته نشود ۳۰
cli-option-growth-source = فقط کسانی که از لینکی با این کلمه آمده‌اند
cli-option-growth-out = تصویرش را در این فایل { ISO("PNG") } می‌کشد؛ { ISO("-") } یعنی خروجی استاندارد
cli-growth-step = { ISO($date) }: { $joined } آمده، { $left } رفته، { $blocked } مسدود، { $gone } حذف؛ پس از آن { $count }
cli-growth-source = لینک { ISO($source) }: { $figures }
cli-growth-no-source = بدون نشانی از لینک: { $figures }
cli-welcome-none = پیام خوشامدی نیست. { ISO("peyk welcome on --message") } یکی را شروع می‌کند.
cli-welcome-on = کمپین { ISO($id) } روشن است: هر که مشترک شود یک بار آن را می‌گیرد.
cli-welcome-off = کمپین { ISO($id) } خاموش است: هر که مشترک شود چیزی نمی‌گیرد.
cli-welcome-text = پیام خوشامد هست؛ { ISO("peyk change ", $id, " --message") } متن دیگری به آن می‌دهد.
cli-welcome-turned-already = از قبل همین‌طور بود، یا کسی بعداً آن را تغییر داده است.
cli-welcome-begun = خوشامد با نام { ISO($id) } روشن شد.
cli-argument-backup = فایل پشتیبانی که { ISO("peyk backup") } یا { ISO("/backup") } ساخته است
cli-command-suppress = فهرست عدم ارسال: افزودن، برداشتن، دیدن، فایل
cli-command-suppress-add = افزودن نام به فهرست
cli-command-suppress-remove = برداشتن نام از فهرست
cli-command-suppress-list = نام‌های فهرست، تازه‌ترین‌ها اول
cli-command-suppress-import = افزودن همهٔ نام‌های یک فایل؛ از همهٔ برگه‌ها، مگر برخی نام برده شوند
cli-command-collect = جمع‌آوری تعداد دقیقی نفر یا پستِ بدون تکرار از یک منبع
cli-command-leads = فهرست‌های افراد و پست‌های جمع‌شده
cli-command-leads-status = همه‌چیز دربارهٔ یک فهرست: هدف‌ها، آخرین نوبت، هر درخواست از منبع
cli-command-leads-reset = شروع دوبارهٔ هدف‌ها از صفحهٔ اول؛ هیچ‌کس دو بار به شمار نمی‌آید
cli-command-leads-cancel = پایان‌دادن به درخواست جاری؛ آنچه جمع شده می‌ماند
cli-command-leads-export = نوشتن همه در فایل
cli-command-leads-kpis = کارنامهٔ جمع‌آوری در همهٔ درخواست‌ها
cli-command-doctor = بررسی تنظیم‌ها، فایل‌ها، ساعت، مالکیت پوشه و درستی عددهای هر کمپین
cli-command-backup = گذاشتن همهٔ آنچه نگه داشته می‌شود در یک فایل، در کنار پیکِ در حال کار هم
cli-command-restore = برگرداندن نسخهٔ پشتیبان به پوشهٔ دادهٔ خالی؛ تا تأیید نکنید چیزی فرستاده نمی‌شود
cli-command-move = بردن همه چیز از پوشهٔ داده به پایگاه دادهٔ خالیِ { ISO("DATABASE_URL") }، یا برگرداندنش
cli-command-confirm-restored = اجازهٔ ادامه به کمپینی که از نسخهٔ پشتیبان برگشته است
cli-command-worker = انجام کارها روی آنچه در پایگاه داده است، بدون گفت‌وگو (با { ISO("STORE=postgres") })
cli-command-chat = فقط گفت‌وگو و صفحه‌ها، بدون انجام کارها (با { ISO("STORE=postgres") })
cli-command-sync = رونوشت کمپین‌ها، نتیجه‌ها، سرنخ‌ها و فهرست عدم ارسال در پایگاه دادهٔ { ISO("DATABASE_URL") }
cli-option-json = در هر سطر یک شیء JSON
cli-option-list = نام‌های کاربری: { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") }؛ یا { ISO("subscribers[:SOURCE]") }
cli-option-from = به‌جای فهرست: گیرنده‌های آن کمپین، با متن و تنظیماتش
cli-option-states = همراه { ISO("--from") }، فقط این‌ها: { ISO("failed") } (ناموفق)، { ISO("notFound") } (پیدا نشد)، { ISO("uncertain") } (نامشخص)، { ISO("planned") } (امتحان‌نشده)، { ISO("everyone") } (همه)
cli-option-message = پیام؛ { ISO("{{column}}") } جای مقدار یک ستون فهرست است
cli-option-saved-text = پیام، از میان پیام‌هایی که در گفت‌وگو ذخیره شده‌اند
cli-option-message-file-for = فایل متنی پیام به یک زبان، به شکل { ISO("fa=FILE") }؛ برای هر زبان یک بار
cli-option-message-file = فایل متنی پیام
cli-option-revision = فقط پیام‌های این نسخه
cli-option-name = فقط پیام این نام کاربری
cli-option-yes = شروع بدون پرسش
cli-option-channel = ارسال از طریق: { ISO("simulator") }، { ISO("x") }، { ISO("telegram") }، { ISO("webhook") }
cli-option-consent = رضایت گیرنده‌ها از کجا آمده است؛ برای گیرنده‌های واقعی لازم است
cli-option-task-id = نام کمپین؛ اگر نباشد ساخته می‌شود
cli-option-max-per-account = سقف پیام هر حساب در روز
cli-option-not-within-days = کنارگذاشتن کسانی که در این چند روز از کمپین دیگری پیام گرفته‌اند
cli-option-at = زمان شروع، مثل «فردا ۹ صبح» یا «۱۴۰۵/۹/۱۴ ساعت ۹»؛ فرمان تا آن وقت منتظر می‌ماند
cli-option-try-first = اول ارسال برای این تعداد و بعد توقف؛ اگر دوباره داده شود همین تعداد دیگر، و اگر نه برای همه
cli-option-priority = عددی از ۱ تا ۹: با حساب‌های مشترک، کمپینی که عدد بالاتری دارد اول می‌فرستد
cli-option-per-minute = حداکثر پیام در دقیقه، با همهٔ حساب‌ها روی هم
cli-option-per-hour = حداکثر پیام در ساعت، با همهٔ حساب‌ها روی هم
cli-option-per-day = حداکثر پیام در روز، با همهٔ حساب‌ها روی هم
cli-option-spend-cap = توقف پیش از آنکه هزینه از این تعداد دلار بیشتر شود
cli-option-follow-up = متن برای کسانی که پاسخ نمی‌دهند، حداکثر دو متن؛ هر کدام با { ISO("--follow-up-after") } خودش
cli-option-follow-up-after = تعداد روزهای بی‌پاسخی پیش از پیگیری، از ۱ تا ۳۰
cli-option-no-guard-rails = بدون توقف احتیاطی، حتی اگر خیلی‌ها نپذیرند یا انصراف دهند، یا ارسال برایشان ناموفق باشد
cli-option-window = روزها و ساعت‌هایی که می‌فرستد، مثل «شنبه تا چهارشنبه ۹ تا ۱۸»؛ یا «همیشه»
cli-option-exclude-campaign = کنارگذاشتن گیرنده‌های آن کمپین؛ می‌توان چند بار داد
cli-option-change-message = از این پس همین پیام، در کمپینی که پیام دیگری دارد
cli-option-names-dry-run = نشان‌دادن کسانی که اضافه می‌شوند، بدون اضافه‌کردنشان
cli-option-text-only = فقط متن: قالب‌بندی، فایل و دکمه‌های متن قبلی کنار گذاشته می‌شوند
cli-option-change-accounts = از این پس همهٔ حساب‌های تنظیم‌شده، در کمپینی که حساب‌های دیگری دارد
cli-option-resume = ادامهٔ کمپینی که کسی متوقفش کرده است
cli-option-concurrency = حداکثر ارسال هم‌زمان
cli-option-send-dry-run = نمایش برنامه و سه پیام، بدون ارسال
cli-option-verbose = گفتن اینکه برای هر نام چه پیش می‌آید
cli-option-column = ستون نام‌های کاربری، با نام یا شماره‌اش از ۱
cli-option-sheet = برگه‌ای که خوانده شود؛ می‌توان چند بار داد، و { ISO("all") } یعنی همه
cli-option-header-row = سطر عنوان ستون‌ها؛ { ISO("0") } یعنی هیچ‌کدام
cli-option-encoding = کدگذاری متن؛ مثلاً { ISO("windows-1256") } یا { ISO("utf-16le") }
cli-option-all = تصمیم برای همهٔ نامشخص‌ها
cli-option-resolve-dry-run = نمایش اینکه دربارهٔ چه کسانی است، بدون تصمیم
cli-option-format = نوع فایل
cli-option-out = کجا؛ { ISO("-") } یعنی خروجی استاندارد؛ اگر نباشد فایلی در پوشهٔ داده
cli-option-backup-out = کجا؛ { ISO("-") } یعنی خروجی استاندارد؛ اگر نباشد فایلی با نام همان لحظه در همین پوشه
cli-option-move-to-files = از پایگاه داده به پوشهٔ داده؛ پوشه باید خالی باشد یا قبلاً به همان پایگاه داده رفته باشد
cli-option-move-give-up = چشم‌پوشی از انتقالی که نیمه‌کاره مانده است؛ همه چیز همان‌جایی می‌ماند که بود
cli-option-erase-yes = بدون پرسیدن
cli-option-who-export = نوشتن همهٔ داده‌های این شخص در این فایل، به شکل JSON
cli-option-doctor-backup = بررسی این نسخهٔ پشتیبان به‌جای پوشهٔ داده، بدون برگرداندنش
cli-option-report-out = کجا؛ { ISO("-") } یعنی خروجی استاندارد؛ اگر نباشد { ISO("ID-report.png") } در همین پوشه
cli-report-not-png = نام { ISO($file) } به { ISO(".png") } ختم نمی‌شود؛ گزارش تصویری از همین نوع است.
cli-option-reason = دلیل
cli-option-note = یادداشت شما که با نام‌ها می‌ماند
cli-option-count = چند نفر یا پستِ بدون تکرار، از همهٔ هدف‌ها روی هم
cli-option-per-target = همین تعداد از هر هدف
cli-option-suite = چند تعداد پشت سر هم؛ مثلاً { ISO("50,100,250") }
cli-option-again = همان درخواست برای بار چندم، از ۲؛ بدون آن، درخواستِ پایان‌یافته دوباره گزارش می‌شود
cli-option-collect-list = فهرستی که در آن می‌روند؛ اگر نباشد از هدف‌ها ساخته می‌شود
cli-option-max-calls = حداکثر صفحه‌ای که از منبع خواسته شود
cli-option-test = حداکثر پنج صفحه
cli-option-collect-dry-run = گفتن دست‌کمِ زمان و هزینه، بدون درخواست از منبع
cli-option-cycle-minutes = جمع‌آوری دوره‌ای، هر چند دقیقه یک دور
cli-option-cycle-leads = حداکثر نفر یا پست در هر دور
cli-option-target = فقط همین یکی؛ مثلاً { ISO("followers_mira") }
cli-option-watch = ادامهٔ رونوشت تغییرها تا وقتی متوقف شود
cli-option-interval = فاصلهٔ دو نوبت { ISO("--watch") }، از ۱ (پیش‌فرض: { ISO("SYNC_INTERVAL") }، ۳۰۰)
cli-option-check = بدون رونوشت؛ می‌گوید دو طرف برابرند یا نه، و تفاوت‌ها را می‌شمارد
cli-option-sql = چاپ آنچه مدیر پایگاه داده باید اجرا کند؛ به پایگاه داده دست نمی‌زند
cli-argument-id = شناسهٔ کمپین
cli-argument-source = منبع: { ISO("x-followers") }، { ISO("x-repliers") }، { ISO("x-posts") }، { ISO("tiktok") }، { ISO("bluesky-followers") } …
cli-argument-targets = حساب‌ها، پست‌ها، هشتگ‌ها یا کلیدواژه‌ها؛ چند تا نوبت به نوبت
cli-argument-name = نام کاربری
cli-argument-decision = { ISO("sent") } یعنی رسیده؛ { ISO("again") } یعنی دوباره فرستاده شود؛ { ISO("skip") } یعنی کنار گذاشته شود
cli-line-number = شمارهٔ یک سطر بدهید، یا { ISO("0") } برای هیچ‌کدام.
cli-seconds-wrong = عددی صحیح از ۱ تا ۸۶۴۰۰ (ثانیه) بدهید.
cli-unknown-failure = به دلیلی نامعلوم انجام نشد.
cli-status-running = ناتمام
cli-count = { $state }: { $count }
cli-paused-tried-first =
    { $count ->
        [one] منتظر اجازهٔ شماست: پیام به { $count } گیرندهٔ اول رسیده است. همین فرمان برای همین تعداد دیگر هم می‌فرستد؛ بدون { ISO("--try-first") } برای بقیه ادامه می‌دهد.
       *[other] منتظر اجازهٔ شماست: پیام به { $count } گیرندهٔ اول رسیده است. همین فرمان برای همین تعداد دیگر هم می‌فرستد؛ بدون { ISO("--try-first") } برای بقیه ادامه می‌دهد.
    }
cli-paused-approval = منتظر تأیید یک نفر دیگر در گفت‌وگو است
cli-paused-sent-back = با این دلیل برگردانده شد: «{ ISO($reason) }»؛ منتظر تغییر است و بعد از آن منتظر تأیید یک نفر دیگر در گفت‌وگو
cli-paused-restored = داده‌های پیک از نسخهٔ پشتیبانِ { $moment } برگردانده شده و معلوم نیست پس از آن برای چه کسانی فرستاده شده است. وقتی مطمئن شدید که کسی دو بار نمی‌گیرد: { ISO("peyk confirm-restored") } { ISO($id) }
cli-spent = هزینه تا اینجا: حداکثر { NUMBER($spent, minimumFractionDigits: 2, maximumFractionDigits: 3) } دلار با قیمت‌های { ISO($priced) }
cli-spent-of = هزینه تا اینجا: حداکثر { NUMBER($spent, minimumFractionDigits: 2, maximumFractionDigits: 3) } از { NUMBER($cap, minimumFractionDigits: 2, maximumFractionDigits: 3) } دلار، با قیمت‌های { ISO($priced) }
cli-paused-operator = متوقف شده بود.
cli-paused-rejected = سرویس هیچ پیامی را نمی‌پذیرد: { ISO($why) }. این را درست کنید و دوباره بفرستید.
cli-paused-full = دیسک پر است و دیگر چیزی فرستاده نمی‌شود. جا باز کنید و دوباره بفرستید.
cli-paused-storage = رویدادها ثبت نمی‌شوند و برای همین دیگر چیزی فرستاده نمی‌شود: { ISO($why) }.
cli-paused-unheard = { $unheard } به همهٔ باقی‌مانده‌ها قبلاً پیام رفته است و شاید انصراف داده باشند.
cli-paused-unavailable = فعلاً چیزی فرستاده نمی‌شود: { ISO($why) }. دوباره در { ISO($moment) } امتحان می‌شود.
cli-paused-first = کمپین { ISO($id) } که این پیگیری آن است متوقف نگه داشته شده است. تا یک دقیقه پس از ادامهٔ آن، این هم خودبه‌خود ادامه می‌یابد.
cli-paused-window = فقط { ISO($window) } می‌فرستد و همان وقت ادامه می‌یابد: { $moment }.
cli-paused-missed = قرار بود در { ISO($moment) } شروع شود و کسی نبود که شروعش کند. چیزی فرستاده نشده است. فرمان را با { ISO("--at now") } یا با زمانی دیگر دوباره بدهید.
cli-starts = خودبه‌خود شروع می‌شود: { $moment }، { $left } دیگر. این فرمان منتظرش می‌ماند. اگر زودتر تمامش کنید، کمپین زمان‌بندی‌شده می‌ماند و با { ISO("npm start") } یا همین فرمان شروع می‌شود.
cli-would-start = زمان شروعش این می‌شد: { $moment }
cli-sends-only = فقط در این ساعت‌ها می‌فرستد: { ISO($window) }
cli-would-send = فقط در این ساعت‌ها می‌فرستاد: { ISO($window) }
cli-at-problem = زمان { ISO("--at") } ({ ISO($text) }): { $why }
cli-window-problem = بازهٔ { ISO("--window") } ({ ISO($text) }): { $why }
cli-begun = کمپین { ISO($id) } شروع شده است و برای بعد زمان‌بندی نمی‌شود. { ISO("--at") } را کنار بگذارید تا ادامه یابد.
cli-paused-left = دیگر هیچ حسابی نمی‌تواند بفرستد: { ISO($why) }. یکی را درست کنید و دوباره بفرستید.
cli-paused-all-left = دیگر هیچ حسابی نمی‌تواند بفرستد. یکی را درست کنید و دوباره بفرستید.
cli-paused-one-capped = حساب تا { ISO($moment) } به سقفش رسیده است.
cli-paused-paced = سقف سرعتی که برای کل کمپین گذاشته شده است تا { $moment } پر است.
cli-paused-capped = هر { $count } حساب تا { ISO($moment) } به سقفشان رسیده‌اند.
cli-paused-until = تا { ISO($moment) } هیچ حسابی نمی‌تواند بفرستد.
cli-paused-until-why = تا { ISO($moment) } هیچ حسابی نمی‌تواند بفرستد ({ ISO($why) }).
cli-account-why = حساب { ISO($account) }: { ISO($why) }
cli-account-left-out = به بعضی از باقی‌مانده‌ها فقط { ISO($account) } می‌تواند بنویسد و کمپین از آن نمی‌فرستد
cli-unheard = پاسخ‌هایی که به { ISO($account) } رسیده خوانده نمی‌شود ({ ISO($why) }).
cli-unheard-until = پاسخ‌هایی که به { ISO($account) } رسیده پیش از { ISO($moment) } خوانده نمی‌شود ({ ISO($why) }).
cli-event-noCheckpoint = نقطهٔ ادامه‌ای نیست؛ از اول شروع می‌شود.
cli-event-checkpointLoaded = نقطهٔ ادامه خوانده شد: { $count } نفر قبلاً پیام گرفته‌اند.
cli-event-alreadySent = { $count } نفر قبلاً پیام گرفته‌اند و کنار گذاشته می‌شوند.
cli-event-checkpointRemoved = نقطهٔ ادامه پاک شد.
cli-event-checkpointSaved = نقطهٔ ادامه با { $count } نام ذخیره شد.
cli-event-skipped = { ISO($username) }: { $reason }.
cli-event-skipped-by = { ISO($username) }: { $reason } ({ ISO($by) }).
cli-event-optedOut = { ISO($username) } در پاسخ به { ISO($account) } انصراف داد و در فهرست عدم ارسال است.
cli-event-looksAgain = رسیدن پیام‌های نامشخص { ISO($account) } را در { ISO($moment) } می‌توان دوباره بررسی کرد.
cli-event-unheard = { $unheard } هر کس قبلاً پیام گرفته منتظر می‌ماند، چون شاید انصراف داده باشد.
cli-event-settled = { ISO($username) }: { $state } از طریق { ISO($account) }.
cli-event-settled-why = { ISO($username) }: { $state } از طریق { ISO($account) } ({ ISO($why) }).
cli-event-sent = { ISO($username) }: از طریق { ISO($account) } ارسال شد و علامت خورد.
cli-event-again = { ISO($username) }: از طریق { ISO($account) } فرستاده نشد و دوباره تلاش می‌شود ({ ISO($why) }).
cli-trouble-capped = { ISO($account) } به سقفش رسیده است
cli-trouble-resting = { ISO($account) } در استراحت است
cli-trouble-locked = { ISO($account) } قفل شده است
cli-trouble-loggedOut = ورود { ISO($account) } باطل شده است
cli-trouble-back = { ISO($account) } برگشت
cli-trouble-until = {" "}تا { ISO($moment) }
cli-progress = { $bar } { $done } از { $total } · { $counts }
cli-progress-rate = { $rate } در ثانیه
cli-progress-left = { ISO($left) } مانده
cli-no-campaigns = هنوز کمپینی نیست. { ISO("peyk send --help") } نشان می‌دهد چگونه شروع کنید.
cli-campaign-line = { ISO($id) }: { $status }، { $counts }
cli-nobody = هیچ‌کس
cli-gone = دیگر نیست
cli-problem-line = کمپین { ISO($id) }: { ISO($problem) }
cli-worker-line = { ISO($worker) }: { $does }
cli-is = کمپین { ISO($id) }: { $status }.
cli-show-recipients = {"  "}گیرنده‌ها: { $count } ({ $counts })
cli-show-through = {"  "}ارسال از طریق { ISO($channel) }: { $accounts }
cli-a-day = { ISO($name) } ({ $limit } در روز)
cli-show-started = {"  "}شروع: { ISO($moment) }
cli-show-ended = {"  "}پایان: { ISO($moment) }
cli-show-consent = {"  "}رضایت گیرنده‌ها: { ISO($consent) }
cli-show-uncertain = {"  "}نامشخص از { ISO($moment) }: { $names }
cli-names-more = { $names } و { $count } نفر دیگر
cli-no-such-campaign = کمپینی به نام { ISO($id) } نیست. این‌ها هست: { $known }.
cli-no-such-campaign-none = کمپینی به نام { ISO($id) } نیست. هنوز هیچ کمپینی نیست.
cli-follow-ups-ended = پیگیری‌های { ISO($id) } پایان یافت. دیگر کسی پیگیری نمی‌شود؛ آنچه فرستاده شده می‌ماند.
cli-follow-ups-none = کمپین { ISO($id) } پیگیری‌ای ندارد که پایان یابد: پیگیری دیگری در پیش نیست، یا قبلاً پایان یافته است.
cli-cleaned = فایل موقت { ISO($id) } پاک شد. سابقه و نتیجه‌هایش می‌مانند.
cli-clean-unfinished = کمپین { ISO($id) } به پایان نرسیده و هنوز به فایل موقتش نیاز دارد. با { ISO("peyk send") } تمامش کنید یا لغوش کنید.
cli-clean-nothing = کمپین { ISO($id) } دیگر فایل موقتی ندارد.
cli-backed-up = نسخهٔ پشتیبان در { ISO($path) } است. نام‌ها و پیام‌های افراد در آن است؛ مثل پوشهٔ داده از آن نگهداری کنید. بررسی‌اش: { ISO("peyk doctor --backup") } { ISO($path) }
cli-restored =
    { $campaigns ->
        [one] نسخهٔ پشتیبانِ { $moment } در { ISO($path) } گذاشته شد: { $campaigns } کمپین.
       *[other] نسخهٔ پشتیبانِ { $moment } در { ISO($path) } گذاشته شد: { $campaigns } کمپین.
    }
cli-put-back =
    { $campaigns ->
        [one] پایگاه داده برگردانده‌شده به حساب می‌آید، آن‌طور که حدود { $moment } بود: { $campaigns } کمپین.
       *[other] پایگاه داده برگردانده‌شده به حساب می‌آید، آن‌طور که حدود { $moment } بود: { $campaigns } کمپین.
    }
cli-restored-since = اینجا معلوم نیست چه کسی پس از آن لحظه گفته دیگر پیام نمی‌خواهد یا داده‌هایش پاک شده است: آن‌ها را دوباره به فهرست عدم ارسال اضافه کنید و داده‌هایشان را دوباره پاک کنید.
cli-restored-paused =
    { $count ->
        [one] کار { $count } کمپین تمام نشده بود. منتظر شماست، چون معلوم نیست پس از آن پشتیبان برای چه کسانی فرستاده شده است. { ISO("peyk status") } نامش را می‌گوید و { ISO("peyk confirm-restored ID") } اجازهٔ ادامه می‌دهد.
       *[other] کار { $count } کمپین تمام نشده بود. منتظر شما هستند، چون معلوم نیست پس از آن پشتیبان برای چه کسانی فرستاده شده است. { ISO("peyk status") } نام‌هایشان را می‌گوید و { ISO("peyk confirm-restored ID") } به هر کدام اجازهٔ ادامه می‌دهد.
    }
cli-restored-collections =
    { $count ->
        [one] { $count } گردآوری در جریان بود و متوقف شد.
       *[other] { $count } گردآوری در جریان بود و متوقف شدند.
    }
cli-move-piece = { $nth } از { $of }: { ISO($piece) }
cli-move-names = { ISO($piece) }: { $done } از { $names } نام
cli-move-checked =
    { $names ->
        [one] مقایسهٔ دو طرف: کمپینی با { $names } نام خوانده شد
       *[other] مقایسهٔ دو طرف: کمپینی با { $names } نام خوانده شد
    }
cli-moved-database = همه چیز از { ISO($path) } به پایگاه داده رفت.
cli-moved-folder = همه چیز از پایگاه داده به { ISO($path) } رفت.
cli-moved-compared = دو طرف یکی هستند. کمپین‌ها: { $campaigns }؛ نام‌های آن‌ها: { $names }، از این‌ها فرستاده { $sent }، در نوبت { $planned }، نامعلوم { $unknown }. فهرست عدم ارسال: { $suppressions }. مشترک‌ها: { $recipients }. فهرست‌های سرنخ: { $lists }.
cli-moved-closed-folder = { ISO($path) } بسته شد. از این به بعد پیک با پایگاه داده کار می‌کند، با { ISO("STORE=postgres") } و همین { ISO("DATABASE_URL") }. پیش از پاک کردن محتوای پوشه از پایگاه داده پشتیبان بگیرید. خروجی‌ها و گزارش برنامه همان‌جا می‌مانند.
cli-moved-closed-database = پایگاه داده بسته شد. از این به بعد پیک با { ISO($path) } کار می‌کند، بدون { ISO("STORE=postgres") }.
cli-move-given-up-folder = از انتقال چشم‌پوشی شد. همه چیز در { ISO($path) } است و پایگاه داده دوباره خالی است.
cli-move-given-up-database = از انتقال چشم‌پوشی شد. همه چیز در پایگاه داده است.
cli-help-move =
    اول هر پیکی را که در کار است متوقف کنید. با { ISO("STORE=postgres") } و { ISO("DATABASE_URL") } هر چه در پوشهٔ داده است
    به آن پایگاه داده می‌رود که نباید چیزی از پیک در آن باشد. در پایان دو طرف شمرده و با هم مقایسه می‌شوند
    و پوشه بسته می‌شود؛ دیگر چیزی روی آن راه نمی‌افتد. با { ISO("--to-files") } همه چیز برمی‌گردد.
    انتقالی که به هر دلیلی نیمه‌کاره بماند با همان فرمان ادامه پیدا می‌کند. با این کار چیزی فرستاده نمی‌شود.
cli-confirmed = کمپین { ISO($id) } می‌تواند ادامه یابد.
cli-confirmed-nothing = کمپین { ISO($id) } منتظر چنین اجازه‌ای نیست.
cli-erase-needs-yes = کسی نیست که از او پرسیده شود. { ISO("--yes") } بدون پرسش پاک می‌کند.
cli-erase-question = همهٔ داده‌های { ISO($name) } پاک شود؟ همهٔ خروجی‌های پوشهٔ داده هم پاک می‌شوند. این کار برگشت ندارد. (بله/نه){" "}
cli-erase-kept = چیزی پاک نشد.
cli-erased = پاک شد. در هر فهرستی هم بیاید، دیگر چیزی برایش فرستاده نمی‌شود. در نسخه‌های پشتیبان قبلی هنوز هست.
cli-erased-waits = دیگر چیزی برایش فرستاده نمی‌شود، اما رونوشت PostgreSQL در دسترس نبود: نامش در { ISO("erased.json") } می‌ماند تا در یکی از شروع‌های بعدی در دسترس باشد. { ISO("peyk doctor") } می‌گوید چه وقت کامل شد.
cli-erasing = دیگر چیزی برایش فرستاده نمی‌شود. پیکِ در حال کار (پردازهٔ { ISO($process) }) همین که فایل‌ها باز نباشند پاک می‌کند: { ISO("npm start") } لحظه‌ای متوقف می‌شود و { ISO("peyk send") } در پایان کارش.
cli-erased-already = قبلاً پاک شده است.
cli-erase-no-name = این نام کسی نیست: { ISO($why) }
cli-resolve-both = یا یک نام و یک تصمیم بدهید، یا { ISO("--all") } و یک تصمیم.
cli-resolve-what = بگویید برای { ISO($name) } چه شد: { ISO("sent") }، { ISO("again") } یا { ISO("skip") }.
cli-resolve-not = وضع { ISO($name) } در { ISO($id) } نامشخص نیست و تصمیمی لازم ندارد.
cli-resolve-none = در { ISO($id) } کسی نامشخص نیست.
cli-resolve-list = { $count } نفر شاید پیام { ISO($id) } را گرفته باشند؛ دوباره فرستاده نشد:
cli-resolve-line = {"  "}{ ISO($username) }، از طریق { ISO($account) }، { ISO($moment) }
cli-resolved-one-sent = پیام { ISO($username) } ارسال‌شده به شمار آمد.
cli-resolved-one-again = پیام { ISO($username) } دوباره در صف است؛ { ISO("peyk send") } یا اجرای بعدی پیک آن را می‌فرستد.
cli-resolved-one-again-at-work = پیام { ISO($username) } دوباره در صف است؛ پیکِ در حال کار آن را می‌فرستد.
cli-resolved-one-skip = گیرندهٔ { ISO($username) } کنار گذاشته شد و دیگر پیامی نمی‌گیرد.
cli-resolved-all-sent = { $count } نفر ارسال‌شده به شمار آمدند.
cli-resolved-all-again = { $count } نفر دوباره در صف‌اند؛ { ISO("peyk send") } یا اجرای بعدی پیک برایشان می‌فرستد.
cli-resolved-all-again-at-work = { $count } نفر دوباره در صف‌اند؛ پیکِ در حال کار برایشان می‌فرستد.
cli-resolved-all-skip = { $count } نفر کنار گذاشته شدند و دیگر پیامی نمی‌گیرند.
cli-resolved-left = تکلیف { $count } نفر در این میان روشن شده بود و همان‌طور می‌ماند.
cli-changed =
    کمپین { ISO($id) } تغییر کرد (نسخهٔ { $revision }). { $left ->
        [0] کسی در صف نمانده است.
        [one] برای { $left } گیرندهٔ باقی‌مانده به کار می‌رود.
       *[other] برای { $left } گیرندهٔ باقی‌مانده به کار می‌رود.
    }
cli-changed-beside = هرچه همراه متن قبلی بود می‌ماند: { $beside }. گزینهٔ { ISO("--text-only") } آن‌ها را کنار می‌گذارد.
cli-not-changed-unknownCampaign = کمپین { ISO($id) } دیگر اینجا نیست؛ چیزی تغییر نکرد.
cli-not-changed-over = کمپین { ISO($id) } به پایان رسیده است؛ چیزی از آن تغییر نمی‌کند.
cli-not-changed-changed = در این میان کس دیگری { ISO($id) } را تغییر داد؛ تغییر شما انجام نشد.
cli-not-changed-same = کمپین { ISO($id) } همین حالا هم همین را دارد؛ چیزی عوض نشد.
cli-not-changed-noAccount = هر کمپین دست‌کم یک حساب لازم دارد؛ چیزی تغییر نکرد.
cli-names-later = با اجرای بعدی { ISO("peyk send --task-id") } { ISO($id) } یا شروع بعدی پیک برایشان فرستاده می‌شود.
cli-texts-none = هنوز پیامی با نام ذخیره نشده است. در گفت‌وگو: «تنظیمات بیشتر»، «ذخیرهٔ این متن».
cli-texts-line = متن { ISO($name) } ({ ISO($by) }، { $moment }): { ISO($text) }
cli-texts-unknown = پیامی با نام { ISO($name) } ذخیره نشده است. این‌ها هست: { $names }
cli-at-work = {" "}پیکِ در حال کار (پردازهٔ { ISO($process) }) آن را ثبت کرد.
cli-at-work-sends-another = پیکِ در حال کار (پردازهٔ { ISO($process) }) فقط یک کمپین را می‌فرستد و این درخواست، کمپین دیگری را به راه می‌اندازد. کاری انجام نشد؛ پس از پایان آن دوباره بگویید.
cli-at-work-other-version = پیکِ در حال کار (پردازهٔ { ISO($process) }) نسخهٔ دیگری است و درخواست را نفهمید. کاری انجام نشد.
cli-at-work-silent = پیکِ در حال کار (پردازهٔ { ISO($process) }) پاسخ نداد. کاری انجام نشد و درخواست پس گرفته شد.
cli-at-work-unanswered = پیکِ در حال کار (پردازهٔ { ISO($process) }) درخواست را گرفته و هنوز پاسخ نداده است. شاید انجام شده باشد، وگرنه همین که بتواند انجامش می‌دهد؛ { ISO($look) } نشان می‌دهد.
cli-from-and-list = یکی از { ISO("--list") } و { ISO("--from") } را بدهید، نه هر دو.
cli-from-itself = کمپین تازه شناسه‌ای جز { ISO($id) } می‌خواهد؛ با { ISO("--task-id") } بدهید.
cli-from-nobody = هیچ‌یک از گیرنده‌های { ISO($id) } در این حالت‌ها نیست.
cli-amend-plan-takeBack =
    { $count ->
        [one] از کمپین { ISO($id) } { $count } پیام پس‌گرفتنی است. پیام از گفت‌وگوی گیرنده پاک می‌شود.
       *[other] از کمپین { ISO($id) } { $count } پیام پس‌گرفتنی است. پیام‌ها از گفت‌وگوی گیرنده‌ها پاک می‌شوند.
    }
cli-amend-plan-mend =
    { $count ->
        [one] از کمپین { ISO($id) } { $count } پیام اصلاح‌شدنی است. پیام تازه‌ای فرستاده نمی‌شود.
       *[other] از کمپین { ISO($id) } { $count } پیام اصلاح‌شدنی است. پیام تازه‌ای فرستاده نمی‌شود.
    }
cli-amend-question-takeBack = پس گرفته شود؟ این کار برگشت ندارد. [بله/نه]{" "}
cli-amend-question-mend = اصلاح شود؟ [بله/نه]{" "}
cli-amend-needs-yes = کاری شروع نشد. برای شروع، { ISO("--yes") } را اضافه کنید.
cli-amend-not = کاری شروع نشد.
cli-amend-one-scope = یکی از { ISO("--revision") } و { ISO("--name") } را بدهید، نه هر دو.
cli-amend-busy = در { ISO($id) } هم‌اکنون چیزی پس گرفته یا اصلاح می‌شود. بگذارید تمام شود یا در گفت‌وگو متوقفش کنید.
cli-amend-unapproved = کمپین‌ها تأیید یک نفر دیگر را لازم دارند و کس دیگری این متن را ندیده است. تا { ISO($id) } تمام نشده، اول متنش را تغییر دهید تا در گفت‌وگو تأیید شود؛ بعد می‌توان پیام‌های فرستاده‌شده را به همان متن اصلاح کرد. دربارهٔ کمپین تمام‌شده مالک در گفت‌وگو با { ISO("/roles") } تصمیم می‌گیرد.
cli-amend-changed = از وقتی نگاه کردید، پیام‌های دیگری از { ISO($id) } پس گرفته یا اصلاح شده است. کاری انجام نشد؛ { ISO("peyk status") } را ببینید و اگر هنوز لازم است دوباره بخواهید.
cli-amend-nobody-takeBack = کمپین { ISO($id) } پیامی ندارد که پس‌گرفتنی باشد.
cli-amend-nobody-mend = کمپین { ISO($id) } پیامی ندارد که اصلاح‌شدنی باشد.
cli-amend-cannot-takeBack = آنچه { ISO($id) } فرستاده پس‌گرفتنی نیست: پلتفرمش اجازه نمی‌دهد یا اینجا تنظیم نشده است.
cli-amend-cannot-mend = آنچه { ISO($id) } فرستاده اصلاح‌شدنی نیست: پلتفرمش اجازه نمی‌دهد یا اینجا تنظیم نشده است.
cli-amend-progress-takeBack = { $done } از { $count } پیام پس گرفته شد؛ { $kept } پیام می‌ماند
cli-amend-progress-mend = { $done } از { $count } پیام اصلاح شد؛ { $kept } پیام همان‌طور می‌ماند
cli-amend-over-takeBack = کمپین { ISO($id) }: از { $count } پیام، { $done } پیام پس گرفته شد؛ { $kept } پیام می‌ماند.
cli-amend-over-mend = کمپین { ISO($id) }: از { $count } پیام، { $done } پیام اصلاح شد؛ { $kept } پیام همان‌طور می‌ماند.
cli-amend-uncertain =
    { $count ->
        [one] سرانجام { $count } پیام نامشخص است؛ { ISO("peyk export") } آن را نشان می‌دهد.
       *[other] سرانجام { $count } پیام نامشخص است؛ { ISO("peyk export") } آن‌ها را نشان می‌دهد.
    }
cli-amend-interrupted =
    { $atWork ->
        [yes] پیکِ در حال کار آن را ادامه می‌دهد.
       *[no] قطع شد. همین فرمان، یا اجرای بعدی پیک، آن را ادامه می‌دهد.
    }
cli-amend-paused = کسی آن را موقتاً متوقف کرده است؛ از پیام زنده در گفت‌وگو ادامه می‌یابد.
cli-amend-paused-why = موقتاً متوقف شد: { ISO($why) }. همین فرمان آن را ادامه می‌دهد.
cli-amend-stopped = کسی آن را متوقف کرد؛ پیام باقی‌مانده‌ها می‌ماند.
cli-checkpoint-noFile = فایل { ISO($file) } خوانده نمی‌شود: چنین فایلی نیست.
cli-checkpoint-tooBig = فایل { ISO($file) } از هر نقطهٔ ادامه‌ای بزرگ‌تر است.
cli-checkpoint-broken = فایل { ISO($file) } نقطهٔ ادامه نیست. انتظار می‌رفت: { ISO("{\"task_id\": \"…\", \"sent_usernames\": [\"…\"]}") }.
cli-checkpoint-noTaskId = فایل { ISO($file) } شناسهٔ کمپین ندارد. { ISO("task_id") } را به آن اضافه کنید یا نامش را { ISO("task_checkpoint_ID.json") } بگذارید.
cli-checkpoint-badTaskId = شناسهٔ کمپین در { ISO($file) } اینجا به کار نمی‌آید.
cli-checkpoint-device = ویندوز شناسهٔ کمپین در { ISO($file) } را نام یک دستگاه می‌داند. شناسهٔ دیگری بدهید.
cli-checkpoint-dotAtEnd = شناسهٔ کمپین در { ISO($file) } به نقطه ختم می‌شود. شناسهٔ دیگری بدهید.
cli-checkpoint-twoSpellings = از شناسهٔ کمپین در { ISO($file) } اینجا دو تا هست که تنها در بزرگی و کوچکی حروف فرق دارند. نام پوشهٔ یکی را عوض کنید.
cli-checkpoint-done = کمپین { ISO($id) }: { $names } در نقطهٔ ادامه، { $added } تازه. به آن‌ها پیامی فرستاده نمی‌شود.
cli-names = { $count } نام
cli-out-twice = { ISO("--out -") } و { ISO("--json") } هر دو خروجی استاندارد را می‌خواهند. یکی را بدهید.
cli-out-failed = فایل { ISO($file) } که در { ISO("--out") } داده شده نوشته نمی‌شود ({ ISO($code) }).
cli-cost = هزینه حداکثر { NUMBER($total, minimumFractionDigits: 2, maximumFractionDigits: 2) } دلار است (قیمت‌های { ISO($priced) }).
cli-corrected = مقدارهای تازهٔ این فهرست که فرستاده می‌شوند: { $count }.
cli-left-out = کنار گذاشته شدند چون کمپین دیگری برایشان پیام فرستاده است: { $count }.
cli-contacted = کمپین‌های دیگر در { $days } روز گذشته برای { $count } نفر از آن‌ها پیام فرستاده‌اند: { $each }. با { ISO("--not-within-days") } کنار گذاشته می‌شوند.
cli-contacted-by = { ISO($id) } برای { $count } نفر، آخرین بار { ISO($moment) }
cli-unfit-tooLong = پیام { $count } نفر با مقدارهای خودشان زیادی بلند می‌شود: { $names }. ناموفق به شمار می‌آیند و پیامی نمی‌گیرند؛ فهرستی با مقدارهای دیگر درستش می‌کند.
cli-unfit-empty = پیام { $count } نفر با مقدارهای خودشان خالی می‌ماند: { $names }. ناموفق به شمار می‌آیند و پیامی نمی‌گیرند؛ فهرستی با مقدارهای دیگر درستش می‌کند.
cli-dry-run = اجرای آزمایشی: { $count } پیام از { $accounts } حساب { ISO($channel) }.
cli-nothing-today = امروز چیزی فرستاده نمی‌شد؛ سقف‌ها یا بازهٔ ارسال جایی نگذاشته است. اولین پیام { $moment } می‌رفت.
cli-dry-run-end = اجرای آزمایشی: { $count } پیام از { $accounts } حساب { ISO($channel) }؛ پایان تقریبی { ISO($moment) }.
cli-preview-in = برای { ISO($username) }، به زبان { ISO($language) }:
cli-preview = برای { ISO($username) }:
cli-dry-run-over = چیزی فرستاده نشد. برای ارسال، { ISO("--dry-run") } را بردارید.
cli-interrupted-before = پیش از آنکه چیزی فرستاده شود قطع شد.
cli-all-unusable = همهٔ سطرهای نامعتبر: { ISO($path) }
cli-sending = ارسال { ISO($id) } از طریق { ISO($channel) }. { ISO("Ctrl+C") } آن را موقتاً متوقف می‌کند.
cli-corrected-start = { $count } گیرنده در این فهرست مقدار دیگری دارند؛ هرکس هنوز پیامی نگرفته، مقدار تازه را می‌گیرد.
cli-paused-by = کمپین { ISO($id) } به دست { ISO($who) } متوقف شده و متوقف می‌ماند؛ فهرستش به‌روز است. با { ISO("--resume") } ادامه می‌یابد.
cli-somebody = کسی
cli-a-terminal = کسی پشت پایانه
cli-a-program = یک برنامه
cli-operator = اپراتور { ISO($name) }
cli-waits-for-it = { $pause } این فرمان منتظر می‌ماند.
cli-stands = کمپین { ISO($id) }: { $status }؛ { $counts } از { $total }.
cli-was-interrupted = قطع شد.
cli-goes-on = { $why } همان فرمان از همان‌جا ادامه می‌دهد.
cli-some-uncertain = { $count } پیام شاید رسیده باشد؛ دوباره فرستاده نشد. تصمیم بگیرید با: { ISO("peyk resolve ", $id, " NAME sent|again|skip") } یا { ISO("--all") }
cli-some-failed = { $count } ناموفق: { ISO("peyk export ", $id) } دلیل هر کدام را می‌گوید. همان فرمان دوباره تلاش می‌کند.
cli-some-again = به خواست شما برای { $count } نفر دوباره فرستاده شد؛ شاید دو بار گرفته باشند.
cli-simulated = گیرنده‌ها شبیه‌سازی شده‌اند؛ به هیچ شخص واقعی پیامی نمی‌رسد.
cli-needs-telegram = به { ISO("BOT_TOKEN") }، توکن بات شما، نیاز دارد.
cli-needs-x = به { ISO("X_ACCOUNTS_FILE") }، فایل کلیدهای حساب‌هایتان، نیاز دارد.
cli-needs-webhook = به { ISO("WEBHOOK_FILE") }، فایل نشانی و رمز درگاه خودتان، نیاز دارد.
cli-no-channel = { ISO("--channel") } با مقدار { ISO($name) } اینجا تنظیم نشده است. { $needs } این‌ها هست: { $names }.
cli-no-channel-other = { ISO("--channel") } با مقدار { ISO($name) } اینجا تنظیم نشده است. این‌ها هست: { $names }.
cli-none = هیچ
cli-no-account = حسابی برای ارسال از طریق { ISO($channel) } نیست. یکی در تنظیم‌هایش بگذارید.
cli-no-spend = ارسال از طریق { ISO($channel) } هزینه‌ای ندارد و سقف هزینه هیچ‌وقت پر نمی‌شود. { ISO("--spend-cap") } را بردارید.
cli-follow-up-pairs = به تعداد { ISO("--follow-up") } باید { ISO("--follow-up-after") } بیاید: هر متن روزهای خودش را می‌خواهد.
cli-follow-up-notHeard = پاسخ گیرنده‌ها از طریق { ISO($channel) } به پیک نمی‌رسد و معلوم نمی‌شود چه کسی پاسخ نداده است. گزینهٔ { ISO("--follow-up") } را بردارید.
cli-follow-up-tooMany = حداکثر { $most } پیگیری فرستاده می‌شود.
cli-follow-up-days = مقدار { ISO("--follow-up-after") } عددی صحیح از ۱ تا { $max } است.
cli-follow-up-empty = پیگیری متن می‌خواهد.
cli-exclude-itself = آنچه در { ISO("--exclude-campaign") } داده شده ({ ISO($id) }) خود همین کمپین است که به هیچ‌کس دو بار نمی‌فرستد.
cli-exclude-unknown = کمپین { ISO($id) } که در { ISO("--exclude-campaign") } داده شده نیست. { ISO("peyk status") } را ببینید.
cli-needs-consent = ارسال از طریق { ISO($channel) } به افراد واقعی می‌رسد. با { ISO("--consent") } بگویید رضایت آن‌ها از کجا آمده است.
cli-nobody-subscribed = هنوز کسی مشترک نشده است. هرکس دکمهٔ «شروع» ({ ISO("Start") }) بات را بزند مشترک می‌شود.
cli-nobody-subscribed-from = هنوز کسی از { ISO($source) } مشترک نشده است. هرکس دکمهٔ «شروع» ({ ISO("Start") }) بات را بزند مشترک می‌شود.
cli-no-message = پیامی نیست. آن را با { ISO("--message TEXT") } یا { ISO("--message-file FILE") } بدهید.
cli-two-messages = { ISO("--message") } و { ISO("--message-file") } هر دو داده شده‌اند. یکی را بردارید.
cli-language-unknown = { ISO("--message-file-for") } { ISO($text) }: اینجا یک زبان و یک فایل لازم است، مانند { ISO("fa=hello-fa.txt") }.
cli-language-twice = { ISO("--message-file-for") } { ISO($text) }: این زبان دو بار داده شده است. یکی را بردارید.
cli-no-file = فایل { ISO($path) } که در { ISO($option) } داده شده نیست.
cli-file-unreadable = فایل { ISO($path) } که در { ISO($option) } داده شده خوانده نمی‌شود ({ ISO($code) }).
cli-unknown-error = خطای نامعلوم
cli-no-plain-file = آنچه در { ISO("--list") } داده شده ({ ISO($path) }) فایل نیست.
cli-id-badTaskId = { ISO("--task-id") } با مقدار { ISO($id) } شناسهٔ کمپین نیست. ۱ تا ۶۴ نویسه از حروف لاتین، رقم، { ISO("_") }، { ISO("-") } و { ISO(".") }، با شروع حرف یا رقم؛ مثلاً { ISO("spring-news") }.
cli-id-device = ویندوز { ISO($id) } را نام یک دستگاه می‌داند. شناسهٔ دیگری انتخاب کنید.
cli-id-dotAtEnd = شناسهٔ { ISO($id) } به نقطه ختم می‌شود. شناسهٔ دیگری انتخاب کنید.
cli-id-twoSpellings = برای { ISO($id) } دو کمپین هست: { $ids }، که تنها در بزرگی و کوچکی حروف فرق دارند. شناسهٔ دیگری انتخاب کنید یا نام پوشهٔ یکی را عوض کنید.
cli-and = { ISO($one) } و { ISO($other) }
cli-is-cancelled = کمپین { ISO($id) } لغو شده است و دیگر گیرنده‌ای نمی‌پذیرد. { ISO("--task-id") } دیگری انتخاب کنید.
cli-is-elsewhere = ارسال { ISO($id) } از طریق { ISO($own) } است، نه { ISO($channel) }. { ISO("--task-id") } دیگری انتخاب کنید.
cli-goes-through = ارسال { ISO($id) } از طریق { ISO($channel) } است. { ISO("--task-id") } دیگری انتخاب کنید.
cli-is-changed = کمپین { ISO($id) } را همین حالا کس دیگری تغییر داد؛ { ISO("peyk status") } را ببینید. چیزی فرستاده نشد؛ همان فرمان دوباره نگاه می‌کند.
cli-is-not-now = کمپین { ISO($id) } به این وضع شروع نمی‌شود؛ { ISO("peyk status") } را ببینید.
cli-other-message = کمپین { ISO($id) } پیام دیگری دارد:
cli-other-message-with = کمپین { ISO($id) } پیام دیگری دارد، با { $beside }:
cli-beside-formatting = قالب‌بندی
cli-beside-file = فایل { ISO($name) }
cli-beside-languages = متن { ISO($languages) }
cli-beside-links = { $count } لینک
cli-other-given = پیامی که اکنون داده‌اید:
cli-other-end = چیزی تغییر نکرد و چیزی فرستاده نشد. برای ادامه با پیام خود کمپین، پیام را ندهید؛ یا { ISO("--task-id") } دیگری انتخاب کنید؛ یا { ISO("--change-message") } را بدهید: آن وقت { $left } نفری که هنوز پیامی نگرفته‌اند پیام تازه را می‌گیرند و { $sent } نفر آن یکی را گرفته‌اند.
cli-report = { ISO($origin) }: { $count } نام. { $read } سطر خوانده شد: { $duplicates } تکراری، { $invalid } نامعتبر.
cli-report-skipped = { ISO($origin) }: { $count } نام (کنار گذاشته می‌شوند: { $skipped }). { $read } سطر خوانده شد: { $duplicates } تکراری، { $invalid } نامعتبر.
cli-skipped-sent = { $count } قبلاً گرفته
cli-skipped-suppressed = { $count } در فهرست عدم ارسال
cli-skipped-lately = { $count } به‌تازگی پیام گرفته
cli-invalid-empty = {"  "}سطر { $line }: { $reason }.
cli-invalid-line = {"  "}سطر { $line }: { ISO($text) } — { $reason }.
cli-list-picture = فایل { ISO($file) } تصویر است. فهرست نام‌های کاربری را به‌صورت { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } بدهید.
cli-list-video = فایل { ISO($file) } ویدئو است. فهرست نام‌های کاربری را به‌صورت { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } بدهید.
cli-list-pdf = فایل { ISO($file) } از نوع PDF است و نام‌ها را نمی‌شود با اطمینان از آن خواند. فهرست را به‌صورت { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } بدهید.
cli-list-otherFile = پیک نمی‌تواند از فایل { ISO($file) } فهرست بخواند. آن را به‌صورت { ISO(".txt") }، { ISO(".csv") }، { ISO(".xlsx") } یا { ISO(".json") } بدهید.
cli-list-empty = فایل { ISO($file) } خالی است. فهرستی بدهید که دست‌کم یک نام کاربری داشته باشد.
cli-list-gone = فهرست { ISO($file) } دیگر اینجا نگه داشته نمی‌شود. فهرست دیگری بدهید.
cli-list-tooBig = فایل { ISO($file) } از { $megabytes } مگابایت بزرگ‌تر است. آن را چند تکه کنید و با همان { ISO("--task-id") } بفرستید.
cli-list-zipBomb = فایل { ISO($file) } پس از بازشدن بسیار بزرگ‌تر از یک فهرست می‌شود و باز نشد. آن را به‌صورت { ISO(".csv") } یا { ISO(".txt") } ذخیره کنید.
cli-list-passwordProtected = فایل { ISO($file) } با گذرواژه قفل شده است. بدون گذرواژه یا به‌صورت { ISO(".csv") } ذخیره‌اش کنید.
cli-list-foreignSpreadsheet = فایل { ISO($file) } صفحه‌گستردهٔ { ISO($format) } است و پیک آن را نمی‌خواند. به‌صورت { ISO(".xlsx") } یا { ISO(".csv") } ذخیره‌اش کنید.
cli-list-quote = در فایل { ISO($file) } نشانهٔ نقل‌قولی باز مانده است. آن را ببندید یا پاک کنید.
cli-list-quote-line = در فایل { ISO($file) }، سطر { $line }، نشانهٔ نقل‌قولی باز مانده است. آن را ببندید یا پاک کنید.
cli-list-broken = فایل { ISO($file) } به‌صورت { ISO($format) } خوانده نمی‌شود. دوباره ذخیره‌اش کنید، یا به‌صورت { ISO(".csv") } با UTF-8.
cli-list-broken-line = فایل { ISO($file) }، سطر { $line }، به‌صورت { ISO($format) } خوانده نمی‌شود. دوباره ذخیره‌اش کنید، یا به‌صورت { ISO(".csv") } با UTF-8.
cli-stopped-takesTooLong = خواندن { ISO($file) } بسیار بیشتر از فهرستی به این اندازه طول می‌کشد
cli-stopped-needsTooMuchMemory = خواندن { ISO($file) } بسیار بیشتر از فهرستی به این اندازه حافظه می‌خواهد
cli-stopped-holdsTooMuch = فایل { ISO($file) } بسیار بیشتر از یک فهرست در خود دارد
cli-stopped-failed = فایل { ISO($file) } خوانده نمی‌شود و دلیلش معلوم نیست
cli-list-stopped = { $what } و خواندن متوقف شد. کسی اضافه نشد. فقط خود فهرست را به‌صورت { ISO(".csv") } یا { ISO(".txt") } ذخیره کنید.
cli-list-stopped-line = { $what } (سطر { $line }) و خواندن متوقف شد. کسی اضافه نشد. فقط خود فهرست را به‌صورت { ISO(".csv") } یا { ISO(".txt") } ذخیره کنید.
cli-list-noUsableName = فایل { ISO($file) }: { $read } سطر خوانده شد و در هیچ‌کدام نام قابل استفاده‌ای نبود.
cli-message-empty = پیام خالی است. آن را با { ISO("--message") } یا { ISO("--message-file") } بدهید.
cli-message-tooLong = این پیام { $length } نویسه دارد؛ حداکثر { $max } نویسه مجاز است.
cli-message-unknownVariables = هیچ ستونی { $unknown } را پر نمی‌کند. این‌ها هست: { $known }.
cli-message-brokenVariable = متغیر { ISO($text) } در پیام کامل نیست. آن را به شکل { ISO("{{name}}") } یا { ISO("{{name|friend}}") } بنویسید.
cli-message-formatting = از این طریق قالب‌بندی فرستاده نمی‌شود. آن را بردارید یا راه دیگری انتخاب کنید.
cli-message-in = در متن { ISO($language) }: { $problem }
cli-message-copies = از این طریق پیامِ کپی‌شده فرستاده نمی‌شود. آن را بردارید یا راه دیگری انتخاب کنید.
cli-message-attachments = از این طریق پیوست فرستاده نمی‌شود. آن را بردارید یا راه دیگری انتخاب کنید.
cli-message-buttons = از این طریق دکمه فرستاده نمی‌شود. آن را بردارید یا راه دیگری انتخاب کنید.
cli-place-sheet = { ISO($file) }، برگهٔ { ISO($sheet) }
cli-ask-column-several = { $place }: نام‌های کاربری در چند ستون می‌تواند باشد. با { ISO("--column") } و نام یا شماره‌اش انتخاب کنید:
cli-ask-column-unclear = { $place }: نه عنوان ستون‌ها و نه محتوایشان نشان نمی‌دهد نام‌های کاربری کجاست. با { ISO("--column") } و نام یا شماره‌اش انتخاب کنید:
cli-ask-column-notThere = { $place }: ستونی که در { ISO("--column") } داده شده در آن نیست. نام یا شمارهٔ یکی از این‌ها را بدهید:
cli-ask-headerRow = { $place }: روشن نیست کدام سطر عنوان ستون‌هاست. با { ISO("--header-row N") } بگویید، یا { ISO("0") } برای هیچ‌کدام:
cli-ask-sheets = { $place }: در چند برگه نام هست. با { ISO("--sheet NAME") } (هر چند بار) یا { ISO("--sheet all") } انتخاب کنید:
cli-ask-lists = { $place }: چند فهرست در آن نام دارند. با { ISO("--sheet NAME") } (هر چند بار) یا { ISO("--sheet all") } انتخاب کنید:
cli-ask-list = { $place }: روشن نیست تنها فهرستش منظور است یا نه. با { ISO("--sheet NAME") } یا { ISO("--sheet all") } بگویید:
cli-ask-encoding = { $place }: حروفش چند جور خوانده می‌شود. کدگذاری درست را با { ISO("--encoding") } بگویید:
cli-sheet-line = {"  "}{ ISO($name) }: { $count } سطر: { $samples }
cli-column-line = {"  "}{ $number } { ISO($name) }: { $samples }
cli-column-more = {"  "}و { $count } ستون دیگر
cli-as-read = همان‌طور که خوانده شد:
cli-row-line = {"  "}سطر { $line }: { $cells }
cli-they-are = {"  "}گیرنده‌ها: { $names }.
cli-from-column = ستون { ISO($name) }
cli-from-sheet = برگهٔ { ISO($name) }
cli-from-encoding = کدگذاری { ISO($name) }
cli-read-from = {"  "}خوانده شد از: { $from }.
cli-not-read = {"  "}خوانده نشد: { $what }.
suppressed-from-damaged-line = از سطری آسیب‌دیده
suppressed-optedOut = انصراف داده
suppressed-complaint = شکایت کرده
suppressed-blocked = نباید پیام بگیرد
cli-suppress-none = کسی در فهرست عدم ارسال نیست.
cli-suppress-line = { ISO($username) }: { $reason }، { ISO($moment) }
cli-suppress-line-note = { ISO($username) }: { $reason }، { ISO($moment) } ({ ISO($note) })
cli-doctor-fine-history = تاریخچه کامل است.
cli-doctor-history-altered = مورد { $number } همان نیست که نوشته شده بود. کسی آن را تغییر داده یا فایل آسیب دیده است.
cli-doctor-history-missing = موردهای { $from } تا { $to } نیستند.
cli-doctor-history-misplaced = مورد { $number } سر جای خودش نیست.
cli-doctor-history-cutOff = آخرین موردها، از { $from } تا { $to }، نیستند.
cli-doctor-history-noHead = فایل { ISO("history-head.json") } که تعداد موردها را نگه می‌دارد نیست؛ معلوم نیست آخرین موردها سر جایشان باشند.
cli-doctor-history-noKey = فایل { ISO("history/key") } نیست و بدون آن معلوم نمی‌شود موردی تغییر کرده یا نه. آن را از پشتیبان برگردانید.
cli-doctor-history-headAnew =
    { $count ->
        [0] فایل { ISO("history-head.json") } که تعداد موردها را نگه می‌دارد از بین رفته بود و وقتی هیچ موردی نمانده بود دوباره ساخته شد. معلوم نیست پیش از آن چه ثبت شده بود.
       *[other] فایل { ISO("history-head.json") } که تعداد موردها را نگه می‌دارد از بین رفته بود و وقتی { $count } مورد مانده بود دوباره ساخته شد. معلوم نیست موردهای بعدی سر جایشان باشند.
    }
cli-doctor-history-gone = تاریخچه از بین رفته است: در این پوشه ثبت می‌شد و چیزی از آن نمانده. پوشهٔ { ISO("history") } و فایل { ISO("history-head.json") } را از پشتیبان برگردانید.
cli-doctor-history-another = این تاریخچه همانی نیست که در این پوشه شروع شده بود: آن از بین رفته و این یکی بعداً از نو شروع شده یا از پوشهٔ دیگری آمده است.
cli-doctor-fine-configuration = همهٔ تنظیم‌ها درست است.
cli-doctor-fine-clock = ساعت با سابقه‌ها جور است.
cli-doctor-fine-files = همهٔ فایل‌ها خوانده می‌شوند.
cli-doctor-fine-rows = همهٔ سطرها خوانده می‌شوند.
cli-doctor-fine-invariants = وضعیت‌ها جور درمی‌آیند، برای هیچ‌کس دو ارسال ثبت نشده و هیچ حسابی بیش از سقفش نفرستاده است.
cli-doctor-account-well = حساب { ISO($account) } با نام { ISO($username) }: مشکلی ندارد
cli-doctor-account-known = حساب { ISO($account) } با نام { ISO($username) }: شناخته است
cli-doctor-limit = تا { ISO($moment) }، از { $count } { $name }، { $left } مانده است
cli-doctor-unread = پیام‌هایش خوانده نمی‌شود و انصراف‌ها هم: { ISO($why) }
cli-doctor-account-trouble = حساب { ISO($account) }: { ISO($why) }
cli-doctor-account-unknown = از حساب { ISO($account) } پاسخی نرسید: { ISO($why) }
cli-doctor-lease-never = هنوز کسی از این پوشه استفاده نکرده است.
cli-doctor-lease-held = در دست پردازهٔ { ISO($process) } روی { ISO($host) } است، از { ISO($moment) }.
cli-doctor-lease-free = آزاد است؛ آخرین بار در دست پردازهٔ { ISO($process) } روی { ISO($host) } بود، از { ISO($moment) }.
cli-doctor-clock-says = ساعت { ISO($moment) } را نشان می‌دهد.
cli-doctor-clock-behind = ساعت { $minutes } دقیقه از آخرین ثبت عقب است. پیش از ارسال درستش کنید: سقف‌ها با آن سنجیده می‌شوند.
cli-doctor-of = { ISO($name) }: { $problem }
cli-doctor-overdraft = حساب { ISO($account) } در روزی که از { ISO($moment) } شروع شد { $messages } پیام فرستاد، با آنکه سقفش { $limit } است ({ $campaigns }). آیا سقف بعداً پایین آمده است؟
cli-doctor-contradicts = سابقه با خودش جور نیست: { ISO($what) }
cli-doctor-total = جمع وضعیت‌ها { $total } است، نه { $size }
cli-doctor-rows = در جدول گیرنده‌ها { $rows } نفر «{ $state }» هستند و در سابقه { $count } نفر
cli-doctor-database = { ISO("PostgreSQL") } نسخهٔ { ISO($version) } پاسخ می‌دهد.
cli-doctor-database-old = پایگاه داده { ISO("PostgreSQL") } نسخهٔ { ISO($version) } است. پیک نسخهٔ ۱۳ یا تازه‌تر می‌خواهد.
cli-doctor-connections =
    { $more ->
        [0] از { $most } اتصالِ سرور { $used } اتصال در کار است و برای یک پردازش دیگر پیک جا نیست. { ISO("max_connections") } را بیشتر کنید یا برنامه‌های دیگری را که وصل‌اند ببندید.
        [one] از { $most } اتصالِ سرور { $used } اتصال در کار است؛ برای یک پردازش دیگر پیک جا هست.
       *[other] از { $most } اتصالِ سرور { $used } اتصال در کار است؛ برای { $more } پردازش دیگر پیک جا هست.
    }
cli-doctor-not-durable = در سرور { ISO("fsync") } یا { ISO("full_page_writes") } خاموش است؛ اگر برق برود ممکن است کسی پیام را دو بار بگیرد. هر دو را روشن کنید.
cli-doctor-clock-slow = ساعت این دستگاه { $seconds } ثانیه از ساعت پایگاه داده عقب است. سقف‌ها و زمان شروع با ساعت پایگاه داده سنجیده می‌شوند، ولی گزارش کار این دستگاه نه.
cli-doctor-clock-fast = ساعت این دستگاه { $seconds } ثانیه از ساعت پایگاه داده جلو است. سقف‌ها و زمان شروع با ساعت پایگاه داده سنجیده می‌شوند، ولی گزارش کار این دستگاه نه.
cli-doctor-tables-none = هنوز چیزی از پیک در آن نیست. اولین راه‌اندازی جدول‌ها را می‌سازد.
cli-doctor-tables-older = جدول‌ها نسخهٔ { $number } هستند. راه‌اندازی بعدی آن‌ها را به نسخهٔ { $known } می‌رساند.
cli-doctor-tables-newer = جدول‌ها نسخهٔ { $number } هستند و این پیک تا نسخهٔ { $known } را می‌شناسد؛ همان پیک تازه‌تری را که اینجا بوده بردارید.
cli-doctor-nobody-works = اکنون هیچ پردازشی از پیک با آن کار نمی‌کند.
cli-doctor-who-works = در حال کار: { $names }.
cli-doctor-left =
    { $count ->
        [one] { $count } پیام را پردازشی می‌فرستاد که دیگر نیست. با ادامهٔ کمپین، نامشخص شمرده می‌شود.
       *[other] { $count } پیام را پردازش‌هایی می‌فرستادند که دیگر نیستند. با ادامهٔ کمپین‌ها، نامشخص شمرده می‌شوند.
    }
cli-doctor-put-back = از نسخهٔ پشتیبان برگردانده شده است. در راه‌اندازی بعدی هر کاری که شروع شده بود منتظر اجازهٔ شما می‌ماند.
cli-doctor-journal-lost = کمپین تمام شده ولی معلوم نیست برای { $count } نفر چه شد: بخشی از { ISO("journal.jsonl") } از دست رفته است. آن را از پشتیبان برگردانید و تا آن وقت به کسی از این فهرست دوباره پیام نفرستید.
cli-doctor-journal-empty = طبق نقطهٔ ادامه برای { $count } نفر فرستاده شده ولی { ISO("journal.jsonl") } خالی است یا نیست: سابقه از دست رفته است. پیش از ادامهٔ کمپین آن را از پشتیبان برگردانید.
cli-doctor-strangers = سابقه از { $count } گیرنده می‌گوید که در هیچ فهرستی نیستند
cli-doctor-unmarked = برای { $count } نفر بدون ثبت لحظهٔ رفتن درخواست ارسال شده است
cli-doctor-two-records = برای { ISO($username) } دو ارسال ثبت شده است
cli-greet-telegram = پیک در حال کار است. در تلگرام گفت‌وگو با بات خود را باز کنید و «شروع» ({ ISO("Start") }) را بزنید.
cli-greet-playground = پیک بدون توکن بات، در زمین بازی، در حال کار است. این نشانی را باز کنید: { $url }
cli-greet-monitor = وضعیت همه‌چیز در یک نگاه: { $url }
cli-greet-key = آنچه پس از { ISO("?key=") } می‌آید نزد خودتان بماند: این صفحه‌ها را باز می‌کند، پس از راه‌اندازی دوباره هم.
cli-greet-stop = برای توقف { ISO("Ctrl+C") } را بزنید؛ کمپین‌های در جریان با اجرای بعدی ادامه می‌یابند.
cli-greet-stop-shared = برای توقف { ISO("Ctrl+C") } را بزنید؛ کارهای این پیک را آن‌هایی به دست می‌گیرند که همین پایگاه داده را دارند.
cli-greet-everything = این پیک ({ ISO($worker) }) کارها را با همهٔ پیک‌هایی که همین پایگاه داده را دارند تقسیم می‌کند.
cli-greet-worker = کارگزار { ISO($worker) } روی آنچه در پایگاه داده است کار می‌کند. گفت‌وگو و صفحه‌ها جای دیگری است.
cli-greet-chat = این پیک ({ ISO($worker) }) فقط گفت‌وگو و صفحه‌ها را دارد. ارسال با کارگزارهاست: { ISO("peyk worker") }
cli-waiting = پیک منتظر است: { $reason } ({ ISO($said) }). وقتی برطرف شد خودش شروع می‌کند؛ برای توقف { ISO("Ctrl+C") } را بزنید.
cli-stopping = در حال توقف: آنچه در راه است به سرانجام می‌رسد.
cli-stopped-unknown = پیک به دلیلی نامعلوم متوقف شد.
cli-doctor-well = همه‌چیز درست است.
cli-doctor-backup = نسخهٔ پشتیبانِ { $moment } کامل است و جمع‌های کنترلی‌اش درست‌اند.
cli-doctor-wrong = { $count } مورد نادرست. پیک چیزی را تغییر نداد.
cli-sign-ok = درست
cli-sign-note = یادآوری
cli-sign-wrong = نادرست
cli-check-configuration = تنظیم‌ها
cli-check-database = پایگاه داده
cli-check-lease = مالکیت پوشه
cli-check-clock = ساعت
cli-check-files = فایل‌ها
cli-check-invariants = درستی عددها
cli-check-history = تاریخچه
cli-check-accounts = حساب‌ها
cli-finding = { $sign } — { $check }: { ISO($text) }
cli-suppress-added = { $count } نام به فهرست اضافه شد.
cli-suppress-added-before = { $count } نام به فهرست اضافه شد؛ { $unchanged } نام قبلاً در آن بود.
cli-suppress-taken = { $count } نام از فهرست برداشته شد.
cli-suppress-taken-before = { $count } نام از فهرست برداشته شد؛ { $unchanged } نام در آن نبود.
cli-suppress-no-name = { ISO($text) } نام کاربری نیست: { $reason }.
cli-suppress-no-names-more = { $count } مورد دیگر هم نام کاربری نیست.
cli-sync-second = هر ثانیه
cli-sync-seconds = هر { $seconds } ثانیه
cli-sync-watching = رونوشت در پایگاه داده { $often }. { ISO("Ctrl+C") } متوقفش می‌کند.
cli-sync-real-time = رونوشت لحظه‌ای در پایگاه داده: { $often }. { ISO("Ctrl+C") } متوقفش می‌کند.
cli-sync-remark = هشدار: رونوشت { $often } بار سنگینی بر پایگاه داده است؛ پیش‌فرض ۳۰۰ ثانیه است.
cli-suppress-read = { $read } سطر خوانده شد: { $duplicates } تکراری، { $invalid } نامعتبر.
cli-suppress-missed = از نام‌های این { $count } سطر کسی به فهرست نرفت. همه‌شان: { ISO($path) }
cli-collect-one-number = یکی از { ISO("--count") }، { ISO("--suite") } و { ISO("--per-target") } را بدهید.
cli-collect-how-many = تعداد را با { ISO("--count N") } بگویید، از هر کدام با { ISO("--per-target N") }، یا چند تعداد با { ISO("--suite 50,100") }.
cli-collect-list-gone = فهرست { ISO($list) } دیگر نیست.
cli-begun-goesOn = فهرست { ISO($list) } از همان‌جا ادامه می‌یابد. { ISO("Ctrl+C") } متوقفش می‌کند؛ همان فرمان ادامه می‌دهد.
cli-begun-toldAgain = این درخواست { $number } فهرست { ISO($list) } است که به پایان رسیده. از منبع چیزی خواسته نشد.
cli-begun-new = جمع‌آوری { $count } { $items } در { ISO($list) }.{ $spare } { ISO("Ctrl+C") } متوقفش می‌کند؛ همان فرمان ادامه می‌دهد.
cli-begun-each = جمع‌آوری { $count } { $items }، از هر کدام { $each }، در { ISO($list) }.{ $spare } { ISO("Ctrl+C") } متوقفش می‌کند؛ همان فرمان ادامه می‌دهد.
cli-spare = {" "}{ $count } مورد از صفحه‌های قبلی هست.
cli-end-targetReached = همهٔ تعداد خواسته‌شده آماده است.
cli-end-sourceExhausted = منبع بیشتر ندارد.
cli-end-noNewPeople = صفحه‌های آخر چیز تازه‌ای نداشت.
cli-end-emptyPages = صفحه‌ها پشت سر هم خالی بود و منبع می‌گوید باز هم هست. همان فرمان از همان‌جا ادامه می‌دهد.
cli-end-cursorLoop = منبع صفحه‌هایش را تکرار کرد.
cli-end-unclear = به پاسخ‌های منبع نمی‌شود تکیه کرد. همان فرمان از همان‌جا ادامه می‌دهد.
cli-end-targetGone = منبع آنجا چیزی برای دادن ندارد: چنین نامی نیست، خصوصی است، حذف شده یا این جست‌وجو را نمی‌پذیرد. پس از رفع آن، همان فرمان ادامه می‌دهد.
cli-end-callLimit = به سقف درخواست‌ها رسید.
cli-end-creditsGone = اعتبار منبع تمام شده است.
cli-end-accessLost = منبع کلید را نمی‌پذیرد.
cli-end-cancelled = لغو شد.
cli-refused-source-needs = منبع { ISO($source) } اینجا تنظیم نشده است. به { ISO($setting) } نیاز دارد؛ راهش در { ISO(".env.example") } آمده است. این‌ها هست: { $known }.
cli-refused-source = منبع { ISO($source) } اینجا تنظیم نشده است. این‌ها هست: { $known }.
cli-target-empty = هدف { ISO($text) } خالی است.
cli-target-notAName = { ISO($text) } نام یک حساب نیست.
cli-target-notAPost = { ISO($text) } لینک یک پست نیست.
cli-target-notASearch = { ISO($text) } نه هشتگ است و نه کلیدواژه.
cli-target-tooLong = { ISO($text) } بیش از اندازه بلند است.
cli-refused-badCount = { ISO("--count") } عددی صحیح از ۱ می‌خواهد.
cli-refused-badListName = { ISO("--list") } حروف لاتین، رقم، { ISO("_") }، { ISO("-") } و { ISO(".") } می‌پذیرد، حداکثر ۶۴ نویسه، و نه نامی که به { ISO(".jsonl") } ختم شود.
cli-refused-otherKind = فهرست { ISO($list) } یا برای افراد است یا برای پست‌ها: با { ISO("--list") } فهرست دیگری نام ببرید.
cli-refused-badTime = تا کنون { $before } بار خواسته شده است: بعدی { ISO("--again") } با { $next } است.
cli-refused-busy = فهرست { ISO($list) } مشغول درخواستی برای { $count } مورد است. فرمانی که شروعش کرده ادامه‌اش می‌دهد؛ { ISO("peyk leads cancel") } پایانش می‌دهد.
cli-and-both = { ISO($one) } و { ISO($other) }
cli-figures-of = { $current } از { $target } ({ $percent }٪)
cli-calls = { $count } درخواست
cli-calls-failed = { $calls } ({ $failed } ناموفق)
cli-figures-duplicates = { $count } تکراری کنار گذاشته شد ({ $percent }٪)
cli-figures-new = { $count } تازه در هر صفحه
cli-figures-left = حدود { $calls } دیگر
cli-unreadable-rows = { $count } ردیف بدون نویسندهٔ خوانا
cli-estimate = دست‌کم { $calls } می‌برد.
cli-estimate-cost = دست‌کم { $calls } می‌برد و { ISO($cost) } هزینه دارد (قیمت‌های { ISO($day) }).
cli-cost-range = { $least } تا { $most }
cli-wait-rateLimit = منبع خواسته است کمی صبر کنیم
cli-wait-callLimit = منبع فعلاً درخواست دیگری نمی‌پذیرد
cli-wait-cycle = این دور به تعدادش رسید و دور بعد به وقتش می‌آید
cli-wait-unavailable = منبع در دسترس نبود
cli-wait-line = { $wait }. ادامه { $until }.
cli-wait-end = { $wait }. همان فرمان بعداً ادامه می‌دهد.
cli-wait-end-why = { $wait } ({ ISO($why) }). همان فرمان بعداً ادامه می‌دهد.
cli-until-seconds = پس از { $seconds } ثانیه
cli-until-moment = در { ISO($moment) }
cli-fault = هدف { ISO($target) }: { ISO($why) }.
cli-fault-attempt = هدف { ISO($target) }: { ISO($why) } (تلاش { $attempt } از { $of }).
cli-fault-again = {" "}دوباره { $until } پرسیده می‌شود.
cli-target-end = { ISO($target) }: { $end }
cli-target-end-exhausted = دیگر ندارد.
cli-target-end-noNewPeople = در صفحه‌های آخر چیز تازه‌ای نبود.
cli-target-end-emptyPages = فعلاً فقط صفحهٔ خالی.
cli-target-end-cursorLoop = صفحه‌هایش را تکرار می‌کند.
cli-target-end-unclear = به پاسخ‌هایش نمی‌شود تکیه کرد.
cli-target-end-gone = نیست.
cli-target-end-twin = همان هدف دیگر این فهرست است که به جایش ادامه می‌یابد.
cli-target-end-open = باز هم دارد.
cli-target-line = { ISO($target) }: { $count } جمع شد{ $beside }؛ { $end }
cli-target-declared = ، { $count } دیده شد از { $total } اعلام‌شده
cli-target-missing = {" "}({ $count } نشان داده نشد)
cli-target-unread = ، { $rows }
cli-target-trouble = {" "}آخرین مشکل: { ISO($why) }.
cli-as-of = اینکه دیگر نیست مربوط به { ISO($day) } است؛ { ISO("peyk leads reset ", $list) } از نو می‌پرسد.
cli-people = نفر
cli-posts = پست
cli-ending = { ISO($list) }: { $count } { $items } بدون تکرار از { $total }. { $why }
cli-also-in = {"  "}{ ISO($query) } با نامی دیگر در { $lists } هم هست: با { ISO("--list") } هر دو یکی می‌شوند.
cli-share = {" "}{ $count } از { $total }.
cli-once-more = برای جمع‌آوری همین تعداد از دیگران، فرمان را با { ISO("--again 2") } (سپس ۳، ۴ …) بدهید.
cli-export-hint = { ISO("peyk leads export") } فهرست { ISO($list) } را در فایل می‌نویسد.
cli-ending-paused = متوقف است. همان فرمان ادامه می‌دهد.
cli-ending-restored = از نسخهٔ پشتیبان برگشته و متوقف است. همان فرمان ادامه می‌دهد.
cli-ending-paused-why = متوقف است: { ISO($why) }. پس از رفع آن، همان فرمان ادامه می‌دهد.
cli-ending-interrupted = قطع شد. همان فرمان از همان‌جا ادامه می‌دهد.
cli-suite = از { $count } اجرا، { $exact } تا دقیقاً به تعداد رسید.
cli-lists-none = هنوز فهرستی نیست. { ISO("peyk collect --help") } نشان می‌دهد چگونه شروع کنید.
cli-list-line = { ISO($list) }: { $count } { $items }، { $done } از { $total } هدف کامل
cli-list-delivered = { ISO($list) }: { $count } { $items } تحویل شد و { $more } مورد دیگر از همان صفحه‌ها هست.
cli-last-page = {" "}آخرین صفحه: { ISO($moment) }.
cli-request-line = درخواست { $number }: { $figures }. { $ending }
cli-begins-anew = هدف { ISO($target) } از نو شروع می‌شود. هیچ‌کس دو بار به شمار نمی‌آید.
cli-begins-anew-all = همهٔ هدف‌های { ISO($list) } از نو شروع می‌شوند. هیچ‌کس دو بار به شمار نمی‌آید.
cli-no-such-file = فایل { ISO($path) } نیست.
cli-request-over = درخواست پایان یافت. آنچه جمع شده در { ISO($list) } می‌ماند.
cli-written = نوشته شد: { ISO($path) }
cli-kpis-requests = درخواست‌ها: { $count }، { $exact } تا دقیقاً به تعداد ({ $percent }٪).
cli-kpis-average = میانگین: { $calls } درخواست از منبع و { $seconds } ثانیه.
cli-kpis-top = بیشتر خواسته‌شده: { $keywords }
cli-kpis-keyword = { ISO($keyword) } ({ $count })
cli-kpis-last = آخرین: { ISO($moment) }
cli-no-target = فهرست { ISO($list) } هدفی به نام { ISO($target) } ندارد. { ISO("peyk leads status") } نامشان را می‌گوید.
cli-no-request = فهرست { ISO($list) } درخواستی در جریان ندارد.
cli-no-list = فهرستی به نام { ISO($list) } نیست. { ISO("peyk leads") } فهرست‌ها را نشان می‌دهد.
cli-sync-interval-alone = { ISO("--interval") } فقط همراه { ISO("--watch") } به کار می‌آید.
cli-sync-other = رونوشت‌برداری دیگری روی همین پایگاه داده در کار است؛ این یکی چیزی رونوشت نکرد. یکی را متوقف کنید.
cli-sync-nothing = چیز تازه‌ای برای رونوشت نیست.
cli-sync-stopped = متوقف شد. { $rounds } نوبت، { $lines } سطر، { $retries } تلاش دوباره.
cli-sync-compared = { $campaigns } کمپین، { $recipients } گیرنده، { $suppressions } نام در فهرست عدم ارسال، { $leads } سرنخ
cli-sync-difference = { ISO($what) }: اینجا { ISO($here) }، در پایگاه داده { ISO($there) }
cli-sync-thing-missing = هیچ
cli-sync-behind = { $count } سطر هنوز رونوشت نشده است.
cli-sync-equal = برابر است: { $compared }.
cli-sync-different = برابر نیست: { $count } تفاوت در { $compared }.

## آنچه پیک را از کار بازمی‌دارد، هر کدام با کدش

trouble-setting = { ISO($setting) }: { $problem }
trouble-settingValue = { ISO($setting) }: مقدار { ISO($value) } { $problem }
trouble-settingHidden = { ISO($setting) }: مقدارش (نشان داده نمی‌شود) { $problem }
trouble-notBotToken = توکن بات نیست (چند رقم، یک دونقطه و ۳۵ نویسه)
trouble-notBoolean = نه { ISO("true") } است و نه { ISO("false") }
trouble-notTelegramId = شناسهٔ تلگرام نیست
trouble-notOneOf = هیچ‌کدام از این‌ها نیست: { ISO($names) }
trouble-notTimeZone = نام منطقهٔ زمانی نیست (نامی مانند { ISO("Asia/Tehran") } بنویسید)
trouble-notWindow = بازهٔ ارسال نیست (روزها و ساعت‌ها را مثل «شنبه تا چهارشنبه ۹ تا ۱۸» یا «همیشه» بنویسید)
trouble-notPort = شمارهٔ درگاه نیست (از ۰ تا ۶۵۵۳۵)
trouble-notMessages = تعداد پیام نیست (عددی صحیح از ۱ بنویسید)
trouble-notDatabase = نشانی پایگاه داده نیست (به شکل { ISO("postgres://name:password@host/database") } بنویسید)
trouble-notWorkerName = برای نام کارگزار مناسب نیست (حداکثر ۴۰ حرف و رقم؛ بینشان فاصله، نقطه، { ISO("_") } یا { ISO("-") } هم می‌شود)
trouble-notSeconds = تعداد ثانیه نیست (عددی صحیح از ۱ بنویسید)
trouble-notSecondsBetween = تعداد ثانیه نیست (از ۱۰ تا ۸۶۴۰۰)
trouble-notWait = زمان انتظار به ثانیه نیست (عددی از ۰ تا ۶۰۰ بنویسید)
trouble-notMinutes = تعداد دقیقه نیست (از ۱ تا ۱۰۰۸۰)
trouble-notLeads = تعداد سرنخ نیست (عددی صحیح از ۱ بنویسید)
trouble-notPosts = تعداد پست نیست (عددی صحیح از ۱ بنویسید)
trouble-notServer = نشانی سرور نیست (به شکل { ISO("https://host") } یا { ISO("http://host:port") } بنویسید)
trouble-notApiKey = کلید نیست (حروف لاتین، رقم و نشانه، بدون فاصله)
trouble-notBlueskyName = نه نام کاربری بلواسکای است و نه { ISO("DID") } آن
trouble-notAppPassword = گذرواژهٔ برنامه نیست (چهار دستهٔ چهارحرفی؛ مثلاً { ISO("abcd-efgh-ijkl-mnop") })
trouble-notPath = کلید یا نشانی است، نه مسیر فایل یا پوشه (نشان داده نمی‌شود)
trouble-notExpanded = با { ISO("~") } شروع می‌شود که اینجا معنایی ندارد؛ مسیر کامل را بنویسید
trouble-operatorsMissing = { ISO("OPERATOR_IDS") }: تعیین نشده است و هیچ‌کس نمی‌تواند بات را هدایت کند (شناسهٔ تلگرام خودتان را بنویسید)
trouble-blueskyHalf = از { ISO("BLUESKY_IDENTIFIER") } و { ISO("BLUESKY_APP_PASSWORD") } فقط یکی تعیین شده است (یا هر دو یا هیچ‌کدام)
trouble-storeNoDatabase = { ISO("DATABASE_URL") }: تعیین نشده است. با { ISO("STORE=postgres") } همه‌چیز در همان پایگاه داده می‌ماند (نشانی آن را بنویسید، مثل { ISO("postgres://host:5432/peyk") })
trouble-settingsForeign = فایل { ISO($file) } مال کاربر دیگری است و برای همین خوانده نمی‌شود
trouble-settingsNotUtf8 = فایل { ISO($file) } با UTF-8 ذخیره نشده است
trouble-settingsUnreadable = فایل { ISO($file) } خوانده نمی‌شود ({ ISO($system) })
trouble-settingsOpen = کاربران دیگر این دستگاه می‌توانند { ISO($file) } را بخوانند. این فرمان را اجرا کنید: { ISO("chmod 600 ", $file) }
trouble-redirected = { ISO($setting) }: در { ISO($file) } آمده است، ولی { CODE($secret) } از محیط می‌آید و یک فایل نباید بگوید آن کجا فرستاده شود. هر دو را در یک جا بنویسید.
trouble-anotherPeyk = پیک دیگری با پوشهٔ { ISO($path) } کار می‌کند. اول آن را متوقف کنید.
trouble-anotherPeykProcess = پیک دیگری (پردازهٔ { ISO($process) }) با پوشهٔ { ISO($path) } کار می‌کند. اول آن را متوقف کنید.
trouble-anotherPeykHost = پیک دیگری (پردازهٔ { ISO($process) } روی { ISO($host) }) با پوشهٔ { ISO($path) } کار می‌کند. اول آن را متوقف کنید.
trouble-takenOver = پیک دیگری { ISO($path) } را در دست گرفت. این یکی دیگر چیزی نمی‌نویسد.
trouble-chatTakenOver = پردازهٔ دیگری از پیک گفت‌وگوها را در دست گرفت. این یکی دیگر چیزی نمی‌نویسد.
trouble-namesHeld = برنامه‌های کاربر دیگری نمی‌گذارند پیک شروع شود: نام‌هایی را در دست دارند که پیک خودش را با آن‌ها می‌شناسد.
trouble-portInUse = { ISO("WEB_PORT") }: درگاه { ISO($port) } در دست برنامهٔ دیگری است. شمارهٔ دیگری تعیین کنید.
trouble-dataFolder = پوشهٔ داده‌ها ({ ISO($path) }) ساخته نمی‌شود یا نمی‌شود در آن نوشت ({ ISO($system) }). در تنظیم { ISO("DATA_DIR") } پوشه‌ای بنویسید که کاربر پیک اجازهٔ نوشتن در آن را دارد.
trouble-foreignFile = { ISO($path) } مال کاربر دیگری از این کامپیوتر است و به محتوایش نمی‌شود اعتماد کرد. آن را جابه‌جا کنید.
trouble-halfRestored = نسخهٔ پشتیبان فقط تا نیمه به { ISO($path) } برگشته و هنوز داده‌ای در آن نیست. { ISO("peyk restore") } را دوباره اجرا کنید.
trouble-folderMoving = محتوای { ISO($path) } فقط تا نیمه به پایگاه داده رفته است. { ISO("peyk move") } را دوباره اجرا کنید، یا { ISO("peyk move --give-up") } را تا همه چیز در پوشه بماند.
trouble-folderReturning = محتوای پایگاه داده فقط تا نیمه به { ISO($path) } رفته است. { ISO("peyk move --to-files") } را دوباره اجرا کنید، یا { ISO("peyk move --give-up") } را تا همه چیز در پایگاه داده بماند.
trouble-folderMoved = محتوای { ISO($path) } در { $moment } به پایگاه داده رفته است و دیگر چیزی با این پوشه کار نمی‌کند. { ISO("STORE=postgres") } و { ISO("DATABASE_URL") } را تعیین کنید، یا با { ISO("peyk move --to-files") } همه چیز را برگردانید.
trouble-folderMovedWordGone = محتوای { ISO($path) } به پایگاه داده رفته است، ولی { ISO("moved.json") } که تاریخ آن را می‌گوید دیگر آنجا نیست. برای اینکه به کسی از هر دو جا پیام نرود، چیزی با این پوشه کار نمی‌کند. { ISO("STORE=postgres") } و { ISO("DATABASE_URL") } را تعیین کنید، یا { ISO("moved.json") } را برگردانید.
trouble-houseFilling = محتوای پایگاه داده فقط تا نیمه به آن رسیده است. { ISO("peyk move") } را دوباره اجرا کنید.
trouble-houseEmptying = محتوای پایگاه داده فقط تا نیمه به پوشه رفته است. { ISO("peyk move --to-files") } را همان‌جا دوباره اجرا کنید.
trouble-houseClosed = محتوای پایگاه داده در { $moment } به پوشه رفته است و دیگر چیزی با آن کار نمی‌کند. برای کار با پوشه { ISO("STORE=postgres") } را بردارید.
trouble-houseInUse =
    { $count ->
        [one] { $count } پردازهٔ پیک با پایگاه داده کار می‌کند. اول آن را متوقف کنید؛ اگر کشته شده است یک دقیقه صبر کنید.
       *[other] { $count } پردازهٔ پیک با پایگاه داده کار می‌کنند. اول آن‌ها را متوقف کنید؛ اگر یکی کشته شده است یک دقیقه صبر کنید.
    }
trouble-houseNotEmpty = در پایگاه داده از پیش چیزی از پیک هست. همه چیز به پایگاهی خالی می‌رود؛ پایگاه دیگری را در { ISO("DATABASE_URL") } نام ببرید.
trouble-houseOfAnother = پایگاه داده از پوشهٔ دیگری تا نیمه پر شده است. همان انتقال را از همان‌جا ادامه دهید، یا پایگاه دیگری را در { ISO("DATABASE_URL") } نام ببرید.
trouble-houseNotToMove = در پایگاه داده چیزی نیست که به پوشه برود: یا خالی است، یا انتقال دیگری آن را در دست دارد.
trouble-moveNoDatabase = پایگاه داده را نام ببرید: { ISO("STORE=postgres") } و { ISO("DATABASE_URL") }، مثل { ISO("postgres://host:5432/peyk") }.
trouble-moveCampaigns = کمپین { ISO($id) } در { ISO($path) } خوانده نمی‌شود و اگر منتقل می‌شد، معلوم نمی‌ماند برای چه کسانی فرستاده است. { ISO("peyk doctor") } می‌گوید ایرادش چیست.
trouble-moveTwice = کسی یا چیزی در { ISO($what) } دو بار آمده است و پایگاه داده آن را نمی‌پذیرد. چیزی بسته نشده است؛ با { ISO("peyk move --give-up") } به پوشه برمی‌گردید.
trouble-moveDiffers = دو طرف دربارهٔ { ISO($what) } یک چیز نمی‌گویند، پس هیچ‌کدام درست شمرده نمی‌شود. چیزی گم نشده است؛ با { ISO("peyk move --give-up") } همه چیز همان‌جایی می‌ماند که بود.
trouble-moveNotEmpty = پوشهٔ { ISO($path) } خالی نیست و { ISO($name) } در آن است. همه چیز به پوشه‌ای خالی می‌رود؛ چنین پوشه‌ای را با { ISO("DATA_DIR") } نام ببرید.
trouble-moveNone = هیچ انتقالی از { ISO($path) } در جریان نیست.
trouble-moveOver = همه چیز از پیش منتقل شده است. همان فرمان قبلی را یک بار دیگر اجرا کنید تا طرف دیگر بسته شود.
trouble-notBackup = { ISO($path) } نسخهٔ پشتیبانی نیست که پیک ساخته باشد، یا خراب است.
trouble-backupCut = { ISO($path) } ناقص است و بخشی از نسخهٔ پشتیبان را ندارد. دوباره آن را بگیرید یا نسخهٔ دیگری بردارید.
trouble-backupDamaged = { ISO($path) } در { ISO($name) } آسیب دیده است. دوباره آن را بگیرید یا نسخهٔ دیگری بردارید.
trouble-backupVersion = { ISO($path) } را نسخهٔ تازه‌تری از پیک ساخته است. همان نسخه یا تازه‌تر از آن را بردارید.
trouble-restoreNotEmpty = پوشهٔ { ISO($path) } خالی نیست و { ISO($name) } در آن است. نسخهٔ پشتیبان به پوشه‌ای خالی برمی‌گردد؛ چنین پوشه‌ای را با { ISO("DATA_DIR") } نام ببرید یا این یکی را جابه‌جا کنید.
trouble-nothingToBackUp = در { ISO($path) } چیزی برای پشتیبان گرفتن نیست؛ هیچ پیکی آنجا راه نیفتاده است.
trouble-document = فایل { ISO($path) } به کار نمی‌آید: { $what }
trouble-identity = فایل { ISO($path) } به کار نمی‌آید: { $what }. آن را از نسخهٔ پشتیبان برگردانید. اگر پشتیبانی نیست، هر پیکی را که با این پوشه یا رونوشتی از آن کار می‌کند متوقف کنید، فایل را پاک کنید و دوباره شروع کنید.
trouble-team = فایل { ISO($path) } به کار نمی‌آید: { $what }. نقش هر کس در آن است و بدون آن چیزی شروع نمی‌شود. آن را از نسخهٔ پشتیبان برگردانید. اگر پشتیبانی نیست، فایل را جابه‌جا کنید؛ آن وقت هر کس همان نقشی را دارد که { ISO("OPERATOR_IDS") } به او می‌دهد.
trouble-notJson = محتوایش JSON نیست
trouble-noDocument = سند پیک نیست: { ISO("{\"version\", \"value\"}") }
trouble-otherVersion = نسخه‌اش { $found } است، نه { $known }
trouble-noFile = چنین فایلی نیست
trouble-unfit = مقدارهایش جور درنمی‌آیند ({ ISO($text) })
trouble-otherCampaign = مال کمپین { ISO($id) } است
trouble-otherCampaignsFolder = نام { ISO($id) } مال کمپینی است که فایل‌هایش به کار نمی‌آید؛ همان‌طور می‌مانند. { ISO("peyk doctor") } می‌گوید چه ایرادی دارند. نام دیگری انتخاب کنید.
trouble-recipientsLost = در فایل { ISO($path) } به جای { $count } گیرنده { $lines } گیرنده هست. آن را از نسخهٔ پشتیبان برگردانید.
trouble-journalGone = فایل { ISO($path) } نیست و با آن معلوم نیست به چه کسانی پیام رفته است. آن را از نسخهٔ پشتیبان برگردانید؛ تا آن وقت این کمپین به کسی پیام نمی‌دهد.
trouble-setAside = فایل { ISO($path) } خوانا نبود و کنار گذاشته شده است
trouble-keptAs = { $what }. خودش با نام { ISO($path) } مانده است.
trouble-linesLeftOut =
    { $what }. بدون { $count ->
        [one] { $count } سطر
       *[other] { $count } سطر
    } ادامه می‌یابد و فایل همان‌طور که بود با نام { ISO($path) } مانده است.
trouble-optOutsLeftOut = { $what } ببینید در آن‌ها کسی گفته است که دیگر پیام نمی‌خواهد یا نه.
trouble-about = { ISO($name) }: { $what }
trouble-damagedLine = فایل { ISO($path) }، سطر { $line }: { $what }
trouble-lineNoEntry = چیزی نیست که این نسخه در سابقه بشناسد
trouble-lineNoText = بایت‌هایی دارد که متن نیستند
trouble-lineNoJson = محتوایش JSON نیست
trouble-lineNoList = به این شکل نیست: { ISO("[\"username\",\"value\",…]") }
trouble-lineNoUsername = نام کاربری ندارد
trouble-lineTooManyValues = مقدارهایش از ستون‌های فهرست بیشتر است
trouble-lineUnclear = قابل فهم نیست
trouble-lineContradicts = دربارهٔ گیرندهٔ شمارهٔ { $number } چیزی می‌گوید که با سطرهای قبلش نمی‌خواند
trouble-journalAlone = { ISO($path) } سابقهٔ کمپینی است که { ISO($file) } آن دیگر نیست
trouble-guardEmptied = { ISO($path) } خالی است و خالی نبود. آنچه { ISO("data/README.md") } درباره‌اش می‌گوید با سطرهایش از دست رفته است: از پشتیبان برش گردانید.
trouble-guardGone = { ISO($path) } اینجا بود و دیگر نیست. آنچه { ISO("data/README.md") } درباره‌اش می‌گوید با آن از دست رفته است: از پشتیبان برش گردانید.
trouble-erasuresWait =
    پاک‌کردن { $count } نفر کامل نشده است: نامشان در { ISO($file) } می‌ماند تا وقتی که چیزی داده‌ها را باز نداشته باشد و رونوشت PostgreSQL در دسترس باشد.
trouble-checkpoint = فایل { ISO($path) } نقطهٔ ادامه نیست. به این شکل است: { ISO("{\"task_id\", \"sent_usernames\": [...]}") }. درستش کنید یا جابه‌جایش کنید.
trouble-messageSeveralWays =
    فایل { ISO($name) } چند جور خوانده می‌شود:
    { ISO($text) }
    آن را با UTF-8 ذخیره کنید.
trouble-messageLetters = فایل { ISO($name) } در سطر { $line } حروفی دارد که خوانده نمی‌شوند. آن را با UTF-8 ذخیره کنید.
trouble-messageNoText = فایل { ISO($name) } متن نیست. آن را با UTF-8 ذخیره کنید.
trouble-accounts = { ISO("X_ACCOUNTS_FILE ", $path) }: { $what }
trouble-accountsMissing = چنین فایلی نیست
trouble-accountsUnreadable = خوانده نمی‌شود ({ ISO($system) })
trouble-accountsNoFile = فایل نیست
trouble-accountsOpen = کاربران دیگر این دستگاه می‌توانند آن را بخوانند، با آنکه کلید در آن است. این فرمان را اجرا کنید: { ISO("chmod 600 ", $path) }
trouble-accountsNotUtf8 = با UTF-8 ذخیره نشده است
trouble-accountsNoList = فهرست حساب‌ها نیست: { ISO("[ { … }, … ]") }
trouble-accountsNone = هیچ حسابی در آن نیست
trouble-accountsTwice = نام { ISO($name) } دو بار آمده است
trouble-accountsSame = { ISO($other) } و { ISO($name) } یک حساب ایکس‌اند
trouble-accountsNoAccount = مورد { $number } حساب نیست: { ISO("{ … }") }
trouble-accountsStranger = حساب { $number } چیزی دارد که هیچ‌کدام از این‌ها نیست: { ISO($names) }
trouble-accountsKey = حساب { $number }، { ISO($key) }: { $what }
trouble-keyMissing = نوشته نشده است
trouble-keyEmpty = خالی است
trouble-keyNoNumber = عدد صحیح نیست
trouble-keyTooSmall = کمتر از ۱ است
trouble-keyBadName = ۱ تا ۴۰ حرف لاتین، رقم، { ISO("_") } و { ISO("-") } نیست
trouble-gateway = { ISO("WEBHOOK_FILE ", $path) }: { $what }
trouble-gatewayNone = درگاهی در آن نیست: { ISO("{ … }") }
trouble-gatewayStranger = چیزی دارد که هیچ‌یک از این‌ها نیست: { $names }
trouble-gatewayPart = { ISO($key) } { $what }
trouble-gatewayTooLarge = بیشتر از ۱۰۰٬۰۰۰ است
trouble-gatewayAddress = نشانی سرور نیست
trouble-gatewayHttps = با { ISO("https") } شروع نمی‌شود
trouble-gatewayNear = روی همین دستگاه یا در شبکهٔ خصوصی است؛ برای اجازه دادن { ISO("\"mayBeNear\": true") } بنویسید
trouble-gatewaySecret = به شکل { ISO("whsec_") } و سپس ۲۴ تا ۶۴ بایت { ISO("base64") } نیست
trouble-gatewayChoice = نه { ISO("true") } است و نه { ISO("false") }
trouble-gatewayNoAccount = هیچ حسابی ندارد
trouble-gatewayTwice = یک حساب را دو بار دارد
trouble-noDatabase = نشانی پایگاه داده در { ISO("DATABASE_URL") } نوشته نشده است. رونوشت در همان پایگاه دادهٔ PostgreSQL نگه داشته می‌شود.
trouble-nothingToCopy = هنوز چیزی برای رونوشت نیست: پیک هرگز با این پوشهٔ داده شروع نشده است.
trouble-alreadyThere = چیزی برای همگام‌سازی نیست: با { ISO("STORE=postgres") } همه‌چیز در خود پایگاه داده است.
trouble-onlyShared = یک بخش پیک به‌تنهایی ({ ISO("peyk ", $part) }) پایگاه داده‌ای می‌خواهد که بقیه هم از آن استفاده کنند: { ISO("STORE=postgres") } و { ISO("DATABASE_URL") } را تعیین کنید. با پوشه، یک پردازه همهٔ کارها را انجام می‌دهد: { ISO("npm start") }.
trouble-storeAway = پایگاه داده در دسترس نیست یا درخواست‌ها را نمی‌پذیرد. تا وقتی برنگشته چیزی ارسال نمی‌شود و بعد از آن پیک خودش ادامه می‌دهد.
trouble-storeBack = پایگاه داده پس از { $seconds } ثانیه برگشت. پیک ادامه می‌دهد.
trouble-storeSilent = این پیک آن‌قدر خاموش ماند که دیگران کار ارسالش را به دست گرفتند. اکنون ادامه می‌دهد و رسیدن پیام‌هایی که نامشخص مانده‌اند بررسی می‌شود.
trouble-backUpDatabase = با { ISO("STORE=postgres") } همه‌چیز در پایگاه داده است و پشتیبانش هم از همان‌جا گرفته می‌شود: { ISO($command) }
trouble-restoreDatabase = با { ISO("STORE=postgres") } نسخهٔ پشتیبان با { ISO($command) } به پایگاه داده‌ای خالی برمی‌گردد. پیک در راه‌اندازی بعدی خودش متوجه می‌شود و هر کاری که شروع شده بود منتظر اجازهٔ شما می‌ماند. اگر سرور به عقب برگردانده شده یا دیسک کپی شده است، { ISO("peyk restore") } را بدون فایل اجرا کنید.
trouble-restoreNoFile = فایل پشتیبان را نام ببرید: { ISO("peyk restore FILE") }
trouble-databasePutBack = پایگاه داده از نسخهٔ پشتیبان برگردانده شده است. هیچ کاری که در آن شروع شده بود بدون اجازهٔ شما ادامه نمی‌یابد: { ISO("peyk status") } نشان می‌دهد چه چیزی منتظر است و { ISO("peyk confirm-restored ID") } اجازهٔ ادامه می‌دهد.
trouble-systemDenied = کاربری که پیک را اجرا می‌کند اجازهٔ دسترسی به { ISO($place) } ندارد ({ ISO($system) }).
trouble-systemMissing = { ISO($place) } وجود ندارد ({ ISO($system) }).
trouble-systemReadOnly = در { ISO($place) } نمی‌شود نوشت: دیسکش فقط‌خواندنی است ({ ISO($system) }).
trouble-systemFull = دیسک پر است و چیزی نوشته نمی‌شود ({ ISO($system) }). لطفاً اول جا باز کنید.
trouble-systemNoFolder = { ISO($place) } پوشه نیست، یا چیزی در مسیرش پوشه نیست ({ ISO($system) }).
trouble-systemFolder = { ISO($place) } پوشه است، نه فایل ({ ISO($system) }).
trouble-systemTooManyFiles = { ISO($place) } باز نشد: فایل‌های باز این دستگاه بیش از اندازه‌اند ({ ISO($system) }).
trouble-systemPort = درگاه { ISO($place) } در دست برنامهٔ دیگری است ({ ISO($system) }).
trouble-systemOther = سیستم‌عامل { ISO($place) } را نپذیرفت ({ ISO($system) }).
trouble-unexpected = خطای پیش‌بینی‌نشده؛ برنامه چنین گفت: { ISO($text) }
cli-sync-step-optOuts = انصراف‌ها
cli-sync-step-campaigns = کمپین‌ها
cli-sync-step-connecting = اتصال
cli-sync-step-lead = گرفتن نوبت رونوشت
cli-sync-step-comparison = مقایسه
cli-sync-attempt = { RTL($what) }: تلاش { $attempt } از { $of } ناموفق بود ({ ISO($why) })؛ { $end }.
cli-sync-again = دوباره پس از { $seconds } ثانیه
cli-sync-given-up = فعلاً رها شد
cli-sync-no-use = تلاش دوباره فایده‌ای ندارد
cli-sync-restarted = فایل { ISO($feed) } آن نیست که بود (از پشتیبان برگشته؟). از اول دوباره رونوشت می‌شود.
cli-sync-breaker-opened = تا { ISO($moment) } از پایگاه داده چیزی خواسته نمی‌شود.
cli-sync-breaker-closed = پایگاه داده دوباره در دسترس است.
cli-sync-interval = فاصلهٔ دو نوبت اکنون { $seconds } ثانیه است.
cli-sync-copied = { $count } سطر رونوشت شد.
cli-sync-taken = { $count } نفر در پایگاه داده انصراف داده بودند و اکنون در فهرست عدم ارسال‌اند.
cli-sync-refused = { $count } انصراف در پایگاه داده نام کاربری نیست.
cli-sync-waiting = { $count } انصراف در پایگاه داده منتظر است: پیکِ در حال کار، وقتی رونوشت خودش روشن باشد، آن‌ها را می‌پذیرد.
cli-sync-not-copied = رونوشت نشد: { $what }

## Messages saved under a name

topic-saved-text = 📑 ذخیرهٔ این متن
topic-saved-text-off = ذخیره نشده
button-saved-text = 📑 متن { ISO($name) }
button-text-replace = جایگزین شود
button-text-delete = 🗑 حذف
ask-text-name =
    <b>ذخیرهٔ این متن</b>
    نامی برای آن بنویسید، حداکثر ۴۰ نویسه. همهٔ اپراتورها آن را هنگام نوشتن پیام بعدی و با { COMMAND("texts") } پیدا می‌کنند.
text-file-not-kept = متن و دکمه‌ها می‌مانند، اما فایل ذخیره نمی‌شود.
text-name-wrong = نام از حرف، رقم، فاصله، نقطه و خط تیره ساخته می‌شود، دست‌کم یک حرف دارد و بیش از ۴۰ نویسه نیست.
text-taken = متنی به نام <b>{ ISO($name) }</b> از قبل هست. آن را جایگزین کنید یا نام دیگری بنویسید.
text-full = متن <b>{ ISO($name) }</b> ذخیره نشد، چون ۴۰ متن ذخیره شده است. یکی را با { COMMAND("texts") } حذف کنید.
texts-none = هنوز متنی ذخیره نشده است. بعد از نوشتن پیام، «⚙️ تنظیمات بیشتر» ذخیرهٔ آن را پیشنهاد می‌کند.
texts-title = <b>متن‌های ذخیره‌شده: { $count }</b>
text-about = نامش را { ISO($by) } گذاشته است، { $moment }
text-deleted = متن <b>{ ISO($name) }</b> حذف شد. متن کمپین‌هایی که از آن استفاده کرده‌اند تغییر نمی‌کند.
text-rename-how = برای تغییر نام: { CODE($command) }
text-rename-renamed = نام این متن اکنون «{ ISO($name) }» است.
text-rename-taken = متن دیگری با نام «{ ISO($name) }» هست. نام دیگری انتخاب کنید یا اول آن را پاک کنید.
text-gone = این متن دیگر وجود ندارد.

## Several processes on one machine, to try them: npm run fleet

fleet-starting = یک { ISO("PostgreSQL") }، سه کارگزار و گفت‌وگو روی همین کامپیوتر راه می‌افتند. همه‌چیز در این پوشه می‌ماند: { ISO($folder) }
fleet-up-database = پایگاه دادهٔ { ISO("PostgreSQL") } راه افتاد.
fleet-up-chat = گفت‌وگو راه افتاد.
fleet-up-workers = کارگزارها راه افتادند.
fleet-page = گفت‌وگو را باز کنید: { ISO($url) }
fleet-worker = کارگزار { ISO($worker) } پردازهٔ { ISO($pid) } است.
fleet-keys = شمارهٔ هر کارگزار را بزنید تا همان لحظه کشته شود؛ دوباره بزنید تا برگردد.
fleet-orders = از یک ترمینال دیگر: { ISO("npm run fleet:tell -- kill 2") } و { ISO("npm run fleet:tell -- start 2") }
fleet-stop = برای توقف همه { ISO("Ctrl+C") } را بزنید؛ { ISO("npm run fleet") } بار بعد از همین‌جا ادامه می‌دهد.
fleet-ended = پردازهٔ { ISO($name) } خودبه‌خود تمام شد. { ISO($said) }
fleet-order-killed = کارگزار { ISO($worker) } کشته شد. بقیه ظرف چند ثانیه حساب‌هایش را به دست می‌گیرند.
fleet-order-started = کارگزار { ISO($worker) } برگشت.
fleet-order-isDown = کارگزار { ISO($worker) } از قبل خاموش است.
fleet-order-isUp = کارگزار { ISO($worker) } از قبل در حال کار است.
fleet-order-noSuchWorker = کارگزار { ISO($worker) } وجود ندارد؛ شماره‌ها از ۱ تا { ISO($workers) } است.
fleet-runs-already = در { ISO($folder) } از قبل یک گروه در حال کار است.
fleet-runs-not = در { ISO($folder) } گروهی در حال کار نیست. راه‌اندازی: { ISO("npm run fleet") }
fleet-failed = انجام نشد: { ISO($why) }
fleet-as-root = پایگاه دادهٔ { ISO("PostgreSQL") } با کاربر { ISO("root") } اجرا نمی‌شود؛ کاربر { ISO("nobody") } اجرایش می‌کند و باید به این پوشه راه داشته باشد. با کاربر معمولی به چیزی نیاز نیست.
