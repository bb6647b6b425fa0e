//! `headless perft`: how many sequences of drops there are.

use super::*;

#[test]
fn perft_counts_for_each_depth_and_for_each_first_drop() {
    // The same numbers as in rules/perft.txt.
    let value = told(&["perft", "2", "--seed", "7", "--divide", "--json"]);
    assert_eq!((value["kind"].as_str(), value["seed"].as_u64()), (Some("classic"), Some(7)));
    let counted = |depth: &Value| (depth["depth"].as_u64(), depth["count"].as_u64(), depth["seconds"].is_f64());
    let depths: Vec<_> = value["depths"].as_array().expect("it is a list").iter().map(counted).collect();
    assert_eq!(depths, [(Some(1), Some(209), true), (Some(2), Some(24_592), true)]);
    let divided = value["divide"].as_array().expect("it is a list");
    assert_eq!(divided.len(), 209);
    assert_eq!(divided.iter().filter_map(|drop| drop["count"].as_u64()).sum::<u64>(), 24_592);
    let names: BTreeSet<_> = divided.iter().filter_map(|drop| drop["drop"].as_str()).collect();
    assert_eq!(names.len(), 209, "each drop has a name of its own");
    let said = out(&headless(&["perft", "1", "--seed", "7"], ""));
    assert!(said.lines().any(|line| line.split_whitespace().take(2).eq(["1", "209"])), "{said}");
}
