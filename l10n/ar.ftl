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
picked-up = الشكل المختار: { $shape }. { $places ->
    [zero] لا مكان له
    [one] له مكان واحد
    [two] له مكانان
    [few] له { $places } أماكن
    [many] له { $places } مكانًا
   *[other] له { $places } مكان
}، أوّلها عند الصف { $row }، العمود { $column }.
picked-up-no-fit = الشكل المختار: { $shape }. لا مكان له في اللوحة.

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

## لوحة أخرى: لعبة جديدة أو تراجع أو إعادة

began = لعبة جديدة. الأشكال: { $hand }.
resumed = اللعبة مستمرّة. النتيجة { $score }.
imported = استُعيدت النسخة الاحتياطية. النتيجة { $score }.
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
verdict-over = لم يعد هناك مكان.
verdict-played-on = لم يعد هناك مكان. هذه اللعبة تابعت إعادة، فلا تُحتسب في أفضل النتائج ولا في الإحصاءات.

## الأخطاء

not-a-seed = «{ $text }» ليس بذرة (من 0 إلى { $most })، لذا هذه اللعبة عشوائية.
no-seed = «{ $text }» ليس بذرة. أدخل عددًا من 0 إلى { $most }.
game-not-stored = تعذّر حفظ لعبتك ({ $trouble }). ستفقد تقدّمك عند إغلاق هذه الصفحة.
best-not-stored = تعذّر حفظ أفضل نتيجة لك ({ $trouble }). ستفقدها عند إغلاق هذه الصفحة.
daily-not-stored = تعذّر حفظ نتيجة لوحة اليوم ({ $trouble }). ستفقدها عند إغلاق هذه الصفحة.
statistics-not-stored = تعذّر حفظ إحصاءاتك ({ $trouble }). ستفقدها عند إغلاق هذه الصفحة.
setting-not-stored = تعذّر حفظ أحد الإعدادات ({ $trouble }). ستفقده عند إغلاق هذه الصفحة.
too-many-unsaved = تغييرات كثيرة لم تُحفظ بعد
storage-unreadable = تعذّرت قراءة بياناتك المحفوظة ({ $error }). يمكنك اللعب، لكن قد لا تُحفظ اللعبة.
stored-unreadable = تعذّرت قراءة البيانات المحفوظة { $key } ({ $reason }). وُضعت جانبًا ولن تُستخدم.
stored-incomplete = البيانات المحفوظة { $key } ناقصة ({ $reason }). يُستخدم الجزء المقروء منها.
too-long = في هذه اللعبة أكثر من { $most } حركة. لا تُحفظ الحركات التالية ولا تُضمَّن في الروابط.
bad-link = هذا الرابط تالف أو من إصدار أحدث: { $error }.
import-refused = فشل الاستيراد ولم يتغيّر شيء: { $error }.
not-saved = تعذّر حفظ الملف ({ $error }).

## المشاركة

copied = نُسخ الرابط
shared-daily = Blockers، لوحة يوم { $date }
shared-practice = Blockers، لوحة يوم { $date } (تدريب)
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
}، مع تراجع.

## أنواع اللعبة

kind-classic = كلاسيكية
kind-relaxed = مريحة
kind-daily = لوحة اليوم
kind-daily-of = لوحة اليوم، { $date }
kind-seed = البذرة { $seed }
about-classic = أشكال عشوائية بلا رحمة. الأفضل { $best }.
about-relaxed = تحصل دائمًا على أشكال لها مكان. الأفضل { $best }.
about-daily = { $date }: لوحة اليوم، وهي نفسها للجميع. الأفضل { $best }.
about-daily-played = { $date }: { $points ->
    [zero] لا نقاط
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $points } نقاط
   *[other] { $points } نقطة
}. العب مجدّدًا للتدريب. الأفضل { $best }.
about-daily-undone = { $date }: { $points ->
    [zero] لا نقاط
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $points } نقاط
   *[other] { $points } نقطة
} مع تراجع. العب مجدّدًا للتدريب. الأفضل { $best }.
about-seed = العدد نفسه، والأشكال نفسها. تحدَّ صديقًا. الأفضل { $best }.
question-play-on = متابعة اللعب من هذه الإعادة تنهي لعبتك الحالية.
question-ends = تنتهي الآن بنتيجتها الحالية.

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
}، تم التحقّق منها
pause = إيقاف مؤقّت
resume = تشغيل

## الإحصاءات

nothing-to-show = لا شيء لعرضه بعد.
no-games = أنهِ لعبة لترى إحصاءاتك.
no-games-of-kind = أنهِ لعبة من هذا النوع لترى إحصاءاتها.
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
ends-chart = الأشكال التي أنهت ألعابك: { $shapes }. { $left }.
# عنوان شريط: الألعاب التي تُركت. خمسة حروف على الأكثر.
left-short = تُركت
games-left = { $games ->
    [zero] لم تُترك أيّ لعبة
    [one] تُركت لعبة واحدة
    [two] تُركت لعبتان
    [few] تُركت { $games } ألعاب
   *[other] تُركت { $games } لعبة
}
heat-chart = الحركات على كل خانة من اللوحة: أكثرها عند { $top } ({ $most })، وأقلّها عند { $low } ({ $fewest }).
covered = { $place }: { $drops }

## الصفحة: اللوحة والأزرار

board = اللوحة
shapes = الأشكال
update = التحديث جاهز. أعِد التحميل
score = النقاط
best = الأفضل
best-with-undo = الأفضل مع تراجع
controls = التحكّم
new-game = لعبة جديدة
undo = تراجع
redo = إعادة الحركة
menu = القائمة
mute = كتم الصوت
volume = مستوى الصوت
close-notice = أغلق التنبيه
event-bus = ناقل الأحداث

## الصفحة: نهاية اللعبة

over-title = انتهت اللعبة
total-drops = الحركات
total-lines = الخطوط
games-played = الألعاب التي لعبتها
play-again = العب مجدّدًا
watch = الإعادة
share = شارك

## الصفحة: الإعادة

replay = الإعادة
next-drop = الحركة التالية
replay-place = الحركة
speed = السرعة
play-on = تابع اللعب من هنا
replay-close = عُد إلى لعبتك

## الصفحة: القائمة

play = العب
title-classic = كلاسيكية
title-relaxed = مريحة
title-daily = لوحة اليوم
title-seed = البذرة
menu-note = للألعاب التي فيها تراجع أفضل نتيجة خاصّة بها. والألعاب التي تتابع إعادة لا تُحتسب في أفضل النتائج ولا في الإحصاءات.
about-watch = تحتاج الإعادة إلى حركة واحدة على الأقل.
statistics = الإحصاءات
export = تصدير
import = استيراد
import-file = ملف نسخة احتياطية
help = المساعدة
close = إغلاق

## الصفحة: الإحصاءات

game-type = نوع اللعبة
all-games = الكل
total-games = الألعاب
points-per-drop = النقاط لكل حركة
most-lines = أكثر خطوط في حركة
streak = أطول سلسلة مسح
daily-streak = السلسلة اليومية
chart-scores = النتائج
chart-ends = الأشكال التي أنهت ألعابك
chart-heat = أين تضع أشكالك

## الصفحة: المساعدة

how-to-play = طريقة اللعب
help-rules = اسحب الأشكال إلى اللوحة. تُمسح الصفوف والأعمدة الممتلئة. وحين لا يبقى مكان لأيّ شكل تنتهي اللعبة.
help-tap = أو اضغط على شكل، ثم على خانة مربّعه العلوي الأيسر.
keys = المفاتيح
key-arrows = الأسهم
key-home = Home
key-end = End
key-space = المسافة
key-undo = Ctrl+Z
key-redo = Ctrl+Y
key-redo-too = Ctrl+Shift+Z
help-pick-up = اختر شكلًا. أو انتقل إليه بمفتاح Tab والأسهم، ثم اضغط Enter.
help-move = حرّكه خانة واحدة.
help-edges = حرّكه إلى الحافة اليسرى أو اليمنى.
help-drop = ضعه.
help-put-back = أعِده إلى مكانه.
help-undo = تراجع عن آخر حركة.
help-redo = أعِد ما تراجعت عنه.
help-new-game = ابدأ لعبة جديدة.
help-sound = أوقف الصوت أو شغّله.
help-bus = شاهد ناقل الأحداث وهو يعمل.
help-help = اعرض هذه المساعدة.
help-shortcuts = يمكن إيقاف الاختصارات المكوّنة من حرف واحد أو رقم أو ؟ في الإعدادات.
points = النقاط
help-points = كل صف أو عمود تُكمله يعطي 10 نقاط. ولإكمال أكثر من واحد معًا نقاط إضافية: 50 لكل صف بعد الأوّل، و50 لكل عمود بعد الأوّل، و50 لكل صف يقابله عمود. صف واحد: 10. صفّان، أو صف وعمود: 70.

## الصفحة: الأسئلة، وما يظهر حين لا تعمل اللعبة هنا

end-title = هل تنهي لعبتك الحالية؟
keep-playing = تابع اللعب
end-game = أنهِ اللعبة
replace-title = هل تستبدل كل شيء؟
question-replace = سيحلّ الملف محلّ لعبتك وأفضل نتائجك ونتائج لوحاتك اليومية وإحصاءاتك. صدّرها أوّلًا لتحتفظ بها.
keep = احتفظ ببياناتي
replace = استبدل
failure-title = توقّفت اللعبة
failure-text = حدث خطأ. لعبتك محفوظة.
reload = أعِد التحميل
elsewhere-title = Blockers مفتوحة في علامة تبويب أخرى
elsewhere-text = لن يضيع شيء. هل تتابع هنا؟
play-here = العب هنا

## الصفحة: الإعدادات

sound-off = الصوت مغلق.
sound-on = الصوت مفتوح.
settings = الإعدادات
settings-strip = معاينة القطع الست
theme = المظهر
system-default = النظام
theme-light = فاتح
theme-dark = داكن
theme-contrast = تباين عالٍ
motion = الرسوم المتحرّكة
motion-full = كاملة
motion-reduced = مخفّفة
lift = الارتفاع فوق الإصبع
lift-low = منخفض
lift-usual = متوسّط
lift-high = عالٍ
marks = رموز على القطع
magnet = الالتصاق بأقرب مكان
shortcuts = اختصارات بمفتاح واحد
sound = الصوت
language = اللغة
