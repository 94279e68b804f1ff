//! What a table of the kit shows and lets people change.

export interface Choice {
  value: string;
  label: string;
}

export interface Column<Row> {
  id: string;
  title: string;
  /** What the cell reads. */
  text: (row: Row) => string;
  /** Saves what was typed or chosen; without it the cell is only read. */
  save?: (row: Row, value: string | null) => unknown;
  /** A list to choose from rather than a text. */
  choices?: Choice[];
  /** What is being edited, where it is not what the cell reads: the id behind a name. */
  value?: (row: Row) => string;
  /** A CSS grid width such as `120px` or `minmax(0, 2fr)`. */
  width?: string;
  align?: 'start' | 'end';
  /** Which column names the row. */
  main?: boolean;
}
