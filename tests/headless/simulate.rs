//! `headless simulate`: many games by players that are programs.

use super::*;

#[test]
fn simulate_comes_to_the_same_with_one_thread_and_with_two() {
    for player in ["random", "greedy"] {
        let call = ["simulate", "--games", "6", "--seed", "3", "--player", player, "--max-drops", "25", "--json"];
        let [mut one, mut two] = ["1", "2"].map(|threads| told(&[&call[..], &["--threads", threads]].concat()));
        let rates = [&mut one, &mut two].map(|value| value["games_per_second"].take());
        assert!(rates.iter().all(|rate| rate.as_f64().is_some_and(|rate| rate > 0.0)), "{rates:?}");
        assert_eq!(one, two, "{player}");
    }
}

#[test]
fn simulate_tells_programs_five_numbers_of_each_quantity() {
    let value = told(&["simulate", "--games", "4", "--kind", "kind", "--max-drops", "5", "--json"]);
    for quantity in ["drops", "lines", "points", "points_per_drop"] {
        let expected = ["interval", "maximum", "mean", "median", "minimum"];
        assert_eq!(keys(&value[quantity]), BTreeSet::from(expected), "{quantity}");
    }
    assert_eq!(
        (value["games"].as_u64(), value["cut_off"].as_u64(), value["seed"].as_u64()),
        (Some(4), Some(4), Some(0))
    );
    assert_eq!((value["kind"].as_str(), value["player"].as_str()), (Some("kind"), Some("random")));
    assert_eq!(value["drops"]["mean"].as_f64(), Some(5.0), "no game ends within five drops");
    assert_eq!(value["drops"]["interval"], serde_json::json!([5.0, 5.0]));
    let one = told(&["simulate", "--games", "1", "--json"]);
    assert!(one["drops"]["interval"].is_null(), "one game says nothing of how sure it is");
    assert_eq!(one["cut_off"].as_u64(), Some(0));
}

#[test]
fn simulate_says_how_the_games_went_in_a_table() {
    let output = headless(&["simulate", "--games", "3", "--max-drops", "4"], "");
    assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()));
    let said = out(&output);
    let phrases = ["3 games", "95 % interval", "drops/game", "lines/game", "points/game", "points/drop", "games/s"];
    for phrase in phrases {
        assert!(said.contains(phrase), "{phrase}: {said}");
    }
    assert!(said.contains("3 games were cut off after 4 drops"), "{said}");
}

#[test]
fn simulate_writes_its_games_as_recordings_that_verify() {
    let folder = folder("recordings");
    let last = u64::MAX.to_string();
    let call = ["simulate", "--games", "2", "--seed", &last, "--recordings", &folder, "--json"];
    let value = told(&call);
    let files = [format!("{folder}/game-{last}.txt"), format!("{folder}/game-0.txt")];
    let output = headless(&["verify", &files[0], &files[1]], "");
    assert_eq!(output.status.code(), Some(0), "after the greatest seed comes 0: {}{}", out(&output), err(&output));
    let points: u64 = files.iter().map(|file| told(&["replay", "--json", file])["score"].as_u64().unwrap_or(0)).sum();
    assert_eq!(value["points"]["mean"].as_f64(), Some(points as f64 / 2.0));
}

#[test]
fn simulate_says_that_it_cannot_write_recordings() {
    let file = file("no-folder", "");
    let output = headless(&["simulate", "--games", "2", "--recordings", &file], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).starts_with(&format!("{file}: the folder cannot be made: ")), "{}", err(&output));
    let folder = folder("occupied");
    std::fs::create_dir_all(path("occupied").join("game-1.txt")).expect("the folder for such files can be written");
    let output = headless(&["simulate", "--games", "2", "--recordings", &folder], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("game-1.txt: it cannot be written: "), "{}", err(&output));
}
