//! Files of every format so far, written by the version that brought it: they open, say the same, and merge.

use std::{fs, path::Path};

/// Schema or format, file, and its digest; after merging the stored dossier of the same format, the second digest.
const STORED: [(u32, &str, &str); 1] = [(
    1,
    "264daad36bbde1b47a3f9f96bed832b6e0ced341a58a15fdfa3dec565d23f3ce",
    "66d03334d77cff69f8638405fba96d45ad251bb581c8eee02d44ad6c4aadfd83",
)];

#[test]
fn files_of_every_format_open_and_merge() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    for (number, alone, merged) in STORED {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("d.moisson");
        fs::copy(data.join(format!("schema-{number}.moisson")), &file).unwrap();
        moisson!("verify", &file).done();
        assert_eq!(moisson!("digest", &file).line(), alone);
        moisson!("merge", &file, data.join(format!("format-{number}.dossier")).as_path()).done();
        moisson!("verify", &file).done();
        assert_eq!(moisson!("digest", &file).line(), merged);
        moisson!("undo", &file, "--list").done();
    }
}
