//! The Rust sources of the workspace.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file of the workspace.
pub(crate) struct Source {
    /// Its path from the root of the workspace, with `/`.
    pub(crate) path: String,
    /// Its lines without comments and without the tests at its end.
    pub(crate) code: Vec<String>,
}

impl Source {
    /// The path below `src` of the page; `None` for a file of another crate.
    pub(crate) fn in_page(&self) -> Option<&str> {
        self.path.strip_prefix("src/")
    }
}

/// Every source file of the page and the crates.
pub(crate) fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    folders.extend(fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path().join("src")));
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
        let code = lines.filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect();
        Source { path: path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"), code }
    };
    let sources: Vec<_> = folders.iter().flat_map(|folder| rust_files(folder)).map(read).collect();
    assert!(sources.len() > 100, "{} files were found", sources.len());
    sources
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
