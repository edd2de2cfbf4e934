/** Which words name columns of usernames and which name others, in lower case. */

const PLATFORM = withoutMarks(
  "telegram|tg|twitter|x|instagram|insta|ig|tiktok|tik tok|bluesky|threads|تلگرام|توییتر|توئیتر|توىيتر|ایکس|اینستاگرام|اینستا|تیک تاک|تیلیجرام|تلیجرام|تیلیغرام|تلغرام|انستغرام|انستجرام|انستقرام|تویتر|телеграм|телеграме|телеграмм|телеграмме|тг|твиттер|инстаграм|инстаграмм|инста|тикток|电报|推特|推特账号|टेलीग्राम|इंस्टाग्राम|ट्विटर",
);

const USERNAME = withoutMarks(
  "user ?names?|usernames?|handles?|screen ?names?|nombres? de usuario|usuarios?|benutzernamen?|nutzernamen?|nome de usuario|nome do usuario|nome utente|noms? d utilisateur|nom utilisateur|pseudos?|pseudonymes?|kullanici ad(?:i|lari)|kullaniciadi|nama pengguna|username akun|gebruikersnaam|nazwa uzytkownika|användarnamn|anvandarnamn|uzivatelske jmeno|ten nguoi dung|" +
    "نام ?(?:های )?کاربری|یوزر ?نیم(?: ها)?|[آا]ی ?دی|شناسه کاربری|نام کاربر|هندل|اسم المستخدم|اسم مستخدم|اسماء المستخدمین|المعرف|معرف المستخدم|معرف|یوزر|الیوزر|الیوزرنیم|حساب المستخدم|" +
    "имя пользователя|имена пользователеи|юзернеимы?|юзер неим|никнеим|ник|логин|никнеимы|имя користувача|用户名|用户名称|用户名稱|使用者名稱|使用者名称|账号|帳號|账户名|ユーザー名|ユーサー名|アカウント名|사용자명|사용자 이름|아이디|उपयोगकर्ता नाम|यूजरनेम|यूज़रनेम|उपयोगकर्तानाम|यूजर नेम",
);

const ID_OR_LINK = withoutMarks(
  "ids?|accounts?|links?|profiles?|url|urls|pages?|usernames?|users?|names?|nicks?|cuentas?|perfil|perfiles|konto|konten|profil|profile|compte|comptes|conta|contas|account name|hesap|hesabi|akun|اکانت|حساب|شناسه|شناسه ها|شناسه های|لینک|پروفایل|پیج|صفحه|رابط|حساب|аккаунт|акк|ссылка|профиль|identifiants?|identificador|账号|帐号|链接",
);

/** Nothing but the name of a platform. */
export const PLATFORM_WORDS = new RegExp(`^(?:${PLATFORM})$`);

/** A column called so holds usernames and nothing else. */
export const SURE_WORDS = new RegExp(
  `^(?:(?:(?:the|your) )?(?:(?:bot|${PLATFORM}) )?(?:${USERNAME})(?: (?:on|in|der|de|en|in|su|di|of|у|в|на|فی|على|علی|در)?(?: ?(?:${PLATFORM})))?` +
    `|(?:${PLATFORM})(?: (?:${PLATFORM}))*` +
    `|(?:${PLATFORM}) (?:${ID_OR_LINK})|(?:${ID_OR_LINK}) (?:(?:to|on|de|en|di|в|на|در) )?(?:${PLATFORM})` +
    `|user account|حساب کاربری|login|логины)$`,
);

/** A column called so holds usernames if they look like some; it may as well hold customers or banks. */
export const ACCOUNT_WORDS = new RegExp(
  `^(?:${withoutMarks("accounts?|account names?|cuentas?|comptes?|contas?|konto|konten|hesap|hesabi|akun|akaun|اکانت|اکانتها|حساب|الحساب|аккаунты?|учетная запись|账户|帐号|帳戶")})$`,
);

/** A column called so may hold usernames. */
export const POSSIBLE_WORDS = new RegExp(
  `^(?:${withoutMarks(
    "accounts?|account names?|cuentas?|comptes?|contas?|konto|konten|hesap|hesabi|akun|akaun|اکانت|اکانتها|аккаунты?|учетная запись|账户|帐号|帳戶|" +
      "id|ids|user ?ids?|users?|members?|followers?|following|recipients?|contacts?|subscribers?|persons?|people|leads?|links?|profiles?|profile (?:links?|urls?)|urls?|href|nick ?names?|nicks?|alias(?:es)?|value|x social ?profile|social ?profile|impp|social|" +
      "benutzer|nutzer|mitglied|kontakt|empfanger|spitzname|profil|utente|utenti|contatto|utilisateurs?|identifiants?|surnom|contacto|miembro|seguidor(?:es)?|destinatarios?|apodo|membro|usuaria|apelido|kullanici|uye|takma ad|pengguna|anggota|pengikut|kontak|" +
      "کاربر(?:ان)?|گیرنده|مخاطب|عضو|اعضا|شناسه|لینک|پروفایل|لقب|مستخدم|المستخدم|العضو|المتابعین|الرابط|الحساب|حساب|пользователь|пользователи|участник|подписчик|контакт|псевдоним|получатель|用户|使用者|会员|成员|昵称|暱稱|उपयोगकर्ता|सदस्य",
  )})$`,
);

const NAMES =
  "name|names|first name|last name|full name|given name|family name|display name|real name|surname|firstname|lastname|fullname|displayname|title|fn|n|org|customer|client|customer name|contact name|nombre|nombres|apellido|apellidos|nombre completo|vorname|nachname|familienname|ganzer name|nom|prenom|nom complet|nom de famille|nome|cognome|sobrenome|nome completo|ad|adi|soyad|soyadi|isim|ad soyad|adi soyadi|nama|nama lengkap|nama depan|naam|" +
  "نام|نام و نام خانوادگی|نام خانوادگی|اسم|اسامی|نام کامل|نام مشتری|مشتری|الاسم|الاسم الکامل|الاسم الاول|اسم العائله|اللقب|имя|фамилия|фио|отчество|полное имя|名字|姓名|姓|名|全名|名前|이름|नाम|पूरा नाम|प्रथम नाम|अंतिम नाम";

const OTHERS =
  "city|town|country|region|state|province|address|street|zip|zip code|postcode|postal code|e mail|email|emails|mail|email address|phone|phones|phone number|mobile|mobile number|cell|tel|telephone|whatsapp|company|job|job title|position|gender|sex|age|birthday|birth date|date of birth|dob|date|time|timestamp|created|updated|joined|joined at|language|lang|tag|tags|note|notes|note|comment|comments|comment|remark|remarks|bio|biography|description|about|source|status|state|type|count|number|no|row|index|group|segment|category|role|price|amount|total|sum|score|points|discount|code|coupon|order|product|text|string|varchar|integer|int|bool|boolean|message|subject|password|ip|verified|is bot|latitude|longitude|age group|followers count|following count|referrer|referred by|invited by|inviter|manager|owner|agent|seller|sales|error|errors|reason|uid|uuid|guid|key|#|" +
  "ciudad|pais|direccion|correo|correo electronico|telefono|celular|movil|empresa|edad|fecha|genero|nota|notas|estado|idioma|observaciones|stadt|ort|land|adresse|strasse|plz|telefon|handy|handynummer|rufnummer|firma|alter|geburtstag|geburtsdatum|datum|geschlecht|notiz|notizen|bemerkung|sprache|ville|pays|courriel|telephone|portable|entreprise|societe|age|date de naissance|sexe|remarque|remarques|langue|citta|paese|indirizzo|posta|cellulare|azienda|eta|data|sesso|lingua|cidade|endereco|telemovel|idade|observacao|observacoes|sehir|il|ilce|ulke|adres|eposta|e posta|cep|cep telefonu|sirket|yas|tarih|dogum tarihi|cinsiyet|not|notlar|dil|kota|negara|alamat|surel|telepon|no hp|hp|nomor|perusahaan|usia|umur|tanggal|catatan|" +
  "شهر|استان|کشور|آدرس|نشانی|ایمیل|رایانامه|پست الکترونیک|تلفن|تلفن همراه|موبایل|همراه|شماره|شماره تلفن|شماره موبایل|شماره همراه|شماره تماس|شرکت|شغل|سمت|جنسیت|سن|تولد|تاریخ|تاریخ تولد|تاریخ عضویت|زبان|یادداشت|توضیح|توضیحات|وضعیت|ردیف|گروه|دسته|کد|کد ملی|کدپستی|مبلغ|تخفیف|امتیاز|تعداد|معرف او|بیو|زمان|ساعت|" +
  "المدینه|مدینه|البلد|الدوله|العنوان|البرید|البرید الالکترونی|الایمیل|الهاتف|رقم الهاتف|الجوال|رقم الجوال|الموبایل|رقم|الرقم|الشرکه|الوظیفه|الجنس|العمر|التاریخ|تاریخ المیلاد|اللغه|ملاحظات|ملاحظه|الحاله|" +
  "город|страна|регион|адрес|почта|электронная почта|эл почта|e маил|емеил|имеил|телефон|номер телефона|мобильныи|номер|компания|должность|пол|возраст|дата|дата рождения|язык|заметка|заметки|примечание|комментарии|комментарий|статус|группа|код|сумма|№|" +
  "城市|国家|地址|邮箱|邮件|电子邮件|电话|手机|手机号|公司|职位|性别|年龄|生日|日期|备注|语言|状态|序号|编号|शहर|देश|पता|ईमेल|फोन|फ़ोन|मोबाइल|उम्र|तारीख|टिप्पणी|लिंग|भाषा|क्रमांक";

/** What other columns are called: `name` for what people are called elsewhere. */
export const OTHER_WORDS: ReadonlyMap<string, "name" | "other"> = new Map([
  ...withoutMarks(OTHERS)
    .split("|")
    .map((word) => [word, "other"] as const),
  ...withoutMarks(NAMES)
    .split("|")
    .map((word) => [word, "name"] as const),
]);

/** Every word for itself, as far as it stands here without variants. */
export const ALL_WORDS: ReadonlySet<string> = new Set([
  ...OTHER_WORDS.keys(),
  ...[PLATFORM, USERNAME, ID_OR_LINK].flatMap((all) => all.split("|")).flatMap(variantsOf),
]);

/** A word with and without the letters that may be missing: `user ?names?`. */
function variantsOf(word: string): readonly string[] {
  const at = word.indexOf("?");
  if (at < 0) return [word];
  const [before, after] = [word.slice(0, at), word.slice(at + 1)];
  return [...variantsOf(before + after), ...variantsOf(before.slice(0, -1) + after)];
}

/** Takes accents and vowel signs off, so that a heading is known with and without them. */
export function withoutMarks(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036F\u064B-\u0655\u3099\u309A]/g, "")
    .replaceAll("ۀ", "ه")
    .replaceAll("ı", "i")
    .replaceAll("ß", "ss");
}
