### Deutsch. Ein Drop heißt Zug; wer spielt, wird geduzt.

## Formen

shape-hook = Haken
shape-j = J
shape-big-square = großes Quadrat
shape-dot = Punkt
shape-upright-three = stehender Dreier
shape-flat-three = liegender Dreier
shape-l = L
shape-turned-l = gedrehtes L
shape-square = Quadrat
shape-upright-five = stehender Fünfer
shape-flat-five = liegender Fünfer
shape-z = Z
shape-upright-z = stehendes Z

## Farben

colour-red = rot
colour-blue = blau
colour-green = grün
colour-orange = orange
colour-purple = lila
colour-yellow = gelb

## Aufzählungen

listed = { $list }, { $next }
listed-apart = { $list }; { $next }

## Anzahlen

count-cells = { $cells ->
    [one] { $cells } Feld
   *[other] { $cells } Felder
}
count-drops = { $drops ->
    [one] { $drops } Zug
   *[other] { $drops } Züge
}
count-lines = { $lines ->
    [one] { $lines } Linie
   *[other] { $lines } Linien
}
count-times = { $times }-mal

## Das Brett und die Formen daneben

place-on-board = Zeile { $row }, Spalte { $column }
cell-empty = leer
slot-empty = leerer Platz
piece-fits = passt
piece-does-not-fit = passt nicht
would-clear = räumt { $lines } ab
rows-to-clear = { $rows ->
    [one] { $rows } Zeile
   *[other] { $rows } Zeilen
}
columns-to-clear = { $columns ->
    [one] { $columns } Spalte
   *[other] { $columns } Spalten
}
picked-up = { $shape } aufgenommen. Passt an { $places ->
    [one] { $places } Stelle
   *[other] { $places } Stellen
}, zuerst bei Zeile { $row }, Spalte { $column }.
picked-up-in-vain = { $shape } aufgenommen. Passt nirgends.

## Was ein Zug bewirkt hat

placed = { $shape } abgelegt
rows-cleared = { $rows ->
    [one] { $rows } Zeile abgeräumt
   *[other] { $rows } Zeilen abgeräumt
}
columns-cleared = { $columns ->
    [one] { $columns } Spalte abgeräumt
   *[other] { $columns } Spalten abgeräumt
}
gained = { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
}
dropped = { $what }. Punktestand: { $score }.
new-hand = Neue Formen: { $hand }.
game-over = Das Spiel ist aus.
not-placed = Nicht abgelegt: { $refusal }.
refusal-empty-slot = der Platz ist leer
refusal-off-board = die Form würde über den Rand ragen
refusal-occupied = dort ist schon ein Feld belegt

## Der Tisch wurde gedeckt

began = Neues Spiel. Formen: { $hand }.
resumed = Das Spiel geht weiter. Punktestand: { $score }.
imported = Alles ist jetzt so wie in der Datei. Punktestand: { $score }.
undone = Zug zurückgenommen. Punktestand: { $score }.
redone = Zug wiederholt. Punktestand: { $score }.
sought = Nach { $drops ->
    [one] { $drops } Zug
   *[other] { $drops } Zügen
}. Punktestand: { $score }.
verdict-best = Neuer Rekord!
verdict-over = Nichts passt mehr.
verdict-played-on = Nichts passt mehr. Aus einer Wiederholung weitergespielt: kein Rekord, keine Statistik.

## Was schiefging

not-a-seed = „{ $text }“ ist kein Startwert (0 bis { $most }): Dieses Spiel hat einen zufälligen.
no-seed = „{ $text }“ ist kein Startwert: Das ist eine Zahl von 0 bis { $most }.
game-not-stored = Dein Spiel kann nicht gespeichert werden ({ $trouble }). Alles bleibt, bis du diese Seite schließt.
best-not-stored = Dein Rekord kann nicht gespeichert werden ({ $trouble }). Alles bleibt, bis du diese Seite schließt.
daily-not-stored = Das Ergebnis des Tagesbretts kann nicht gespeichert werden ({ $trouble }). Alles bleibt, bis du diese Seite schließt.
statistics-not-stored = Deine Statistik kann nicht gespeichert werden ({ $trouble }). Alles bleibt, bis du diese Seite schließt.
setting-not-stored = Eine Einstellung kann nicht gespeichert werden ({ $trouble }). Alles bleibt, bis du diese Seite schließt.
too-much-waits = es wartet schon zu viel aufs Speichern
storage-unreadable = Das Gespeicherte kann nicht gelesen werden ({ $error }). Du kannst spielen, aber das Spiel bleibt vielleicht nicht erhalten.
stored-nonsense = Was als { $key } gespeichert ist, ist nicht lesbar ({ $reason }). Es wird beiseitegelegt und zählt nicht mit.
stored-incomplete = Was als { $key } gespeichert ist, ist nicht vollständig ({ $reason }). Was davon übrig ist, zählt.
too-long = Dieses Spiel hat mehr als { $most } Züge. Was danach kommt, wird nicht gespeichert und steht in keinem Link.
bad-link = In diesem Link steckt kein Spiel, das sich zeigen lässt: { $error }.
import-refused = Die Datei wurde nicht übernommen, und nichts hat sich geändert: { $error }.
not-saved = Die Datei konnte nicht gesichert werden ({ $error }).

## Teilen

copied = Der Link ist in der Zwischenablage.
shared-daily = Blockers, Tagesbrett vom { $date }
shared-practice = Blockers, Tagesbrett vom { $date }, Übung
shared-kind = Blockers, { $kind }
shared = { $what }: { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
} in { $drops ->
    [one] { $drops } Zug
   *[other] { $drops } Zügen
}.
shared-undone = { $what }: { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
} in { $drops ->
    [one] { $drops } Zug
   *[other] { $drops } Zügen
}, mit zurückgenommenen Zügen.

## Spielarten

kind-classic = klassisch
kind-kind = freundlich
kind-daily = Tagesbrett
kind-daily-of = Tagesbrett, { $date }
kind-seed = Startwert { $seed }
about-classic = Ausgeteilt wie im Original. Rekord: { $best }.
about-kind = Jede Hand lässt sich ablegen. Rekord: { $best }.
about-daily = { $date }: ein Brett für alle. Noch nicht gespielt. Rekord: { $best }.
about-daily-played = { $date }: { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
}. Jedes weitere Spiel ist Übung. Rekord: { $best }.
about-daily-undone = { $date }: { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
} mit Zurücknehmen. Jedes weitere Spiel ist Übung. Rekord: { $best }.
about-seed = Eine Zahl: Wer sie spielt, bekommt dieselben Formen. Rekord: { $best }.
question-play-on = Dein eigenes Spiel endet hier, wenn du in dem gezeigten weiterspielst.
question-ends = Es endet hier, mit den Punkten, die es hat.

## Wiederholungen

place-in-game = Zug { $position } von { $total }
replayed = { $kind }: { $place }, { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
}
replayed-checked = { $kind }: { $place }, { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
}, nach den Regeln geprüft
pause = Pause
resume = Abspielen

## Statistik

nothing-to-show = Hier gibt es nichts zu zeigen.
no-games = Du hast noch kein Spiel beendet. Danach stehen hier seine Zahlen.
no-games-of-kind = Du hast noch kein Spiel dieser Art beendet. Danach stehen hier seine Zahlen.
scores-chart-of-one = Ein Spiel mit { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkten
}.
scores-chart = Die Punkte aus { $games ->
    [one] { $games } Spiel
   *[other] { $games } Spielen
}: am wenigsten { $lowest }, am meisten { $highest }, zuletzt { $last }.
highest = höchstens { $score }
in-order = { $games ->
    [one] { $games } Spiel
   *[other] { $games } Spiele, das älteste zuerst
}
scored = Spiel { $number } von { $games }: { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
}
ends-chart = Was am Ende nirgends passte: { $shapes }. { $left }.
# Höchstens fünf Buchstaben.
left-short = offen
games-left = { $games ->
    [one] { $games } Spiel wurde abgebrochen
   *[other] { $games } Spiele wurden abgebrochen
}
heat-chart = Züge auf jedem Feld des Bretts: die meisten auf { $top } mit { $most }, die wenigsten auf { $low } mit { $fewest }.
covered = { $place }: { $drops }

## Die Seite: das Bild und die Knöpfe

board = Brett
shapes = Formen
update = Eine neue Version ist da: laden
score = Punkte
best = Rekord
with-undo = Mit Zurück
best-with-undo = Rekord mit Zurücknehmen
controls = Bedienung
new-game = Neues Spiel
undo = Zurücknehmen
redo = Wiederholen
menu = Menü
mute = Stumm
volume = Lautstärke
close-notice = Hinweis schließen

## Die Seite: das Ende eines Spiels

over-title = Spiel vorbei
total-drops = Züge
total-lines = Linien
games-played = Deine gespielten Spiele
play-again = Noch einmal
watch = Ansehen
share = Teilen

## Die Seite: eine Wiederholung

replay = Wiederholung
one-drop = Ein Zug weiter
replay-place = Zug
speed = Tempo
play-on = Von hier weiterspielen
replay-close = Zurück zu deinem Spiel

## Die Seite: das Menü

play = Spielen
title-classic = Klassisch
title-kind = Freundlich
title-daily = Tagesbrett
title-seed = Startwert
menu-note = Ein Spiel mit zurückgenommenen Zügen behält seine Punkte und hat einen eigenen Rekord. Eines, das aus einer Wiederholung weitergespielt wurde, hat keinen und steht in keiner Statistik.
watch-game = Dieses Spiel ansehen
share-game = Weitersagen
statistics = Statistik
export = Exportieren
import = Importieren
import-file = Eine exportierte Datei
help = Hilfe
close = Schließen

## Die Seite: Statistik

of-which-games = Von welchen Spielen
all-games = Alle
total-games = Spiele
points-per-drop = Punkte pro Zug
most-lines = Meiste Linien in einem Zug
streak = Räumende Züge in Folge
days-in-a-row = Tagesbretter in Folge
chart-scores = Punkte
chart-ends = Was am Ende nirgends passte
chart-heat = Wo deine Formen lagen

## Die Seite: Hilfe

how-to-play = So wird gespielt
help-rules = Zieh eine Form auf das Brett. Volle Zeilen und Spalten werden abgeräumt. Wenn keine Form mehr passt, ist das Spiel aus.
help-tap = Es geht auch ohne Ziehen: Drück auf eine Form und dann auf das Feld, auf dem ihr linkes oberes liegen soll.
keys = Tasten
key-arrows = Pfeile
key-home = Pos1
key-end = Ende
key-space = Leertaste
key-undo = Strg+Z
key-redo = Strg+Y
key-redo-too = Strg+Umsch+Z
help-pick-up = Eine Form aufnehmen. Oder mit Tab und den Pfeilen zu den Formen gehen und Enter drücken.
help-move = Sie feldweise über das Brett bewegen.
help-edges = Sie an den linken Rand bewegen oder an den rechten.
help-drop = Ablegen.
help-put-back = Zurücklegen.
help-undo = Den letzten Zug zurücknehmen.
help-redo = Den zurückgenommenen Zug wiederholen.
help-new-game = Neues Spiel.
help-sound = Ton aus oder wieder an.
help-bus = Dem Event-Bus bei der Arbeit zusehen.
help-help = Diese Hilfe.
points = Punkte
help-points = Jede Zeile und jede Spalte, die ein Zug füllt, gibt 10 Punkte. Mehrere auf einmal sind mehr wert: Jede Zeile nach der ersten gibt 50 dazu, jede Spalte nach der ersten auch, und ebenso jede Zeile, zu der es eine Spalte gibt. Eine Zeile: 10. Zwei Zeilen, oder eine Zeile und eine Spalte: 70.

## Die Seite: Fragen, und was gesagt wird, wenn das Spiel hier nicht läuft

leave-title = Dieses Spiel verlassen?
go-on = Weiterspielen
leave = Verlassen
replace-title = Alles ersetzen?
question-replace = Dein Spiel, deine Rekorde, deine Tagesergebnisse und deine Statistik weichen dem, was in der Datei steht. Willst du sie wiederhaben, dann exportiere sie vorher.
keep = Behalten, was hier ist
replace = Ersetzen
failure-title = Das Spiel ist stehen geblieben
failure-text = Etwas ging schief, was nicht schiefgehen sollte. Dein Spiel bleibt erhalten.
start-again = Neu starten
elsewhere-title = Das Spiel ist woanders offen
elsewhere-text = Ein anderer Tab oder ein anderes Fenster hat es. Nichts geht verloren: Hier geht es weiter, wo es dort steht.
play-here = Hier spielen

# The settings.
sound-off = Ton aus.
sound-on = Ton an.
settings = Einstellungen
settings-strip = Die sechs Steine, wie sie jetzt aussehen
colours = Farben
as-system = Wie das System
theme-light = Hell
theme-dark = Dunkel
theme-contrast = Hoher Kontrast
motion = Bewegung
motion-full = Voll
motion-reduced = Weniger
lift = Über dem Finger
lift-low = Ein wenig
lift-usual = Frei sichtbar
lift-high = Weit
marks = Ein Zeichen auf jeder Farbe
magnet = Am nächsten Platz einrasten
sound = Ton
language = Sprache
