//! The results of the daily games. Only the first result of each day counts.

use super::archive::Archive;
use super::date::Date;
use super::fields::{Fields, Unreadable, VERSION, with_numbers};
use super::seal::seal;
use blockers_rules::{Deal, GameKind};

/// The maximum number of days that are kept. The earliest ones are dropped.
const MAX_DAYS: usize = 400;

/// The result of a day's game.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct DailyResult {
    /// The score.
    pub score: u64,
    /// The number of drops.
    pub drops: u32,
    /// The number of undos.
    pub undos: u32,
}

/// The results of the last days. The text form: the version, four numbers for each day (date, score, drops, undos; the
/// date as 20261123), the seal.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct DailyResults {
    /// The earliest first.
    results: Vec<(Date, DailyResult)>,
}

impl DailyResults {
    /// Returns the result of a day, if it has one.
    #[must_use]
    pub fn result(&self, date: Date) -> Option<DailyResult> {
        self.place(date).ok().map(|place| self.results[place].1)
    }

    /// Returns `true` if this is the daily game of a day that has a result. Such a game is only practice.
    #[must_use]
    pub fn is_practice(&self, deal: Deal) -> bool {
        date_of(deal).is_some_and(|date| self.place(date).is_ok())
    }

    /// Returns every day that has a result, the earliest first.
    pub fn results(&self) -> impl Iterator<Item = (Date, DailyResult)> {
        self.results.iter().copied()
    }

    /// Adds a result. Returns `true` if it counts: not if the day already has a result, or is earlier than every kept
    /// day.
    pub fn enter(&mut self, date: Date, result: DailyResult) -> bool {
        let Err(place) = self.place(date) else { return false };
        self.results.insert(place, (date, result));
        if self.results.len() <= MAX_DAYS {
            return true;
        }
        self.results.remove(0);
        place > 0
    }

    /// Returns the place of a day that has a result, or else where it would be.
    fn place(&self, date: Date) -> Result<usize, usize> {
        self.results.binary_search_by_key(&date, |(day, _)| *day)
    }

    /// Returns the number of consecutive days with a result, up to today, or up to yesterday if today has no result
    /// yet. It is at most the number of kept days.
    #[must_use]
    pub fn streak(&self, today: Date) -> u32 {
        let mut day = if self.place(today).is_ok() { Some(today) } else { today.previous() };
        let mut streak = 0;
        while let Some(date) = day.filter(|&date| self.place(date).is_ok()) {
            streak += 1;
            day = date.previous();
        }
        streak
    }

    /// Returns the results that follow from the archive: for each day, its first game there.
    #[must_use]
    pub fn recovered(archive: &Archive) -> Self {
        let mut results = Self::default();
        for game in archive.games() {
            if let Some(date) = date_of(game.recording.deal) {
                let undos = game.recording.undos;
                results.enter(date, DailyResult { score: game.score, drops: game.drops, undos });
            }
        }
        results
    }

    /// Returns the text that [`Self::parse`] reads.
    #[must_use]
    pub fn to_text(&self) -> String {
        let numbers = self.results.iter().flat_map(|(date, result)| {
            [u64::from(date.yyyymmdd()), result.score, u64::from(result.drops), u64::from(result.undos)]
        });
        seal(&with_numbers(VERSION.to_owned(), numbers))
    }

    /// Parses a text.
    ///
    /// # Errors
    /// [`Unreadable`] if the text is invalid.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut fields = Fields::unsealed(text)?;
        let mut results = Self::default();
        while !fields.is_at_end() {
            let date = read_date(&mut fields)?;
            let result = DailyResult {
                score: fields.number("the score of a day")?,
                drops: fields.number("the drops of a day")?,
                undos: fields.number("the undos of a day")?,
            };
            if !results.enter(date, result) {
                return Err(Unreadable::Repeated("a day"));
            }
        }
        Ok(results)
    }
}

/// Returns the day of a daily game; `None` for other kinds, and if the seed is not a date.
#[must_use]
pub fn date_of(deal: Deal) -> Option<Date> {
    let number = u32::try_from(deal.seed).ok().filter(|_| deal.kind == GameKind::Daily)?;
    Date::from_yyyymmdd(number)
}

fn read_date(fields: &mut Fields<'_>) -> Result<Date, Unreadable> {
    const EXPECTED: &str = "a date such as 20261123";
    let number: u32 = fields.number(EXPECTED)?;
    Date::from_yyyymmdd(number).ok_or_else(|| Unreadable::unexpected(EXPECTED, &number.to_string()))
}
