use std::fs;

use journal::{Entry, KeyState};
use node::{Node, NodeError};

use crate::world::{World, centre, key, minute, said, seed};

fn files(node: &Node) -> Vec<String> {
    let read = fs::read_dir(node.folder().join("keys")).unwrap();
    let mut names: Vec<String> =
        read.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn keys_come_go_and_sign_in_turn() {
    let mut world = World::new(2);
    let node = &mut world.nodes[0];
    node.rotate_key(&seed(11), minute(1)).unwrap();
    assert_eq!((node.key().unwrap(), files(node).len()), (key(11).public(), 1));
    node.create_key(&seed(12), minute(2)).unwrap();
    assert_eq!(files(node).len(), 2);
    let written = node.revoke_key(key(11).public(), "lost", minute(3)).unwrap();
    assert_eq!(written.record.record().key, key(12).public(), "a lost key does not sign its own end");
    assert_eq!(files(node), [format!("{}.key", key(12).public())]);
    assert!(matches!(node.revoke_key(key(12).public(), "last", minute(4)), Err(NodeError::Write(_))));
    assert_eq!(node.write(said("still"), minute(5)).unwrap().record.record().number, 5);
    assert_eq!(node.own_keys().unwrap()[&key(1).public()], KeyState::Rotated(2));
    assert!(world.send(0, 1, minute(9)).faults.is_empty());
}

#[test]
fn a_crash_between_key_file_and_record_loses_nothing() {
    let mut world = World::new(1);
    let folder = world.nodes[0].folder().to_owned();
    // The file is there, its record is not.
    let text = format!("{}\n", "0b".repeat(32));
    let file = folder.join("keys").join(format!("{}.key", key(11).public()));
    fs::write(&file, text).unwrap();
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    world.reopen(0);
    let node = &mut world.nodes[0];
    assert_eq!(node.key().unwrap(), key(1).public());
    node.write(said("with the old key"), minute(1)).unwrap();
    let written = node.rotate_key(&seed(12), minute(2)).unwrap();
    let Entry::KeyRotated { new, .. } = written.record.record().entry else { panic!("no rotation") };
    assert_eq!(new, key(11).public(), "the key that was left is used");
    // The record is there, the old file was not removed.
    let old = folder.join("keys").join(format!("{}.key", key(1).public()));
    fs::write(&old, format!("{}\n", "01".repeat(32))).unwrap();
    fs::set_permissions(&old, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    world.reopen(0);
    assert!(!old.exists());
    assert_eq!(
        world.nodes[0].write(said("with the new"), minute(3)).unwrap().record.record().key,
        key(11).public()
    );
}

#[test]
fn without_its_key_a_node_reads_and_does_not_write() {
    let mut world = World::new(2);
    fs::remove_file(world.nodes[0].folder().join("keys").join(format!("{}.key", key(1).public()))).unwrap();
    world.reopen(0);
    let told = world.nodes[0].write(said("no"), minute(1)).unwrap_err();
    assert!(matches!(told, NodeError::NoKey { centre: of } if of == centre(0)));
    assert_eq!(world.send(1, 0, minute(9)).new.len(), 1);
}
