//! Files of every format so far, written by the version that brought it: they open, say the same, and merge.

use std::{fs, path::Path};

/// Schema, format of the dossier, digest of the file; after merging the stored dossier of that format, the second digest.
const STORED: [(u32, u32, &str, &str); 3] = [
    (
        1,
        1,
        "264daad36bbde1b47a3f9f96bed832b6e0ced341a58a15fdfa3dec565d23f3ce",
        "66d03334d77cff69f8638405fba96d45ad251bb581c8eee02d44ad6c4aadfd83",
    ),
    (
        4,
        1,
        "22831a7e4660530001a08331d85d269c77c730985b13594d178ffd0dc8d22372",
        "8024668be455e9c90d905bab34dd466b3481c9611629a9a6615eb53da329fabb",
    ),
    (
        5,
        1,
        "5d07b717d253a70af093d79d0a7d4c18156f8ae02c427892190d13cea069d6e7",
        "5f85be3f39a06e53b115088461a346d3a6710dd756e1dee86288dbed5b890b3a",
    ),
];

#[test]
fn files_of_every_format_open_and_merge() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    for (schema, format, alone, merged) in STORED {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("d.moisson");
        fs::copy(data.join(format!("schema-{schema}.moisson")), &file).unwrap();
        moisson!("verify", &file).done();
        assert_eq!(moisson!("digest", &file).line(), alone);
        moisson!("merge", &file, data.join(format!("format-{format}.dossier")).as_path()).done();
        moisson!("verify", &file).done();
        assert_eq!(moisson!("digest", &file).line(), merged);
        moisson!("undo", &file, "--list").done();
    }
}
