//! No two source files use each other, not even through others.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Source, sources};

/// For each file, the files of its crate that it uses: by `crate::` or `super::`, in imports and elsewhere; and the
/// children that a `mod.rs` uses for itself. A re-export is a use of the file that the name comes from.
fn uses(sources: &[Source]) -> BTreeMap<&str, BTreeSet<&str>> {
    let modules: BTreeMap<(&str, String), &str> =
        sources.iter().map(|source| (key(&source.path), source.path.as_str())).collect();
    let exports = exports(sources);
    let file_of = |root, path: &[&str]| {
        // The longest beginning of the path that is a file; what follows is an item of that file, or one that it
        // re-exports.
        let (length, file) = (0..=path.len())
            .rev()
            .find_map(|length| modules.get(&(root, path[..length].join("::"))).map(|file| (length, *file)))?;
        let child = path.get(length).and_then(|name| exports.get(file)?.get(*name));
        Some(child.map_or(file, |child| modules[&(root, child.clone())]))
    };
    let mut uses = BTreeMap::new();
    for source in sources {
        let (root, own) = module_of(&source.path);
        let mut used = BTreeSet::new();
        for path in paths_in(&source.code.join("\n")) {
            let mut parts = path.split("::").filter(|part| *part != "self").peekable();
            let mut module = own.clone();
            if parts.next() == Some("crate") {
                module.clear();
            } else {
                module.pop();
            }
            while parts.next_if_eq(&"super").is_some() {
                module.pop();
            }
            module.extend(parts);
            used.extend(file_of(root, &module));
        }
        for line in source.code.iter().filter(|line| !line.trim_start().starts_with("pub use ")) {
            for name in beginnings(line) {
                let child = [&own[..], &[name]].concat().join("::");
                used.extend(modules.get(&(root, child)));
            }
        }
        used.remove(source.path.as_str());
        uses.insert(source.path.as_str(), used);
    }
    uses
}

/// The first name of every path in a line: `a` in `a::b::C`.
fn beginnings(line: &str) -> impl Iterator<Item = &str> {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices("::").filter_map(move |(at, _)| {
        let before = &line[..at];
        let start = before.rfind(|letter| !is_name(letter)).map_or(0, |before| before + 1);
        let is_first = !before[..start].ends_with(':');
        (is_first && start < at).then(|| &before[start..])
    })
}

/// The `src` folder of a file's crate, and the path of its module there.
fn key(path: &str) -> (&str, String) {
    let (root, module) = module_of(path);
    (root, module.join("::"))
}

fn module_of(path: &str) -> (&str, Vec<&str>) {
    let cut = path.find("src/").unwrap() + "src/".len();
    let (root, file) = path.split_at(cut);
    let mut module: Vec<_> = file.strip_suffix(".rs").unwrap().split('/').collect();
    if matches!(module.last(), Some(&("mod" | "lib" | "main"))) {
        module.pop();
    }
    (root, module)
}

/// For each file, the names that it re-exports from its children, and the module of the child.
fn exports(sources: &[Source]) -> BTreeMap<&str, BTreeMap<String, String>> {
    let mut exports: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for source in sources {
        let (_, own) = module_of(&source.path);
        let code = source.code.join("\n");
        for (at, found) in code.match_indices("pub use ") {
            let mut names = Vec::new();
            expand(&code[at + found.len()..], String::new(), &mut names);
            for name in names {
                let Some((child, item)) = name.rsplit_once("::") else { continue };
                let module = match child.strip_prefix("crate::") {
                    Some(elsewhere) => elsewhere.to_owned(),
                    None => own.iter().copied().chain([child]).collect::<Vec<_>>().join("::"),
                };
                exports.entry(&source.path).or_default().insert(item.to_owned(), module);
            }
        }
    }
    exports
}

/// Every path in a text that begins with `crate::` or `super::`, with the names in braces as paths of their own.
fn paths_in(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            // A part of a longer path that begins elsewhere.
            if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == ':') {
                continue;
            }
            expand(&code[at..], String::new(), &mut found);
        }
    }
    found
}

/// Adds the path at the beginning of this code, or each path of its braces. Returns the code after it.
fn expand<'a>(code: &'a str, prefix: String, found: &mut Vec<String>) -> &'a str {
    let end =
        code.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':').unwrap_or(code.len());
    let (path, mut rest) = code.split_at(end);
    let path = format!("{prefix}{path}");
    let Some(inside) = rest.strip_prefix('{').filter(|_| path.ends_with("::")) else {
        found.push(path.trim_end_matches(':').to_owned());
        return rest;
    };
    rest = inside;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == ',');
        if rest.is_empty() || rest.starts_with('}') {
            return rest.strip_prefix('}').unwrap_or(rest);
        }
        let before = rest.len();
        rest = expand(rest, path.clone(), found);
        if rest.len() == before {
            // Something that is not a path, such as a `*`.
            rest = rest.split_at(rest.chars().next().map_or(0, char::len_utf8)).1;
        }
    }
}

/// Every file that is reachable from these.
fn reachable<'a>(from: &str, uses: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&str> = uses[from].iter().copied().collect();
    while let Some(file) = next.pop() {
        if seen.insert(file) {
            next.extend(&uses[file]);
        }
    }
    seen
}

#[test]
fn no_files_use_each_other_in_a_cycle() {
    let sources = sources();
    let uses = uses(&sources);
    let edges: usize = uses.values().map(BTreeSet::len).sum();
    assert!(edges > 200, "{edges} uses were found");
    let in_cycles: Vec<_> = uses.keys().filter(|file| reachable(file, &uses).contains(*file)).collect();
    assert!(in_cycles.is_empty(), "{in_cycles:?}");
}

#[test]
fn paths_are_found_in_nested_imports() {
    let code = "use crate::a::{self, b::{C, D}, *};\nuse super::e;\nlet x = crate::f::G::new();";
    let expected = ["crate::a::self", "crate::a::b::C", "crate::a::b::D", "crate::f::G::new", "super::e"];
    let found: BTreeSet<_> = paths_in(code).into_iter().filter(|path| !path.ends_with('a')).collect();
    assert_eq!(found, expected.map(str::to_owned).into());
}
