//! Through servers of someone else's, on the loopback interface: `rclone serve webdav`, and moto for S3.

use super::{Laptops, killed_at_random, rounds};
use crate::tools::{files, run};
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// A server of someone else's, on the loopback interface until the test ends.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(port: u16, command: &mut Command) -> Self {
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let child = child.unwrap_or_else(|e| panic!("{command:?}: {e} (script/test installs what the tests need)"));
        let mut server = Self { child, port };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(server.child.try_wait().unwrap().is_none(), "{command:?} ended");
            assert!(start.elapsed() < Duration::from_secs(60), "{command:?} does not answer");
            sleep(Duration::from_millis(50));
        }
        server
    }

    fn webdav(folder: &Path) -> Self {
        let port = free_port();
        let address = format!("127.0.0.1:{port}");
        let mut command = Command::new("rclone");
        command.args(["serve", "webdav", "--addr", &address, "--user", "anne", "--pass", "s@cret"]).arg(folder);
        Self::start(port, command.env("RCLONE_CONFIG", folder.join("none.conf")))
    }

    /// An S3 server that lets the first request through without looking at its credentials, or all of them.
    fn s3(strict: bool) -> Self {
        let port = free_port();
        let mut command = Command::new("moto_server");
        command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
        if strict {
            command.env("INITIAL_NO_AUTH_ACTION_COUNT", "1");
        }
        let server = Self::start(port, &mut command);
        let mut asked = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let request = "PUT /seau HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        asked.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        asked.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        server
    }

    fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", self.port)),
            ("AWS_ACCESS_KEY_ID", String::from("essai")),
            ("AWS_SECRET_ACCESS_KEY", String::from("essai")),
            ("AWS_REGION", String::from("us-east-1")),
        ]
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn three_laptops_that_meet_only_through_webdav_agree_however_often_they_are_killed() {
    let mut laptops = Laptops::new();
    let served = tempfile::tempdir().unwrap();
    let server = Server::webdav(served.path());
    let address = |password: &str, path: &str| format!("webdav://anne:{password}@127.0.0.1:{}{path}", server.port);
    killed_at_random(&mut laptops, &address("s%40cret", ""), rounds(6));
    let refused = laptops.sync(0, &address("pas-le-bon", ""));
    assert!(refused.code == 1 && refused.stderr.contains("refuse"), "{}", refused.stderr);
    assert!(!refused.stderr.contains("pas-le-bon"), "a password is never shown: {}", refused.stderr);
    let nowhere = laptops.sync(0, &address("s%40cret", "/nulle/part"));
    assert!(nowhere.code == 1 && nowhere.stderr.contains("/nulle/part"), "{}", nowhere.stderr);
    assert!(!served.path().join("nulle").exists());
}

#[test]
fn three_laptops_that_meet_only_through_s3_agree_however_often_they_are_killed() {
    let mut laptops = Laptops::new();
    let server = Server::s3(false);
    laptops.variables = server.variables();
    killed_at_random(&mut laptops, "s3://seau/doubs/2022", rounds(6));
    let nowhere = laptops.sync(0, "s3://rien-de-tel/doubs");
    assert!(nowhere.code == 1 && nowhere.stderr.contains("rien-de-tel"), "{}", nowhere.stderr);
}

#[test]
fn open_data_go_to_a_folder_of_a_server_or_a_bucket_and_nothing_half_done_stays() {
    let mut laptops = Laptops::new();
    let file = laptops.files[0].display().to_string();
    let served = tempfile::tempdir().unwrap();
    let dav = Server::webdav(served.path());
    std::fs::create_dir(served.path().join("ouvert")).unwrap();
    let address = format!("webdav://anne:s%40cret@127.0.0.1:{}/ouvert", dav.port);
    let told = run(&mut laptops.command(0, &["publish", &file, "--open-data", &address, "--json"])).json();
    assert!(!told.to_string().contains("cret"), "a password is never shown");
    let tables = files(served.path(), "parquet");
    assert_eq!(tables.len(), 7, "{tables:?}");
    assert!(served.path().join("ouvert/dictionnaire.csv").exists() && files(served.path(), "part").is_empty());
    let refused = |address: &str| run(&mut laptops.command(0, &["publish", &file, "--open-data", address]));
    let said = refused(&address.replace("s%40cret", "pas-le-bon"));
    assert!(said.code == 1 && said.stderr.contains("refuse"), "{}", said.stderr);
    let said = refused(&address.replace("/ouvert", "/ailleurs"));
    assert!(said.code == 1 && said.stderr.contains("/ailleurs"), "{}", said.stderr);
    assert!(!served.path().join("ailleurs").exists());

    let server = Server::s3(false);
    laptops.variables = server.variables();
    let publish = |bucket: &str| run(&mut laptops.command(0, &["publish", &file, "--open-data", bucket, "--json"]));
    let told = publish("s3://seau/ouvert").json();
    let path = |file: &serde_json::Value| file["path"].as_str().unwrap().to_owned();
    let table =
        told["files"].as_array().unwrap().iter().map(path).find(|path| path.ends_with("actions.parquet")).unwrap();
    let mut asked = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let key = table.trim_start_matches("s3://");
    // Who asks is not looked at, but somebody has to.
    let who = "AWS4-HMAC-SHA256 Credential=essai/20220101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
    let head = format!("GET /{key} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {who}\r\nConnection: close\r\n\r\n");
    asked.write_all(head.as_bytes()).unwrap();
    let mut answer = Vec::new();
    asked.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200") && answer.ends_with(b"PAR1"), "{}", String::from_utf8_lossy(&answer));
    publish("s3://seau/ouvert").done();
    let nowhere = publish("s3://rien-de-tel/ouvert");
    assert!(nowhere.code == 1 && nowhere.stderr.contains("rien-de-tel"), "{}", nowhere.stderr);
}

#[test]
fn credentials_that_do_not_do_are_told_as_such() {
    let mut laptops = Laptops::new();
    laptops.note(0, "un bus le soir");
    let server = Server::s3(true);
    laptops.variables = server.variables();
    let refused = laptops.sync(0, "s3://seau/doubs");
    assert!(refused.code == 1 && refused.stderr.contains("refuse l’accès"), "{}", refused.stderr);
    assert_eq!(refused.stderr.trim().lines().count(), 1, "{}", refused.stderr);
}
