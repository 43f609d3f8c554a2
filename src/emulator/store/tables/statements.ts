import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

type Parameters = readonly SQLInputValue[] | readonly [Record<string, SQLInputValue>];

/** Prepared statements, told apart by whether they change anything. */
export interface Statements {
  readonly select: (sql: string) => StatementSync;
  /** Every run counts as a change of the store. */
  readonly change: (sql: string) => (...parameters: Parameters) => void;
}

/** `onChange` is called before each statement that changes rows. */
export function statementsOf(database: DatabaseSync, onChange: () => void): Statements {
  return {
    select: (sql) => database.prepare(sql),
    change: (sql) => {
      const statement = database.prepare(sql);
      return (...parameters) => {
        onChange();
        statement.run(...(parameters as SQLInputValue[]));
      };
    },
  };
}
