// Written by hand in the shape tauri-specta gives; the Rust side overwrites this file with the generated one.
/* eslint-disable */
import { invoke as __INVOKE } from '@tauri-apps/api/core';
import { listen, once, emit, type EventCallback, type UnlistenFn } from '@tauri-apps/api/event';

export const commands = {
  appState: (): Promise<AppState> => __INVOKE('app_state'),
  setPreferences: (chosen: Chosen): Promise<Result<AppState, AppError>> => call('set_preferences', { chosen }),
  createProcess: (path: string, template: string, title: string | null): Promise<Result<AppState, AppError>> => call('create_process', { path, template, title }),
  openProcess: (path: string): Promise<Result<AppState, AppError>> => call('open_process', { path }),
  closeProcess: (): Promise<AppState> => __INVOKE('close_process'),
  openDossierAsNew: (path: string, dossier: string): Promise<Result<AppState, AppError>> => call('open_dossier_as_new', { path, dossier }),
  openDemo: (): Promise<Result<AppState, AppError>> => call('open_demo', {}),

  home: (): Promise<Result<Home, AppError>> => call('home', {}),
  preparation: (): Promise<Result<Preparation, AppError>> => call('preparation', {}),
  board: (workshop: string): Promise<Result<Board, AppError>> => call('board', { workshop }),
  ballot: (id: string): Promise<Result<BallotView, AppError>> => call('ballot', { id }),
  projector: (): Promise<Result<ProjectorView, AppError>> => call('projector', {}),
  conflicts: (): Promise<Result<ConflictView[], AppError>> => call('conflicts', {}),
  consolidation: (filter: ProposalFilter): Promise<Result<Consolidation, AppError>> => call('consolidation', { filter }),
  plan: (): Promise<Result<PlanView, AppError>> => call('plan', {}),
  action: (id: string): Promise<Result<ActionView, AppError>> => call('action', { id }),
  history: (): Promise<Result<History, AppError>> => call('history', {}),
  search: (query: string, limit: number): Promise<Result<Hit[], AppError>> => call('search', { query, limit }),

  create: (kind: Kind, fields: { [key in string]: JsonValue }, before: string | null): Promise<Result<string, AppError>> => call('create', { kind, fields, before }),
  edit: (id: string, fields: { [key in string]: JsonValue }): Promise<Result<null, AppError>> => call('edit', { id, fields }),
  remove: (ids: string[]): Promise<Result<null, AppError>> => call('remove', { ids }),
  reorder: (id: string, before: string | null): Promise<Result<null, AppError>> => call('reorder', { id, before }),
  setLinks: (from: string, kind: string, to: string[]): Promise<Result<null, AppError>> => call('set_links', { from, kind, to }),
  capture: (workshop: string, capture: Capture): Promise<Result<string[], AppError>> => call('capture', { workshop, capture }),
  group: (proposals: string[], target: Target): Promise<Result<string | null, AppError>> => call('group', { proposals, target }),
  newBallot: (ballot: NewBallot): Promise<Result<string, AppError>> => call('new_ballot', { ballot }),
  castBallot: (ballot: string, bulletin: Ballot): Promise<Result<null, AppError>> => call('cast_ballot', { ballot, bulletin }),
  withdrawBallot: (ballot: string, key: string): Promise<Result<null, AppError>> => call('withdraw_ballot', { ballot, key }),
  closeBallot: (id: string): Promise<Result<null, AppError>> => call('close_ballot', { id }),
  cluster: (proposals: string[], target: Target): Promise<Result<string | null, AppError>> => call('cluster', { proposals, target }),
  draftAction: (cluster: string, objective: string | null): Promise<Result<string, AppError>> => call('draft_action', { cluster, objective }),
  draftPlan: (): Promise<Result<DraftReport, AppError>> => call('draft_plan', {}),
  settle: (entity: string, field: string, settlement: Settlement): Promise<Result<null, AppError>> => call('settle', { entity, field, settlement }),
  undo: (): Promise<Result<UndoReport, AppError>> => call('undo', {}),
  redo: (): Promise<Result<UndoReport, AppError>> => call('redo', {}),

  importPreview: (kind: ImportKind, path: string, workshop: string | null): Promise<Result<ImportReport, AppError>> => call('import_preview', { kind, path, workshop }),
  importFile: (kind: ImportKind, path: string, workshop: string | null): Promise<Result<ImportReport, AppError>> => call('import_file', { kind, path, workshop }),
  exportDossier: (path: string, workshops: string[]): Promise<Result<BundleReport, AppError>> => call('export_dossier', { path, workshops }),
  previewMerge: (paths: string[]): Promise<Result<MergeReport, AppError>> => call('preview_merge', { paths }),
  merge: (paths: string[]): Promise<Result<MergeReport, AppError>> => call('merge', { paths }),
  exportDocuments: (document: DocumentKind, workshop: string | null, formats: string[], folder: string): Promise<Result<ExportReport, AppError>> => call('export_documents', { document, workshop, formats, folder }),
  openPath: (path: string): Promise<Result<null, AppError>> => call('open_path', { path }),
  revealPath: (path: string): Promise<Result<null, AppError>> => call('reveal_path', { path }),

  openProjector: (): Promise<Result<null, AppError>> => call('open_projector', {}),
  closeProjector: (): Promise<null> => __INVOKE('close_projector'),
  project: (scene: Scene): Promise<null> => __INVOKE('project', { scene }),
  freezeProjector: (frozen: boolean): Promise<Result<null, AppError>> => call('freeze_projector', { frozen }),
  setTimer: (minutes: number | null): Promise<null> => __INVOKE('set_timer', { minutes }),
  pauseTimer: (): Promise<null> => __INVOKE('pause_timer'),
  extendTimer: (minutes: number): Promise<null> => __INVOKE('extend_timer', { minutes }),
};

export const events = {
  changed: event<Changed>('changed'),
};

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key in string]: JsonValue };

export type Kind = 'process' | 'territory' | 'theme' | 'college' | 'organisation' | 'participant' | 'finding' | 'workshop' | 'step' | 'attendance' | 'proposal' | 'support' | 'argument' | 'group' | 'ballot' | 'option' | 'urn' | 'cluster' | 'distinct' | 'decision' | 'axis' | 'objective' | 'action' | 'milestone' | 'funding' | 'indicator' | 'measure' | 'outcome' | 'note' | 'plan_version' | 'attachment' | 'charter' | 'funder' | 'link' | 'writer';
export type FailureKind = 'input' | 'file' | 'environment' | 'bug';
export type AppError = { kind: FailureKind; code: string; message: string; hints: string[] };
export type Language = 'fr' | 'en';
export type Appearance = 'auto' | 'light' | 'dark';
export type Recent = { path: string; title: string; opened_at: number };
export type OpenFile = { path: string; title: string };
export type AppState = { version: string; language: Language; appearance: Appearance; laptop: string | null; recent: Recent[]; open: OpenFile | null; projector: boolean; refused: AppError | null };
export type Chosen = { language: Language; appearance: Appearance; laptop: string | null };
export type View = 'home' | 'preparation' | 'board' | 'ballot' | 'projector' | 'conflicts' | 'consolidation' | 'plan' | 'history';
export type Changed = { views: View[] };

export type Home = { process: ProcessRow; days_to_presentation: number | null; next: WorkshopRow | null; workshops: WorkshopRow[]; counts: Counts; todo: Todo[] };
export type Counts = { workshops: number; closed: number; proposals: number; clustered: number; actions: number; conflicts: number; waiting: number };
export type Todo =
  | { kind: 'conflicts'; count: number }
  | { kind: 'missing_dossier'; changes: number }
  | { kind: 'open_ballot'; workshop: string | null; question: string }
  | { kind: 'ungrouped'; workshop: string; title: string; count: number }
  | { kind: 'to_close'; workshop: string; title: string }
  | { kind: 'unclustered'; count: number }
  | { kind: 'clusters_without_action'; count: number }
  | { kind: 'action_gaps'; count: number };
export type ActRow = { id: string; label: string; subject: string; entities: number; at: number; author: string; replica: string };
export type History = { undo: ActRow | null; redo: ActRow | null; acts: ActRow[] };
export type UndoReport = { act: ActRow; restored: number; kept: string[] };
export type Hit = { id: string; kind: string; text: string; context: string; workshop: string | null };

export type Preparation = { process: ProcessRow; territories: TerritoryRow[]; themes: ThemeRow[]; colleges: CollegeRow[]; organisations: OrganisationRow[]; findings: FindingRow[]; workshops: WorkshopRow[]; participants: ParticipantRow[] };
export type ProcessRow = { id: string; title: string; organisation: string | null; funding_reference: string | null; funding_statement: string | null; started_on: string | null; presented_on: string | null; plan_title: string | null; introduction: string | null; method_note: string | null };
export type TerritoryRow = { id: string; name: string; workshops: number };
export type ThemeRow = { id: string; number: number; name: string; short_name: string; colour: number; description: string | null; workshops: number; proposals: number };
export type CollegeRow = { id: string; name: string; organisations: number };
export type OrganisationRow = { id: string; name: string; short_name: string | null; college: string | null; college_name: string | null };
export type ParticipantRow = { id: string; code: string; organisation: string | null; role: string | null; name: string | null };
export type FindingRow = { id: string; number: string | null; text: string; figure: string | null; source: string | null; theme: string | null; territories: string[] };
export type WorkshopRow = { id: string; number: number | null; title: string; theme: ThemeRef | null; territories: Named[]; date: string | null; starts_at: string | null; ends_at: string | null; place: string | null; question: string | null; aims: string | null; state: string; minutes_state: string | null; present_count: number | null; proposals: number; ungrouped: number; ballots: number; steps: StepRow[] };
export type StepRow = { id: string; title: string; minutes: number | null; method: string | null; started_at: number | null; ended_at: number | null };
export type Named = { id: string; name: string };
export type ThemeRef = { id: string; number: number; short_name: string; colour: number };

export type Board = { workshop: WorkshopRow; groups: GroupColumn[]; ungrouped: ProposalCard[]; findings: FindingRow[]; themes: ThemeRow[]; colleges: CollegeRow[]; organisations: OrganisationRow[]; ballots: BallotRow[] };
export type GroupColumn = { id: string; name: string; conflict: boolean; proposals: ProposalCard[] };
export type ProposalCard = { id: string; text: string; table: number | null; origin: string | null; organisation: Named | null; finding: Named | null; theme: string | null; group: string | null; conflict: boolean; noted_at: number };
export type BallotRow = { id: string; question: string; method: Method; state: string; bulletins: number };
export type BallotView = { id: string; workshop: string | null; question: string; method: Method; rule: string; state: string; secret: boolean; settings: BallotSettings; options: BallotOption[]; present_count: number | null; grade_names: string[]; entered: EnteredBulletin[]; bulletins: number; outcome: Outcome | null; late: number };
export type BallotOption = { id: string; label: string; about: string | null };
export type BallotSettings = { points: number | null; max_per_option: number | null; grades: number | null; max_choices: number | null };
export type NewBallot = { workshop: string; method: Method; question: string; about: string[]; settings: BallotSettings; secret: boolean; present_count: number | null };
export type EnteredBulletin = { key: string; bulletin: Ballot };
export type Capture = { text: string; table?: number | null; finding?: string | null; theme?: string | null; organisation?: string | null; group?: string | null; origin?: string | null };
export type Target = { to: 'existing'; id: string } | { to: 'new'; name: string } | { to: 'none' };
export type Scene = { show: 'black' } | { show: 'board'; workshop: string } | { show: 'timer'; workshop: string } | { show: 'ballot'; ballot: string };
export type Timer = { ends_at: number | null; left: number | null; total: number };
export type ProjectorView = { scene: Scene; frozen: boolean; timer: Timer; title: string; question: string; groups: ProjectedGroup[]; ballot: BallotView | null };
export type ProjectedGroup = { name: string | null; proposals: string[] };

export type Method = 'hands' | 'dots' | 'approval' | 'majority-judgment';
export type Ballot = { weight?: number | null; approve?: string[] | null; points?: { [key in string]: number } | null; grades?: { [key in string]: number } | null; counts?: { [key in string]: number } | null; channel?: string | null; table?: number | null };
export type Outcome = { method: Method; ranking: string[][]; winners: string[]; scores: { [key in string]: Score }; explanation: Step[]; ballots: number; invalid: number; invalid_reasons: InvalidBallot[]; by_channel: { [key in string]: number } };
export type Score = { points: number; supporters: number } | { median: number; profile: number[] } | { votes: number; per_mille: number | null };
export type Step =
  | { step: 'totals'; totals: [string, number][] }
  | { step: 'median'; grade: number; options: string[] }
  | { step: 'separated'; better: string; worse: string; removed: number; grades: [number, number] }
  | { step: 'tie'; options: string[] };
export type InvalidBallot = { number: number; reason: Reason };
export type Reason =
  | { why: 'unreadable'; detail: string }
  | { why: 'blank' }
  | { why: 'unknown_option'; option: string }
  | { why: 'twice'; option: string }
  | { why: 'too_many_points'; given: number; allowed: number }
  | { why: 'too_many_choices'; given: number; allowed: number }
  | { why: 'grade_out_of_range'; given: number; grades: number };

export type Consolidation = { themes: ThemeRow[]; territories: Named[]; cells: HeatCell[]; clusters: ClusterRow[]; proposals: SourceProposal[]; matching: number; total: number; untreated: number };
export type HeatCell = { theme: string; territory: string; workshops: number; proposals: number; clustered: number };
export type ProposalFilter = { theme?: string | null; territory?: string | null; workshop?: string | null; cluster?: string | null; untreated?: boolean; text?: string | null };
export type ClusterRow = { id: string; name: string; theme: ThemeRef | null; note: string | null; proposals: number; workshops: number[]; territories: Named[]; action: Named | null; conflict: boolean };
export type SourceProposal = { id: string; text: string; workshop: string; workshop_number: number | null; workshop_title: string; territory: Named | null; theme: ThemeRef | null; group: Named | null; organisation: string | null; table: number | null; cluster: Named | null; votes: string[] };

export type PlanView = { title: string; axes: AxisNode[]; loose: ActionRow[]; clusters: ClusterRow[]; gaps: number; unanswered: number };
export type AxisNode = { id: string; number: string; title: string; description: string | null; objectives: ObjectiveNode[] };
export type ObjectiveNode = { id: string; number: string; title: string; description: string | null; actions: ActionRow[] };
export type ActionRow = { id: string; number: string; title: string; leads: Named[]; starts_on: string | null; ends_on: string | null; status: string | null; priority: number | null; sources: number; gaps: Gap[]; conflict: boolean };
export type Gap = 'objective' | 'description' | 'lead' | 'dates' | 'dates_order' | 'milestones' | 'indicators' | 'indicator_target' | 'funding' | 'sources';
export type ActionView = { row: ActionRow; objective: string | null; reasons: string | null; description: string | null; audience: string | null; means: string | null; conditions: string | null; risks: string | null; governance: string | null; user_involvement: string | null; partners: Named[]; themes: Named[]; territories: Named[]; findings: Named[]; clusters: Named[]; milestones: MilestoneRow[]; fundings: FundingRow[]; indicators: IndicatorRow[]; sources: SourceProposal[]; choices: ActionChoices };
export type ActionChoices = { organisations: OrganisationRow[]; themes: ThemeRow[]; territories: TerritoryRow[]; findings: FindingRow[]; objectives: Named[] };
export type MilestoneRow = { id: string; what: string; who: string | null; due_on: string | null; done_on: string | null };
export type FundingRow = { id: string; funder: string; year: number | null; kind: string | null; planned: number | null };
export type IndicatorRow = { id: string; name: string; kind: string | null; unit: string | null; baseline: string | null; target: string | null; source: string | null; frequency: string | null };
export type DraftReport = { actions: number; clusters: number; proposals: number };
export type DocumentKind = 'plan' | 'minutes';
export type ExportReport = { files: ExportedFile[] };
export type ExportedFile = { path: string; format: string; bytes: number; ms: number };

export type Touched = { created: number; updated: number };
export type MergeReport = { dossiers: DossierRow[]; changes_new: number; changes_known: number; changes_waiting: number; conflicts_new: number; conflicts_settled: number; entities: { [key in string]: Touched }; workshops: WorkshopTouched[] };
export type DossierRow = { name: string; replicas: string[]; changes: number; changes_new: number; written_at: string | null };
export type WorkshopTouched = { id: string; title: string; proposals_created: number; proposals_updated: number };
export type BundleReport = { path: string; changes: number; withheld: number; bytes: number };
export type ConflictView = { id: string; entity: string; kind: string; title: string; field: string; workshop: string | null; versions: Version[] };
export type Version = { change: string; value: JsonValue; shown: string; author: string; replica: string; at: number };
export type Settlement = { how: 'keep'; change: string } | { how: 'value'; value: JsonValue };
export type ImportKind = 'proposals' | 'findings' | 'participants' | 'organisations';
export type ImportReport = { columns: [string, string][]; ignored: string[]; created: number; known: number; rejected: RejectedRow[]; unknown: string[]; sample: string[] };
export type RejectedRow = { line: number; reason: string };

export type Result<T, E> = { status: 'ok'; data: T } | { status: 'error'; error: E };

async function call<T>(name: string, args: Record<string, unknown>): Promise<Result<T, AppError>> {
  try {
    return { status: 'ok', data: await __INVOKE<T>(name, args) };
  } catch (e) {
    if (e instanceof Error) throw e;
    return { status: 'error', error: e as AppError };
  }
}

function event<T>(name: string) {
  return {
    listen: (cb: EventCallback<T>): Promise<UnlistenFn> => listen(name, cb),
    once: (cb: EventCallback<T>): Promise<UnlistenFn> => once(name, cb),
    emit: (payload: T): Promise<void> => emit(name, payload),
  };
}
