/** The states of an action, in the order of its life. */
export const STATUS = ['to_discuss', 'planned', 'running', 'late', 'paused', 'blocked', 'done', 'dropped'] as const;
