//! `headless simulate`: plays many games automatically.

use super::*;

#[test]
fn the_results_of_simulate_do_not_depend_on_the_number_of_threads() {
    for player in ["random", "greedy"] {
        let call = ["simulate", "--games", "6", "--seed", "3", "--player", player, "--max-drops", "25", "--json"];
        let [mut one, mut two] = ["1", "2"].map(|threads| json(&[&call[..], &["--threads", threads]].concat()));
        let rates = [&mut one, &mut two].map(|value| value["games_per_second"].take());
        assert!(rates.iter().all(|rate| rate.as_f64().is_some_and(|rate| rate > 0.0)), "{rates:?}");
        assert_eq!(one, two, "{player}");
    }
}

#[test]
fn simulate_prints_five_numbers_for_each_quantity_as_json() {
    let value = json(&["simulate", "--games", "4", "--kind", "kind", "--max-drops", "5", "--json"]);
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
    let one = json(&["simulate", "--games", "1", "--json"]);
    assert!(one["drops"]["interval"].is_null(), "one game has no confidence interval");
    assert_eq!(one["cut_off"].as_u64(), Some(0));
}

#[test]
fn simulate_prints_a_table() {
    let output = headless(&["simulate", "--games", "3", "--max-drops", "4"], "");
    assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()));
    let printed = out(&output);
    let phrases = ["3 games", "95 % interval", "drops/game", "lines/game", "points/game", "points/drop", "games/s"];
    for phrase in phrases {
        assert!(printed.contains(phrase), "`{phrase}` is missing in: {printed}");
    }
    assert!(printed.contains("3 games were cut off after 4 drops"), "{printed}");
}

#[test]
fn simulate_writes_recordings_that_verify_accepts() {
    let folder = folder("recordings");
    let last = u64::MAX.to_string();
    let call = ["simulate", "--games", "2", "--seed", &last, "--recordings", &folder, "--json"];
    let value = json(&call);
    let files = [format!("{folder}/game-{last}.txt"), format!("{folder}/game-0.txt")];
    let output = headless(&["verify", &files[0], &files[1]], "");
    assert_eq!(output.status.code(), Some(0), "the seed after the highest one is 0: {}{}", out(&output), err(&output));
    let points: u64 = files.iter().map(|file| json(&["replay", "--json", file])["score"].as_u64().unwrap_or(0)).sum();
    assert_eq!(value["points"]["mean"].as_f64(), Some(points as f64 / 2.0));
}

#[test]
fn simulate_reports_recordings_that_it_cannot_write() {
    let file = file("not-a-folder", "");
    let output = headless(&["simulate", "--games", "2", "--recordings", &file], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).starts_with(&format!("{file}: cannot create the folder: ")), "{}", err(&output));
    let folder = folder("occupied");
    std::fs::create_dir_all(path("occupied").join("game-1.txt")).unwrap();
    let output = headless(&["simulate", "--games", "2", "--recordings", &folder], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("game-1.txt: cannot write the file: "), "{}", err(&output));
}
