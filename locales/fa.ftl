### همهٔ جمله‌هایی که در گفتگو خوانده می‌شود، به فارسی. شناسه‌ها، ترتیبشان و متغیرهایشان همان en.ftl است.
### ISO() نام را از جملهٔ اطرافش جدا نگه می‌دارد؛ CODE() هم همین کار را می‌کند و نام را به شکل کد می‌نویسد. شناسه‌ها رشته‌اند و مقدارها عدد.

## دستورها، آن‌طور که در منوی تلگرام دیده می‌شوند

command-start = پیک چه می‌کند و از کجا شروع کنیم
command-new = آماده‌کردن یک کمپین
command-campaigns = همهٔ کمپین‌ها
command-status = وضعیت کمپین‌های جاری
command-pause = توقف موقت یک کمپین
command-resume = ادامهٔ کمپین متوقف‌شده
command-cancel = ترک گفتگو یا لغو یک کمپین
command-retry = تلاش دوباره برای ناموفق‌ها
command-report = گزارش و فایل نتایج
command-collect = جمع‌آوری تعداد دقیقی سرنخ
command-leads = فهرست‌های سرنخ و روند جمع‌آوری
command-suppress = به چه کسانی پیام فرستاده نشود
command-subscribers = تعداد مشترک‌ها و پیوند اشتراک
command-accounts = وضعیت حساب‌ها
command-sync = رونوشت در PostgreSQL
command-log = چقدر از روند ارسال این‌جا نوشته شود
command-language = زبان گفتگو (English یا فارسی)
command-help = همهٔ دستورها
public-command-start = اشتراک
public-command-stop = لغو اشتراک

## زمان

moment-today = امروز ساعت { $time }
moment-tomorrow = فردا ساعت { $time }
moment-date = { $date } ساعت { $time }
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
    <b>پیک</b> به هر نام در فهرست شما یک پیام می‌رساند، فقط یک بار، و بعد می‌تواند بگوید برای تک‌تک نام‌ها چه پیش آمده است.

    هر کمپین یک فهرست نام کاربری است، یک پیام، یک پیش‌نمایش و دستور شروع شما. پیش از آن چیزی فرستاده نمی‌شود.
    شروع: {"\u200E"}/new
welcome-sample = 🧪 کمپین نمونه برای گیرنده‌های شبیه‌سازی‌شده آماده است؛ به هیچ آدم واقعی پیامی نمی‌رسد.
button-sample = 🧪 اجرای کمپین نمونه
button-new = ✉️ کمپین تازه
button-campaigns = 📋 کمپین‌ها
help-title = <b>دستورها</b>
help-line = { $meaning }{"\u200F"}: {"\u200E"}/{ $command }
help-end = فهرست را می‌توانید همین‌جا بنویسید یا به‌صورت {"\u200E"}.txt، {"\u200E"}.csv، {"\u200E"}.xlsx یا {"\u200E"}.json بفرستید.
stranger = پیام‌های این گفتگو خوانده نمی‌شود. {"\u200E"}/start شما را مشترک می‌کند و {"\u200E"}/stop اشتراک را لغو می‌کند.
went-wrong = اینجا مشکلی پیش آمد؛ جزئیاتش در گزارش سرور است. کمپین‌هایی که شروع شده‌اند ادامه دارند؛ /status آن‌ها را نشان می‌دهد. اگر کمپینی را آماده می‌کردید که در میان آن‌ها نیست، چیزی از آن ارسال نشده است.
nothing-asked = الان پرسشی باز نیست. برای ساختن کمپین {"\u200E"}/new و برای دیدن دستورها {"\u200E"}/help را بفرستید.
gone-button = این دکمه قدیمی است. وضعیت کنونی را با {"\u200E"}/status ببینید.
old-copy = این نسخه قدیمی است و وضعیت آن زمان را نشان می‌دهد. با {"\u200E"}/status پیام کنونی را پایین گفتگو بیاورید.
unknown-command = دستور { CODE($given) } این‌جا وجود ندارد. همهٔ دستورها را با {"\u200E"}/help ببینید.
unknown-command-meant = دستور { CODE($given) } این‌جا وجود ندارد. منظورتان {"\u200E"}/{ $meant } بود؟ همهٔ دستورها را با {"\u200E"}/help ببینید.
forwarded-command = دستوری که از گفتگوی دیگری فرستاده شود اجرا نمی‌شود. اگر می‌خواهید اجرا شود، لطفاً خودتان آن را بنویسید.
too-many-messages = پیام‌هایی که یک‌باره رسید بیش از اندازه بود و آخرین‌ها خوانده نشد. لطفاً هر چه لازم است دوباره بفرستید.
press-waits = تلگرام این گفت‌وگو را کند کرده، یا کاری پیش از این هنوز تمام نشده است. نوبت این دکمه هم می‌رسد؛ لازم نیست دوباره بزنید.
update-set-aside = ⚠️ پیک دو بار هنگام رسیدگی به { $what } از کار افتاد. دیگر به آن رسیدگی نمی‌شود؛ در { CODE($path) } روی سرور نگه داشته شده است. بقیهٔ کارها ادامه دارد.
aside-press = فشردن یک دکمه
aside-file = فایل { ISO($name) }
aside-text = پیام «{ ISO($text) }»
aside-message = یک پیام

## گفتگو

button-back = ↩️ بازگشت
button-cancel = ❌ لغو
button-continue = ادامه
button-keep = همین بماند
old-button = به این پرسش پیش‌تر پاسخ داده‌اید.
dialogue-cancelled = لغو شد. چیزی فرستاده نشد.
dialogue-lost = پیک هنگام آماده‌کردن کمپین شما به‌روز شد و آنچه آماده کرده بودید باقی نماند. چیزی فرستاده نشده است؛ لطفاً با {"\u200E"}/new دوباره شروع کنید.
dialogue-busy-new-campaign = هم‌اکنون کمپینی در دست آماده‌سازی است. همان را ادامه می‌دهید یا کنارش می‌گذارید؟
dialogue-busy-collect = هم‌اکنون گفتگوی جمع‌آوری سرنخ باز است. همان را ادامه می‌دهید یا کنارش می‌گذارید؟
dialogue-busy-opt-outs = هم‌اکنون گفت‌وگوی افزودن به فهرست عدم ارسال باز است. همان را ادامه می‌دهید یا کنارش می‌گذارید؟
button-go-on = همان را ادامه می‌دهم
button-start-over-campaign = کنار می‌گذارم؛ کمپین تازه
button-start-over-collect = کنار می‌گذارم؛ جمع‌آوری سرنخ
button-start-over-optouts = کنار می‌گذارم؛ افزودن به فهرست عدم ارسال
dialogue-album = چند فایل با هم رسید و اولی برداشته شد. برای استفاده از فایلی دیگر، لطفاً آن را جداگانه بفرستید.
dialogue-goes-on = ادامه می‌دهیم: لطفاً به آخرین پرسش بالا پاسخ دهید.
nothing-to-cancel = گفتگویی باز نیست و کمپینی هم در جریان نیست.

## کمپین تازه: نام

ask-name =
    <b>کمپین تازه</b>
    نام کمپین چیست؟ همین نام شناسهٔ آن هم هست: حروف لاتین، رقم، <code>_</code>، <code>-</code> و <code>.</code>، حداکثر ۶۴ نویسه؛ مثلاً {"\u2068"}<code>spring-news</code>{"\u2069"}.
button-generate = خودتان نامی بگذارید
name-kept = نام تا این‌جا: { CODE($id) }
name-not-text = نام باید متن باشد. لطفاً آن را بنویسید؛ مثلاً {"\u2068"}<code>spring-news</code>{"\u2069"}.
name-empty = نام خالی است. لطفاً نامی بنویسید؛ مثلاً {"\u2068"}<code>spring-news</code>{"\u2069"}.
name-too-long = این نام { $length } نویسه دارد؛ حداکثر ۶۴ نویسه می‌شود.
name-bad-start = نام باید با حرف لاتین یا رقم شروع شود، نه با { CODE($found) }.
name-bad-characters = در نام نمی‌شود از { $found } استفاده کرد. حروف لاتین، رقم، <code>_</code>، <code>-</code> و <code>.</code> مجازند.
name-space = فاصله
name-dots = در نام دو نقطهٔ پشت سر هم نمی‌شود.
name-badTaskId = نمی‌شود کمپین را { CODE($id) } نامید.
name-device = ویندوز { CODE($id) } را نام یک دستگاه می‌داند و نمی‌تواند پوشه‌ای به این نام نگه دارد. لطفاً نام دیگری بنویسید.
name-dotAtEnd = نام نباید به نقطه ختم شود.
name-twoSpellings = دو کمپین به نام { CODE($id) } هست که تنها در بزرگی و کوچکی حروف فرق دارند و معلوم نیست منظور کدام است. لطفاً نام دیگری بنویسید.
name-exists =
    کمپین { CODE($id) } از پیش هست ({ $status }؛ { $sent } از { $total } پیام ارسال شده).
    نام یکسان یعنی همان کمپین: گیرنده‌های تازه به آن افزوده می‌شوند و هرکس پیامش را گرفته است کنار گذاشته می‌شود. پیام، حساب‌ها و سقف‌هایش همان می‌مانند.
button-same-campaign = به همین کمپین افزوده شود
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
    نام‌های کاربری را همین‌جا بنویسید یا یک فایل بفرستید: {"\u200E"}.txt، {"\u200E"}.csv، {"\u200E"}.xlsx یا {"\u200E"}.json تا ۲۰ مگابایت. نوشتن با {"\u2068"}<code>@name</code>{"\u2069"}، بدون @ یا پیوند نمایه فرقی ندارد؛ ستون‌های دیگر فهرست را می‌توان در پیام به کار برد.
list-kept =
    { $count ->
        [one] فهرست تا این‌جا: { $count } نام از { ISO($origin) }
       *[other] فهرست تا این‌جا: { $count } نام از { ISO($origin) }
    }
list-pasted = متن نوشته‌شده
list-several = چند فهرست با هم رسید و هر کمپین هر بار یک فهرست می‌گیرد. کدام یکی؟ برای نوشتن به هر دو، بعداً با {"\u200E"}/new و همین نام فهرست دیگر را اضافه کنید.
button-list-stays = { $count } نام از { ISO($origin) } بماند
button-list-instead = به جایش { ISO($name) }
list-subscribers = همهٔ مشترک‌ها
list-subscribers-from = مشترک‌های آمده از { $source }
list-leads = سرنخ‌های { $list }
button-subscribers = 👥 همهٔ مشترک‌ها ({ $count })
button-subscribers-from = از { $source } ({ $count })
list-part =
    { $parts ->
        [one] تلگرام متن‌های بلند را چند تکه می‌کند و این به تکهٔ اول می‌ماند.
       *[other] تا این‌جا { $parts } تکه رسیده است.
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
        [one] { $count } نفر از آن‌ها پیام این کمپین را پیش‌تر گرفته است و رد می‌شود.
       *[other] { $count } نفر از آن‌ها پیام این کمپین را پیش‌تر گرفته‌اند و رد می‌شوند.
    }
report-suppressed =
    { $count ->
        [one] { $count } نفر از آن‌ها در فهرست عدم ارسال است و رد می‌شود.
       *[other] { $count } نفر از آن‌ها در فهرست عدم ارسال‌اند و رد می‌شوند.
    }
report-contacted-lately =
    { $count ->
        [one] { $count } نفر از آن‌ها به‌تازگی از کمپین دیگری پیام گرفته است و رد می‌شود.
       *[other] { $count } نفر از آن‌ها به‌تازگی از کمپین دیگری پیام گرفته‌اند و رد می‌شوند.
    }
report-all-sent = همهٔ آن‌ها پیام این کمپین را پیش‌تر گرفته‌اند. لطفاً فهرست دیگری بفرستید.
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
invalid-notAProfileLink = پیوند است، اما نه پیوند یک نمایه
invalid-phoneNumber = شمارهٔ تلفن است، نه نام کاربری
invalid-email = نشانی ایمیل است، نه نام کاربری
invalid-empty = نامی در آن نیست
invalid-placeholder = نشانهٔ جای خالی است، نه نام
invalid-reserved = نام یک صفحه یا عنوان ستون است، نه یک نفر
invalid-optedOut = خود فهرست می‌گوید این شخص رفته یا انصراف داده است
invalid-bot = خود فهرست می‌گوید این یک حساب خودکار است، نه یک شخص
invalid-surplusCells = خانه‌هایش از ستون‌ها بیشتر است و معلوم نیست کدام‌ها به هم تعلق دارند
invalid-unreadable = حرف‌هایی دارد که با این رمزگذاری خوانده نمی‌شود

## کمپین تازه: ایراد فهرست

problem-picture = این یک تصویر است. فهرست نام‌های کاربری را به‌صورت {"\u200E"}.txt، {"\u200E"}.csv، {"\u200E"}.xlsx یا {"\u200E"}.json بفرستید، یا نام‌ها را همین‌جا بنویسید.
problem-video = این یک ویدئو است. فهرست نام‌های کاربری را به‌صورت {"\u200E"}.txt، {"\u200E"}.csv، {"\u200E"}.xlsx یا {"\u200E"}.json بفرستید، یا نام‌ها را همین‌جا بنویسید.
problem-voice = این یک فایل صوتی است. فهرست نام‌های کاربری را به‌صورت {"\u200E"}.txt، {"\u200E"}.csv، {"\u200E"}.xlsx یا {"\u200E"}.json بفرستید، یا نام‌ها را همین‌جا بنویسید.
problem-sticker = این یک استیکر است. فهرست نام‌های کاربری را به‌صورت {"\u200E"}.txt، {"\u200E"}.csv، {"\u200E"}.xlsx یا {"\u200E"}.json بفرستید، یا نام‌ها را همین‌جا بنویسید.
problem-pdf = این یک PDF است و نام‌ها را نمی‌شود با اطمینان از آن خواند. فهرست را به‌صورت {"\u200E"}.txt، {"\u200E"}.csv، {"\u200E"}.xlsx یا {"\u200E"}.json بفرستید، یا نام‌ها را همین‌جا بنویسید.
problem-otherFile = پیک نمی‌تواند از این فایل فهرست بخواند. آن را به‌صورت {"\u200E"}.txt، {"\u200E"}.csv، {"\u200E"}.xlsx یا {"\u200E"}.json بفرستید، یا نام‌ها را همین‌جا بنویسید.
problem-otherKind = این فهرست نیست. نام‌های کاربری را به‌صورت {"\u200E"}.txt، {"\u200E"}.csv، {"\u200E"}.xlsx یا {"\u200E"}.json بفرستید، یا همین‌جا بنویسید.
problem-empty = چیزی در آن نیست. فهرستی بفرستید که دست‌کم یک نام کاربری داشته باشد.
problem-tooBig = حجم فایل از { $megabytes } مگابایت بیشتر است. آن را چند تکه کنید و اکنون یکی را بفرستید؛ بقیه را بعداً می‌توان به همین کمپین افزود.
problem-zipBomb = این فایل پس از بازشدن بسیار بزرگ‌تر از یک فهرست می‌شود و به همین دلیل باز نشد. فهرست را به‌صورت {"\u200E"}.csv یا {"\u200E"}.txt بفرستید.
problem-passwordProtected = این فایل با گذرواژه قفل شده است. آن را بدون گذرواژه ذخیره کنید و دوباره بفرستید، یا فهرست را به‌صورت {"\u200E"}.csv بفرستید.
problem-foreignSpreadsheet = این صفحه‌گسترده از نوع { ISO($format) } است و پیک آن را نمی‌خواند. آن را به‌صورت {"\u200E"}.xlsx یا {"\u200E"}.csv ذخیره کنید و دوباره بفرستید.
problem-broken-xlsx = این فایل پسوند {"\u200E"}.xlsx دارد ولی باز نمی‌شود. دوباره ذخیره‌اش کنید یا به‌صورت {"\u200E"}.csv بفرستید.
problem-broken-json = این فایل پسوند {"\u200E"}.json دارد ولی خوانده نمی‌شود. فهرستی از نام‌ها بفرستید، یا فهرستی که هر عضوش نام کاربری داشته باشد.
problem-broken-json-line = فایل {"\u200E"}.json خوانده نمی‌شود: سطر { $line } ایراد دارد. درستش کنید و دوباره بفرستید.
problem-broken-csv = فایل {"\u200E"}.csv خوانده نمی‌شود. آن را دوباره با UTF-8 ذخیره کنید یا نام‌ها را به‌صورت {"\u200E"}.txt بفرستید.
problem-broken-quote = در این فایل یک نشانهٔ نقل‌قول باز مانده است و معلوم نیست خانه‌اش کجا تمام می‌شود. آن را ببندید یا پاک کنید و فایل را دوباره بفرستید.
problem-broken-quote-line = نشانهٔ نقل‌قولی که در سطر { $line } باز شده بسته نشده است و معلوم نیست خانه‌اش کجا تمام می‌شود. آن را ببندید یا پاک کنید و فایل را دوباره بفرستید.
problem-broken-csv-line = فایل {"\u200E"}.csv خوانده نمی‌شود: سطر { $line } ایراد دارد. درستش کنید و دوباره بفرستید.
problem-noUsableName =
    { $read ->
        [one] { $read } سطر خوانده شد و نام قابل استفاده‌ای در آن نبود.
       *[other] { $read } سطر خوانده شد و در هیچ‌کدام نام قابل استفاده‌ای نبود.
    } لطفاً فهرست دیگری بفرستید.
problem-notFetched = تلگرام فایل را تحویل نداد. لطفاً دوباره بفرستید.
problem-listGone = آن فایل دیگر این‌جا نیست. لطفاً دوباره بفرستید.

## آنچه فهرست روشن نمی‌کند

ask-list-column = <b>نام‌های کاربری در کدام ستون است؟</b>
ask-list-sheet = <b>کدام برگه منظور است؟</b> در چند برگه نام هست.
ask-list-in-json =
    { $count ->
        [one] <b>آیا همین فهرست منظور است؟</b> نام آن می‌گوید به این افراد پیام داده نشود، یا فهرست دیگری خواسته شده بود.
       *[other] <b>کدام فهرست منظور است؟</b> در این فایل چند فهرست نام هست.
    }
ask-list-headerRow = <b>عنوان ستون‌ها در کدام سطر است؟</b> این‌ها نخستین سطرها هستند، همان‌طور که خوانده شدند.
ask-list-encoding = <b>در کدام‌یک حروف درست است؟</b> خود فایل نمی‌گوید متنش چگونه ذخیره شده است.
ask-column-several = بیش از یک ستون چنین عنوان یا محتوایی دارد. هر سطر زیر یک ستون است با نخستین خانه‌هایش.
ask-column-unclear = نه عنوان ستون‌ها آن را نشان می‌دهد و نه محتوایشان. هر سطر زیر یک ستون است با نخستین خانه‌هایش.
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
button-column = ستون { $column }: { $sample }
button-line = سطر { $line }: { $text }
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
read-names-first = نخستین‌ها: { $names }
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
problem-stopped-takesTooLong = خواندن این فایل بسیار بیشتر از فهرستی به این اندازه طول می‌کشد و متوقف شد. کسی اضافه نشد. فقط خود فهرست را به‌صورت {"\u2068"}.csv{"\u2069"} یا {"\u2068"}.txt{"\u2069"} ذخیره کنید و بفرستید.
problem-stopped-needsTooMuchMemory = خواندن این فایل بسیار بیشتر از فهرستی به این اندازه حافظه می‌خواهد و متوقف شد. کسی اضافه نشد. فقط خود فهرست را به‌صورت {"\u2068"}.csv{"\u2069"} یا {"\u2068"}.txt{"\u2069"} ذخیره کنید و بفرستید.
problem-stopped-holdsTooMuch = این فایل بسیار بیشتر از یک فهرست در خود دارد و خواندنش متوقف شد. کسی اضافه نشد. فقط خود فهرست را به‌صورت {"\u2068"}.csv{"\u2069"} یا {"\u2068"}.txt{"\u2069"} ذخیره کنید و بفرستید.
problem-stopped-failed = این فایل خوانده نشد و دلیلش معلوم نیست. کسی اضافه نشد. فهرست را دوباره ذخیره کنید، بهتر از همه به‌صورت {"\u2068"}.csv{"\u2069"} یا {"\u2068"}.txt{"\u2069"}، و بفرستید.
problem-stopped-line = سطر { $line } بیش از یک میلیون نویسه دارد و خواندن متوقف شد. کسی اضافه نشد. فقط خود فهرست را به‌صورت {"\u2068"}.csv{"\u2069"} یا {"\u2068"}.txt{"\u2069"} ذخیره کنید و بفرستید.

## کمپین تازه: پیام

ask-message =
    <b>پیام</b>
    متن پیام را بنویسید؛ حداکثر { $max } نویسه.
ask-message-columns =
    از ستون‌های فهرست می‌توانید به کار ببرید: { $variables }
    برای خانه‌های خالی می‌توانید واژه‌ای بگذارید: {"\u2068"}<code>{"{{"}{ $example }|دوست عزیز{"}}"}</code>{"\u2069"}
ask-message-no-columns = فهرست فقط نام دارد، پس تنها متغیر {"\u2068"}<code>{"{{username}}"}</code>{"\u2069"} است.
message-kept = پیام تا این‌جا:
message-not-text = این نمی‌تواند پیام باشد. لطفاً آن را به‌صورت متن بنویسید.
ask-message-extras = متن پررنگ، کج و پیونددار همان‌طور که می‌نویسید می‌ماند. عکس یا فایل با شرحی حداکثر { $max } نویسه‌ای هم می‌تواند پیام باشد.
message-file-too-big = این فایل بزرگ‌تر از { $megabytes } مگابایت است و بیش از این گرفتنی نیست. لطفاً فایل کوچک‌تری بفرستید.
message-empty = پیام خالی است. لطفاً متنی بنویسید.
message-too-long = این پیام { $length } نویسه دارد؛ حداکثر { $max } نویسه می‌شود.
message-unknown-variables = هیچ ستونی { $unknown } را پر نمی‌کند. این‌ها را می‌توانید به کار ببرید: { $known }
message-not-taken-formatting = از این طریق متنِ پررنگ، پیوند و مانند آن فرستاده نمی‌شود. متن ساده بنویسید یا راه دیگری برای ارسال انتخاب کنید.
message-not-taken-attachments = از این طریق عکس و فایل فرستاده نمی‌شود. آن را بردارید یا راه دیگری برای ارسال انتخاب کنید.
message-not-taken-buttons = از این طریق دکمه فرستاده نمی‌شود. دکمه‌ها را بردارید یا راه دیگری برای ارسال انتخاب کنید.
message-broken-variable = متغیر { CODE($text) } کامل نیست. آن را به شکل {"\u2068"}<code>{"{{name}}"}</code>{"\u2069"} یا {"\u2068"}<code>{"{{name|دوست عزیز}}"}</code>{"\u2069"} بنویسید.

## کمپین تازه: از چه راهی

ask-channel =
    <b>ارسال از طریق</b>
    کمپین از چه طریقی فرستاده شود؟
channel-simulator = شبیه‌ساز
channel-x = ایکس
channel-telegram = تلگرام
no-channel = هنوز حسابی برای ارسال نیست. یکی در پیکربندی بگذارید و پیک را دوباره راه بیندازید؛ راهش در README آمده است.
accounts-asking = وضعیت حساب‌ها پرسیده می‌شود…
accounts-none = هنوز حسابی تنظیم نشده است.
accounts-title = <b>حساب‌ها</b>
account-name = حساب { CODE($account) } ({ ISO($channel) }): امروز { $used } پیام فرستاده
account-well = ✅ مشکلی ندارد؛ نام آن { CODE($username) } است
account-unread = پاسخ‌های مردم خوانده نمی‌شود و انصراف‌ها هم: { ISO($why) }.
account-trouble = ⚠️ مشکل دارد: { ISO($why) }
account-unknown = ❓ پاسخی نداد: { ISO($why) }
account-limit = سقف «{ $name }»: تا { $moment }، { $left } از { $count } مانده است
sync-none = پایگاه داده‌ای برای رونوشت تعیین نشده است. نشانی آن را در <code>DATABASE_URL</code> بگذارید و پیک را دوباره راه بیندازید؛ راهش در <code>docs/sync.md</code> آمده است.
sync-off = رونوشت‌برداری در PostgreSQL خاموش است.
sync-failed = ⚠️ خودش از کار ایستاد: { CODE($why) }
sync-on =
    <b>رونوشت‌برداری در PostgreSQL روشن است</b>: { $seconds ->
        [1] هر ثانیه، بی‌درنگ
       *[other] هر { $seconds } ثانیه
    }.
sync-often = رونوشت‌برداری با این فاصلهٔ کوتاه بار سنگینی بر پایگاه داده می‌گذارد.
sync-not-yet = هنوز چیزی رونوشت نشده است.
sync-last = آخرین رونوشت: { $moment }؛ از زمان روشن‌شدن { $count } تغییر.
sync-opt-outs = { $count } نفر در پایگاه داده انصراف داده‌اند و دیگر به آن‌ها پیام فرستاده نمی‌شود.
sync-standing-by = برنامهٔ دیگری رونوشت برمی‌دارد؛ هر وقت بایستد، این‌جا ادامه می‌یابد.
sync-unreadable = ⚠️ رونوشت نشد: { CODE($why) }
sync-trouble = ⚠️ { CODE($why) } خودبه‌خود دوباره تلاش می‌شود.
sync-attempts = تلاش دوباره: { $retries } بار؛ دورهای ناموفق: { $failures }.
button-sync-usual = روشن‌کردن
button-sync-real-time = روشن‌کردن، بی‌درنگ
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
        [one] { $count } گیرنده آن را پیش‌تر گرفته است و رد می‌شود.
       *[other] { $count } گیرنده آن را پیش‌تر گرفته‌اند و رد می‌شوند.
    }
plan-suppressed = { $count } نام در فهرست عدم ارسال است و کنار گذاشته می‌شود.
plan-contacted-left-out = { $count } نام کنار گذاشته می‌شود: کمپین‌های دیگر به‌تازگی برایشان پیام فرستاده‌اند.
plan-other-campaign = { $count } نام کنار گذاشته می‌شود: پیام کمپینی را گرفته‌اند که گیرنده‌هایش اینجا کنار گذاشته می‌شوند.
plan-contacted = 👥 { $count } نفر از آن‌ها در { $days } روز گذشته از کمپین دیگری پیام گرفته‌اند:
plan-contacted-by = از { CODE($id) }: { $count } نفر، آخرین بار { $moment }
plan-nobody-left = کسی نمانده است که پیامی به او برسد.
button-take-in = ✅ کنار گذاشته: گیرنده‌های { $days } روز گذشته
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
plan-nobody = کسی برای ارسال نمانده است: همهٔ فهرست این پیام را پیش‌تر گرفته‌اند.
plan-no-account = حسابی انتخاب نشده است. دست‌کم یکی را لمس کنید.
plan-account-limited = حساب { CODE($account) }: حداکثر { $limit } پیام در روز، امروز { $used } پیام فرستاده
plan-account-free = حساب { CODE($account) }: بدون سقف روزانه، امروز { $used } پیام فرستاده
plan-accounts-more =
    { $count ->
        [one] و { $count } حساب دیگر
       *[other] و { $count } حساب دیگر
    }
plan-finish =
    { $days ->
        [one] پایان احتمالی: { $moment }.
       *[other] پایان احتمالی: { $moment }، در { $days } روز.
    }
plan-finish-unknown = هیچ محدودیتی سرعت را تعیین نمی‌کند؛ با همان سرعتی که سرویس اجازه دهد تمام می‌شود.
plan-cost = هزینه حداکثر { NUMBER($total, minimumFractionDigits: 2, maximumFractionDigits: 2) } دلار است (بر پایهٔ قیمت‌های { ISO($priced) }).
plan-rules-x = ایکس پیام خودکار را فقط برای کسانی مجاز می‌داند که از پیش آن را خواسته‌اند. نوشتن به ناآشنایان، یا فرستادن یک متن از چند حساب، ممکن است به بسته‌شدن برنامه و حساب‌های شما بینجامد.
plan-rules-telegram = این پیام فقط به کسانی می‌رسد که خودشان در تلگرام Start را زده‌اند؛ بقیه «پیدا نشد» شمرده می‌شوند.
plan-hint = هر حساب را برای استفاده یا کنارگذاشتن لمس کنید. سقف روزانهٔ هر حساب را از دکمه‌ها بردارید یا عددی بنویسید.
plan-limit-wrong = سقف روزانه عددی صحیح از ۱ تا { $most } است.
button-account-on = ✅ { $account }
button-account-off = ▫️ { $account }
button-accounts-page = حساب‌های { $from } تا { $to } از { $total }
button-limit = { $count } در روز
button-limit-chosen = ● { $count } در روز
button-limit-none = بدون سقف
button-limit-none-chosen = ● بدون سقف
button-limit-own = سقف خود هر حساب
button-limit-own-chosen = ● سقف خود هر حساب

## کمپین تازه: پیش‌نمایش

preview-title = <b>پیش‌نمایش</b>: پیام دقیقاً به همین شکل می‌رسد.
preview-for = برای { CODE($username) }:
preview-ask = درست است؟
button-test-send = ارسال آزمایشی
button-edit-message = تغییر پیام
button-links = 🔗 افزودن دکمهٔ پیوند
button-links-change = 🔗 تغییر دکمه‌های پیوند
button-no-links = بدون دکمهٔ پیوند
ask-links =
    <b>دکمه‌های پیوند</b> زیر پیام، هر سطر یکی و حداکثر { $most } تا:
    مثلاً <code>فروشگاه ما | https://example.com</code>
links-wrong = سطر { CODE($text) } دکمهٔ پیوند نیست. اول نام دکمه، بعد <code>|</code> و بعد نشانی‌ای را بنویسید که با <code>https://</code> آغاز می‌شود.
preview-refused = ⚠️ تلگرام این پیام را به این شکل نمی‌پذیرد. لطفاً آن را تغییر دهید.
preview-not-shown = ⚠️ پیام نمایش داده نشد، چون ارتباط با تلگرام قطع شد. شاید خود پیام ایرادی نداشته باشد؛ برای دیدنش یک گام برگردید و دوباره بیایید.
ask-test-name = پیام آزمایشی به کدام نام کاربری برود؟ همین حالا یک پیام، جدا از کمپین، فرستاده می‌شود.
test-not-text = نام کاربری متن است. لطفاً نام کسی را بنویسید که پیام آزمایشی را می‌گیرد.
test-bad-name = عبارت { CODE($username) } نام کاربری نیست: { $reason }.
test-sending = ارسال آزمایشی به { CODE($username) } آغاز شد. نتیجه در ادامه می‌آید.
test-sent = ✅ پیام آزمایشی به { CODE($username) } ارسال شد.
test-not-sent = ⚠️ پیام آزمایشی به { CODE($username) } ارسال نشد: { ISO($why) }
test-uncertain = ❓ پیام آزمایشی به { CODE($username) } شاید رسیده باشد؛ سرویس پاسخ روشنی نداد ({ ISO($why) }).

## کمپین تازه: رضایت و شروع

ask-consent =
    <b>رضایت گیرنده‌ها</b>
    این افراد کجا رضایت داده‌اند که به آن‌ها پیام بدهید؟ یک جمله بنویسید؛ مثلاً: در اردیبهشت در خبرنامه ثبت‌نام کرده‌اند. این جمله با کمپین نگه داشته می‌شود.
button-consent-simulated = این‌ها شبیه‌سازی شده‌اند
consent-simulated = گیرنده‌ها شبیه‌سازی شده‌اند؛ به هیچ آدم واقعی پیامی نمی‌رسد.
consent-not-text = لطفاً با یک جملهٔ متنی پاسخ دهید.
consent-too-short = کوتاه‌تر از آن است که روشن کند رضایت از کجا آمده. لطفاً یک جمله بنویسید.
consent-too-long = این متن { $length } نویسه دارد؛ حداکثر { $max } نویسه می‌شود.
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
        [0] {" "}نام تازه‌ای افزوده نمی‌شود.
       *[other] {" "}{ $added } نام تازه افزوده می‌شود.
    }
    { $count ->
        [0] کسی در آن نمانده است که پیامی به او برسد.
       *[other] روی هم { $count } پیام از طریق { $channel } می‌فرستد.
    }
    رضایت گیرنده‌ها: { ISO($consent) }
confirm-changes-message = <b>پیام عوض می‌شود</b>؛ برای { $left } گیرندهٔ آن که هنوز پیامی نگرفته‌اند و برای نام‌های تازه.
confirm-changes-accounts = <b>حساب‌ها و سقف‌ها عوض می‌شوند</b>؛ برای هرچه از این پس ارسال شود.
confirm-changes-consent = <b>شرح تازهٔ رضایت افزوده می‌شود</b>؛ شرح پیشین هم نگه داشته می‌شود.
button-start = ▶️ شروع ارسال
started = کمپین { CODE($id) } شروع شد. روند کار در پیام زیر است و به‌روز می‌ماند.
started-paused = آنچه افزودید در { CODE($id) } هست. کمپین همان‌طور که متوقف شده بود موقتاً متوقف می‌ماند؛ دکمهٔ «ادامه» در پایین آن را راه می‌اندازد.
start-refused = کمپین { CODE($id) } شروع نشد: فهرستش دیگر نگه داشته نمی‌شود یا از حساب‌هایش نمی‌شود به این شکل استفاده کرد. /status نشان می‌دهد چه چیزی هست.
start-exists = در این فاصله اپراتور دیگری { CODE($id) } را شروع کرده است ({ $status }؛ { $sent } از { $total } پیام ارسال شده). این را می‌فرستد:
start-changed = در این فاصله اپراتور دیگری { CODE($id) } را تغییر داده است ({ $status }؛ { $sent } از { $total } پیام ارسال شده). اکنون چنین است:
start-kept = از آنچه شما آماده کردید چیزی ارسال نشده و چیزی هم از دست نرفته است: نام‌هایتان را به آن بیفزایید یا به کمپین خود نام دیگری بدهید.

## کمپین نمونه

sample-message =
    سلام {"{{name|دوست عزیز}}"}،
    این پیام نمونهٔ پیک است و به دست هیچ آدم واقعی نمی‌رسد.
sample-failed = فهرست نمونه خوانده نشد. با {"\u200E"}/new فهرست خودتان را بدهید.

## کمپین‌ها

campaigns-title = <b>کمپین‌ها</b>
campaigns-none = هنوز کمپینی نیست. یکی را با {"\u200E"}/new آماده کنید.
campaign-unreadable = ⚠️ کمپین { CODE($id) }: سابقهٔ آن خوانده نمی‌شود؛ برای آن چیزی فرستاده نمی‌شود و حساب‌هایش حدود یک روز استراحت می‌کنند. روی سرور، فرمان { CODE($command) } می‌گوید کدام سطر خراب است.
campaigns-line = کمپین { CODE($id) }: { $status }، { $sent } از { $total } پیام ارسال شده
campaigns-more =
    { $count ->
        [one] و { $count } کمپین قدیمی‌تر
       *[other] و { $count } کمپین قدیمی‌تر
    }
status-none = کمپینی در جریان نیست. همه را با {"\u200E"}/campaigns ببینید.
status-running = در حال اجرا
status-paused = موقتاً متوقف
status-finished = پایان‌یافته
status-cancelled = لغوشده

## یک کمپین، زنده

card-running = ▶️ کمپین { CODE($id) } در حال اجراست
card-paused = ⏸ کمپین { CODE($id) } موقتاً متوقف است
card-finished = 🏁 کمپین { CODE($id) } به پایان رسید
card-cancelled = ❌ کمپین { CODE($id) } لغو شد
card-bar = {"\u200F"}{ $bar } { $percent }٪
card-sent = ✅ ارسال شد: <b>{ $count }</b>
card-planned = 🕓 در صف: { $count }
card-claimed = 📨 در حال ارسال: { $count }
card-notFound = 🔍 پیدا نشد: { $count }
card-refused = 🚫 نپذیرفت: { $count }
card-failed = ⚠️ ناموفق: { $count }
card-uncertain = ❓ نامشخص: { $count } (شاید رسیده باشد؛ دوباره فرستاده نشد)
card-skipped = ⏭ رد شد: { $count }
card-total = مجموع: { $count }
card-rate = سرعت: { $rate } در دقیقه
card-left = زمان باقی‌مانده: حدود { $left }، تا { $moment }
card-resting = 💤 حساب { CODE($account) } در استراحت تا { $moment }
card-resting-open = 💤 حساب { CODE($account) } در استراحت است
card-capped = 💤 حساب { CODE($account) } به سقفش رسیده است؛ ارسال بعدی { $moment }
card-capped-open = 💤 حساب { CODE($account) } به سقفش رسیده است
card-locked = 🔒 حساب { CODE($account) } قفل شده است و چیزی نمی‌فرستد
card-loggedOut = 🔒 حساب { CODE($account) } از سرویس خارج شده است و چیزی نمی‌فرستد
card-resting-more =
    { $count ->
        [one] 💤 و { $count } حساب دیگر
       *[other] 💤 و { $count } حساب دیگر
    }
card-error = آخرین خطا، { $moment }: { ISO($why) }
card-error-name = آخرین خطا، { $moment }، برای { CODE($username) }: { ISO($why) }
pause-operator = به خواست یک اپراتور موقتاً متوقف شده است.
pause-noAccount = موقتاً متوقف شد: اکنون هیچ حسابی نمی‌تواند بفرستد؛ دلیل‌ها پایین آمده است و جزئیات در {"\u200E"}/accounts. یکی را درست کنید و «ادامه» را بزنید.
pause-noAccount-until = موقتاً متوقف شد: اکنون هیچ حسابی نمی‌تواند بفرستد؛ دلیل‌ها پایین آمده است. { $moment } خودبه‌خود ادامه می‌یابد.
pause-capped =
    { $count ->
        [one] موقتاً متوقف شد: حساب به سقف امروز ({ $limit } پیام) رسیده است.
       *[other] موقتاً متوقف شد: هر { $count } حساب به سقف امروز ({ $limit } پیام) رسیده‌اند.
    } { $moment } خودبه‌خود ادامه می‌یابد.
pause-unavailable = موقتاً متوقف شد: اکنون از این سرویس چیزی فرستاده نمی‌شود ({ ISO($why) }). { $moment } دوباره امتحان می‌شود.
pause-unheard = در انتظار: پاسخ‌هایی که به { CODE($account) } رسیده هنوز خواندنی نیست ({ ISO($why) }). { $moment } دوباره امتحان می‌شود. به همهٔ باقی‌مانده‌ها قبلاً پیام رفته است و شاید انصراف داده باشند.
pause-unheard-open = موقتاً متوقف شد: پاسخ‌هایی که به { CODE($account) } رسیده خواندنی نیست ({ ISO($why) }). به همهٔ باقی‌مانده‌ها قبلاً پیام رفته است و شاید انصراف داده باشند. همین که پاسخ‌های این حساب خوانده شود، ادامه می‌یابد.
pause-rejected = موقتاً متوقف شد: سرویس هیچ پیامی را نمی‌پذیرد ({ ISO($why) }). این را درست کنید و «ادامه» را بزنید.
pause-full = موقتاً متوقف شد: دیسک پر است و نتیجه‌ها نوشته نمی‌شوند. تا جا باز نشود چیزی فرستاده نمی‌شود؛ بعد خودبه‌خود ادامه می‌یابد.
pause-storage = موقتاً متوقف شد: نتیجه‌ها روی دیسک نوشته نمی‌شوند ({ ISO($why) }). تا درست‌شدنش چیزی فرستاده نمی‌شود؛ بعد «ادامه» را بزنید.
button-pause = ⏸ توقف موقت
button-resume = ▶️ ادامه
button-cancel-campaign = ❌ لغو کمپین
button-retry = 🔁 تلاش دوباره برای ناموفق‌ها ({ $count })
button-uncertain = ❓ نامشخص‌ها ({ $count })
button-results = 📄 فایل نتایج
button-cleanup = 🧹 حذف نقطهٔ ادامه

## کاری با یک کمپین

which-pause = کدام کمپین موقتاً متوقف شود؟
which-resume = کدام کمپین ادامه یابد؟
which-cancel = کدام کمپین لغو شود؟
which-retry = ناموفق‌های کدام کمپین؟
which-report = گزارش کدام کمپین؟
nothing-pause = اکنون کمپینی در حال ارسال نیست.
nothing-resume = کمپینی متوقف نیست.
nothing-retry = هیچ کمپینی گیرندهٔ ناموفق برای تلاش دوباره ندارد.
nothing-report = هنوز کمپینی نیست. یکی را با {"\u200E"}/new آماده کنید.
no-such-campaign = کمپینی به نام { CODE($id) } نیست. همه را با {"\u200E"}/campaigns ببینید.
did-pause = موقتاً متوقف شد. ارسالی که همین لحظه در جریان است به پایان می‌رسد.
did-resume = ادامه می‌یابد.
did-cancel = لغو شد. دیگر برای کسی فرستاده نمی‌شود.
did-retry = برای ناموفق‌ها دوباره تلاش می‌شود.
did-cleanup = نقطهٔ ادامه حذف شد.
not-now = اکنون شدنی نیست: کمپین { ISO($id) } { $status } است.
nothing-to-do = اکنون در کمپین { ISO($id) } کاری برای انجام نیست.
unknown-campaign = این کمپین دیگر این‌جا نیست.
confirm-cancel =
    { $left ->
        [one] کمپین { CODE($id) } لغو شود؟ برای { $left } گیرنده‌ای که هنوز در صف است چیزی فرستاده نمی‌شود. این کار برگشت ندارد.
       *[other] کمپین { CODE($id) } لغو شود؟ برای { $left } گیرنده‌ای که هنوز در صف‌اند چیزی فرستاده نمی‌شود. این کار برگشت ندارد.
    }
button-confirm-cancel = بله، لغو شود
button-keep-campaign = نه، بماند
confirm-cleanup = نقطهٔ ادامهٔ { CODE($id) } حذف شود؟ نتیجه‌ها می‌مانند؛ فایلی که نام‌های ارسال‌شده را نشان می‌کند پاک می‌شود.
button-confirm-cleanup = بله، حذف شود
question-kept = بسیار خوب، چیزی تغییر نکرد.
question-old = این پرسش خیلی قدیمی است. لطفاً دوباره درخواست کنید.

## نامشخص‌ها

uncertain-title =
    { $count ->
        [one] ❓ در کمپین { CODE($id) } وضع { $count } گیرنده نامشخص است. پیام شاید رسیده باشد؛ دوباره فرستاده نشد.
       *[other] ❓ در کمپین { CODE($id) } وضع { $count } گیرنده نامشخص است. پیام شاید رسیده باشد؛ دوباره فرستاده نشد.
    }
uncertain-none = در کمپین { CODE($id) } کسی نامشخص نیست.
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
button-confirm-all-again = بله، به هر { $count } نفر دوباره فرستاده شود
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
uncertain-card = برای { CODE($username) }: ارسال { $moment } با حساب { CODE($account) } آغاز شد و پاسخی نرسید.
button-check = بررسی
button-count-sent = ارسال‌شده حساب شود
button-send-again = ارسال دوباره
button-skip = رد شود
confirm-again = به { CODE($username) } دوباره فرستاده شود؟ اگر پیام اول رسیده باشد، این شخص آن را دو بار می‌گیرد.
button-confirm-again = بله، دوباره فرستاده شود
resolved-sent = ✅ پیام { CODE($username) } ارسال‌شده به شمار آمد.
resolved-planned = 🕓 پیام به { CODE($username) } نرسیده بود و دوباره در صف است.
resolved-claimed = 📨 پیام { CODE($username) } در حال ارسال است.
resolved-skipped = ⏭ از { CODE($username) } رد شدیم.
resolved-notFound = 🔍 نام { CODE($username) } پیدا نشد.
resolved-refused = 🚫 گیرندهٔ { CODE($username) } نپذیرفت.
resolved-failed = ⚠️ پیام به { CODE($username) } نرسید.
resolved-uncertain = ❓ وضع { CODE($username) } همچنان نامشخص است: سرویس نمی‌تواند بگوید.
resolved-already = تکلیف این مورد پیش‌تر روشن شده است.

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
summary-never-started = «پیدا نشد» در اینجا یعنی هرگز Start را نزده‌اند؛ در تلگرام فقط به کسانی می‌توان نوشت که خودشان شروع کرده باشند.
summary-start-link = این پیوند را برایشان بفرستید؛ هر کس آنجا Start را بزند پیام می‌گیرد: { $link }
summary-time = زمان صرف‌شده: { $duration }.
results-caption = آنچه برای تک‌تک نام‌های { CODE($id) } پیش آمد.
results-none = کمپین { CODE($id) } هنوز نتیجه‌ای ندارد.
results-too-big = فایل نتایج { CODE($id) } برای تلگرام زیادی بزرگ است. روی سرور این‌جاست: { CODE($path) }
heading-username = نام کاربری
heading-state = وضعیت
heading-account = حساب
heading-time = زمان
heading-attempts = تعداد تلاش
heading-message-id = شناسهٔ پیام
heading-reason = دلیل
heading-reason-code = کد دلیل
state-planned = در صف
state-claimed = در حال ارسال
state-sent = ارسال شد
state-notFound = پیدا نشد
state-refused = نپذیرفت
state-failed = ناموفق
state-uncertain = نامشخص
state-skipped = رد شد
skip-duplicate = رد شد (تکراری)
skip-optedOut = رد شد (انصراف داده)
skip-suppressed = رد شد (در فهرست عدم ارسال)
skip-contactedLately = رد شد (به‌تازگی پیام گرفته)
skip-otherCampaign = کنار گذاشته شد (کمپین دیگری برایش پیام فرستاده)
skip-earlierCheckpoint = رد شد (قبلاً ارسال شده)
skip-cancelled = رد شد (کمپین لغو شد)
skip-leftInDoubt = کنار گذاشته شد (نامشخص ماند)

## راه‌اندازی دوباره

restarted = پیک دوباره راه‌اندازی شد. { CODE($id) } از همان‌جا ادامه می‌یابد: { $sent } از { $total } ارسال شده و هیچ‌کس دو پیام نگرفته است.
restarted-paused = پیک دوباره راه‌اندازی شد. { CODE($id) } همان‌جا که بود موقتاً متوقف است: { $sent } از { $total } ارسال شده و هیچ‌کس دو پیام نگرفته است.
restarted-again = پیک دوباره راه‌اندازی شد. { CODE($id) } از همان‌جا ادامه می‌یابد: { $sent } از { $total } ارسال شده است.
restarted-paused-again = پیک دوباره راه‌اندازی شد. { CODE($id) } همان‌جا که بود موقتاً متوقف است: { $sent } از { $total } ارسال شده است.
restarted-uncertain =
    { $count ->
        [one] { $count } مورد نامشخص است؛ پایین را ببینید.
       *[other] { $count } مورد نامشخص است؛ پایین را ببینید.
    }

## روند ارسال

log-noCheckpoint = کمپین { CODE($id) } تازه است: نقطهٔ ادامه‌ای نبود و از آغاز شروع می‌شود.
log-checkpointLoaded = نقطهٔ ادامهٔ { CODE($id) } خوانده شد؛ { $names } نام پیش‌تر ارسال شده است.
log-alreadySent = در { CODE($id) } به { $names } نفر پیش‌تر ارسال شده است و رد می‌شوند.
log-skipped = در { CODE($id) }، نام { CODE($username) } { $reason }.
log-optedOut = گیرندهٔ { CODE($username) } در پاسخ به { CODE($account) } انصراف داد و به فهرست عدم ارسال رفت.
log-looksAgain = رسیدن پیام‌های نامشخص { CODE($account) } را { $moment } می‌توان دوباره بررسی کرد.
log-unheard = پاسخ‌هایی که به { CODE($account) } رسیده پیش از { $moment } خواندنی نیست ({ ISO($why) }). هر کس قبلاً پیام گرفته منتظر می‌ماند، چون شاید انصراف داده باشد.
log-unheard-open = پاسخ‌هایی که به { CODE($account) } رسیده خواندنی نیست ({ ISO($why) }). هر کس قبلاً پیام گرفته منتظر می‌ماند، چون شاید انصراف داده باشد.
log-checkpointSaved = نقطهٔ ادامهٔ { CODE($id) } با { $names } نام ذخیره شد.
log-checkpointRemoved = نقطهٔ ادامهٔ { CODE($id) } حذف شد.
log-settled-sent = در { CODE($id) }، پیام { CODE($username) } ارسال شد و علامت خورد.
log-settled-notFound = در { CODE($id) }، نام { CODE($username) } پیدا نشد.
log-settled-refused = در { CODE($id) }، گیرندهٔ { CODE($username) } نپذیرفت.
log-settled-failed = در { CODE($id) }، ارسال به { CODE($username) } ناموفق بود ({ ISO($why) }).
log-settled-uncertain = در { CODE($id) }، وضع { CODE($username) } نامشخص است ({ ISO($why) }).
log-settled-planned = در { CODE($id) }، پیام به { CODE($username) } نرسید و دوباره تلاش می‌شود ({ ISO($why) }).
log-account-capped = در { CODE($id) }، حساب { CODE($account) } به سقفش رسید.
log-account-resting = در { CODE($id) }، حساب { CODE($account) } به استراحت رفت ({ ISO($why) }).
log-account-locked = در { CODE($id) }، حساب { CODE($account) } قفل شد.
log-account-loggedOut = در { CODE($id) }، حساب { CODE($account) } از سرویس خارج شد.
log-account-back = در { CODE($id) }، حساب { CODE($account) } برگشت.
log-status-running = کمپین { CODE($id) } در حال اجراست.
log-status-paused = کمپین { CODE($id) } موقتاً متوقف شد.
log-status-finished = کمپین { CODE($id) } به پایان رسید.
log-status-cancelled = کمپین { CODE($id) } لغو شد.
log-more = … و { $count } مورد دیگر.

## فهرست عدم ارسال

suppress-standing =
    { $count ->
        [0] کسی در فهرست عدم ارسال نیست.
        [one] { $count } نام در فهرست عدم ارسال است. هیچ کمپینی به آن پیام نمی‌فرستد.
       *[other] { $count } نام در فهرست عدم ارسال است. هیچ کمپینی به آن‌ها پیام نمی‌فرستد.
    }
suppress-how =
    با <code>/suppress ali sara</code> نام‌ها اضافه می‌شوند و با <code>/unsuppress ali</code> برداشته می‌شوند.
button-opt-outs = 📄 افزودن یک فهرست کامل
ask-opt-outs = فهرست کسانی را که نباید پیام بگیرند بفرستید: {"\u2068"}.txt{"\u2069"}، {"\u2068"}.csv{"\u2069"}، {"\u2068"}.xlsx{"\u2069"} یا {"\u2068"}.json{"\u2069"} تا ۲۰ مگابایت، یا خود نام‌ها. همهٔ برگه‌های صفحه‌گسترده خوانده می‌شود.
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

## مشترک‌ها

subscribed = شما مشترک { ISO($bot) } شدید و پیام‌هایش همین‌جا به دستتان می‌رسد. هر وقت بخواهید، {"\u200E"}/stop بی‌درنگ به آن پایان می‌دهد.
subscribed-again = شما پیش‌تر مشترک شده‌اید. {"\u200E"}/stop بی‌درنگ به آن پایان می‌دهد.
unsubscribed = اشتراک شما لغو شد و دیگر پیامی برایتان فرستاده نمی‌شود. {"\u200E"}/start دوباره شما را مشترک می‌کند.
not-subscribed = شما مشترک نیستید و چیزی برایتان فرستاده نمی‌شود. {"\u200E"}/start شما را مشترک می‌کند.
operator-unsubscribed = اشتراک شما لغو شد و دیگر هیچ کمپینی برایتان پیام نمی‌فرستد. {"\u200E"}/subscribe دوباره شما را مشترک می‌کند.
operator-not-subscribed = شما مشترک نیستید و کمپین‌ها برایتان چیزی نمی‌فرستند. {"\u200E"}/subscribe شما را مشترک می‌کند.
subscribers-count =
    { $count ->
        [0] هنوز کسی مشترک نشده است.
        [one] <b>{ $count }</b> مشترک.
       *[other] <b>{ $count }</b> مشترک.
    }
subscribers-source = از { CODE($source) }: { $count }
subscribers-link =
    هر کس این پیوند را باز کند و Start را بزند مشترک می‌شود: { $link }
    کلمه‌ای به انتخاب شما در پایان پیوند، بعدها نشان می‌دهد هر کس از کجا آمده است: { $example }
subscribers-self = با {"\u200E"}/subscribe خود شما هم مشترک می‌شوید تا بتوان برایتان ارسال آزمایشی کرد؛ {"\u200E"}/stop آن را لغو می‌کند.

## تنظیم‌های هر اپراتور

ask-language = پیک به چه زبانی با شما حرف بزند؟
button-english = English
button-persian = فارسی
language-set = از این پس پیک با شما فارسی حرف می‌زند.
ask-log =
    هنگام ارسال کمپین، پیک چقدر این‌جا بنویسد؟
    اکنون: <b>{ $now }</b>. پیام روند کار و خلاصهٔ پایانی همیشه می‌آید.
log-off = هیچ
log-important = موردهای مهم
log-all = تک‌تک نام‌ها
button-log-off = هیچ
button-log-important = موردهای مهم
button-log-all = تک‌تک نام‌ها
log-set = از این پس: { $now }.

## دلیل‌هایی که بخش‌های زیرین می‌دهند، هر کدام زیر عبارت انگلیسی‌اش؛ هرچه این‌جا نباشد همان‌طور که هست نشان داده می‌شود

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
reason-verifiedOnly = فقط از فرستنده‌های تأییدشده پیام می‌پذیرد
reason-messageEmpty = پیام خالی است
reason-messageTooLong = پیام خیلی بلند است
reason-fileUnreadable = فایل پیام روی سرور خوانده نمی‌شود
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
reason-neverStartedBot = هرگز دکمهٔ «شروع» ({"\u2068"}Start{"\u2069"}) را نزده است
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
reason-xAccountLocked = ایکس این حساب را قفل کرده است؛ در سایت {"\u2068"}x.com{"\u2069"} بازش کنید
reason-xKeysRefused = ایکس کلیدهایش را نمی‌پذیرد؛ کلید تازه بسازید و ساعت این دستگاه را هم بررسی کنید
reason-xKeysOfWrongKind = با این نوع کلید نمی‌شود پیام مستقیم فرستاد
reason-xAppMayNotSend = برنامهٔ ایکسِ آن اجازهٔ پیام مستقیم ندارد؛ اجازه بدهید و سپس توکن‌های تازه بسازید
reason-xAppMayNotRead = برنامهٔ ایکسِ آن اجازهٔ خواندن این را ندارد؛ در {"\u2068"}console.x.com{"\u2069"} بررسی‌اش کنید
reason-xAppWithoutProject = برنامهٔ ایکسِ آن در هیچ پروژه‌ای نیست؛ در {"\u2068"}console.x.com{"\u2069"} آن را به پروژه‌ای اضافه کنید
reason-xNoCredits = اعتبار ایکس تمام شده است؛ در {"\u2068"}console.x.com{"\u2069"} اعتبار بخرید و ادامه دهید
reason-xSpendCap = هزینه به سقفی رسیده که در {"\u2068"}console.x.com{"\u2069"} گذاشته‌اید
reason-xMonthUsedUp = سهم این ماه از API ایکس تمام شده است
reason-xSenderNotHere = حسابی که پیام از آن فرستاده شده اینجا تنظیم نشده است
reason-xUndatedMessage = ایکس چنین پیامی را نشان می‌دهد، ولی نه زمانش را
reason-xThirtyDays = ایکس پیام‌ها را فقط تا سی روز نشان می‌دهد
reason-xNoSuchTarget = ایکس چنین حساب یا پستی را نمی‌شناسد
reason-xProtected = ایکس این را نشان نمی‌دهد؛ حساب محافظت‌شده است
reason-xRefusesQuestion = ایکس این درخواست را نمی‌پذیرد
reason-xRefusesPlace = ایکس ادامه از این صفحه را نمی‌پذیرد
reason-xNextUnclear = ایکس روشن نمی‌گوید پس از این صفحه چه می‌آید
reason-sourceNotSetUp = این منبع اینجا تنظیم نشده است
reason-sourceFailed = منبع به‌طور نامنتظره از کار افتاد
reason-sourceNotKept = پاسخ منبع را نمی‌شود نگه داشت
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
reason-channelNotSetUp = ارسال از طریق { $channel } اینجا تنظیم نشده است
reason-systemError = خطای { ISO($system) } از سیستم‌عامل
reason-unexpected = خطای پیش‌بینی‌نشدهٔ { ISO($error) }
reason-foreign = { ISO($text) }
limit-messages15Min = پیام در ۱۵ دقیقه
limit-messages24H = پیام در ۲۴ ساعت
limit-appMessages24H = پیام‌های کل برنامه در ۲۴ ساعت

## جمع‌آوری سرنخ

button-collect = 🧲 جمع‌آوری سرنخ
collect-no-source = منبعی برای جمع‌آوری تنظیم نشده است. روش تنظیم آن در {"\u200E"}README آمده است.
ask-source = سرنخ‌ها از کجا جمع شوند؟
source-simulator = شبیه‌ساز: آدم‌های ساختگی با کلیدواژه
source-simulator-posts = شبیه‌ساز: پست‌های ساختگی با هشتگ یا کلیدواژه
source-x-followers = ایکس: دنبال‌کننده‌های یک حساب
source-x-repliers = ایکس: پاسخ‌دهنده‌های یک پست
source-x-posts = ایکس: پست‌ها با هشتگ یا کلیدواژه
source-tiktok = تیک‌تاک: سازنده‌ها با کلیدواژه
source-bluesky-followers = بلواسکای: دنبال‌کننده‌های یک حساب
source-bluesky-likers = بلواسکای: پسندکننده‌های یک پست
source-bluesky-repliers = بلواسکای: پاسخ‌دهنده‌های یک پست
source-bluesky-posts = بلواسکای: پست‌ها با هشتگ یا کلیدواژه
ask-targets-account = دنبال‌کننده‌های چه کسی؟ یک یا چند حساب بفرستید، هر کدام در یک سطر: <code>@name</code> یا نشانی نمایه.
ask-targets-post = کدام پست‌ها؟ نشانی یک یا چند پست را بفرستید، هر کدام در یک سطر.
ask-targets-keywords = کدام کلیدواژه‌ها؟ در هر سطر یک جست‌وجو بنویسید؛ مثلاً <code>coffee shop</code>.
ask-targets-search = کدام هشتگ‌ها یا کلیدواژه‌ها؟ در هر سطر یک جست‌وجو بنویسید؛ مثلاً <code>#coffee</code> یا <code>flat white</code>. پست باید همهٔ واژه‌های سطرش را داشته باشد.
targets-kept = تا این‌جا: { $texts }
targets-not-text = لطفاً به‌صورت متن بفرستید، هر کدام در یک سطر.
targets-too-many = این { $count } سطر است؛ در یک فهرست حداکثر { $most } سطر جا می‌شود.
collect-bad-target = مورد { CODE($text) }: { $reason }.
target-empty = چیزی نوشته نشده است
target-notAName = نام یک حساب نیست
target-notAPost = نشانی یک پست نیست
target-notASearch = نه هشتگ است و نه کلیدواژه
target-tooLong = بیش از اندازه بلند است
ask-amount = چند نفر متفاوت؟ یکی از عددها را بزنید یا هر عدد درستی را بنویسید.
ask-amount-search = از هر کدام چند پست متفاوت؟ یکی از عددها را بزنید یا هر عدد درستی را بنویسید.
button-amount = { $count }
amount-wrong = لطفاً یک عدد درست از ۱ تا { $most } بفرستید.
estimate-what = جمع‌آوری <b>{ $count }</b> نفر متفاوت از «{ $source }»: { $texts }
estimate-what-each = جمع‌آوری <b>{ $count }</b> پست متفاوت از هر کدام، از «{ $source }»: { $texts }
estimate-list = فهرست: { CODE($list) }
estimate-calls =
    { $count ->
        [one] دست‌کم { $count } درخواست از منبع.
       *[other] دست‌کم { $count } درخواست از منبع.
    }
estimate-cost = هزینه دست‌کم { ISO($cost) } است (قیمت‌ها در تاریخ { ISO($date) }).
estimate-cost-range = هزینه دست‌کم { ISO($least) } تا { ISO($cost) } است (قیمت‌ها در تاریخ { ISO($date) })؛ این سکو اعلام نمی‌کند که جز پست‌ها، برای نویسنده‌ها هم پول می‌گیرد یا نه.
estimate-rule = دقیقاً همین تعداد تحویل می‌شود و هر کدام فقط یک بار. اگر منبع کمتر داشته باشد، تعداد و دلیلش گفته می‌شود.
button-collect-start = ▶️ شروع جمع‌آوری
button-collect-cycles = 🔁 دوره‌ای: هر { $minutes } دقیقه، حداکثر { $count } تا
collect-cancelled = لغو شد. چیزی جمع نشد.
collect-begun-new = جمع‌آوری در فهرست { CODE($list) } شروع شد.
collect-begun-goesOn = همین درخواست برای { CODE($list) } ناتمام بود؛ از همان‌جا ادامه می‌یابد.
collect-begun-toldAgain = همین درخواست برای { CODE($list) } پیش‌تر به پایان رسیده بود.
collect-from-before =
    { $count ->
        [one] نخست { $count } { $items ->
            [posts] پست
           *[people] نفر
        } از صفحه‌های پیشین استفاده می‌شود.
       *[other] نخست { $count } { $items ->
            [posts] پست
           *[people] نفر
        } از صفحه‌های پیشین استفاده می‌شوند.
    }
collect-busy = فهرست { CODE($list) } مشغول درخواست دیگری، به تعداد { $count }، است. تا پایانش صبر کنید یا در {"\u200E"}/leads لغوش کنید.
collect-other-kind = فهرست { CODE($list) } یا از آدم‌هاست یا از پست‌ها، و هرگز هر دو با هم.
collect-refused = این را نمی‌شود جمع کرد. لطفاً با {"\u200E"}/collect دوباره شروع کنید.
collect-card-idle = 🗂 فهرست { CODE($list) }
collect-card-running = 🧲 جمع‌آوری در فهرست { CODE($list) }
collect-card-paused = ⏸ جمع‌آوری در فهرست { CODE($list) } موقتاً متوقف است
collect-card-ended = 🏁 جمع‌آوری در فهرست { CODE($list) } به پایان رسید
collect-count = جمع شد: <b>{ $count }</b> از { $total }
collect-paused-operator = به خواست اپراتور متوقف شد.
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
       *[people] نفر تازه در هر صفحه: { $count }
    }
collect-remaining = درخواست‌های باقی‌مانده: حدود { $count }
collect-cost = هزینه تا این‌جا: { ISO($cost) }
collect-size =
    { $items ->
        [posts] پست‌های یکتا در فهرست: { $count }
       *[people] نفرهای متفاوت در فهرست: { $count }
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
collect-target-emptyPages = ⚠️ از «{ $source }»، { CODE($query) }: { $count }؛ فعلاً فقط صفحهٔ خالی می‌آید، با این‌که باز هم هست
collect-target-cursorLoop = ⚠️ از «{ $source }»، { CODE($query) }: { $count }؛ منبع به صفحه‌ای پیشین برگشت
collect-target-unclear = ⚠️ از «{ $source }»، { CODE($query) }: { $count }؛ به پاسخ‌های منبع نمی‌شود تکیه کرد ({ ISO($why) })
collect-target-gone = 🚫 از «{ $source }»، { CODE($query) }: جمع‌شدنی نیست ({ ISO($why) })
collect-target-twin = ▫️ از «{ $source }»، { CODE($query) }: همان هدف دیگر این فهرست است که به جایش ادامه می‌یابد
collect-gap = منبع می‌گوید برای { CODE($query) } تعداد { $total } مورد هست، ولی { $count } مورد داد.
collect-ended = فهرست { CODE($list) }: <b>{ $count }</b> از { $total } مورد جمع شد.
collect-end-targetReached = همهٔ تعداد خواسته‌شده آماده است.
collect-end-sourceExhausted = منبع دیگر چیزی ندارد.
collect-end-noNewPeople = در چند صفحهٔ پیاپی چیز تازه‌ای نبود؛ برای همین پایان یافت.
collect-end-emptyPages = صفحه‌ها پشت سر هم خالی بودند و منبع می‌گوید باز هم هست. درخواست بعدی از همان‌جا ادامه می‌دهد.
collect-end-cursorLoop = منبع به صفحه‌ای که پیش‌تر داده بود برگشت؛ برای همین پایان یافت.
collect-end-unclear = به پاسخ‌های منبع نمی‌شود تکیه کرد. درخواست بعدی از همان‌جا ادامه می‌دهد.
collect-end-targetGone = هدف‌ها جمع‌شدنی نیستند: خصوصی، حذف‌شده یا ناشناخته.
collect-end-callLimit = به سقف درخواست‌ها رسید.
collect-end-creditsGone = اعتبار منبع تمام شده است.
collect-end-accessLost = منبع اجازهٔ دسترسی نمی‌دهد.
collect-end-cancelled = لغو شد؛ آنچه جمع شده می‌ماند.
collect-as-of = این‌که دیگر چیزی نیست مربوط به { $moment } است. برای پرسیدن دوباره، هدف را از نو شروع کنید.
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
        [one] { $count } نام به فهرست عدم ارسال افزوده شد.
       *[other] { $count } نام به فهرست عدم ارسال افزوده شد.
    }
leads-suppress-unusable =
    { $count ->
        [one] { $count } نام نمی‌تواند در آن باشد و کنار گذاشته شد.
       *[other] { $count } نام نمی‌توانند در آن باشند و کنار گذاشته شدند.
    }
leads-confirm-cancel =
    جمع‌آوری در { CODE($list) } لغو شود؟ { $items ->
        [posts] { $count } پستی که جمع شده‌اند می‌مانند.
       *[people] { $count } نفری که جمع شده‌اند می‌مانند.
    }
leads-confirm-suppress =
    { $items ->
        [posts] نویسنده‌های همهٔ { $count } پست فهرست { CODE($list) } به فهرست عدم ارسال افزوده شوند؟
       *[people] همهٔ { $count } نفر فهرست { CODE($list) } به فهرست عدم ارسال افزوده شوند؟
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
       *[people] نفرهای فهرست { CODE($list) }.
    }
button-leads-pause = ⏸ توقف موقت
button-leads-resume = ▶️ ادامه
button-leads-askCancel = ❌ لغو
button-leads-use = ✉️ گیرنده‌های یک کمپین شوند
button-leads-use-authors = ✉️ نویسنده‌ها گیرنده‌های یک کمپین شوند
button-leads-export = 📄 خروجی
button-leads-csv = فایل CSV
button-leads-xlsx = فایل اکسل
button-leads-json = فایل JSON
button-leads-jsonl = فایل JSON Lines
button-leads-askSuppress = 🚫 به فهرست عدم ارسال
button-leads-targets = 🔁 شروع دوبارهٔ یک هدف
button-leads-cancel = بله، لغو شود
button-leads-suppress = بله، افزوده شوند
button-leads-reset = بله، از نو شروع شود
button-leads-keep = نه، همین بماند
heading-display-name = نام نمایشی
heading-id = شناسه
heading-platform = سکو
heading-source = منبع
heading-found = زمان یافتن
kpi-title = <b>همهٔ درخواست‌ها تا امروز</b>
kpi-jobs = درخواست‌های پایان‌یافته: { $count }
kpi-exact = دقیقاً به تعداد خواسته‌شده: { $count } ({ $percent }٪)
kpi-calls = میانگین درخواست از منبع در هر کدام: { $count }
kpi-time = میانگین زمان هر کدام: { $left }
kpi-keywords = بیشتر خواسته‌شده: { $texts }
kpi-updated = آخرین تغییر: { $moment }

## صفحهٔ وضعیت

monitor-title = وضعیت پیک
monitor-subtitle = این‌جا فقط نمایش داده می‌شود؛ کارها را در گفتگو پیش ببرید.
monitor-updated = به‌روز شده: { $moment }
monitor-lost = پیک پاسخ نمی‌دهد. این‌ها آخرین عددهایی است که داده؛ با برگشتنش صفحه خودبه‌خود ادامه می‌یابد.
monitor-chat = صفحهٔ گفتگو
monitor-number = { $count }
monitor-percent = { $percent }٪
monitor-of = { $count } از { $total }
monitor-tile-running = کمپین‌های جاری
monitor-tile-sent = پیام‌های ارسال‌شده
monitor-tile-uncertain = نامشخص
monitor-tile-accounts = حساب‌های آمادهٔ ارسال
monitor-tile-leads = سرنخ‌های جمع‌شده
monitor-campaigns = کمپین‌ها
monitor-campaigns-note = آنچه در جریان است یا در یک روز گذشته تمام شده.
monitor-unreadable = خوانده نمی‌شود
monitor-no-campaign = کمپینی در جریان نیست. برای آماده‌کردن یکی در گفتگو {"\u200E"}/new را بفرستید.
monitor-older =
    { $count ->
        [one] { $count } کمپین پیش از آن به پایان رسیده است؛ در گفتگو با {"\u200E"}/campaigns ببینید.
       *[other] { $count } کمپین پیش از آن به پایان رسیده‌اند؛ در گفتگو با {"\u200E"}/campaigns ببینید.
    }
monitor-through = از طریق { $channel }
monitor-done = { $count } از { $total } انجام شده
monitor-uncertain =
    { $count ->
        [one] ❓ { $count } پیام شاید رسیده باشد؛ دوباره فرستاده نشد. { $duration } است که وضعش نامشخص مانده؛ برای تصمیم‌گیری در گفتگو با {"\u200E"}/campaigns کمپین را باز کنید.
       *[other] ❓ { $count } پیام شاید رسیده باشد؛ دوباره فرستاده نشد. قدیمی‌ترینشان { $duration } است که نامشخص مانده؛ برای تصمیم‌گیری در گفتگو با {"\u200E"}/campaigns کمپین را باز کنید.
    }
monitor-accounts = حساب‌ها
monitor-no-account = هنوز حسابی تنظیم نشده است؛ راهش در {"\u200E"}README آمده است.
monitor-account-active = آمادهٔ ارسال
monitor-account-resting = در استراحت
monitor-account-capped = به سقف رسیده
monitor-account-locked = قفل‌شده
monitor-account-loggedOut = خارج‌شده از سرویس
monitor-used =
    { $count ->
        [one] { $count } پیام امروز
       *[other] { $count } پیام امروز
    }
monitor-until = تا { $moment }
monitor-leads = فهرست‌های سرنخ
monitor-no-leads = هنوز سرنخی نیست. برای جمع‌آوری در گفتگو {"\u200E"}/collect را بفرستید.
monitor-older-lists =
    { $count ->
        [one] { $count } فهرست قدیمی‌تر نمایش داده نشده است؛ در گفتگو با {"\u200E"}/leads ببینید.
       *[other] { $count } فهرست قدیمی‌تر نمایش داده نشده‌اند؛ در گفتگو با {"\u200E"}/leads ببینید.
    }
monitor-kpis = جمع‌آوری، در همهٔ درخواست‌ها
monitor-no-kpis = هنوز درخواستی به پایان نرسیده است. برای شروع در گفتگو {"\u200E"}/collect را بفرستید.
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

## گوش‌دادن به تلگرام، برای کسی که پیک را اجرا می‌کند

listen-unreachable = تلگرام در دسترس نیست. پیک همچنان تلاش می‌کند و کمپین‌های در جریان ادامه دارند. اگر طول کشید، شبکهٔ این دستگاه و تنظیم {"\u2068"}TELEGRAM_API_ROOT{"\u2069"} را بررسی کنید.
listen-conflict = برنامهٔ دیگری با همین توکن به تلگرام وصل است؛ به احتمال زیاد یک پیک دیگر. لطفاً آن یکی را ببندید. پیک یک دقیقه صبر می‌کند.
listen-webhook = برنامهٔ دیگری برای همین توکن وب‌هوک گذاشته است و تلگرام همه‌چیز را به آن‌جا می‌فرستد. لطفاً آن برنامه را ببندید یا وب‌هوکش را بردارید. پیک یک دقیقه صبر می‌کند.
listen-noSpace = آنچه تلگرام می‌فرستد در پوشهٔ داده‌ها نوشته نمی‌شود و برای همین چیزی خوانده نمی‌شود. آیا دیسک پر است؟ پیک همچنان تلاش می‌کند و چیزی از دست نمی‌رود.
listen-reached = ارتباط با تلگرام دوباره برقرار شد.
listen-end-unauthorized = تلگرام توکن را نمی‌پذیرد. توکن کنونی را از {"\u2068"}@BotFather{"\u2069"} بگیرید، در {"\u2068"}BOT_TOKEN{"\u2069"} بگذارید و دوباره اجرا کنید.
listen-end-conflict = برنامهٔ دیگری همچنان با همین توکن به تلگرام وصل است و پیک بسته می‌شود. هر توکن در هر زمان فقط برای یک برنامه است: آن یکی را ببندید یا از {"\u2068"}@BotFather{"\u2069"} توکن جداگانه‌ای بگیرید و دوباره اجرا کنید.
listen-end-webhook = برنامهٔ دیگری همچنان برای همین توکن وب‌هوک دارد و پیک بسته می‌شود. آن برنامه را ببندید یا از {"\u2068"}@BotFather{"\u2069"} توکن جداگانه‌ای بگیرید و دوباره اجرا کنید.
