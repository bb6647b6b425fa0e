//! The release page is built for size.

use std::fs;
use std::path::Path;

/// Without the attribute trunk takes the profile `release`, and the page is 40 % larger.
#[test]
fn index_html_names_the_profile_for_size() {
    let read = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let html = read("index.html");
    let program = html.lines().find(|line| line.contains(r#"rel="rust""#)).unwrap();
    assert!(program.contains(r#"data-cargo-profile-release="page""#), "{program}");
    let manifest = read("Cargo.toml");
    let (_, profile) = manifest.split_once("[profile.page]").unwrap();
    let settings: Vec<_> = profile.lines().skip(1).take_while(|line| !line.is_empty()).collect();
    assert!(settings.contains(&r#"opt-level = "z""#) && settings.contains(&r#"panic = "abort""#), "{settings:?}");
}
