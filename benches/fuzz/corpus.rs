//! Valid inputs in every form, to be mutated.

use blockers::records::{
    ARCHIVE, Archive, BESTS, Bests, DAILY, DailyResult, DailyResults, Date, EndedGame, GAME, SavedGame, backup, seal,
    unseal,
};
use blockers::world::{Settings, SoundSettings};
use blockers_rules::notation::{to_link, to_text};
use blockers_rules::{Cell, Deal, DropAt, GameKind, Recording, Slot};
use rand::RngExt;
use rand_pcg::Pcg32;

use crate::mutation::{below, content, mutate, pick, with_checksum};

/// Valid inputs, grouped by how they are mutated. Every input is parsed in every form.
pub(crate) struct Corpus {
    /// Texts, links and addresses of recordings.
    notations: Vec<Vec<u8>>,
    /// The bytes in the links, without the checksum.
    contents: Vec<Vec<u8>>,
    /// Sealed texts without their seals: saved games, best scores, daily results, lines of archives, and the content of
    /// a backup.
    sealed: Vec<Vec<u8>>,
    /// Whole archives, backups and settings.
    whole: Vec<Vec<u8>>,
}

impl Corpus {
    pub(crate) fn new(rng: &mut Pcg32) -> Self {
        let (mut notations, mut contents) = (Vec::new(), Vec::new());
        let mut archive = Archive::default();
        let (mut sealed, mut whole) = (Vec::new(), Vec::new());
        for kind in GameKind::ALL {
            for drops in [0, 1, 7, 8, 40, 300] {
                for recording in [random(rng, kind, drops), played(rng, kind, drops)] {
                    let (text, link) = (to_text(&recording), to_link(&recording));
                    contents.push(content(&link));
                    notations.push(text.replace('\n', "\r\n").into_bytes());
                    notations.push(format!("# a comment\n{text}# another\n").into_bytes());
                    notations.push(format!("https://example.org/blockers/#g={link}&a=b").into_bytes());
                    notations.push(format!("(see https%3A%2F%2Fexample.org/%23g%3D{link}.)").into_bytes());
                    notations.push(text.into_bytes());
                    notations.push(link.clone().into_bytes());
                    sealed.push(format!("1 7 {drops} {link}").into_bytes());
                    let saved =
                        SavedGame { position: below(rng, drops + 1), ..SavedGame::new(7, 8, recording.clone()) };
                    sealed.extend(unseal(&saved.to_text()).ok().map(|text| text.as_bytes().to_vec()));
                    whole.push(saved.to_text().into_bytes());
                    if let Ok(ended) = EndedGame::of(archive.games().len() as u64, &recording) {
                        archive.enter(ended);
                    }
                }
            }
        }
        let mut bests = Bests::default();
        bests.raise(GameKind::Relaxed, false, u64::MAX);
        let mut days = DailyResults::default();
        for day in 20_000..20_010 {
            days.enter(Date::from_days(day), DailyResult { score: 10, drops: 3, undos: 1 });
        }
        let archive = archive.to_text();
        let lines = archive.split('\n').map(str::to_owned).chain([bests.to_text(), days.to_text()]);
        sealed.extend(lines.filter_map(|line| Some(unseal(&line).ok()?.as_bytes().to_vec())));
        let saved = SavedGame::new(1, 2, played(rng, GameKind::Classic, 12)).to_text();
        let records = [(GAME[0], saved), (BESTS, bests.to_text()), (DAILY, days.to_text()), (ARCHIVE, archive.clone())];
        let file = backup::write(&records.map(|(key, text)| (key.to_owned(), text)).into());
        // The seal of a backup is followed by a line feed.
        sealed.extend(unseal(file.trim_end()).ok().map(|text| text.as_bytes().to_vec()));
        let (settings, sound) = (Settings::default().to_string(), SoundSettings::default().to_string());
        whole.extend([archive, bests.to_text(), days.to_text(), file, settings, sound].map(String::into_bytes));
        Self { notations, contents, sealed, whole }
    }

    /// Returns a mutated input. Some inputs get a valid checksum or seal, because the parsers refuse all others at
    /// once.
    pub(crate) fn mutated(&self, rng: &mut Pcg32) -> String {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        match rng.random_range(0..6u32) {
            0 | 1 => with_checksum(&mutate(rng, &self.contents)),
            2 => text(mutate(rng, &self.notations)),
            3 => text(mutate(rng, &self.whole)),
            4 => seal(&text(mutate(rng, &self.sealed))),
            // A backup ends with a line feed.
            _ => format!("{}\n", seal(&text(mutate(rng, &self.sealed)))),
        }
    }
}

/// Returns a recording of random drops, most of them illegal.
fn random(rng: &mut Pcg32, kind: GameKind, drops: usize) -> Recording {
    let (slots, cells): (_, Vec<Cell>) = (Slot::ALL, Cell::all().collect());
    let drops = (0..drops).map(|_| DropAt { slot: *pick(rng, &slots), at: *pick(rng, &cells) }).collect();
    let (seed, undos) = (rng.random::<u64>(), rng.random::<u32>());
    Recording { deal: Deal::new(kind, seed >> (seed % 64)), undos: undos >> (undos % 32), drops }
}

/// Returns a recording of a legal game of at most this many drops.
fn played(rng: &mut Pcg32, kind: GameKind, drops: usize) -> Recording {
    let mut recording = Recording { deal: Deal::new(kind, rng.random_range(0..1_000u64)), ..Recording::default() };
    let mut game = recording.deal.game();
    while recording.drops.len() < drops && !game.is_over() {
        let all = Slot::ALL.into_iter().flat_map(|slot| game.anchors(slot).cells().map(move |at| DropAt { slot, at }));
        let all: Vec<_> = all.collect();
        let drop = *pick(rng, &all);
        if game.play(drop.slot, drop.at.into()).is_ok() {
            recording.drops.push(drop);
        }
    }
    recording
}
