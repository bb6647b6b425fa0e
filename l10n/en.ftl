### Every word that the program says. This file is the one that the others are compared with: a message or a variable that
### one of them lacks is an error of the compiler.

## Shapes, without an article and with a small letter unless they are one.

shape-hook = hook
shape-j = J
shape-big-square = big square
shape-dot = dot
shape-upright-three = upright three
shape-flat-three = flat three
shape-l = L
shape-turned-l = turned L
shape-square = square
shape-upright-five = upright five
shape-flat-five = flat five
shape-z = Z
shape-upright-z = upright Z

## Colours

colour-red = red
colour-blue = blue
colour-green = green
colour-orange = orange
colour-purple = purple
colour-yellow = yellow

## Lists: what there is so far, and what comes next.

listed = { $list }, { $next }
listed-apart = { $list }; { $next }

## Numbers of things

count-cells = { $cells ->
    [one] { $cells } cell
   *[other] { $cells } cells
}
count-drops = { $drops ->
    [one] { $drops } drop
   *[other] { $drops } drops
}
count-lines = { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
}
count-times = { $times ->
    [one] { $times } time
   *[other] { $times } times
}

## The board and the shapes beside it

place-on-board = row { $row }, column { $column }
cell-empty = empty
slot-empty = empty slot
piece-fits = fits
piece-does-not-fit = does not fit
would-clear = clears { $lines }
rows-to-clear = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
columns-to-clear = { $columns ->
    [one] { $columns } column
   *[other] { $columns } columns
}
picked-up = { $shape } picked up. It fits in { $places ->
    [one] { $places } place
   *[other] { $places } places
}, the first at row { $row }, column { $column }.
picked-up-in-vain = { $shape } picked up. It fits nowhere.

## What a drop did

placed = { $shape } placed
rows-cleared = { $rows ->
    [one] { $rows } row cleared
   *[other] { $rows } rows cleared
}
columns-cleared = { $columns ->
    [one] { $columns } column cleared
   *[other] { $columns } columns cleared
}
gained = { $points } points
dropped = { $what }. Score { $score }.
new-hand = New hand: { $hand }.
game-over = Game over.
not-placed = Not placed: { $refusal }.
refusal-empty-slot = the slot is empty
refusal-off-board = the shape would leave the board
refusal-occupied = a cell there is taken

## The table was set

began = New game. Hand: { $hand }.
resumed = The game goes on. Score { $score }.
imported = Everything is as in the file now. Score { $score }.
undone = Drop taken back. Score { $score }.
redone = Drop played again. Score { $score }.
sought = After { $drops ->
    [one] { $drops } drop
   *[other] { $drops } drops
}. Score { $score }.
verdict-best = A new best!
verdict-over = Nothing fits any more.
verdict-played-on = Nothing fits any more. Played on from a replay, this game is no best and is in no statistics.

## What went wrong. What stands in brackets or behind a colon may be technical, and in English.

not-a-seed = “{ $text }” is not a seed (0 to { $most }): this game has a random one.
no-seed = “{ $text }” is not a seed: that is a number from 0 to { $most }.
game-not-stored = Your game cannot be stored ({ $trouble }). What you do stays until this page is closed.
best-not-stored = Your best score cannot be stored ({ $trouble }). What you do stays until this page is closed.
daily-not-stored = The result of the daily board cannot be stored ({ $trouble }). What you do stays until this page is closed.
statistics-not-stored = Your statistics cannot be stored ({ $trouble }). What you do stays until this page is closed.
setting-not-stored = A setting cannot be stored ({ $trouble }). What you do stays until this page is closed.
too-much-waits = too much is waiting to be stored
storage-unreadable = What was stored cannot be read ({ $error }). You can play, but the game may not be kept.
stored-nonsense = What is stored as { $key } is not readable ({ $reason }). It is kept aside, and left out of account.
stored-incomplete = What is stored as { $key } is not whole ({ $reason }). What is left of it counts.
too-long = This game has more than { $most } drops. What comes after them is not stored, and is in no link.
bad-link = This link has no game to show: { $error }.
import-refused = This file was not taken, and nothing has changed: { $error }.
not-saved = The file could not be saved ({ $error }).

## Sharing

copied = The link is in the clipboard.
shared-daily = Blockers, daily board of { $date }
shared-practice = Blockers, daily board of { $date }, practice
shared-kind = Blockers, { $kind }
shared = { $what }: { $points ->
    [one] { $points } point
   *[other] { $points } points
} in { $drops ->
    [one] { $drops } drop
   *[other] { $drops } drops
}.
shared-undone = { $what }: { $points ->
    [one] { $points } point
   *[other] { $points } points
} in { $drops ->
    [one] { $drops } drop
   *[other] { $drops } drops
}, with drops taken back.

## Kinds of game. The one that is called kind deals only hands that can be placed.

kind-classic = classic
kind-kind = kind
kind-daily = daily
kind-daily-of = daily, { $date }
kind-seed = seed { $seed }
about-classic = The original's dealing. Best { $best }.
about-kind = Every hand can be placed. Best { $best }.
about-daily = { $date }: one board for everybody. Not played yet. Best { $best }.
about-daily-played = { $date }: { $points } points. Another game is practice. Best { $best }.
about-daily-undone = { $date }: { $points } points with undo. Another game is practice. Best { $best }.
about-seed = A number: whoever plays it has the same hands. Best { $best }.
question-play-on = Your own game ends here if you play on in the one that is shown.
question-ends = It ends here, with the score that it has.

## Replays

place-in-game = drop { $position } of { $total }
replayed = { $kind }: { $place }, { $points } points
replayed-checked = { $kind }: { $place }, { $points } points, checked by the rules
pause = Pause
resume = Play

## Statistics and their charts

nothing-to-show = There is nothing to show here.
no-games = You have not ended a game yet. Once you have, its numbers are here.
no-games-of-kind = You have not ended a game of this kind yet. Once you have, its numbers are here.
scores-chart-of-one = One game, with { $points } points.
scores-chart = Scores of { $games } games: the lowest { $lowest }, the highest { $highest }, the last { $last }.
highest = highest { $score }
in-order = { $games ->
    [one] { $games } game
   *[other] { $games } games, the oldest first
}
scored = game { $number } of { $games }: { $points } points
ends-chart = What fitted nowhere at the end: { $shapes }. { $left }.
# Beside a bar, where there is room for five letters.
left-short = left
games-left = { $games ->
    [one] { $games } game was left
   *[other] { $games } games were left
}
heat-chart = Drops on each cell of the board: most on { $top } with { $most }, fewest on { $low } with { $fewest }.
covered = { $place }: { $drops }

## The page: the picture and the buttons. What follows stands in index.html, too.

board = Board
shapes = Shapes
update = A new version is ready: load it
score = Score
best = Best
with-undo = With undo
best-with-undo = Best with undo
controls = Controls
new-game = New game
undo = Undo
redo = Redo
menu = Menu
mute = Mute
volume = Volume
close-notice = Close the notice

## The page: the end of a game

over-title = Game over
total-drops = Drops
total-lines = Lines
games-played = Games you have played
play-again = Play again
watch = Watch
share = Share

## The page: a replay

replay = Replay
one-drop = One drop
replay-place = Drop
speed = Speed
play-on = Play on from here
replay-close = Back to your game

## The page: the menu

play = Play
title-classic = Classic
title-kind = Kind
title-daily = Daily
title-seed = Seed
menu-note = A game with drops taken back keeps its score, and has a best of its own. One that was played on from a replay has no best, and is in no statistics.
watch-game = Watch this game
share-game = Share it
statistics = Statistics
export = Export
import = Import
import-file = A file that was exported
help = Help
close = Close

## The page: statistics

of-which-games = Of which games
all-games = All
total-games = Games
points-per-drop = Points per drop
most-lines = Most lines in one drop
streak = Clearing drops in a row
days-in-a-row = Daily boards in a row
chart-scores = Scores
chart-ends = What fitted nowhere at the end
chart-heat = Where your drops lay

## The page: help

how-to-play = How to play
help-rules = Drag a shape onto the board. Rows and columns that are full are cleared. When no shape fits any more, the game is over.
help-tap = No need to drag: press a shape, and then the cell where its upper left one is to lie.
keys = Keys
key-arrows = Arrows
key-home = Home
key-end = End
key-space = Space
key-undo = Ctrl+Z
key-redo = Ctrl+Y
key-redo-too = Ctrl+Shift+Z
help-pick-up = Pick a shape up. Or go to the shapes with Tab and the arrows, and press Enter.
help-move = Move it over the board, a cell at a time.
help-edges = Move it to the left edge, or to the right one.
help-drop = Drop it.
help-put-back = Put it back.
help-undo = Take the last drop back.
help-redo = Play again what was taken back.
help-new-game = New game.
help-sound = Sound off, or on again.
help-bus = See the event bus at work.
help-help = This help.
points = Points
help-points = Every row and every column that a drop completes gives 10 points. More at once are worth more: each row beyond the first gives 50 more, each column beyond the first does, and so does each row that has a column to go with it. One row: 10. Two rows, or a row and a column: 70.

## The page: questions, and what is said when the game does not run here

leave-title = Leave this game?
go-on = Go on playing
leave = Leave it
replace-title = Replace everything?
question-replace = Your game, your best scores, your daily results and your statistics give way to those in the file. To have them again, export them first.
keep = Keep what is here
replace = Replace it
failure-title = The game has stopped
failure-text = Something went wrong that should not. Your game is kept.
start-again = Start again
elsewhere-title = The game is open elsewhere
elsewhere-text = Another tab or window has it. Nothing is lost: it goes on here where it stands there.
play-here = Play here

# The settings.
sound-off = Sound off.
sound-on = Sound on.
settings = Settings
settings-strip = The six tiles as they look now
colours = Colours
as-system = As the system
theme-light = Light
theme-dark = Dark
theme-contrast = High contrast
motion = Motion
motion-full = Full
motion-reduced = Reduced
lift = Above the finger
lift-low = A little
lift-usual = Clear of it
lift-high = Far
marks = A mark on every colour
magnet = Snap to the nearest place
sound = Sound
language = Language
