### All texts of the program in English. This file is the reference: a language that lacks one of its messages, or has other
### variables in it, does not compile. A drop of a shape is called a move.

## Shapes, in lower case and without an article. Letters are capitals.

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

## Lists: the list so far, and its next item

listed = { $list }, { $next }
listed-apart = { $list }; { $next }

## Counts

count-cells = { $cells ->
    [one] { $cells } cell
   *[other] { $cells } cells
}
count-drops = { $drops ->
    [one] { $drops } move
   *[other] { $drops } moves
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
picked-up-no-fit = { $shape } picked up. It does not fit anywhere.

## The result of a move

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
new-hand = New shapes: { $hand }.
game-over = Game over.
not-placed = Not placed: { $refusal }.
refusal-empty-slot = the slot is empty
refusal-off-board = the shape would leave the board
refusal-occupied = a cell there is taken

## The board was replaced: a new game, undo, a replay

began = New game. Shapes: { $hand }.
resumed = Game resumed. Score { $score }.
imported = Backup restored. Score { $score }.
undone = Move undone. Score { $score }.
redone = Move redone. Score { $score }.
sought = After { $drops ->
    [one] { $drops } move
   *[other] { $drops } moves
}. Score { $score }.
verdict-best = New best!
verdict-over = No more room.
verdict-played-on = No more room. Continued from a replay, this game does not count towards best scores or statistics.

## Errors. The part in brackets or after a colon may be technical, and in English.

not-a-seed = “{ $text }” is not a seed (0 to { $most }), so this game is random.
no-seed = “{ $text }” is not a seed. Enter a number from 0 to { $most }.
game-not-stored = Your game cannot be saved ({ $trouble }). Changes will be lost when you close this page.
best-not-stored = Your best score cannot be saved ({ $trouble }). Changes will be lost when you close this page.
daily-not-stored = Your daily result cannot be saved ({ $trouble }). Changes will be lost when you close this page.
statistics-not-stored = Your statistics cannot be saved ({ $trouble }). Changes will be lost when you close this page.
setting-not-stored = A setting cannot be saved ({ $trouble }). Changes will be lost when you close this page.
too-many-unsaved = too many unsaved changes
storage-unreadable = Your saved data cannot be read ({ $error }). You can play, but your game may not be saved.
stored-unreadable = Saved data { $key } cannot be read ({ $reason }). It has been set aside and ignored.
stored-incomplete = Saved data { $key } is incomplete ({ $reason }). The readable part is used.
too-long = This game has more than { $most } moves. Later moves are not saved or included in links.
bad-link = This link is damaged or from a newer version: { $error }.
import-refused = Import failed, nothing was changed: { $error }.
not-saved = The file could not be saved ({ $error }).

## Sharing

copied = Link copied
shared-daily = Blockers, daily board { $date }
shared-practice = Blockers, daily board { $date } (practice)
shared-kind = Blockers, { $kind }
shared = { $what }: { $points ->
    [one] { $points } point
   *[other] { $points } points
} in { $drops ->
    [one] { $drops } move
   *[other] { $drops } moves
}.
shared-undone = { $what }: { $points ->
    [one] { $points } point
   *[other] { $points } points
} in { $drops ->
    [one] { $drops } move
   *[other] { $drops } moves
}, with undo.

## Game types. Relaxed deals only shapes that can all be placed.

kind-classic = classic
kind-relaxed = relaxed
kind-daily = daily
kind-daily-of = daily, { $date }
kind-seed = seed { $seed }
about-classic = Random shapes, no mercy. Best { $best }.
about-relaxed = You always get shapes that fit. Best { $best }.
about-daily = { $date }: today's board, the same for everyone. Best { $best }.
about-daily-played = { $date }: { $points } points. Play again for practice. Best { $best }.
about-daily-undone = { $date }: { $points } points with undo. Play again for practice. Best { $best }.
about-seed = Same number, same shapes. Challenge a friend. Best { $best }.
question-play-on = Continuing from this replay ends your current game.
question-ends = It ends now with its current score.

## Replays

place-in-game = move { $position } of { $total }
replayed = { $kind }: { $place }, { $points } points
replayed-checked = { $kind }: { $place }, { $points } points, verified
pause = Pause
resume = Play

## Statistics and their charts

nothing-to-show = Nothing to show yet.
no-games = Finish a game to see your statistics.
no-games-of-kind = Finish a game of this type to see its statistics.
scores-chart-of-one = One game, with { $points } points.
scores-chart = Scores of { $games } games: lowest { $lowest }, highest { $highest }, latest { $last }.
highest = highest { $score }
in-order = { $games ->
    [one] { $games } game
   *[other] { $games } games, oldest first
}
scored = game { $number } of { $games }: { $points } points
ends-chart = Shapes that ended your games: { $shapes }. { $left }.
# The label of a bar: games that were abandoned. At most five letters.
left-short = quit
games-left = { $games ->
    [one] { $games } game abandoned
   *[other] { $games } games abandoned
}
heat-chart = Moves on each cell of the board: most at { $top } ({ $most }), fewest at { $low } ({ $fewest }).
covered = { $place }: { $drops }

## The page: board and buttons. From here on, index.html has the English texts, too.

board = Board
shapes = Shapes
update = Update ready. Reload
score = Score
best = Best
best-with-undo = Best with undo
controls = Controls
new-game = New game
undo = Undo
redo = Redo
menu = Menu
mute = Mute
volume = Volume
close-notice = Dismiss
event-bus = Event bus

## The page: the end of a game

over-title = Game over
total-drops = Moves
total-lines = Lines
games-played = Games played
play-again = Play again
watch = Replay
share = Share

## The page: a replay

replay = Replay
next-drop = Next move
replay-place = Move
speed = Speed
play-on = Continue from here
replay-close = Back to your game

## The page: the menu

play = Play
title-classic = Classic
title-relaxed = Relaxed
title-daily = Daily
title-seed = Seed
menu-note = Games with undo have their own best. Games continued from a replay do not count towards best scores or statistics.
about-watch = Replay needs at least one move.
statistics = Statistics
export = Export
import = Import
import-file = Backup file
help = Help
close = Close

## The page: statistics

game-type = Game type
all-games = All
total-games = Games
points-per-drop = Points per move
most-lines = Most lines in one move
streak = Longest clear streak
daily-streak = Daily streak
chart-scores = Scores
chart-ends = Shapes that ended your games
chart-heat = Where you place

## The page: help

how-to-play = How to play
help-rules = Drag shapes onto the board. Full rows and columns clear. When no shape fits, the game is over.
help-tap = Or tap a shape, then the cell for its top left square.
keys = Keys
key-arrows = Arrows
key-home = Home
key-end = End
key-space = Space
key-undo = Ctrl+Z
key-redo = Ctrl+Y
key-redo-too = Ctrl+Shift+Z
help-pick-up = Pick up a shape. Or choose one with Tab and the arrow keys, then press Enter.
help-move = Move it by one cell.
help-edges = Move it to the left or right edge.
help-drop = Place it.
help-put-back = Put it back.
help-undo = Undo the last move.
help-redo = Redo the move you undid.
help-new-game = Start a new game.
help-sound = Turn sound off or on.
help-bus = Show the event bus at work.
help-help = Show this help.
help-shortcuts = Shortcuts that are a single letter, digit or ? can be turned off in Settings.
points = Points
help-points = Every row or column you complete scores 10 points. Completing several at once scores extra: 50 for each row after the first, 50 for each column after the first, and 50 for each row paired with a column. One row: 10. Two rows, or a row and a column: 70.

## The page: questions, and what is shown when the game does not run here

end-title = End your current game?
keep-playing = Keep playing
end-game = End game
replace-title = Replace everything?
question-replace = The file will replace your game, best scores, daily results and statistics. Export first to keep them.
keep = Keep my data
replace = Replace
failure-title = The game has stopped
failure-text = Something went wrong. Your game is saved.
reload = Reload
elsewhere-title = Blockers is open in another tab
elsewhere-text = Nothing is lost. Continue here?
play-here = Play here

## The page: settings

sound-off = Sound off.
sound-on = Sound on.
settings = Settings
settings-strip = Preview of the six tiles
theme = Theme
system-default = System
theme-light = Light
theme-dark = Dark
theme-contrast = High contrast
motion = Motion
motion-full = Full
motion-reduced = Reduced
lift = Lift above finger
lift-low = Low
lift-usual = Medium
lift-high = High
marks = Symbols on tiles
magnet = Snap to nearest fit
shortcuts = Single-key shortcuts
sound = Sound
language = Language
