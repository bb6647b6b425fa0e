//! The files of `v1/`, and which of them were read.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use blockers::records::Records;

/// Reads files and remembers their paths. Paths are relative to `v1/` and have forward slashes.
#[derive(Default)]
pub(crate) struct Fixtures {
    read: RefCell<BTreeSet<String>>,
}

impl Fixtures {
    /// Returns the text of this file.
    pub(crate) fn text(&self, path: &str) -> String {
        self.read.borrow_mut().insert(path.to_owned());
        fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Returns the records that are stored in this session.
    pub(crate) fn stored(&self, session: &str) -> Records {
        let folder = format!("sessions/{session}/stored");
        names(&root().join(&folder))
            .into_iter()
            .map(|key| (key.clone(), self.text(&format!("{folder}/{key}"))))
            .collect()
    }

    /// Returns the names of the folders in this folder.
    pub(crate) fn folders(&self, path: &str) -> Vec<String> {
        let path = root().join(path);
        names(&path).into_iter().filter(|name| path.join(name).is_dir()).collect()
    }

    /// Returns the paths of the files that were read.
    pub(crate) fn read(&self) -> BTreeSet<String> {
        self.read.borrow().clone()
    }

    /// Returns the paths of all files.
    pub(crate) fn all(&self) -> BTreeSet<String> {
        let mut files = BTreeSet::new();
        collect("", &mut files);
        files
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/v1")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn collect(folder: &str, files: &mut BTreeSet<String>) {
    for name in names(&root().join(folder)) {
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if root().join(&path).is_dir() {
            collect(&path, files);
        } else {
            files.insert(path);
        }
    }
}
