//! Good writings of everything that is read, to be spoiled; and games to write down.

use blockers::records::{
    ARCHIVE, Archive, BESTS, Bests, DAILY, DailyResult, DailyResults, Date, EndedGame, GAME, SavedGame, backup, seal,
    unseal,
};
use blockers::rules::notation::{to_link, to_text};
use blockers::rules::{Cell, Deal, DropAt, GameKind, Recording, Slot};
use blockers::world::{Settings, SoundSettings};
use rand::RngExt;
use rand_pcg::Pcg32;

use crate::spoiling::{below, content, pick, sealed, spoil};

/// What an input is meant for. It is read as everything, whatever it is.
pub(crate) struct Corpus {
    /// Texts, links and addresses.
    writings: Vec<Vec<u8>>,
    /// What is in the links, without the checksum.
    contents: Vec<Vec<u8>>,
    /// Lines with a seal, without it: saved games, best scores, results, lines of archives, and what stands in a backup.
    sealed: Vec<Vec<u8>>,
    /// Archives and backups, whole, and settings.
    whole: Vec<Vec<u8>>,
}

impl Corpus {
    pub(crate) fn new(dice: &mut Pcg32) -> Self {
        let (mut writings, mut contents) = (Vec::new(), Vec::new());
        let mut archive = Archive::default();
        let (mut sealed, mut whole) = (Vec::new(), Vec::new());
        for kind in GameKind::ALL {
            for drops in [0, 1, 7, 8, 40, 300] {
                for recording in [anything(dice, kind, drops), played(dice, kind, drops)] {
                    let (text, link) = (to_text(&recording), to_link(&recording));
                    contents.push(content(&link));
                    writings.push(text.replace('\n', "\r\n").into_bytes());
                    writings.push(format!("# a comment\n{text}# another\n").into_bytes());
                    writings.push(format!("https://example.org/blockers/#g={link}&a=b").into_bytes());
                    writings.push(text.into_bytes());
                    writings.push(link.clone().into_bytes());
                    sealed.push(format!("1 7 {drops} {link}").into_bytes());
                    let saved =
                        SavedGame { position: below(dice, drops + 1), ..SavedGame::new(7, 8, recording.clone()) };
                    sealed.extend(unseal(&saved.to_text()).ok().map(|text| text.as_bytes().to_vec()));
                    whole.push(saved.to_text().into_bytes());
                    if let Ok(ended) = EndedGame::of(archive.games().len() as u64, &recording) {
                        archive.enter(ended);
                    }
                }
            }
        }
        let mut bests = Bests::default();
        bests.raise(GameKind::Kind, false, u64::MAX);
        let mut days = DailyResults::default();
        for day in 20_000..20_010 {
            days.enter(Date::from_days(day), DailyResult { score: 10, drops: 3, undos: 1 });
        }
        let archive = archive.to_text();
        let lines = archive.split('\n').map(str::to_owned).chain([bests.to_text(), days.to_text()]);
        sealed.extend(lines.filter_map(|line| Some(unseal(&line).ok()?.as_bytes().to_vec())));
        let saved = SavedGame::new(1, 2, played(dice, GameKind::Classic, 12)).to_text();
        let records = [(GAME[0], saved), (BESTS, bests.to_text()), (DAILY, days.to_text()), (ARCHIVE, archive.clone())];
        let file = backup::write(&records.map(|(key, text)| (key.to_owned(), text)).into());
        // A backup's seal stands before the end of its last line.
        sealed.extend(unseal(file.trim_end()).ok().map(|text| text.as_bytes().to_vec()));
        let (settings, sound) = (Settings::default().to_string(), SoundSettings::default().to_string());
        whole.extend([archive, bests.to_text(), days.to_text(), file, settings, sound].map(String::into_bytes));
        Self { writings, contents, sealed, whole }
    }

    /// One of them, spoiled. What had a checksum or a seal gets the right one again now and then, or nobody would look further.
    pub(crate) fn spoiled(&self, dice: &mut Pcg32) -> String {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        match dice.random_range(0..6u32) {
            0 | 1 => sealed(&spoil(dice, &self.contents)),
            2 => text(spoil(dice, &self.writings)),
            3 => text(spoil(dice, &self.whole)),
            4 => seal(&text(spoil(dice, &self.sealed))),
            // The last line of a backup ends with a line end.
            _ => format!("{}\n", seal(&text(spoil(dice, &self.sealed)))),
        }
    }
}

/// A recording of any drops, legal or not.
fn anything(dice: &mut Pcg32, kind: GameKind, drops: usize) -> Recording {
    let (slots, cells): (_, Vec<Cell>) = (Slot::ALL, Cell::all().collect());
    let drops = (0..drops).map(|_| DropAt { slot: *pick(dice, &slots), at: *pick(dice, &cells) }).collect();
    let (seed, undos) = (dice.random::<u64>(), dice.random::<u32>());
    Recording { deal: Deal::new(kind, seed >> (seed % 64)), undos: undos >> (undos % 32), drops }
}

/// A recording of a game that was played, as far as it went.
fn played(dice: &mut Pcg32, kind: GameKind, drops: usize) -> Recording {
    let mut recording = Recording { deal: Deal::new(kind, dice.random_range(0..1_000u64)), ..Recording::default() };
    let mut game = recording.deal.game();
    while recording.drops.len() < drops && !game.is_over() {
        let all = Slot::ALL.into_iter().flat_map(|slot| game.anchors(slot).cells().map(move |at| DropAt { slot, at }));
        let all: Vec<_> = all.collect();
        let drop = *pick(dice, &all);
        if game.play(drop.slot, drop.at.into()).is_ok() {
            recording.drops.push(drop);
        }
    }
    recording
}
