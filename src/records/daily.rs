//! What came of the daily games: one result for each day, the first one.
//!
//! Comes in: a day and how its game ended. Goes out: the results, and how many days in a row have one.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::archive::Archive;
use super::date::Date;
use super::fields::{Fields, Unreadable, VERSION, with_numbers};
use super::seal::seal;
use crate::rules::{Deal, GameKind};

/// So many days are kept, the last ones.
const KEPT: usize = 400;

/// How a day's game ended.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct DailyResult {
    /// Its points.
    pub score: u64,
    /// Its drops.
    pub drops: u32,
    /// How often the player went back in it.
    pub undos: u32,
}

/// The results of the last days. As a text: the version, four numbers for each day (the first is like 20261123), the seal.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct DailyResults {
    results: BTreeMap<Date, DailyResult>,
}

impl DailyResults {
    /// The result of a day, if it has one.
    #[must_use]
    pub fn result(&self, date: Date) -> Option<DailyResult> {
        self.results.get(&date).copied()
    }

    /// Is this the board of a day that has its result? Then it can be played for practice only.
    #[must_use]
    pub fn is_practice(&self, deal: Deal) -> bool {
        date_of(deal).is_some_and(|date| self.results.contains_key(&date))
    }

    /// Every day that has a result, the earliest first.
    pub fn results(&self) -> impl Iterator<Item = (Date, DailyResult)> {
        self.results.iter().map(|(&date, &result)| (date, result))
    }

    /// Enters a result. Returns whether it counts: it does not if the day has one, or lies before all the days that are kept.
    pub fn enter(&mut self, date: Date, result: DailyResult) -> bool {
        let Entry::Vacant(place) = self.results.entry(date) else { return false };
        place.insert(result);
        if self.results.len() > KEPT {
            self.results.pop_first();
        }
        self.results.contains_key(&date)
    }

    /// How many days in a row have a result: up to today, or up to yesterday while today's game is still to come. No more than
    /// the days that are kept.
    #[must_use]
    pub fn streak(&self, today: Date) -> u32 {
        let mut day = if self.results.contains_key(&today) { Some(today) } else { today.previous() };
        let mut streak = 0;
        while let Some(date) = day.filter(|date| self.results.contains_key(date)) {
            streak += 1;
            day = date.previous();
        }
        streak
    }

    /// What can be found again of them: the first game of each day among those that are kept.
    #[must_use]
    pub fn found_again(archive: &Archive) -> Self {
        let mut results = Self::default();
        for game in archive.games() {
            if let Some(date) = date_of(game.recording.deal) {
                let undos = game.recording.undos;
                results.enter(date, DailyResult { score: game.score, drops: game.drops, undos });
            }
        }
        results
    }

    /// The text that [`Self::parse`] reads.
    #[must_use]
    pub fn to_text(&self) -> String {
        let numbers = self.results.iter().flat_map(|(date, result)| {
            [u64::from(date.yyyymmdd()), result.score, u64::from(result.drops), u64::from(result.undos)]
        });
        seal(&with_numbers(VERSION.to_owned(), numbers))
    }

    /// Reads a text.
    ///
    /// # Errors
    /// [`Unreadable`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut fields = Fields::unsealed(text)?;
        let mut results = Self::default();
        while !fields.is_at_end() {
            let date = read_date(&mut fields)?;
            let result = DailyResult {
                score: fields.number("a day's score")?,
                drops: fields.number("a day's drops")?,
                undos: fields.number("a day's steps back")?,
            };
            if !results.enter(date, result) {
                return Err(Unreadable::Repeated("a day"));
            }
        }
        Ok(results)
    }
}

/// The day whose board this is; `None` if it is no daily game, or its seed is no day.
#[must_use]
pub fn date_of(deal: Deal) -> Option<Date> {
    let number = u32::try_from(deal.seed).ok().filter(|_| deal.kind == GameKind::Daily)?;
    Date::from_yyyymmdd(number)
}

fn read_date(fields: &mut Fields<'_>) -> Result<Date, Unreadable> {
    const EXPECTED: &str = "a day like 20261123";
    let number: u32 = fields.number(EXPECTED)?;
    Date::from_yyyymmdd(number).ok_or_else(|| Unreadable::unexpected(EXPECTED, &number.to_string()))
}
