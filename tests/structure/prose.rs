//! The language of the project: words that it avoids, the length of comment lines, and paths that must exist.

use std::fs;
use std::path::{Path, PathBuf};

/// Words and phrases that readers stumble over. CONTRIBUTING.md says what to write instead.
const BANNED: &[&str] = &[
    "whoever",
    "whomever",
    "so many",
    "nobody",
    "told",
    "comes in:",
    "goes out:",
    "without a line",
    "corridor",
    "household",
    "strangers",
    "in vain",
    "has the say",
    "have the say",
    "sees to it",
    "anew",
    "what becomes of",
    "gives way",
    "give way",
    "has had enough",
];

/// The longest comment line, in characters; the same as rustfmt's limit for code.
const MAX_COMMENT: usize = 120;

/// Folders that are built or installed.
const GENERATED: &[&str] = &[".git", "dist", "node_modules", "target", "test-results"];

/// Files whose words are not ours, not English, or are the list above.
const FOREIGN: &[&str] = &[
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "l10n/ar.ftl",
    "l10n/de.ftl",
    "l10n/es.ftl",
    "package-lock.json",
    "tests/structure/prose.rs",
];

const EXTENSIONS: &[&str] = &["css", "ftl", "html", "js", "md", "mjs", "rs", "sh", "toml", "yml"];
const UNNAMED: &[&str] = &["Makefile", "mutants", "run", "setup", "test"];

/// A text file of the project.
struct Text {
    path: String,
    lines: Vec<String>,
}

impl Text {
    fn is_markdown(&self) -> bool {
        self.path.ends_with(".md")
    }

    /// The lines that are prose: all of a Markdown file, and comments elsewhere; each with its number.
    fn prose(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = (1..).zip(self.lines.iter().map(String::as_str));
        numbered.filter(|(_, line)| self.is_markdown() || is_comment(line))
    }
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    ["//", "# ", "* ", "/*", "<!--"].iter().any(|start| line.starts_with(start)) && !line.starts_with("#!")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn texts() -> Vec<Text> {
    let mut paths = Vec::new();
    collect(root(), &mut paths);
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let lines = fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect();
        Text { path: name, lines }
    };
    let texts: Vec<_> = paths.into_iter().map(read).filter(|text| !FOREIGN.contains(&text.path.as_str())).collect();
    assert!(texts.len() > 200, "{} texts were found", texts.len());
    texts
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned());
        if path.is_dir() {
            if !GENERATED.contains(&name.as_str()) {
                collect(&path, found);
            }
        } else if extension.as_deref().map_or(UNNAMED.contains(&name.as_str()), |end| EXTENSIONS.contains(&end)) {
            found.push(path);
        }
    }
}

/// The banned word that a line contains, as a word of its own.
fn banned(line: &str) -> Option<&'static str> {
    let line = line.to_lowercase();
    let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    BANNED.iter().copied().find(|word| {
        line.match_indices(word).any(|(at, _)| {
            let (before, after) = (&line[..at], &line[at + word.len()..]);
            !is_part(before.chars().next_back()) && !is_part(after.chars().next())
        })
    })
}

fn report(problems: &[String]) {
    assert!(problems.is_empty(), "{} places:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn no_text_contains_a_banned_word() {
    let mut problems = Vec::new();
    for text in texts() {
        for (number, line) in (1..).zip(&text.lines) {
            if let Some(word) = banned(line) {
                problems.push(format!("{}:{number}: `{word}` in: {}", text.path, line.trim()));
            }
        }
    }
    report(&problems);
}

#[test]
fn no_comment_line_is_longer_than_a_line_of_code_may_be() {
    let mut problems = Vec::new();
    for text in texts().iter().filter(|text| !text.is_markdown()) {
        for (number, line) in text.prose() {
            let is_table = line.contains('|');
            if line.chars().count() > MAX_COMMENT && !is_table && !line.contains("https://") {
                problems.push(format!("{}:{number}: {} characters", text.path, line.chars().count()));
            }
        }
    }
    report(&problems);
}

/// The paths between backticks in a line: a folder that ends with `/`, or a file in a folder.
fn paths_in(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2).filter(|path| {
        let is_path = path.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-/".contains(letter));
        let is_file = EXTENSIONS.iter().any(|end| path.ends_with(&format!(".{end}")));
        is_path && path.contains('/') && !path.starts_with('/') && (is_file || path.ends_with('/'))
    })
}

/// Returns `true` if a path exists from the root, from `src`, from the crate of the text, or from its folder.
fn exists(text: &Text, path: &str) -> bool {
    if GENERATED.contains(&path.split('/').next().unwrap_or_default()) {
        return true;
    }
    let folders = Path::new(&text.path).ancestors().skip(1).map(|folder| root().join(folder));
    folders.chain([root().join("src")]).any(|folder| folder.join(path).exists())
}

#[test]
fn every_path_in_backticks_exists() {
    let (mut problems, mut found) = (Vec::new(), 0);
    for text in texts() {
        for (number, line) in text.prose() {
            for path in paths_in(line) {
                found += 1;
                if !exists(&text, path) {
                    problems.push(format!("{}:{number}: `{path}`", text.path));
                }
            }
        }
    }
    assert!(found > 30, "{found} paths were found");
    report(&problems);
}

#[test]
fn banned_words_are_found_as_words_only() {
    assert_eq!(banned("It was Told twice."), Some("told"));
    assert_eq!(banned("after so many drops"), Some("so many"));
    assert_eq!(banned("untold stories of anewer kind"), None);
    let paths: Vec<_> = paths_in("see `src/bus/log.rs`, `tests/`, `a or b`, `text/html` and `x.rs`").collect();
    assert_eq!(paths, ["src/bus/log.rs", "tests/"]);
}
