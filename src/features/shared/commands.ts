import * as vscode from 'vscode';
import type { CommandArguments, CommandId } from '../../contributions.ts';
import type { Log } from './log.ts';
import { showError } from './showError.ts';

export type CommandHandler<Id extends CommandId> = (...args: CommandArguments[Id]) => Promise<void> | void;

/** The handlers of one feature, by command id. */
export type CommandTable = { readonly [Id in CommandId]?: CommandHandler<Id> };

/**
 * Registers a feature's commands. A command never throws: what goes wrong is logged and shown in one place, and a
 * command that the user cancelled ends in silence.
 */
export function registerCommands(table: CommandTable, log: Log): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(table).map(([id, handler]) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          await (handler as (...args: unknown[]) => Promise<void> | void)(...args);
        } catch (error) {
          showError(error, log);
        }
      }),
    ),
  );
}

/** Runs a command by its typed id and arguments. */
export async function runCommand<Id extends CommandId>(id: Id, ...args: CommandArguments[Id]): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
}

/** A command as tree items, CodeLenses and status bar items want it. */
export function commandLink<Id extends CommandId>(title: string, id: Id, ...args: CommandArguments[Id]): vscode.Command {
  return { title, command: id, arguments: args };
}
