### العربية. تُكتب من اليمين إلى اليسار، ولها ستّ صيغ للعدد. ما يضعه اللاعب في اللوحة «حركة».

## الأشكال

shape-hook = خطّاف
shape-j = حرف J
shape-big-square = مربّع كبير
shape-dot = نقطة
shape-upright-three = ثلاثية قائمة
shape-flat-three = ثلاثية أفقية
shape-l = حرف L
shape-turned-l = حرف L مقلوب
shape-square = مربّع
shape-upright-five = خماسية قائمة
shape-flat-five = خماسية أفقية
shape-z = حرف Z
shape-upright-z = حرف Z قائم

## الألوان

colour-red = أحمر
colour-blue = أزرق
colour-green = أخضر
colour-orange = برتقالي
colour-purple = بنفسجي
colour-yellow = أصفر

## القوائم

listed = { $list }، { $next }
listed-apart = { $list }؛ { $next }

## الأعداد

count-cells = { $cells ->
    [zero] لا خانات
    [one] خانة واحدة
    [two] خانتان
    [few] { $cells } خانات
   *[other] { $cells } خانة
}
count-drops = { $drops ->
    [zero] لا حركات
    [one] حركة واحدة
    [two] حركتان
    [few] { $drops } حركات
   *[other] { $drops } حركة
}
count-lines = { $lines ->
    [zero] لا خطوط
    [one] خطّ واحد
    [two] خطّان
    [few] { $lines } خطوط
    [many] { $lines } خطًّا
   *[other] { $lines } خطّ
}
count-times = { $times ->
    [zero] ولا مرّة
    [one] مرّة واحدة
    [two] مرّتان
    [few] { $times } مرّات
   *[other] { $times } مرّة
}

## اللوحة والأشكال بجانبها

place-on-board = الصف { $row }، العمود { $column }
cell-empty = فارغة
slot-empty = مكان فارغ
piece-fits = يتّسع له المكان
piece-does-not-fit = لا يتّسع له المكان
would-clear = يمسح { $lines }
rows-to-clear = { $rows ->
    [zero] لا صفوف
    [one] صفًّا واحدًا
    [two] صفّين
    [few] { $rows } صفوف
    [many] { $rows } صفًّا
   *[other] { $rows } صف
}
columns-to-clear = { $columns ->
    [zero] لا أعمدة
    [one] عمودًا واحدًا
    [two] عمودين
    [few] { $columns } أعمدة
    [many] { $columns } عمودًا
   *[other] { $columns } عمود
}
picked-up = الشكل في اليد: { $shape }. { $places ->
    [zero] لا مكان له
    [one] له مكان واحد
    [two] له مكانان
    [few] له { $places } أماكن
    [many] له { $places } مكانًا
   *[other] له { $places } مكان
}، أوّلها عند الصف { $row }، العمود { $column }.
picked-up-in-vain = الشكل في اليد: { $shape }. لا مكان له في اللوحة.

## نتيجة الحركة

placed = وُضع { $shape }
rows-cleared = { $rows ->
    [zero] لم يُمسح أيّ صف
    [one] مُسح صف واحد
    [two] مُسح صفّان
    [few] مُسحت { $rows } صفوف
    [many] مُسح { $rows } صفًّا
   *[other] مُسح { $rows } صف
}
columns-cleared = { $columns ->
    [zero] لم يُمسح أيّ عمود
    [one] مُسح عمود واحد
    [two] مُسح عمودان
    [few] مُسحت { $columns } أعمدة
    [many] مُسح { $columns } عمودًا
   *[other] مُسح { $columns } عمود
}
gained = { $points ->
    [zero] لا نقاط
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $points } نقاط
   *[other] { $points } نقطة
}
dropped = { $what }. النتيجة { $score }.
new-hand = أشكال جديدة: { $hand }.
game-over = انتهت اللعبة.
not-placed = لم يوضع: { $refusal }.
refusal-empty-slot = المكان فارغ
refusal-off-board = سيخرج الشكل عن اللوحة
refusal-occupied = هناك خانة مشغولة

## أُعدّت الطاولة

began = لعبة جديدة. الأشكال: { $hand }.
resumed = اللعبة مستمرّة. النتيجة { $score }.
imported = كل شيء الآن كما في الملف. النتيجة { $score }.
undone = تراجعت عن الحركة. النتيجة { $score }.
redone = أُعيدت الحركة. النتيجة { $score }.
sought = { $drops ->
    [zero] قبل أوّل حركة
    [one] بعد حركة واحدة
    [two] بعد حركتين
    [few] بعد { $drops } حركات
   *[other] بعد { $drops } حركة
}. النتيجة { $score }.
verdict-best = رقم قياسي جديد!
verdict-over = لم يعد هناك مكان لأيّ شكل.
verdict-played-on = لم يعد هناك مكان لأيّ شكل. هذه اللعبة تابعتَها من إعادة، فلا تُعدّ رقمًا قياسيًّا ولا تدخل الإحصاءات.

## ما لم ينجح

not-a-seed = «{ $text }» ليس بذرة (من 0 إلى { $most }): لهذه اللعبة بذرة عشوائية.
no-seed = «{ $text }» ليس بذرة: البذرة عدد من 0 إلى { $most }.
game-not-stored = تعذّر حفظ لعبتك ({ $trouble }). يبقى ما تفعله إلى أن تُغلق هذه الصفحة.
best-not-stored = تعذّر حفظ أفضل نتيجة لك ({ $trouble }). يبقى ما تفعله إلى أن تُغلق هذه الصفحة.
daily-not-stored = تعذّر حفظ نتيجة لوحة اليوم ({ $trouble }). يبقى ما تفعله إلى أن تُغلق هذه الصفحة.
statistics-not-stored = تعذّر حفظ إحصاءاتك ({ $trouble }). يبقى ما تفعله إلى أن تُغلق هذه الصفحة.
setting-not-stored = تعذّر حفظ أحد الإعدادات ({ $trouble }). يبقى ما تفعله إلى أن تُغلق هذه الصفحة.
too-much-waits = هناك الكثير في انتظار الحفظ
storage-unreadable = تعذّرت قراءة ما حُفظ ({ $error }). يمكنك اللعب، لكن قد لا تُحفظ اللعبة.
stored-nonsense = ما حُفظ باسم { $key } غير مقروء ({ $reason }). وُضع جانبًا ولن يُحتسب.
stored-incomplete = ما حُفظ باسم { $key } ليس كاملًا ({ $reason }). ما بقي منه يُحتسب.
too-long = في هذه اللعبة أكثر من { $most } حركة. ما بعدها لا يُحفظ ولا يكون في أيّ رابط.
bad-link = لا لعبة في هذا الرابط يمكن عرضها: { $error }.
import-refused = لم يُقبل الملف ولم يتغيّر شيء: { $error }.
not-saved = تعذّر حفظ الملف ({ $error }).

## المشاركة

copied = الرابط في الحافظة.
shared-daily = Blockers، لوحة يوم { $date }
shared-practice = Blockers، لوحة يوم { $date }، تدريب
shared-kind = Blockers، { $kind }
shared = { $what }: { $points ->
    [zero] لا نقاط
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $points } نقاط
   *[other] { $points } نقطة
} { $drops ->
    [zero] بلا حركات
    [one] في حركة واحدة
    [two] في حركتين
    [few] في { $drops } حركات
   *[other] في { $drops } حركة
}.
shared-undone = { $what }: { $points ->
    [zero] لا نقاط
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $points } نقاط
   *[other] { $points } نقطة
} { $drops ->
    [zero] بلا حركات
    [one] في حركة واحدة
    [two] في حركتين
    [few] في { $drops } حركات
   *[other] في { $drops } حركة
}، مع تراجع عن حركات.

## أنواع اللعبة

kind-classic = كلاسيكية
kind-kind = لطيفة
kind-daily = لوحة اليوم
kind-daily-of = لوحة اليوم، { $date }
kind-seed = البذرة { $seed }
about-classic = توزيع اللعبة الأصلية. الأفضل { $best }.
about-kind = لكل الأشكال مكان دائمًا عند توزيعها. الأفضل { $best }.
about-daily = { $date }: لوحة واحدة للجميع. لم تُلعب بعد. الأفضل { $best }.
about-daily-played = { $date }: { $points ->
    [zero] لا نقاط
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $points } نقاط
   *[other] { $points } نقطة
}. كل لعبة أخرى تدريب. الأفضل { $best }.
about-daily-undone = { $date }: { $points ->
    [zero] لا نقاط
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $points } نقاط
   *[other] { $points } نقطة
} مع تراجع. كل لعبة أخرى تدريب. الأفضل { $best }.
about-seed = عدد: من يلعبه يحصل على الأشكال نفسها. الأفضل { $best }.
question-play-on = تنتهي لعبتك هنا إذا تابعت اللعب في اللعبة المعروضة.
question-ends = تنتهي هنا، بما لها من نقاط.

## الإعادة

place-in-game = الحركة { $position } من { $total }
replayed = { $kind }: { $place }، { $points ->
    [zero] لا نقاط
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $points } نقاط
   *[other] { $points } نقطة
}
replayed-checked = { $kind }: { $place }، { $points ->
    [zero] لا نقاط
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $points } نقاط
   *[other] { $points } نقطة
}، تحقّقت منها القواعد
pause = إيقاف مؤقّت
resume = تشغيل

## الإحصاءات

nothing-to-show = لا شيء لعرضه هنا.
no-games = لم تُنهِ أيّ لعبة بعد. حين تُنهي واحدة ستجد أرقامها هنا.
no-games-of-kind = لم تُنهِ أيّ لعبة من هذا النوع بعد. حين تُنهي واحدة ستجد أرقامها هنا.
scores-chart-of-one = لعبة واحدة، { $points ->
    [zero] بلا نقاط
    [one] بنقطة واحدة
    [two] بنقطتين
    [few] فيها { $points } نقاط
   *[other] فيها { $points } نقطة
}.
scores-chart = نتائج { $games ->
    [zero] الألعاب
    [one] لعبة واحدة
    [two] لعبتين
    [few] { $games } ألعاب
   *[other] { $games } لعبة
}: أدناها { $lowest }، وأعلاها { $highest }، وآخرها { $last }.
highest = الأعلى { $score }
in-order = { $games ->
    [zero] لا ألعاب
    [one] لعبة واحدة
    [two] لعبتان، الأقدم أوّلًا
    [few] { $games } ألعاب، الأقدم أوّلًا
   *[other] { $games } لعبة، الأقدم أوّلًا
}
scored = اللعبة { $number } من { $games }: { $points ->
    [zero] لا نقاط
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $points } نقاط
   *[other] { $points } نقطة
}
ends-chart = ما لم يكن له مكان في النهاية: { $shapes }. { $left }.
# خمسة حروف على الأكثر.
left-short = تُركت
games-left = { $games ->
    [zero] لم تُترك أيّ لعبة
    [one] تُركت لعبة واحدة
    [two] تُركت لعبتان
    [few] تُركت { $games } ألعاب
   *[other] تُركت { $games } لعبة
}
heat-chart = الحركات على كل خانة من اللوحة: أكثرها على { $top } وعددها { $most }، وأقلّها على { $low } وعددها { $fewest }.
covered = { $place }: { $drops }

## الصفحة: الصورة والأزرار

board = اللوحة
shapes = الأشكال
update = هناك إصدار جديد: حمّله
score = النقاط
best = الأفضل
with-undo = مع تراجع
best-with-undo = الأفضل مع تراجع
controls = التحكّم
new-game = لعبة جديدة
undo = تراجع
redo = إعادة الحركة
menu = القائمة
mute = كتم الصوت
volume = مستوى الصوت
close-notice = أغلق التنبيه

## الصفحة: نهاية اللعبة

over-title = انتهت اللعبة
total-drops = الحركات
total-lines = الخطوط
games-played = الألعاب التي لعبتها
play-again = العب مجدّدًا
watch = شاهد
share = شارك

## الصفحة: الإعادة

replay = الإعادة
one-drop = حركة واحدة
replay-place = الحركة
speed = السرعة
play-on = تابع اللعب من هنا
replay-close = عُد إلى لعبتك

## الصفحة: القائمة

play = العب
title-classic = كلاسيكية
title-kind = لطيفة
title-daily = لوحة اليوم
title-seed = البذرة
menu-note = اللعبة التي فيها تراجع تحتفظ بنقاطها، ولها أفضل نتيجة خاصّة بها. واللعبة التي تابعتَها من إعادة ليس لها أفضل نتيجة ولا تدخل الإحصاءات.
watch-game = شاهد هذه اللعبة
share-game = شاركها
statistics = الإحصاءات
export = تصدير
import = استيراد
import-file = ملف سبق تصديره
help = المساعدة
close = إغلاق

## الصفحة: الإحصاءات

of-which-games = لأيّ ألعاب
all-games = الكل
total-games = الألعاب
points-per-drop = النقاط لكل حركة
most-lines = أكثر خطوط في حركة
streak = حركات ماسحة متتالية
days-in-a-row = لوحات يومية متتالية
chart-scores = النتائج
chart-ends = ما لم يكن له مكان في النهاية
chart-heat = أين وقعت أشكالك

## الصفحة: المساعدة

how-to-play = طريقة اللعب
help-rules = اسحب شكلًا إلى اللوحة. تُمسح الصفوف والأعمدة الممتلئة. وحين لا يبقى مكان لأيّ شكل تنتهي اللعبة.
help-tap = ويمكن اللعب من دون سحب: اضغط على شكل، ثم على الخانة التي ستقع عليها خانته العليا اليسرى.
keys = المفاتيح
key-arrows = الأسهم
key-home = Home
key-end = End
key-space = المسافة
key-undo = Ctrl+Z
key-redo = Ctrl+Y
key-redo-too = Ctrl+Shift+Z
help-pick-up = خذ شكلًا. أو انتقل إلى الأشكال بمفتاح Tab والأسهم، ثم اضغط Enter.
help-move = حرّكه فوق اللوحة خانةً خانة.
help-edges = حرّكه إلى الحافة اليسرى أو اليمنى.
help-drop = ضعه.
help-put-back = أعِده إلى مكانه.
help-undo = تراجع عن آخر حركة.
help-redo = أعِد ما تراجعت عنه.
help-new-game = لعبة جديدة.
help-sound = أوقف الصوت أو شغّله من جديد.
help-bus = شاهد ناقل الأحداث وهو يعمل.
help-help = هذه المساعدة.
points = النقاط
help-points = كل صف وكل عمود تُكمله حركة يعطي 10 نقاط. والأكثر معًا يساوي أكثر: كل صف بعد الأوّل يعطي 50 نقطة إضافية، وكذلك كل عمود بعد الأوّل، وكل صف معه عمود. صف واحد: 10. صفّان، أو صف وعمود: 70.

## الصفحة: الأسئلة، وما يُقال حين لا تعمل اللعبة هنا

leave-title = هل تترك هذه اللعبة؟
go-on = تابع اللعب
leave = اتركها
replace-title = هل تستبدل كل شيء؟
question-replace = تحلّ محتويات الملف محلّ لعبتك وأفضل نتائجك ونتائج لوحاتك اليومية وإحصاءاتك. إن أردت استعادتها فصدّرها أوّلًا.
keep = أبقِ ما هنا
replace = استبدل
failure-title = توقّفت اللعبة
failure-text = حدث خطأ ما كان ينبغي أن يحدث. لعبتك محفوظة.
start-again = ابدأ من جديد
elsewhere-title = اللعبة مفتوحة في مكان آخر
elsewhere-text = هي في علامة تبويب أو نافذة أخرى. لن يضيع شيء: تتابع هنا من حيث وصلت هناك.
play-here = العب هنا

# The settings.
sound-off = الصوت مغلق.
sound-on = الصوت مفتوح.
settings = الإعدادات
settings-strip = القطع الست كما تبدو الآن
colours = الألوان
as-system = مثل النظام
theme-light = فاتح
theme-dark = داكن
theme-contrast = تباين عالٍ
motion = الرسوم المتحرّكة
motion-full = كاملة
motion-reduced = مخفّفة
lift = فوق الإصبع
lift-low = قليلًا
lift-usual = ظاهر بالكامل
lift-high = عاليًا
marks = علامة على كل لون
magnet = الالتصاق بأقرب مكان
sound = الصوت
language = اللغة
