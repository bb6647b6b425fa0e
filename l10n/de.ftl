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
picked-up-no-fit = { $shape } aufgenommen. Passt nirgends.

## Das Ergebnis eines Zugs

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
game-over = Spiel vorbei.
not-placed = Nicht abgelegt: { $refusal }.
refusal-empty-slot = der Platz ist leer
refusal-off-board = die Form würde über den Rand ragen
refusal-occupied = dort ist schon ein Feld belegt

## Ein anderes Brett: neues Spiel, Rücknahme, Wiederholung

began = Neues Spiel. Formen: { $hand }.
resumed = Das Spiel geht weiter. Punktestand: { $score }.
imported = Sicherung wiederhergestellt. Punktestand: { $score }.
undone = Zug zurückgenommen. Punktestand: { $score }.
redone = Zug wiederholt. Punktestand: { $score }.
sought = Nach { $drops ->
    [one] { $drops } Zug
   *[other] { $drops } Zügen
}. Punktestand: { $score }.
verdict-best = Neuer Rekord!
verdict-over = Kein Platz mehr.
verdict-played-on = Kein Platz mehr. Aus einer Wiederholung fortgesetzt, daher zählt dieses Spiel nicht für Rekord und Statistik.

## Fehler

not-a-seed = „{ $text }“ ist kein Startwert (0 bis { $most }), daher ist dieses Spiel zufällig.
no-seed = „{ $text }“ ist kein Startwert. Gib eine Zahl von 0 bis { $most } ein.
game-not-stored = Dein Spiel kann nicht gespeichert werden ({ $trouble }). Dein Fortschritt geht verloren, wenn du diese Seite schließt.
best-not-stored = Dein Rekord kann nicht gespeichert werden ({ $trouble }). Er geht verloren, wenn du diese Seite schließt.
daily-not-stored = Dein Tagesergebnis kann nicht gespeichert werden ({ $trouble }). Es geht verloren, wenn du diese Seite schließt.
statistics-not-stored = Deine Statistik kann nicht gespeichert werden ({ $trouble }). Sie geht verloren, wenn du diese Seite schließt.
setting-not-stored = Eine Einstellung kann nicht gespeichert werden ({ $trouble }). Sie geht verloren, wenn du diese Seite schließt.
too-many-unsaved = zu viele ungespeicherte Änderungen
storage-unreadable = Deine gespeicherten Daten können nicht gelesen werden ({ $error }). Du kannst spielen, aber dein Spiel wird vielleicht nicht gespeichert.
stored-unreadable = Gespeicherte Daten { $key } sind nicht lesbar ({ $reason }). Sie wurden beiseitegelegt und werden ignoriert.
stored-incomplete = Gespeicherte Daten { $key } sind unvollständig ({ $reason }). Der lesbare Teil wird verwendet.
too-long = Dieses Spiel hat mehr als { $most } Züge. Spätere Züge werden nicht gespeichert und stehen in keinem Link.
bad-link = Dieser Link ist beschädigt oder stammt aus einer neueren Version: { $error }.
import-refused = Import fehlgeschlagen, nichts wurde geändert: { $error }.
not-saved = Die Datei konnte nicht gespeichert werden ({ $error }).

## Teilen

copied = Link kopiert
shared-daily = Blockers, Tagesbrett { $date }
shared-practice = Blockers, Tagesbrett { $date } (Übung)
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
}, mit Undo.

## Spielarten

kind-classic = klassisch
kind-relaxed = entspannt
kind-daily = Tagesbrett
kind-daily-of = Tagesbrett, { $date }
kind-seed = Startwert { $seed }
about-classic = Zufällige Formen, ohne Gnade. Rekord: { $best }.
about-relaxed = Du bekommst immer Formen, die passen. Rekord: { $best }.
about-daily = { $date }: das Brett von heute, für alle gleich. Rekord: { $best }.
about-daily-played = { $date }: { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
}. Spiel zur Übung noch einmal. Rekord: { $best }.
about-daily-undone = { $date }: { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
} mit Undo. Spiel zur Übung noch einmal. Rekord: { $best }.
about-seed = Gleiche Zahl, gleiche Formen. Fordere Freunde heraus. Rekord: { $best }.
question-play-on = Wenn du diese Wiederholung weiterspielst, endet dein aktuelles Spiel.
question-ends = Es endet jetzt mit seinem aktuellen Punktestand.

## Wiederholungen

place-in-game = Zug { $position } von { $total }
replayed = { $kind }: { $place }, { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
}
replayed-checked = { $kind }: { $place }, { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
}, geprüft
pause = Pause
resume = Abspielen

## Statistik

nothing-to-show = Noch nichts zu zeigen.
no-games = Beende ein Spiel, um deine Statistik zu sehen.
no-games-of-kind = Beende ein Spiel dieser Art, um die Statistik zu sehen.
scores-chart-of-one = Ein Spiel mit { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkten
}.
scores-chart = Die Punkte aus { $games ->
    [one] { $games } Spiel
   *[other] { $games } Spielen
}: Minimum { $lowest }, Maximum { $highest }, zuletzt { $last }.
highest = Maximum { $score }
in-order = { $games ->
    [one] { $games } Spiel
   *[other] { $games } Spiele, älteste zuerst
}
scored = Spiel { $number } von { $games }: { $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkte
}
ends-chart = Formen, die deine Spiele beendeten: { $shapes }. { $left }.
# Beschriftung eines Balkens: abgebrochene Spiele. Höchstens fünf Buchstaben.
left-short = offen
games-left = { $games ->
    [one] { $games } Spiel abgebrochen
   *[other] { $games } Spiele abgebrochen
}
heat-chart = Züge auf jedem Feld des Bretts: die meisten bei { $top } ({ $most }), die wenigsten bei { $low } ({ $fewest }).
covered = { $place }: { $drops }

## Die Seite: Brett und Knöpfe

board = Brett
shapes = Formen
update = Update bereit. Neu laden
score = Punkte
best = Rekord
best-with-undo = Rekord mit Undo
controls = Bedienung
new-game = Neues Spiel
undo = Rückgängig
redo = Wiederholen
menu = Menü
mute = Stumm
volume = Lautstärke
close-notice = Hinweis schließen
event-bus = Event-Bus

## Die Seite: das Ende eines Spiels

over-title = Spiel vorbei
total-drops = Züge
total-lines = Linien
games-played = Gespielte Spiele
play-again = Noch einmal
watch = Wiederholung
share = Teilen

## Die Seite: eine Wiederholung

replay = Wiederholung
next-drop = Nächster Zug
replay-place = Zug
speed = Tempo
play-on = Von hier weiterspielen
replay-close = Zurück zu deinem Spiel

## Die Seite: das Menü

play = Spielen
title-classic = Klassisch
title-relaxed = Entspannt
title-daily = Tagesbrett
title-seed = Startwert
menu-note = Spiele mit Undo haben einen eigenen Rekord. Aus einer Wiederholung fortgesetzte Spiele zählen nicht für Rekord und Statistik.
about-watch = Eine Wiederholung braucht mindestens einen Zug.
statistics = Statistik
export = Exportieren
import = Importieren
import-file = Sicherungsdatei
help = Hilfe
close = Schließen

## Die Seite: Statistik

game-type = Spielart
all-games = Alle
total-games = Spiele
points-per-drop = Punkte pro Zug
most-lines = Meiste Linien in einem Zug
streak = Längste Abräumserie
daily-streak = Tagesserie
chart-scores = Punkte
chart-ends = Formen, die deine Spiele beendeten
chart-heat = Wo du ablegst

## Die Seite: Hilfe

how-to-play = So wird gespielt
help-rules = Zieh Formen auf das Brett. Volle Zeilen und Spalten werden abgeräumt. Passt keine Form mehr, ist das Spiel vorbei.
help-tap = Oder tippe auf eine Form und dann auf das Feld für ihr Quadrat oben links.
keys = Tasten
key-arrows = Pfeile
key-home = Pos1
key-end = Ende
key-space = Leertaste
key-undo = Strg+Z
key-redo = Strg+Y
key-redo-too = Strg+Umsch+Z
help-pick-up = Eine Form aufnehmen. Oder mit Tab und Pfeiltasten eine wählen und Enter drücken.
help-move = Um ein Feld bewegen.
help-edges = An den linken oder rechten Rand bewegen.
help-drop = Ablegen.
help-put-back = Zurücklegen.
help-undo = Den letzten Zug rückgängig machen.
help-redo = Den zurückgenommenen Zug wiederholen.
help-new-game = Ein neues Spiel beginnen.
help-sound = Ton aus- oder einschalten.
help-bus = Den Event-Bus bei der Arbeit zeigen.
help-help = Diese Hilfe zeigen.
help-shortcuts = Kürzel aus einem einzelnen Buchstaben, einer Ziffer oder ? lassen sich in den Einstellungen ausschalten.
points = Punkte
help-points = Jede Zeile oder Spalte, die du füllst, bringt 10 Punkte. Mehrere auf einmal bringen zusätzlich 50 für jede Zeile nach der ersten, 50 für jede Spalte nach der ersten und 50 für jede Zeile, die mit einer Spalte ein Paar bildet. Eine Zeile: 10. Zwei Zeilen, oder eine Zeile und eine Spalte: 70.

## Die Seite: Fragen, und was zu sehen ist, wenn das Spiel hier nicht läuft

end-title = Aktuelles Spiel beenden?
keep-playing = Weiterspielen
end-game = Spiel beenden
replace-title = Alles ersetzen?
question-replace = Die Datei ersetzt dein Spiel, deine Rekorde, Tagesergebnisse und Statistik. Exportiere sie vorher, um sie zu behalten.
keep = Meine Daten behalten
replace = Ersetzen
failure-title = Das Spiel wurde angehalten
failure-text = Etwas ist schiefgelaufen. Dein Spiel ist gespeichert.
reload = Neu laden
elsewhere-title = Blockers ist in einem anderen Tab offen
elsewhere-text = Nichts geht verloren. Hier weiterspielen?
play-here = Hier spielen

## Die Seite: Einstellungen

sound-off = Ton aus.
sound-on = Ton an.
settings = Einstellungen
settings-strip = Vorschau der sechs Steine
theme = Design
system-default = Wie das System
theme-light = Hell
theme-dark = Dunkel
theme-contrast = Hoher Kontrast
motion = Bewegung
motion-full = Voll
motion-reduced = Reduziert
lift = Höhe über dem Finger
lift-low = Niedrig
lift-usual = Mittel
lift-high = Hoch
marks = Symbole auf den Steinen
magnet = Am nächsten Platz einrasten
shortcuts = Kürzel mit einer Taste
sound = Ton
language = Sprache
