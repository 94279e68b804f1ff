//! Who may read what lies there: everything is under keys, one laptop's removal turns them.

use super::{Laptops, rings, segments};
use crate::tools::run;
use serde_json::Value;
use std::path::PathBuf;

/// The key of a laptop, as another has to admit it.
fn key(view: &Value) -> String {
    view["key"].as_str().unwrap().to_owned()
}

fn names(view: &Value, state: &str) -> usize {
    view["laptops"].as_array().unwrap().iter().filter(|one| one["state"] == state).count()
}

#[test]
fn the_storage_sees_neither_words_nor_names() {
    let mut laptops = Laptops::new();
    let place = laptops.place();
    laptops.note(0, "une passerelle de nuit");
    laptops.meet(&place);
    // Long words: three letters do come up by chance in what age writes.
    for file in segments(&place).into_iter().chain(rings(&place)) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(bytes.starts_with(b"age-encryption.org/v1"), "{}", file.display());
        for word in ["passerelle", "Mobilit", "changes.jsonl", "laptop", "SECRET"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} in {}", file.display());
        }
    }
    laptops.agree();
}

#[test]
fn a_removed_laptop_reads_no_more_and_those_that_stay_do() {
    let mut laptops = Laptops::new();
    let place = laptops.place();
    laptops.note(0, "un bus le soir");
    laptops.meet(&place);
    let before: Vec<PathBuf> = segments(&place);
    let lost = laptops.laptops(2, &[]).json();
    assert_eq!((names(&lost, "admitted"), lost["turned"].as_u64()), (3, Some(0)), "each let itself in: {lost}");
    let turned = laptops.laptops(0, &["--remove", &key(&lost)]).json();
    assert_eq!((names(&turned, "removed"), turned["turned"].as_u64()), (1, Some(1)), "{turned}");
    laptops.note(0, "une navette");
    laptops.note(1, "un parking-relais");
    for laptop in [0, 1, 0] {
        laptops.sync(laptop, &place).done();
    }
    assert!(before.iter().all(|old| !old.exists()), "what lay under the old key was put again under the new one");
    let digest = moisson!("digest", &laptops.files[2]).line();
    let there = segments(&place).len();
    let out = laptops.sync(2, &place);
    assert!(out.code == 1 && out.stderr.contains(&key(&lost)), "{}", out.stderr);
    assert_eq!(out.stderr.trim().lines().count(), 1, "{}", out.stderr);
    assert_eq!((moisson!("digest", &laptops.files[2]).line(), segments(&place).len()), (digest, there));
    laptops.laptops(2, &["--admit", &key(&lost)]);
    assert_eq!(laptops.sync(2, &place).code, 1, "it cannot let itself in");
    // Somebody who is in lets it in again.
    laptops.laptops(1, &["--admit", &key(&lost)]).done();
    laptops.meet_in(&[1, 2, 0, 1, 2], &place);
    laptops.agree();
}

#[test]
fn a_laptop_that_comes_after_the_key_was_turned_is_admitted_by_its_key() {
    let mut laptops = Laptops::new();
    let place = laptops.place();
    laptops.note(0, "un bus le soir");
    laptops.meet(&place);
    let third = key(&laptops.laptops(2, &[]).json());
    laptops.laptops(0, &["--remove", &third]).done();
    laptops.sync(0, &place).done();
    let late = laptops.folder.path().join("tard.moisson");
    std::fs::copy(laptops.folder.path().join("base.moisson"), &late).unwrap();
    laptops.files[2] = late;
    let newcomer = laptops.command(7, &["sync", laptops.files[2].to_str().unwrap(), &place]).output().unwrap();
    let said = String::from_utf8(newcomer.stderr).unwrap();
    let own = said.split_whitespace().find(|word| word.starts_with("age1")).unwrap().to_owned();
    assert!(!newcomer.status.success() && said.trim().lines().count() == 1, "{said}");
    // The second laptop has met since the key was turned, and may admit as well as the first.
    laptops.sync(1, &place).done();
    laptops.laptops(1, &["--admit", &own, "--name", "Morteau 2"]).done();
    laptops.sync(1, &place).done();
    let file = laptops.files[2].to_str().unwrap().to_owned();
    run(&mut laptops.command(7, &["sync", &file, &place])).done();
    laptops.meet_in(&[0, 1], &place);
    run(&mut laptops.command(7, &["sync", &file, &place])).done();
    laptops.agree();
    for wrong in ["age1rien", "Morteau", ""] {
        let said = laptops.laptops(0, &["--admit", wrong]);
        assert!(said.code == 1 && said.stderr.trim().lines().count() == 1, "{}", said.stderr);
    }
    assert_eq!(laptops.laptops(0, &["--remove", "Personne"]).code, 1);
}

#[test]
fn two_that_each_remove_another_at_once_agree_on_a_key_that_neither_has() {
    let mut laptops = Laptops::new();
    let place = laptops.place();
    let base = laptops.folder.path().join("base.moisson");
    let fourth = laptops.folder.path().join("maiche.moisson");
    std::fs::copy(&base, &fourth).unwrap();
    laptops.files.push(fourth);
    laptops.note(0, "un bus le soir");
    laptops.meet(&place);
    let keys: Vec<String> = (0..4).map(|laptop| key(&laptops.laptops(laptop, &[]).json())).collect();
    laptops.laptops(0, &["--remove", &keys[2]]).done();
    laptops.laptops(1, &["--remove", &keys[3]]).done();
    laptops.note(0, "une navette");
    laptops.note(1, "un parking-relais");
    laptops.meet_in(&[0, 1, 0, 1], &place);
    let views = [0, 1].map(|laptop| laptops.laptops(laptop, &[]).json());
    assert_eq!(views.each_ref().map(|view| names(view, "removed")), [2, 2], "{views:?}");
    assert_eq!(views[0]["turned"], views[1]["turned"]);
    for out in [2, 3] {
        assert_eq!(laptops.sync(out, &place).code, 1);
    }
    laptops.files.truncate(2);
    laptops.agree();
}

#[test]
fn keys_stay_on_the_laptop() {
    let mut laptops = Laptops::new();
    let place = laptops.place();
    laptops.note(0, "un bus le soir");
    laptops.sync(0, &place).done();
    let folder = laptops.folder.path().join("keys-0");
    let kept = crate::tools::files(&folder, "json");
    let text = std::fs::read_to_string(&kept[0]).unwrap();
    assert!(text.contains("AGE-SECRET-KEY-1"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&kept[0]).unwrap().permissions().mode() & 0o077, 0, "for the owner alone");
    }
    let dossier = laptops.folder.path().join("tout.dossier");
    moisson!("bundle", &laptops.files[0], "-o", &dossier).done();
    for file in [&laptops.files[0], &dossier] {
        let bytes = std::fs::read(file).unwrap();
        assert!(!bytes.windows(14).any(|window| window == b"AGE-SECRET-KEY"), "{}", file.display());
    }
    // A key that was spoilt is said, and nothing is put under another.
    std::fs::write(&kept[0], "{").unwrap();
    let there = segments(&place).len();
    let said = laptops.sync(0, &place);
    assert!(said.code == 1 && said.stderr.trim().lines().count() == 1, "{}", said.stderr);
    assert_eq!(segments(&place).len(), there);
}
