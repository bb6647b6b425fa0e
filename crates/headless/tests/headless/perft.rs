//! `headless perft`: counts the sequences of drops.

use super::*;

#[test]
fn perft_counts_for_each_depth_and_for_each_first_drop() {
    // The same counts are in tests/rules/perft.txt of the rules.
    let value = json(&["perft", "2", "--seed", "7", "--divide", "--json"]);
    assert_eq!((value["kind"].as_str(), value["seed"].as_u64()), (Some("classic"), Some(7)));
    let counted = |depth: &Value| (depth["depth"].as_u64(), depth["count"].as_u64(), depth["seconds"].is_f64());
    let depths: Vec<_> = value["depths"].as_array().unwrap().iter().map(counted).collect();
    assert_eq!(depths, [(Some(1), Some(209), true), (Some(2), Some(24_592), true)]);
    let divided = value["divide"].as_array().unwrap();
    assert_eq!(divided.len(), 209);
    assert_eq!(divided.iter().filter_map(|drop| drop["count"].as_u64()).sum::<u64>(), 24_592);
    let names: BTreeSet<_> = divided.iter().filter_map(|drop| drop["drop"].as_str()).collect();
    assert_eq!(names.len(), 209, "no drop is listed twice");
}

#[test]
fn perft_prints_the_same_counts_as_a_table() {
    let printed = out(&headless(&["perft", "2", "--seed", "7"], ""));
    assert!(printed.starts_with("kind classic, seed 7\n"), "{printed}");
    let rows: Vec<Vec<_>> = printed.lines().skip(3).map(|line| line.split_whitespace().take(2).collect()).collect();
    assert_eq!(rows, [["1", "209"], ["2", "24592"]], "{printed}");

    let divided = out(&headless(&["perft", "2", "--seed", "7", "--divide"], ""));
    let counts = divided.lines().skip(6).map(|line| line.split_once(' ').unwrap().1.parse::<u64>().unwrap());
    assert_eq!(counts.clone().count(), 209, "{divided}");
    assert_eq!(counts.sum::<u64>(), 24_592, "{divided}");
}
