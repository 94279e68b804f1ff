//! The command line.

use chrono::{DateTime, FixedOffset};
use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use moisson_workflow::Language;
use std::path::PathBuf;

/// Moisson from a terminal or a script.
#[derive(Parser)]
#[command(name = "moisson-cli", version, about)]
pub struct Cli {
    /// Print one JSON document on stdout and nothing else (verbs that list rows: one per line).
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of messages and documents.
    #[arg(long, global = true, value_enum, default_value = "fr")]
    pub lang: Lang,
    /// Act as if it were this instant (RFC 3339).
    #[arg(long, global = true, value_parser = DateTime::parse_from_rfc3339)]
    pub now: Option<DateTime<FixedOffset>>,
    /// Seed of all randomness: same inputs, same bytes.
    #[arg(long, global = true)]
    pub seed: Option<u64>,
    /// File whose first line opens démarches that are under a passphrase.
    #[arg(long, global = true, value_name = "FILE")]
    pub unlock: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

impl Cli {
    /// Language of messages.
    pub const fn lang(&self) -> Language {
        match self.lang {
            Lang::Fr => Language::Fr,
            Lang::En => Language::En,
        }
    }
}

/// Language.
#[derive(Clone, Copy, ValueEnum)]
pub enum Lang {
    /// French.
    Fr,
    /// English.
    En,
}

/// What can be done.
#[derive(Subcommand)]
pub enum Verb {
    /// Make a new démarche.
    New(New),
    /// Counts per entity, laptops, conflicts, schema version.
    Info {
        /// Démarche.
        file: PathBuf,
    },
    /// Import a table.
    Import(Import),
    /// Note one proposal a line from stdin (plain text or JSON lines).
    Capture(Capture),
    /// Write a dossier.
    Bundle(Bundle),
    /// Take in dossiers, all or none.
    Merge(Merge),
    /// List or settle conflicts.
    Conflicts(Conflicts),
    /// Fingerprint of the whole visible state.
    Digest {
        /// Démarche.
        file: PathBuf,
    },
    /// Figures of a file to send with a question: nothing that anybody wrote.
    Diagnostic {
        /// Démarche.
        file: PathBuf,
    },
    /// Check that the journal is sound and the read models equal a rebuild.
    Verify {
        /// Démarche.
        file: PathBuf,
    },
    /// Every visible entity as JSON lines.
    Dump {
        /// Démarche.
        file: PathBuf,
        /// Only this kind.
        #[arg(long)]
        entity: Option<String>,
    },
    /// Find proposals, groups, actions, ateliers by their words.
    Search {
        /// Démarche.
        file: PathBuf,
        /// Words.
        query: String,
        /// How many at most.
        #[arg(long, default_value_t = 20)]
        limit: u32,
    },
    /// Find texts that say the same, with the reason.
    Similar(Similar),
    /// Undo the last act.
    Undo {
        /// Démarche.
        file: PathBuf,
        /// Only list the latest acts.
        #[arg(long)]
        list: bool,
    },
    /// Do again what was last undone.
    Redo {
        /// Démarche.
        file: PathBuf,
    },
    /// Who changed what and when, oldest first.
    History {
        /// Démarche.
        file: PathBuf,
        /// Only this entity: an id, the beginning of one, or a name.
        reference: Option<String>,
        /// Write the history of the whole démarche as a CSV table for auditors.
        #[arg(short, conflicts_with = "reference")]
        o: Option<PathBuf>,
    },
    /// Erase everything a text has ever said, here and wherever the démarche merges later.
    Redact {
        /// Démarche.
        file: PathBuf,
        /// Entity: an id, the beginning of one, or a name.
        reference: String,
        /// Its field.
        field: String,
        /// Why, for the auditors.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Forget a participant: name and addresses go for good, here and wherever the démarche merges later.
    Forget {
        /// Démarche.
        file: PathBuf,
        /// Code, id, name or e-mail address.
        #[arg(required_unless_present = "everyone")]
        participant: Option<String>,
        /// Everyone of whom a name, an address or a signature is kept.
        #[arg(long, conflicts_with_all = ["participant", "redact_quotes"])]
        everyone: bool,
        /// Take the name out of every text that quotes it too; without this they are only listed.
        #[arg(long)]
        redact_quotes: bool,
    },
    /// Copy the démarche, verified, under its name and the time.
    Backup {
        /// Démarche.
        file: PathBuf,
        /// Folder; « sauvegardes » beside the démarche if none.
        #[arg(short)]
        o: Option<PathBuf>,
    },
    /// Make a démarche's file anew from a copy.
    Restore {
        /// The copy.
        backup: PathBuf,
        /// File to make.
        #[arg(short)]
        o: PathBuf,
    },
    /// Put a démarche and its copies under a passphrase, or under another one.
    Protect {
        /// Démarche; open nowhere.
        file: PathBuf,
        /// File whose first line is the passphrase.
        #[arg(long)]
        passphrase_file: PathBuf,
    },
    /// Take the passphrase of a démarche and its copies away.
    Unprotect {
        /// Démarche; open nowhere.
        file: PathBuf,
    },
    /// Make a new file from what a damaged one still holds and from its latest sound backup.
    Recover {
        /// The damaged file; it is left as it is.
        damaged: PathBuf,
        /// Folder of its backups; « sauvegardes » beside it if none.
        #[arg(long)]
        backups: Option<PathBuf>,
        /// File to make.
        #[arg(short)]
        o: PathBuf,
    },
    /// Count a vote.
    Tally(Tally),
    /// Draft actions from clusters, or list what is missing.
    Plan {
        /// Démarche.
        file: PathBuf,
        /// What to do.
        what: PlanVerb,
        /// Adopt: the version’s label; the next number if none.
        #[arg(long)]
        label: Option<String>,
        /// Amend: why, without which nothing adopted may change.
        #[arg(long)]
        reason: Option<String>,
    },
    /// Write documents.
    Export(Export),
    /// Publishes open data: tables, their dictionary, the plan as JSON; nothing about persons.
    Publish(Publish),
    /// Exchange changes with other laptops through storage that all of them reach.
    Sync(Sync),
    /// The laptops that may read what is exchanged: list, admit, remove.
    Laptops(Laptops),
    /// Compare démarches side by side, read only: what each says on one question, and the sums.
    Region(Region),
    /// Make the SPIE demo: one démarche per laptop and their dossiers.
    Demo(Demo),
    /// Open the room of an atelier to phones on the local network, until standard input ends.
    Phones(Phones),
    /// The project's own measurements.
    Bench {
        /// Which; all if none.
        names: Vec<String>,
        /// Keep what was made in this folder.
        #[arg(long)]
        keep: Option<PathBuf>,
    },
}

/// `new`.
#[derive(Args)]
pub struct New {
    /// File to make.
    pub file: PathBuf,
    /// Template.
    #[arg(long, default_value = "spie", value_parser = ["spie", "blank"])]
    pub template: String,
    /// Title.
    #[arg(long)]
    pub title: Option<String>,
    /// Name of this laptop.
    #[arg(long)]
    pub replica: Option<String>,
    /// Start from this dossier instead of a template: the same démarche on another laptop.
    #[arg(long, conflicts_with_all = ["template", "title"])]
    pub from: Option<PathBuf>,
    /// File whose first line opens the dossier.
    #[arg(long, requires = "from")]
    pub passphrase_file: Option<PathBuf>,
}

/// `import`.
#[derive(Args)]
pub struct Import {
    /// Démarche.
    pub file: PathBuf,
    /// What the rows are.
    pub what: ImportWhat,
    /// CSV or XLSX.
    pub input: PathBuf,
    /// Atelier of rows that name none.
    #[arg(long)]
    pub workshop: Option<String>,
    /// Plan: the sheet; the one that looks most like a plan if none.
    #[arg(long)]
    pub sheet: Option<String>,
    /// Only say what would be done.
    #[arg(long)]
    pub dry_run: bool,
}

/// What can be imported.
#[derive(Clone, Copy, ValueEnum)]
pub enum ImportWhat {
    /// Propositions.
    Proposals,
    /// Participants.
    Participants,
    /// Constats.
    Findings,
    /// Structures.
    Organisations,
    /// A plan that exists already: axes, objectives, actions with their leads, dates, indicators, money.
    Plan,
    /// A form that a partner filled and sent back (DOCX or XLSX): what changed here meanwhile is told, not taken.
    Form,
}

/// `capture`.
#[derive(Args)]
pub struct Capture {
    /// Démarche.
    pub file: PathBuf,
    /// Atelier.
    #[arg(long)]
    pub workshop: String,
    /// Theme, when it is not the atelier's.
    #[arg(long)]
    pub theme: Option<String>,
}

/// `bundle`.
#[derive(Args)]
pub struct Bundle {
    /// Démarche.
    pub file: PathBuf,
    /// Ateliers; all if none.
    #[arg(long, num_args = 1..)]
    pub workshop: Vec<String>,
    /// Names and addresses go along.
    #[arg(long)]
    pub with_people: bool,
    /// Only what the other side lacks: a dossier of theirs, or the digest of their state.
    #[arg(long)]
    pub since: Option<String>,
    /// File whose first line locks the dossier (and opens the one named by --since).
    #[arg(long)]
    pub passphrase_file: Option<PathBuf>,
    /// Dossier to write.
    #[arg(short)]
    pub o: PathBuf,
}

/// `merge`.
#[derive(Args)]
pub struct Merge {
    /// Démarche.
    pub file: PathBuf,
    /// Dossiers.
    #[arg(required = true)]
    pub dossiers: Vec<PathBuf>,
    /// Only say what would be done.
    #[arg(long)]
    pub dry_run: bool,
    /// File whose first line opens locked dossiers.
    #[arg(long)]
    pub passphrase_file: Option<PathBuf>,
}

/// `conflicts`.
#[derive(Args)]
pub struct Conflicts {
    /// Démarche.
    pub file: PathBuf,
    /// Conflict to settle, as listed.
    #[arg(long)]
    pub settle: Option<String>,
    /// Keep this version, from 1.
    #[arg(long, requires = "settle", conflicts_with = "value")]
    pub keep: Option<usize>,
    /// Write this value.
    #[arg(long, requires = "settle")]
    pub value: Option<String>,
    /// Settle every conflict that this rule decides.
    #[arg(long, conflicts_with = "settle")]
    pub settle_all: Option<Rule>,
}

/// A rule that settles many conflicts at once.
#[derive(Clone, Copy, ValueEnum)]
pub enum Rule {
    /// What was written on this laptop.
    Mine,
    /// What was written elsewhere.
    Theirs,
    /// What was written last, by the clocks of the laptops.
    Latest,
    /// Both texts, where they changed different sentences.
    Merged,
}

/// `similar`.
#[derive(Args)]
#[command(group(ArgGroup::new("texts").required(true).args(["file", "corpus", "pairs"])))]
pub struct Similar {
    /// Démarche whose proposals are searched.
    pub file: Option<PathBuf>,
    /// Proposals that say what this text says.
    #[arg(long, requires = "file")]
    pub text: Option<String>,
    /// Every pair of proposals of different ateliers.
    #[arg(long, requires = "file", conflicts_with = "text")]
    pub all: bool,
    /// CSV with columns `id` and `text`: what is searched instead of a démarche.
    #[arg(long, requires = "queries", conflicts_with = "file")]
    pub corpus: Option<PathBuf>,
    /// CSV with columns `id` and `text`: what is looked for in the corpus.
    #[arg(long, requires = "corpus")]
    pub queries: Option<PathBuf>,
    /// CSV with columns `a` and `b`: two texts to compare in each row.
    #[arg(long, conflicts_with_all = ["file", "corpus"])]
    pub pairs: Option<PathBuf>,
    /// How many at most.
    #[arg(long, default_value_t = 20)]
    pub limit: u32,
    /// Score that a suggestion has at least, from 0 to 1.
    #[arg(long = "min", requires = "file")]
    pub least: Option<f32>,
}

/// `tally`.
#[derive(Args)]
pub struct Tally {
    /// Method.
    #[arg(long)]
    pub method: String,
    /// How many are kept.
    #[arg(long)]
    pub seats: Option<u32>,
    /// A setting of the method, `name=value`.
    #[arg(long = "option")]
    pub options: Vec<String>,
    /// JSON, CSV, PrefLib (.soc .soi .toc .toi .cat), Pabulib (.pb) or a Polis `participants-votes.csv`.
    pub input: PathBuf,
}

/// What to do with the plan.
#[derive(Clone, Copy, ValueEnum)]
pub enum PlanVerb {
    /// Draft an action per rapprochement.
    Draft,
    /// List what is missing.
    Check,
    /// Adopt the plan as it stands: from then on it changes only by amendments.
    Adopt,
    /// Declare an amendment of the adopted plan.
    Amend,
}

/// `export`.
#[derive(Args)]
pub struct Export {
    /// Démarche.
    pub file: PathBuf,
    /// Document.
    pub document: ExportWhat,
    /// Atelier (minutes: all that have proposals if none; agenda: all that have one; attendance, invitation, poster, tents: all; ballots: all that have votes; cards: for any).
    #[arg(long)]
    pub workshop: Option<String>,
    /// Minutes: those present by name too; attendance: who came, rather than lines to sign on.
    #[arg(long)]
    pub with_names: bool,
    /// Form: the action, objective or axis it is of; person: the participant.
    #[arg(long, required_if_eq("document", "person"))]
    pub of: Option<String>,
    /// Formats, separated by commas; the one that most want if none.
    #[arg(long, value_delimiter = ',')]
    pub format: Vec<String>,
    /// Folder to write into.
    #[arg(short)]
    pub o: PathBuf,
}

/// Documents.
#[derive(Clone, Copy, ValueEnum)]
pub enum ExportWhat {
    /// Plan d’actions.
    Plan,
    /// Compte rendu.
    Minutes,
    /// Déroulé, with its plan B.
    Agenda,
    /// Feuille d’émargement.
    Attendance,
    /// Cartes vierges numérotées.
    Cards,
    /// Tableau de suivi.
    Tracking,
    /// Diaporama du comité.
    Slides,
    /// Annexe de traçabilité.
    Annex,
    /// Invitation.
    Invitation,
    /// Affiche.
    Poster,
    /// Bulletins de vote, on paper.
    Ballots,
    /// Chevalets de table.
    Tents,
    /// Dossier de preuve of all ateliers (ZIP).
    Proof,
    /// A form for partners who install nothing, of an action, an objective or an axis.
    Form,
    /// Entry of the register of processing (GDPR, article 30).
    Register,
    /// All that is kept of a participant, for that person.
    Person,
}

/// `publish`.
#[derive(Args)]
pub struct Publish {
    /// Démarche.
    pub file: PathBuf,
    /// Folder, or webdav(s):// or s3:// address, to write open data into, with their dictionary: CSV and partitioned Parquet.
    #[arg(long, value_name = "FOLDER|URL")]
    pub open_data: PathBuf,
}

/// `sync`.
#[derive(Args)]
#[command(after_help = crate::sync::PLACES)]
pub struct Sync {
    /// Démarche.
    pub file: PathBuf,
    /// A folder, file://…, webdav(s)://[user@]host/path, or s3://bucket/prefix.
    pub url: String,
    /// Folder of this laptop's keys, if not MOISSON_KEYS or that of the application.
    #[arg(long)]
    pub keys: Option<PathBuf>,
}

/// `laptops`.
#[derive(Args)]
#[command(after_help = crate::sync::KEYS)]
pub struct Laptops {
    /// Démarche.
    pub file: PathBuf,
    /// Let the laptop with this public key read what is exchanged.
    #[arg(long, value_name = "KEY")]
    pub admit: Option<String>,
    /// What people call the laptop that is admitted.
    #[arg(long, requires = "admit")]
    pub name: Option<String>,
    /// Keep a laptop out, by its key or name: the key of the démarche is turned.
    #[arg(long, value_name = "KEY|NAME", conflicts_with = "admit")]
    pub remove: Option<String>,
    /// Folder of this laptop's keys, if not MOISSON_KEYS or that of the application.
    #[arg(long)]
    pub keys: Option<PathBuf>,
}

/// `region`.
#[derive(Args)]
pub struct Region {
    /// What to compare.
    pub report: RegionReportName,
    /// Démarches, or folders of them.
    #[arg(required = true)]
    pub sources: Vec<PathBuf>,
}

/// What démarches can be compared by.
#[derive(Clone, Copy, ValueEnum)]
pub enum RegionReportName {
    /// Proposals by thématique and bassin.
    Themes,
    /// How often proposals were said again, by thématique.
    Support,
    /// Planned funding by axe.
    Cost,
    /// Actions that are late.
    Late,
    /// Proposals without an answer.
    Unanswered,
    /// Rapprochements of different démarches that resemble each other.
    Likeness,
}

/// `phones`.
#[derive(Args)]
pub struct Phones {
    /// The démarche.
    pub file: PathBuf,
    /// Atelier.
    #[arg(long)]
    pub workshop: String,
    /// Address to listen on, and no other.
    #[arg(long, default_value = "127.0.0.1")]
    pub address: std::net::IpAddr,
    /// Port; the one used last, or 4747, if not given.
    #[arg(long)]
    pub port: Option<u16>,
    /// The page that phones are given (`ui/phone/dist/index.html`).
    #[arg(long)]
    pub page: Option<PathBuf>,
    /// Draw a new word and a new link.
    #[arg(long)]
    pub renew: bool,
}

/// `demo`.
#[derive(Args)]
pub struct Demo {
    /// Folder to write into.
    pub folder: PathBuf,
    /// How many proposals.
    #[arg(long)]
    pub proposals: Option<usize>,
    /// How many ateliers, 15 at most.
    #[arg(long)]
    pub workshops: Option<usize>,
}
