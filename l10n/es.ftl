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
    [many] { $drops } de jugadas
   *[other] { $drops } jugadas
}
count-lines = { $lines ->
    [one] { $lines } línea
   *[other] { $lines } líneas
}
count-times = { $times ->
    [one] { $times } vez
    [many] { $times } de veces
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
picked-up = Pieza elegida: { $shape }. Cabe en { $places ->
    [one] { $places } sitio
   *[other] { $places } sitios
}, el primero en la fila { $row }, columna { $column }.
picked-up-no-fit = Pieza elegida: { $shape }. No cabe en ningún sitio.

## El resultado de una jugada

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
    [many] { $points } de puntos
   *[other] { $points } puntos
}
dropped = { $what }. Puntuación: { $score }.
new-hand = Nuevas piezas: { $hand }.
game-over = Fin de la partida.
not-placed = No se ha colocado: { $refusal }.
refusal-empty-slot = el hueco está vacío
refusal-off-board = la pieza se saldría del tablero
refusal-occupied = ahí ya hay una casilla ocupada

## Otro tablero: partida nueva, deshacer, repetición

began = Nueva partida. Piezas: { $hand }.
resumed = La partida continúa. Puntuación: { $score }.
imported = Copia de seguridad restaurada. Puntuación: { $score }.
undone = Jugada deshecha. Puntuación: { $score }.
redone = Jugada rehecha. Puntuación: { $score }.
sought = Tras { $drops ->
    [one] { $drops } jugada
    [many] { $drops } de jugadas
   *[other] { $drops } jugadas
}. Puntuación: { $score }.
verdict-best = ¡Nuevo récord!
verdict-over = No queda sitio.
verdict-played-on = No queda sitio. Esta partida continuó una repetición, así que no cuenta para récords ni estadísticas.

## Errores

not-a-seed = «{ $text }» no es una semilla (de 0 a { $most }), así que esta partida es aleatoria.
no-seed = «{ $text }» no es una semilla. Escribe un número de 0 a { $most }.
game-not-stored = No se puede guardar tu partida ({ $trouble }). Perderás tu progreso al cerrar esta página.
best-not-stored = No se puede guardar tu récord ({ $trouble }). Lo perderás al cerrar esta página.
daily-not-stored = No se puede guardar tu resultado del día ({ $trouble }). Lo perderás al cerrar esta página.
statistics-not-stored = No se pueden guardar tus estadísticas ({ $trouble }). Las perderás al cerrar esta página.
setting-not-stored = No se puede guardar un ajuste ({ $trouble }). Lo perderás al cerrar esta página.
too-many-unsaved = demasiados cambios sin guardar
storage-unreadable = No se pueden leer tus datos guardados ({ $error }). Puedes jugar, pero quizá no se guarde la partida.
stored-unreadable = No se pueden leer los datos guardados { $key } ({ $reason }). Se han apartado y no se usan.
stored-incomplete = Los datos guardados { $key } están incompletos ({ $reason }). Se usa la parte legible.
too-long = Esta partida tiene más de { $most } jugadas. Las siguientes no se guardan ni se incluyen en los enlaces.
bad-link = Este enlace está dañado o es de una versión más nueva: { $error }.
import-refused = Error al importar, no ha cambiado nada: { $error }.
not-saved = No se pudo guardar el archivo ({ $error }).

## Compartir

copied = Enlace copiado
shared-daily = Blockers, tablero del día { $date }
shared-practice = Blockers, tablero del día { $date } (práctica)
shared-kind = Blockers, { $kind }
shared = { $what }: { $points ->
    [one] { $points } punto
    [many] { $points } de puntos
   *[other] { $points } puntos
} en { $drops ->
    [one] { $drops } jugada
    [many] { $drops } de jugadas
   *[other] { $drops } jugadas
}.
shared-undone = { $what }: { $points ->
    [one] { $points } punto
    [many] { $points } de puntos
   *[other] { $points } puntos
} en { $drops ->
    [one] { $drops } jugada
    [many] { $drops } de jugadas
   *[other] { $drops } jugadas
}, deshaciendo jugadas.

## Tipos de partida

kind-classic = clásica
kind-relaxed = relajada
kind-daily = del día
kind-daily-of = del día, { $date }
kind-seed = semilla { $seed }
about-classic = Piezas al azar, sin piedad. Récord: { $best }.
about-relaxed = Siempre te tocan piezas que caben. Récord: { $best }.
about-daily = { $date }: el tablero de hoy, igual para todos. Récord: { $best }.
about-daily-played = { $date }: { $points ->
    [one] { $points } punto
    [many] { $points } de puntos
   *[other] { $points } puntos
}. Juega otra vez para practicar. Récord: { $best }.
about-daily-undone = { $date }: { $points ->
    [one] { $points } punto
    [many] { $points } de puntos
   *[other] { $points } puntos
} deshaciendo. Juega otra vez para practicar. Récord: { $best }.
about-seed = Mismo número, mismas piezas. Reta a un amigo. Récord: { $best }.
question-play-on = Si continúas desde esta repetición, termina tu partida actual.
question-ends = Termina ahora con su puntuación actual.

## Repeticiones

place-in-game = jugada { $position } de { $total }
replayed = { $kind }: { $place }, { $points ->
    [one] { $points } punto
    [many] { $points } de puntos
   *[other] { $points } puntos
}
replayed-checked = { $kind }: { $place }, { $points ->
    [one] { $points } punto
    [many] { $points } de puntos
   *[other] { $points } puntos
}, verificada
pause = Pausar
resume = Reproducir

## Estadísticas

nothing-to-show = Aún no hay nada que mostrar.
no-games = Termina una partida para ver tus estadísticas.
no-games-of-kind = Termina una partida de este tipo para ver sus estadísticas.
scores-chart-of-one = Una partida, con { $points ->
    [one] { $points } punto
    [many] { $points } de puntos
   *[other] { $points } puntos
}.
scores-chart = Puntuaciones de { $games ->
    [one] { $games } partida
    [many] { $games } de partidas
   *[other] { $games } partidas
}: la más baja { $lowest }, la más alta { $highest }, la última { $last }.
highest = máximo { $score }
in-order = { $games ->
    [one] { $games } partida
    [many] { $games } de partidas, la más antigua primero
   *[other] { $games } partidas, la más antigua primero
}
scored = partida { $number } de { $games }: { $points ->
    [one] { $points } punto
    [many] { $points } de puntos
   *[other] { $points } puntos
}
ends-chart = Piezas que acabaron tus partidas: { $shapes }. { $left }.
# Rótulo de una barra: las otras partidas, las abandonadas. Cinco letras como mucho.
left-short = otras
games-left = { $games ->
    [one] { $games } partida abandonada
    [many] { $games } de partidas abandonadas
   *[other] { $games } partidas abandonadas
}
heat-chart = Jugadas en cada casilla del tablero: la que más, { $top } ({ $most }); la que menos, { $low } ({ $fewest }).
covered = { $place }: { $drops }

## La página: tablero y botones

board = Tablero
shapes = Piezas
update = Actualización lista. Recargar
score = Puntos
best = Récord
best-with-undo = Récord deshaciendo
controls = Controles
new-game = Nueva partida
undo = Deshacer
redo = Rehacer
menu = Menú
mute = Silenciar
volume = Volumen
close-notice = Cerrar el aviso
event-bus = Bus de eventos

## La página: el final de una partida

over-title = Fin de la partida
total-drops = Jugadas
total-lines = Líneas
games-played = Partidas jugadas
play-again = Jugar otra vez
watch = Repetición
share = Compartir

## La página: una repetición

replay = Repetición
next-drop = Jugada siguiente
replay-place = Jugada
speed = Velocidad
play-on = Continuar desde aquí
replay-close = Volver a tu partida

## La página: el menú

play = Jugar
title-classic = Clásica
title-relaxed = Relajada
title-daily = Del día
title-seed = Semilla
menu-note = Las partidas en que deshaces jugadas tienen su propio récord. Las que continúan una repetición no cuentan para récords ni estadísticas.
about-watch = La repetición necesita al menos una jugada.
statistics = Estadísticas
export = Exportar
import = Importar
import-file = Copia de seguridad
help = Ayuda
close = Cerrar

## La página: estadísticas

game-type = Tipo de partida
all-games = Todas
total-games = Partidas
points-per-drop = Puntos por jugada
most-lines = Más líneas en una jugada
streak = Mayor racha con líneas
daily-streak = Racha diaria
chart-scores = Puntuaciones
chart-ends = Piezas que acabaron tus partidas
chart-heat = Dónde colocas

## La página: ayuda

how-to-play = Cómo se juega
help-rules = Arrastra piezas al tablero. Las filas y columnas llenas se eliminan. Cuando no cabe ninguna pieza, termina la partida.
help-tap = O toca una pieza y luego la casilla para su cuadrado de arriba a la izquierda.
keys = Teclas
key-arrows = Flechas
key-home = Inicio
key-end = Fin
key-space = Espacio
key-undo = Ctrl+Z
key-redo = Ctrl+Y
key-redo-too = Ctrl+Mayús+Z
help-pick-up = Elegir una pieza. También con Tab y las flechas, y luego Enter.
help-move = Moverla una casilla.
help-edges = Llevarla al borde izquierdo o al derecho.
help-drop = Colocarla.
help-put-back = Devolverla a su sitio.
help-undo = Deshacer la última jugada.
help-redo = Rehacer la jugada deshecha.
help-new-game = Empezar una partida nueva.
help-sound = Quitar o poner el sonido.
help-bus = Mostrar el bus de eventos en acción.
help-help = Mostrar esta ayuda.
help-shortcuts = Los atajos de una sola letra, cifra o ? se pueden desactivar en Ajustes.
points = Puntos
help-points = Cada fila o columna que completas da 10 puntos. Varias a la vez dan puntos extra: 50 por cada fila después de la primera, 50 por cada columna después de la primera y 50 por cada fila emparejada con una columna. Una fila: 10. Dos filas, o una fila y una columna: 70.

## La página: preguntas, y lo que se muestra cuando el juego no funciona aquí

end-title = ¿Terminar tu partida actual?
keep-playing = Seguir jugando
end-game = Terminar partida
replace-title = ¿Reemplazarlo todo?
question-replace = El archivo reemplazará tu partida, tus récords, tus resultados del día y tus estadísticas. Expórtalos antes para conservarlos.
keep = Conservar mis datos
replace = Reemplazar
failure-title = El juego se ha detenido
failure-text = Algo ha fallado. Tu partida está guardada.
reload = Recargar
elsewhere-title = Blockers está abierto en otra pestaña
elsewhere-text = No se pierde nada. ¿Continuar aquí?
play-here = Jugar aquí

## La página: ajustes

sound-off = Sonido desactivado.
sound-on = Sonido activado.
settings = Ajustes
settings-strip = Vista previa de las seis fichas
theme = Tema
system-default = Sistema
theme-light = Claro
theme-dark = Oscuro
theme-contrast = Alto contraste
motion = Movimiento
motion-full = Completo
motion-reduced = Reducido
lift = Altura sobre el dedo
lift-low = Baja
lift-usual = Media
lift-high = Alta
marks = Símbolos en las fichas
magnet = Encajar en el hueco más cercano
shortcuts = Atajos de una tecla
sound = Sonido
language = Idioma
