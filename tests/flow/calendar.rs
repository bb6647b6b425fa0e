//! The day of the daily board: that of the player's own calendar, in any time zone and past midnight.

use blockers::events::{BackupCommand, GameCommand, PanelCommand};
use blockers::ports::{Clock, MemoryStorage};
use blockers::records::{DAILY, DailyResults, Date};
use blockers::world::{Panel, Stored, Wanted};
use blockers_rules::GameKind;

use crate::driver::Session;
use crate::games::{day, noon};

const TODAY: u32 = 20_261_128;
const TOMORROW: u32 = 20_261_129;

const HOUR: f64 = 3_600_000.0;

fn request(session: &mut Session, wanted: Wanted) -> &mut Session {
    session.command(GameCommand::Request(wanted)).settle()
}

/// Returns the days that have a stored result.
fn days(session: &Session) -> Vec<Date> {
    let results = session.storage.stored(DAILY).map(|text| DailyResults::parse(&text).unwrap());
    results.unwrap_or_default().results().map(|(date, _)| date).collect()
}

/// Sets the time, as day and hour in UTC, and the player's time zone, in hours ahead of UTC.
fn set_time(session: &Session, day: u32, hour: f64, zone: f64) {
    session.clock.set_zone(zone);
    session.clock.set_calendar(noon(day) + (hour - 12.0) * HOUR);
}

#[test]
fn the_daily_board_is_that_of_the_players_own_day() {
    for (day, hour, zone, own) in [
        (20_261_125, 1.0, -8.0, 20_261_124),
        (20_261_125, 7.99, -8.0, 20_261_124),
        (20_261_125, 8.0, -8.0, 20_261_125),
        (20_261_124, 23.0, 0.0, 20_261_124),
        (20_261_124, 23.0, 1.0, 20_261_125),
        (20_261_124, 18.5, 5.5, 20_261_125),
        (20_261_124, 18.25, 5.75, 20_261_125),
        (20_261_124, 10.0, 14.0, 20_261_125),
        (20_261_125, 11.9, -12.0, 20_261_124),
        (20_270_101, 3.0, -5.0, 20_261_231),
    ] {
        let mut session = Session::open(MemoryStorage::default(), None);
        set_time(&session, day, hour, zone);
        session.command(PanelCommand::Open(Panel::Menu));
        let shown = session.view_model().menu.unwrap().today.yyyymmdd();
        request(&mut session, Wanted::Kind(GameKind::Daily));
        assert_eq!((shown, session.timeline().deal().seed), (own, own.into()), "{day} at {hour} in {zone}");
        session.play_drops(1);
        request(&mut session, Wanted::Another).command(GameCommand::Confirm);
        assert_eq!(days(&session)[0].yyyymmdd(), own, "{day} at {hour} in {zone}");
        session.command(BackupCommand::Export);
        let file = session.outlet.take().remove(0).0;
        assert_eq!(file.replace(|letter: char| !letter.is_ascii_digit(), ""), own.to_string());
    }
}

#[test]
fn playing_every_evening_of_the_own_calendar_is_a_streak() {
    // Day and hour in UTC, and the zone: at home, over the end of summer time, and on journeys to the west and the
    // east.
    let evenings: [&[(u32, f64, f64)]; 5] = [
        &[(20_261_123, 23.0, -8.0), (20_261_125, 1.0, -8.0), (20_261_126, 7.5, -8.0)],
        &[(20_261_031, 21.0, 2.0), (20_261_101, 22.5, 1.0), (20_261_102, 22.5, 1.0)],
        &[(20_261_123, 14.5, 9.0), (20_261_125, 3.0, -8.0), (20_261_126, 3.0, -8.0)],
        &[(20_261_123, 19.0, 0.0), (20_261_124, 8.0, 12.0), (20_261_125, 8.0, 12.0)],
        &[(20_261_123, 23.9, 0.0), (20_261_124, 0.1, 0.0), (20_261_125, 23.9, 0.0)],
    ];
    for evenings in evenings {
        let mut session = Session::open(MemoryStorage::default(), None);
        for (played, &(day, hour, zone)) in (1..).zip(evenings) {
            set_time(&session, day, hour, zone);
            request(&mut session, Wanted::Kind(GameKind::Daily)).play_drops(1);
            request(&mut session, Wanted::Kind(GameKind::Classic)).command(GameCommand::Confirm);
            session.command(PanelCommand::Open(Panel::Statistics));
            assert_eq!(session.view_model().statistics.unwrap().days, played, "{evenings:?}");
            session.command(PanelCommand::Close);
        }
    }
}

#[test]
fn a_daily_board_counts_when_the_date_is_set_back_during_the_game() {
    // From Tokyo to Los Angeles; at the end of summer time at midnight; from Samoa to Niue.
    for (day, hour, before, after) in
        [(20_261_124, 1.0, 9.0, -8.0), (20_261_023, 22.5, 2.0, 1.0), (20_261_124, 10.5, 13.0, -11.0)]
    {
        let mut session = Session::open(MemoryStorage::default(), None);
        set_time(&session, day, hour, before);
        let own = session.clock.today();
        request(&mut session, Wanted::Kind(GameKind::Daily)).play_drops(2);
        set_time(&session, day, hour + 0.25, after);
        assert_eq!(Some(session.clock.today()), own.previous());
        request(&mut session, Wanted::Kind(GameKind::Classic)).command(GameCommand::Confirm);
        assert_eq!(days(&session), [own]);
        session.command(PanelCommand::Open(Panel::Statistics));
        assert_eq!(session.view_model().statistics.unwrap().days, 0, "until the earlier day is played");
        request(&mut session, Wanted::Kind(GameKind::Daily)).play_to_end().settle();
        session.command(PanelCommand::Open(Panel::Statistics));
        assert_eq!(session.view_model().statistics.unwrap().days, 1);
        set_time(&session, day, hour + 12.0, after);
        session.command(PanelCommand::Open(Panel::Statistics));
        assert_eq!(session.view_model().statistics.unwrap().days, 2, "on the next day both count");
    }
}

#[test]
fn an_open_menu_and_open_statistics_follow_the_calendar() {
    let mut session = Session::open(MemoryStorage::default(), None);
    set_time(&session, TODAY, 2.0, -5.0);
    request(&mut session, Wanted::Kind(GameKind::Daily)).play_to_end().settle();
    let played = session.app.world().resource::<Stored<DailyResults>>().0.result(day(TODAY - 1));
    assert!(played.is_some());
    let menu = |session: &mut Session| session.view_model().menu.map(|menu| (menu.today.yyyymmdd(), menu.result));
    for panel in [Panel::Menu, Panel::Statistics] {
        set_time(&session, TODAY, 4.0 + 59.0 / 60.0, -5.0);
        session.command(PanelCommand::Open(panel));
        assert!(session.frame().due.is_some_and(|due| (0.0..=60_000.0).contains(&due)), "until midnight");
        let days = session.view_model().statistics.map(|shown| shown.days);
        match panel {
            Panel::Menu => assert_eq!(menu(&mut session), Some((TODAY - 1, played))),
            _ => assert_eq!(days, Some(1)),
        }
        session.wait(61_000.0);
        let days = session.view_model().statistics.map(|shown| shown.days);
        match panel {
            Panel::Menu => assert_eq!(menu(&mut session), Some((TODAY, None))),
            _ => assert_eq!(days, Some(1), "yesterday's"),
        }
        session.wait(24.0 * HOUR);
        let days = session.view_model().statistics.map(|shown| shown.days);
        match panel {
            Panel::Menu => assert_eq!(menu(&mut session), Some((TODAY + 1, None))),
            _ => assert_eq!(days, Some(0)),
        }
        // The clock is set, without a timer that fires.
        set_time(&session, TODAY, 3.0, -5.0);
        session.frame();
        if panel == Panel::Menu {
            assert_eq!(menu(&mut session), Some((TODAY - 1, played)));
        }
        session.command(PanelCommand::Close);
        assert_eq!(session.frame().due, None, "{panel:?} is closed");
    }
}

#[test]
fn the_daily_board_that_is_dealt_is_the_one_that_the_menu_showed_at_the_press() {
    for asked in [false, true] {
        let mut session = Session::open(MemoryStorage::default(), None);
        if asked {
            session.play_drops(3);
        }
        set_time(&session, TODAY, 23.999, 0.0);
        session.command(PanelCommand::Open(Panel::Menu));
        assert_eq!(session.view_model().menu.map(|menu| menu.today), Some(day(TODAY)));
        // The press is delivered in the first frame of the next day.
        set_time(&session, TOMORROW, 0.001, 0.0);
        request(&mut session, Wanted::Kind(GameKind::Daily));
        if asked {
            assert_eq!(session.view_model().panel, Some(Panel::Question(Wanted::Daily(day(TODAY)))));
            session.command(GameCommand::Confirm);
        }
        assert_eq!(session.timeline().deal().seed, u64::from(TODAY), "asked: {asked}");
        session.play_drops(1);
        request(&mut session, Wanted::Kind(GameKind::Daily)).command(GameCommand::Confirm);
        assert_eq!(days(&session), [day(TODAY)]);
        assert_eq!(session.timeline().deal().seed, u64::from(TOMORROW), "without the menu it is today's");
    }
}
