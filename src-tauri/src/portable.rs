//! Portable mode: everything that the application keeps (preferences, keys, the web view's own data) lies in a folder beside the
//! program, or beside the démarche, on a stick; nothing stays on the laptop.
//!
//! It is on where a folder `moisson-portable` lies beside the program, or with `--portable`, which makes one beside the démarche that
//! is named, else beside the program. The program then starts itself once more with what tells it, and the web view, where to keep
//! things: both read it before anything else runs.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The folder's name.
const NAME: &str = "moisson-portable";
/// What tells the program that starts where its folder is.
const FOLDER: &str = "MOISSON_FOLDER";
/// By which flag it is asked for.
pub const FLAG: &str = "--portable";

/// The folder of application data, where the mode is on.
pub fn folder() -> Option<PathBuf> {
    env::var_os(FOLDER).filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

/// Starts the program once more in portable mode, if it is asked for and not on yet; gives its exit status once it ends.
pub fn start_again() -> Option<i32> {
    if folder().is_some() {
        return None;
    }
    let arguments: Vec<String> = env::args().skip(1).collect();
    let program = env::current_exe().ok()?;
    // An AppImage unpacks itself elsewhere: what lies beside it lies beside the file that was started.
    let beside = env::var_os("APPIMAGE").map_or_else(|| program.clone(), PathBuf::from);
    let folder = wanted(&arguments, &beside)?;
    if let Err(error) = fs::create_dir_all(&folder) {
        eprintln!("moisson: {}: {error}", folder.display());
        return Some(1);
    }
    let mut again = Command::new(program);
    again.args(arguments.iter().filter(|argument| *argument != FLAG)).env(FOLDER, &folder);
    // What the web view of each system asks for.
    for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "WEBVIEW2_USER_DATA_FOLDER"] {
        again.env(name, folder.join("web"));
    }
    match again.status() {
        Ok(status) => Some(status.code().unwrap_or(1)),
        Err(error) => {
            eprintln!("moisson: {error}");
            Some(1)
        }
    }
}

/// Where the folder is to be, if the mode is asked for.
fn wanted(arguments: &[String], program: &Path) -> Option<PathBuf> {
    let beside = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()).with_file_name(NAME);
    if arguments.iter().any(|argument| argument == FLAG) {
        let demarche = arguments.iter().find(|argument| !argument.starts_with('-'));
        return Some(beside(demarche.map_or(program, Path::new)));
    }
    Some(beside(program)).filter(|folder| folder.is_dir())
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it should be, and makes its own files"
)]
mod tests {
    use super::{FLAG, NAME, wanted};
    use std::fs;

    #[test]
    fn the_folder_lies_beside_the_program_if_it_is_there_and_beside_the_demarche_if_asked_for() {
        let stick = tempfile::tempdir().unwrap();
        let (program, demarche) = (stick.path().join("moisson"), stick.path().join("doubs/spie.moisson"));
        fs::write(&program, "").unwrap();
        fs::create_dir(stick.path().join("doubs")).unwrap();
        fs::write(&demarche, "").unwrap();
        let root = fs::canonicalize(stick.path()).unwrap();
        let named = [demarche.display().to_string()];
        assert_eq!(wanted(&named, &program), None, "nobody asked");
        let asked = [String::from(FLAG), named[0].clone()];
        assert_eq!(wanted(&asked, &program), Some(root.join("doubs").join(NAME)));
        assert_eq!(wanted(&asked[..1], &program), Some(root.join(NAME)));
        fs::create_dir(stick.path().join(NAME)).unwrap();
        assert_eq!(wanted(&named, &program), Some(root.join(NAME)));
    }
}
