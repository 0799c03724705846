use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use journal::Entry;
use node::{Founding, Node, NodeError};

use crate::world::{World, centre, head, key, minute, said, seed};

#[test]
fn what_is_written_is_there_after_opening_again() {
    let mut world = World::new(1);
    let written = world.nodes[0].write(said("one"), minute(5)).unwrap();
    assert_eq!(written.clock_behind, None);
    world.reopen(0);
    let node = &world.nodes[0];
    assert_eq!(head(node, &centre(0)), written.record.head());
    assert!(node.health().is_sound());
    assert_eq!((node.identity().station.as_str(), node.health().records), ("iss", 2));
}

#[test]
fn a_founding_that_was_cut_short_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("east");
    let root =
        Node::found(&path, Founding::new(centre(0), "iss", seed(1)), minute(0)).unwrap().key().unwrap();
    let found = |byte| Node::found(&path, Founding::new(centre(0), "iss", seed(byte)), minute(1));
    assert!(matches!(found(2), Err(NodeError::Founded(_))));
    // As after a crash before the last step, and as after one before the first record.
    fs::remove_file(path.join("node.toml")).unwrap();
    assert_eq!(found(2).unwrap().key().unwrap(), root);
    fs::remove_file(path.join("node.toml")).unwrap();
    fs::remove_file(path.join("journal.db")).unwrap();
    for file in ["journal.db-wal", "journal.db-shm"] {
        let _ = fs::remove_file(path.join(file));
    }
    let node = found(2).unwrap();
    assert_eq!((node.key().unwrap(), node.heads()[0].number), (root, 1));
}

#[test]
fn a_node_is_never_in_a_book() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("book.toml"), "").unwrap();
    for path in [folder.path().to_owned(), folder.path().join("deep/node")] {
        let refused = Node::found(&path, Founding::new(centre(0), "iss", seed(1)), minute(0));
        assert!(matches!(refused, Err(NodeError::Book(_))));
        assert!(!path.join("keys").exists());
    }
    let world = World::new(1);
    fs::write(world.nodes[0].folder().join("book.toml"), "").unwrap();
    assert!(matches!(Node::open(world.nodes[0].folder()), Err(NodeError::Book(_))));
}

#[test]
fn a_key_that_others_can_read_is_refused_with_the_line_that_mends_it() {
    let world = World::new(1);
    let folder = world.nodes[0].folder().to_owned();
    let file = folder.join("keys").join(format!("{}.key", key(1).public()));
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder.join("keys")), mode(&file)), (0o700, 0o600));
    for (path, wide, wanted) in [(file.clone(), 0o640, "0600"), (folder.join("keys"), 0o750, "0700")] {
        let kept = mode(&path);
        fs::set_permissions(&path, fs::Permissions::from_mode(wide)).unwrap();
        let told = Node::open(&folder).err().unwrap().to_string();
        assert!(told.ends_with(&format!("run: chmod {wanted} {}", path.display())), "{told}");
        fs::set_permissions(&path, fs::Permissions::from_mode(kept)).unwrap();
    }
    fs::write(&file, "no key\n").unwrap();
    assert!(Node::open(&folder).err().unwrap().to_string().contains("64 hexadecimal digits"));
}

#[test]
fn a_root_never_changes() {
    let mut world = World::new(2);
    let refused = world.nodes[0].trust(&centre(1), key(9).public()).unwrap_err();
    assert!(matches!(refused, NodeError::Root { .. }), "{refused}");
    world.reopen(0);
    assert_eq!(world.nodes[0].terms().roots[&centre(1)], key(2).public());
    assert_eq!(world.nodes[0].terms().quorum, 2);
}

#[test]
fn files_that_say_something_else_are_refused_by_name() {
    let world = World::new(2);
    let folder = world.nodes[0].folder();
    let cases = [
        ("node.toml", "centre = \"East\"\nstation = \"iss\"\n", "centre"),
        ("node.toml", "centre = \"east\"\nstation = \"the station\"\n", "station"),
        ("node.toml", "centre = \"east\"\n", "station"),
        ("node.toml", "centre = \"east\"\nstation = \"iss\"\ncolour = 1\n", "colour"),
        ("roots.toml", "[roots]\nnorth = \"12\"\n", "roots.north"),
        ("roots.toml", "quorum = 1\n[roots]\n", ""),
    ];
    for (file, text, word) in cases {
        let kept = fs::read(folder.join(file)).unwrap();
        fs::write(folder.join(file), text).unwrap();
        match Node::open(folder) {
            Err(told) => {
                assert!(told.to_string().contains(file) && told.to_string().contains(word), "{told}");
            }
            Ok(node) => assert!(word.is_empty() && node.heads().is_empty()),
        }
        fs::write(folder.join(file), kept).unwrap();
    }
}

#[test]
fn a_journal_without_a_root_is_kept_and_counts_once_it_has_one() {
    let world = World::new(2);
    let folder = tempfile::tempdir().unwrap();
    let mut node =
        Node::found(&folder.path().join("up"), Founding::new(centre(3), "iss", seed(4)), minute(0)).unwrap();
    let told = node.receive(&world.nodes[1].since(&[], 9), minute(9)).unwrap();
    assert_eq!((told.new.len(), told.faults.len()), (0, 1));
    node.trust(&centre(1), key(2).public()).unwrap();
    assert_eq!(node.receive(&world.nodes[1].since(&[], 9), minute(9)).unwrap().new.len(), 1);
}

#[test]
fn a_backup_opens_as_the_database_of_a_node() {
    let mut world = World::new(1);
    world.nodes[0].write(said("one"), minute(1)).unwrap();
    let copy = world.folder.path().join("copy.db");
    world.nodes[0].backup(&copy).unwrap();
    let written = world.nodes[0].write(Entry::Checkpoint { heads: vec![] }, minute(2)).unwrap();
    assert_eq!(written.record.record().number, 3);
    let mut copied = store::Sqlite::open(&copy).unwrap();
    assert_eq!(store::Store::extents(&mut copied).unwrap()[&centre(0)].last, 2);
}
