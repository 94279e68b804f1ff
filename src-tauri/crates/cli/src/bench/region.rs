//! A region read: what each question takes, in time and memory, as the démarches become many. Each is the demo with its
//! rapprochements and its plan, of 150 proposals, or as many as MOISSON_BENCH_PROPOSALS says.

use crate::{
    args::Cli,
    bench::{forget_peak, peak_mb, timed},
    world::surroundings,
};
use moisson_workflow::{DemoOptions, Failure, Stop, demo_consolidated, region, views::RegionQuestion};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// How many démarches are compared, one size after the other.
const SIZES: [usize; 3] = [1, 11, 101];
const PROPOSALS: usize = 150;

pub fn read(cli: &Cli, folder: &Path) -> Result<Value, Failure> {
    let asked = std::env::var("MOISSON_BENCH_PROPOSALS").ok().and_then(|count| count.parse().ok());
    let each = asked.unwrap_or(PROPOSALS);
    let mut files: Vec<PathBuf> = Vec::new();
    let mut sizes = Vec::new();
    for size in SIZES {
        for seed in files.len()..size {
            let options = DemoOptions { proposals: Some(each), seed: seed as u64, ..DemoOptions::default() };
            files.push(demo_consolidated(&folder.join(format!("demarche-{seed}")), &options)?);
        }
        sizes.push(measure(cli, &files, each)?);
    }
    Ok(Value::Array(sizes))
}

fn measure(cli: &Cli, files: &[PathBuf], each: usize) -> Result<Value, Failure> {
    let mut figures = Map::new();
    figures.insert(String::from("demarches"), json!(files.len()));
    figures.insert(String::from("proposals"), json!(files.len() * each));
    forget_peak();
    for question in RegionQuestion::ALL {
        let mut rows = 0;
        let took = timed(|| {
            let world = |file: &Path| surroundings(cli, file);
            rows = region(question, files, &world, &mut |_| Stop::No)?.rows.len();
            Ok(())
        })?;
        let name = json!(question).as_str().unwrap_or_default().to_owned();
        figures.insert(name, json!({ "s": took.as_secs_f64(), "rows": rows }));
    }
    figures.insert(String::from("peak_mb"), json!(peak_mb()));
    Ok(Value::Object(figures))
}
