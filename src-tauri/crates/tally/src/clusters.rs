//! Groups of opinion, where the bulletins name none, as Polis makes them (Small et al., *Polis: Scaling deliberation by
//! mapping high dimensional opinion spaces*, RECERCA 26, 2021).
//!
//! Opinions are centred statement by statement, what was not seen counting as the mean; people are projected on the two
//! directions in which opinions differ most (principal components), those who saw little being moved outwards by the root of
//! statements over opinions, as Polis does; then k-means makes 2 to 5 groups, as many as stand best apart (Rousseeuw's mean
//! silhouette, 1987). People with fewer than seven opinions (or than there are statements) are in no group.
//!
//! There is no chance in it: directions start from one fixed vector, and the first centres are the person farthest from the
//! middle, then each time the one farthest from those chosen. Where groups would not stand apart (a silhouette under 0.25),
//! or there are fewer than ten people, all are one group; no group is made of fewer than five. Numeric by nature: it says who is grouped with whom, and the
//! consensus is then counted exactly.

use crate::Ballot;
use std::collections::HashMap;

/// Opinions without which a person is in no group.
const FEWEST_OPINIONS: usize = 7;
/// People without whom there are no groups.
const FEWEST_PEOPLE: usize = 10;
/// Fewer than this are not shown apart.
const FEWEST_IN_A_GROUP: usize = 5;
/// Below it, groups do not stand apart.
const APART: f64 = 0.25;
/// People whose silhouette is measured, spread evenly over all: it takes all distances among them.
const MEASURED: usize = 1_000;

/// Who is in which group.
pub(crate) struct Clusters {
    /// Group of each bulletin, from 0, the largest first; none where it has too few opinions.
    pub groups: Vec<Option<usize>>,
    /// How well they are apart; none where all are one group.
    pub silhouette: Option<f64>,
}

type Point = [f64; 2];

/// Groups bulletins; into `wanted` groups where that is said.
pub(crate) fn clusters(options: &[&str], ballots: &[&Ballot], wanted: Option<u8>) -> Clusters {
    let index: HashMap<&str, usize> = options.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let rows: Vec<Vec<(usize, f64)>> = ballots.iter().map(|ballot| row(ballot, &index)).collect();
    let fewest = FEWEST_OPINIONS.min(options.len());
    let mut people: Vec<usize> = (0..rows.len()).filter(|at| rows[*at].len() >= fewest).collect();
    // The order of the bulletins must not matter, not even by the rounding of a sum.
    people.sort_by(|a, b| rows[*a].partial_cmp(&rows[*b]).unwrap_or(std::cmp::Ordering::Equal));
    let one_group = || Clusters { groups: vec![Some(0); rows.len()], silhouette: None };
    if wanted == Some(1) || people.is_empty() || (wanted.is_none() && people.len() < FEWEST_PEOPLE) {
        return one_group();
    }
    let kept: Vec<&Vec<(usize, f64)>> = people.iter().map(|at| &rows[*at]).collect();
    let points = project(&kept, options.len());
    let sizes = match wanted {
        Some(k) => usize::from(k)..=usize::from(k),
        None => 2..=5.min(people.len() / FEWEST_IN_A_GROUP).max(2),
    };
    let mut best: Option<(f64, Vec<usize>)> = None;
    for k in sizes {
        let groups = k_means(&points, k.min(points.len()));
        let smallest = (0..k).map(|group| groups.iter().filter(|one| **one == group).count()).min();
        if wanted.is_none() && smallest.is_some_and(|size| size < FEWEST_IN_A_GROUP) {
            continue;
        }
        let apart = silhouette(&points, &groups);
        if best.as_ref().is_none_or(|(most, _)| apart > most + 1e-9) {
            best = Some((apart, groups));
        }
    }
    match best {
        Some((apart, groups)) if wanted.is_some() || apart >= APART => {
            let mut placed = vec![None; rows.len()];
            for (at, group) in people.iter().zip(by_size(&groups)) {
                placed[*at] = Some(group);
            }
            Clusters { groups: placed, silhouette: Some(apart) }
        }
        _ => one_group(),
    }
}

fn row(ballot: &Ballot, index: &HashMap<&str, usize>) -> Vec<(usize, f64)> {
    let opinions = ballot.votes.iter().flatten();
    opinions.filter_map(|(id, opinion)| Some((*index.get(id.as_str())?, f64::from(*opinion)))).collect()
}

/// People on the two directions in which opinions differ most.
#[allow(clippy::cast_precision_loss, reason = "numbers of people and statements")]
fn project(rows: &[&Vec<(usize, f64)>], statements: usize) -> Vec<Point> {
    let mut sums = vec![(0.0, 0_usize); statements];
    for (at, opinion) in rows.iter().flat_map(|row| row.iter()) {
        sums[*at].0 += opinion;
        sums[*at].1 += 1;
    }
    let means: Vec<f64> = sums.iter().map(|(sum, count)| sum / (*count).max(1) as f64).collect();
    let centred: Vec<Vec<(usize, f64)>> =
        rows.iter().map(|row| row.iter().map(|(at, opinion)| (*at, opinion - means[*at])).collect()).collect();
    let dot =
        |row: &[(usize, f64)], direction: &[f64]| row.iter().map(|(at, value)| value * direction[*at]).sum::<f64>();
    let mut directions: Vec<Vec<f64>> = Vec::new();
    for _ in 0..2 {
        // Power iteration from a vector that no symmetry makes orthogonal to what is looked for.
        let mut direction: Vec<f64> = (0..statements).map(|at| 1.0 + ((at * 7919) % 1009) as f64 / 1009.0).collect();
        for _ in 0..200 {
            for known in &directions {
                let along: f64 = direction.iter().zip(known).map(|(a, b)| a * b).sum();
                direction.iter_mut().zip(known).for_each(|(value, known)| *value -= along * known);
            }
            let length = direction.iter().map(|value| value * value).sum::<f64>().sqrt();
            if length < 1e-12 {
                break;
            }
            direction.iter_mut().for_each(|value| *value /= length);
            let mut next = vec![0.0; statements];
            for row in &centred {
                let along = dot(row, &direction);
                row.iter().for_each(|(at, value)| next[*at] += along * value);
            }
            let turned: f64 = next.iter().map(|value| value * value).sum::<f64>().sqrt();
            let same = next.iter().zip(&direction).map(|(a, b)| a * b).sum::<f64>() >= turned * (1.0 - 1e-13);
            if turned < 1e-12 || same {
                break;
            }
            direction = next;
        }
        let length = direction.iter().map(|value| value * value).sum::<f64>().sqrt().max(1e-12);
        direction.iter_mut().for_each(|value| *value /= length);
        directions.push(direction);
    }
    let place = |row: &Vec<(usize, f64)>| {
        let outwards = (statements as f64 / row.len().max(1) as f64).sqrt();
        [dot(row, &directions[0]) * outwards, dot(row, &directions[1]) * outwards]
    };
    centred.iter().map(place).collect()
}

fn distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[allow(clippy::cast_precision_loss, reason = "numbers of people")]
fn k_means(points: &[Point], k: usize) -> Vec<usize> {
    let farthest = |centres: &[Point]| {
        let near = |point: &Point| centres.iter().map(|centre| distance(*point, *centre)).fold(f64::MAX, f64::min);
        let mut best = (f64::MIN, [0.0, 0.0]);
        for point in points {
            if near(point) > best.0 + 1e-12 {
                best = (near(point), *point);
            }
        }
        best.1
    };
    let mut centres = vec![farthest(&[[0.0, 0.0]])];
    while centres.len() < k {
        centres.push(farthest(&centres));
    }
    let mut groups = vec![0; points.len()];
    for _ in 0..100 {
        let nearest = |point: &Point| {
            let mut best = (f64::MAX, 0);
            for (at, centre) in centres.iter().enumerate() {
                if distance(*point, *centre) < best.0 - 1e-12 {
                    best = (distance(*point, *centre), at);
                }
            }
            best.1
        };
        let next: Vec<usize> = points.iter().map(nearest).collect();
        if next == groups {
            break;
        }
        groups = next;
        for (at, centre) in centres.iter_mut().enumerate() {
            let mine: Vec<&Point> =
                points.iter().zip(&groups).filter(|(_, group)| **group == at).map(|(point, _)| point).collect();
            if !mine.is_empty() {
                let mean = |axis: usize| mine.iter().map(|point| point[axis]).sum::<f64>() / mine.len() as f64;
                *centre = [mean(0), mean(1)];
            }
        }
    }
    groups
}

/// Mean over people of (b − a) / max(a, b): a is how far they are from their group, b from the nearest other one.
#[allow(clippy::cast_precision_loss, reason = "numbers of people")]
fn silhouette(points: &[Point], groups: &[usize]) -> f64 {
    let step = points.len().div_ceil(MEASURED).max(1);
    let kept: Vec<(Point, usize)> = points.iter().copied().zip(groups.iter().copied()).step_by(step).collect();
    let count = groups.iter().max().map_or(0, |most| most + 1);
    let mut total = 0.0;
    for (at, (point, group)) in kept.iter().enumerate() {
        let mut sums = vec![(0.0, 0_usize); count];
        for (_, (other, theirs)) in kept.iter().enumerate().filter(|(other, _)| *other != at) {
            sums[*theirs].0 += distance(*point, *other);
            sums[*theirs].1 += 1;
        }
        let mean = |at: usize| sums[at].0 / sums[at].1.max(1) as f64;
        let other = (0..count).filter(|other| other != group && sums[*other].1 > 0).map(mean).fold(f64::MAX, f64::min);
        // Alone in a group, or in the only one: zero, by convention.
        if sums[*group].1 > 0 && other < f64::MAX {
            total += (other - mean(*group)) / other.max(mean(*group)).max(1e-12);
        }
    }
    total / kept.len().max(1) as f64
}

/// Groups renamed so that the largest is the first, equal ones in the order of their first person.
fn by_size(groups: &[usize]) -> Vec<usize> {
    let mut sizes: Vec<(usize, usize)> = Vec::new();
    for group in groups {
        match sizes.iter_mut().find(|(known, _)| known == group) {
            Some((_, size)) => *size += 1,
            None => sizes.push((*group, 1)),
        }
    }
    sizes.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    groups.iter().filter_map(|group| sizes.iter().position(|(known, _)| known == group)).collect()
}
