//! What comes out.

use crate::{Method, Weight};
use num_rational::BigRational;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};
use serde_json::Number;
use specta::Type;
use std::collections::BTreeMap;

/// The result of a vote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Outcome {
    /// Method.
    pub method: Method,
    /// Options from best to worst, those that tie together.
    pub ranking: Vec<Vec<String>>,
    /// Every option that wins.
    pub winners: Vec<String>,
    /// Score by option.
    pub scores: BTreeMap<String, Score>,
    /// How the result came about, as data.
    pub explanation: Vec<Step>,
    /// Bulletins counted, by weight.
    #[specta(type = specta_typescript::Number)]
    pub ballots: Number,
    /// Bulletins left out.
    pub invalid: u32,
    /// Which, and why.
    pub invalid_reasons: Vec<InvalidBallot>,
    /// Bulletins by channel, by weight.
    #[specta(type = BTreeMap<String, specta_typescript::Number>)]
    pub by_channel: BTreeMap<String, Number>,
}

/// The score of an option.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", untagged)]
pub enum Score {
    /// Scores given.
    Scores {
        /// Their mean, rounded for reading; ranked exactly.
        #[specta(type = specta_typescript::Number)]
        mean: Number,
        /// Half of them are at most this.
        #[specta(type = specta_typescript::Number)]
        median: Number,
        /// Between a quarter and three quarters of them.
        #[specta(type = (specta_typescript::Number, specta_typescript::Number))]
        quartiles: (Number, Number),
        /// Who gave one.
        #[specta(type = specta_typescript::Number)]
        answers: Number,
        /// How many gave each score that was given, lowest first.
        #[specta(type = Vec<(u32, specta_typescript::Number)>)]
        histogram: Vec<(u32, Number)>,
    },
    /// Place on the plane of impact and effort.
    Plane {
        /// Median impact.
        #[specta(type = specta_typescript::Number)]
        impact: Number,
        /// Median effort.
        #[specta(type = specta_typescript::Number)]
        effort: Number,
        /// Between a quarter and three quarters of the impacts.
        #[specta(type = (specta_typescript::Number, specta_typescript::Number))]
        impact_quartiles: (Number, Number),
        /// Between a quarter and three quarters of the efforts.
        #[specta(type = (specta_typescript::Number, specta_typescript::Number))]
        effort_quartiles: (Number, Number),
        /// Who placed it.
        #[specta(type = specta_typescript::Number)]
        answers: Number,
        /// Where that is.
        quadrant: Quadrant,
    },
    /// Strength in duels.
    Strength {
        /// 1 is the average option; twice that wins two duels of three against it. Rounded for reading.
        #[specta(type = specta_typescript::Number)]
        strength: Number,
        /// Interval of 95 %.
        #[specta(type = (specta_typescript::Number, specta_typescript::Number))]
        interval: (Number, Number),
        /// Duels won.
        #[specta(type = specta_typescript::Number)]
        won: Number,
        /// Duels lost.
        #[specta(type = specta_typescript::Number)]
        lost: Number,
    },
    /// Consent.
    Consent {
        /// Who consents.
        #[specta(type = specta_typescript::Number)]
        consent: Number,
        /// Who stands aside.
        #[specta(type = specta_typescript::Number)]
        stand_aside: Number,
        /// Who objects.
        #[specta(type = specta_typescript::Number)]
        object: Number,
    },
    /// Dots, and how many bulletins gave it at least one.
    Dots {
        /// Dots.
        #[specta(type = specta_typescript::Number)]
        points: Number,
        /// Bulletins with at least one dot on it.
        #[specta(type = specta_typescript::Number)]
        supporters: Number,
    },
    /// Merit profile.
    Merit {
        /// Majority grade (lower median), worst = 0.
        median: u8,
        /// Bulletins per grade, worst first.
        #[specta(type = Vec<specta_typescript::Number>)]
        profile: Vec<Number>,
    },
    /// A project.
    Project {
        /// What it costs.
        #[specta(type = specta_typescript::Number)]
        cost: Number,
        /// Who approves of it.
        #[specta(type = specta_typescript::Number)]
        supporters: Number,
    },
    /// A statement.
    Statement {
        /// Product over the groups of (agree + 1) / (votes + 2), rounded for reading; ranked exactly.
        #[specta(type = specta_typescript::Number)]
        group_informed_consensus: Number,
        /// Group by group.
        groups: Vec<Opinion>,
    },
    /// A number of points.
    Value {
        /// Points.
        #[specta(type = specta_typescript::Number)]
        value: Number,
    },
    /// A plain number of votes.
    Votes {
        /// Votes.
        #[specta(type = specta_typescript::Number)]
        votes: Number,
        /// Share of those present (or of the bulletins), in tenths of a percent, rounded to nearest.
        #[specta(type = Option<u32>)]
        per_mille: Option<u32>,
    },
}

/// A quarter of the plane of impact and effort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Changes much for little.
    QuickWin,
    /// Changes much and takes much.
    MajorProject,
    /// Changes little and takes little.
    FillIn,
    /// Takes much and changes little.
    Thankless,
}

/// What a group says of a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Opinion {
    /// The group.
    pub group: String,
    /// Agree.
    #[specta(type = specta_typescript::Number)]
    pub agree: Number,
    /// Disagree.
    #[specta(type = specta_typescript::Number)]
    pub disagree: Number,
    /// Pass.
    #[specta(type = specta_typescript::Number)]
    pub pass: Number,
}

/// A step of the explanation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// Options ordered by their totals.
    Totals {
        /// Option and total, best first.
        #[specta(type = Vec<(String, specta_typescript::Number)>)]
        totals: Vec<(String, Number)>,
    },
    /// Options that share a majority grade, told apart (or not) by the majority value.
    Median {
        /// The grade, worst = 0.
        grade: u8,
        /// Options with it, in their final order.
        options: Vec<String>,
    },
    /// Of two options with the same majority grade, the first one's next grades are better.
    Separated {
        /// The better one.
        better: String,
        /// The other.
        worse: String,
        /// How many bulletins were taken away around the median before they differed.
        #[specta(type = specta_typescript::Number)]
        removed: Number,
        /// Then the grades compared: of the better, of the other.
        grades: (u8, u8),
    },
    /// Every duel: how many more bulletins prefer the option of the row to that of the column.
    Duels {
        /// Options, in the order of rows and columns.
        options: Vec<String>,
        /// Margins.
        #[specta(type = Vec<Vec<specta_typescript::Number>>)]
        margins: Vec<Vec<Number>>,
    },
    /// A duel that counts from here on, because it closes no circle with clearer ones.
    Locked {
        /// Winner of the duel.
        better: String,
        /// Loser.
        worse: String,
        /// By how many bulletins.
        #[specta(type = specta_typescript::Number)]
        margin: Number,
    },
    /// What a candidate needs to be elected.
    Quota {
        /// Votes.
        #[specta(type = specta_typescript::Number)]
        votes: Number,
    },
    /// A round of counting.
    Round {
        /// Votes of those still in, in the order of the input.
        #[specta(type = Vec<(String, specta_typescript::Number)>)]
        votes: Vec<(String, Number)>,
        /// Elected in this round.
        elected: Vec<String>,
        /// Eliminated in this round.
        eliminated: Vec<String>,
        /// Votes that name nobody still in.
        #[specta(type = specta_typescript::Number)]
        exhausted: Number,
    },
    /// A tie that had to be broken, and how.
    Broken {
        /// Those that tied.
        options: Vec<String>,
        /// The one that was taken.
        taken: String,
        /// `earlier_rounds` or `order_of_input`.
        by: String,
    },
    /// A project that is paid for.
    Funded {
        /// The project.
        option: String,
        /// Its cost.
        #[specta(type = specta_typescript::Number)]
        cost: Number,
        /// What is left of the budget afterwards.
        #[specta(type = specta_typescript::Number)]
        left: Number,
        /// The most that one of its supporters pays (equal shares), as a decimal number rounded for reading.
        #[specta(type = Option<specta_typescript::Number>)]
        share: Option<Number>,
    },
    /// How many people are in each group of opinion.
    Groups {
        /// Group and number of people.
        #[specta(type = Vec<(String, specta_typescript::Number)>)]
        sizes: Vec<(String, Number)>,
    },
    /// Opinions that were grouped by the count itself, since the bulletins named no group.
    Grouped {
        /// How well the groups are apart, from -1 to 1 (mean silhouette), rounded for reading.
        #[specta(type = specta_typescript::Number)]
        silhouette: Number,
        /// Bulletins with too few opinions to be put in a group.
        #[specta(type = specta_typescript::Number)]
        left_out: Number,
    },
    /// How strengths were fitted.
    Fitted {
        /// What was assumed before the first duel.
        #[specta(type = specta_typescript::Number)]
        prior: Number,
        /// Rounds until nothing moved.
        rounds: u32,
    },
    /// The duel that would teach most.
    NextDuel {
        /// One option.
        a: String,
        /// The other.
        b: String,
    },
    /// The lines that cut the plane in four.
    Quadrants {
        /// Impact and effort above it are high.
        #[specta(type = specta_typescript::Number)]
        middle: Number,
    },
    /// An option to which someone objects: to treat before anything is decided.
    Objection {
        /// The option.
        option: String,
        /// By how many.
        #[specta(type = specta_typescript::Number)]
        count: Number,
        /// Why, as given.
        reasons: Vec<String>,
    },
    /// Whether enough people took part for anything to be decided.
    Quorum {
        /// People needed.
        needed: u32,
        /// People there.
        #[specta(type = specta_typescript::Number)]
        there: Number,
        /// Enough.
        reached: bool,
    },
    /// A seat filled in proportion.
    Seat {
        /// Who fills it.
        option: String,
        /// Votes that it still counted for, or that pay for it, rounded for reading.
        #[specta(type = specta_typescript::Number)]
        votes: Number,
        /// `equal_shares`, `completion` or `sequential`.
        by: String,
    },
    /// Sets that are equally best.
    BestSets {
        /// Sets of options, in the order of the input; at most a hundred.
        sets: Vec<Vec<String>>,
        /// Their worth: a full vote for the first option someone gets, a half for the second, a third for the third…
        #[specta(type = specta_typescript::Number)]
        worth: Number,
    },
    /// Options that nothing tells apart.
    Tie {
        /// The options.
        options: Vec<String>,
    },
}

/// A bulletin left out of the count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct InvalidBallot {
    /// Its number in the input, from 1.
    pub number: u32,
    /// Why.
    pub reason: Reason,
}

/// Why a bulletin does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Reason {
    /// Not of the form a bulletin has.
    Unreadable {
        /// What was found.
        detail: String,
    },
    /// Lacks what the method counts.
    Blank,
    /// Names an option that is not there.
    UnknownOption {
        /// As given.
        option: String,
    },
    /// Names an option twice.
    Twice {
        /// The option.
        option: String,
    },
    /// Not -1, 0 or 1.
    NotAnOpinion {
        /// Given.
        given: i32,
    },
    /// A score beyond the scale.
    ScoreOutOfRange {
        /// Given.
        given: u32,
        /// Least.
        min: u32,
        /// Highest.
        max: u32,
    },
    /// One number where an impact and an effort are wanted, or the other way round.
    WrongMark {
        /// The option.
        option: String,
    },
    /// The winner of a duel is none of the two.
    NotInTheDuel {
        /// As given.
        option: String,
    },
    /// More dots than allowed.
    TooManyPoints {
        /// Given.
        given: u32,
        /// Allowed.
        allowed: u32,
    },
    /// More options than allowed.
    TooManyChoices {
        /// Given.
        given: u32,
        /// Allowed.
        allowed: u32,
    },
    /// A grade beyond the scale.
    GradeOutOfRange {
        /// Given.
        given: u8,
        /// Number of grades.
        grades: u8,
    },
}

/// Counted units, as the outcome shows them.
pub(crate) fn shown(units: u128) -> Number {
    Weight::shown(units)
}

/// A number that is numeric by nature, as the outcome shows it: six decimal places, so that every machine says the same.
pub(crate) fn rounded(value: f64) -> Number {
    let value = (value * 1e6).round() / 1e6;
    // No minus zero.
    Number::from_f64(if value == 0.0 { 0.0 } else { value }).unwrap_or_else(|| 0.into())
}

/// An exact fraction, as the outcome shows it: whole where it is whole.
pub(crate) fn shown_ratio(value: &BigRational) -> Number {
    let whole = value.is_integer().then(|| value.to_i64()).flatten().map(Number::from);
    whole.unwrap_or_else(|| rounded(value.to_f64().unwrap_or_default()))
}

/// A difference of units, as the outcome shows it.
pub(crate) fn shown_signed(units: i128) -> Number {
    let size = shown(units.unsigned_abs());
    if units >= 0 {
        return size;
    }
    let negative = size.as_u64().and_then(|size| i64::try_from(size).ok()).map(|size| Number::from(-size));
    negative.or_else(|| Number::from_f64(-size.as_f64().unwrap_or_default())).unwrap_or_else(|| 0.into())
}
