//! What the main button of a pointer does, when other buttons are pressed and released, too, and when a release is
//! missed.

use blockers::events::{PointerKind, PointerPhase};
use blockers::input::main_button::{ButtonEvent, MainButtons, Signal};

use PointerKind::{Mouse, Pen, Touch};
use PointerPhase::{Cancelled, Moved, Pressed, Released};
use Signal::{Cancel, Down, Lost, Move, Up};

const LEFT: i16 = 0;
const MIDDLE: i16 = 1;
const RIGHT: i16 = 2;
const NONE: i16 = -1;

/// The signals of a case: each with the button that changed, the buttons that are down, and what the main button does.
type Signals = &'static [(Signal, i16, u16, &'static [PointerPhase])];

const CASES: &[(&str, PointerKind, Signals)] = &[
    (
        "the left button alone",
        Mouse,
        &[
            (Move, NONE, 0, &[]),
            (Down, LEFT, 1, &[Pressed]),
            (Move, NONE, 1, &[Moved]),
            (Up, LEFT, 0, &[Released]),
            (Lost, LEFT, 0, &[]),
            (Move, NONE, 0, &[]),
        ],
    ),
    (
        "another button alone",
        Mouse,
        &[
            (Down, RIGHT, 2, &[]),
            (Move, NONE, 2, &[]),
            (Up, RIGHT, 0, &[]),
            (Down, MIDDLE, 4, &[]),
            (Up, MIDDLE, 0, &[]),
        ],
    ),
    (
        "the left button is released while the right one is down",
        Mouse,
        &[
            (Down, LEFT, 1, &[Pressed]),
            (Move, RIGHT, 3, &[Moved]),
            (Move, NONE, 3, &[Moved]),
            (Move, LEFT, 2, &[Released]),
            (Move, NONE, 2, &[]),
            (Up, RIGHT, 0, &[]),
            (Lost, RIGHT, 0, &[]),
        ],
    ),
    (
        "the right button is pressed and released in between",
        Mouse,
        &[
            (Down, LEFT, 1, &[Pressed]),
            (Move, RIGHT, 3, &[Moved]),
            (Move, RIGHT, 1, &[Moved]),
            (Up, LEFT, 0, &[Released]),
        ],
    ),
    (
        "the left button is pressed and released twice while the middle one is down",
        Mouse,
        &[
            (Down, MIDDLE, 4, &[]),
            (Move, LEFT, 5, &[Pressed]),
            (Move, NONE, 5, &[Moved]),
            (Move, LEFT, 4, &[Released]),
            (Move, LEFT, 5, &[Pressed]),
            (Move, LEFT, 4, &[Released]),
            (Up, MIDDLE, 0, &[]),
        ],
    ),
    (
        "the left button is released last, and the capture is lost with the other one",
        Mouse,
        &[
            (Down, RIGHT, 2, &[]),
            (Move, LEFT, 3, &[Pressed]),
            (Move, RIGHT, 1, &[Moved]),
            (Lost, NONE, 1, &[]),
            (Move, NONE, 1, &[Moved]),
            (Lost, NONE, 1, &[]),
            (Move, NONE, 1, &[Moved]),
            (Up, LEFT, 0, &[Released]),
        ],
    ),
    (
        "a left button that was pressed elsewhere",
        Mouse,
        &[(Move, NONE, 1, &[]), (Move, RIGHT, 3, &[]), (Move, NONE, 3, &[]), (Move, LEFT, 2, &[]), (Up, RIGHT, 0, &[])],
    ),
    (
        "a missed release is found by a move, and the next press starts again",
        Mouse,
        &[
            (Down, LEFT, 1, &[Pressed]),
            (Move, NONE, 0, &[Cancelled]),
            (Move, NONE, 0, &[]),
            (Down, LEFT, 1, &[Pressed]),
        ],
    ),
    (
        "a missed release is found by the next press",
        Mouse,
        &[
            (Down, LEFT, 1, &[Pressed]),
            (Down, LEFT, 1, &[Cancelled, Pressed]),
            (Down, RIGHT, 2, &[Cancelled]),
            (Move, NONE, 2, &[]),
        ],
    ),
    (
        "a missed release is found by the release of another button",
        Mouse,
        &[(Down, LEFT, 1, &[Pressed]), (Up, RIGHT, 0, &[Cancelled])],
    ),
    (
        "a lost pointer that stays pressed",
        Mouse,
        &[(Down, LEFT, 1, &[Pressed]), (Lost, NONE, 1, &[Cancelled]), (Move, NONE, 1, &[]), (Up, LEFT, 0, &[])],
    ),
    (
        "the button on the side of a pen",
        Pen,
        &[
            (Down, RIGHT, 2, &[]),
            (Move, LEFT, 3, &[Pressed]),
            (Move, RIGHT, 1, &[Moved]),
            (Up, LEFT, 0, &[Released]),
            (Move, NONE, 0, &[]),
        ],
    ),
    (
        "a finger, in a browser that names no buttons",
        Touch,
        &[(Down, LEFT, 0, &[Pressed]), (Move, NONE, 0, &[Moved]), (Up, LEFT, 0, &[Released]), (Lost, LEFT, 0, &[])],
    ),
    (
        "a finger that the system takes away",
        Touch,
        &[(Down, LEFT, 1, &[Pressed]), (Cancel, LEFT, 0, &[Cancelled]), (Lost, LEFT, 0, &[])],
    ),
    (
        "a finger that is lost",
        Touch,
        &[(Down, LEFT, 1, &[Pressed]), (Lost, LEFT, 1, &[Cancelled]), (Move, NONE, 1, &[])],
    ),
];

#[test]
fn only_the_main_button_presses_and_releases() {
    for (name, kind, signals) in CASES {
        // Another pointer, whose button is down all the time, makes no difference.
        for others in [vec![], vec![8]] {
            let mut buttons = MainButtons::default();
            for pointer in others {
                let other = ButtonEvent { signal: Down, pointer, kind: Touch, button: LEFT, buttons: 1 };
                assert_eq!(buttons.after(other).collect::<Vec<_>>(), [Pressed]);
            }
            for (n, &(signal, button, pressed, expected)) in signals.iter().enumerate() {
                let event = ButtonEvent { signal, pointer: 7, kind: *kind, button, buttons: pressed };
                let phases: Vec<_> = buttons.after(event).collect();
                assert_eq!(phases, expected, "{name}: signal {n}, {signal:?}");
            }
        }
    }
}
