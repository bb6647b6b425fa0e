### Español. Un «drop» es una jugada; a quien juega se le trata de tú.

## Formas

shape-hook = gancho
shape-j = jota
shape-big-square = cuadrado grande
shape-dot = punto
shape-upright-three = tres de pie
shape-flat-three = tres tumbado
shape-l = ele
shape-turned-l = ele girada
shape-square = cuadrado
shape-upright-five = cinco de pie
shape-flat-five = cinco tumbado
shape-z = zeta
shape-upright-z = zeta de pie

## Colores

colour-red = rojo
colour-blue = azul
colour-green = verde
colour-orange = naranja
colour-purple = morado
colour-yellow = amarillo

## Listas

listed = { $list }, { $next }
listed-apart = { $list }; { $next }

## Cantidades

count-cells = { $cells ->
    [one] { $cells } casilla
   *[other] { $cells } casillas
}
count-drops = { $drops ->
    [one] { $drops } jugada
   *[other] { $drops } jugadas
}
count-lines = { $lines ->
    [one] { $lines } línea
   *[other] { $lines } líneas
}
count-times = { $times ->
    [one] { $times } vez
   *[other] { $times } veces
}

## El tablero y las piezas

place-on-board = fila { $row }, columna { $column }
cell-empty = vacía
slot-empty = hueco vacío
piece-fits = cabe
piece-does-not-fit = no cabe
would-clear = elimina { $lines }
rows-to-clear = { $rows ->
    [one] { $rows } fila
   *[other] { $rows } filas
}
columns-to-clear = { $columns ->
    [one] { $columns } columna
   *[other] { $columns } columnas
}
picked-up = Pieza en la mano: { $shape }. Cabe en { $places ->
    [one] { $places } sitio
   *[other] { $places } sitios
}, el primero en la fila { $row }, columna { $column }.
picked-up-in-vain = Pieza en la mano: { $shape }. No cabe en ningún sitio.

## Lo que hizo una jugada

placed = { $shape } en el tablero
rows-cleared = { $rows ->
    [one] { $rows } fila eliminada
   *[other] { $rows } filas eliminadas
}
columns-cleared = { $columns ->
    [one] { $columns } columna eliminada
   *[other] { $columns } columnas eliminadas
}
gained = { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
}
dropped = { $what }. Puntuación: { $score }.
new-hand = Nueva mano: { $hand }.
game-over = Fin de la partida.
not-placed = No se ha colocado: { $refusal }.
refusal-empty-slot = el hueco está vacío
refusal-off-board = la pieza se saldría del tablero
refusal-occupied = ahí hay una casilla ocupada

## La mesa está puesta

began = Nueva partida. Mano: { $hand }.
resumed = La partida continúa. Puntuación: { $score }.
imported = Ahora todo está como en el archivo. Puntuación: { $score }.
undone = Jugada deshecha. Puntuación: { $score }.
redone = Jugada rehecha. Puntuación: { $score }.
sought = Tras { $drops ->
    [one] { $drops } jugada
   *[other] { $drops } jugadas
}. Puntuación: { $score }.
verdict-best = ¡Nuevo récord!
verdict-over = Ya no cabe nada.
verdict-played-on = Ya no cabe nada. Se siguió desde una repetición: sin récord ni estadísticas.

## Lo que salió mal

not-a-seed = «{ $text }» no es una semilla (de 0 a { $most }): esta partida tiene una al azar.
no-seed = «{ $text }» no es una semilla: tiene que ser un número de 0 a { $most }.
game-not-stored = No se puede guardar tu partida ({ $trouble }). Lo que hagas se conserva hasta que cierres esta página.
best-not-stored = No se puede guardar tu récord ({ $trouble }). Lo que hagas se conserva hasta que cierres esta página.
daily-not-stored = No se puede guardar el resultado del tablero del día ({ $trouble }). Lo que hagas se conserva hasta que cierres esta página.
statistics-not-stored = No se pueden guardar tus estadísticas ({ $trouble }). Lo que hagas se conserva hasta que cierres esta página.
setting-not-stored = No se puede guardar un ajuste ({ $trouble }). Lo que hagas se conserva hasta que cierres esta página.
too-much-waits = hay demasiado pendiente de guardar
storage-unreadable = No se puede leer lo que estaba guardado ({ $error }). Puedes jugar, pero quizá no se conserve la partida.
stored-nonsense = Lo guardado como { $key } no se puede leer ({ $reason }). Se aparta y no se tiene en cuenta.
stored-incomplete = Lo guardado como { $key } no está completo ({ $reason }). Lo que queda cuenta.
too-long = Esta partida tiene más de { $most } jugadas. Lo que viene después no se guarda ni está en ningún enlace.
bad-link = Este enlace no contiene ninguna partida que mostrar: { $error }.
import-refused = El archivo no se ha aceptado y nada ha cambiado: { $error }.
not-saved = No se pudo guardar el archivo ({ $error }).

## Compartir

copied = El enlace está en el portapapeles.
shared-daily = Blockers, tablero del día { $date }
shared-practice = Blockers, tablero del día { $date }, práctica
shared-kind = Blockers, { $kind }
shared = { $what }: { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
} en { $drops ->
    [one] { $drops } jugada
   *[other] { $drops } jugadas
}.
shared-undone = { $what }: { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
} en { $drops ->
    [one] { $drops } jugada
   *[other] { $drops } jugadas
}, con jugadas deshechas.

## Tipos de partida

kind-classic = clásica
kind-kind = amable
kind-daily = del día
kind-daily-of = del día, { $date }
kind-seed = semilla { $seed }
about-classic = Reparte como el original. Récord: { $best }.
about-kind = Cada mano se puede colocar. Récord: { $best }.
about-daily = { $date }: un tablero para todo el mundo. Aún sin jugar. Récord: { $best }.
about-daily-played = { $date }: { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
}. Otra partida es de práctica. Récord: { $best }.
about-daily-undone = { $date }: { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
} deshaciendo. Otra partida es de práctica. Récord: { $best }.
about-seed = Un número: quien lo juegue tendrá las mismas piezas. Récord: { $best }.
question-play-on = Tu partida termina aquí si sigues jugando en la que se muestra.
question-ends = Termina aquí, con los puntos que tiene.

## Repeticiones

place-in-game = jugada { $position } de { $total }
replayed = { $kind }: { $place }, { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
}
replayed-checked = { $kind }: { $place }, { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
}, comprobada con las reglas
pause = Pausar
resume = Reproducir

## Estadísticas

nothing-to-show = Aquí no hay nada que mostrar.
no-games = Aún no has terminado ninguna partida. Cuando lo hagas, aquí estarán sus números.
no-games-of-kind = Aún no has terminado ninguna partida de este tipo. Cuando lo hagas, aquí estarán sus números.
scores-chart-of-one = Una partida, con { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
}.
scores-chart = Puntuaciones de { $games ->
    [one] { $games } partida
   *[other] { $games } partidas
}: la más baja { $lowest }, la más alta { $highest }, la última { $last }.
highest = máximo { $score }
in-order = { $games ->
    [one] { $games } partida
   *[other] { $games } partidas, primero la más antigua
}
scored = partida { $number } de { $games }: { $points ->
    [one] { $points } punto
   *[other] { $points } puntos
}
ends-chart = Lo que al final no cabía: { $shapes }. { $left }.
# Cinco letras como mucho: las otras partidas, las que se dejaron.
left-short = otras
games-left = { $games ->
    [one] { $games } partida abandonada
   *[other] { $games } partidas abandonadas
}
heat-chart = Jugadas en cada casilla del tablero: la que más, { $top }, con { $most }; la que menos, { $low }, con { $fewest }.
covered = { $place }: { $drops }

## La página: la imagen y los botones

board = Tablero
shapes = Piezas
update = Hay una versión nueva: cargarla
score = Puntos
best = Récord
with-undo = Deshaciendo
best-with-undo = Récord deshaciendo
controls = Controles
new-game = Nueva partida
undo = Deshacer
redo = Rehacer
menu = Menú
mute = Silenciar
volume = Volumen
close-notice = Cerrar el aviso

## La página: el final de una partida

over-title = Fin de la partida
total-drops = Jugadas
total-lines = Líneas
games-played = Partidas que has jugado
play-again = Jugar otra vez
watch = Ver
share = Compartir

## La página: una repetición

replay = Repetición
one-drop = Una jugada
replay-place = Jugada
speed = Velocidad
play-on = Seguir jugando desde aquí
replay-close = Volver a tu partida

## La página: el menú

play = Jugar
title-classic = Clásica
title-kind = Amable
title-daily = Del día
title-seed = Semilla
menu-note = Una partida con jugadas deshechas conserva sus puntos y tiene un récord propio. Una que se siguió desde una repetición no tiene récord ni entra en las estadísticas.
watch-game = Ver esta partida
share-game = Compartirla
statistics = Estadísticas
export = Exportar
import = Importar
import-file = Un archivo exportado
help = Ayuda
close = Cerrar

## La página: estadísticas

of-which-games = De qué partidas
all-games = Todas
total-games = Partidas
points-per-drop = Puntos por jugada
most-lines = Más líneas en una jugada
streak = Jugadas con líneas seguidas
days-in-a-row = Tableros del día seguidos
chart-scores = Puntuaciones
chart-ends = Lo que al final no cabía
chart-heat = Dónde cayeron tus piezas

## La página: ayuda

how-to-play = Cómo se juega
help-rules = Arrastra una pieza al tablero. Las filas y columnas llenas se eliminan. Cuando ya no cabe ninguna pieza, termina la partida.
help-tap = También sin arrastrar: pulsa una pieza y luego la casilla donde debe quedar la suya de arriba a la izquierda.
keys = Teclas
key-arrows = Flechas
key-home = Inicio
key-end = Fin
key-space = Espacio
key-undo = Ctrl+Z
key-redo = Ctrl+Y
key-redo-too = Ctrl+Mayús+Z
help-pick-up = Coger una pieza. O ir a las piezas con Tab y las flechas, y pulsar Enter.
help-move = Moverla por el tablero, de casilla en casilla.
help-edges = Llevarla al borde izquierdo o al derecho.
help-drop = Soltarla.
help-put-back = Devolverla a su sitio.
help-undo = Deshacer la última jugada.
help-redo = Rehacer lo deshecho.
help-new-game = Nueva partida.
help-sound = Quitar el sonido o volver a ponerlo.
help-bus = Ver el bus de eventos en acción.
help-help = Esta ayuda.
points = Puntos
help-points = Cada fila y cada columna que completa una jugada da 10 puntos. Varias a la vez valen más: cada fila después de la primera da 50 más, cada columna después de la primera también, y lo mismo cada fila que va acompañada de una columna. Una fila: 10. Dos filas, o una fila y una columna: 70.

## La página: preguntas, y lo que se dice cuando aquí no hay partida

leave-title = ¿Dejar esta partida?
go-on = Seguir jugando
leave = Dejarla
replace-title = ¿Reemplazarlo todo?
question-replace = Tu partida, tus récords, tus resultados del día y tus estadísticas dejan su sitio a lo que hay en el archivo. Si quieres recuperarlos, expórtalos antes.
keep = Conservar lo de aquí
replace = Reemplazar
failure-title = El juego se ha detenido
failure-text = Ha fallado algo que no debería. Tu partida está guardada.
start-again = Empezar de nuevo
elsewhere-title = El juego está abierto en otro sitio
elsewhere-text = Lo tiene otra pestaña o ventana. No se pierde nada: aquí sigue donde está allí.
play-here = Jugar aquí

# The settings.
sound-off = Sonido desactivado.
sound-on = Sonido activado.
settings = Ajustes
settings-strip = Las seis fichas como se ven ahora
colours = Colores
as-system = Como el sistema
theme-light = Claro
theme-dark = Oscuro
theme-contrast = Alto contraste
motion = Movimiento
motion-full = Completo
motion-reduced = Reducido
lift = Sobre el dedo
lift-low = Un poco
lift-usual = Sin taparse
lift-high = Lejos
marks = Una marca en cada color
magnet = Encajar en el hueco más cercano
sound = Sonido
language = Idioma
