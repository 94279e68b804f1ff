//! How well likeness agrees with people, on public French texts: sentence pairs that people scored, and titles of citizens'
//! proposals that look for their bodies. Both bars stand above what letters alone reach there.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test stops at the first thing that is not as it should be"
)]

use moisson_likeness::{Index, Language};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The folder of public data, beside the repository; none in a clone that stands alone.
fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/likeness");
    if !folder.is_dir() {
        eprintln!("SKIPPED: no public texts in {}", folder.display());
        return None;
    }
    Some(folder)
}

/// A table as its columns, in the order of these names.
fn columns<const N: usize>(path: &Path, names: [&str; N]) -> Vec<[String; N]> {
    let mut table = csv::Reader::from_path(path).unwrap();
    let headings = table.headers().unwrap().clone();
    let places = names.map(|name| headings.iter().position(|heading| heading == name).unwrap());
    table.records().map(|row| row.unwrap()).map(|row| places.map(|place| row[place].to_owned())).collect()
}

/// Places in rising order, equals sharing the mean of theirs.
fn places(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut places = vec![0.0; values.len()];
    for equals in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
        let first = order.iter().position(|at| *at == equals[0]).unwrap();
        for at in equals {
            places[*at] = first as f64 + (equals.len() - 1) as f64 / 2.0;
        }
    }
    places
}

/// Spearman's correlation: how far two rankings agree.
fn spearman(one: &[f64], other: &[f64]) -> f64 {
    let (a, b) = (places(one), places(other));
    let mean = (a.len() - 1) as f64 / 2.0;
    let about = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum::<f64>();
    about(&a, &b) / (about(&a, &a) * about(&b, &b)).sqrt()
}

#[test]
fn a_ranking_agrees_with_itself_and_disagrees_with_its_reverse() {
    assert!((spearman(&[0.1, 0.5, 0.5, 0.9], &[1.0, 2.0, 2.0, 3.0]) - 1.0).abs() < 1e-9);
    assert!((spearman(&[3.0, 2.0, 1.0], &[1.0, 2.0, 3.0]) + 1.0).abs() < 1e-9);
}

#[test]
fn pairs_of_sentences_are_ranked_as_people_rank_them() {
    let Some(folder) = data() else { return };
    for file in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        if !file.file_name().unwrap().to_string_lossy().starts_with("sts-fr-") {
            continue;
        }
        let pairs = columns(&file, ["a", "b", "score"]);
        let index = Index::new(Language::Fr, pairs.iter().flat_map(|[a, b, _]| [a.clone(), b.clone()]));
        let ours: Vec<f64> = pairs.iter().map(|[a, b, _]| f64::from(index.compare(a, b).0)).collect();
        let theirs: Vec<f64> = pairs.iter().map(|[_, _, score]| score.parse().unwrap()).collect();
        let agreement = spearman(&ours, &theirs);
        // Letters alone (n-grams of 3 to 5) reach 0.75 on these pairs.
        assert!(agreement > 0.78, "Spearman {agreement:.3} on {}", file.display());
    }
}

#[test]
fn a_title_finds_its_text_among_hundreds() {
    let Some(folder) = data() else { return };
    let bodies = columns(&folder.join("bodies.csv"), ["id", "text"]);
    let titles = columns(&folder.join("titles.csv"), ["id", "text"]);
    let index = Index::new(Language::Fr, bodies.iter().map(|[_, text]| text.clone()));
    let found =
        |[id, title]: &&[String; 2]| index.like(title, 5, |_| false).iter().any(|one| bodies[one.place][0] == *id);
    let recall = titles.iter().filter(found).count() as f64 / titles.len() as f64;
    assert!(recall > 0.71, "recall at 5: {recall:.3}");
}
